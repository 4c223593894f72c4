"""Rules that a document states once and that hold for every later list."""

import pytest

from kg.model import Role
from kg.parse.document_rules import ListRule, find_rule, states_rule
from kg.parse.lexicon import make_lexicon
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
