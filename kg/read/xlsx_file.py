"""Workbooks: each visible sheet is a table, its cells as the program shows them.

Hidden rows and columns are read (a filter hides rows that count all the same) and reported; hidden sheets are left out and reported.
A formula gives the value that was saved with it; one that was never computed is reported. Rows without any text are left out: rows are
numbered among those that are kept. With several filled sheets, a sheet's name of its own stands as a heading above its table.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from kg.errors import ReadError
from kg.model import BlockKind, Span
from kg.read.content import Cell, Content, ContentBuilder
from kg.read.limits import DAMAGE, MAX_CELLS, Deadline, check_members, open_package
from kg.read.number_formats import show_date, show_number

_CELL_RE = re.compile(rb"<(?:\w+:)?c[\s>]")
_FORMULA_RE = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGED_RE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Za-z0-9:$]{1,40})[\"']")
_DEFAULT_NAME_RE = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)


def read_xlsx(data: bytes) -> Content:
    """Read a workbook.

    Raises
    ------
    ReadError
        The workbook is broken, encrypted or too large.
    """
    deadline = Deadline()
    with open_package(data) as package:
        check_members(package)
        formulas = _check_cells(package)
    book = _load(data, values=True)
    raw = _load(data, values=False) if formulas else book
    builder = ContentBuilder()
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            builder.report("hidden-sheet", f"sheet {sheet.title!r} is hidden and was left out", span=Span(0, 0), detail=sheet.title)
    filled = [sheet for sheet in shown if any(cell.value is not None for cell in _cells(sheet))]
    for sheet in filled:
        deadline.check()
        if len(filled) > 1 and not _DEFAULT_NAME_RE.fullmatch(sheet.title):
            builder.add_line(sheet.title, BlockKind.HEADING)
        _add_sheet(builder, sheet, raw[sheet.title])
    return builder.build("utf-8")


def _check_cells(package: zipfile.ZipFile) -> bool:
    """Refuse too many cells before openpyxl makes objects of them; return whether there are formulas."""
    total, formulas = 0, False
    for name in package.namelist():
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
            content = package.read(name)
            total += len(_CELL_RE.findall(content))
            total += sum(_count_area(match.group(1).decode()) for match in _MERGED_RE.finditer(content))
            formulas = formulas or bool(_FORMULA_RE.search(content))
    if total > MAX_CELLS:
        raise ReadError(f"too large: a workbook of {total} cells, at most {MAX_CELLS} are read")
    return formulas


def _count_area(reference: str) -> int:
    """Return how many cells a merged area has: openpyxl makes an object of each."""
    from openpyxl.utils import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(reference)
        return int((right - left + 1) * (bottom - top + 1))
    except DAMAGE as error:
        raise ReadError(f"broken: the workbook merges the cells {reference[:40]!r}") from error


def _load(data: bytes, *, values: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of charts and rules that it does not keep; their cells are read all the same
            return openpyxl.load_workbook(BytesIO(data), data_only=values, keep_links=False)
    except DAMAGE as error:
        raise ReadError(f"broken: the workbook cannot be opened ({type(error).__name__})") from error


def _cells(sheet: Any) -> list[Any]:
    # Not iter_rows(): it makes a cell for each of a million rows that a stray format reaches down to.
    return [cell for _, cell in sorted(sheet._cells.items())]


def _add_sheet(builder: ContentBuilder, sheet: Any, raw: Any) -> None:
    merged = {(area.min_row, area.min_col): (area.max_row, area.max_col) for area in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for (top, left), (bottom, right) in sorted(merged.items())
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    texts: dict[tuple[int, int], str] = {}
    odd: list[str] = []
    uncomputed: list[str] = []
    for cell in _cells(sheet):
        place = (cell.row, cell.column)
        if place in covered:
            continue
        text, understood = _show(cell)
        if not understood:
            odd.append(cell.coordinate)
        if cell.value is None and raw is not sheet and raw[cell.coordinate].data_type == "f":
            uncomputed.append(cell.coordinate)
        if text.strip():
            texts[place] = text
    if not texts:
        return
    rows = sorted({row for row, _ in texts})
    number = {row: index for index, row in enumerate(rows)}
    left, right = min(column for _, column in texts), max(column for _, column in texts)
    cells = []
    for place, text in sorted(texts.items()):
        bottom, last = merged.get(place, place)
        last = max(place[1], min(last, right))  # a title may be merged over columns that hold nothing
        tall = bisect_right(rows, bottom) - number[place[0]]
        cells.append(Cell(number[place[0]], place[1] - left, text, tall, last - place[1] + 1))
    start = builder.length
    builder.add_table(cells)
    _report_sheet(builder, sheet, rows, (left, right), odd, uncomputed, start)


def _report_sheet(
    builder: ContentBuilder, sheet: Any, rows: list[int], columns: tuple[int, int], odd: list[str], uncomputed: list[str], start: int
) -> None:
    from openpyxl.utils import get_column_letter

    span = Span(start, start)
    hidden_rows = [row for row in rows if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden]
    hidden_columns = [
        letter
        for letter in map(get_column_letter, range(columns[0], columns[1] + 1))
        if letter in sheet.column_dimensions and sheet.column_dimensions[letter].hidden
    ]
    for code, words, places in (
        ("hidden-cells", "hidden rows were read", list(map(str, hidden_rows))),
        ("hidden-cells", "hidden columns were read", hidden_columns),
        ("formula-without-value", "formulas never computed", uncomputed),
        ("cell-format", "formats not followed, plain value shown", odd),
    ):
        if places:
            listed = _list(places)
            builder.report(code, f"sheet {sheet.title!r}: {words}: {listed}", span=span, detail=f"{sheet.title}!{listed}")


def _list(names: Any) -> str:
    shown = list(names)
    return ", ".join(shown[:10]) + (f" and {len(shown) - 10} more" if len(shown) > 10 else "")


def _show(cell: Any) -> tuple[str, bool]:
    """Return a cell's value as shown, and whether its number format was understood."""
    value, number_format = cell.value, str(cell.number_format or "General")
    if value is None:
        return "", True
    if isinstance(value, bool):
        return str(value).upper(), True
    if isinstance(value, datetime | date | time):
        return show_date(value, number_format), True
    if isinstance(value, timedelta):
        return str(value), False
    if isinstance(value, int | float):
        return show_number(value, number_format)
    return str(value), True
