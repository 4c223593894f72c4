"""Damage → repair over synthetic text, for each way of damage; and clean text, which stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from kg.repair import apply_plan, repair_text
from kg.rules.book import RuleBook, load_rules
from tests.repair.damage import FOLDED, WAYS, Damage, Score, compare, damage
from tests.repair.sentences import AIMS, BODIES, THINGS, write_text

RULES = load_rules()

LOSSY = {
    "python-codec": 0.0003,
    "folded-codec": 0.0003,
    "zones-deleted": 0.0015,
    "toneless-deleted": 0.0015,
    "zones-marked": 0.001,
    "blanks-marked": 0.001,
    "simplified-shift": 0.0005,
}
"""Ways that lose more than the byte model can give back, and the share of wrong characters allowed."""
EXACT = [name for name in WAYS if name not in LOSSY]


def measure(way: Damage, text: str) -> Score:
    damaged = damage(text, way)
    assert damaged != text
    repaired, edits, _ = repair_text(damaged, RULES)
    assert apply_plan(damaged, edits) == repaired
    score = Score()
    if way.fold:
        repaired, text = repaired.translate(FOLDED), text.translate(FOLDED)
    compare(damaged, repaired, text, score)
    return score


@pytest.mark.parametrize("name", EXACT)
def test_damage_is_undone(name: str) -> None:
    score = measure(WAYS[name], write_text(9000, seed=3))
    assert score.lines == []


@pytest.mark.parametrize("name", LOSSY)
def test_lossy_damage_is_undone_but_for_a_share(name: str) -> None:
    score = measure(WAYS[name], write_text(9000, seed=3))
    assert score.wrong <= LOSSY[name] * score.total, score.lines[:3]


@pytest.mark.parametrize("name", EXACT)
def test_repair_is_idempotent(name: str) -> None:
    repaired, _, _ = repair_text(damage(write_text(2500, seed=5), WAYS[name]), RULES)
    assert repair_text(repaired, RULES)[:2] == (repaired, ())


@st.composite
def plan_texts(draw: st.DrawFn) -> str:
    pieces = st.sampled_from(
        (
            *THINGS,
            *AIMS,
            *BODIES,
            "（CA）",
            "(APP)",
            "（DBD）",
            "?",
            "？",
            "。",
            "，",
            "、",
            "；",
            "！",
            "\n",
            " ",
            "https://a.cn/?q=(a)",
            "《办法》",
        )
    )
    return "".join(draw(st.lists(pieces, max_size=40)))


@given(plan_texts())
@settings(max_examples=150, deadline=None)
def test_clean_simplified_text_stays(text: str) -> None:
    assert repair_text(text, RULES) == (text, (), ())


@given(plan_texts())
@settings(max_examples=80, deadline=None)
def test_clean_traditional_text_stays(text: str) -> None:
    traditional = OpenCC("s2t").convert(text)
    assert repair_text(traditional, RULES) == (traditional, (), ())


def test_clean_text_stays(rules: RuleBook) -> None:
    for seed in range(3):
        text = write_text(20000, seed=seed)
        assert repair_text(text, rules) == (text, (), ())
