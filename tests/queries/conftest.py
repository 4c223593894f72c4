"""Every store, holding the scenario."""

from __future__ import annotations

import pytest

from kg.stores import Store
from tests.queries.scenario import make_scenario
from tests.stores.conftest import reopen, store, store_name

__all__ = ["reopen", "store", "store_name"]


@pytest.fixture
def filled(store: Store) -> Store:
    """Return a store that holds the scenario."""
    store.write(make_scenario())
    return store
