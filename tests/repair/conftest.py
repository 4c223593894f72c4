"""The rules, loaded once."""

from __future__ import annotations

import pytest

from kg.rules.book import RuleBook, load_rules


@pytest.fixture(scope="session")
def rules() -> RuleBook:
    return load_rules()
