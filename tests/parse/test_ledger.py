"""Tables whose rows are tasks."""

from kg.model import Document
from kg.parse import parse_document
from tests.parse.factories import get_rules, make_table, who

TITLES = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]


def table_who(document: Document) -> dict[str, list[tuple[str, str, str]]]:
    plan, _ = parse_document(document, get_rules())
    return {task.path: [(m.name, m.role.value, m.basis.value) for m in task.mentions] for task in plan.tasks}


def test_columns_give_roles_and_terms() -> None:
    document = make_table(
        [TITLES, ["1", "推进改革", "市发展改革委", "市财政局、商务局", "2023年12月底"], ["2", "加强宣传", "市文化局", "无", "持续推进"]],
        before="2023年任务分工表\n",
    )
    plan, issues = parse_document(document, get_rules())
    assert table_who(document) == {
        "1": [("市发展改革委", "lead", "column"), ("市财政局", "responsible", "column"), ("市商务局", "responsible", "column")],
        "2": [("市文化局", "lead", "column")],
    }
    assert [(task.text, [(d.expression, str(d.end)) for d in task.deadlines]) for task in plan.tasks] == [
        ("推进改革", [("2023年12月底", "2023-12-31")]),
        ("加强宣传", [("持续推进", "None")]),
    ]
    assert plan.title == "2023年任务分工表"
    assert issues == ()


def test_rows_across_are_headings() -> None:
    rows = [
        ["一、深化改革", "", "", "", ""],
        TITLES,
        ["1", "推进甲", "市发改委", "", ""],
        ["二、优化服务", "", "", "", ""],
        ["2", "推进乙", "市教育局", "", ""],
    ]
    document = make_table(rows, merged={(0, 0): (1, 5), (3, 0): (1, 5)})
    plan, _ = parse_document(document, get_rules())
    assert [task.path for task in plan.tasks] == ["1.1", "2.2"]
    assert [(section.path, section.title) for section in plan.sections] == [("1", "深化改革"), ("2", "优化服务")]


def test_cells_over_several_rows_hold_for_each() -> None:
    rows = [TITLES[:4], ["1", "推进甲", "市发改委", "市财政局"], ["2", "推进乙", "", "市教育局"]]
    assert table_who(make_table(rows, merged={(1, 2): (2, 1)}))["2"] == [
        ("市发改委", "lead", "column"),
        ("市教育局", "responsible", "column"),
    ]


def test_verbs_in_a_cell_win_over_its_column() -> None:
    rows = [["序号", "任务", "责任单位"], ["1", "推进甲", "市发改委牵头，市财政局配合"]]
    assert table_who(make_table(rows)) == {"1": [("市发改委", "lead", "verb"), ("市财政局", "cooperate", "verb")]}


def test_title_may_say_that_the_first_leads() -> None:
    rows = [["序号", "任务", "责任单位（第一位为牵头单位）"], ["1", "推进甲", "市发改委、财政局"]]
    assert table_who(make_table(rows)) == {"1": [("市发改委", "lead", "order"), ("市财政局", "responsible", "column")]}


def test_a_row_of_totals_is_no_task() -> None:
    rows = [["序号", "任务", "责任单位"], ["1", "推进甲", "市发改委"], ["合 计", "共1项", ""], ["", "总计投资3亿元的项目", "市财政局"]]
    plan, _ = parse_document(make_table(rows), get_rules())
    assert [(task.path, len(task.mentions)) for task in plan.tasks] == [("1", 1), ("p1", 1)]


def test_the_right_half_of_a_sheet_alone_is_reported() -> None:
    rows = [
        ["牵头单位", "责任单位", "完成时限", "备注"],
        ["市发改委", "市财政局", "年底前", "正在推进"],
        ["市教育局", "市商务局", "年底前", ""],
    ]
    plan, issues = parse_document(make_table(rows), get_rules())
    assert plan.tasks == ()
    assert [issue.words for issue in issues if issue.code == "unread-table"] == ["牵头单位", "责任单位"]


def test_table_without_roles_stays_text() -> None:
    document = make_table([["姓名", "单位", "电话"], ["张三", "市财政局", "12345678"]], before="1.甲。（市发改委负责）\n")
    assert table_who(document) == {"1": [("市发改委", "responsible", "verb")]}


def test_cell_that_cannot_be_read_is_reported() -> None:
    document = make_table([["序号", "任务", "责任单位"], ["1", "推进甲", "：：："], ["2", "推进乙", "市财政局"]])
    assert [issue.code for issue in parse_document(document, get_rules())[1]] == ["unread-responsibility"]


def test_bars_in_plain_text() -> None:
    assert who("| 序号 | 任务 | 牵头单位 |\n|---|---|---|\n| 1 | 推进甲 | 市发改委 |\n| 2 | 推进乙 | 无 |\n") == {
        "1": [("市发改委", "lead")],
        "2": [],
    }


def test_line_breaks_in_a_cell_part_names_but_not_the_halves_of_one() -> None:
    titles = ["序号", "任务", "责任单位"]
    rows = [
        ["1", "甲", "市公安局\n市商务局\n市民政局"],
        ["2", "乙", "市发展改革委\n员会"],
        ["3", "丙", "市政\n府办\n公厅"],
        ["4", "丁", "财政局\n教育局"],
    ]
    assert [[name for name, _, _ in names] for names in table_who(make_table([titles, *rows])).values()] == [
        ["市公安局", "市商务局", "市民政局"],
        ["市发展改革委员会"],
        ["市政府办公厅"],
        ["财政局", "教育局"],
    ]


def _names_of(*cells: str) -> list[list[str]]:
    rows = [[str(number), "推进改革", cell] for number, cell in enumerate(cells, start=1)]
    return [[name for name, _, _ in names] for names in table_who(make_table([["序号", "任务", "责任单位"], *rows])).values()]


def test_names_on_lines_of_their_own_are_names_whatever_they_end_with() -> None:
    cells = (
        "市供销合作社\n市总工会",
        "财政部\n人民银行\n国资委",
        "市直相关单位\n各地区",
        "共青团中央\n全国妇联",
        "市教育局\n南沙、天河区政府",
    )
    assert _names_of("市发展改革委、市工业和信息化局、市财政局", *cells)[1:] == [
        ["市供销合作社", "市总工会"],
        ["财政部", "人民银行", "国资委"],
        ["市直相关单位", "各地区"],
        ["共青团中央", "全国妇联"],
        ["市教育局", "南沙、天河区政府"],
    ]
    assert _names_of("市发展改革委、市工业和信息化局、市财政局", "市司法局\n市政府办公室〔市大数\n据局〕")[1:] == [
        ["市司法局", "市政府办公室〔市大数据局〕"]
    ]
    # A column of short names alone, each on its line: none is a part of another.
    assert _names_of("教育局\n财政局\n公安局", "发改委\n住建局") == [["教育局", "财政局", "公安局"], ["发改委", "住建局"]]


def test_a_name_broken_by_hand_or_by_the_edge_of_its_column_stays_one() -> None:
    cells = ("国网某县\n供电公司", "市发展改革\n委员会", "市政府\n办公室", "市市场\n监督管理局", "市政\n府办\n公厅")
    assert _names_of("市发展改革委、市工业和信息化局、市财政局", *cells)[1:] == [
        ["国网某县供电公司"],
        ["市发展改革委员会"],
        ["市政府办公室"],
        ["市市场监督管理局"],
        ["市政府办公厅"],
    ]
    assert _names_of("中国人民银行\n某县支行", "国网某县供\n电公司") == [["中国人民银行某县支行"], ["国网某县供电公司"]]


def test_title_over_several_columns_yields_to_those_below_it() -> None:
    rows = [["序号", "任务", "责任分工", "", ""], ["", "", "牵头领导", "牵头单位", "配合单位"], ["1", "甲", "林某", "市园林局", "市财政局"]]
    merged = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 3)}
    assert table_who(make_table(rows, merged=merged)) == {"1": [("市园林局", "lead", "column"), ("市财政局", "cooperate", "column")]}


def test_heading_row_in_the_middle_is_a_section() -> None:
    rows = [["序号", "任务", "牵头单位"], ["1", "甲", "市交通局"], ["二、保障", "", ""], ["2", "乙", "市水务局"]]
    plan, _ = parse_document(make_table(rows, merged={(2, 0): (1, 3)}), get_rules())
    assert [(task.path, task.section) for task in plan.tasks] == [("1", ""), ("2.2", "2")]
    assert [(section.path, section.title) for section in plan.sections] == [("2", "保障")]


def test_paragraphs_of_a_cell_part_names() -> None:
    """Only the cells of a PDF wrap names at the edge of their column."""
    rows = [["序号", "任务", "配合单位"], ["1", "推进甲。", "市总工会\n团市委\n人民银行\n某县支行"], ["2", "推进乙。", "市妇联"]]
    document = make_table(rows)
    names = [[m.name for m in task.mentions] for task in parse_document(document, get_rules())[0].tasks]
    assert names[0] == ["市总工会", "团市委", "人民银行某县支行"]
