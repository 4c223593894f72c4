"""The stores by name. A new store is one module and one line here; the command line and the conformance suite follow."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import cast

from kg.errors import StoreError
from kg.stores.base import Store

#: name -> "module:Class"; imported only when used, because each class needs a driver of its own.
STORES: Mapping[str, str] = MappingProxyType(
    {
        "oxigraph": "kg.stores.oxigraph:OxigraphStore",
        "ladybug": "kg.stores.ladybug:LadybugStore",
        "neo4j": "kg.stores.neo4j:Neo4jStore",
    }
)


def get_store_class(name: str) -> type[Store]:
    """Return the class of a store.

    Raises
    ------
    StoreError
        No store has that name, or its driver is not installed.
    """
    if name not in STORES:
        raise StoreError(f"no store is called {name!r}; there are {', '.join(STORES)}")
    module, _, attribute = STORES[name].partition(":")
    try:
        return cast("type[Store]", getattr(import_module(module), attribute))
    except ImportError as error:
        raise StoreError(f"the store {name!r} needs a driver that cannot be imported: {error}") from error


def open_store(name: str, location: Path, *, read_only: bool = False) -> Store:
    """Open the store `name` at `location`, which is its own file or folder.

    Raises
    ------
    StoreError
        No store has that name, or it cannot be opened.
    """
    return get_store_class(name).open(location, read_only=read_only)


def locate_store(name: str, out: Path) -> Path:
    """Return where the store `name` lies below the output folder `out`.

    Examples
    --------
    >>> locate_store("ladybug", Path("out")).as_posix()
    'out/store.ladybug'
    """
    return out / f"store.{name}"
