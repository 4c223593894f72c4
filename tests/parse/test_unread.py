"""Brackets that say who is responsible where no step looks for them: reported, with their place."""

import pytest

from kg.parse import parse_document
from tests.parse.factories import get_rules, make_document

PLAN = "甲市2022年工作要点\n一、产业\n1. 稳增长（市发改委牵头）。\n2. 稳投资。\n责任单位：市财政局\n"
TABLE = "甲市任务分解表\n序号\t任务\t责任单位\n1\t建桥{}\t市教育局\n2\t修路\t市商务局\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PLAN + "完成时限：2022年10月底（市商务局牵头）\n", "（市商务局牵头）"),
        (TABLE.format("（市财政局牵头，市水利局配合）"), "（市财政局牵头，市水利局配合）"),
        (TABLE.format("（责任单位：市财政局）"), "（责任单位：市财政局）"),
    ],
)
def test_a_bracket_no_step_met_is_reported(text: str, words: str) -> None:
    _, issues = parse_document(make_document(text), get_rules())
    assert [issue.words for issue in issues if issue.code == "unread-responsibility"] == [words]


@pytest.mark.parametrize("text", [PLAN, TABLE.format("（共3座，主要负责人负总责）"), TABLE.format("（见附件）")])
def test_what_was_read_or_says_nothing_is_not_reported(text: str) -> None:
    _, issues = parse_document(make_document(text), get_rules())
    assert [issue.words for issue in issues if issue.code == "unread-responsibility"] == []


def test_a_sentence_beside_the_lines_of_a_task_is_reported_where_it_names_another() -> None:
    said = "2.由市水利局牵头，市气象局配合，修复水库。\n责任单位：{}\n"
    for names, words in (("市应急局", ["由市水利局牵头，市气象局配合"]), ("市水利局、市气象局", [])):
        _, issues = parse_document(make_document("甲市2022年工作要点\n1.修路。\n责任单位：市交通局\n" + said.format(names)), get_rules())
        assert [issue.words for issue in issues if issue.code == "sentence-unread"] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # In the text above the plan, and behind a bracket whose beginning was lost.
        ("以下任务均需各县（市、区）政府落实，不再列出。\n1.甲。（市财政局负责）", ["以下任务均需各县（市、区）政府落实"]),
        ("1.甲藏熑螁，以下均需各区政府、高新区管委会落实，不再列出〕\n2.乙。（市教育局负责）", ["以下均需各区政府、高新区管委会落实"]),
        # Read; and what names nobody, or is none.
        ("1.甲。（市财政局负责，以下均需各区政府落实，不再列出）\n2.乙。（市教育局负责）", []),
        ("以下事项均需部门负责人签字，以下情形均应由本人办理。\n1.甲。（市财政局负责）", []),
    ],
)
def test_names_for_all_later_tasks_that_no_step_met_are_reported(text: str, words: list[str]) -> None:
    _, issues = parse_document(make_document(text), get_rules())
    assert [issue.words for issue in issues if issue.code == "unread-rule"] == words
