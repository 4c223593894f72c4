"""Rules that a document states once and that hold for every later list."""

import pytest

from kg.model import Role
from kg.parse.responsibility.document_rules import ListRule, find_rule, states_rule
from kg.parse.words.lexicon import make_lexicon
from tests.parse.factories import codes, get_rules, who

LEXICON = make_lexicon(get_rules().notation)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("列第一位者为牵头单位，下同", ListRule()),
        ("除标注“分别牵头”外，列第一位为牵头或汇总单位，下同", ListRule()),
        ("排在首位的为牵头单位", ListRule()),
        ("各项任务列第一位的为牵头单位，其余为责任单位", ListRule(rest=Role.RESPONSIBLE)),
        ("排名第一的责任单位为牵头单位，其他列入单位为参与单位", ListRule(rest=Role.PARTICIPATE)),
        ("无牵头单位的，责任单位即为牵头单位，下同", ListRule(all_lead=True)),
        ("市财政局、市教育局", None),
        ("下同", None),
        ("市财政局牵头，其他部门配合", None),
    ],
)
def test_rule_is_found(words: str, rule: ListRule | None) -> None:
    found = find_rule(words, LEXICON)
    assert (found[0] if found else None) == rule


def test_rule_is_cut_from_the_list_with_its_conditions() -> None:
    words = "市财政局，除注明外，列第一位为牵头单位，下同"
    found = find_rule(words, LEXICON)
    assert found is not None
    assert words[found[1] : found[2]] == "除注明外，列第一位为牵头单位，下同"


@pytest.mark.parametrize("text", ["各单位要把牵头工作放在首位。", "第一责任人是牵头领导。", "（列第一位的为牵头单位）"])
def test_running_text_that_states_no_rule(text: str) -> None:
    assert states_rule(text, LEXICON) is None


def test_rule_behind_a_list_holds_from_there_on() -> None:
    text = (
        "1.甲。\n责任单位：市发改委、市财政局\n2.乙。\n责任单位：市教育局、市体育局（列第一位者为牵头单位，下同）\n"
        "3.丙。\n责任单位：市水利局、市林业局\n4.丁。\n责任单位：市民政局、市残联分别牵头"
    )
    assert who(text) == {
        "1": [("市发改委", "responsible"), ("市财政局", "responsible")],
        "2": [("市教育局", "lead"), ("市体育局", "responsible")],
        "3": [("市水利局", "lead"), ("市林业局", "responsible")],
        "4": [("市民政局", "lead"), ("市残联", "lead")],
    }
    assert codes(text) == []


@pytest.mark.parametrize(
    "front",
    [
        "现将分工明确如下（列第一位的为牵头单位，其余为配合单位）：",
        "各项任务列第一位的为牵头单位，其余为配合单位。",
    ],
)
def test_rule_in_the_preamble_holds_for_all(front: str) -> None:
    text = f"{front}\n一、任务\n1.甲。（市发改委、市财政局）\n2.乙。（市教育局）"
    assert who(text) == {"1.1": [("市发改委", "lead"), ("市财政局", "cooperate")], "1.2": [("市教育局", "lead")]}


def test_units_of_a_list_without_a_leader_lead_where_the_document_says_so() -> None:
    text = (
        "1.甲。（责任单位：市发改委、市财政局）（无牵头单位的，责任单位即为牵头单位，下同）\n"
        "2.乙。（牵头单位：市教育局；责任单位：市民政局）"
    )
    assert who(text) == {
        "1": [("市发改委", "lead"), ("市财政局", "lead")],
        "2": [("市教育局", "lead"), ("市民政局", "responsible")],
    }


@pytest.mark.parametrize("said", ["带★的为牵头单位", "标有“★”号的单位为牵头单位，其余为配合单位", "★表示牵头单位"])
def test_mark_says_who_leads(said: str) -> None:
    text = (
        f"1.甲。（责任单位：市财政局、★发改委、教育局。{said}，下同）\n2.乙。（责任单位：★市文化局、教育局）\n3.丙。（责任单位：市民政局）"
    )
    rest = "cooperate" if "配合" in said else "responsible"
    assert who(text) == {
        "1": [("市财政局", rest), ("市发改委", "lead"), ("市教育局", rest)],
        "2": [("市文化局", "lead"), ("市教育局", rest)],
        "3": [("市民政局", rest)],
    }
    assert codes(text) == []


def test_mark_is_explained_in_a_note_above_the_items() -> None:
    text = "注：标注▲的单位为牵头单位。\n1.甲。（市财政局、市发改委▲负责）\n2.乙。（市文化局▲负责）"
    assert who(text) == {"1": [("市财政局", "responsible"), ("市发改委", "lead")], "2": [("市文化局", "lead")]}


def test_agency_with_a_mark_that_leads_is_no_rule() -> None:
    assert find_rule("★市发改委为牵头单位", LEXICON) is None


@pytest.mark.parametrize(
    "note", ["注：黑体字为牵头单位。\n1.甲。（市财政局、市发改委负责）", "1.甲。（市财政局、市发改委负责。加粗的为牵头单位）"]
)
def test_rule_by_the_look_of_names_is_reported(note: str) -> None:
    text = f"{note}\n2.乙。（市文化局负责）"
    assert who(text)["1"] == [("市财政局", "responsible"), ("市发改委", "responsible")]
    assert codes(text) == ["unread-rule"]
