"""Invisible characters and stand-ins: taken out or put right wherever they stand, and nothing that is printed."""

import pytest

from kg.repair import apply_plan, make_map, repair_text
from kg.rules.book import RuleBook


@pytest.mark.parametrize(
    "mark",
    [
        *"\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2069\u3164\ufe0f\ufeff\ufffc\U000e0100",
        "\u200b\u200d",
        "\u0301",
    ],
    ids=ascii,
)
def test_invisible_characters_are_taken_out(rules: RuleBook, mark: str) -> None:
    clean = "（牵头单位：市财政局）"
    text = mark.join(clean) if mark != "\u0301" else clean.replace("财", "财" + mark)
    repaired, edits, issues = repair_text(text, rules)
    assert (repaired, issues) == (clean, ())
    assert apply_plan(text, edits) == clean
    assert {edit.kind for edit in edits} == {"invisible"}
    assert repair_text(repaired, rules)[1] == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⼀、推进⼯作", "一、推进工作"),
        ("市⺠政局、⻔⼾⽹站", "市民政局、门户网站"),
        ("⽔\uf9dd局", "水利局"),
        ("ﬁve", "five"),
        ("1\ufe0f\u20e3推进改革", "1.推进改革"),
        ("(qu\u0304)", "(qū)"),
    ],
)
def test_stand_ins_are_put_right(rules: RuleBook, text: str, expected: str) -> None:
    repaired, edits, _ = repair_text(text, rules)
    assert repaired == expected
    assert apply_plan(text, edits) == expected


@pytest.mark.parametrize(
    "text", ["１．推进（Ａ类）①⑴⒈㈠、℃％", "📌1.推进改革", "甲\u3000乙\u00a0丙\u2003丁", "ᠮᠣᠩᠭᠣᠯ\u180b\u180e", "★市财政局☆", "naïve café"]
)
def test_what_is_printed_stays(rules: RuleBook, text: str) -> None:
    assert repair_text(text, rules) == (text, (), ())


def test_places_lead_back_to_the_source(rules: RuleBook) -> None:
    text = "（牵头\u200b单位：市财\u00ad政局）"
    repaired, edits, _ = repair_text(text, rules)
    place = repaired.index("市财政局")
    span = make_map(edits).to_source(type(edits[0].span)(place, place + 4))
    assert text[span.start : span.end] == "市财\u00ad政局"
