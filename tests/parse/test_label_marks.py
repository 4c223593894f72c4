"""Other marks than a colon between a label and names."""

import pytest

from kg.parse import parse_document
from tests.parse.factories import codes, get_rules, make_table, read, who

R, L, C = "responsible", "lead", "cooperate"


@pytest.mark.parametrize("mark", ["|", "｜", " | ", "/", "－", " - ", "—", "→", "=", ">", "\t", "  ", "　　"])
def test_labels_on_lines(mark: str) -> None:
    text = f"1.修路。\n牵头单位{mark}市交通局\n责任单位{mark}市财政局、各县（市、区）政府\n2.造林。\n配合单位{mark}市林业局\n"
    assert who(text) == {"1": [("市交通局", L), ("市财政局", R), ("各县（市、区）政府", R)], "2": [("市林业局", C)]}
    assert codes(text) == []
    assert [task.text for task in read(text)[0].tasks] == ["修路。", "造林。"]


@pytest.mark.parametrize("mark", ["|", "—", "→", " / "])
def test_labels_in_brackets(mark: str) -> None:
    text = f"1.修路。（牵头单位{mark}市交通局；责任单位{mark}市财政局）\n2.造林。（责任单位{mark}市林业局）"
    assert who(text) == {"1": [("市交通局", L), ("市财政局", R)], "2": [("市林业局", R)]}


@pytest.mark.parametrize("names", ["市财政局，各县（市、\n区）政府", "\n市财政局，各县（市、区）政府", "市财\n政局，各县（市、区）政府"])
def test_names_that_a_printed_line_breaks(names: str) -> None:
    text = f"1.修路。（牵头单位→市交通局；责任单位→{names}）\n2.造林。（责任单位→市林业局）"
    assert who(text)["1"] == [("市交通局", L), ("市财政局", R), ("各县（市、区）政府", R)]


def test_two_labels_on_one_line() -> None:
    text = "1.修路。\n牵头单位|市交通局  责任单位|市财政局\n2.造林。\n责任单位|市林业局"
    assert who(text)["1"] == [("市交通局", L), ("市财政局", R)]


def test_names_that_are_not_all_read_are_reported() -> None:
    _, issues = read("1.修路。\n牵头单位|市交通局、某某\n2.造林。（市林业局负责）")
    assert [(issue.code, issue.words) for issue in issues] == [("unread-responsibility", "牵头单位|市交通局、某某")]


def test_words_that_only_look_like_a_label() -> None:
    text = "1.牵头单位/配合单位要加强协作。\n2.责任单位-各成员单位协同推进。\n3.修路。（市交通局负责）"
    assert who(text)["3"] == [("市交通局", R)]
    assert codes(text) == []


def test_a_table_of_two_columns_stays_one() -> None:
    rows = [["工作任务", "责任单位"], ["修路", "市交通局"], ["造林", "市林业局"]]
    assert who("".join("\t".join(row) + "\n" for row in rows)) == {"p1": [("市交通局", R)], "p2": [("市林业局", R)]}
    plan, _ = parse_document(make_table(rows), get_rules())
    assert [[mention.name for mention in task.mentions] for task in plan.tasks] == [["市交通局"], ["市林业局"]]
