"""The repair of the sample plan, held to a text that was read character by character."""

from __future__ import annotations

import re
from pathlib import Path

from kg.repair import apply_plan, gbk, repair_text, script
from kg.repair.plan import apply_changes
from kg.repair.tables import get_tables
from kg.rules.book import RuleBook
from tests.repair.damage import Damage, break_bytes

DATA = Path(__file__).parents[2] / "data"
ASCII_MARKS = str.maketrans("，！（）：；", ",!():;")


def read_source() -> str:
    return (DATA / "plans" / "shanghai-egov-2017" / "source.txt").read_bytes().decode("utf-8")


def read_gold() -> str:
    return (DATA / "gold" / "shanghai-egov-2017.txt").read_bytes().decode("utf-8")


def test_sample_is_repaired_without_one_wrong_character(rules: RuleBook) -> None:
    source = read_source()
    text, edits, issues = repair_text(source, rules)
    assert text == read_gold()
    assert apply_plan(source, edits) == text
    assert issues == ()


def test_repaired_sample_is_left_alone(rules: RuleBook) -> None:
    assert repair_text(read_gold(), rules) == (read_gold(), (), ())


def test_repairs_break_into_the_damage_again(rules: RuleBook) -> None:
    """The proof forwards: each stretch as repaired, encoded, cut blindly at marks and decoded, is the page's own damage."""
    source = read_source()
    shifts = gbk.find_shifts(source, get_tables(rules.repair), traditional=True)
    assert len(shifts) == 19
    for shift in shifts:
        inserted = re.search(r"([^?()]+)\)$", shift.before)
        if shift.before.count(")") > 1 or shift.before.startswith("?d"):
            continue  # pinyin across a border: the next test
        original = shift.after + (f"({inserted[1]})" if inserted else "")
        broken = break_bytes(original.encode("gbk"), Damage(marks="，！。"))
        assert broken.translate(ASCII_MARKS) == shift.before.translate(ASCII_MARKS)


def test_pinyin_across_a_border_breaks_into_the_damage_again() -> None:
    before, inside, after = "府數據".encode("gbk")[:3], "(dāng)".encode("gbk"), "府數據".encode("gbk")[3:]
    data = before + inside + after[:1] + "(shù)".encode("gbk") + after[1:]
    assert break_bytes(data, Damage()) == "府?dāng)?shù)據"
    assert "府?dāng)?shù)據" in read_source()


def test_traditional_gold_is_the_page(rules: RuleBook) -> None:
    """Every undamaged line, its pinyin taken out and its script turned, is the gold line: nothing else was touched."""
    checked = 0
    for line, wanted in zip(read_source().split("\n"), read_gold().split("\n"), strict=True):
        if "?" in line:
            continue
        plain = re.sub(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", "", line) if re.search("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", line) else line
        assert apply_changes(plain, script.simplify(plain, rules.repair)) == wanted
        checked += bool(line)
    assert checked == 90
