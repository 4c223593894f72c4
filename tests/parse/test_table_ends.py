"""Rows of tables that add up the others, and names below the last row of a table in plain text."""

import pytest

from kg.parse import parse_document
from tests.parse.factories import get_rules, make_table, read, who

R = "responsible"
HEAD = "序号\t工作任务\t投资\t责任单位\n1\t修路\t100\t市交通局\n"
TWO = {"1": [("市交通局", R)], "2": [("市林业局", R)]}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("合计\t\t300\t", "合计"),
        ("总 计：\t\t300\t", "总计："),
        ("\t小计\t300\t", "小计"),
        ("共计2项\t\t300\t", "共计2项"),
        ("\t合计（共2项）\t\t", "合计（共2项）"),
        ("合计\t2项\t300\t市交通局、市林业局", "合计"),
    ],
)
def test_a_row_that_adds_up_is_no_task_and_noted(row: str, words: str) -> None:
    text = f"{HEAD}{row}\n2\t造林\t200\t市林业局\n{row}\n"
    assert who(text) == TWO
    issues = read(text)[1]
    assert [issue.code for issue in issues] == ["total-row", "total-row"]
    assert all(issue.words.startswith(words) and issue.span is not None for issue in issues)


def test_a_row_that_adds_up_in_a_table_with_cells() -> None:
    rows = [["序号", "工作任务", "投资", "责任单位"], ["1", "修路", "100", "市交通局"], ["合计", "", "300", "市交通局"]]
    for merged in (None, {(2, 0): (1, 2)}, {(2, 0): (1, 4)}):
        plan, issues = parse_document(make_table(rows, merged=merged), get_rules())
        assert [(task.path, [mention.name for mention in task.mentions]) for task in plan.tasks] == [("1", ["市交通局"])]
        assert [issue.code for issue in issues] == ["total-row"]


def test_a_row_that_adds_up_in_a_table_of_bars() -> None:
    text = "| 序号 | 工作任务 | 责任单位 |\n|---|---|---|\n| 1 | 修路 | 市交通局 |\n| 合计 | 1项 | |\n"
    assert who(text) == {"1": [("市交通局", R)]}


@pytest.mark.parametrize("task", ["合计划编制改革", "小计量单位核查", "总计划修编"])
def test_a_task_that_begins_with_such_a_word_is_one(task: str) -> None:
    text = f"{HEAD}2\t{task}\t200\t市林业局\n"
    assert who(text) == TWO
    assert read(text)[1] == ()


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("市财政局\n各县区政府\n", ["市林业局", "市财政局", "各县区政府"]),
        ("市财政局\n\n三、保障措施\n各单位要抓好落实。\n", ["市林业局", "市财政局"]),
        ("市政府办公室\n2023年5月1日\n", ["市林业局"]),
        ("市政府办公室2023年5月1日印发\n", ["市林业局"]),
        ("各县区政府要抓好落实。\n", ["市林业局"]),
        ("市水利局\n序号\t工作任务\t投资\t责任单位\n1\t治水\t100\t市水利局\n", ["市林业局"]),
    ],
)
def test_names_below_the_last_row(below: str, expected: list[str]) -> None:
    names = [name for name, _ in who(f"{HEAD}2\t造林\t200\t市林业局\n{below}")["2"]]
    assert names == expected


@pytest.mark.parametrize(("last", "below"), [("市林业局、", "市财政局"), ("市林业局、市财", "政局")])
def test_a_last_cell_that_goes_on(last: str, below: str) -> None:
    assert who(f"{HEAD}2\t造林\t200\t{last}\n{below}\n")["2"] == [("市林业局", R), ("市财政局", R)]
