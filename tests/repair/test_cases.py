"""Cases as data: damage met in the wild, damage made up, text that must not change, and what is known to fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.repair import apply_plan, repair_text
from kg.rules.book import RuleBook

CASES = Path(__file__).parent / "cases"


def read_cases(name: str) -> list[Any]:
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    assert all(case["name"] and case["source"] for case in cases)
    return [pytest.param(case, id=case["name"]) for case in cases]


def check(case: dict[str, str], rules: RuleBook) -> None:
    text, edits, _ = repair_text(case["damaged"], rules)
    assert text == case["repaired"]
    assert apply_plan(case["damaged"], edits) == text
    assert repair_text(text, rules)[:2] == (text, ())


@pytest.mark.parametrize("case", read_cases("wild"))
def test_wild(case: dict[str, str], rules: RuleBook) -> None:
    check(case, rules)


@pytest.mark.parametrize("case", read_cases("synthetic"))
def test_synthetic(case: dict[str, str], rules: RuleBook) -> None:
    check(case, rules)


@pytest.mark.parametrize("case", read_cases("negative"))
def test_negative(case: dict[str, str], rules: RuleBook) -> None:
    text, edits, issues = repair_text(case["text"], rules)
    assert (text, edits) == (case["text"], ())
    assert [issue.words for issue in issues] == [char for char in text if char == "\ufffd"]


@pytest.mark.xfail(strict=True, reason="known: see the case's why")
@pytest.mark.parametrize("case", read_cases("known_failures"))
def test_known_failure(case: dict[str, str], rules: RuleBook) -> None:
    check(case, rules)
