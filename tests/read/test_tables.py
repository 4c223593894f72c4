"""Workbooks and CSV: ledgers as the program shows them."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kg.errors import ReadError
from kg.model import BlockKind
from kg.read.number_formats import show_date, show_number

from .factories import codes, grid_of, make_xlsx, patch, read, table_of

ROWS = [
    ["序号", "任务", "牵头单位", "责任单位", "时限"],
    ["1", "推进政务数据共享", "市大数据中心", "市财政局\n市审计局", "2025年6月底前"],
    ["2", "完善应急机制, 开展演练", "市应急局", "", "年底前"],
]


def test_workbook_with_title_merged_cells_and_shown_values() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        sheet["B2"] = "重点任务分工表"
        sheet.merge_cells("B2:F2")
        for column, text in enumerate(("序号", "任务", "完成率", "投资", "时限"), start=2):
            sheet.cell(4, column, text)
        for row, values in enumerate(((1, "甲", 0.9, 1234.5, date(2025, 6, 30)), (None, "乙", 0.125, 40, "长期")), start=5):
            for column, value in enumerate(values, start=2):
                sheet.cell(row, column, value)
            sheet.cell(row, 4).number_format = "0.0%"
            sheet.cell(row, 5).number_format = '#,##0.00"万元"'
        sheet["F5"].number_format = 'yyyy"年"m"月"d"日"'
        sheet.merge_cells("B5:B6")
        sheet["XFD1048576"].number_format = "0"  # a stray format in the last corner

    document, issues = read(make_xlsx(fill), "ledger.xlsx")
    assert table_of(document) == [
        (0, 0, 1, 5, "重点任务分工表"),
        (1, 0, 1, 1, "序号"),
        (1, 1, 1, 1, "任务"),
        (1, 2, 1, 1, "完成率"),
        (1, 3, 1, 1, "投资"),
        (1, 4, 1, 1, "时限"),
        (2, 0, 2, 1, "1"),
        (2, 1, 1, 1, "甲"),
        (2, 2, 1, 1, "90.0%"),
        (2, 3, 1, 1, "1,234.50万元"),
        (2, 4, 1, 1, "2025年6月30日"),
        (3, 1, 1, 1, "乙"),
        (3, 2, 1, 1, "12.5%"),
        (3, 3, 1, 1, "40.00万元"),
        (3, 4, 1, 1, "长期"),
    ]
    assert (document.format, issues) == ("xlsx", ())


def test_each_visible_sheet_is_a_table_and_hidden_ones_are_reported() -> None:
    def fill(book: Any) -> None:
        book.active.title = "经济类"
        for name in ("Sheet2", "选项"):
            book.create_sheet(name)
        for sheet in book.worksheets:
            for row in (["任务", "单位"], ["甲", "市财政局"]):
                sheet.append(row)
        book["选项"].sheet_state = "hidden"
        book["经济类"].row_dimensions[2].hidden = True
        book["经济类"].column_dimensions["B"].hidden = True

    document, issues = read(make_xlsx(fill), "ledger.xlsx")
    assert document.text == "经济类\n任务\t单位\n甲\t市财政局\n任务\t单位\n甲\t市财政局\n"
    assert [block.table for block in document.blocks] == [-1, 0, 0, 0, 0, 1, 1, 1, 1]
    assert document.blocks[0].kind is BlockKind.HEADING
    assert [(issue.code, issue.message) for issue in issues] == [
        ("hidden-sheet", "sheet '选项' is hidden and was left out"),
        ("hidden-cells", "sheet '经济类': hidden rows were read: 2"),
        ("hidden-cells", "sheet '经济类': hidden columns were read: B"),
    ]


def test_formula_never_computed_is_reported() -> None:
    def fill(book: Any) -> None:
        book.active.append(["任务", "数量"])
        book.active.append(["甲", "=1+1"])

    document, issues = read(make_xlsx(fill), "ledger.xlsx")
    assert grid_of(document) == [["任务", "数量"], ["甲", ""]]
    assert [(issue.code, issue.message) for issue in issues] == [("formula-without-value", "sheet 'Sheet': formulas never computed: B2")]


def test_rich_text_and_line_breaks_in_cells() -> None:
    def fill(book: Any) -> None:
        book.active["A1"] = CellRichText("牵头", TextBlock(InlineFont(b=True), "单位"))
        book.active["B1"] = "市财政局\n市审计局"
        book.active["A2"] = "甲"

    assert read(make_xlsx(fill), "x.xlsx")[0].text == "牵头单位\t市财政局\n市审计局\n甲\t\n"


def test_merged_area_without_end_is_refused() -> None:
    def fill(book: Any) -> None:
        book.active["A1"] = "甲"
        book.active.merge_cells("A1:B2")

    with pytest.raises(ReadError, match=r"too large: a workbook of 17179869\d+ cells"):
        read(patch(make_xlsx(fill), "xl/worksheets/sheet1.xml", "A1:B2", "A1:XFD1048576"), "x.xlsx")


def test_broken_styles_are_refused() -> None:
    data = patch(make_xlsx(lambda book: book.active.append(["甲"])), "xl/styles.xml", 'numFmtId="0"', 'numFmtId="99999999999"')
    with pytest.raises(ReadError, match=r"broken: the workbook cannot be opened \(OverflowError\)"):
        read(data, "x.xlsx")


def test_empty_workbook_is_refused() -> None:
    with pytest.raises(ReadError, match="holds no text"):
        read(make_xlsx(lambda book: None), "x.xlsx")


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (3, "General", "3"),
        (2.50, "0.00", "2.50"),
        (2.5, "0.##", "2.5"),
        (7, "000", "007"),
        (-1234, "#,##0", "-1,234"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"无"', "无"),
        (0.335, "0%", "34%"),
        (12, '_ "¥"* #,##0_ ', "¥12"),
        (1e20, "General", "1e+20"),
    ],
)
def test_numbers_as_shown(value: float, number_format: str, shown: str) -> None:
    assert show_number(value, number_format) == (shown, True)


@pytest.mark.parametrize("number_format", ["0.00E+00", "# ?/?"])
def test_formats_that_are_not_followed_say_so(number_format: str) -> None:
    assert show_number(0.5, number_format) == ("0.5", False)


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("yyyy-mm-dd", "2025-06-03"),
        ("yyyy/m/d;@", "2025/6/3"),
        ('[$-804]yyyy"年"m"月";@', "2025年6月"),
        ("mm-dd-yy", "2025/6/3"),
        ('m"月"d"日"', "6月3日"),
        ("yyyy/m/d h:mm", "2025/6/3 9:05"),
    ],
)
def test_dates_as_shown(number_format: str, shown: str) -> None:
    assert show_date(datetime(2025, 6, 3, 9, 5), number_format) == shown  # noqa: DTZ001 - cells have no time zone


def to_csv(delimiter: str, rows: list[list[str]] = ROWS) -> str:
    def quote(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if delimiter in text or "\n" in text or '"' in text else text

    return "".join(delimiter.join(map(quote, row)) + "\r\n" for row in rows)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "^", "~"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["ledger.csv", "ledger"])
def test_csv_delimiter_and_encoding_are_found(delimiter: str, encoding: str, name: str) -> None:
    document, issues = read(to_csv(delimiter).encode(encoding), name)
    assert (document.format, grid_of(document), issues) == ("csv", ROWS, ())


def test_csv_separator_line() -> None:
    assert grid_of(read(b"sep=;\r\n" + to_csv(";").encode(), "ledger.csv")[0]) == ROWS


def test_csv_row_with_too_many_fields_is_kept_and_reported() -> None:
    rows = [["任务", "单位"], ["甲", "市财政局"], ["乙", "市审计局", "多"]]
    document, issues = read(to_csv(",", rows).encode(), "ledger.csv")
    assert grid_of(document) == [["任务", "单位", ""], ["甲", "市财政局", ""], ["乙", "市审计局", "多"]]
    (issue,) = issues
    assert (issue.code, issue.message, issue.words) == ("uneven-row", "row 3 has 3 fields, the others 2", "乙\t市审计局\t多")


def test_csv_with_quotation_marks_that_do_not_pair_is_read_line_by_line() -> None:
    document, issues = read(
        '序号,任务,责任单位\n1,"推进改革,市财政局\n2,加强"管理",市教育局\n3,"完善机制",市司法局\n'.encode(), "ledger.csv"
    )
    assert grid_of(document)[1:] == [["1", '"推进改革', "市财政局"], ["2", '加强"管理"', "市教育局"], ["3", "完善机制", "市司法局"]]
    assert [issue.code for issue in issues] == ["stray-quote"]


def test_text_called_csv_is_text() -> None:
    document, issues = read("一、推进改革\n二、完善机制\n".encode(), "plan.csv")
    assert (document.format, codes(issues)) == ("text", ["format-mismatch"])


def test_prose_with_commas_and_no_name_is_text() -> None:
    assert read(b"One, two, three.\nFour and five.\nSix, seven.\n")[0].format == "text"


@given(st.lists(st.lists(st.text(alphabet='任务甲1,;"\n ', max_size=5), min_size=3, max_size=3), min_size=3, max_size=6))
def test_csv_cells_come_back(rows: list[list[str]]) -> None:
    rows = [["序号", "任务", "单位"], *rows]
    try:
        document, _ = read(to_csv(",", rows).encode(), "ledger.csv")
    except ReadError as error:
        pytest.fail(str(error))
    if document.format == "csv":
        kept = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
        assert grid_of(document) == kept


def _sample() -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


SAMPLE = _sample()


@given(st.integers(min_value=0, max_value=len(SAMPLE) - 1), st.integers(min_value=0, max_value=255))
def test_damaged_workbooks_give_a_document_or_a_read_error(at: int, byte: int) -> None:
    for data in (SAMPLE[:at], SAMPLE[:at] + bytes((byte,)) + SAMPLE[at + 1 :]):
        try:
            document, _ = read(data, "ledger.xlsx")
        except ReadError:
            continue
        assert document.text.strip()
