"""Ways in which tables are pasted: by spreadsheets and text processors, in one line, drawn, as records, several in one text."""

import pytest

from tests.parse.factories import codes, who


def test_cells_of_several_lines_in_tables_parted_by_tabs() -> None:
    """Spreadsheets quote such cells; text processors only break the line. A second table follows at once."""
    text = (
        '分解表\n序号\t任务\t牵头单位\t责任单位\t时限\n1\t"完成投资80亿元，\n增长10%"\t区经信局\t"区发改局\n各镇街"\t12月底\n'
        "2\t清淤\t区水务局\t区财政局\n区商务局\n各镇街\t9月\n序号\t任务\t责任单位\n1\t建校\t区教育局\n"
    )
    assert who(text) == {
        "1": [("区经信局", "lead"), ("区发改局", "responsible"), ("各镇街", "responsible")],
        "2": [("区水务局", "lead"), ("区财政局", "responsible"), ("区商务局", "responsible"), ("各镇街", "responsible")],
        "part2.1": [("区教育局", "responsible")],
    }


def test_titles_in_two_rows_parted_by_tabs() -> None:
    text = "序号\t任务\t责任分工\t\t时限\n\t\t牵头单位\t配合单位\t\n1\t追溯食品\t市市场监管局\t市商务局\t9月\n2\t检查\t市教育局\t无\t3月\n"
    assert who(text) == {"1": [("市市场监管局", "lead"), ("市商务局", "cooperate")], "2": [("市教育局", "lead")]}


def test_a_numbered_row_that_names_nobody_is_the_title_of_its_parts() -> None:
    cells = ["序号", "反馈问题", "整改措施", "牵头单位", "整改时限", "1", "扬尘管控不到位。", "（1）建立巡查制度。", "市住建局", "长期"]
    cells += ["（2）加大执法力度。", "市城管局", "年底前", "2", "断面不达标。", "（1）实施截污。", "市水利局", "年底前"]
    assert who("\n".join(cells)) == {"1.1": [("市住建局", "lead")], "1.2": [("市城管局", "lead")], "2.1": [("市水利局", "lead")]}


def test_titles_by_their_ending_and_bodies_without_a_role() -> None:
    cells = ["序号", "公开事项", "牵头科室", "业主单位", "公开时限", "1", "部门预算。", "财务科", "县水务集团", "2月底前"]
    cells += ["2", "许可目录。", "审批科", "县城投公司", "动态更新"]
    assert who("\n".join(cells)) == {"1": [("财务科", "lead")], "2": [("审批科", "lead")]}


def test_the_first_of_two_columns_of_names_parted_by_blanks_holds_one() -> None:
    text = "序号 任务 责任单位 配合单位 时限\n1 清淤5公里 区水务局 区城管局 区财政局 6月30日\n2 巡河 各镇街 区河长办 全年\n"
    assert who(text)["1"] == [("区水务局", "responsible"), ("区城管局", "cooperate"), ("区财政局", "cooperate")]
    assert "unsure-column" in codes(text)


def test_records_of_a_script() -> None:
    text = (
        'var tasks = [\n{"no":"1","task":"改造片区。","lead":"市住建局","co":"市财政局、各区政府","time":"2026年12月"},\n'
        '{"no":"2","task":"修订办法。","lead":"市数据局","co":"无","time":"2026年6月"}\n];\n'
    )
    assert who(text) == {
        "1": [("市住建局", "lead"), ("市财政局", "cooperate"), ("各区政府", "cooperate")],
        "2": [("市数据局", "lead")],
    }


def test_box_with_heavy_strokes() -> None:
    text = "\n".join(
        [
            "┏━━┳━━━━┳━━━━━━┓",
            "┃序号┃检查内容┃牵头单位    ┃",
            "┣━━╋━━━━╋━━━━━━┫",
            "┃ 1  ┃道路安全┃县公安局交通┃",
            "┃    ┃        ┃管理大队    ┃",
            "┣━━╋━━━━╋━━━━━━┫",
            "┃ 2  ┃消防安全┃县应急局    ┃",
            "┗━━┻━━━━┻━━━━━━┛",
        ]
    )
    assert who(text) == {"1": [("县公安局交通管理大队", "lead")], "2": [("县应急局", "lead")]}


def test_a_title_over_two_columns_whose_titles_are_copied_behind_all_others() -> None:
    cells = ["序号", "建设任务", "责任分工", "建设期限", "牵头单位", "配合单位", "1", "建设政务云。", "市数据局", "市直各部门", "2022年"]
    cells += ["2", "完善印章。", "市公安局", "市财政局", "2023年"]
    assert who("\n".join(cells)) == {
        "1": [("市数据局", "lead"), ("市直各部门", "cooperate")],
        "2": [("市公安局", "lead"), ("市财政局", "cooperate")],
    }


def test_headings_that_were_merged_hold_for_rows_with_empty_first_cells() -> None:
    text = (
        "| 任务 | 内容 | 责任单位 |\n|---|---|---|\n| 一、公开 | （一）发布政策。 | 市统计局 |\n| | （二）清理文件。 | 市司法局 |\n"
        "| 二、解读 | （三）丰富形式。 | 各县政府 |\n"
    )
    assert who(text) == {"1.1": [("市统计局", "responsible")], "1.2": [("市司法局", "responsible")], "2.3": [("各县政府", "responsible")]}


def test_numbers_of_headings_and_of_items() -> None:
    cells = ["序号", "工作任务", "具体措施", "牵头单位", "一", "提升效能", "1.推进通办。", "区审批局", "2.设立窗口。", "区信访局"]
    cells += ["二", "降低成本", "3.落实电价。", "区发改局"]
    assert who("".join(f"{cell} |\n" for cell in cells)) == {
        "1.1": [("区审批局", "lead")],
        "1.2": [("区信访局", "lead")],
        "2.3": [("区发改局", "lead")],
    }


def test_stars_beside_numbers() -> None:
    cells = ["序号", "改革任务", "牵头部门", "★1", "清产核资。", "县农业局", "2", "薪酬改革。", "县人社局", "3*", "许可改革。", "县编办"]
    assert who("\n".join(cells)) == {"1": [("县农业局", "lead")], "2": [("县人社局", "lead")], "3": [("县编办", "lead")]}


def test_a_table_in_one_line_with_the_words_above_it() -> None:
    text = (
        "附件： 2017年任务分解表 序号 任务 牵头单位 责任单位 时限 1 淘汰锅炉45台。 区环保局 区质监分局、各街道 10月底前 "
        "2 淘汰车辆300辆。 公安交警大队 区商务局 12月底前 3 治理水体。 区水务局 区城管局 12月底前\n"
    )
    assert who(text) == {
        "1": [("区环保局", "lead"), ("区质监分局", "responsible"), ("各街道", "responsible")],
        "2": [("公安交警大队", "lead"), ("区商务局", "responsible")],
        "3": [("区水务局", "lead"), ("区城管局", "responsible")],
    }


def test_a_table_ends_where_the_titles_of_another_begin() -> None:
    text = (
        "一、任务\n\n表1：堵点任务表\n\n任务\n牵头单位\n时限\n1.取消条件\n市审批局\n3月底\n2.推行承诺\n市司法局\n5月底\n"
        "\n二、保障\n\n表2：保障任务表\n\n任务\n责任单位\n时限\n3.保障经费\n市财政局\n持续推进\n4.督查考核\n市政府督查室\n每季度\n"
    )
    assert who(text) == {
        "1.1": [("市审批局", "lead")],
        "1.2": [("市司法局", "lead")],
        "2.3": [("市财政局", "responsible")],
        "2.4": [("市政府督查室", "responsible")],
    }


def test_table_drawn_in_ascii() -> None:
    text = (
        "+----+--------+----------+--------------+\n| 序 | 任务   | 牵头单位 | 配合单位     |\n| 号 |        |          |              |\n"
        "+====+========+==========+==============+\n| 1  | 演练   | 县应急局 | 县水利局、各 |\n|    | 2次。  |          | 乡镇         |\n"
        "+----+--------+----------+--------------+\n| 2  | 储备。 | 县发改局 | 县气象局     |\n+----+--------+----------+--------------+\n"
    )
    assert who(text) == {
        "1": [("县应急局", "lead"), ("县水利局", "cooperate"), ("各乡镇", "cooperate")],
        "2": [("县发改局", "lead"), ("县气象局", "cooperate")],
    }


def test_divisions_and_governments_in_narrow_cells() -> None:
    cells = ["序号", "任务", "牵头处室", "配合处室", "1", "建设城市", "流通处", "消费处、省研究院", "2", "保障安全", "外经处", "办公室"]
    assert who("\n".join(cells))["2"] == [("外经处", "lead"), ("办公室", "cooperate")]
    lines = ["序号", "任务", "牵头单位", "责任单位", "1", "商业行动。", "县商务", "局", "县供销", "联社、", "县邮政", "公司"]
    lines += ["2", "改造。", "县住建", "局", "各乡镇", "人民政", "府"]
    assert who("\n".join(lines))["2"] == [("县住建局", "lead"), ("各乡镇人民政府", "responsible")]


def test_the_same_titles_below_each_heading() -> None:
    titles = ["序号", "项目", "责任单位"]
    lines = ["更新项目清单", "一、改造类", *titles, "1", "改造片区", "区房管局", "2", "改造街巷", "区城管局"]
    lines += ["二、停车类", *titles, "1", "新建停车楼", "区住建局"]
    assert who("\n".join(lines)) == {
        "1.1": [("区房管局", "responsible")],
        "1.2": [("区城管局", "responsible")],
        "2.1": [("区住建局", "responsible")],
    }


TWO_ROWS = ["序号", "任务", "责任分工", "时限", "牵头领导", "牵头单位", "配合单位"]
LEDGER = [
    ["1", "改造老旧小区。", "高文斌", "县住建局", "县财政局", "全年"],
    ["2", "新建幼儿园四所。", "马晓东", "县教育局", "县住建局、各乡镇", "10月底"],
    ["3", "修建农村公路。", "高文斌", "县交通局", "县财政局", "11月底"],
]
LEDGER_WHO = {
    "1": [("县住建局", "lead"), ("县财政局", "cooperate")],
    "2": [("县教育局", "lead"), ("县住建局", "cooperate"), ("各乡镇", "cooperate")],
    "3": [("县交通局", "lead"), ("县财政局", "cooperate")],
}


@pytest.mark.parametrize("mark", ["\t", "    ", "\n"], ids=["tabs", "blanks", "lines"])
def test_titles_below_one_that_stands_over_them(mark: str) -> None:
    """A browser copies the second row of titles, which holds nothing below the others, as a row of its own."""
    end = "\n" if mark != "\n" else mark
    head = [TWO_ROWS[:4], TWO_ROWS[4:]]
    assert who("分工表\n" + end.join(mark.join(row) for row in [*head, *LEDGER]) + "\n") == LEDGER_WHO


def test_a_second_row_of_titles_that_does_not_fit_below_the_first() -> None:
    """Two tables, one without rows: the titles of the second are those of its own rows."""
    text = "序号\t任务\t责任单位\t时限\n责任单位\t任务\n县住建局\t改造老旧小区。\n县教育局\t新建幼儿园四所。\n"
    assert sorted(name for said in who(text).values() for name, _ in said) == ["县住建局", "县教育局"]


def test_a_cell_that_says_the_same_as_above() -> None:
    titles = ["序号", "任务", "牵头单位", "督导单位", "时限"]
    rows = [["1", "检查企业。", "区应急局", "区安委办", "6月底"], ["2", "检查校园。", "同上", "同上", "9月底"]]
    expected = {number: [("区应急局", "lead"), ("区安委办", "supervise")] for number in "12"}
    assert who("\n".join("\t".join(row) for row in [titles, *rows])) == expected
    assert who("\n".join(cell for row in [titles, *rows] for cell in row)) == expected


def test_nothing_above_a_cell_that_says_so() -> None:
    text = "序号\t任务\t牵头单位\t时限\n1\t检查企业。\t同上\t6月底\n2\t检查校园。\t区教育局\t9月底\n"
    assert who(text) == {"1": [], "2": [("区教育局", "lead")]}
    assert "unread-responsibility" in codes(text)


def test_a_row_of_sums_is_no_row_of_the_ledger() -> None:
    head = "序号\t项目\t投资（万元）\t责任单位\n1\t改造滨河路。\t9000\t区住建局、区财政局\n2\t新建公园。\t800\t区园林中心\n"
    assert who(head + "合计\t9800\t\t\n") == who(head + "合计\t\t9800\t\n") == who(head)
    assert list(who(head)) == ["1", "2"]


def test_a_merged_cell_of_which_none_can_say_in_which_column_it_stood() -> None:
    rows = [*LEDGER, ["4", "清淤河道。", "县水利局、县农业局", "12月底"]]
    titles = ["序号", "任务", "牵头领导", "牵头单位", "配合单位", "时限"]
    text = "\n".join("\t".join(row) for row in [titles, *rows, ["5", "绿化荒山。", "马晓东", "县林业局", "各乡镇", "全年"]]) + "\n"
    assert who(text)["4"] == []
    assert "unread-responsibility" in codes(text)
    cells = "\n".join(cell for row in [titles, *rows] for cell in row)
    assert "unsure-column" in codes(cells)
    assert "unsure-column" not in codes("\n".join(cell for row in [titles, *LEDGER] for cell in row))


def test_an_empty_cell_in_a_column_that_names_a_lead_in_all_other_rows() -> None:
    titles = ["序号", "任务", "牵头单位", "配合单位"]
    rows = [[*row[:2], *row[3:5]] for row in LEDGER]
    lacking = [["4", "清淤河道。", "", "县水利局"], ["5", "绿化荒山。", "县林业局", ""]]
    assert codes("\n".join("\t".join(row) for row in [titles, *rows, *lacking])).count("merged-cells") == 1


def test_a_short_title_above_the_title_of_the_numbers() -> None:
    cells = ["责任清单", "序号", "任务", "牵头单位", "1", "改造老旧小区。", "县住建局", "2", "修建农村公路。", "县交通局"]
    assert who("\n".join(cells)) == {"1": [("县住建局", "lead")], "2": [("县交通局", "lead")]}


def test_names_one_a_line_in_the_last_cell_of_a_table() -> None:
    head = "序号\t任务\t责任单位\n1\t改造老旧小区。\t县住建局\n县财政局\n2\t修建农村公路。\t县交通局\n人民银行某县支行\n各乡镇"
    names = {"1": ["县住建局", "县财政局"], "2": ["县交通局", "人民银行某县支行", "各乡镇"]}
    for below in ("\n", "\n\n县政府办公室\n", "\n县政府办公室\n2023年5月1日\n", "\n三、加强宣传。\n"):
        assert {number: [name for name, _ in said] for number, said in who(head + below).items() if said} == names
    alone = "序号\t任务\t责任单位\n1\t改造老旧小区。\t县住建局、县财政局\n2\t修建农村公路。\t县交通局\n县政府办公室\n"
    # A single name may be a signature as well: it is doubted.
    assert [name for name, _ in who(alone)["2"]] == ["县交通局", "县政府办公室"]
    assert codes(alone) == ["unsure-row"]


def test_names_that_circled_numbers_count() -> None:
    """①…；② in the cells of what is done and of who does it: all of them belong to the row."""
    rows = [["1", "①优化网格；②配齐网格员。", "①市委政法委；②市财政局"], ["2", "①建设设施；②推进矫正。", "①市民政局、市住建局；②市司法局"]]
    cells = [cell for row in [["序号", "重点任务", "责任单位"], *rows] for cell in row]
    assert {number: [name for name, _ in said] for number, said in who("\n".join(cells) + "\n").items()} == {
        "1": ["市委政法委", "市财政局"],
        "2": ["市民政局", "市住建局", "市司法局"],
    }


def test_the_only_part_of_a_number_is_counted_as_the_parts_of_others() -> None:
    titles = ["序号", "重点任务", "具体举措", "牵头单位"]
    rows = [
        ["1", "共享数据", "（1）编制目录。", "区数据局"],
        ["（2）建成平台。", "区财政局"],
        ["2", "强化智治", "（1）建设平台。", "区委政法委"],
    ]
    assert who("\n".join("\t".join(row) for row in [titles, *rows]) + "\n") == {
        "1.1": [("区数据局", "lead")],
        "1.2": [("区财政局", "lead")],
        "2.1": [("区委政法委", "lead")],
    }
    alone = [["1", "共享数据", "（1）编制目录。（2）建成平台。", "区数据局"], ["2", "强化智治", "（1）建设平台。", "区委政法委"]]
    assert list(who("\n".join("\t".join(row) for row in [titles, *alone]) + "\n")) == ["1", "2"]


def test_cells_of_several_lines_where_nothing_counts_the_rows() -> None:
    rows = [
        "推行一日办结。\t区市场监管局\t区税务局\n区人社局\n区公安分局\t6月底前",
        "压减审批时限。\t区住建局\t区水务局\n区人防办\t9月底前",
    ]
    assert who("整改措施\t牵头单位\t配合单位\t整改时限\n" + "\n".join(rows) + "\n") == {
        "p1": [("区市场监管局", "lead"), ("区税务局", "cooperate"), ("区人社局", "cooperate"), ("区公安分局", "cooperate")],
        "p2": [("区住建局", "lead"), ("区水务局", "cooperate"), ("区人防办", "cooperate")],
    }


def test_what_stands_between_the_last_title_and_its_bar_is_no_cell() -> None:
    cells = ["重点领域", "整改措施", "牵头单位", "配合单位", "企业开办", "推行一日办结。", "区市场监管局", "区税务局"]
    cells += ["工程审批", "压减审批时限。", "区住建局", "区水务局"]
    assert who("\n".join(f"{cell}\n|" for cell in cells) + "\n") == {
        "p1": [("区市场监管局", "lead"), ("区税务局", "cooperate")],
        "p2": [("区住建局", "lead"), ("区水务局", "cooperate")],
    }


def test_the_first_part_of_a_number_behind_what_is_merged_over_all() -> None:
    titles = ["序号", "重点任务", "具体举措", "牵头单位"]
    rows = [["1", "共享政务数据", "（1）编制数据目录。", "区数据局"], ["（2）建成数据平台。", "区财政局"]]
    rows += [["2", "强化基层智治", "（1）建设治理平台。", "区委政法委"], ["（2）推进自助终端全覆盖。", "区信访局"]]
    expected = {"1.1": "区数据局", "1.2": "区财政局", "2.1": "区委政法委", "2.2": "区信访局"}
    found = who("\n".join(cell for row in [titles, *rows] for cell in row) + "\n")
    assert {path: said[0][0] for path, said in found.items()} == expected


def test_headings_that_count_as_items_part_tables_of_the_same_titles() -> None:
    head = ["序号", "任务", "牵头单位", "完成时限"]
    first = ["1.发展工业", *head, "1", "建设园区。", "市工信局", "2023年6月底"]
    second = ["2.发展农业", *head, "1", "建设农田。", "市农业农村局", "2023年12月底"]
    assert who("\n".join([*first, *second]) + "\n") == {"1.1": [("市工信局", "lead")], "2.1": [("市农业农村局", "lead")]}
