"""Verbs by which one agency has another act (A督促B落实), and names that B joins in a sentence (由A牵头，会同B制定办法)."""

import pytest

from tests.parse.factories import codes, read, who

R, L, C, V, P = "responsible", "lead", "cooperate", "supervise", "participate"


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("（市住建局督促各县区政府落实，市财政局配合）", [("市住建局", V), ("各县区政府", R), ("市财政局", C)]),
        ("（市住建局、市城管局督促各县（市、区）、各功能区落实）",
         [("市住建局", V), ("市城管局", V), ("各县（市、区）", R), ("各功能区", R)]),
        ("（市文旅局指导督促各县区落实）", [("市文旅局", V), ("各县区", R)]),
        ("（市发改委组织各县区政府实施）", [("市发改委", R), ("各县区政府", R)]),
        ("（市民政局组织各社会组织参与）", [("市民政局", R), ("各社会组织", P)]),
        ("（市发改委牵头协调市财政局、市教育局落实）", [("市发改委", L), ("市财政局", R), ("市教育局", R)]),
        ("（市发改委协调市财政局办理）", [("市发改委", R), ("市财政局", R)]),
        ("（市发改委协调，市财政局办理）", [("市发改委", R), ("市财政局", R)]),
        ("（市发改委牵头，督促各县区政府落实）", [("市发改委", L), ("各县区政府", R)]),
        ("（市发改委牵头，并督促各县区政府落实）", [("市发改委", L), ("各县区政府", R)]),
        ("（责任单位：市住建局督促各县区政府落实）", [("市住建局", V), ("各县区政府", R)]),
        ("（市发改委会同市财政局督促各县区政府落实）", [("市发改委", V), ("市财政局", C), ("各县区政府", R)]),
        ("（各县（市、区）政府组织乡镇政府、村委会落实）", [("各县（市、区）政府", R), ("乡镇政府", R), ("村委会", R)]),
        ("（市住建局督促鼓楼区政府落实）", [("市住建局", V), ("鼓楼区政府", R)]),
        ("（市工信局会同市财政局组织各县区申报）", [("市工信局", R), ("市财政局", C), ("各县区", R)]),
        # Names that hold such a verb, and what somebody is responsible for.
        ("（市委组织部、各县区委组织部负责）", [("市委组织部", R), ("各县区委组织部", R)]),
        ("（市质量技术监督局、市政务服务指导中心负责）", [("市质量技术监督局", R), ("市政务服务指导中心", R)]),
        ("（市政府督查办公室、市委督查工作组负责）", [("市政府督查办公室", R), ("市委督查工作组", R)]),
        ("（市发改委负责综合协调，市财政局办理）", [("市发改委", R), ("市财政局", R)]),
    ],
)  # fmt: skip
def test_a_task_that_is_passed_on(bracket: str, expected: list[tuple[str, str]]) -> None:
    text = f"1.防汛。{bracket}\n2.抗旱。（市水利局负责）"
    assert who(text)["1"] == expected
    assert codes(text) == []


@pytest.mark.parametrize(
    ("bracket", "code", "words"),
    [
        ("（市发改委委托市信用中心开展）", "unsure-role", "委托"),
        ("（市住建局督促各县区政府）", "unread-responsibility", "各县区政府"),
        ("（市水利局督促企业整改）", "unread-responsibility", "（市水利局督促企业整改）"),
        ("（市发改委、市财政局统筹安排资金）", "unread-responsibility", "（市发改委、市财政局统筹安排资金）"),
        ("（市纪委监委负责监督各县（市、区））", "unread-responsibility", "各县（市、区）"),
    ],
)
def test_a_role_that_is_not_said_is_reported(bracket: str, code: str, words: str) -> None:
    _, issues = read(f"1.防汛。{bracket}\n2.抗旱。（市水利局负责）")
    assert [(issue.code, issue.words) for issue in issues] == [(code, words)]


@pytest.mark.parametrize("bracket", ["（市政府令第3号）", "（市财政局2022年数据）", "（省政府办公厅印发）", "（市级财政统筹资金）"])
def test_notes_that_begin_with_an_agency_are_not_reported(bracket: str) -> None:
    assert codes(f"1.防汛{bracket}。（市应急局负责）\n2.抗旱。{bracket}（市水利局负责）") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("由市发改委牵头，会同市财政局、市教育局制定办法。", [("市发改委", L), ("市财政局", C), ("市教育局", C)]),
        ("由市发改委牵头会同市财政局、市教育局制定办法。", [("市发改委", L), ("市财政局", C), ("市教育局", C)]),
        ("由市发改委牵头，会同市财政局制定办法，市司法局配合。", [("市发改委", L), ("市财政局", C), ("市司法局", C)]),
        ("由市发改委牵头，会同市财政局，市司法局配合。", [("市发改委", L), ("市财政局", C), ("市司法局", C)]),
        ("由市发改委负责，会同有关部门广泛发动群众。", [("市发改委", R), ("有关部门", C)]),
        ("由市住建局负责督促各县区政府完成改造。", [("市住建局", V), ("各县区政府", R)]),
        ("由市发改委牵头，联合开展执法。", [("市发改委", L)]),
    ],
)
def test_names_that_a_sentence_joins_before_what_is_done(sentence: str, expected: list[tuple[str, str]]) -> None:
    text = f"1.防汛。{sentence}\n2.抗旱。由市水利局负责。"
    assert who(text)["1"] == expected
    assert codes(text) == []


def test_a_joined_clause_that_cannot_be_read_is_reported() -> None:
    _, issues = read("1.防汛。由市发改委牵头，会同有关企业和专家研究方案。\n2.抗旱。由市水利局负责。")
    assert [(issue.code, issue.words) for issue in issues] == [("unread-responsibility", "会同有关企业和专家研究方案")]


def test_who_does_it_with_whom_without_a_role_verb_is_reported() -> None:
    _, issues = read(
        "1.防汛。由市水利局会同市应急局、市气象局编制预案。\n2.抗旱。（市水利局负责）\n3.清淤，由企业会同专家编制。\n4.修坝。（市水利局负责）"
    )
    assert [(issue.code, issue.words) for issue in issues] == [("unread-responsibility", "由市水利局会同市应急局、市气象局编制预案")]
