"""Names that share a word with the one before, verbs of no list, and tails of schools."""

import pytest

from tests.parse.factories import codes, read, who

R, L, C, P = "responsible", "lead", "cooperate", "participate"


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("（省经信厅，各市、州、直管市、林区人民政府负责）", [("省经信厅", R), ("各市、州、直管市、林区人民政府", R)]),
        ("（省司法厅，各盟行政公署、市人民政府负责）", [("省司法厅", R), ("各盟行政公署、市人民政府", R)]),
        ("（安全处，各直属学校、单位）", [("安全处", R), ("各直属学校、单位", R)]),
        ("（市农业局负责，各乡镇、部门配合）", [("市农业局", R), ("各乡镇、部门", C)]),
        ("（省金融局负责，省财政厅（省国资委）支持）", [("省金融局", R), ("省财政厅（省国资委）", C)]),
        ("（省科技厅牵头，省农业大学、省师范大学等高校院所参与）", [("省科技厅", L), ("省农业大学", P), ("省师范大学", P)]),
    ],
)
def test_bracket(bracket: str, expected: list[tuple[str, str]]) -> None:
    text = f"1.甲。{bracket}\n2.乙。（市档案馆负责）"
    assert who(text)["1"] == expected
    assert codes(text) == []


def test_name_with_a_verb_of_no_list_behind_the_last_verb_is_reported() -> None:
    text = "1.甲。（市水利局负责，市审计局复核）\n2.乙。（市水利局负责，列入绩效考核）"
    assert who(text) == {"1": [("市水利局", R)], "2": [("市水利局", R)]}
    assert [(issue.code, issue.words) for issue in read(text)[1]] == [("unread-responsibility", "市审计局复核")]


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("（责任单位：自治区财政厅，各市、县〔区〕人民政府，以下简称“各地”）", [("自治区财政厅", R), ("各市、县〔区〕人民政府", R)]),
        ("（责任单位：省财政厅，各市、县财政部门）", [("省财政厅", R), ("各市、县财政部门", R)]),
        ("（责任单位：各区、市财政局）", [("各区", R), ("市财政局", R)]),
    ],
)
def test_units_and_what_they_are_called_later(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.甲。{bracket}\n2.乙。（市档案馆负责）")["1"] == expected


def test_one_sentence_among_items_makes_no_plan() -> None:
    text = "一、认清形势\n（一）甲。外地推出方案，由市发改委牵头，各部门配合。\n（二）乙。我市排名靠后。\n二、突出重点\n（一）丙。"
    assert who(text) == {}
    assert codes(text) == ["no-tasks", "unread-responsibility"]
