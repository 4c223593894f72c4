"""Where each store of the registry lies in the tests. A store that needs a server gets its location here too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.stores import STORES, Store, open_store
from tests.neo4j_server.fixtures import NEO4J_GROUP

#: Stores that live in a file or folder of their own.
EMBEDDED = ("oxigraph", "ladybug")


@pytest.fixture(params=[pytest.param(name, marks=() if name in EMBEDDED else NEO4J_GROUP) for name in STORES])
def store_name(request: pytest.FixtureRequest) -> str:
    """Every store of the registry, one after another."""
    return str(request.param)


@pytest.fixture
def reopen(store_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[bool], Store]:
    """Open the same store again and again, for reading only or not; it is empty at first."""
    if store_name not in EMBEDDED:
        # The server's store ignores where it is told to lie and asks the environment, which this fixture sets.
        request.getfixturevalue(f"empty_{store_name}")
    return lambda read_only: open_store(store_name, tmp_path / store_name, read_only=read_only)


@pytest.fixture
def store(reopen: Callable[[bool], Store]) -> Iterator[Store]:
    """Return an empty store, open for writing."""
    with reopen(False) as opened:
        yield opened
