"""Lines that say who does it above a group of items: they hold for those of the group that name nobody of their own."""

import pytest

from tests.parse.factories import codes, read, who

R, L = "responsible", "lead"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("牵头单位：市发改委  责任单位：市财政局", [("市发改委", L), ("市财政局", R)]),
        ("牵头单位：市发改委\n责任单位：市财政局", [("市发改委", L), ("市财政局", R)]),
        ("（牵头单位：市发改委；责任单位：市财政局）", [("市发改委", L), ("市财政局", R)]),
        ("市发改委牵头，市财政局负责。", [("市发改委", L), ("市财政局", R)]),
    ],
)
def test_lines_below_a_numbered_heading(lines: str, expected: list[tuple[str, str]]) -> None:
    text = (
        f"一、优化服务\n{lines}\n1.推进改革。\n2.精简审批。（市审批局负责）\n二、强化监管\n责任单位：市公安局\n3.执法检查。\n4.信用监管。"
    )
    assert who(text) == {"1.1": expected, "1.2": [("市审批局", R)], "2.3": [("市公安局", R)], "2.4": [("市公安局", R)]}
    assert codes(text) == []
    assert [section.title for section in read(text)[0].sections] == ["优化服务", "强化监管"]


def test_lines_below_titles_without_a_number() -> None:
    text = (
        "甲市要点\n优化服务\n牵头单位：市发改委\n1.推进改革。\n2.精简审批。（市审批局负责）\n强化监管\n牵头单位：市公安局\n责任单位：市交通局\n"
        "1.执法检查。\n2.信用监管。\n生态建设\n（责任单位：市林业局）\n1.造林。\n2.治沙。"
    )
    both = [("市公安局", L), ("市交通局", R)]
    assert who(text) == {
        "1": [("市发改委", L)],
        "2": [("市审批局", R)],
        "1-2": both,
        "2-2": both,
        "1-3": [("市林业局", R)],
        "2-3": [("市林业局", R)],
    }
    assert [task.text for task in read(text)[0].tasks] == ["推进改革。", "精简审批。", "执法检查。", "信用监管。", "造林。", "治沙。"]


def test_lines_above_the_first_items_of_all() -> None:
    assert who("甲市要点\n牵头单位：市发改委  责任单位：市财政局\n1.推进改革。\n2.精简审批。") == {
        "1": [("市发改委", L), ("市财政局", R)],
        "2": [("市发改委", L), ("市财政局", R)],
    }


def test_an_item_with_steps_keeps_its_lines() -> None:
    steps = "工作措施：\n（1）一表填报。\n（2）免费印章。\n"
    text = f"1.开办企业\n责任单位：市审批局\n{steps}2.登记财产\n责任单位：市资源局\n{steps}"
    assert who(text) == {"1": [("市审批局", R)], "2": [("市资源局", R)]}
    assert who(
        "1.开办企业。\n责任单位：市审批局\n（1）填报。\n（2）印章。\n2.登记。\n责任单位：市资源局\n3.修路。\n责任单位：市交通局"
    ) == {
        "1": [("市审批局", R)],
        "2": [("市资源局", R)],
        "3": [("市交通局", R)],
    }


def test_the_last_item_of_a_group_keeps_its_lines_where_the_others_have_some() -> None:
    text = (
        "甲市要点\n1.推进改革。\n牵头单位：市发改委\n2.精简审批\n流程再造\n牵头单位：市审批局\n1.执法检查。\n2.信用监管。\n"
        "牵头单位：市公安局"
    )
    assert who(text)["2"] == [("市审批局", L)]
    assert who(text)["1-2"] == []
