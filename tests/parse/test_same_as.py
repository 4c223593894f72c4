"""同上, 〃 and their like: the names of the item or row above, or, where that is not sure, an issue."""

import pytest

from kg.parse import parse_document
from tests.parse.factories import codes, get_rules, make_table, read, who

R, L, C = "responsible", "lead", "cooperate"
FIRST = "1.修路。（牵头单位：市交通局；责任单位：市财政局）\n"


@pytest.mark.parametrize("words", ["同上", "同前", "〃", "″", '"', "同上。", "（同上）"])
def test_cells_lines_and_brackets(words: str) -> None:
    both = [("市交通局", L), ("市财政局", R)]
    assert who(f"{FIRST}2.造林。（{words}）\n3.治水。（{words}）") == {"1": both, "2": both, "3": both}
    text = f"1.修路。\n牵头单位：市交通局\n责任单位：市财政局\n2.造林。\n牵头单位：{words}\n责任单位：市林业局\n"
    assert who(text)["2"] == [("市交通局", L), ("市林业局", R)]
    assert [task.text for task in read(text)[0].tasks] == ["修路。", "造林。"]
    rows = [
        ["序号", "任务", "牵头单位", "责任单位"],
        ["1", "修路", "市交通局", "市财政局"],
        ["2", "造林", words, "市林业局"],
        ["3", "治水", words, words],
    ]
    plan, issues = parse_document(make_table(rows), get_rules())
    assert [[mention.name for mention in task.mentions] for task in plan.tasks] == [
        ["市交通局", "市财政局"],
        ["市交通局", "市林业局"],
        ["市交通局", "市林业局"],
    ]
    assert issues == ()


def test_labels_without_a_colon() -> None:
    text = f"{FIRST}2.造林。（责任单位同上）\n3.治水。（牵头单位同上，责任单位：市水利局）"
    assert who(text)["2"] == [("市财政局", R)]
    assert codes(text) == ["unread-responsibility"]
    assert who("1.修路。（市交通局牵头，市财政局配合）\n2.造林。（责任单位同上）")["2"] == [("市交通局", L), ("市财政局", C)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.修路。（同上）\n2.造林。（市林业局负责）", "同上"),
        (f"{FIRST}2.造林。\n3.治水。（同上）", "同上"),
        (f"{FIRST}2.造林。（同第1项）", "（同第1项）"),
        (f"{FIRST}2.造林。\n配合单位：同上", "同上"),
        ("序号\t任务\t牵头单位\t责任单位\n1\t修路\t市交通局\t同左\n2\t造林\t市林业局\t市财政局\n", "同左"),
        ("序号\t任务\t责任单位\n1\t修路\t同上\n2\t造林\t市林业局\n", "同上"),
    ],
)
def test_what_is_not_sure_is_reported(text: str, words: str) -> None:
    issues = read(text)[1]
    assert [(issue.code, issue.words) for issue in issues] == [("unread-responsibility", words)]
    assert not [name for names in who(text).values() for name, _ in names if "同" in name]


def test_such_a_bracket_inside_a_sentence_says_nothing() -> None:
    assert who(f"{FIRST}2.造林（同上）面积翻番。（市林业局负责）")["2"] == [("市林业局", R)]
