"""The repair of the sample plan, held to a text that was read character by character."""

from __future__ import annotations

from pathlib import Path

from kg.repair import apply_plan, repair_text
from kg.rules.book import load_rules

DATA = Path(__file__).parents[2] / "data"


def test_sample_is_repaired_without_one_wrong_character() -> None:
    source = (DATA / "plans" / "shanghai-egov-2017" / "source.txt").read_text(encoding="utf-8")
    gold = (DATA / "gold" / "shanghai-egov-2017.txt").read_bytes().decode("utf-8")
    text, edits, issues = repair_text(source, load_rules())
    assert text == gold
    assert apply_plan(source, edits) == gold
    assert issues == ()


def test_repaired_sample_is_left_alone() -> None:
    gold = (DATA / "gold" / "shanghai-egov-2017.txt").read_bytes().decode("utf-8")
    assert repair_text(gold, load_rules()) == (gold, (), ())
