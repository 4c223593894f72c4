"""PDF: tables whose columns no line parts."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg.model import BlockKind, Document

from .factories import FONT, codes, grid_of, read, table_of

LEFT = (60, 100, 300, 430)
TITLES = ["序号", "工作任务", "牵头单位", "责任单位"]
ROWS = [
    ["1", "推进政务服务事项标准化建设，编制并公|布事项清单", "市政务服务局", "市财政局、市教育|局"],
    ["2", "落实歇业备案制度", "市市场监管局", "各县区政府"],
    ["3", "完善退出机制，拓展简易注销登记适用范|围，实现全程网办", "市市场监管局", "市税务局、市医疗|保障局"],
]
WHOLE = [[cell.replace("|", "") for cell in row] for row in ROWS]

Line = tuple[float, float, str]


def draw(*pages: Sequence[Line], rules: Sequence[float] = ()) -> bytes:
    """Return a PDF of lines of text, given as (x, distance from the top, words); `rules` are level lines across each page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    for page in pages:
        canvas.setFont(FONT, 10)
        for x, top, words in page:
            canvas.drawString(x, 842 - top, words)
        for top in rules:
            canvas.line(50, 842 - top, 540, 842 - top)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def set_rows(rows: Sequence[Sequence[str]], top: float, *, room: float = 0.0, middle: bool = False) -> list[Line]:
    """Return the lines of rows, one below the other, each as high as its longest cell, with `room` between; `middle` centres cells."""
    lines: list[Line] = []
    for row in rows:
        parts = [cell.split("|") for cell in row]
        height = max(map(len, parts))
        for left, cell in zip(LEFT, parts, strict=True):
            shift = 7.5 * (height - len(cell)) if middle else 0.0
            lines += [(left, top + shift + 15 * number, words) for number, words in enumerate(cell)]
        top += 15 * height + room
    return lines


def lines_of(document: Document) -> list[str]:
    return [block.span.slice(document.text) for block in document.blocks if block.kind is BlockKind.PARAGRAPH]


def test_rows_begin_beside_their_numbers() -> None:
    page = [(230, 60, "重点任务分工表"), *set_rows([TITLES, *ROWS], 90), (84, 400, "各单位要抓好落实，确保按期完成各项任务。")]
    document, issues = read(draw(page), "plan.pdf")
    assert grid_of(document) == [TITLES, *WHOLE]
    assert lines_of(document) == ["重点任务分工表", "各单位要抓好落实，确保按期完成各项任务。"]
    assert issues == ()


def test_numbers_in_the_middle_of_their_rows() -> None:
    document, _ = read(draw(set_rows([TITLES, *ROWS], 90, room=8, middle=True)), "plan.pdf")
    assert grid_of(document) == [TITLES, *WHOLE]


def test_level_lines_part_the_rows() -> None:
    rules = (80, 98, 128, 143, 175)
    document, _ = read(draw(set_rows([TITLES, *ROWS], 92, middle=True), rules=rules), "plan.pdf")
    assert grid_of(document) == [TITLES, *WHOLE]


def test_rows_that_cannot_be_parted_stay_lines() -> None:
    document, _ = read(draw(set_rows([TITLES, *ROWS], 90, middle=True)), "plan.pdf")
    assert all(block.kind is BlockKind.PARAGRAPH for block in document.blocks)


def test_table_goes_on_over_pages_with_a_row_cut_and_a_heading_across() -> None:
    rest = ["", "布事项清单，逐项明确监管主体", "", "局"]
    first = [
        *set_rows([TITLES, ROWS[1], ["3", "推进政务服务事项标准化建设，编制并公", "市政务服务局", "市财政局、市教育"]], 90),
        (290, 800, "— 1 —"),
    ]
    for titles in ([], [TITLES]):
        after = set_rows([*titles, rest, ["4", "推进改革", "市发展改革委", "各县区政府"]], 60)
        more = [(60, 200, "二、进一步优化市场环境"), *set_rows([["5", "优化服务", "市商务局", "各县区政府"]], 215)]
        document, issues = read(draw(first, [*after, *((x, top - 95, words) for x, top, words in more)]), "plan.pdf")
        rows = grid_of(document)
        assert rows[2] == ["3", "推进政务服务事项标准化建设，编制并公布事项清单，逐项明确监管主体", "市政务服务局", "市财政局、市教育局"]
        assert rows[3:] == [
            ["4", "推进改革", "市发展改革委", "各县区政府"],
            ["二、进一步优化市场环境"],
            ["5", "优化服务", "市商务局", "各县区政府"],
        ]
        assert (4, 0, 1, 4, "二、进一步优化市场环境") in table_of(document)
        assert codes(issues) == ["repeated-table-header"] * len(titles) + ["joined-table-row"]


def test_table_that_cannot_be_followed_is_reported() -> None:
    after = [
        *set_rows([["4", "推进改革", "市发展改革委", "各县区政府"]], 60),
        (100, 75, "这一行文字从任务一栏一直写到了牵头单位一栏的后面去了"),
    ]
    _, issues = read(draw(set_rows([TITLES, *ROWS], 90), after), "plan.pdf")
    assert codes(issues) == ["lost-columns"]


def test_lines_with_gaps_are_no_table() -> None:
    fields = [
        (60, 60, "索引号：X1"),
        (300, 60, "分类：综合"),
        (430, 60, "有效"),
        (60, 75, "机构：市政府"),
        (300, 75, "日期：今日"),
        (430, 75, "是"),
    ]
    text = [(60, 120 + 20 * number, f"{number}.推进改革，优化服务。（市财政局负责）") for number in range(1, 6)]
    document, _ = read(draw([*fields, *text]), "plan.pdf")
    assert all(block.kind is BlockKind.PARAGRAPH for block in document.blocks)
