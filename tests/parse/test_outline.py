"""Numbers into sections, items and parts."""

import pytest

from tests.parse.factories import codes, read, who


def paths(text: str) -> list[str]:
    return list(who(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n（一）乙\n1.丙。（市财政局负责）\n2.丁。（市教育局负责）", ["1.1.1", "1.1.2"]),
        ("一、甲\n1.丙。（市财政局负责）\n二、乙\n2.丁。（市教育局负责）", ["1.1", "2.2"]),
        ("一、甲\n1.丙。（市财政局负责）\n二、乙\n1.丁。（市教育局负责）", ["1.1", "2.1"]),
        ("一、甲\n（一）丙。（市财政局负责）\n二、乙\n（二）丁。（市教育局负责）", ["1.1", "2.2"]),
        ("一、甲\n（一）乙\n1.丙。（市财政局负责）\n三、戊\n2.丁。（市教育局负责）", ["1.1.1", "3.2"]),
        ("第一章 甲\n第一条 丙。（市财政局负责）\n第二章 乙\n第二条 丁。（市教育局负责）", ["1.1", "2.2"]),
        ("①丙。（市财政局负责）\n②丁。（市教育局负责）", ["1", "2"]),
        ("1）丙。（市财政局负责）\n2）丁。（市教育局负责）", ["1", "2"]),
        ("1．丙。（市财政局负责）\n2．丁。（市教育局负责）", ["1", "2"]),
        ("（99）丙。（市财政局负责）\n（100）丁。（市教育局负责）", ["99", "100"]),
        ("1.1 丙。（市财政局负责）\n1.2 丁。（市教育局负责）\n2.1 戊。（市水利局负责）", ["1.1", "1.2", "2.1"]),
        ("## 一、甲\n- 1.丙。（市财政局负责）\n- 2.丁。（市教育局负责）", ["1.1", "1.2"]),
        ("甲。（市财政局负责）\n乙。（市教育局负责）", ["p1", "p2"]),
        ("㈠丙。（市财政局负责）\n㈡丁。（市教育局负责）", ["1", "2"]),
        ("〔一〕丙。（市财政局负责）\n【二】丁。（市教育局负责）", ["1", "2"]),
        # The first item of a kind right behind another's first title shows an order that is not the usual one.
        (
            "一、甲\n1）乙\n（1）丙。（市财政局负责）\n（2）丁。（市教育局负责）\n2）戊\n（3）己。（市水利局负责）",
            ["1.1.1", "1.1.2", "1.2.3"],
        ),
        (
            "（一）甲。\n任务一：丙。（市财政局负责）\n任务二：丁。（市教育局负责）\n（二）乙。\n任务三：戊。（市水利局负责）",
            ["1.1", "1.2", "2.3"],
        ),
        # Where the kind was met before, the usual order holds.
        ("（一）甲。（市财政局负责）\n1.乙。（市教育局负责）\n（二）丙。（市水利局负责）", ["1", "1.1", "2"]),
        ("1.2017年底前丙。（市财政局负责）\n2.1.5亿元丁。（市教育局负责）", ["1", "2"]),
        ("1.5月31日前丙。（市财政局负责）\n2.6月1日至10日丁。（市教育局负责）\n3.6月中旬戊。（市水利局负责）", ["1", "2", "3"]),
        ("（一）甲\n1.5月1日前丙。（市财政局负责）\n2.丁。（市教育局负责）", ["1.1", "1.2"]),
        ("1. 12月底前丙。（市财政局负责）2.6月底前丁。（市教育局负责）", ["1", "2"]),
        ("一、甲\n工期1.5月。（市财政局负责）\n1.5个月内乙。（市教育局负责）", ["1.p1", "1.p2"]),
        ("一、甲\n2024.5月底前乙。（市财政局负责）", ["1"]),
        ("1.10个以上乡镇丙。（市财政局负责）\n2.3年内完成丁。（市教育局负责）", ["1", "2"]),
        ("一、甲\n1.丙。（市财政局负责）\n二、乙\n2.3年内完成丁。（市教育局负责）\n3.戊。（市水利局负责）", ["1.1", "2.2", "2.3"]),
        ("一、甲\n1.5亿元用于丙项目建设。（市财政局负责）\n3.2亿元用于丁项目建设。（市教育局负责）", ["1.p1", "1.p2"]),
    ],
)
def test_path_follows_the_printed_numbers(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


def test_unnumbered_paragraphs_under_headings_are_counted() -> None:
    text = "（一）监管\n甲。（市财政局负责）\n乙。（市教育局负责）\n（二）服务\n丙。（市水利局负责）\n丁。（市民政局负责）"
    assert paths(text) == ["1.p1", "1.p2", "2.p1", "2.p2"]


def test_text_on_one_line() -> None:
    text = (
        "一、总体要求（一）坚持原则。二、主要任务（一）推进甲。（市财政局负责）（二）推进乙。（市教育局负责）三、保障措施（一）强化领导。"
    )
    assert paths(text) == ["2.1", "2.2"]


def test_lines_of_names_where_line_breaks_were_lost() -> None:
    text = "（一）推进甲。牵头单位：市财政局责任单位：各区政府（二）推进乙。牵头单位：市教育局责任单位：市人社局、民政局等有关部门（单位）"
    assert who(text) == {
        "1": [("市财政局", "lead"), ("各区政府", "responsible")],
        "2": [("市教育局", "lead"), ("市人社局", "responsible"), ("市民政局", "responsible")],
    }


def test_missing_and_double_numbers_are_reported() -> None:
    text = "1.甲。（市财政局负责）\n3.乙。（市教育局负责）\n3.丙。（市水利局负责）"
    assert codes(text) == ["missing-number", "duplicate-number"]
    assert paths(text) == ["1", "3", "3-2"]


def test_several_plans_in_one_file() -> None:
    body = "一、总体要求\n（一）坚持原则。\n二、任务\n（一）甲。（市财政局负责）\n（二）乙。（市教育局负责）\n"
    text = f"政务环境建设方案\n{body}市场环境建设方案\n{body}"
    plan, _ = read(text)
    assert [task.path for task in plan.tasks] == ["2.1", "2.2", "part2.2.1", "part2.2.2"]
    assert [section.title for section in plan.sections if section.path == "part2"] == ["市场环境建设方案"]


def test_covering_note_and_annex_without_tasks_are_no_plans() -> None:
    text = (
        "甲市人民政府办公室关于印发2020年重点工作分解的通知\n各区政府：\n一、提高站位。\n二、狠抓落实。\n"
        "甲市人民政府办公室\n2020年5月20日\n2020年重点工作分解\n1.推进甲。（市财政局负责）\n2.推进乙。（市教育局负责）\n"
        "附件：2019年工作报告\n一、成绩显著。\n二、存在问题。\n"
    )
    plan, _ = read(text)
    assert [task.path for task in plan.tasks] == ["1", "2"]
    assert plan.sections == ()


def test_signature_is_no_part_of_the_last_item() -> None:
    plan, _ = read("1.甲。（市财政局负责）\n2.乙。（市教育局负责）\n甲市人民政府办公室\n2020年5月20日\n（此件公开发布）")
    assert plan.tasks[-1].span.slice(plan.document.text) == "2.乙。（市教育局负责）"


def test_task_text_leaves_out_number_and_bracket() -> None:
    plan, _ = read("1.推进改革，\n完善机制。（市财政局负责）\n2.加强宣传。（市教育局负责）")
    assert [(task.number, task.label, task.text) for task in plan.tasks] == [("1", "1.", "推进改革，完善机制。"), ("2", "2.", "加强宣传。")]


def test_damaged_number_is_taken_for_the_next_and_reported() -> None:
    text = "（一）甲。（市财政局负责）\n?。﹩乙。（市教育局负责）\n（三）丙。（市水利局负责）"
    assert paths(text) == ["1", "2", "3"]
    assert [(issue.code, issue.words) for issue in read(text)[1]] == [("damaged-number", "?。")]


def test_numbers_of_an_excerpt_are_kept_whatever_the_gap() -> None:
    """Items that keep the numbers of their mother plan stand at those numbers; a line without names of its own does not."""
    text = (
        "一、目标\n5.增收九成。（工资处、就业处）\n7.修桥。（市交通局负责）\n"
        "二、任务\n（一）路\n24.修路。（市交通局牵头）\n（二）水\n29.修渠。（市水利局牵头）\n"
    )

    assert list(who(text)) == ["1.5", "1.7", "2.1.24", "2.2.29"]
    assert list(who("一、目标\n1.修桥。（市交通局负责）\n二、任务\n29.修渠。\n（市水利局负责）\n")) == ["1.1", "2"]


def test_nouns_with_a_number_and_no_stop_count_where_the_next_goes_on() -> None:
    assert list(who("任务一 推进改革。（市发改委负责）\n任务二 加强宣传。（市文化局负责）")) == ["1", "2"]
    assert list(who("1.甲。（市发改委负责）\n项目三年内完成。\n2.乙。（市文化局负责）")) == ["1", "2"]
