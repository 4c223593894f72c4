"""What the search knows of a document: the marks that were cut at, in which order, and which number comes next."""

from __future__ import annotations

import pytest

from kg.repair import gbk, repair_text
from kg.repair.tables import get_tables
from kg.rules.book import load_rules
from tests.repair.damage import Damage, damage
from tests.repair.sentences import write_text

RULES = load_rules()
TABLES = get_tables(RULES.repair)


def test_marks_cut_at_are_those_with_signs_of_loss_and_no_whole_border() -> None:
    damaged = damage("推进社会保障工作，落实环保要求。\n" * 3 + "（一）完善制度。（二）加强管理！\n" * 3, Damage(marks="。", pinyin=""))
    assert gbk.find_cuts("?。ㄒ唬┩晟?。ㄈ", [damaged.split("?")[0]]) == {"。"}
    assert gbk.find_cuts("?。ㄒ唬┩晟?。ㄈ", ["保″环境"]) == {"。"}
    assert gbk.find_cuts("这是什么？", ["这是什么？"]) == frozenset()


@pytest.mark.parametrize(
    ("clean", "order"),
    [("落实环保。", {("。", "！")}), ("落实制度。", set()), ("所谓“改革。”", {("。", "！")})],
)
def test_a_mark_that_stands_whole_over_another_was_cut_first(clean: str, order: set[tuple[str, str]]) -> None:
    assert gbk.find_order([clean], frozenset("。！"), TABLES) == order


@pytest.mark.parametrize("number", ["四", "六", "八"])
def test_the_next_number_in_brackets_is_expected(number: str) -> None:
    numbers = "一二三四五六七八九"
    lines = [f"　　（{char}）完善城市管理工作机制，落实主体责任。" for char in numbers[: numbers.index(number) + 1]]
    text = "\n".join(lines) + "\n"
    for way in (Damage(zones="delete"), Damage(zones="mark"), Damage()):
        assert repair_text(damage(text, way), RULES)[0] == text


def test_pinyin_behind_an_ascii_byte_goes_with_the_character_it_completes() -> None:
    text = "區(qū)和縣(xiàn)。[接上頁(yè)](huī)下文，另見[附頁](huī)。\n"
    assert repair_text(text, RULES)[0] == "区和县。[接上页]下文，另见[附页]。\n"


def test_lossy_utf8_is_no_gbk() -> None:
    text = "会议ä¼šè®®ã€‚候选å¾é›†æƒ…况。\n"
    assert repair_text(text, RULES)[0] == "会议会议。候选å¾é›†æƒ…况。\n"


def test_a_word_broken_by_a_line_wrap_is_read_whole() -> None:
    width = 30
    text = write_text(6000, seed=11).replace("\n", "").replace("　　", "")
    page = "\n".join(text[at : at + width] for at in range(0, len(text), width)) + "\n"
    for way in (Damage(), Damage(traditional=False, pinyin=""), Damage(zones="mark")):
        damaged = damage(page, way)
        repaired, edits, _ = repair_text(damaged, RULES)
        assert repaired == page
        assert not any("\n" in edit.before for edit in edits)


def test_a_byte_that_begins_no_pair_is_lost_alone() -> None:
    # 個 is 82 80: after the cut its second byte is no lead, and what follows is in step again.
    text = "　　落实环保。每个单位落实责任，每个部门支持各区。\n" * 3
    damaged = damage(text, Damage(pinyin=""))
    assert "?單位" in damaged
    assert repair_text(damaged, RULES)[0] == text
