"""The ledger as a workbook that a supervision office goes on with: a sheet for each plan, one for agencies, one for progress.

The header is the first row and nothing stands above it, so that filters, sorting and pivot tables take it for what it is; the title is
on paper, in the page header.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.reports.cells import LONGEST_CELL, clean_cell, count_lines, name_sheet, split_cell
from kg.reports.ledger.carrying import Carried
from kg.reports.ledger.entries import Cell, Ledger, PlanLedger
from kg.reports.ledger.sheets import (
    OPEN_COLUMNS,
    OWN,
    Grid,
    make_agency_grid,
    make_change_grid,
    make_left_grid,
    make_plan_grid,
    make_task_grid,
)
from kg.reports.words import Words

if TYPE_CHECKING:
    import xlsxwriter

#: What the file says of its making: a fixed day, for the same input gives the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
#: The statuses of a task, in the order of the list, each with the fill of its cell.
STATUSES: Mapping[str, str] = {"not-started": "#E7E6E6", "under-way": "#FFF2CC", "done": "#E2EFDA", "behind": "#F8CBAD"}
#: Widths in characters; an ideograph takes two.
_WIDTHS = {
    "ordinal": 5.5,
    "label": 7,
    "section": 15,
    "task": 37,
    "lead": 12,
    "responsible": 15,
    "cooperate": 14,
    "participate": 14,
    "supervise": 12,
    "due": 11,
    "term": 16,
    "target": 11,
    "evidence": 21,
    "progress": 17,
    "completion": 9.5,
    "remarks": 9,
    "agency": 30,
    "names": 30,
    "all-due": 20,
    "note": 18,
    "first-due": 11,
    "last-due": 11,
    "plan": 44,
    "document-number": 18,
    "issuer": 24,
    "issued": 11,
    "old-sheet": 18,
    "column": 14,
    "was": 48,
    "now": 48,
}
_USUAL_WIDTH, _OWN_WIDTH = 9, 14
_CENTRED = ("ordinal", "label", "due", "completion", "first-due", "last-due", "issued")
#: Most of a title in the page header: Excel takes 255 characters, codes included, and each & of the title is written twice.
_LONGEST_HEADER = 120
_LONG_TEXT_WIDTHS = (24, 8, 8, 110)
#: Points: a line of text, what a row needs beside its lines, and the highest row that there is.
_LINE_HEIGHT, _PADDING, _HIGHEST = 14.5, 3.0, 409.0


def render_xlsx(ledger: Ledger, words: Words) -> bytes:
    """Return the workbook; the plans come first, or, if there are several, after the sheets that sum them up."""
    book = _Book(words)
    taken = {words.say(f"sheet.{name}").casefold() for name in ("progress", "agencies", "long-texts", "left", "changes")}
    names = [name_sheet(plan.title, taken) for plan in ledger.plans]
    plans = [partial(book.add_plan, plan, name, ledger) for plan, name in zip(ledger.plans, names, strict=True)]
    if ledger.carried is not None:
        plans.append(partial(book.add_carried, ledger.carried, ledger.party_columns))
    sums = [partial(book.add_progress, ledger, names), partial(book.add_agencies, ledger)]
    for add in [*sums, *plans] if len(ledger.plans) > 1 else [*plans, *reversed(sums)]:
        add()
    return book.close()


class _Book:
    """A workbook in the making; what does not fit into a cell is kept for a sheet of its own."""

    def __init__(self, words: Words) -> None:
        import xlsxwriter

        self.words = words
        self.file = BytesIO()
        self.book: xlsxwriter.Workbook = xlsxwriter.Workbook(
            self.file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        self.book.set_properties({"title": words.say("ledger.title"), "created": _CREATED})
        self.long_texts: list[tuple[str, str, str]] = []
        shape = {"font_name": words.say("ledger.font"), "font_size": 10, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        head = {**shape, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        self.head = self.book.add_format({**head, "bg_color": "#DCE6F1"})
        self.open_head = self.book.add_format({**head, "bg_color": "#FFF2CC"})
        self.text = self.book.add_format({**shape, "text_wrap": True})
        self.centred = self.book.add_format({**shape, "text_wrap": True, "align": "center"})
        self.number = self.book.add_format({**shape, "align": "center", "num_format": "0"})
        self.filled_number = self.book.add_format({**shape, "align": "left"})
        self.day = self.book.add_format({**shape, "align": "center", "num_format": "yyyy-mm-dd"})

    def add_plan(self, plan: PlanLedger, name: str, ledger: Ledger) -> None:
        """Add the sheet of a plan: a row a task."""
        own = ledger.carried.own_columns if ledger.carried is not None else ()
        grid = make_task_grid(plan.entries, ledger.party_columns, self.words, own)
        page = self._add_grid(name, plan.title, grid, frozen=2)
        self._add_notes(page, grid, [entry.notes for entry in plan.entries])
        column = grid.keys.index("completion")
        last = max(1, len(grid.rows))
        statuses = [self.words.say(f"status.{status}") for status in STATUSES]
        page.data_validation(
            1,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": statuses,
                "error_title": self.words.say("column.completion"),
                "error_message": self.words.say("ledger.choose", statuses=self.words.join(statuses)),
            },
        )
        for colour, status in zip(STATUSES.values(), statuses, strict=True):
            rule = {"type": "cell", "criteria": "==", "value": f'"{status}"', "format": self.book.add_format({"bg_color": colour})}
            page.conditional_format(1, column, last, column, rule)

    def add_carried(self, carried: Carried, parties: tuple[str, ...]) -> None:
        """Add what became of an older ledger: rows that match no task, and cells beside entries that say something else now."""
        if carried.left:
            name = self.words.say("sheet.left")
            grid = make_left_grid(carried, parties, self.words)
            self._add_notes(self._add_grid(name, name, grid, frozen=1), grid, [row.notes for row in carried.left])
        if carried.changes:
            name = self.words.say("sheet.changes")
            self._add_grid(name, name, make_change_grid(carried, self.words), frozen=1)

    def _add_notes(self, page: Any, grid: Grid, notes: Sequence[Mapping[str, str]]) -> None:
        places = {key.removeprefix(OWN): place for place, key in enumerate(grid.keys)}
        for row, of_row in enumerate(notes, 1):
            for key, text in of_row.items():
                page.write_comment(row, places.get(key, places["remarks"]), clean_cell(text)[:LONGEST_CELL], {"author": ""})

    def add_agencies(self, ledger: Ledger) -> None:
        """Add the sheet with a row an agency."""
        name = self.words.say("sheet.agencies")
        self._add_grid(name, name, make_agency_grid(ledger, self.words), frozen=1)

    def add_progress(self, ledger: Ledger, names: Sequence[str]) -> None:
        """Add the sheet with a row a plan, which counts the statuses as the office sets them: the only formulas in the book."""
        from xlsxwriter.utility import xl_range, xl_range_abs

        grid = make_plan_grid(ledger, tuple(STATUSES), self.words)
        statuses = [self.words.say(f"status.{status}") for status in STATUSES]
        name = self.words.say("sheet.progress")
        page = self._add_grid(name, name, grid, frozen=1)
        first = grid.keys.index("not-started")
        total = grid.keys.index("tasks")
        for row, (plan, sheet) in enumerate(zip(ledger.plans, names, strict=True), 1):
            keys = make_task_grid(plan.entries, ledger.party_columns, self.words).keys
            column = keys.index("completion")
            cells = xl_range_abs(1, column, max(1, len(plan.entries)), column)
            quoted = sheet.replace("'", "''")
            for place, status in enumerate(statuses, first):
                formula = f"=COUNTIF('{quoted}'!{cells},\"{status}\")"
                done = [entry.filled.get("completion") for entry in plan.entries].count(status)
                page.write_formula(row, place, formula, self.number, done)
            rest = f"={xl_range(row, total, row, total).split(':')[0]}-SUM({xl_range(row, first, row, first + len(STATUSES) - 1)})"
            named = [entry for entry in plan.entries if entry.filled.get("completion") in statuses]
            page.write_formula(row, first + len(STATUSES), rest, self.number, len(plan.entries) - len(named))

    def close(self) -> bytes:
        """Add the long texts, if any, and return the file."""
        if self.long_texts:
            self._add_long_texts()
        self.book.close()
        return self.file.getvalue()

    def _add_grid(self, name: str, title: str, grid: Grid, *, frozen: int) -> Any:
        page = self.book.add_worksheet(name, worksheet_class=_load_worksheet_class())
        for column, (key, heading) in enumerate(zip(grid.keys, grid.headings, strict=True)):
            page.set_column(column, column, _get_width(key), None, {"hidden": key == "id"})
            page.write_string(0, column, clean_cell(heading), self.open_head if _is_open(key) else self.head)
        widths = [_get_width(key) for key in grid.keys]
        for row, cells in enumerate([grid.headings, *grid.rows]):
            shown = zip(grid.keys, cells, widths, strict=True)
            lines = [count_lines(cell, width) for key, cell, width in shown if isinstance(cell, str) and key != "id"]
            page.set_row(row, min(_HIGHEST, _PADDING + _LINE_HEIGHT * max(lines, default=1)))
        for row, cells in enumerate(grid.rows, 1):
            for column, (key, cell) in enumerate(zip(grid.keys, cells, strict=True)):
                form = self.centred if key in _CENTRED else self.text
                self._write(page, row, column, cell, form, self.filled_number if _is_open(key) else self.number)
        page.freeze_panes(1, frozen)
        page.autofilter(0, 0, max(1, len(grid.rows)), len(grid.keys) - 1)
        # A printed number such as 1 is a name, not a quantity; no green corner for it.
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{len(grid.rows) + 1}"})
        self._set_up_print(page, title)
        return page

    def _write(self, page: Any, row: int, column: int, cell: Cell, form: Any, number: Any) -> None:
        if cell is None or cell == "":
            # Not an empty text: a filter on blanks would not find it.
            page.write_blank(row, column, None, form)
        elif isinstance(cell, str):
            self._write_text(page, row, column, cell, form)
        elif isinstance(cell, date):
            page.write_datetime(row, column, cell, self.day)
        else:
            page.write_number(row, column, cell, number)

    def _write_text(self, page: Any, row: int, column: int, text: str, form: Any) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        cleaned = clean_cell(text)
        if len(split_cell(cleaned)) > 1:
            pointer = self.words.say("ledger.goes-on", sheet=self.words.say("sheet.long-texts"))
            self.long_texts.append((page.get_name(), xl_rowcol_to_cell(row, column), cleaned))
            cleaned = split_cell(cleaned, LONGEST_CELL - len(pointer))[0] + pointer
        page.write_string(row, column, cleaned, form)

    def _add_long_texts(self) -> None:
        name = self.words.say("sheet.long-texts")
        page = self.book.add_worksheet(name)
        for column, (key, width) in enumerate(zip(("sheet", "cell", "piece", "text"), _LONG_TEXT_WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, self.words.say(f"column.{key}"), self.head)
        row = 0
        for sheet, cell, text in self.long_texts:
            # A piece may begin with what the whole text did not begin with; the apostrophe of each needs room.
            for number, piece in enumerate(split_cell(text, LONGEST_CELL - 1), 1):
                row += 1
                page.write_string(row, 0, clean_cell(sheet), self.text)
                page.write_string(row, 1, cell, self.centred)
                page.write_number(row, 2, number, self.number)
                page.write_string(row, 3, clean_cell(piece) if number > 1 else piece, self.text)
        page.freeze_panes(1, 0)
        self._set_up_print(page, name)

    def _set_up_print(self, page: Any, title: str) -> None:
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        # The bold code stands between size and title, whose first characters may be figures.
        printed = split_cell(" ".join(clean_cell(title).split()), _LONGEST_HEADER)[0].replace("&", "&&")
        page.set_header(f"&C&14&B{printed}")
        page.set_footer(f"&L&8{self.words.say('ledger.assigned')}&R&8{self.words.say('ledger.page')}")


def _get_width(key: str) -> float:
    return _OWN_WIDTH if key.startswith(OWN) else _WIDTHS.get(key, _USUAL_WIDTH)


def _is_open(key: str) -> bool:
    """Say whether the office fills a column in."""
    return key in OPEN_COLUMNS or key.startswith(OWN)


@cache
def _load_worksheet_class() -> type[Any]:
    """Return a worksheet whose row heights are where rows start, not fixed.

    LibreOffice does not fit the rows of a file that XlsxWriter wrote to their text, so each row gets a height; but XlsxWriter marks such a
    height as the user's own, and a row would then not grow when the office fills it in.
    """
    from xlsxwriter.worksheet import Worksheet

    class _Worksheet(Worksheet):  # type: ignore[misc]
        def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
            kept = [pair for pair in attributes if tag != "row" or pair[0] != "customHeight"]
            super()._xml_start_tag_unencoded(tag, kept)

    return _Worksheet
