"""The Oxigraph store of an output folder as rdflib sees it, for notebooks and for tools that expect a Dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from kg.convert.datasets import bind_prefixes
from kg.errors import StoreError, first_line
from kg.stores.registry import locate_store

if TYPE_CHECKING:
    from rdflib import Dataset


def open_graph(out: Path | str) -> Dataset:
    """Open the Oxigraph store of an output folder as an rdflib Dataset, through oxrdflib.

    The store is opened for reading only: nothing a notebook does can change the output. Queries see all named graphs as one unless they
    name one with ``GRAPH``.

    Raises
    ------
    StoreError
        There is no store in that folder.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    folder = locate_store("oxigraph", Path(out))
    if not (folder / "CURRENT").is_file():
        raise StoreError(f"{folder}: no Oxigraph store; is {out} the output of kg build?")
    try:
        store = pyoxigraph.Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{folder}: {first_line(error)}") from error

    class ReadingStore(OxigraphStore):
        """rdflib adds a graph to its store when somebody only asks for it, which a store opened for reading refuses."""

        def add_graph(self, graph: object) -> None:
            """Leave the store as it is."""

    return bind_prefixes(Dataset(store=ReadingStore(store=store), default_union=True))
