"""Tables whose columns blanks keep, as tools print the pages of a PDF."""

from tests.parse.factories import codes, read, who

MIDDLE = """某市2023年任务分工表
序            重点任务          牵头单位         责任单位         完成时限
号
                               市教育局、市民政局、市
1   推进政务服务集成办，上线主题   市行政审批服务   卫生健康委员会、市医疗   2023年10月底前
    服务20个。             局         保障局，各县（市、区）
                               人民政府
2   完善信用信息平台功能。      市发展改革委    人民银行某市中心支行   持续推进
    建设城市运行平台，接入视频   市城市管理综合   市公安局、市应急管理
3   资源2万路。             行政执法局     局、市住房和城乡建设    2023年12月底前
                               局、市交通运输局
"""
MIDDLE_WHO = {
    "1": [
        ("市行政审批服务局", "lead"),
        ("市教育局", "responsible"),
        ("市民政局", "responsible"),
        ("市卫生健康委员会", "responsible"),
        ("市医疗保障局", "responsible"),
        ("各县（市、区）人民政府", "responsible"),
    ],
    "2": [("市发展改革委", "lead"), ("人民银行某市中心支行", "responsible")],
    "3": [
        ("市城市管理综合行政执法局", "lead"),
        ("市公安局", "responsible"),
        ("市应急管理局", "responsible"),
        ("市住房和城乡建设局", "responsible"),
        ("市交通运输局", "responsible"),
    ],
}


def test_names_that_the_edge_of_a_column_breaks() -> None:
    """The lines of a cell stand in the middle of its row: those above the number are its own too."""
    plan, issues = read(MIDDLE)
    assert {task.path: [(m.name, m.role.value) for m in task.mentions] for task in plan.tasks} == MIDDLE_WHO
    assert plan.tasks[2].text == "建设城市运行平台，接入视频资源2万路。"
    assert not [issue for issue in issues if issue.code in ("odd-name", "merged-cells", "unread-table")]


def test_cells_at_the_top_of_their_rows() -> None:
    text = (
        "序号    工作任务              牵头单位      配合单位\n"
        "1     推进农村户厕改造，年底前     县农业农村局    县卫生健康局、县住\n"
        "      完成2600户。                   房和城乡建设局、各\n"
        "                                乡镇人民政府\n"
        "2     建设污水处理设施15处。      市生态环境局某    县水利局\n"
        "                         县分局\n"
        "3     培育乡村工匠100名。        县人社局      县文旅局\n"
    )
    assert who(text) == {
        "1": [
            ("县农业农村局", "lead"),
            ("县卫生健康局", "cooperate"),
            ("县住房和城乡建设局", "cooperate"),
            ("各乡镇人民政府", "cooperate"),
        ],
        "2": [("市生态环境局某县分局", "lead"), ("县水利局", "cooperate")],
        "3": [("县人社局", "lead"), ("县文旅局", "cooperate")],
    }


def test_titles_that_are_printed_again_on_the_next_page() -> None:
    """Each page is laid out by itself, so that its columns may stand elsewhere."""
    head = "序号     工作任务           牵头单位        责任单位\n"
    first = "1      修建农村公路120公里。     县交通运输局     县财政局、县自然资\n                                   源局\n"
    again = "\n\n                 — 1 —\n\f序号      工作任务         牵头单位       责任单位\n"
    second = "2       新建幼儿园四所。      县教育局       县住建局\n3       改造老旧小区25个。     县住建局       县城管局、城关镇人\n"
    text = head + first + again + second + "                                  民政府\n"
    assert who(text) == {
        "1": [("县交通运输局", "lead"), ("县财政局", "responsible"), ("县自然资源局", "responsible")],
        "2": [("县教育局", "lead"), ("县住建局", "responsible")],
        "3": [("县住建局", "lead"), ("县城管局", "responsible"), ("城关镇人民政府", "responsible")],
    }


def test_a_numbered_heading_that_is_merged_over_rows_is_their_section() -> None:
    text = (
        "     工作任务              具体要求               责任部门\n"
        "一、公开财政信息。         1.公开本中心预算和决算报表。          财务科\n"
        "                    2.更新网站频道的概况信息。          办公室\n"
        "二、更新网站专栏信息        3.反馈网民对征集信息的意见。         各科室\n"
        "和频道。\n"
        "                    4.更新微信公众号和微博信息。         办公室牵头，各科室配合\n"
        "三、回应关切。           5.关注舆情并及时作出回应。          业务一科\n"
    )
    plan, _ = read(text)
    assert [(task.path, task.section) for task in plan.tasks] == [("1.1", "1"), ("2.2", "2"), ("2.3", "2"), ("2.4", "2"), ("3.5", "3")]
    assert [section.title for section in plan.sections][1] == "更新网站专栏信息和频道"


def test_titles_below_one_that_stands_over_both() -> None:
    text = (
        "                           责任分工\n"
        "序号   重点任务                                完成时限\n"
        "                     牵头单位       配合单位\n"
        "1    治理高层建筑消防安全。   区消防救援大队   区住建局、区公安分   11月底\n"
        "                                    局\n"
        "2    建设微型消防站30个。    区应急管理局    区财政局        12月底\n"
    )
    assert who(text) == {
        "1": [("区消防救援大队", "lead"), ("区住建局", "cooperate"), ("区公安分局", "cooperate")],
        "2": [("区应急管理局", "lead"), ("区财政局", "cooperate")],
    }


def test_one_name_a_line() -> None:
    text = (
        "序号       任务                 责任单位\n"
        "                            市民政局\n"
        "1     排查整治养老机构、养老服务场所       市市场监管局\n"
        "                            市消防救援支队\n"
        "                            市金融办\n"
        "2     整治养老领域非法集资            市公安局\n"
        "3     加强宣传教育                市委宣传部\n"
        "                            各县（市、区）\n"
    )
    assert who(text) == {
        "1": [("市民政局", "responsible"), ("市市场监管局", "responsible"), ("市消防救援支队", "responsible")],
        "2": [("市金融办", "responsible"), ("市公安局", "responsible")],
        "3": [("市委宣传部", "responsible"), ("各县（市、区）", "responsible")],
    }


def test_prose_below_the_table_is_none_of_it() -> None:
    text = (
        "二、重点活动安排\n"
        "序号   活动名称      时间      牵头单位      配合单位\n"
        "1    新春年货节     1月      区商务局      区供销社\n"
        "2    汽车消费季     4月      区商务局      区工信局\n"
        "三、保障措施\n"
        "1.加强资金保障，统筹安排促消费专项资金5000万元。（责任单位：区财政局）\n"
    )
    assert list(who(text)) == ["2.1", "2.2", "3.1"]
    assert who(text)["3.1"] == [("区财政局", "responsible")]


def test_cells_that_stand_in_no_columns_are_parted_by_blanks_only() -> None:
    text = (
        "序号    任务    牵头单位    责任单位\n1    推进甲镇和乙镇的公路改造。    县交通局    县财政局\n2    清淤。    县水利局    各乡镇\n"
    )
    assert who(text) == {"1": [("县交通局", "lead"), ("县财政局", "responsible")], "2": [("县水利局", "lead"), ("各乡镇", "responsible")]}


def test_a_line_that_may_be_the_next_row_s_is_reported() -> None:
    """Between two numbers stand several names, one a line, and nothing else says where the first row ends."""
    names = ["市民政局", "市公安局", "市财政局", "市教育局", "市司法局", "市商务局", "市统计局"]
    tasks = ["", "1    排查养老机构。", "", "", "2    整治非法集资。", "", "3    加强宣传教育。"]
    lines = [task + " " * (16 - len(task)) + name for task, name in zip(tasks, names, strict=True)]
    assert "unsure-row" in codes("序号   任务          责任单位\n" + "\n".join(lines) + "\n")
    assert "unsure-row" not in codes(MIDDLE)


def test_names_in_a_drawn_frame() -> None:
    """A short line ends a name; in a column of lists, a full line goes on."""
    text = (
        "┌──┬──────┬──────┬────────┐\n"
        "│序号│工作任务    │牵头单位    │责任单位        │\n"
        "├──┼──────┼──────┼────────┤\n"
        "│1   │改造老旧小区│市生态环境局│市住建局、各乡  │\n"
        "│    │            │安水分局    │镇人民政府      │\n"
        "├──┼──────┼──────┼────────┤\n"
        "│2   │排查养老机构│市民政局    │市公安局        │\n"
        "└──┴──────┴──────┴────────┘\n"
    )
    assert who(text)["1"] == [("市生态环境局安水分局", "lead"), ("市住建局", "responsible"), ("各乡镇人民政府", "responsible")]
    text = (
        "┌──┬──────┬──────┐\n"
        "│序号│任务        │责任单位    │\n"
        "├──┼──────┼──────┤\n"
        "│1   │整治非法集资│市金融办    │\n"
        "│    │            │人民银行临江│\n"
        "│    │            │中心支行    │\n"
        "│    │            │市公安局    │\n"
        "├──┼──────┼──────┤\n"
        "│2   │加强宣传教育│市委宣传部  │\n"
        "│    │            │各县（市、区│\n"
        "│    │            │）          │\n"
        "└──┴──────┴──────┘\n"
    )
    assert [name for name, _ in who(text)["1"]] == ["市金融办", "人民银行临江中心支行", "市公安局"]
    assert [name for name, _ in who(text)["2"]] == ["市委宣传部", "各县（市、区）"]


def test_empty_cells_below_a_heading_in_a_frame() -> None:
    text = (
        "┌────┬──┬──────┬──────┐\n"
        "│任务类别│序号│工作任务    │责任单位    │\n"
        "├────┼──┼──────┼──────┤\n"
        "│一、蓝天│1   │治理工业炉窑│市工信局    │\n"
        "├────┼──┼──────┼──────┤\n"
        "│        │2   │管控扬尘污染│市住建局    │\n"
        "├────┼──┼──────┼──────┤\n"
        "│二、碧水│3   │整治排污口  │市水利局    │\n"
        "└────┴──┴──────┴──────┘\n"
    )
    assert list(who(text)) == ["1.1", "1.2", "2.3"]


def test_parts_of_a_number_with_rows_of_their_own_are_reported() -> None:
    """Where a number is merged over them, it does not say where they begin; parts within one cell are one row."""
    titles = "序号   重点任务      具体举措              牵头单位\n"
    parts = (
        "1    共享数据      （1）编制公共数据的目录。     区数据局\n"
        "                （2）建成公共数据的平台。     区财政局\n"
        "                （1）推行一件事联办改革。     区政务中心\n"
        "2    优化服务      （2）完善热线接诉即办。      区信访局\n"
        "                （3）推进自助终端全覆盖。     区政务中心\n"
    )
    assert who(titles + parts) == {}
    assert "unread-table" in codes(titles + parts)
    one = (
        "1    共享数据      （1）编制公共数据的目录。     区数据局\n"
        "                （2）建成公共数据的平台。\n"
        "2    优化服务      （1）推行一件事联办改革。     区政务中心\n"
        "                （2）完善热线接诉即办。\n"
    )
    assert who(titles + one) == {"1": [("区数据局", "lead")], "2": [("区政务中心", "lead")]}
