"""The lines below a table of plain text that belong to its last cell: names that go on behind a line break."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Span
from kg.parse.ledgers.columns import Columns
from kg.parse.ledgers.grids import Doubt, Grid
from kg.parse.responsibility.names import NameSplitter
from kg.parse.words.forms import DAY_RE
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.script import make_view

_LONGEST_LINE = 60
_MOST_LINES = 12


def extend_last_cell(text: str, grid: Grid, columns: Columns, lexicon: Lexicon) -> Grid:
    """Return a table whose last cell, if its column names a role, holds the lines right below that are nothing but names.

    A name above a day is a signature, and one above another row of cells is the heading of the next table. A single name below a table
    none of whose cells in that column has several lines may be a signature, too; it is taken, and doubted.
    """
    place = max((place for place, cell in grid.cells.items() if cell.end == grid.span.end and place[0] > columns.row), default=None)
    if not grid.plain or place is None or place[1] not in dict(columns.roles) or grid.cells[place] in grid.pieces:
        return grid
    view = make_view(text, lexicon.rules)[0]
    end = _last_line(view, grid.cells[place], NameSplitter(lexicon))
    if end == grid.span.end:
        return grid
    whole = Span(grid.cells[place].start, end)
    cells = {key: whole if cell == grid.cells[place] else cell for key, cell in grid.cells.items()}
    others = [cell for (row, column), cell in grid.cells.items() if column == place[1] and columns.row < row != place[0]]
    sure = any("\n" in cell.slice(view).strip() for cell in (*others, Span(grid.cells[place].end + 1, end)))
    sure = sure or view[: grid.cells[place].end].endswith(("、", "，"))
    doubts = grid.doubts if sure else (*grid.doubts, Doubt("unsure-row", whole))
    return replace(grid, cells=cells, span=Span(grid.span.start, end), doubts=doubts)


def _last_line(view: str, cell: Span, splitter: NameSplitter) -> int:
    """Return where the last of the lines ends that go on with a cell."""
    end = cell.end
    for _ in range(_MOST_LINES):
        stop = view.find("\n", end + 1)
        stop = len(view) if stop < 0 else stop
        line = view[end + 1 : stop].strip()
        open_end = view[cell.start : end].rstrip().endswith(("、", "，"))
        last = re.split("[、，\n]", view[cell.start : end])[-1].strip()
        broken = bool(last) and not splitter.is_agency(last) and splitter.is_list(last + line)
        if not 0 < len(line) <= _LONGEST_LINE or "\t" in view[end + 1 : stop] or not (splitter.is_list(line) or broken):
            break
        below = next(iter(view[stop:].split()), "") if not (open_end or broken) else ""
        if DAY_RE.match(below) or "\t" in view[stop + 1 :].partition("\n")[0]:
            break
        end = stop
    return end
