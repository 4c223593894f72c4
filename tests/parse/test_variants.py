"""Ways of writing that deviate from the usual notations, each by one thing; and what only looks like them."""

import pytest

from tests.parse.factories import codes, read, who

R, L, C, S = "responsible", "lead", "cooperate", "supervise"


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        # Terms and other clauses beside the names.
        ("（市政府各部门分别负责，年内持续推进）", [("市政府各部门", R)]),
        ("（市司法局负责，列入年度绩效考核）", [("市司法局", R)]),
        ("（市教育局牵头，第一项6月底前完成，第二项持续推进）", [("市教育局", L)]),
        ("（市卫健委，9月底前）", [("市卫健委", R)]),
        ("（2020年三季度，市工信局、市总工会牵头）", [("市工信局", L), ("市总工会", L)]),
        ("（市工信局、市财政局；完成时限：6月）", [("市工信局", R), ("市财政局", R)]),
        ("（责任单位：市扶贫办（6月底前完成）、市民政局（9月底前完成））", [("市扶贫办", R), ("市民政局", R)]),
        # Verbs.
        ("（镇水利站负责，村民理事会监督）", [("镇水利站", R), ("村民理事会", S)]),
        ("（市发改委总牵头，市工信局、科技局分头负责）", [("市发改委", L), ("市工信局", R), ("市科技局", R)]),
        ("（各街道办事处为责任主体，市消防支队指导）", [("各街道办事处", R), ("市消防支队", S)]),
        ("（市档案局配合市政府办公室落实）", [("市档案局", C), ("市政府办公室", R)]),
        ("（市水利局、农业农村局，并请省水利厅指导）", [("市水利局", R), ("市农业农村局", R), ("省水利厅", S)]),
        ("（以市供电公司为主，市发改委配合）", [("市供电公司", L), ("市发改委", C)]),
        ("（各县区政府负主体责任，市住建局负监管责任）", [("各县区政府", R), ("市住建局", R)]),
        ("（各群团组织负责）", [("各群团组织", R)]),
        ("（市直有关单位会同各县（市、区）政府、高新区管委会负责）", [("市直有关单位", R), ("各县（市、区）政府", C), ("高新区管委会", C)]),
        ("（东城区会同西城区负责）", [("东城区", R), ("西城区", C)]),
        ("（市工商联、市残疾人联合会、县商务局负责）", [("市工商联", R), ("市残疾人联合会", R), ("县商务局", R)]),
        # Labels.
        ("（牵头单位：农业农村部\n责任单位：科技部）", [("农业农村部", L), ("科技部", R)]),
        ("（牵头单位：各地区\n责任单位：各部门）", [("各地区", L), ("各部门", R)]),
        ("（牵头单位：市水务局\n市责任单位：市住建局）", [("市水务局", L), ("市住建局", R)]),
        ("（牵头单位市水务局，责任单位为市住建局）", [("市水务局", L), ("市住建局", R)]),
        ("（牵头领导：李某 责任单位：市交通局 市水利局）", [("市交通局", R), ("市水利局", R)]),
        ("（主要责任单位：市教育局；配合单位：市民政局）", [("市教育局", L), ("市民政局", C)]),
        ("（责任单位：①市水务局；②市住建局/市通管办）", [("市水务局", R), ("市住建局", R), ("市通管办", R)]),
        # Persons.
        ("（责任单位：市交通局（王某某）、分管副市长、市财政局 刘某）", [("市交通局", R), ("市财政局", R)]),
        # Names.
        ("（各部门及各市、县级政府负责）", [("各部门", R), ("各市、县级政府", R)]),
        ("（各省、自治区、直辖市人民政府和新疆生产建设兵团负责）", [("各省、自治区、直辖市人民政府", R), ("新疆生产建设兵团", R)]),
        ("（各市（州）、县（市、区）政府及各类开发区管委会负责）", [("各市（州）、县（市、区）政府", R), ("各类开发区管委会", R)]),
        ("（各县（市、区）党委和人民政府负责）", [("各县（市、区）党委和人民政府", R)]),
        ("（东溪、西溪、南溪经济开发区管委会负责落实）", [("东溪、西溪、南溪经济开发区管委会", R)]),
        ("（村“两委”、村妇联，县派工作队负责）", [("村“两委”", R), ("村妇联", R), ("县派工作队", R)]),
        ("（各单位）", [("各单位", R)]),
        ("（县财政局、镇农业办、街道社区办、乡村振兴局负责）", [("县财政局", R), ("镇农业办", R), ("街道社区办", R), ("县乡村振兴局", R)]),
        ("（市纪委监委机关、市教育局）", [("市纪委监委机关", R), ("市教育局", R)]),
        (
            "（市教育局牵头，各中小学、市第一中学、市城投、市机场、各新闻媒体、市直机关配合）",
            [("市教育局", L), ("各中小学", C), ("市第一中学", C), ("市城投", C), ("市机场", C), ("各新闻媒体", C), ("市直机关", C)],
        ),
    ],
)
def test_bracket(bracket: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.甲。{bracket}\n2.乙。（市档案馆负责）")["1"] == expected
    assert [
        code for code in codes(f"1.甲。{bracket}\n2.乙。（市档案馆负责）") if code not in ("person-name", "unread-deadline")
    ] == []  # no year, no day


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("主办单位：市园林局\n会办单位：市财政局\n督办单位：市人大城建委", [("市园林局", L), ("市财政局", C), ("市人大城建委", S)]),
        ("责任单位——市委宣传部、市融媒体中心", [("市委宣传部", R), ("市融媒体中心", R)]),
        ("责任单位\n市林业局", [("市林业局", R)]),
        ("分管领导：王某\n部门分工：市发改委牵头，各部门配合。", [("市发改委", L), ("各部门", C)]),
        ("牵头单位及责任人：市卫健委 刘某\n配合单位：市教体局", [("市卫健委", L), ("市教体局", C)]),
    ],
)
def test_lines(lines: str, expected: list[tuple[str, str]]) -> None:
    assert who(f"1.甲。\n{lines}\n2.乙。\n责任单位：市档案馆")["1"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1﹒甲。（市财政局负责）\n2﹒乙。（市教育局负责）", ["1", "2"]),
        ("⒈甲。（市财政局负责）\n⒉乙。（市教育局负责）", ["1", "2"]),
        ("1.甲。（市财政局负责）\n2，乙。（市教育局负责）\n3 丙。（市民政局负责）\n4丁。（市水利局负责）", ["1", "2", "3", "4"]),
        ("1-1 甲。（市财政局负责）\n1-2 乙。（市教育局负责）", ["1.1", "1.2"]),
        ("- **(一) 甲** — 推进。（市财政局负责）\n- **(二) 乙** — 推进。（市教育局负责）", ["1", "2"]),
        ("实事一：甲（责任单位：市财政局）\n实事二：乙（责任单位：市教育局）", ["1", "2"]),
        (
            "一、甲\n（169）乙。（市财政局负责）\n（170）丙。（市教育局负责）\n二、丁\n（171）戊。（市民政局负责）",
            ["1.169", "1.170", "2.171"],
        ),
        (
            "某市要点 一、推进改革 1.完善制度.(市财政局负责) 2.加强宣传.(责任单位:市教育局) 二、优化服务 3.提升效率.(市民政局牵头)",
            ["1.1", "1.2", "2.3"],
        ),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert list(who(text)) == expected


def test_steps_below_which_an_item_says_who_does_it() -> None:
    item = "整改措施：\n1.建账。\n2.巡查。\n牵头单位：{}\n整改时限：立行立改\n"
    plan, _ = read("（一）甲问题。\n" + item.format("市水利局") + "（二）乙问题。\n" + item.format("市住建局"))
    assert [(task.path, [m.name for m in task.mentions], [d.expression for d in task.deadlines]) for task in plan.tasks] == [
        ("1", ["市水利局"], ["立行立改"]),
        ("2", ["市住建局"], ["立行立改"]),
    ]


def test_bracket_on_its_own_line_below_the_steps() -> None:
    text = "一、建设\n1.甲\n（1）乙。\n（2）丙。\n（责任单位：市应急局）\n2.丁\n（1）戊。\n（2）己。\n（责任单位：市气象局）"
    assert who(text) == {"1.1": [("市应急局", R)], "1.2": [("市气象局", R)]}


def test_item_with_measures_is_a_task_and_a_heading_is_none() -> None:
    item = "（一）甲。推进甲。（市住建局负责）\n具体措施：\n1.乙。\n2.丙。（市房管局负责）"
    assert who(item) == {"1": [("市住建局", R)], "1.1": [], "1.2": [("市房管局", R)]}
    heading = "一、甲（市科技局牵头）\n以改革为引领，推进甲。\n（一）乙。推进乙。\n（二）丙。推进丙。"
    assert who(heading) == {"1.1": [("市科技局", L)], "1.2": [("市科技局", L)]}


def test_sentences_of_an_item_are_read_and_noted_where_others_have_brackets() -> None:
    text = "（一）甲。一是市应急局牵头修订预案；二是各街道办事处负责组织演练。\n（二）乙。（市住建局负责）\n（三）丙。（市水利局负责）"
    assert who(text)["1"] == [("市应急局", L), ("各街道办事处", R)]
    assert set(codes(text)) == {"sentence-responsibility"}


def test_sentences_with_a_comma_inside_their_list() -> None:
    text = "（一）甲。由市财政局、农业局，各县（市）、区人民政府负责落实。\n（二）乙。由市交通局负责。"
    assert who(text) == {"1": [("市财政局", R), ("市农业局", R), ("各县（市）、区人民政府", R)], "2": [("市交通局", R)]}


def test_notes_of_whom_an_item_is_for_name_nobody() -> None:
    text = "1.甲（党政机关、中小学）。推进乙（行政机关）。（市教育局负责）\n2.丙。（市水利局负责）"
    assert who(text) == {"1": [("市教育局", R)], "2": [("市水利局", R)]}


def test_who_explains_a_plan_does_no_task() -> None:
    assert who("一、甲。（市财政局负责）\n二、乙。（市教育局负责）\n三、本措施由市发改委负责解释。")["3"] == []


def test_bracket_over_an_empty_line() -> None:
    assert who("1.甲（市交通局牵头，\n\n市水利局配合）\n2.乙。（市住建局负责）")["1"] == [("市交通局", L), ("市水利局", C)]


@pytest.mark.parametrize(
    ("cut", "expected", "issue"),
    [
        ("（市民政局牵头，市卫健委、市规划资", [("市民政局", L)], "，市卫健委、市规划资"),
        ("（市政府办公室、市", [], "（市政府办公室、市"),
        ("（牵头单位：市发", [], "（牵头单位：市发"),
    ],
)
def test_text_that_ends_inside_a_bracket(cut: str, expected: list[tuple[str, str]], issue: str) -> None:
    text = f"1.甲。（市教育局负责）\n2.乙。{cut}"
    assert who(text)["2"] == expected
    assert [(found.code, found.words) for found in read(text)[1]] == [("unread-responsibility", issue)]


def test_contents_page_and_glossary_hold_no_tasks() -> None:
    text = (
        "目录\n一、甲（市交通局负责）……1\n二、乙（市水利局负责）……2\n工作方案\n一、甲。（市交通局负责）\n二、乙。（市水利局负责）\n"
        "附件2\n名词解释\n1.丙：指由体育部门牵头建设的设施。\n2.丁：指制度。"
    )
    assert list(who(text)) == ["1", "2"]


def test_person_beside_names_is_left_out_and_noted() -> None:
    _, issues = read("1.甲。\n责任单位：市财政局 赵某某\n2.乙。\n责任单位：市林业局")
    assert [(issue.code, issue.words) for issue in issues] == [("person-name", "赵某某")]
