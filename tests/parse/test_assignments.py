"""Who is read as responsible for what, what is not, and what is reported."""

from kg.model import Inheritance, RoleBasis
from tests.parse.factories import codes, read, who


def test_several_brackets_in_one_item_belong_to_it() -> None:
    assert who("1.制定标准。（卫生部负责）开展监管。（农业部牵头）\n2.加强宣传。（教育部负责）") == {
        "1": [("卫生部", "responsible"), ("农业部", "lead")],
        "2": [("教育部", "responsible")],
    }


def test_heading_bracket_holds_for_items_without_their_own() -> None:
    plan, _ = read("（一）优化登记（牵头单位：市税务局）\n1.压缩时限。\n2.推行网办。（责任单位：市财政局）")
    assert [(task.path, [(m.name, m.inheritance) for m in task.mentions]) for task in plan.tasks] == [
        ("1.1", [("市税务局", Inheritance.HEADING)]),
        ("1.2", [("市财政局", Inheritance.OWN)]),
    ]
    assert [(section.path, section.title) for section in plan.sections] == [("1", "优化登记")]


def test_bracket_of_an_item_whose_measures_have_their_own_is_kept() -> None:
    text = "（一）提升办电（牵头单位：市工信局）\n1.压缩时间。（责任单位：供电公司）\n2.降低成本。（责任单位：市发改委）"
    assert who(text) == {"1": [("市工信局", "lead")], "1.1": [("供电公司", "responsible")], "1.2": [("市发改委", "responsible")]}


def test_bracket_behind_the_last_of_several_steps_belongs_to_the_item() -> None:
    text = "1.推进改革：（1）编制方案；（2）开展评估。（市发改委牵头）\n2.加强宣传。（市文化局负责）\n3.强化培训。（市人社局负责）"
    assert who(text) == {"1": [("市发改委", "lead")], "2": [("市文化局", "responsible")], "3": [("市人社局", "responsible")]}


def test_item_without_any_among_brothers_names_nobody() -> None:
    assert who("1.甲。（市发改委负责）\n2.乙。\n3.丙。（市财政局负责）")["2"] == []


def test_items_where_no_brother_names_anybody_are_no_tasks() -> None:
    text = "一、总体要求\n（一）坚持原则。\n（二）把握方向。\n二、任务\n（一）甲。（市发改委负责）\n（二）乙。（市财政局负责）"
    assert list(who(text)) == ["2.1", "2.2"]


def test_standing_addition_holds_from_its_place_on() -> None:
    plan, _ = read("1.甲。（市发改委负责）\n2.乙。（市财政局负责。以下均需各区政府落实，不再列出）\n3.丙。（市教育局负责）")
    later = [[m.name for m in task.mentions if m.inheritance is Inheritance.DOCUMENT] for task in plan.tasks]
    assert later == [[], ["各区政府"], ["各区政府"]]


def test_first_name_leads_where_the_document_says_so() -> None:
    plan, _ = read(
        "1.甲。（财政部、商务部负责。列第一位者为牵头单位，下同）\n2.乙。（教育部、公安部负责）\n3.丙。（卫生部牵头，民政部配合）"
    )
    assert [[(m.name, m.role.value, m.basis) for m in task.mentions] for task in plan.tasks] == [
        [("财政部", "lead", RoleBasis.ORDER), ("商务部", "responsible", RoleBasis.VERB)],
        [("教育部", "lead", RoleBasis.ORDER), ("公安部", "responsible", RoleBasis.VERB)],
        [("卫生部", "lead", RoleBasis.VERB), ("民政部", "cooperate", RoleBasis.VERB)],
    ]


def test_first_name_leads_by_a_rule_in_the_covering_note() -> None:
    text = "各区政府：\n责任分解中，列第一位的责任单位为牵头单位。\n1.甲。（责任单位：市发改委、市财政局）\n2.乙。（责任单位：市教育局）"
    assert who(text)["1"] == [("市发改委", "lead"), ("市财政局", "responsible")]


def test_unknown_label_is_reported_and_gives_no_role() -> None:
    text = "1.甲。（牵头单位：市发改委；会商单位：市政府督查室）\n2.乙。（会商单位：市政府督查室）\n3.丙。（市财政局负责）"
    plan, issues = read(text)
    assert who(text) == {"1": [("市发改委", "lead")], "2": [], "3": [("市财政局", "responsible")]}
    assert [(issue.code, issue.words) for issue in issues] == [
        ("unknown-label", "会商单位"),
        ("unread-responsibility", "（会商单位：市政府督查室）"),
        ("unknown-label", "会商单位"),
    ]
    assert all(issue.span is not None and issue.span.slice(plan.document.text) == issue.words for issue in issues)


def test_persons_and_terms_are_no_agencies() -> None:
    plan, issues = read(
        "2022年工作要点\n1.甲。（牵头市领导：张三；牵头单位：市发改委；责任人：李四；完成时限：6月底前）\n2.乙。（市财政局负责，年底前完成）"
    )
    assert [[m.name for m in task.mentions] for task in plan.tasks] == [["市发改委"], ["市财政局"]]
    assert [[(d.expression, str(d.end)) for d in task.deadlines] for task in plan.tasks] == [
        [("6月底前", "2022-06-30")],
        [("年底前", "2022-12-31")],
    ]
    assert issues == ()


def test_look_alikes_are_no_assignments() -> None:
    text = (
        "1.各牵头部门要加大协调力度，压实主体责任，谁主管谁负责。（市教育局负责）\n"
        "2.落实办法（以下简称《办法》）（试行）。（此件公开发布）（市民政局负责）\n"
        "3.副省长牵头重点工作。\n"
        "4.健全由农业部牵头的部际会议机制（谁审批谁负责）。（市农业局负责）"
    )
    assert who(text) == {
        "1": [("市教育局", "responsible")],
        "2": [("市民政局", "responsible")],
        "3": [],
        "4": [("市农业局", "responsible")],
    }
    assert codes(text) == []


def test_bracket_that_cannot_be_read_is_reported() -> None:
    assert "unread-responsibility" in codes("1.甲。（院校内由行政部门负责）\n2.乙。（市财政局负责）")


def test_names_alone_count_only_where_the_document_writes_so_several_times() -> None:
    assert who("1.甲。（综合处）\n2.乙。（规划处）") == {"1": [("综合处", "responsible")], "2": [("规划处", "responsible")]}
    assert codes("1.甲。（综合处）\n2.乙。") == ["no-tasks", "unread-responsibility"]


def test_bracket_that_nothing_closes_is_read_and_reported() -> None:
    text = "1.甲。（责任单位：市文化局、市财政局\n2.乙。（责任单位：市教育局）"
    assert who(text)["1"] == [("市文化局", "responsible"), ("市财政局", "responsible")]
    assert codes(text) == ["unclosed-bracket"]


def test_brackets_of_two_kinds_and_widths() -> None:
    text = "1.甲。(牵头单位：市发改委，责任单位:市财政局）\n2.乙。【责任单位：市教育局】"
    assert who(text) == {"1": [("市发改委", "lead"), ("市财政局", "responsible")], "2": [("市教育局", "responsible")]}


def test_sentence_counts_only_where_nothing_else_says_it() -> None:
    alone = "一、任务\n（一）由市发改委牵头，市财政局配合，制定方案。\n（二）市公安局要加强监管。"
    assert who(alone) == {"1.1": [("市发改委", "lead"), ("市财政局", "cooperate")], "1.2": []}
    beside = "一、任务\n（一）甲。（市发改委负责）\n（二）乙。（市财政局负责）\n二、保障\n（一）由市政府办公室牵头，加强督查。"
    assert list(who(beside)) == ["1.1", "1.2"]


def test_traditional_script_is_matched_and_names_are_simplified() -> None:
    plan, _ = read("1.推進電子政務建設，實現數據共享。（牽頭單位：市經濟信息化委；責任單位：各區政府）")
    (task,) = plan.tasks
    assert [(m.name, m.surface, m.span.slice(plan.document.text), m.role.value) for m in task.mentions] == [
        ("市经济信息化委", "市經濟信息化委", "市經濟信息化委", "lead"),
        ("各区政府", "各區政府", "各區政府", "responsible"),
    ]


def test_document_without_tasks_gives_a_plan_and_an_issue() -> None:
    plan, issues = read("关于表扬的通报\n各单位：\n现予以通报。")
    assert plan.tasks == ()
    assert [issue.code for issue in issues] == ["no-tasks"]


def test_labels_with_brackets_and_names_on_the_next_line() -> None:
    text = (
        "1.甲。（牵头（责任）单位：市发改委；配合单位：市财政局）\n2.乙。（责任单位（部门）：市民政局）\n"
        "3.丙。\n责任单位：\n市教育局\n市公安局\n4.丁。\n牵头单位：市文化局 配合单位：市体育局"
    )
    assert who(text) == {
        "1": [("市发改委", "lead"), ("市财政局", "cooperate")],
        "2": [("市民政局", "responsible")],
        "3": [("市教育局", "responsible"), ("市公安局", "responsible")],
        "4": [("市文化局", "lead"), ("市体育局", "cooperate")],
    }


def test_how_something_is_carried_out_is_no_part_of_a_name() -> None:
    """结合实际 before the verb is an adverb, with one verb behind it or two."""
    text = "1.修桥。（省科技厅按职责分工负责，各地级以上市人民政府结合实际落实）\n2.修路。（省交通厅负责，各市人民政府结合实际抓好落实）"

    assert who(text) == {
        "1": [("省科技厅", "responsible"), ("各地级以上市人民政府", "responsible")],
        "2": [("省交通厅", "responsible"), ("各市人民政府", "responsible")],
    }
    assert codes(text) == []


def test_a_person_at_the_head_of_a_sentence_is_left_out_and_the_agencies_behind_are_read() -> None:
    """由杨某某副市长负责，A牵头，B配合: the person is noted, the agencies are read, what follows is no name."""
    text = "1、修桥。由杨小明副市长负责，市发改委牵头，相关部门配合，尽快完成方案。\n2、修路。由吴小明副市长负责，市建设局牵头。"

    assert who(text) == {"1": [("市发改委", "lead"), ("相关部门", "cooperate")], "2": [("市建设局", "lead")]}
    assert codes(text) == ["person-name", "unread-deadline", "person-name"]


def test_bracket_of_a_heading_holds_two_levels_below_where_nobody_else_is_named() -> None:
    text = (
        "一、放管服（牵头单位：市政务办）\n（一）审批\n1.减事项。（责任单位：市发改委）\n2.减材料。\n（二）监管（牵头单位：市市场监管局）\n3.抽查。\n"
        "二、宣传（牵头单位：市文化局）\n（三）活动\n（四）报道"
    )
    assert who(text) == {
        "1.1.1": [("市发改委", "responsible")],
        "1.1.2": [("市政务办", "lead")],
        "1.2.3": [("市市场监管局", "lead")],
        "2.3": [("市文化局", "lead")],
        "2.4": [("市文化局", "lead")],
    }
