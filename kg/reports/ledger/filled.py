"""A ledger that an office filled in, read back: its rows with what stands in each column, ours or the office's own."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

from kg.errors import ReadError
from kg.reports.ledger.entries import Cell
from kg.reports.ledger.sheets import OPEN_COLUMNS, ORIGIN_COLUMNS, TASK_COLUMNS
from kg.reports.words import LANGUAGES, load_words

#: In so many rows the headings are sought: an office may write a title above them.
_HEAD_ROWS = 10
_OURS = (*TASK_COLUMNS, *ORIGIN_COLUMNS)
#: Sheets of a ledger that hold nothing to fill in; rows that matched no task when a ledger was carried over stand on one like a plan's.
_SUMS = ("agencies", "progress", "long-texts", "changes")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a filled-in ledger: ``row`` as the spreadsheet numbers it; ``cells`` by the key of a column, ``own`` by its heading.

    ``notes`` are the comments on its cells, by key or heading.
    """

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    own: Mapping[str, Cell]
    notes: Mapping[str, str]

    @property
    def text(self) -> str:
        """The task as it stands there."""
        return str(self.cells.get("task") or "")

    @property
    def plan_id(self) -> str:
        """The id of its plan; empty in a ledger of a version that wrote none."""
        return str(self.cells.get("id") or "").partition("/task/")[0]


@dataclass(frozen=True, slots=True)
class FilledLedger:
    """All rows, the headings of the office's own columns in their order, and the names of sheets that are no part of a ledger."""

    rows: tuple[FilledRow, ...]
    own_columns: tuple[str, ...]
    foreign_sheets: tuple[str, ...]


def read_filled(content: bytes) -> FilledLedger:
    """Read a ledger back from a workbook, whatever the language of its headings.

    Rows that the office sorted, added or merged cells in are read as they are: what is merged over several rows stands in each of them. A
    formula counts as the value it had when the workbook was saved.

    Raises
    ------
    ReadError
        It is no XLSX workbook, or no sheet of it is one of a ledger.
    """
    book = _load(content)
    headings = _list_headings()
    sums = {load_words(lang, "ledger").say(f"sheet.{name}") for lang in LANGUAGES for name in _SUMS}
    rows: list[FilledRow] = []
    own: dict[str, None] = {}
    foreign: list[str] = []
    found = False
    for page in book.worksheets:
        table = _read_cells(page)
        head = next((number for number in list(table)[:_HEAD_ROWS] if _is_head(table[number].values(), headings)), None)
        if head is None:
            if table and page.title not in sums:
                foreign.append(page.title)
            continue
        found = True
        keys = _name_columns(table, head, headings)
        own |= dict.fromkeys(key for key in keys.values() if key not in _OURS)
        rows.extend(_read_rows(page, table, head, keys))
    if not found:
        raise ReadError("no sheet of it has the headings of a ledger (工作任务, 完成情况)")
    return FilledLedger(tuple(rows), tuple(own), tuple(foreign))


def _load(content: bytes) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(BytesIO(content), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise ReadError(f"cannot be opened as an XLSX workbook ({type(error).__name__})") from error


def _list_headings() -> dict[str, str]:
    """Return the key of each heading of a plan's sheet, in all languages."""
    return {load_words(lang, "ledger").say(f"column.{key}"): key for lang in reversed(LANGUAGES) for key in _OURS}


def _read_cells(page: Any) -> dict[int, dict[int, Cell]]:
    """Return the cells that hold something by row and column, those under a merged one with its value."""
    table: dict[int, dict[int, Cell]] = {}
    # Not iter_rows(): it makes a cell for each of a million rows that a stray format reaches down to.
    for (row, column), cell in sorted(page._cells.items()):
        value = _to_cell(cell.value, cell.number_format)
        if value not in (None, "") or cell.comment is not None:
            table.setdefault(row, {})[column] = value
    for area in page.merged_cells.ranges:
        value = table.get(area.min_row, {}).get(area.min_col)
        for row in range(area.min_row, area.max_row + 1) if value is not None else ():
            if row in table:
                table[row].setdefault(area.min_col, value)
    return table


def _to_cell(value: Any, number_format: str) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in number_format:
        return f"{value * 100:g}%"
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ", "minutes")
    return str(value) if isinstance(value, bool | time | timedelta) else value


def _is_head(values: Iterable[Cell], headings: Mapping[str, str]) -> bool:
    keys = {headings.get(str(value).strip()) for value in values}
    return "task" in keys and bool(keys & {"ordinal", "label", *OPEN_COLUMNS})


def _name_columns(table: Mapping[int, Mapping[int, Cell]], head: int, headings: Mapping[str, str]) -> dict[int, str]:
    """Return what each column is: the key of ours that is the first with its heading, else the heading; without one, its letter."""
    from openpyxl.utils import get_column_letter

    names: dict[int, str] = {}
    for column in sorted({column for number, cells in table.items() if number >= head for column in cells}):
        heading = str(table[head].get(column) or "").strip() or get_column_letter(column)
        name, number = headings.get(heading, heading), 1
        while name in names.values() or (name in _OURS and heading not in headings):
            number += 1
            name = f"{heading} ({number})"
        names[column] = name
    return names


def _read_rows(page: Any, table: Mapping[int, Mapping[int, Cell]], head: int, keys: Mapping[int, str]) -> Iterator[FilledRow]:
    for number, cells in table.items():
        if number > head:
            named = {keys[column]: value for column, value in cells.items()}
            comments = ((keys[column], page.cell(number, column).comment) for column in cells)
            yield FilledRow(
                page.title,
                number,
                {key: value for key, value in named.items() if key in _OURS},
                {key: value for key, value in named.items() if key not in _OURS and value is not None},
                {key: str(comment.text) for key, comment in comments if comment is not None},
            )
