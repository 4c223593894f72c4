"""Sentences of an item that say who does it and go on."""

import pytest

from tests.parse.factories import codes, read, who


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县水利局牵头，各乡镇具体负责，汛前完成除险。", [("县水利局", "lead"), ("各乡镇", "responsible")]),
        ("县水利局牵头，各乡镇配合，完成除险。", [("县水利局", "lead"), ("各乡镇", "cooperate")]),
        ("由县水利局牵头，县财政局和供水、供电、供气企业配合，拿出计划。",
         [("县水利局", "lead"), ("县财政局", "cooperate"), ("供水、供电、供气企业", "cooperate")]),
        ("请县纪委监委牵头，县委督查室配合，开展暗访。", [("县纪委监委", "lead"), ("县委督查室", "cooperate")]),
        ("由公安、交通部门负责，有关部门配合。", [("公安", "responsible"), ("交通部门", "responsible"), ("有关部门", "cooperate")]),
        ("电信、移动、联通公司负责，随时抢修。", [("电信、移动、联通公司", "responsible")]),
    ],
)  # fmt: skip
def test_sentence_that_goes_on_behind_its_verbs(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.防汛。{sentence}") == {"1": expected}


def test_sentences_are_read_beside_lines_that_only_give_a_term() -> None:
    text = "1.防汛。推进除险。由县水利局牵头，县财政局配合。\n完成时限：2023年6月\n2.供水。由县住建局负责。\n完成时限：2023年9月"
    assert who(text) == {"1": [("县水利局", "lead"), ("县财政局", "cooperate")], "2": [("县住建局", "responsible")]}
    assert [len(task.deadlines) for task in read(text)[0].tasks] == [1, 1]
    assert codes(text) == []


@pytest.mark.parametrize(
    "task",
    ["鼓励贫困地区组建乡村旅游协会、区域品牌联盟等组织，形成体系。", "争取国家金融监督管理总局等国家部委支持，完善方案。",
     "引导市级龙头企业、科研院所参与，形成合力。"],
)  # fmt: skip
def test_what_is_to_be_done_with_others_names_nobody(task: str) -> None:
    assert who(f"1.甲。{task}由县水利局牵头。\n2.乙。推进办牵头，县建设局配合，完成改造。") == {
        "1": [("县水利局", "lead")],
        "2": [("推进办", "lead"), ("县建设局", "cooperate")],
    }


def test_clause_that_cannot_be_read_behind_one_that_was_is_reported() -> None:
    text = "1.防汛。由县水利局牵头，县财政局及各路力量配合，拿出计划。"
    assert who(text) == {"1": [("县水利局", "lead")]}
    assert codes(text) == ["unread-responsibility"]


def test_sentences_that_only_groups_begin_name_nobody() -> None:
    assert codes("1.防汛。各部门配合，做好准备。\n2.抗旱。各乡镇负责，做好准备。") == ["no-tasks"]


def test_enterprises_with_nouns_of_their_own_stay_apart() -> None:
    assert who("1.防汛。（市水务公司、电力公司、供水、燃气公司负责）")["1"] == [
        ("市水务公司", "responsible"),
        ("电力公司", "responsible"),
        ("供水、燃气公司", "responsible"),
    ]


@pytest.mark.parametrize(
    ("bracket", "expected", "left_out"),
    [
        ("（责任单位：市商务局；咨询电话：0417-2222222）", [("市商务局", "responsible")], []),
        ("（责任单位：市商务局、0417-2222222）", [("市商务局", "responsible")], ["0417-2222222"]),
        ("（省司法厅负责，并指导市县落实）", [("省司法厅", "responsible")], ["指导市县"]),
        ("（预算股牵头，委托第三方机构实施）", [("预算股", "lead")], ["委托第三方机构"]),
        ("（责任单位：预算股、绩效股，报分管副局长审定）", [("预算股", "responsible"), ("绩效股", "responsible")], ["报分管副局长审定"]),
        ("（市政务服务指导中心、市委组织部负责）", [("市政务服务指导中心", "responsible"), ("市委组织部", "responsible")], []),
    ],
)
def test_clauses_and_numbers_among_names_are_left_out(bracket: str, expected: list[tuple[str, str]], left_out: list[str]) -> None:
    _, issues = read(f"1.防汛。{bracket}")
    assert who(f"1.防汛。{bracket}") == {"1": expected}
    assert [issue.words for issue in issues if issue.code == "clause-left-out"] == left_out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("责任单位：市财政局、市公安局，供电所配合", [("市财政局", "responsible"), ("市公安局", "responsible"), ("供电所", "cooperate")]),
        ("牵头单位：市财政局，市公安局、供电所配合", [("市财政局", "lead"), ("市公安局", "cooperate"), ("供电所", "cooperate")]),
        (
            "责任单位：市财政局牵头，市公安局，供电所配合",
            [("市财政局", "lead"), ("市公安局", "cooperate"), ("供电所", "cooperate")],
        ),
        (
            "责任单位：市财政局、市公安局（共同牵头），供电所、市教育局",
            [("供电所", "responsible"), ("市教育局", "responsible"), ("市财政局", "lead"), ("市公安局", "lead")],
        ),
    ],
)
def test_label_holds_up_to_the_comma_before_a_verb(words: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.防汛。（{words}）") == {"1": expected}
    assert who(f"1.防汛。\n{words}。") == {"1": expected}
    assert codes(f"1.防汛。\n{words}。") == []


def test_lines_below_the_only_step_of_an_item_are_the_items() -> None:
    first = "任务一：桥梁\n工作措施：\n1.选址。\n2.开工。\n牵头单位：市交通局\n"
    second = "任务二：学校\n工作措施：\n1.选址。\n牵头单位：市教育局\n"
    assert who(first + second) == {"1": [("市交通局", "lead")], "2": [("市教育局", "lead")]}


def test_only_step_keeps_its_lines_where_the_steps_beside_it_have_theirs() -> None:
    first = "任务一：桥梁\n工作措施：\n1.选址。\n牵头单位：市交通局\n2.开工。\n牵头单位：市住建局\n"
    second = "任务二：学校\n工作措施：\n1.选址。\n牵头单位：市教育局\n"
    assert who(first + second) == {"1.1": [("市交通局", "lead")], "1.2": [("市住建局", "lead")], "2.1": [("市教育局", "lead")]}


def test_standing_addition_in_a_bracket_behind_the_last_name() -> None:
    added = "各县（市、特区、区）人民政府（以下均需各县〈市、特区、区〉人民政府落实，不再列出）"
    assert who(f"1.甲。〔责任单位：市教育局、{added}〕\n2.乙。（责任单位：市财政局）") == {
        "1": [("市教育局", "responsible"), ("各县（市、特区、区）人民政府", "responsible")],
        "2": [("市财政局", "responsible"), ("各县〈市、特区、区〉人民政府", "responsible")],
    }


def test_sentences_that_tell_what_agencies_do_in_an_item_that_names_nobody_are_reported() -> None:
    text = "1.排水。县住建局负责清淤，县公安局负责疏导。\n2.抢险。县水利局牵头，各乡镇配合，完成除险。\n3.宣传。县文化局负责。"
    plan, issues = read(text)
    assert [len(task.mentions) for task in plan.tasks] == [0, 2, 1]
    assert [(issue.code, issue.words) for issue in issues] == [("unread-responsibility", "县住建局负责清淤，县公安局负责疏导")]


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("（公路局负责，路网中心技术支持）", [("公路局", "responsible"), ("路网中心", "cooperate")]),
        ("（科技司牵头，部信息中心承担具体工作）", [("科技司", "lead"), ("部信息中心", "responsible")]),
        ("（省司法厅负责；省委督查室督察）", [("省司法厅", "responsible"), ("省委督查室", "supervise")]),
        ("（分别办理：市水务局、市林业局）", [("市水务局", "responsible"), ("市林业局", "responsible")]),
    ],
)
def test_words_of_ministries_and_of_proposals(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.路网。{bracket}") == {"1": expected}
