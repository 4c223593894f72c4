"""PDF: paragraphs in the order of reading, column by column, tables by their ruling lines, page headers and numbers marked as furniture.

Lines are joined where their place shows that a paragraph goes on; in a cell, a line that fills it goes on in the next. A table that goes
on on the next page is one table; its repeated header is dropped and reported. Furniture between its parts stands behind it. Pages without
a text layer are refused or reported: reading pictures is the work of an OCR program.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from kg.errors import ReadError
from kg.model import BlockKind, Span
from kg.read.content import Content, ContentBuilder
from kg.read.limits import DAMAGE, MAX_PAGES, Deadline
from kg.read.pdf_aligned import Columns, read_aligned, seems_to_go_on
from kg.read.pdf_columns import order_items
from kg.read.pdf_furniture import find_furniture
from kg.read.pdf_lines import PageLine, read_glyphs
from kg.read.pdf_paragraphs import Paragraph, find_margins
from kg.read.pdf_sides import find_sides, join_sides
from kg.read.pdf_tables import PageTable, goes_on, join_tables, read_tables

_UNKNOWN_SHARE = 0.3
"""Share of characters of unknown meaning above which a PDF is refused."""

_MOST_LINES = 4
"""Lines that may stand above and below a sheet printed over several pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, in the order in which it is read."""

    height: float
    items: tuple[PageLine | PageTable, ...]
    glyphs: int
    turned: int
    unknown: int
    pictures: int
    lost: bool = False
    """Whether a table without upright lines seems to go on here and could not be laid out."""


def read_pdf(data: bytes) -> Content:
    """Read a PDF.

    Raises
    ------
    ReadError
        The file is broken, asks for a password, has too many pages, no text layer, or fonts that do not tell their characters.
    """
    deadline = Deadline()
    pages, title = _read_pages(data, deadline)
    total = sum(page.glyphs for page in pages)
    unknown = sum(page.unknown for page in pages)
    if not total and any(page.pictures for page in pages):
        raise ReadError(
            "scanned: the pages are pictures without a text layer; run an OCR program (such as ocrmypdf -l chi_sim) on it first"
        )
    if unknown > _UNKNOWN_SHARE * max(total, 1):
        raise ReadError(
            "unreadable: the PDF's fonts do not say which characters they draw; run an OCR program on it, or ask for another copy"
        )
    builder = ContentBuilder()
    pages = _join_sides(builder, pages)
    _write_pages(builder, pages)
    _report(builder, pages)
    return builder.build("utf-8", (("page_title", title),) if title else ())


def _read_pages(data: bytes, deadline: Deadline) -> tuple[list[Page], str]:
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    broken = (PDFException, PSException, PdfminerException, MalformedPDFException, *DAMAGE)
    try:
        with _quiet(), pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise ReadError(f"too large: {len(pdf.pages)} pages, at most {MAX_PAGES} are read")
            pages: list[Page] = []
            known: Columns | None = None
            for page in pdf.pages:
                deadline.check()
                found, known = _read_page(page, known)
                pages.append(found)
                page.close()
            title = pdf.metadata.get("Title", "")
    except broken as error:
        if "Password" in f"{error!r} {error.__cause__!r}":
            raise ReadError("encrypted: save the PDF without a password") from error
        raise ReadError(f"broken: the PDF cannot be read ({type(error).__name__}); it may be cut short, fetch it again") from error
    return pages, " ".join(title.split()) if isinstance(title, str) else ""


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pdfminer's warnings off stderr: what matters is reported as issues."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _read_page(page: Any, before: Columns | None) -> tuple[Page, Columns | None]:
    """Return a page, and the columns of the table without upright lines on it; `before` are those of the page before."""
    glyphs, turned, unknown = read_glyphs(page)
    tables, rest = read_tables(page, glyphs)
    aligned, rest, columns = read_aligned(page, rest, before)
    items = order_items(rest, [*tables, *aligned], float(page.width))
    count = sum(bool(glyph.text.strip()) for glyph in glyphs)
    lost = before is not None and not aligned and seems_to_go_on(rest, before)
    return Page(float(page.height), tuple(items), count, turned, unknown, len(page.images), lost), columns


def _join_sides(builder: ContentBuilder, pages: list[Page]) -> list[Page]:
    """Join the tables of pages that belong beside each other; what else stands on the right pages stays on them."""
    tables = [_find_lone_table(page) for page in pages]
    pairs = find_sides(tables)
    joined: dict[int, PageTable] = {}
    for left, right in pairs:
        one, other = joined.get(left) or tables[left], tables[right]
        if one is not None and other is not None:
            joined[left] = join_sides(one, other)
    if pairs:
        numbers = ", ".join(f"{left + 1} and {right + 1}" for left, right in pairs)
        builder.report("joined-table-columns", f"tables on pages beside each other were joined: {numbers}", span=Span(0, 0))
    gone = {right for _, right in pairs}
    return [
        replace(page, items=tuple(_swap_table(item, joined.get(number)) for item in page.items if number not in gone or _is_line(item)))
        for number, page in enumerate(pages)
    ]


def _find_lone_table(page: Page) -> PageTable | None:
    """Return the table of a page that holds nothing else but a title, a running head and a page number."""
    tables = [item for item in page.items if isinstance(item, PageTable)]
    return tables[0] if len(tables) == 1 and len(page.items) <= 1 + _MOST_LINES else None


def _is_line(item: PageLine | PageTable) -> bool:
    return isinstance(item, PageLine)


def _swap_table(item: PageLine | PageTable, table: PageTable | None) -> PageLine | PageTable:
    return table if table is not None and isinstance(item, PageTable) else item


def _write_pages(builder: ContentBuilder, pages: list[Page]) -> None:
    lines = [[item for item in page.items if isinstance(item, PageLine)] for page in pages]
    furniture = find_furniture(lines, [page.height for page in pages])
    marked = {id(lines[page][index]) for page, index in sorted(furniture)}
    table: PageTable | None = None
    paragraph = Paragraph()
    behind: list[PageLine] = []
    for number, page in enumerate(pages):
        body = [line for line in lines[number] if id(line) not in marked]
        margins = iter(find_margins(body))
        first = True
        for item in page.items:
            if isinstance(item, PageLine) and id(item) in marked:
                behind.append(item)
                continue
            if isinstance(item, PageTable) and table is not None and first and goes_on(table, item):
                table = _join(builder, table, item, number + 1)
            elif not (isinstance(item, PageLine) and paragraph.take(item, at := next(margins), new_page=first)):
                _flush(builder, table, paragraph, behind)
                table = item if isinstance(item, PageTable) else None
                paragraph = Paragraph([item], at) if isinstance(item, PageLine) else Paragraph()
            first = False
    _flush(builder, table, paragraph, behind)


def _join(builder: ContentBuilder, table: PageTable, item: PageTable, page: int) -> PageTable:
    joined, repeated, cut = join_tables(table, item)
    if repeated:
        builder.report("repeated-table-header", f"page {page}: {repeated} row(s) of a repeated table header were left out", detail=page)
    if cut:
        builder.report("joined-table-row", f"page {page}: the first row goes on from the page before and was joined to it", detail=page)
    return joined


def _flush(builder: ContentBuilder, table: PageTable | None, paragraph: Paragraph, behind: list[PageLine]) -> None:
    if table is not None:
        builder.add_table(table.cells)
    builder.add_line(paragraph.text)
    for line in behind:
        builder.add_line(line.text, BlockKind.FURNITURE)
    behind.clear()


def _report(builder: ContentBuilder, pages: list[Page]) -> None:
    empty = [str(number) for number, page in enumerate(pages, start=1) if page.pictures and not page.glyphs]
    if empty:
        numbers = ", ".join(empty)
        builder.report("page-without-text", f"pages without a text layer were not read: {numbers}", span=Span(0, 0), detail=numbers)
    lost = ", ".join(str(number) for number, page in enumerate(pages, start=1) if page.lost)
    if lost:
        builder.report("lost-columns", f"a table without lines goes on and was not laid out: pages {lost}", span=Span(0, 0), detail=lost)
    turned = [str(number) for number, page in enumerate(pages, start=1) if page.turned > page.glyphs]
    if turned:
        numbers = ", ".join(turned)
        message = f"pages whose text is turned were not read; turn them first: {numbers}"
        builder.report("turned-page", message, span=Span(0, 0), detail=numbers)
    for count, code, words in (
        (sum(page.unknown for page in pages), "unmapped-character", "character(s) whose font does not say what they are stand as U+FFFD"),
        (sum(page.turned for page in pages), "turned-text", "turned character(s) (a watermark or the like) were left out"),
    ):
        if count:
            builder.report(code, f"{count} {words}", span=Span(0, 0), detail=count)
