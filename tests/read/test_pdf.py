"""PDF: lines, furniture, tables over pages, and what has no text."""

from __future__ import annotations

import io
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak

from kg.errors import ReadError
from kg.model import BlockKind
from kg.read.content import Cell
from kg.read.pdf_furniture import find_furniture
from kg.read.pdf_lines import Glyph, PageLine
from kg.read.pdf_tables import PageTable, join_tables, join_wraps

from .factories import FONT, codes, grid_of, make_pdf, paragraph, read, ruled_table, table_of
from .samples import SIMPLIFIED

HEADER = ["序号", "任务", "牵头单位", "责任单位"]
WIDTHS = [40, 180, 90, 120]


def furniture_of(document: object) -> list[str]:
    return [b.span.slice(document.text) for b in document.blocks if b.kind is BlockKind.FURNITURE]  # type: ignore[attr-defined]


def test_lines_stay_wrapped_and_lose_nothing() -> None:
    document, issues = read(make_pdf([paragraph(sentence) for sentence in SIMPLIFIED]), "plan.pdf")
    lines = [b.span.slice(document.text) for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    assert "".join(lines) == "".join(SIMPLIFIED)
    assert len(lines) > len(SIMPLIFIED)
    assert furniture_of(document) == ["— 1 —"]
    assert (document.format, issues) == ("pdf", ())


def test_headers_and_page_numbers_are_furniture_in_their_place() -> None:
    story = [part for sentence in SIMPLIFIED[:3] for part in (paragraph(sentence), PageBreak())]
    document, _ = read(make_pdf(story, header="某市政府办公室文件"), "plan.pdf")
    assert furniture_of(document) == [part for page in (1, 2, 3) for part in ("某市政府办公室文件", f"— {page} —")]
    text = document.text.splitlines()
    assert text[:2] == ["某市政府办公室文件", SIMPLIFIED[0]]


def test_table_over_pages_is_one_table() -> None:
    rows = [
        [str(n), f"推进第{n}项任务，完善目录编制机制并按季度通报进展", "市大数据中心", "市财政局<br/>市审计局、市统计局"]
        for n in range(1, 41)
    ]
    document, issues = read(make_pdf([paragraph("一、分工"), ruled_table([HEADER, *rows], WIDTHS), paragraph("附则。")]), "plan.pdf")
    assert grid_of(document) == [HEADER, *[[*row[:3], "市财政局\n市审计局、市统计局"] for row in rows]]
    assert codes(issues) == ["repeated-table-header"] * (len(issues))
    assert len(issues) >= 1
    assert {block.table for block in document.blocks if block.kind is BlockKind.CELL} == {0}
    assert document.text.splitlines()[-2] == "附则。"


def test_tables_with_other_columns_are_not_joined() -> None:
    one, two = ruled_table([HEADER, ["1", "甲", "乙局", "丙局"]], WIDTHS), ruled_table([HEADER[:2], ["1", "丁"]], [60, 200])
    document, _ = read(make_pdf([one, PageBreak(), two]), "plan.pdf")
    assert (grid_of(document, 0), grid_of(document, 1)) == ([HEADER, ["1", "甲", "乙局", "丙局"]], [HEADER[:2], ["1", "丁"]])


def test_row_cut_by_the_page_break_is_joined_and_reported() -> None:
    first = ruled_table([HEADER, ["1", "甲", "乙局", "丙局"], ["2", "推进本市政务服务事项标准化和规范", "丁局", "戊局"]], WIDTHS)
    rest = ruled_table([["", "化改革", "", "己局"], ["3", "庚", "辛局", "壬局"]], WIDTHS)
    document, issues = read(make_pdf([first, PageBreak(), rest]), "plan.pdf")
    cut = ["2", "推进本市政务服务事项标准化和规范化改革", "丁局", "戊局\n己局"]  # only a line that fills its cell goes on
    assert grid_of(document) == [HEADER, ["1", "甲", "乙局", "丙局"], cut, ["3", "庚", "辛局", "壬局"]]
    assert codes(issues) == ["joined-table-row"]


def test_cut_row_beside_a_merged_cell_is_joined() -> None:
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    widths = [40, 40, 180, 90]
    header = ["类别", "序号", "任务", "责任单位"]
    first = [header, ["政务", "1", "甲", "乙局"], ["", "2", "丙", "丁局"]]
    rest = [["", "", "", "戊局"], ["", "3", "己", "庚局"], ["监督", "4", "辛", "壬局"]]
    story = [ruled_table(first, widths, style=[*grid, ("SPAN", (0, 1), (0, 2))]), PageBreak()]
    story.append(ruled_table(rest, widths, style=[*grid, ("SPAN", (0, 0), (0, 1))]))
    document, issues = read(make_pdf(story), "plan.pdf")
    assert [cell for cell in table_of(document) if cell[1] == 0] == [(0, 0, 1, 1, "类别"), (1, 0, 3, 1, "政务"), (4, 0, 1, 1, "监督")]
    assert [[cell[4] for cell in table_of(document) if cell[0] == row and cell[1]] for row in range(1, 5)] == [
        ["1", "甲", "乙局"],
        ["2", "丙", "丁局\n戊局"],
        ["3", "己", "庚局"],
        ["4", "辛", "壬局"],
    ]
    assert codes(issues) == ["joined-table-row"]


def test_table_without_a_line_where_the_page_cuts_it() -> None:
    # As browsers print: the cut row and the merged cell beside it have no line below, the rest of them none above.
    grid = [("LINEBEFORE", (0, 0), (-1, -1), 0.5, colors.black), ("LINEAFTER", (-1, 0), (-1, -1), 0.5, colors.black)]
    widths = [40, 40, 180, 90]
    first = [["类别", "序号", "任务", "责任单位"], ["政务", "1", "甲", "乙局"], ["", "2", "丙", "丁局"]]
    above = [*grid, ("LINEABOVE", (0, 0), (-1, 1), 0.5, colors.black), ("LINEABOVE", (1, 2), (-1, 2), 0.5, colors.black)]
    rest = [["", "", "", "戊局"], ["", "3", "己", "庚局"]]
    below = [*grid, ("LINEABOVE", (1, 1), (-1, 1), 0.5, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black)]
    story = [ruled_table(first, widths, style=[*above, ("SPAN", (0, 1), (0, 2))]), PageBreak()]
    story.append(ruled_table(rest, widths, style=[*below, ("SPAN", (0, 0), (0, 1))]))
    document, _ = read(make_pdf(story), "plan.pdf")
    assert [block.span.slice(document.text) for block in document.blocks if block.kind is BlockKind.PARAGRAPH] == []
    cells = {(row, column): text for row, column, _, _, text in table_of(document)}
    assert [cells.get((row, 0)) for row in range(4)] == ["类别", "政务", None, None]
    assert [[cells[row, column] for column in (1, 2, 3)] for row in (1, 2, 3)] == [
        ["1", "甲", "乙局"],
        ["2", "丙", "丁局\n戊局"],
        ["3", "己", "庚局"],
    ]


@pytest.mark.parametrize("name", ["丁局、戊局", "丁局"])
def test_rest_of_the_last_row_alone_on_its_page_is_joined(name: str) -> None:
    # As browsers print: the rest has no line at its head, and nothing of the table stands below it.
    grid = [("LINEBEFORE", (0, 0), (-1, -1), 0.5, colors.black), ("LINEAFTER", (-1, 0), (-1, -1), 0.5, colors.black)]
    rows = [["序号", "任务", "责任单位"], ["1", "推进改革", "乙局"], ["2", "优化服务", "丙局、"]]
    widths = [40, 180, 130]
    first = ruled_table(rows, widths, style=[*grid, ("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.black)])
    rest = ruled_table([["", "", name]], widths, style=[*grid, ("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black)])
    document, issues = read(make_pdf([first, PageBreak(), rest, paragraph("相关链接")]), "plan.pdf")
    assert grid_of(document) == [rows[0], rows[1], ["2", "优化服务", f"丙局、\n{name}"]]
    assert [block.span.slice(document.text) for block in document.blocks if block.kind is BlockKind.PARAGRAPH] == ["相关链接"]
    assert codes(issues) == ["joined-table-row"]


def test_bars_that_stand_on_a_line_without_a_table_before_them_keep_their_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for x in (60, 300):
            canvas.line(x, 760, x, 700)
        canvas.line(60, 700, 300, 700)
        canvas.drawString(70, 730, "牵头单位：市财政局")

    document, _ = read(_canvas(draw), "plan.pdf")
    assert [(block.kind, block.span.slice(document.text)) for block in document.blocks] == [(BlockKind.PARAGRAPH, "牵头单位：市财政局")]


def test_sheet_printed_over_pages_beside_each_other_is_one_table() -> None:
    left = [["序号", "工作任务"], ["1", "推进改革"], ["2", "优化服务<br/>办好实事"], ["3", "完善机制<br/>加强监督<br/>按季通报"]]
    right = [["牵头单位", "备注"], ["市财政局", "无"], ["市教育局<br/>市民政局", "无"], ["市水务局", "甲<br/>乙<br/>丙"]]
    pages = [ruled_table(left, [60, 200]), PageBreak(), ruled_table(right, [180, 100])]
    document, issues = read(make_pdf(pages), "plan.pdf")
    assert grid_of(document) == [[cell.replace("<br/>", "\n") for cell in (*one, *other)] for one, other in zip(left, right, strict=True)]
    assert codes(issues) == ["joined-table-columns"]
    # All left pages are printed first, or each right page behind its left one.
    order = {"LLRR": [left, left[1:], right, right[1:]], "LRLR": [left, right, left[1:], right[1:]]}
    for tables in order.values():
        story = [part for rows in tables for part in (ruled_table(rows, [60, 200] if rows[-1][0] == "3" else [180, 100]), PageBreak())]
        grid = grid_of(read(make_pdf(story), "plan.pdf")[0])
        assert [(row[0], row[2]) for row in grid[1:]] == [
            (one[0], other[0].replace("<br/>", "\n")) for one, other in zip(left[1:] * 2, right[1:] * 2, strict=True)
        ]


def test_tables_of_one_line_rows_on_pages_of_their_own_stay_two() -> None:
    one = [HEADER[:3], ["1", "甲", "乙局"], ["2", "丙", "丁局"]]
    other = [["姓名", "电话"], ["张三", "1"], ["李四", "2"]]
    document, _ = read(make_pdf([ruled_table(one, WIDTHS[:3]), PageBreak(), ruled_table(other, [100, 100])]), "plan.pdf")
    assert (grid_of(document, 0), grid_of(document, 1)) == (one, other)


def test_merged_cell_cut_by_the_page_break_grows() -> None:
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    first = ruled_table(
        [HEADER, ["政务", "甲", "乙局", "丙局"], ["", "推进", "丁局", "戊局"]], WIDTHS, style=[*grid, ("SPAN", (0, 1), (0, 2))]
    )
    rest = ruled_table([["", "改革", "己局", "庚局"], ["", "服务", "辛局", ""]], WIDTHS, style=[*grid, ("SPAN", (0, 0), (0, 1))])
    document, _ = read(make_pdf([first, PageBreak(), rest]), "plan.pdf")
    cells = table_of(document)
    assert [cell for cell in cells if cell[1] == 0] == [(0, 0, 1, 1, "序号"), (1, 0, 4, 1, "政务")]
    assert [cell[4] for cell in cells if cell[0] == 4] == ["服务", "辛局", ""]


def test_merged_cells() -> None:
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (0, 0), (-1, 0)), ("SPAN", (0, 1), (0, 2))]
    table = ruled_table([["分工表", "", ""], ["1", "甲任务", "乙局"], ["", "丙任务", "丁局"]], [60, 150, 100], style=style)
    assert table_of(read(make_pdf([table]), "plan.pdf")[0]) == [
        (0, 0, 1, 3, "分工表"),
        (1, 0, 2, 1, "1"),
        (1, 1, 1, 1, "甲任务"),
        (1, 2, 1, 1, "乙局"),
        (2, 1, 1, 1, "丙任务"),
        (2, 2, 1, 1, "丁局"),
    ]


def test_table_without_lines_at_its_sides() -> None:
    style = [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)]
    style += [("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)]
    rows = [HEADER, ["1", "甲任务", "乙局", "丙局"], ["2", "丁任务", "戊局", "己局"]]
    assert grid_of(read(make_pdf([paragraph("表"), ruled_table(rows, WIDTHS, style=style)]), "plan.pdf")[0]) == rows


def test_frame_around_text_is_no_table() -> None:
    document, _ = read(make_pdf([ruled_table([[SIMPLIFIED[1]]], [400])]), "plan.pdf")
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.FURNITURE]


def _canvas(draw: object) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    draw(canvas)  # type: ignore[operator]
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw_picture(canvas: Canvas) -> None:
    # The smallest PNG: one grey pixel.
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
        "3a7e9b550000000a49444154789c63600000000200014873c2a40000000049454e44ae426082"
    )
    canvas.drawImage(ImageReader(io.BytesIO(png)), 0, 0, 590, 840)


def test_scanned_pdf_asks_for_ocr() -> None:
    with pytest.raises(ReadError, match="run an OCR program"):
        read(_canvas(_draw_picture), "scan.pdf")


def test_pages_without_text_among_others_are_reported() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, SIMPLIFIED[1])
        canvas.showPage()
        _draw_picture(canvas)

    make_pdf([paragraph("")])  # registers the font
    document, issues = read(_canvas(draw), "plan.pdf")
    assert document.text == SIMPLIFIED[1] + "\n"
    assert [(i.code, i.message) for i in issues] == [("page-without-text", "pages without a text layer were not read: 2")]


def test_watermark_is_left_out_and_reported() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, "推进改革")
        canvas.rotate(45)
        canvas.drawString(300, 100, "内部资料")

    document, issues = read(_canvas(draw), "plan.pdf")
    assert (document.text, codes(issues)) == ("推进改革\n", ["turned-text"])
    assert issues[0].message.startswith("4 turned character(s)")


def test_page_of_turned_text_is_reported_as_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, "推进改革")
        canvas.showPage()
        canvas.setFont(FONT, 12)
        canvas.rotate(90)
        canvas.drawString(300, -100, "附表")

    document, issues = read(_canvas(draw), "plan.pdf")
    assert (document.text, codes(issues)) == ("推进改革\n", ["turned-page", "turned-text"])
    assert issues[0].message.endswith("turn them first: 2")


def test_password_is_asked_for() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(72, 700, "plan")
    canvas.save()
    with pytest.raises(ReadError, match="without a password"):
        read(stream.getvalue(), "plan.pdf")


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    level = logging.getLogger("pdfminer").level
    with pytest.raises(ReadError, match=r"broken|no text"):
        read(SAMPLE[: len(SAMPLE) // 2], "plan.pdf")
    assert caplog.records == []
    assert logging.getLogger("pdfminer").level == level


def line(text: str, top: float) -> PageLine:
    return PageLine(text, 72, 300, top, top + 12, 12)


def test_figures_in_the_text_are_no_page_numbers() -> None:
    pages = [[line("一、总则", 60), line("2025", 300), line("推进改革", 500), line("3", 760), line("第 1 页 共 2 页", 800)]]
    assert find_furniture(pages, [842]) == {(0, 3), (0, 4)}


def test_first_lines_that_differ_are_no_header() -> None:
    pages = [[line(f"第{word}部分任务安排", 60), line("推进", 300)] for word in ("一", "二", "三")]
    assert find_furniture(pages, [842] * 3) == set()


def test_line_of_the_text_first_on_some_pages_is_no_header() -> None:
    words = ["甲", "责任单位：市财政局", "乙", "责任单位：市财政局", "丙", "责任单位：市财政局"]
    pages = [[line(first, 80), *(line(f"正文{first}{n}", 80 + 24 * n) for n in range(1, 20))] for first in words]
    assert find_furniture(pages, [842] * 6) == set()


def test_header_of_two_lines_is_furniture() -> None:
    pages = [[line("某市政府", 50), line("工作要点", 66), *(line(f"正文{n}{word}", 100 + 16 * n) for n in range(9))] for word in "甲乙"]
    assert find_furniture(pages, [842] * 2) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_header_that_changes_side_is_furniture() -> None:
    pages = [[line("工作要点", 50), line(f"正文{word}", 300)] for word in "甲乙丙丁"]
    assert find_furniture(pages, [842] * 4) == {(0, 0), (1, 0), (2, 0), (3, 0)}


SAMPLE = make_pdf([paragraph(SIMPLIFIED[2]), ruled_table([HEADER, ["1", "甲", "乙局", "丙局"]], WIDTHS)])


@given(st.integers(min_value=9, max_value=len(SAMPLE) - 1), st.integers(min_value=0, max_value=255))
def test_damaged_files_give_a_document_or_a_read_error(at: int, byte: int) -> None:
    for data in (SAMPLE[:at], SAMPLE[:at] + bytes((byte,)) + SAMPLE[at + 1 :]):
        try:
            document, _ = read(data, "plan.pdf")
        except ReadError:
            continue
        assert document.text.strip()


def _set(text: str, top: float, *, size: float = 10.0) -> list[Glyph]:
    return [Glyph(one, 40 + size * index, 40 + size * (index + 1), top, top + size) for index, one in enumerate(text)]


def test_a_mark_that_begins_no_line_takes_the_character_before_it_along() -> None:
    glyphs = [*_set("市发改委、市商务", 10), *_set("局、市财政局", 26), *_set("各县区政府", 42)]
    assert join_wraps(glyphs, 80 + 11 + 12.5) == ("市发改委、市商务局、市财政局\n各县区政府", False)
    assert join_wraps(glyphs, 80 + 11 + 30) == ("市发改委、市商务\n局、市财政局\n各县区政府", False)


def test_a_name_as_wide_as_its_column_ends_where_the_others_do() -> None:
    names = ["人行某市中心支行<br/>市税务局<br/>市海关", "市财政局<br/>市教育局<br/>市民政局", "市商务局<br/>市水务局<br/>各地区"]
    rows = [["序号", "任务", "责任单位"], *([str(number), "推进改革", cell] for number, cell in enumerate(names, start=1))]
    document, _ = read(make_pdf([ruled_table(rows, [40, 180, 97])]), "plan.pdf")
    assert [row[2] for row in grid_of(document)[1:]] == [cell.replace("<br/>", "\n") for cell in names]


def _rows(*rows: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(number, column, text) for number, row in enumerate(rows) for column, text in enumerate(row))


def test_a_cut_row_takes_the_rest_of_its_merged_cell_along() -> None:
    head, edges = _rows(("序号", "类别", "责任单位")), (0.0, 1.0, 2.0, 3.0)
    body = (Cell(1, 0, "1"), Cell(1, 1, "推动物流畅", 2), Cell(1, 2, "甲局"), Cell(2, 0, "2"), Cell(2, 2, "乙局、各地"))
    rest = (Cell(1, 0, ""), Cell(1, 1, "通", 2), Cell(1, 2, "区"), Cell(2, 0, "3"), Cell(2, 2, "丙局"))
    first = PageTable((*head, *body), edges, 0, 9, frozenset({(1, 1), (2, 2)}))
    joined, repeated, cut = join_tables(first, PageTable((*head, *rest), edges, 0, 9))
    assert (repeated, cut) == (1, 1)
    assert sorted((cell.row, cell.column, cell.text, cell.row_span) for cell in joined.cells if cell.row) == [
        (1, 0, "1", 1),
        (1, 1, "推动物流畅通", 3),
        (1, 2, "甲局", 1),
        (2, 0, "2", 1),
        (2, 2, "乙局、各地区", 1),
        (3, 0, "3", 1),
        (3, 2, "丙局", 1),
    ]


def test_a_group_title_at_the_head_of_a_page_is_no_cut_row() -> None:
    edges = (0.0, 1.0, 2.0, 3.0)
    first = PageTable(_rows(("类别", "序号", "责任单位"), ("改革", "1", "甲局")), edges, 0, 9)
    after = PageTable(_rows(("保障", "", ""), ("", "2", "乙局")), edges, 0, 9)
    joined, _, cut = join_tables(first, after)
    assert (cut, [cell.text for cell in joined.cells if cell.row == 2]) == (0, ["保障", "", ""])


def _draw_lines(*lines: tuple[float, str]) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for number, (left, text) in enumerate(lines):
            canvas.drawString(left, 780 - 20 * number, text)

    return _canvas(draw)


def lines_of(data: bytes) -> list[str]:
    return read(data, "plan.pdf")[0].text.splitlines()


def test_lines_are_joined_where_their_place_shows_that_a_paragraph_goes_on() -> None:
    data = _draw_lines(
        (96, "一、推进公共数据开放共享工作，由市发展改革委、市财"),
        (72, "政局、市商务局负责，各区政府配合，确保在年底以前全部"),
        (72, "完成。"),
        (96, "二、优化政务服务流程，方便企业和群众办事，共计办理"),
        (72, "3.5万件以上的事项，由市政务服务局牵头，各有关单位按"),
        (72, "职责做好。"),
    )
    assert lines_of(data) == [
        "一、推进公共数据开放共享工作，由市发展改革委、市财政局、市商务局负责，各区政府配合，确保在年底以前全部完成。",
        "二、优化政务服务流程，方便企业和群众办事，共计办理3.5万件以上的事项，由市政务服务局牵头，各有关单位按职责做好。",
    ]


def test_numbers_and_labels_at_the_margin_stay_lines_behind_a_full_sentence() -> None:
    data = _draw_lines(
        (96, "推进公共数据开放共享工作，由各有关部门按照职责抓紧"),
        (72, "落实，务必在二〇三〇年的十二月三十一日以前全部完成。"),
        (72, "责任单位：市财政局"),
        (72, "2.优化政务服务流程"),
        (72, "责任单位：市商务局"),
    )
    assert lines_of(data)[1:] == ["责任单位：市财政局", "2.优化政务服务流程", "责任单位：市商务局"]


def test_lines_without_an_indent_above_them_stay_lines() -> None:
    texts = ["推进公共数据开放共享工作，由各有关部门按照职责抓紧好", "落实，务必在二〇三〇年的十二月三十一日以前全部完成。"]
    assert lines_of(_draw_lines(*((72, text) for text in texts * 2))) == texts * 2


def test_label_within_a_bracket_does_not_begin_a_line() -> None:
    data = _draw_lines(
        (96, "推进公共数据开放共享。（牵头单位：市发展改革委和商务局；"),
        (72, "责任单位：各区政府，市财政局、市商务局、市政务服务局等"),
        (72, "单位）"),
    )
    assert lines_of(data) == [
        "推进公共数据开放共享。（牵头单位：市发展改革委和商务局；责任单位：各区政府，市财政局、市商务局、市政务服务局等单位）"
    ]


def test_merged_cell_as_high_as_the_page_keeps_the_columns_beside_it() -> None:
    xs, ys = (60, 100, 160, 330, 500), (760, 700, 640, 580)

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])
        for y in ys:
            canvas.line(xs[0], y, xs[1], y)
            canvas.line(xs[2], y, xs[-1], y)
        canvas.drawString(105, 670, "公共服务")
        for number, y in enumerate(ys[:-1], start=6):
            canvas.drawString(70, y - 30, str(number))
            canvas.drawString(170, y - 30, "推进改革")
            canvas.drawString(340, y - 30, "市财政局")

    document, _ = read(_canvas(draw), "plan.pdf")
    cells = [(b.row, b.column, b.row_span, b.span.slice(document.text)) for b in document.blocks if b.kind is BlockKind.CELL]
    assert cells == [
        (0, 0, 1, "6"),
        (0, 1, 3, "公共服务"),
        (0, 2, 1, "推进改革"),
        (0, 3, 1, "市财政局"),
        (1, 0, 1, "7"),
        (1, 2, 1, "推进改革"),
        (1, 3, 1, "市财政局"),
        (2, 0, 1, "8"),
        (2, 2, 1, "推进改革"),
        (2, 3, 1, "市财政局"),
    ]
