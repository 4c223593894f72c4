"""Roles that stand in a bracket beside a name: 市发改委（牵头）, 市发改委（主）, （牵头）市发改委."""

import pytest

from kg.parse import parse_document
from tests.parse.factories import codes, get_rules, make_table, who

R, L, C = "responsible", "lead", "cooperate"
BOTH = {("市发改委", L), ("市财政局", C)}


@pytest.mark.parametrize(
    "names",
    [
        "市发改委（牵头）、市财政局（配合）",
        "市发改委（主）、市财政局（协）",
        "市发改委（主）、市财政局（配）",
        "市发改委（牵）、市财政局（会）",
        "市发改委（主办单位），市财政局（协办单位）",
        "市发改委[牵头]、市财政局[配合]",
        "市发改委（主）市财政局（协）",
        "（牵头）市发改委、（配合）市财政局",
        "市发改委（牵头）、市财政局等部门（配合）",
    ],
)
def test_in_brackets_lines_sentences_and_cells(names: str) -> None:
    rest = "\n2.造林。（市林业局负责）"
    for text in (f"1.修路。（{names}）{rest}", f"1.修路。\n责任单位：{names}{rest}", f"1.修路。\n{names}{rest}"):
        assert set(who(text)["1"]) == BOTH, text
        assert codes(text) == []
    plan, issues = parse_document(make_table([["序号", "任务", "责任单位"], ["1", "修路", names]]), get_rules())
    assert {(mention.name, mention.role.value) for mention in plan.tasks[0].mentions} == BOTH
    assert issues == ()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("市发改委（主）、市财政局、市教育局（协）", {("市发改委", L), ("市财政局", R), ("市教育局", C)}),
        ("（牵头）市发改委、市财政局，（配合）市教育局、市公安局",
         {("市发改委", L), ("市财政局", L), ("市教育局", C), ("市公安局", C)}),
        ("牵头市发改委，配合市财政局", BOTH),
    ],
)  # fmt: skip
def test_names_beside_those_that_have_a_role(names: str, expected: set[tuple[str, str]]) -> None:
    assert set(who(f"1.修路。（{names}）\n2.造林。（市林业局负责）")["1"]) == expected


def test_where_the_plan_says_it_in_no_other_way() -> None:
    text = "1.修路。市发改委（牵头）、市财政局（配合）\n2.造林，市林业局（主）、市水利局（协）。"
    assert who(text) == {"1": [("市发改委", L), ("市财政局", C)], "2": [("市林业局", L), ("市水利局", C)]}
    assert codes(text) == []


@pytest.mark.parametrize("name", ["市场监管局（知识产权局）", "市政府办公室（大数据局）", "主城区各区政府", "市委编办（审改办）"])
def test_other_brackets_beside_a_name_are_its_own(name: str) -> None:
    assert who(f"1.修路。（{name}牵头，市财政局配合）\n2.造林。（市林业局负责）")["1"] == [(name, L), ("市财政局", C)]
