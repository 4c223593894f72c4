"""A ledger that was filled in goes over into a new one: each entry to its task, what has none kept apart, nothing lost."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from kg.errors import ReadError
from kg.reports.ledger import carry_over_ledger, render_ledger
from kg.reports.ledger.carrying import Carried
from kg.tables import Tables
from tests.views.factories import PlanRows, build_plans

Task = tuple[str, str, str, list[tuple[str, str]]]

FIRST = "建成公共数据共享交换平台，接入部门15个。"
SECOND = "统一电子证照标准，实现互认共享。"
THIRD = "每季度总结推广典型经验做法。"
TASKS: list[Task] = [
    ("1.1", "1", FIRST, [("市发展改革委", "lead")]),
    ("1.2", "2", SECOND, [("市财政局", "responsible")]),
    ("1.3", "3", THIRD, [("市审计局", "responsible")]),
]


def make(*tasks: Task, plan_id: str = "plan", title: str = "重点工作") -> Tables:
    return build_plans([PlanRows(plan_id, title, sections=[("1", "一", "推进改革")], tasks=list(tasks))])


def fill(content: bytes, cells: dict[str, Any], sheet: str = "重点工作") -> openpyxl.Workbook:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        book[sheet][place] = value
    return book


def carry(tables: Tables, book: openpyxl.Workbook, **options: Any) -> tuple[openpyxl.Workbook, Carried]:
    buffer = io.BytesIO()
    book.save(buffer)
    content, carried = carry_over_ledger(tables, buffer.getvalue(), **options)
    return openpyxl.load_workbook(io.BytesIO(content)), carried


def read(book: openpyxl.Workbook, sheet: str = "重点工作") -> list[dict[str, Any]]:
    head, *rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [{str(key): value for key, value in zip(head, row, strict=True) if value is not None} for row in rows]


ENTRIES = ("进展情况", "完成情况", "备注")


def entries(book: openpyxl.Workbook, sheet: str = "重点工作", also: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    return [tuple(row.get(key) for key in (*ENTRIES, *also)) for row in read(book, sheet)]


# Columns of these ledgers: A 序号, B 原编号, C 章节, D 工作任务, E 牵头单位, F 责任单位, G 完成时限, H 时限原文, I 目标, J 责任依据,
# K 进展情况, L 完成情况, M 备注, N 任务标识.


def test_entries_go_to_the_same_tasks_wherever_they_stand_now() -> None:
    old = fill(render_ledger(make(*TASKS)), {"K2": "已印发方案", "L2": "推进中", "K4": "已报送", "L4": "已完成", "M4": date(2017, 6, 1)})
    moved: list[Task] = [("1.1", "1", "新增任务，推进一网通办。", []), ("1.2", "2", THIRD, []), ("1.3", "3", FIRST, [])]
    book, carried = carry(make(*moved), old)
    assert entries(book) == [(None, None, None), ("已报送", "已完成", datetime(2017, 6, 1)), ("已印发方案", "推进中", None)]  # noqa: DTZ001
    assert carried.count == 2
    # The task without an entry that is gone had nothing to lose.
    assert carried.left == ()


def test_nothing_to_tell_adds_no_sheet() -> None:
    book, carried = carry(make(*TASKS), fill(render_ledger(make(*TASKS)), {"L3": "滞后"}))
    assert book.sheetnames == ["重点工作", "机构一览", "进展统计"]
    assert (carried.count, carried.left, carried.changes, carried.own_columns) == (1, (), (), ())


def test_a_changed_task_keeps_its_entries_and_the_change_is_told() -> None:
    old = fill(render_ledger(make(*TASKS)), {"L2": "推进中"})
    changed = FIRST.replace("15", "20")
    book, carried = carry(make(("1.1", "1", changed, [("市发展改革委", "lead"), ("市财政局", "responsible")]), *TASKS[1:]), old)
    assert entries(book)[0] == (None, "推进中", None)
    rows = {row["列"]: (row.get("原内容"), row.get("现内容")) for row in read(book, "内容变动")}
    assert rows["工作任务"] == (FIRST, changed)
    assert "市财政局" in str(rows["责任依据（原文）"][1])
    assert carried.left == ()


def test_an_entry_whose_task_is_gone_is_kept_with_all_of_its_row() -> None:
    old = fill(render_ledger(make(*TASKS)), {"K3": "完成80%", "L3": "推进中", "M3": "=1+1", "O1": "督办人", "O3": "张三", "O4": "李四"})
    # Another task has its number now; its text is no help.
    other: Task = ("1.2", "2", "加强网络安全保障，开展应急演练。", [("市公安局", "lead")])
    book, carried = carry(make(TASKS[0], other, TASKS[2]), old)
    assert entries(book, also=("督办人",)) == [(None,) * 4, (None,) * 4, (None, None, None, "李四")]
    (left,) = read(book, "未对应条目")
    assert left["工作任务"] == SECOND
    assert (left["责任单位"], left["进展情况"], left["完成情况"], left["督办人"]) == ("市财政局", "完成80%", "推进中", "张三")
    assert carried.own_columns == ("督办人",)
    # Carried over once more it is still there, and finds its task if that comes back.
    again, carried = carry(make(TASKS[0], other, TASKS[2]), book)
    assert [row["督办人"] for row in read(again, "未对应条目")] == ["张三"]
    assert [(row["原表"], row["原行"]) for row in read(again, "未对应条目")] == [("重点工作", 3)]
    back, carried = carry(make(*TASKS), again)
    assert entries(back, also=("督办人",))[1] == ("完成80%", "推进中", None, "张三")
    assert "未对应条目" not in back.sheetnames


def test_rows_that_the_office_sorted_added_or_merged_are_read() -> None:
    book = fill(render_ledger(make(*TASKS)), {})
    page = book["重点工作"]
    # The first two tasks change places, a title is written above, a row is added below, two cells are one.
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    page.insert_rows(1)
    page["A1"] = "重点工作督查台账"
    for number, values in zip((3, 4), (rows[2], rows[1]), strict=True):
        for column, value in enumerate(values, 1):
            page.cell(number, column).value = value
    page["K3"] = "两项一并推进"
    page.merge_cells("K3:K4")
    page["L3"] = "推进中"
    page["D6"], page["K6"] = "领导交办事项", "已办"
    new, carried = carry(make(*TASKS), book)
    assert entries(new)[:2] == [("两项一并推进", None, None), ("两项一并推进", "推进中", None)]
    assert [(row["工作任务"], row["进展情况"]) for row in read(new, "未对应条目")] == [("领导交办事项", "已办")]
    assert carried.count == 2


def test_a_task_in_two_rows_keeps_both() -> None:
    book = fill(render_ledger(make(*TASKS)), {"K2": "甲科室", "D5": FIRST, "K5": "乙科室"})
    book["重点工作"]["N5"] = book["重点工作"]["N2"].value
    new, _ = carry(make(*TASKS), book)
    assert entries(new)[0][0] == "甲科室"
    assert [row["进展情况"] for row in read(new, "未对应条目")] == ["乙科室"]


def test_notes_percentages_and_kinds_of_values_come_along() -> None:
    morning = datetime(2017, 6, 1, 9, 30)  # noqa: DTZ001
    cells = {"K2": 0.8, "M2": 12.5, "K3": morning, "M3": True, "P1": "备注", "P2": "另记"}
    book = fill(render_ledger(make(*TASKS)), cells)
    page = book["重点工作"]
    page["K2"].number_format = "0%"
    page["D4"].comment = Comment("电话已问", "office")
    new, carried = carry(make(*TASKS), book)
    assert entries(new)[:2] == [("80%", None, 12.5), ("2017-06-01 09:30", None, "True")]
    assert read(new)[0]["备注 (2)"] == "另记"
    assert new["重点工作"]["D4"].comment.text == "电话已问"
    assert carried.count == 3


def test_another_language_of_headings_is_the_same_ledger() -> None:
    old = fill(render_ledger(make(*TASKS), lang="en"), {"K2": "sent", "L2": "Done"})
    book, carried = carry(make(*TASKS), old)
    assert entries(book)[0] == ("sent", "已完成", None)
    assert (carried.left, carried.own_columns, carried.foreign_sheets) == ((), (), ())
    # The counts of the statuses are there before a spreadsheet computes them.
    buffer = io.BytesIO()
    old.save(buffer)
    values = openpyxl.load_workbook(io.BytesIO(carry_over_ledger(make(*TASKS), buffer.getvalue())[0]), data_only=True)
    assert [cell.value for cell in values["进展统计"][2]][-5:] == [0, 0, 1, 0, 2]


def test_a_ledger_without_ids_is_told_by_its_sheets() -> None:
    old = fill(render_ledger(make(*TASKS)), {"L2": "推进中"})
    old["重点工作"].delete_cols(14)
    book, carried = carry(make(*TASKS, plan_id="other-name"), old)
    assert entries(book)[0] == (None, "推进中", None)
    # Two plans of one title: nobody can say which it was.
    two = [PlanRows(name, "重点工作", sections=[("1", "一", "推进改革")], tasks=TASKS) for name in ("a", "b")]
    book, carried = carry(build_plans(two), old)
    assert (carried.count, len(carried.left)) == (0, 3)


def test_entries_stay_with_their_plan() -> None:
    two = [PlanRows(name, "重点工作", sections=[("1", "一", "推进改革")], tasks=TASKS) for name in ("a", "b")]
    tables = build_plans(two)
    old = fill(render_ledger(tables), {"L2": "推进中"}, "重点工作 (2)")
    book, _ = carry(tables, old)
    assert entries(book, "重点工作 (2)")[0] == (None, "推进中", None)
    assert entries(book, "重点工作")[0] == (None, None, None)
    # Another plan of the same tasks is none of them; the rows are kept.
    book, carried = carry(build_plans(two[:1]), old)
    assert entries(book, "重点工作")[0] == (None, None, None)
    assert [row.cells["completion"] for row in carried.left if "completion" in row.cells] == ["推进中"]


def test_tasks_that_the_new_ledger_leaves_out_are_no_loss() -> None:
    old = fill(render_ledger(make(*TASKS)), {"L2": "推进中", "L3": "滞后"})
    book, carried = carry(make(*TASKS), old, agencies=["市财政局"])
    assert entries(book) == [(None, "滞后", None)]
    assert (carried.count, carried.outside, carried.left) == (1, 1, ())


def test_sheets_of_others_are_named() -> None:
    old = fill(render_ledger(make(*TASKS)), {"L2": "推进中"})
    old.create_sheet("会议记录")["A1"] = "6月1日"
    _, carried = carry(make(*TASKS), old)
    assert carried.foreign_sheets == ("会议记录",)


def test_the_same_files_give_the_same_bytes() -> None:
    buffer = io.BytesIO()
    fill(render_ledger(make(*TASKS)), {"L2": "推进中", "O1": "督办人", "O2": "张三"}).save(buffer)
    first, second = (carry_over_ledger(make(*TASKS[:2]), buffer.getvalue())[0] for _ in range(2))
    assert first == second


def test_what_is_no_ledger_is_refused() -> None:
    with pytest.raises(ReadError, match="cannot be opened as an XLSX workbook"):
        carry_over_ledger(make(*TASKS), b"a,b\n1,2\n")
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    with pytest.raises(ReadError, match="no sheet of it has the headings of a ledger"):
        carry_over_ledger(make(*TASKS), buffer.getvalue())
