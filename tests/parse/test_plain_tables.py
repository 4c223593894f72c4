"""Tables that were copied as text, with the structure of their rows lost."""

import pytest

from kg.parse.ledgers.alignment import align_row
from kg.parse.ledgers.traits import Judge
from kg.parse.words.lexicon import make_lexicon
from tests.parse.factories import codes, get_rules, read, who

LEXICON = make_lexicon(get_rules().notation)
TITLES = ["序号", "工作任务", "牵头单位", "责任单位"]
ROWS = [["1", "推进甲。", "县文旅局", "县财政局"], ["2", "推进乙。", "县交通局", "县水利局、各乡镇"]]
WHO = {
    "1": [("县文旅局", "lead"), ("县财政局", "responsible")],
    "2": [("县交通局", "lead"), ("县水利局", "responsible"), ("各乡镇", "responsible")],
}


@pytest.mark.parametrize(
    ("cell", "between"),
    [("{} |", "\n"), ("{}\n|", "\n"), ("{}", "\n\n"), ("{}", "\n")],
    ids=["bar behind each cell", "bar on its own line", "blank lines", "lines"],
)
def test_one_cell_a_line(cell: str, between: str) -> None:
    cells = [words for row in [TITLES, *ROWS] for words in row]
    assert who("任务分解表\n" + between.join(cell.format(words) for words in cells) + "\n") == WHO


def test_headings_between_the_rows_of_a_stream_are_sections() -> None:
    cells = [*TITLES, "一、文化", *ROWS[0], "二、交通", *ROWS[1]]
    plan, _ = read("\n\n".join(cells))
    assert [(task.path, task.section) for task in plan.tasks] == [("1.1", "1"), ("2.2", "2")]
    assert [(section.path, section.title) for section in plan.sections] == [("1", "文化"), ("2", "交通")]


def test_numbers_without_a_title_get_a_column_of_their_own() -> None:
    cells = ["工作任务", "具体要求", "责任科室", "时限要求", "公开制度", "1", "公开办事指南和流程。", "办公室", "年底前"]
    cells += ["2", "公开预算和决算报表。", "财务科", "持续推进"]
    plan, _ = read("2024年台账\n" + "\n|\n".join(cells) + "\n|\n")
    assert [
        (task.path, [(m.name, m.role.value) for m in task.mentions], [d.expression for d in task.deadlines]) for task in plan.tasks
    ] == [
        ("1", [("办公室", "responsible")], ["年底前"]),
        ("2", [("财务科", "responsible")], ["持续推进"]),
    ]


def test_cells_parted_by_blanks() -> None:
    text = (
        "序号 主要任务 牵头单位 参与单位 责任单位\n1 控制 用水总量。 市水利局 市发改委、农业局等 各县（市、区）政府\n"
        "2 推进改造。 市工信局 市财政局 各县（市、区）政府\n"
    )
    assert who(text) == {
        "1": [("市水利局", "lead"), ("市发改委", "participate"), ("市农业局", "participate"), ("各县（市、区）政府", "responsible")],
        "2": [("市工信局", "lead"), ("市财政局", "participate"), ("各县（市、区）政府", "responsible")],
    }


def test_rows_parted_by_blanks_whose_numbers_are_hanzi() -> None:
    # Two such numbers look like a person's name whose characters were printed apart (陈 芳).
    rows = ["一    推进甲。    县文旅局    县财政局", "二    推进乙。    县交通局    县水利局、各乡镇"]
    assert who("    ".join(TITLES) + "\n" + "\n".join(rows) + "\n") == WHO


def test_last_row_that_was_cut_off_is_a_task_that_names_nobody() -> None:
    cells = [*TITLES, *ROWS[0], *ROWS[1], "3", "推进丙，完善"]
    assert who("\n\n".join(cells)) == {**WHO, "3": []}


def test_merged_first_cell_that_is_missing_moves_no_person_into_the_role() -> None:
    text = (
        "类别 | 事项 | 责任单位 | 分管领导 |\n一、文化 | 1.建设阅览室 | 文旅局 | 王某某 |\n2.修缮渡口 | 交通局 | 李某某 |\n"
        "二、卫生 | 3.改建卫生院 | 卫健局 | 赵某某 |\n"
    )
    assert who(text) == {"1.1": [("文旅局", "responsible")], "1.2": [("交通局", "responsible")], "2.3": [("卫健局", "responsible")]}


def test_row_that_is_padded_at_its_end_is_moved() -> None:
    text = (
        "工作任务 | 具体要求 | 责任科室 |\n一、做好公开。 | 1.公开预算。 | 财务科 |\n"
        "2.更新栏目。 | 办公室牵头，各科室配合 | |\n3.答复来信，积极"
    )
    assert who(text) == {"1.1": [("财务科", "responsible")], "1.2": [("办公室", "lead"), ("各科室", "cooperate")], "1.3": []}


def test_row_that_a_line_break_in_a_cell_cut_in_two() -> None:
    text = "序号\t任务\t牵头单位\t责任单位\t完成时限\n1\t推进甲\t市发改委\t市财政局\n市教育局\t年底前\n2\t推进乙\t市水利局\t\t\n"
    assert who(text) == {
        "1": [("市发改委", "lead"), ("市财政局", "responsible"), ("市教育局", "responsible")],
        "2": [("市水利局", "lead")],
    }


def test_page_break_inside_a_table() -> None:
    text = (
        "序号|任务|牵头部门|责任部门\n1|编制方案|市交通局|甲火车站\n- 1 -\n序号|任务|牵头部门|责任部门\n2|保障运输|市发改委|甲海事局、\n"
        "|||国网甲供电公司\n3|志愿服务|团市委|市文明办\n"
    )
    assert who(text) == {
        "1": [("市交通局", "lead"), ("甲火车站", "responsible")],
        "2": [("市发改委", "lead"), ("甲海事局", "responsible"), ("国网甲供电公司", "responsible")],
        "3": [("团市委", "lead"), ("市文明办", "responsible")],
    }


def test_table_under_a_heading_of_the_text_belongs_to_it() -> None:
    text = (
        "措施\n一、集成\n1.甲。（区政务局负责）\n二、保障\n| 序号 | 任务 | 牵头单位 |\n| --- | --- | --- |\n"
        "| 2 | 乙 | 区委组织部<br>区人社局 |\n三、要求\n加强领导。"
    )
    plan, _ = read(text)
    assert [(task.path, task.section, [m.name for m in task.mentions]) for task in plan.tasks] == [
        ("1.1", "1", ["区政务局"]),
        ("2.2", "2", ["区委组织部", "区人社局"]),
    ]


def test_table_behind_the_title_of_an_annex_is_a_part_of_its_own() -> None:
    text = "措施\n一、集成\n1.甲。（区政务局负责）\n附件\n任务分工表\n序号\t任务\t牵头单位\n1\t乙\t区人社局\n"
    assert list(who(text)) == ["1.1", "part2.1"]


def test_drawn_table() -> None:
    text = "\n".join(
        [
            "┌──┬──────┬─────┬────┐",
            "│序│工作任务│牵头单位│完成│",
            "│号│　　　　│　　　　│时限│",
            "├──┼──────┼─────┼────┤",
            "│1 │推进甲，│市发展│6月│",
            "│　│完善乙　│改革委│底前│",
            "├──┼──────┼─────┼────┤",
            "│2 │推进丙　│市财政│　　│",
            "│　│　　　　│局、市│　　│",
            "│　│　　　　│教育局│　　│",
            "└──┴──────┴─────┴────┘",
        ]
    )
    plan, issues = read("2023年分工表\n" + text)
    assert [(task.path, task.text, [m.name for m in task.mentions], [str(d.end) for d in task.deadlines]) for task in plan.tasks] == [
        ("1", "推进甲，完善乙", ["市发展改革委"], ["2023-06-30"]),
        ("2", "推进丙", ["市财政局", "市教育局"], []),
    ]
    assert issues == ()


def test_strokes_in_another_column_make_no_rows_where_no_number_says_so() -> None:
    text = "│任务│牵头单位│\n├──┼────┤\n│推进│各县（市、区）政│\n├──┤府、市财政局　　│\n│改革│　　　　　　　　│\n"
    plan, _ = read(text)
    assert [(task.path, [m.name for m in task.mentions]) for task in plan.tasks] == [("p1", ["各县（市、区）政府", "市财政局"])]


def test_drawn_table_that_cannot_be_read_is_reported() -> None:
    assert codes("│任务│甲│\n├──┼──┤\n│推进│市财政局牵头│乙│丙│\n│改│乙│\n") == ["no-tasks", "unread-table"]


def test_titles_above_what_is_no_table_are_reported() -> None:
    text = "序号\n工作任务\n牵头单位\n本办法自印发之日起施行，各单位要认真学习。\n要加强组织领导，确保落实到位。\n"
    assert codes(text) == ["no-tasks", "unread-table"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "推进甲。", "市财政局", "12月底"], [0, 1, 2, 3]),
        (["推进甲。", "市财政局", "12月底"], [1, 2, 3]),
        (["推进甲。", "市财政局"], [1, 2]),
        (["推进甲。", "市财政局", "", ""], [1, 2, 3]),
        (["推进甲。", "市财政局", "", "", ""], [1, 2, 3]),
        (["市财政局", "年底前"], [2, 3]),
    ],
)
def test_cells_are_laid_on_the_columns_they_fit(cells: list[str], expected: list[int]) -> None:
    assert align_row(cells, ["number", "task", "role", "deadline"], Judge(LEXICON)) == expected


@pytest.mark.parametrize(
    ("words", "trait"),
    [
        ("12", "number"),
        ("（三）", "number"),
        ("市财政局、各区政府", "agencies"),
        ("市发改委牵头，市财政局配合", "duty"),
        ("建成县残疾人服务中心。", "text"),
        ("全年组织开展文化下乡演出不少于100场。", "text"),
        ("残联", "agencies"),
        ("文化股", "agencies"),
        ("阅览室", "perhaps"),
        ("张某某、李四", "person"),
        ("持续推进", "time"),
        ("2023年6月底前", "time"),
        ("一、深化改革", "heading"),
        ("——", "nobody"),
        ("推进改革，完善制度。", "text"),
    ],
)
def test_what_a_cell_looks_like(words: str, trait: str) -> None:
    assert Judge(LEXICON).trait(words) == trait


def test_a_title_of_two_roles_names_who_is_responsible_and_columns_behind_it_are_no_tasks() -> None:
    """责任主体与协同单位 does not say who has which role; how far the work has come is no task."""
    text = (
        "序号 |\n主要任务 |\n牵头 单位 |\n责任主体与协同单位 |\n1-10月推进情况 |\n说明 |\n"
        "1 |\n建设阅览室。 |\n城管局 |\n市政局、相关街道 |\n已完成。 |\n无 |\n2 |\n修缮渡口。 |\n交通局 |\n水利局 |\n已进场。 |\n无 |\n"
    )

    assert who(text) == {
        "1": [("城管局", "lead"), ("市政局", "responsible"), ("相关街道", "responsible")],
        "2": [("交通局", "lead"), ("水利局", "responsible")],
    }


def test_glued_cells_are_reported_and_no_name_holds_their_bar() -> None:
    """A title that is not known beside one that is: cells that meet in one column are no names."""
    text = (
        "序号 |\n主要任务 |\n牵头 单位 |\n其他一些单位甲乙 |\n"
        "1 |\n建设阅览室。 |\n城管局 |\n市政局、相关街道 |\n2 |\n修缮渡口。 |\n交通局 |\n水利局 |\n"
    )

    assert not any("|" in name for names in who(text).values() for name, _ in names)
    assert "unread-table" in codes(text)


def test_the_task_below_the_titles_of_an_unread_table_is_no_agency() -> None:
    """建阅览室 ends like the name of a room, but stands below 责任股室 only because the table was copied cell by cell."""
    text = "序号\n工作任务\n责任股室\n建阅览室。\n本办法自印发之日起施行，各单位要认真学习。\n要加强组织领导，确保落实到位。\n"

    assert who(text) == {}
    assert "unread-table" in codes(text)


def test_numbers_part_the_rows_though_cells_are_merged_and_tasks_end_like_names() -> None:
    """A task that ends in 中心 is no agency; cells merged with the row above are missing; a narrow title is broken in two."""
    text = (
        "序号\n指标\n工作任务\n完成时限\n责任领导\n责任股室\n（单位）\n备注\n"
        "1\n文化服务\n建成县文化活动中心。\n12月底前\n夏小明\n宣传股\n文化馆\n2\n全年组织演出不少于100场。\n宣传股文化馆\n"
        "3\n推进图书馆总分馆制建设。\n4\n市场管理\n开展整治行动4次以上。\n5月底\n周 斐\n执法大队\n"
    )

    assert who(text) == {
        "1": [("宣传股", "responsible"), ("文化馆", "responsible")],
        "2": [("宣传股", "responsible"), ("文化馆", "responsible")],
        "3": [],
        "4": [("执法大队", "responsible")],
    }
    assert sorted(code for code in codes(text) if code != "unread-deadline") == ["merged-cells", "odd-name"]


def test_names_one_below_another_and_what_a_heading_holds() -> None:
    """The first of the names leads; bullets that name somebody stand below their item; the end of a name may be lost."""
    cells = ["领域", "主要目标", "主要责任单位", "责任单位", "1.提高保健水平。", "——死亡率降低。", "省卫生厅", "省人口计生", "省公安厅"]
    cells += ["——住院分娩率达到98%以上。", "省卫生厅", "省发改委", "2.享有优质服务，流产率降低。", "省计生委", "省卫生厅"]
    cells += ["3.妇女经常参加体育锻炼。", "省体育局", "省教育厅", "省总工会", "省妇联"]
    text = "\n\n".join(cells) + "\n"

    assert who(text) == {
        "1.p1": [("省卫生厅", "lead"), ("省人口计生", "responsible"), ("省公安厅", "responsible")],
        "1.p2": [("省卫生厅", "lead"), ("省发改委", "responsible")],
        "2": [("省计生委", "lead"), ("省卫生厅", "responsible")],
        "3": [("省体育局", "lead"), ("省教育厅", "responsible"), ("省总工会", "responsible"), ("省妇联", "responsible")],
    }
    assert codes(text).count("unsure-column") == 2


def test_the_lines_of_a_narrow_cell_are_one_name() -> None:
    cells = ["牵头单位", "目 标 任 务", "责 任 单 位", "市政", "府办", "公厅", "强化行政监督，自觉接受社会各界监督", "市直各单位"]
    assert who("\n\n".join(cells) + "\n") == {"p1": [("市政府办公厅", "lead"), ("市直各单位", "responsible")]}


def test_headings_in_leading_columns_hold_for_the_rows_below() -> None:
    text = (
        "目标\n任务\n主要内容\n责任单位\n一、加强公开\n（一）加强预期引导\n围绕经济形势，及时宣传解读。\n市发改委牵头落实\n"
        "围绕就业政策，加强信息公开。\n市人社局牵头落实\n围绕货币政策，加强信息公开，引导预期。\n市金融办、甲银监分局分别牵头落实\n"
    )
    plan, _ = read(text)

    assert [(task.path, task.section, [m.name for m in task.mentions]) for task in plan.tasks] == [
        ("1.1.p1", "1.1", ["市发改委"]),
        ("1.1.p2", "1.1", ["市人社局"]),
        ("1.1.p3", "1.1", ["市金融办", "甲银监分局"]),
    ]


def test_a_number_whose_cell_reaches_over_rows_that_name_somebody_is_a_section() -> None:
    text = (
        "序号 实事项目名称 责任单位 目标任务 1- 8月完成情况 备注\n1 新增城镇就业   人社局 8950 7356\n"
        "2 提高补助标准 完成参保人数 区人社局 6300人 7558\n"
        "完成征缴基金 区民政局 10000万 7965\n3 新增养老床位 民政局 71个 55\n"
    )
    assert who(text) == {
        "1": [("人社局", "responsible")],
        "2.p1": [("区人社局", "responsible")],
        "2.p2": [("区民政局", "responsible")],
        "3": [("民政局", "responsible")],
    }


def test_empty_cells_between_bars_keep_their_place() -> None:
    cells = ["序号", "项目名称", "责任单位", "目标任务", "完成情况", "备注", "1", "就业", "人社局", "8950", "7356", ""]
    cells += ["2", "助残", "残联", "73人", "", "筹备中", "3", "养老", "民政局", "71个", "", ""]
    assert who("".join(f"{cell} |\n" for cell in cells)) == {
        "1": [("人社局", "responsible")],
        "2": [("残联", "responsible")],
        "3": [("民政局", "responsible")],
    }


def test_a_row_with_more_cells_than_titles_and_one_that_lost_its_last() -> None:
    """A title over several columns: who is responsible is found by what the cells look like; figures are nobody's name."""
    text = (
        "项 目 | 目标 | 分 解 情 况 | 责任领导 | 责任单位 | 责任人 |\n"
        "就 业 工 程 | 促进创业 | 新增就业人数（人） | 1300 | 甲镇280 乙乡15 丙乡40 | 王小明 | 区人社局 | 陈 宗 |\n"
        "失业人员再就业（人） | 250 | 甲镇8 乙乡5 |\n困难人员再就业（人） | 120 | 甲镇2 乙"
    )

    assert who(text) == {"p1": [("区人社局", "responsible")]}
    assert "merged-cells" in codes(text)


def test_a_heading_row_between_bars_takes_no_names_from_the_row_above() -> None:
    text = "序号 | 任务 | 牵头部门 | 责任部门 |\n1 | 推进甲。 | 县财政局 | 县审计局 |\n二、保障 ||||\n2 | 推进乙。 | 县妇联 | |\n"
    plan, _ = read(text)

    assert [(task.path, [m.name for m in task.mentions]) for task in plan.tasks] == [("1", ["县财政局", "县审计局"]), ("2.2", ["县妇联"])]


def test_an_empty_cell_at_the_end_of_a_row_that_lost_its_first_is_empty() -> None:
    text = (
        "序号 | 类别 | 任务 | 时限 | 主办单位 | 协办单位 |\n1 | 民生 | 推进甲。 | 年底前 | 县财政局 | 县审计局 |\n"
        "2 | 推进乙。 | 年底前 | 县妇联 | |\n"
    )

    assert who(text) == {"1": [("县财政局", "lead"), ("县审计局", "cooperate")], "2": [("县妇联", "lead")]}


def test_lines_that_the_edge_of_a_narrow_column_broke() -> None:
    cells = [
        "序号",
        "工作",
        "任务",
        "牵头",
        "单位",
        "责任",
        "单位",
        "1",
        "推进甲项目建设工作。",
        "国网甲市",
        "供电公",
        "司",
        "区公安局",
        "，各区县",
        "政府",
    ]
    cells += [
        "2",
        "推进乙项目建设工作。",
        "区生态环",
        "境局",
        "区总工会",
        "3",
        "推进丙项目建设工作。",
        "区水务集",
        "团",
        "区编办",
        "4",
        "推进丁项目建设。",
    ]
    cells += ["区财政局", "，区民政", "局", "各街道办", "事处、区", "团委"]

    assert who("\n".join(cells) + "\n") == {
        "1": [("国网甲市供电公司", "lead"), ("区公安局", "responsible"), ("各区县政府", "responsible")],
        "2": [("区生态环境局", "lead"), ("区总工会", "responsible")],
        "3": [("区水务集团", "lead"), ("区编办", "responsible")],
        "4": [("区财政局", "lead"), ("区民政局", "lead"), ("各街道办事处", "responsible"), ("区团委", "responsible")],
    }


def test_a_table_whose_cells_ran_together_is_reported() -> None:
    """Titles and cells without any mark between them: nothing says where a name begins."""
    text = "责任分解表序号项目名称主要内容分管领导牵头单位配合单位1增加学位新建学校3所。王小明教育局经开区各街道2促进就业新增就业200人。"

    assert who(text) == {}
    assert codes(text) == ["no-tasks", "unread-table"]


def test_titles_of_an_unread_table_are_no_text_of_the_items_below() -> None:
    text = (
        "序号\n工作任务\n责任单位\n一、加强公开\n1.围绕形势，及时宣传解读。（市发改委牵头）\n2.围绕就业，加强信息公开。（市人社局负责）\n"
    )

    assert who(text) == {"1.1": [("市发改委", "lead")], "1.2": [("市人社局", "responsible")]}
    assert codes(text) == ["unread-table"]


def test_a_broken_title_and_a_title_of_the_text_above() -> None:
    """时限⏎要求 is one title, 分解表⏎重点 is none: a title does not go on behind an empty line."""
    cells = ["重点", "任务", "主办单位", "协办单位", "时限", "要求", "举办安全检查。", "区财政局", "区公安局、区水务", "集团", "12月底前"]
    cells += ["提升企业上市培育。", "区公安局", "区文明办、区统计", "局、区公安局", "9月30日前"]

    assert who("甲区2023年分解表\n\n" + "\n".join(cells) + "\n") == {
        "p1": [("区财政局", "lead"), ("区公安局", "cooperate"), ("区水务集团", "cooperate")],
        "p2": [("区公安局", "lead"), ("区文明办", "cooperate"), ("区统计局", "cooperate"), ("区公安局", "cooperate")],
    }


def test_two_titles_in_a_line_are_enough() -> None:
    text = "工作内容 责任科室\n优化校园安全管理 各科室\n新建综合楼 人事科、旅游股\n举办培训 人事科\n"

    assert list(who(text).values()) == [
        [("各科室", "responsible")],
        [("人事科", "responsible"), ("旅游股", "responsible")],
        [("人事科", "responsible")],
    ]


def test_a_term_or_a_person_is_no_part_of_the_name_below() -> None:
    cells = [
        "序号",
        "任务",
        "完成时间",
        "责任领导",
        "牵头单位",
        "责任单位",
        "1",
        "推进甲工作。",
        "持续推进",
        "王小明",
        "县医保局",
        "县财政局、",
        "县残联、县",
    ]
    cells += [
        "水利局",
        "2",
        "推进乙工作。",
        "第三季度",
        "刘志强",
        "县行政审批",
        "局、县城管",
        "局",
        "县人力资源",
        "社会保障局",
        "、县住房城",
        "乡建设局",
    ]

    assert who("\n".join(cells) + "\n") == {
        "1": [("县医保局", "lead"), ("县财政局", "responsible"), ("县残联", "responsible"), ("县水利局", "responsible")],
        "2": [("县行政审批局", "lead"), ("县城管局", "lead"), ("县人力资源社会保障局", "responsible"), ("县住房城乡建设局", "responsible")],
    }


def test_who_signs_below_a_table_is_responsible_for_nothing_in_it() -> None:
    """A day as the last term of a row is none of a signature's."""
    rows = "序号\n任务\n牵头单位\n完成时限\n1\n推进甲。\n县财政局\n2023年10月31日\n2\n推进乙。\n县妇联\n2023年9月30日\n"
    sign = "各单位要切实加强领导，按月报送进展。\n甲县人民政府办公室\n2023年3月1日\n"

    assert who(rows) == who(rows + sign) == {"1": [("县财政局", "lead")], "2": [("县妇联", "lead")]}


def test_a_table_whose_columns_were_printed_one_behind_the_other_is_reported() -> None:
    """Tools that follow the flow of a page print whole columns; which cell belongs to which row is lost."""
    text = "序号 活动名称\n1 举办年货节\n2 举办音乐节\n\n时间\n1月\n7月\n\n主办单位\n区商务局\n区文旅局\n"
    assert "unread-table" in codes(text)
    labels = "一、任务\n1.推进甲改革。\n牵头单位\n市发改委\n责任单位\n市财政局、市民政局\n"
    assert who(labels)["1.1"][0] == ("市发改委", "lead")
    assert "unread-table" not in codes(labels)


def test_numbers_that_stand_in_no_column_say_that_cells_are_out_of_order() -> None:
    text = (
        "序\n主要工作任务\n责任单位\n号\n1 推进甲项目。\n市发改委\n市经信局、市发改委，各县（市、\n2 推进乙项目，推进丙项目。\n区）政府\n"
    )
    assert "unread-table" in codes(text)


def test_short_group_in_a_list_and_an_empty_last_column() -> None:
    text = (
        "任务分解表\n\n| 任务 | 责任单位 | 备注 |\n|---|---|---|\n| 推进甲工作 | 各区、各相关部门 |  |\n"
        "| 推进乙工作 | 市发展改革委、市规划资源局、各区 |  |\n| 推进丙工作 | 市教育局 市水利局 人行某某支行 |  |\n"
    )
    names = [[name for name, _ in task] for task in who(text).values()]
    assert names == [["各区", "各相关部门"], ["市发展改革委", "市规划资源局", "各区"], ["市教育局", "市水利局", "人行某某支行"]]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("人民银行<br>国资委", ["人民银行", "市国资委"]),
        ("市直相关单位<br>各地区", ["市直相关单位", "各地区"]),
        ("浦东新区<br>松江区<br>青浦区", ["浦东新区", "松江区", "青浦区"]),
        ("人民银行<br>某县支行", ["人民银行某县支行"]),
        ("市住房和城<br>乡建设局<br>市财政局", ["市住房和城乡建设局", "市财政局"]),
        ("各县（市、区）<br>人民政府", ["各县（市、区）人民政府"]),
    ],
)
def test_line_breaks_typed_in_a_cell_part_names(cell: str, expected: list[str]) -> None:
    text = f"任务分解表\n\n| 序号 | 任务 | 牵头单位 | 责任单位 |\n|---|---|---|---|\n| 1 | 推进甲工作 | 市财政局 | {cell} |\n"
    assert [name for name, _ in who(text + "| 2 | 推进乙工作 | 市水利局 | 市财政局 |\n")["1"]][1:] == expected
