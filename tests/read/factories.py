"""Documents of each format, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from kg.model import BlockKind, Document, Issue
from kg.read import read_source
from kg.rules import load_rules

RULES = load_rules()
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FONT = "STSong-Light"


def read(data: bytes, name: str = "plan") -> tuple[Document, tuple[Issue, ...]]:
    return read_source(data, name=name, document_id="d", rules=RULES)


def codes(issues: Sequence[Issue]) -> list[str]:
    return [issue.code for issue in issues]


def table_of(document: Document, number: int = 0) -> list[tuple[int, int, int, int, str]]:
    """Return (row, column, row span, column span, text) of each cell of a table."""
    return [
        (block.row, block.column, block.row_span, block.column_span, block.span.slice(document.text))
        for block in document.blocks
        if block.kind is BlockKind.CELL and block.table == number
    ]


def grid_of(document: Document, number: int = 0) -> list[list[str]]:
    """Return the texts of a table without merged cells, row by row."""
    rows: dict[int, list[str]] = {}
    for row, _, _, _, text in table_of(document, number):
        rows.setdefault(row, []).append(text)
    return list(rows.values())


def make_docx(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_xml(document: Any, xml: str) -> None:
    """Add a paragraph or table, given as XML with the prefix ``w``, at the end of the body."""
    element = parse_xml(xml.replace(">", f" {WORD}>", 1) if "/>" not in xml.split(">", 1)[0] + ">" else xml.replace("/>", f" {WORD}/>", 1))
    document.element.body.insert(len(document.element.body) - 1, element)


def add_numbering(document: Any, levels: Sequence[tuple[str, str]], *, number: int, extra: str = "", override: str = "") -> None:
    """Define numbering `number` with (format, text) for each level; `extra` goes into each level."""
    root = document.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (kind, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {WORD} w:abstractNumId="{number}">{made}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {WORD} w:numId="{number}"><w:abstractNumId w:val="{number}"/>{override}</w:num>'))


def add_item(document: Any, text: str, number: int, level: int = 0) -> None:
    add_xml(
        document,
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>',
    )


def make_xlsx(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_pdf(story: Sequence[Any], *, header: str = "", page_numbers: bool = True) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()

    def decorate(canvas: Any, template: Any) -> None:
        canvas.setFont(FONT, 9)
        if page_numbers:
            canvas.drawCentredString(A4[0] / 2, 30, f"— {template.page} —")
        if header:
            canvas.drawString(72, A4[1] - 40, header)

    SimpleDocTemplate(stream, pagesize=A4, invariant=1, title="").build(list(story), onFirstPage=decorate, onLaterPages=decorate)
    return stream.getvalue()


def paragraph(text: str, *, size: int = 14) -> Any:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return Paragraph(text, ParagraphStyle("body", fontName=FONT, fontSize=size, leading=1.6 * size, wordWrap="CJK"))


def ruled_table(rows: Sequence[Sequence[str]], widths: Sequence[int], *, style: Sequence[Any] = (), repeat: int = 1) -> Any:
    """Return a table for :func:`make_pdf`; without a style all its lines are drawn."""
    cells = [[paragraph(text, size=10) for text in row] for row in rows]
    return Table(cells, colWidths=list(widths), repeatRows=repeat, style=list(style) or [("GRID", (0, 0), (-1, -1), 0.5, colors.black)])


def patch(data: bytes, member: str, old: str, new: str) -> bytes:
    """Replace words in one member of a package."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old.encode(), new.encode()) if name == member else content)
    return stream.getvalue()
