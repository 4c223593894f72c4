"""Names that a list counts: their numbers are no items of the plan."""

import pytest

from tests.parse.factories import codes, who

R, L, C = "responsible", "lead", "cooperate"


@pytest.mark.parametrize(
    "names",
    [
        "（责任单位：1.市教育局 2.市财政局）",
        "（责任单位：1、市教育局；2、市财政局）",
        "（责任单位：1.市教育局2.市财政局）",
        "（责任单位：（1）市教育局；（2）市财政局）",
        "\n责任单位：1.市教育局 2.市财政局",
        "\n责任单位：\n1.市教育局\n2.市财政局",
        "\n责任单位：\n4.市教育局\n5.市财政局",
    ],
)
def test_numbers_before_names_are_no_items(names: str) -> None:
    text = f"1.甲。{names}\n2.乙。（市审计局负责）"
    assert who(text) == {"1": [("市教育局", R), ("市财政局", R)], "2": [("市审计局", R)]}
    assert codes(text) == []


def test_numbers_of_items_below_a_label_stay_items() -> None:
    text = "1.甲。\n责任单位：市教育局\n2.建设政务服务中心。\n责任单位：市财政局"
    assert who(text) == {"1": [("市教育局", R)], "2": [("市财政局", R)]}


@pytest.mark.parametrize("boxes", [("【牵头单位】", "【责任单位】"), ("[牵头单位]", "[责任单位]"), ("〔牵头单位：〕", "〔责任单位〕")])
def test_labels_in_brackets_of_their_own(boxes: tuple[str, str]) -> None:
    lead, responsible = boxes
    text = f"1.甲。\n{lead}市教育局\n{responsible}市财政局、市审计局\n2.乙。{responsible}市水利局"
    assert who(text) == {"1": [("市教育局", L), ("市财政局", R), ("市审计局", R)], "2": [("市水利局", R)]}
    assert codes(text) == []


def test_sentence_at_the_end_that_says_who_does_it() -> None:
    text = "1.甲，乙丙。市教育局牵头，市财政局配合。\n2.丁：市水利局负责。市审计局配合。"
    assert who(text) == {"1": [("市教育局", L), ("市财政局", C)], "2": [("市水利局", R), ("市审计局", C)]}


def test_steps_of_an_item_behind_dashes() -> None:
    text = "1.甲。\n——推进乙：市教育局牵头\n——推进丙：市财政局牵头，市审计局配合\n2.丁。\n——推进戊：市水利局负责"
    assert who(text) == {"1.p1": [("市教育局", L)], "1.p2": [("市财政局", L), ("市审计局", C)], "2.p1": [("市水利局", R)]}


@pytest.mark.parametrize("words", ["各部门配合。", "实行谁主管谁负责。", "市财政局负责资金，市教育局负责学校。", "坚持项目牵头。"])
def test_sentences_that_say_more_or_name_nobody_are_no_assignments(words: str) -> None:
    assert who(f"1.甲。{words}\n2.乙。{words}") == {}


def test_sentence_outside_the_tasks_is_reported() -> None:
    text = (
        "一、任务\n1.甲。（市教育局负责）\n2.乙。（市财政局负责）\n二、组织保障\n"
        "1.加强领导。建立协调机制，由市审计局牵头，市水利局配合。\n2.加强宣传。\n3.做好总结。"
    )
    assert who(text) == {"1.1": [("市教育局", R)], "1.2": [("市财政局", R)]}
    assert codes(text) == ["sentence-unread"]
