"""Damage that does not go through a whole text alike: line ends of Windows, an end within a character, some paragraphs only."""

from __future__ import annotations

import pytest

from kg.repair import apply_plan, repair_text
from kg.rules.book import load_rules
from tests.repair.damage import WAYS, Damage, break_bytes, damage
from tests.repair.sentences import write_text

RULES = load_rules()
TEXT = write_text(5000, seed=9)
NAMES = ("all-at-once", "pinyin-blanks", "simplified", "no-pinyin", "replacement-character")


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_of_windows_stay(name: str) -> None:
    damaged = damage(TEXT.replace("\n", "\r\n"), WAYS[name])
    repaired, edits, _ = repair_text(damaged, RULES)
    assert repaired == TEXT.replace("\n", "\r\n")
    assert apply_plan(damaged, edits) == repaired


@pytest.mark.parametrize("name", NAMES)
def test_a_text_cut_off_within_a_character_is_repaired_up_to_there(name: str) -> None:
    """The last byte is a lead alone: a sign of loss stands at the end, which is reported or read, and all before it is right."""
    damaged = damage(TEXT[:-1], WAYS[name])[:-1] + WAYS[name].lost
    repaired, _, _ = repair_text(damaged, RULES)
    assert repaired[:-3] == TEXT[:-4]


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_that_are_not_damaged_stay(name: str) -> None:
    way = WAYS[name]
    lines = TEXT.split("\n")
    broken = damage(TEXT, way).split("\n")
    script = Damage(pinyin="", marks="", traditional=way.traditional)
    whole = damage(TEXT, script).split("\n")
    mixed = "\n".join(broken[at] if at % 3 == 0 else whole[at] for at in range(len(lines)))
    assert repair_text(mixed, RULES)[0] == TEXT


def test_a_sign_of_loss_that_no_repair_explains_is_reported() -> None:
    repaired, _, issues = repair_text("区(qū)县(xiàn)推进abc?xyz)工作。\n", RULES)
    assert repaired == "区县推进abc?xyz)工作。\n"
    assert [(issue.code, issue.words) for issue in issues] == [("unreadable-character", "?")]


def test_bytes_cut_at_every_mark_in_another_order() -> None:
    text = damage(TEXT, Damage(pinyin="", marks=""))
    damaged = break_bytes(text.encode("gbk"), Damage(marks="。？；！，"))
    assert repair_text(damaged, RULES)[0] == TEXT


ITEMS = (
    "完善服务平台建设工作",
    "加快农村道路改造工作",
    "推进学校食堂检查工作",
    "加强医院药品管理工作",
    "组织社区养老活动",
    "启动旧商场改造工作",
    "开展环境保护检查工作",
    "启动旧码头改造工程",
)
PAIRS_GONE = Damage(pinyin="", marks="。", zones="delete")


def write_items(numbers: str) -> str:
    return "".join(f"　（{number}）{body}。\n" for number, body in zip(numbers, ITEMS, strict=True))


def test_the_number_that_comes_next_is_put_back_where_three_pairs_are_gone() -> None:
    text = write_items("一二三四五六七八")
    damaged = damage(text, PAIRS_GONE)
    assert damaged.split("\n")[5] == "?。﹩檮优f商場改造工作。"
    assert repair_text(damaged, RULES)[0] == text


def test_no_paragraph_begins_with_a_closing_bracket_for_a_number_that_does_not_come_next() -> None:
    """Where no number fits, the damage stays and is reported: a wrong character in its place would look whole."""
    text = write_items("一一一一一六一一")
    repaired, _, issues = repair_text(damage(text, PAIRS_GONE), RULES)
    lines, wanted = repaired.split("\n"), text.split("\n")
    assert lines[:5] + lines[6:] == wanted[:5] + wanted[6:]
    assert lines[5] == "?。﹩梼优f商场改造工作。"
    assert [(issue.code, issue.words) for issue in issues] == [("unreadable-character", "?")]
