"""Tables of a PDF: cells by ruling lines, and tables that go on on the next page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from kg.read.content import Cell
from kg.read.pdf_lines import Glyph, PageLine, group_lines, wrap_joint

_SNAP = 3.0
"""Points within which two ruling lines are one."""

_PADDING = 11.0
"""Points left free at the sides of a cell (Word: 0.19 cm each)."""

_FEWEST_BARS = 4
"""Vertical lines from which a row without a line at its head is the rest of a table's row."""

_MOSTLY = 2
"""Times as many lines of a column end before its edge as reach it, where each line is a name."""

_COVERED = 0.99
"""Share of a table's box from which its cells are taken to cover it."""


_UNBREAKABLE_RE = re.compile(r"[（(《〈“‘「『【〔\[]*.[、，。；：！？）)》〉”’」』】〕\]％%,.;:!?]*")
_MOST_UNBREAKABLE = 3
_NEVER_FIRST = "、，；。：）〕（〔"
"""Marks with which no paragraph begins: they belong to what stands before them."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on a page: its cells, the x of its vertical lines, where it begins and ends; lengths in points.

    ``full`` are the (row, column) of cells whose last line fills them, so that it may go on in the rest of a cut row. ``bands`` are the y
    between its rows.
    """

    cells: tuple[Cell, ...]
    edges: tuple[float, ...]
    top: float
    bottom: float
    full: frozenset[tuple[int, int]] = frozenset()
    bands: tuple[float, ...] = ()

    @property
    def rows(self) -> int:
        """Number of rows."""
        return max(cell.row + cell.row_span for cell in self.cells)

    @property
    def columns(self) -> list[int]:
        """The columns in which cells begin, from the left."""
        return sorted({cell.column for cell in self.cells})


def read_tables(page: Any, glyphs: Sequence[Glyph]) -> tuple[list[PageTable], list[Glyph]]:
    """Return the tables of a page and the characters that stand in none of their cells."""
    tables = []
    rest = list(glyphs)
    for found in _find_tables(page):
        boxes = [tuple(map(float, box)) for box in found.cells]
        xs = _cluster([x for box in boxes for x in (box[0], box[2])])
        ys = _cluster([y for box in boxes for y in (box[1], box[3])])
        if len(xs) < 3 or len(ys) < 2:
            continue  # a frame around text, or a single column of boxes
        held: list[tuple[Cell, list[PageLine], tuple[float, float]]] = []
        used: set[int] = set()
        for box in sorted(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1])):  # boxes may overlap: the smallest one has its text
            inside = [index for index, glyph in enumerate(rest) if index not in used and _is_inside(glyph, box)]
            used |= set(inside)
            left, top, right, bottom = _nearest(xs, box[0]), _nearest(ys, box[1]), _nearest(xs, box[2]), _nearest(ys, box[3])
            cell = Cell(top, left, "", max(bottom - top, 1), max(right - left, 1))
            held.append((cell, group_lines([rest[index] for index in inside]), (box[0], box[2])))
        cells, wrapped = _join_cells(held)
        filled = {cell.column for cell in cells if cell.text}
        if len(filled) < (1 if len(ys) == 2 and len(xs) >= _FEWEST_BARS else 2):
            continue  # a row with words in one cell may be the rest of one that the page break cut
        rest = [glyph for index, glyph in enumerate(rest) if index not in used]
        tables.append(PageTable(tuple(cells), tuple(xs), ys[0], ys[-1], frozenset(wrapped), tuple(ys)))
    return tables, rest


def _find_tables(page: Any) -> list[Any]:
    found = []
    plain = page.find_tables()
    rest = _find_rest(page, plain)
    for table in plain:
        left, top, right, bottom = map(float, table.bbox)
        low, high = _reach(page, left, top, right, bottom)
        first, last = _reach_down(page, left, top, right, bottom)
        settings: dict[str, list[float]] = {}
        if low <= left - _PADDING or high >= right + _PADDING:
            # A table without lines at its sides: the horizontal lines stick out, and the outer columns are no closed cells.
            settings.update(explicit_vertical_lines=[low, high], explicit_horizontal_lines=[first, last])
        if first < top - _SNAP or last > bottom + _SNAP or _has_open_cells(table):
            # A table cut by the page break: browsers draw no line where they cut a row or a merged cell.
            settings["explicit_horizontal_lines"] = [first, last]
        if settings:
            sides = (max(min(low, left) - 1, 0), max(first - 1, 0), min(max(high, right) + 1, page.width), min(last + 1, page.height))
            found += page.crop(sides).find_tables(settings)
        else:
            found.append(table)
    return [*rest, *found]


def _find_rest(page: Any, tables: Sequence[Any]) -> list[Any]:
    """Return the rest of a row that a page break cut, with nothing of its table below it: a line at its foot, none at its head."""
    top = min((float(table.bbox[1]) for table in tables), default=float(page.height))
    # Lines may be drawn as thin boxes, whose short sides are no lines.
    feet = [float(edge["top"]) for edge in page.horizontal_edges if edge["x1"] - edge["x0"] > _SNAP and edge["top"] < top - _SNAP]
    foot = min(feet, default=0.0)
    bars = [e for e in page.vertical_edges if abs(float(e["bottom"]) - foot) <= _SNAP and e["bottom"] - e["top"] > _SNAP]
    if not bars:
        return []
    head = min(float(edge["top"]) for edge in bars)
    xs = _cluster([float(edge["x0"]) for edge in bars if float(edge["top"]) <= head + _SNAP])
    if len(xs) < _FEWEST_BARS:
        return []
    area = page.crop((max(xs[0] - 1, 0), max(head - 1, 0), min(xs[-1] + 1, page.width), min(foot + 1, page.height)))
    return list(area.find_tables({"explicit_vertical_lines": [xs[0], xs[-1]], "explicit_horizontal_lines": [head, foot]}))


def _has_open_cells(table: Any) -> bool:
    """Whether the cells leave a part of the table's box free."""
    left, top, right, bottom = map(float, table.bbox)
    covered = sum((float(x1) - float(x0)) * (float(y1) - float(y0)) for x0, y0, x1, y1 in table.cells)
    return covered < _COVERED * (right - left) * (bottom - top)


def _reach_down(page: Any, left: float, top: float, right: float, bottom: float) -> tuple[float, float]:
    """Return how far up and down the vertical lines of a table go on without a gap."""
    edges = sorted((float(e["top"]), float(e["bottom"])) for e in page.vertical_edges if left - _SNAP <= e["x0"] <= right + _SNAP)
    for start, end in edges:
        bottom = max(bottom, end) if top - _SNAP <= start <= bottom + _SNAP else bottom
    for start, end in sorted(edges, key=lambda edge: -edge[1]):
        top = min(top, start) if top - _SNAP <= end <= bottom + _SNAP else top
    return top, bottom


def _find_bars(page: Any, top: float, bottom: float) -> list[float]:
    """Return the x of the vertical lines that run along a table from its top to its bottom, in one or more pieces."""
    heights: dict[int, float] = {}
    for edge in page.vertical_edges:
        low, high = max(float(edge["top"]), top), min(float(edge["bottom"]), bottom)
        x = round(float(edge["x0"]))
        heights[x] = heights.get(x, 0.0) + max(high - low, 0.0)
    return [float(x) for x in sorted(heights) if heights[x] >= _COVERED * (bottom - top) - 2 * _SNAP]


def _reach(page: Any, left: float, top: float, right: float, bottom: float) -> tuple[float, float]:
    """Return how far to the left and to the right the horizontal lines of a table go on without a gap.

    A merged cell as high as the whole page has no horizontal line; the vertical ones at its sides bridge it.
    """
    edges = [(float(e["x0"]), float(e["x1"])) for e in page.horizontal_edges if top - _SNAP <= e["top"] <= bottom + _SNAP]
    edges = sorted([*edges, *pairwise(_find_bars(page, top, bottom))])
    for x0, x1 in edges:
        right = max(right, x1) if x0 <= right + _SNAP else right
    for x0, x1 in sorted(edges, key=lambda edge: -edge[1]):
        left = min(left, x0) if x1 >= left - _SNAP else left
    return left, right


def _cluster(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SNAP:
            kept.append(value)
    return kept


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda index: abs(values[index] - value))


def _is_inside(glyph: Glyph, box: tuple[float, ...]) -> bool:
    return box[0] <= (glyph.x0 + glyph.x1) / 2 <= box[2] and box[1] <= glyph.middle <= box[3]


def _join_cells(
    held: Sequence[tuple[Cell, list[PageLine], tuple[float, float]]],
) -> tuple[list[Cell], frozenset[tuple[int, int]]]:
    """Return cells with the text of their lines, and those whose last line fills them; each is given with its lines and its sides.

    The least room that a column leaves before its lines is what it leaves behind them. In a column where most lines end before the edge,
    one to each name, a name that happens to be as wide as the column ends there too.
    """
    room: dict[int, float] = {}
    for cell, lines, (left, _) in held:
        room[cell.column] = min([room.get(cell.column, _PADDING / 2), *(max(line.x0 - left, 0.0) for line in lines)])
    cut = [(cell, lines, right - left + _PADDING - 2 * room[cell.column]) for cell, lines, (left, right) in held]
    breaks: dict[int, list[bool]] = {}
    for cell, lines, width in cut:
        breaks.setdefault(cell.column, []).extend(_goes_on_in(line, after, width) for line, after in pairwise(lines))
    cells: list[Cell] = []
    full: set[tuple[int, int]] = set()
    for cell, lines, width in cut:
        of_names = breaks[cell.column].count(False) > _MOSTLY * max(breaks[cell.column].count(True), 1)
        cells.append(replace(cell, text="\n".join(line.text for line in lines) if of_names else _join_lines(lines, width)))
        full |= {(cell.row, cell.column)} if lines and _is_full(lines[-1], width) else set()
    return cells, frozenset(full)


def join_wraps(glyphs: Sequence[Glyph], width: float) -> tuple[str, bool]:
    r"""Return the text of a cell, `width` points wide, and whether its last line fills it.

    A line that fills the cell goes on in the next one, others end in ``\n``.
    """
    lines = group_lines(glyphs)
    return _join_lines(lines, width), bool(lines) and _is_full(lines[-1], width)


def _join_lines(lines: Sequence[PageLine], width: float) -> str:
    text = lines[0].text if lines else ""
    for line, after in pairwise(lines):
        text += (wrap_joint(text, after.text) if _goes_on_in(line, after, width) else "\n") + after.text
    return text


def _goes_on_in(line: PageLine, after: PageLine, width: float) -> bool:
    return width - (line.x1 - line.x0) < _PADDING + (_count_unbreakable(after.text) + 0.2) * after.size


def _is_full(line: PageLine, width: float) -> bool:
    return width - (line.x1 - line.x0) < _PADDING + 1.2 * line.size


def _count_unbreakable(text: str) -> float:
    """Return how many hanzi wide the beginning of a line is that could not have stood on the line before without the rest of it.

    A closing mark never begins a line and an opening one never ends one (GB/T 15834-2011, 5.1), so that they take their neighbours along.

    Examples
    --------
    >>> _count_unbreakable("局、市财政局"), _count_unbreakable("（试点）"), _count_unbreakable("财政局"), _count_unbreakable("、财政局")
    (2.0, 2.0, 1.0, 1.0)
    """
    match = _UNBREAKABLE_RE.match(text)
    return float(min(len(match.group()), _MOST_UNBREAKABLE)) if match else 1.0


def goes_on(table: PageTable, after: PageTable) -> bool:
    """Return whether `after`, the first thing on the next page, has the columns of `table`, the last thing on its page."""
    return len(table.edges) == len(after.edges) and all(
        abs(one - other) <= 2 * _SNAP for one, other in zip(table.edges, after.edges, strict=True)
    )


def join_tables(first: PageTable, after: PageTable) -> tuple[PageTable, int, int]:
    """Join a table and its continuation.

    Returns
    -------
    tuple of PageTable, int and int
        The whole table; how many rows of a repeated header were dropped; and how many rows that the page break cut were joined (0 or 1).
    """
    repeated = _count_repeated(first, after)
    rows = first.rows
    rest = [cell for cell in after.cells if cell.row >= repeated]
    cells = list(first.cells)
    if not rest:
        return PageTable(first.cells, first.edges, first.top, after.bottom), repeated, 0
    cut = _is_cut_row(first, rest, repeated)
    if cut:
        tails = {cell.column: cell for cell in rest if cell.row == repeated}
        cells = [_continue(cell, tails, rows, first.full) for cell in cells]
        rest = [cell for cell in rest if cell.row > repeated]
    else:
        cells, rest = _grow_merged(cells, rest, rows, repeated)
    shift = rows - repeated - (1 if cut else 0)
    full = {(row + shift, column) for row, column in after.full if row >= repeated}
    cells += [Cell(cell.row + shift, cell.column, cell.text, cell.row_span, cell.column_span) for cell in rest]
    return PageTable(tuple(cells), first.edges, first.top, after.bottom, frozenset(full)), repeated, int(cut)


def _count_repeated(first: PageTable, after: PageTable) -> int:
    """Return how many rows at the head of both parts are the same (a header of one or two rows, or a title and a header)."""
    count = 0
    while count < 3 and (row := _row(first.cells, count)) and row == _row(after.cells, count):
        count += 1
    return count


def _row(cells: Sequence[Cell], row: int) -> list[tuple[int, int, str]]:
    found = sorted((cell.column, cell.column_span, "".join(cell.text.split())) for cell in cells if cell.row == row)
    return found if any(text for _, _, text in found) else []


def _is_cut_row(first: PageTable, rest: Sequence[Cell], row: int) -> bool:
    """Whether a row goes on from the page before: it has nothing in the leading column, where every other row has something.

    The leading column is the first one without merged or empty cells: the number, where a merged column of groups stands before it. A
    merged cell may go on with words of its own, but words of the row itself must go on too: a group's title alone begins a new group.
    """
    filled = {column: [cell.row_span == 1 and bool(cell.text) for cell in first.cells if cell.column == column] for column in first.columns}
    leading = next((column for column, cells in filled.items() if len(cells) == first.rows and all(cells)), None)
    head = {cell.column: cell for cell in rest if cell.row == row}
    last = {cell.column: cell for cell in first.cells if cell.row + cell.row_span == first.rows}
    if leading is None or leading not in head or {c: x.column_span for c, x in head.items()} != {c: x.column_span for c, x in last.items()}:
        return False
    own = [cell for cell in head.values() if cell.row_span == 1 and cell.column > leading]
    return not head[leading].text and head[leading].row_span == 1 and any(cell.text for cell in own)


def _continue(cell: Cell, tails: Mapping[int, Cell], rows: int, full: AbstractSet[tuple[int, int]]) -> Cell:
    """Return a cell with what stands of it on the next page; only a cell of the last row goes on."""
    tail = tails.get(cell.column) if cell.row + cell.row_span == rows else None
    if tail is None:
        return cell
    goes_on = (cell.row, cell.column) in full or not cell.text or not tail.text or tail.text[0] in _NEVER_FIRST
    between = "" if goes_on else "\n"
    return Cell(cell.row, cell.column, cell.text + between + tail.text, cell.row_span + tail.row_span - 1, cell.column_span)


def _grow_merged(cells: list[Cell], rest: list[Cell], rows: int, row: int) -> tuple[list[Cell], list[Cell]]:
    """Let a merged cell that the page break cut between two rows grow over its empty rest."""
    heads = {cell.column: cell for cell in rest if cell.row == row and not cell.text}
    grown: list[Cell] = []
    for cell in cells:
        head = heads.get(cell.column) if cell.row + cell.row_span == rows else None
        if head is not None and head.column_span == cell.column_span and max(cell.row_span, head.row_span) > 1:
            rest = [other for other in rest if other is not head]
            grown.append(Cell(cell.row, cell.column, cell.text, cell.row_span + head.row_span, cell.column_span))
        else:
            grown.append(cell)
    return grown, rest
