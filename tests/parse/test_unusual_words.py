"""Unusual words and marks around names, each in a notation that is read elsewhere in its usual form."""

import pytest

from tests.parse.factories import codes, who

L, R, C = "lead", "responsible", "cooperate"
_OTHER = "\n2.乙。（市文化局负责）"


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("市人社局负责，各区政府抓落实", [("市人社局", R), ("各区政府", R)]),
        ("市人社局、市教育局双牵头", [("市人社局", L), ("市教育局", L)]),
        ("市文化局牵头，各区政府做好配合工作", [("市文化局", L), ("各区政府", C)]),
        ("市工信局牵头，各县（市、区）落实属地责任", [("市工信局", L), ("各县（市、区）", R)]),
        ("主牵头单位：市人社局；副牵头单位：市教育局", [("市人社局", L), ("市教育局", L)]),
        ("牵头处（室）：宣传处", [("宣传处", L)]),
        ("责任站所：农技站", [("农技站", R)]),
        ("主办：市文化局；会办：市财政局", [("市文化局", L), ("市财政局", C)]),
        ("牵头单位：市文化局/责任单位：市财政局", [("市文化局", L), ("市财政局", R)]),
        ("牵头单位：市委宣传部配合单位：市教育局", [("市委宣传部", L), ("市教育局", C)]),
        ("责任单位：市发改委·市财政局", [("市发改委", R), ("市财政局", R)]),
        ("市文化局、市教育局（以下统称两局）负责", [("市文化局", R), ("市教育局", R)]),
        ("市政府副秘书长钱某牵头，市人社局负责", [("市人社局", R)]),
        ("责任单位：（1）市司法局（2）市财政局（3.审计办）", [("市司法局", R), ("市财政局（3.审计办）", R)]),
        ("责任单位：市委宣传部、甲河传媒中心、融媒体中心", [("市委宣传部", R), ("甲河传媒中心", R), ("市融媒体中心", R)]),
        ("责任单位：省教育厅，安大", [("省教育厅", R), ("安大", R)]),
    ],
)
def test_names_and_roles(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.甲。（{bracket}）{_OTHER}")["1"] == expected


def test_one_who_is_helped_is_reported_for_the_page_does_not_say_his_role() -> None:
    text = f"1.甲。（市财政局配合市教育局）{_OTHER}"
    assert who(text)["1"] == [("市财政局", C)]
    assert codes(text) == ["unread-responsibility"]


def test_words_behind_a_label_of_no_list_do_not_take_the_role_before_it() -> None:
    text = f"1.甲。（牵头单位：市发改委；主要指标：报道百篇）{_OTHER}"
    assert who(text)["1"] == [("市发改委", L)]
    assert codes(text) == ["unknown-label"]


def test_names_behind_a_label_of_no_list_keep_the_verb_that_follows_them() -> None:
    assert who(f"1.甲。（本市方案：市发改委、财政局负责）{_OTHER}")["1"] == [("市发改委", R), ("市财政局", R)]


def test_clause_of_a_sentence_that_names_helpers() -> None:
    text = "1.由市发改委牵头，会同各区政府，制定方案。\n2.由市文化局负责，加强宣传。"
    assert who(text)["1"] == [("市发改委", L), ("各区政府", C)]


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("中央宣传部会有关部门负责", [("中央宣传部", R), ("有关部门", C)]),
        ("国家发展改革委商财政部负责", [("国家发展改革委", R), ("财政部", C)]),
        ("高新区管委会商务局、市招商局、市委社会工作部负责", [("高新区管委会商务局", R), ("市招商局", R), ("市委社会工作部", R)]),
        ("责任部门／单位：市公安局", [("市公安局", R)]),
    ],
)
def test_short_joints_and_labels_with_a_slash(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.甲。（{bracket}）{_OTHER}")["1"] == expected


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        (
            "商丘市、洛阳市人民政府负责，省商务厅会同商洛市政府落实",
            [("商丘市", R), ("洛阳市人民政府", R), ("省商务厅", R), ("商洛市政府", C)],
        ),
        ("责任单位：会理市、宁南县人民政府，州农业农村局", [("会理市", R), ("宁南县人民政府", R), ("州农业农村局", R)]),
        ("省商务厅牵头，商南县政府配合", [("省商务厅", L), ("商南县政府", C)]),
        ("责任单位：会宁县政府、会同县政府", [("会宁县政府", R), ("会同县政府", R)]),
        ("县发改委牵头，会同县财政局负责", [("县发改委", L), ("县财政局", C)]),
        ("县发改委牵头、会同县财政局负责", [("县发改委", L), ("县财政局", C)]),
        ("各县教育局、协同创新中心、联合执法大队负责", [("各县教育局", R), ("协同创新中心", R), ("联合执法大队", R)]),
        ("市直有关单位会同各区政府负责", [("市直有关单位", R), ("各区政府", C)]),
        ("市教育局牵头，联合市财政局负责", [("市教育局", L), ("市财政局", C)]),
        ("含山县人民政府、略阳县教育局、天等县教育局负责", [("含山县人民政府", R), ("略阳县教育局", R), ("天等县教育局", R)]),
        ("暨南大学负责，以工代赈办配合", [("暨南大学", R), ("以工代赈办", C)]),
        ("市教育局牵头，省委督导组、县政协办、市经协办配合", [("市教育局", L), ("省委督导组", C), ("县政协办", C), ("市经协办", C)]),
        ("责任单位：市质量监督办、机关党总支", [("市质量监督办", R), ("机关党总支", R)]),
        ("市财政局督办，市民政局协办", [("市财政局", "supervise"), ("市民政局", C)]),
    ],
)
def test_words_that_join_or_say_a_role_inside_names(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.甲。（{bracket}）{_OTHER}")["1"] == expected


def test_sentence_that_names_the_item_it_ends() -> None:
    text = "1.推进改革。此项工作由市发改委负责。\n2.加强宣传。该项工作由市文化局牵头，市财政局配合。"
    assert who(text) == {"1": [("市发改委", R)], "2": [("市文化局", L), ("市财政局", C)]}


def test_one_bracket_that_tells_what_somebody_does_makes_no_plan() -> None:
    notice = "一、按月支付工资。\n二、建立告示牌，公布电话（区人社局负责接听）。\n三、加强宣传。"
    assert who(notice) == {}
    assert codes(notice) == ["no-tasks", "unread-responsibility"]


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("市防汛指挥部办公室牵头，市安委会成员单位配合", [("市防汛指挥部办公室", L), ("市安委会成员单位", C)]),
        ("国家发展改革委会有关部门负责", [("国家发展改革委", R), ("有关部门", C)]),
        ("责任单位：市发改委（牵头制定方案）、市财政局（负责资金）", [("市发改委", L), ("市财政局", R)]),
        ("市文化局牵头会同市教育局、各区组织开展", [("市文化局", L), ("市教育局", C), ("各区", C)]),
    ],
)
def test_committees_and_divided_work(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.甲。（{bracket}）{_OTHER}")["1"] == expected


@pytest.mark.parametrize("marks", [("（1）", "（2）"), ("①", "②")])
def test_numbered_labels_are_lines_of_the_item_above(marks: tuple[str, str]) -> None:
    first, second = marks
    text = f"1.改革。\n{first}牵头单位：市发改委\n{second}配合单位：市财政局\n2.宣传。\n{first}牵头单位：市文化局\n{second}配合单位：各区"
    assert who(text) == {"1": [("市发改委", L), ("市财政局", C)], "2": [("市文化局", L), ("各区", C)]}


def test_role_words_of_two_before_names_are_reported() -> None:
    text = f"1.甲。（牵头、配合单位分别为市发改委、市财政局）{_OTHER}"
    assert who(text)["1"] == []
    assert codes(text) == ["unread-responsibility"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("{牵头单位：市发改委}", [("市发改委", L)]),
        ("——责任单位：市发改委", [("市发改委", R)]),
        ("（责任单位（排名不分先后）：市发改委、财政局）", [("市发改委", R), ("市财政局", R)]),
        ("（市发改委会商市财政局负责）", [("市发改委", R), ("市财政局", C)]),
        ("（市文化局主办，市教育局会办；督办：市政府办）", [("市文化局", L), ("市教育局", C), ("市政府办", "supervise")]),
        ("（责任单位：市民政局、慈善总会、记协）", [("市民政局", R), ("市慈善总会", R), ("市记协", R)]),
    ],
)
def test_marks_and_words_around_labels(words: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.甲。{words}{_OTHER}")["1"] == expected


def test_rule_in_a_note_of_a_label() -> None:
    text = "1.甲。（责任单位（第一位为牵头单位）：市发改委、市财政局）\n2.乙。（责任单位：市文化局）"
    assert who(text)["1"] == [("市发改委", L), ("市财政局", R)]


def test_group_whose_verb_is_unknown_is_reported() -> None:
    assert codes(f"1.甲。（市发改委牵头，各区具体抓）{_OTHER}") == ["unread-responsibility"]
    assert codes(f"1.甲。（市发改委牵头，列入绩效考核）{_OTHER}") == []
