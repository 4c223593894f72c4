"""Characters and brackets that few plans have: what stands between them is read like any other, or reported."""

import pytest

from tests.parse.factories import codes, read, who

L, R = "lead", "responsible"
PAGE = "1.推进改革。（牵头单位：市财政局；责任单位：市教育局）\n2.加强管理。（市水利局牵头）"
EXPECTED = {"1": [("市财政局", L), ("市教育局", R)], "2": [("市水利局", L)]}


@pytest.mark.parametrize("pair", ["⦅⦆", "❪❫", "〖〗", "︵︶", "〘〙", "［］", "｛｝"])
def test_brackets_of_any_shape(pair: str) -> None:
    assert who(PAGE.replace("（", pair[0]).replace("）", pair[1])) == EXPECTED


def test_corner_brackets_that_say_who_does_it_are_reported() -> None:
    page = PAGE.replace("（", "「").replace("）", "」") + "\n3.完善制度。（市司法局负责）"
    assert codes(page).count("unread-responsibility") == 2
    assert codes("1.落实“谁主管、谁负责”、“管行业必须管安全”的要求。（市司法局负责）") == []


@pytest.mark.parametrize("mark", ["📌", "👉 ", "🏢🏢", "\u2009", "\u2005"])
def test_little_pictures_and_narrow_blanks_part_no_words(mark: str) -> None:
    page = PAGE.replace("1.", f"{mark}1.").replace("责任", f"{mark}责任").replace("市水利局", f"{mark}市水利局")
    assert who(page) == EXPECTED
    plan, _ = read(page)
    assert [*(entry.span.start for entry in plan.account[1:]), len(page)] == [entry.span.end for entry in plan.account]


def test_traditional_characters_in_a_simplified_text() -> None:
    page = "本市各部门要认真抓好落实，及时总结推广好的经验做法。\n" * 20 + PAGE.replace("牵头单位：市财政局", "牽頭單位：市財政局")
    assert who(page) == EXPECTED
    plan, _ = read(page)
    assert plan.tasks[0].mentions[0].surface == "市財政局"
