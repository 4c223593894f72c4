"""Tables whose columns say who is responsible: which they are, what goes on over a page, and under which heading of the text they stand.

A table is read as a ledger if one of its first rows holds titles of which at least one names a role. Its rows are read in
:mod:`kg.parse.ledgers.ledger_rows`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Document, Span
from kg.parse.build import Source
from kg.parse.ledgers.alignment import mend_rows, share_headings
from kg.parse.ledgers.breaks import mark_breaks
from kg.parse.ledgers.cells import make_cells
from kg.parse.ledgers.columns import Columns, names_columns, squeeze_title, title_kind, title_role, to_columns
from kg.parse.ledgers.drawn_tables import find_drawn_tables, merge_rows
from kg.parse.ledgers.grids import Grid, find_grids
from kg.parse.ledgers.last_cells import extend_last_cell
from kg.parse.ledgers.ledger_rows import LedgerReader
from kg.parse.ledgers.loose_tables import find_loose_tables
from kg.parse.ledgers.records import find_records
from kg.parse.ledgers.traits import Judge
from kg.parse.page.layout import Flow
from kg.parse.page.lines import is_furniture, split_lines
from kg.parse.responsibility.readings import Trouble
from kg.parse.structure.outline import is_part_title
from kg.parse.structure.tasks import Work
from kg.parse.structure.units import Outline, Unit
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.marks import Marks
from kg.parse.words.script import make_view

_TITLE_ROWS = 6
#: A title over several columns stands over at least so many.
_LEAST_BELOW = 2


@dataclass(frozen=True, slots=True)
class Ledger:
    """A table that was read: its tree of sections, the flow of its cells, its tasks, and the stretch it takes from the text."""

    root: Unit
    flow: Flow
    work: Work
    hole: Span


@dataclass(slots=True)
class Ledgers:
    """The ledgers of a document, and what could not be read of its tables."""

    found: list[Ledger] = field(default_factory=list)
    unread: list[tuple[Flow, Trouble]] = field(default_factory=list)
    titles: list[Span] = field(default_factory=list)
    """Titles of tables that could not be read: what stands below them may be text, they are none."""

    @property
    def holes(self) -> list[Span]:
        """The stretches that ledgers take away from the flow of the text."""
        return sorted([*(ledger.hole for ledger in self.found), *self.titles])

    def sources(self, text: Source, outline: Outline, lexicon: Lexicon) -> list[Source]:
        """Return one source a ledger: below the heading of `text` under which it stands, or else a part of its own."""
        sources: list[Source] = []
        parts = len({unit_root(item.unit).path for item in text.work.items})
        for ledger in self.found:
            above = _heading_above(ledger, text, outline, lexicon)
            inner = above is not None and above.path != ""
            if above is not None and inner:
                prefix = above.path
            else:
                parts += 1
                prefix = f"part{parts}" if parts > 1 else ""
            if prefix:
                _prefix(ledger.root, prefix)
                for item in ledger.work.items:
                    item.path = f"{prefix}.{item.path}"
            sources.append(Source(ledger.flow, (ledger.root,), ledger.work, inner))
        return sources


def read_ledgers(document: Document, lexicon: Lexicon) -> Ledgers:
    """Read every table of `document` that is a ledger; a later table that goes on with the one before is joined to it."""
    ledgers = Ledgers()
    notation = next((notation for notation in lexicon.rules.notations if notation.shape == "table"), None)
    if notation is None:
        return ledgers
    tables = _tables(document, lexicon, ledgers)
    ledgers.unread.extend(_unread_boxes(document, lexicon, [hole for _, _, hole in tables]))
    for printed, columns, hole in tables:
        grid = _repeat_cells(printed, columns, document.text, lexicon)
        widths = printed.widths(document.text)
        flow, places = make_cells(
            document, lexicon, grid.cells.values(), grid.pieces, grid.begins, grid.joins, widths=widths, hard=grid.hard
        )
        root, work = LedgerReader(grid, flow, places, lexicon, columns, notation).read()
        ledgers.found.append(Ledger(root, flow, work, hole))
    return ledgers


def unit_root(unit: Unit) -> Unit:
    """Return the part a unit belongs to."""
    while unit.parent is not None:
        unit = unit.parent
    return unit


def _tables(document: Document, lexicon: Lexicon, ledgers: Ledgers) -> list[tuple[Grid, Columns, Span]]:
    """Find the ledgers among a document's tables, those that go on over a page joined."""
    found: list[tuple[Grid, Columns, Span]] = []
    view, _ = make_view(document.text, lexicon.rules)
    marked = any(block.table >= 0 for block in document.blocks)
    drawn = [] if marked else [*find_drawn_tables(document.text), *find_records(document.text, lexicon)]
    plain = [
        grid for grid in find_grids(document) if not any(box.span.start < grid.span.end and grid.span.start < box.span.end for box in drawn)
    ]
    parted = [part for grid in plain for part in _part_tables(document, _join_titles(document, grid, lexicon), lexicon)]
    grids = [part for part in parted if not _is_label_lines(document.text, part, lexicon)]
    for printed in [*grids, *drawn]:
        flow, places = make_cells(document, lexicon, printed.cells.values(), printed.pieces, widths=printed.widths(document.text))
        grid = printed if marked else _merge_titles(printed, flow, places, lexicon)
        columns = _find_columns(grid, flow, places, lexicon)
        if grid.plain and columns is not None:
            grid = mend_rows(grid, flow, places, columns.row, lexicon)
        if grid.pieces and columns is not None and not grid.plain and not columns.numbers:
            grid = merge_rows(grid, [column for column, _ in columns.roles])
        if grid.pieces and columns is not None and not grid.plain:
            flow, places = make_cells(document, lexicon, grid.cells.values(), grid.pieces)
            grid = share_headings(grid, flow, places, columns.row, lexicon)
            grid = mark_breaks(grid, [column for column, _ in columns.roles], view, Judge(lexicon), framed=True)
        if found and _goes_on(document, found[-1], grid, columns, flow, places):
            whole, known, hole = found[-1]
            found[-1] = (whole.append(grid), known, Span(hole.start, grid.span.end))
        elif columns is not None:
            found.append((grid, columns, _hole(grid, flow, places, columns, lexicon.marks)))
        else:
            ledgers.unread.extend((flow, trouble) for trouble in _unread_titles(grid, flow, places, lexicon))
    found = [
        (whole, columns, Span(hole.start, max(hole.end, whole.span.end)))
        for grid, columns, hole in found
        for whole in [extend_last_cell(document.text, grid, columns, lexicon)]
    ]
    taken = [hole for _, _, hole in found]
    for loose in find_loose_tables(document, lexicon, taken):
        if loose.columns is not None:
            found.append((loose.grid, loose.columns, loose.grid.span))
            continue
        flow, places = make_cells(document, lexicon, loose.grid.cells.values())
        ledgers.unread.append((flow, Trouble("unread-table", 0, len(flow.text.rstrip("\n")))))
        if not loose.glued:
            ledgers.titles.append(loose.grid.span)
    return sorted(found, key=lambda table: table[2])


def _repeat_cells(grid: Grid, columns: Columns, text: str, lexicon: Lexicon) -> Grid:
    """Give a cell that only says 同上 the one above it, in the columns of names and terms; a heading between the rows is passed over."""
    cells = dict(grid.cells)
    for column in (*(column for column, _ in columns.roles), *columns.deadlines):
        above: Span | None = None
        for row in range(columns.row + 1, grid.rows):
            cell = cells.get((row, column))
            if cell is None or len(set(grid.row(row))) == 1:
                continue
            if above is not None and squeeze_title(cell.slice(text)).strip("。（）") in lexicon.words("same-as"):
                cells[row, column] = cell = above
            above = cell
    return replace(grid, cells=cells)


def _part_tables(document: Document, grid: Grid, lexicon: Lexicon) -> list[Grid]:
    """Part tables of plain text that stand below one another with nothing between: at each row of other titles."""
    if not grid.plain:
        return [grid]
    flow, places = make_cells(document, lexicon, grid.cells.values())
    starts, known = [0], list[str]()
    for row in range(grid.rows):
        titles = [_title(flow, places, cell) for cell in grid.row(row) if cell is not None]
        if names_columns(titles, lexicon):
            if known and titles != known:
                starts.append(row)
            known = titles
    return grid.part(starts)


def _join_titles(document: Document, grid: Grid, lexicon: Lexicon) -> Grid:
    """Put a second row of titles in the place of the one that stands over them: in a copy, it holds nothing below the others.

    序号, 任务, 责任分工, 时限 above and 牵头单位, 配合单位 below are 序号, 任务, 牵头单位, 配合单位, 时限.
    """
    if not grid.plain:
        return grid
    flow, places = make_cells(document, lexicon, grid.cells.values())
    cells = dict(grid.cells)
    for row in range(grid.rows - 1):
        above, below = (_filled(grid.row(number), places) for number in (row, row + 1))
        over = _title_over([_title(flow, places, cell) for cell in above], [_title(flow, places, cell) for cell in below], lexicon)
        if over is None or (row + 2 < grid.rows and len(above) + len(below) - 1 < len(_filled(grid.row(row + 2), places))):
            continue
        cells = {place: cell for place, cell in cells.items() if place[0] not in (row, row + 1)}
        cells.update({(row + 1, column): cell for column, cell in enumerate([*above[:over], *below, *above[over + 1 :]])})
    return replace(grid, cells=cells, columns=1 + max(column for _, column in cells))


def _filled(row: Sequence[Span | None], places: Mapping[Span, tuple[int, int]]) -> list[Span]:
    """Return the cells of a row without the empty ones at its end."""
    cells = [cell for cell in row if cell is not None]
    while cells and places[cells[-1]][0] == places[cells[-1]][1]:
        cells.pop()
    return cells


def _title_over(above: Sequence[str], below: Sequence[str], lexicon: Lexicon) -> int | None:
    """Return which of the titles `above` stands over all those `below`; None if these are no titles of roles and persons only."""
    kinds = [title_kind(title, lexicon) for title in below]
    if len(below) < _LEAST_BELOW or "role" not in kinds or set(kinds) - {"role", "person"} or not names_columns(above, lexicon):
        return None
    over = [place for place, title in enumerate(above) if title_kind(title, lexicon) == "role"]
    return over[0] if len(over) == 1 else None


def _is_label_lines(text: str, grid: Grid, lexicon: Lexicon) -> bool:
    """Say whether lines of plain text are labels, each parted from its names by a tab (牵头单位⇥市水务局), and no table."""
    if not grid.plain or grid.columns > 2:
        return False
    words = [[squeeze_title(cell.slice(text)) if cell is not None else "" for cell in grid.row(row)] for row in range(grid.rows)]
    labels = all(lexicon.label_re.fullmatch(f"{row[0]}：") is not None for row in words)
    return labels and not any(title_kind(row[-1], lexicon) for row in words)


def _merge_titles(grid: Grid, flow: Flow, places: Mapping[Span, tuple[int, int]], lexicon: Lexicon) -> Grid:
    """Give a second row of titles those above its empty cells: in a copy, a title that was merged over both rows stands in the first."""
    cells = dict(grid.cells)
    for row in range(1, min(_TITLE_ROWS, grid.rows)):
        above = [_title(flow, places, grid.cells.get((row - 1, column))) for column in range(grid.columns)]
        below = [_title(flow, places, grid.cells.get((row, column))) for column in range(grid.columns)]
        if any(title_role(title, lexicon) for title in below if title) and names_columns([*above, *below], lexicon):
            lacking = [column for column in range(grid.columns) if above[column] and not below[column]]
            cells.update({(row, column): grid.cells[row - 1, column] for column in lacking})
            break
    return replace(grid, cells=cells)


def _goes_on(
    document: Document,
    last: tuple[Grid, Columns, Span],
    grid: Grid,
    columns: Columns | None,
    flow: Flow,
    places: Mapping[Span, tuple[int, int]],
) -> bool:
    """Say whether a table goes on with the one before: nothing but page marks between, and the same titles or none and a next number."""
    whole, known, hole = last
    between = document.text[hole.end : grid.span.start] if hole.end <= grid.span.start else "text"
    if grid.columns != whole.columns:
        return False
    if columns is None:
        first = _title(flow, places, grid.cells.get((0, known.numbers[0]))) if known.numbers else ""
        return first.isdigit()
    same = (columns.roles, columns.numbers, columns.tasks) == (known.roles, known.numbers, known.tasks)
    return same and columns.row == 0 and all(is_furniture(line) for line in between.split("\n"))


def _heading_above(ledger: Ledger, text: Source, outline: Outline, lexicon: Lexicon) -> Unit | None:
    """Return the heading of the text under which a table stands; None behind a signature or the title of an annex."""
    place = text.flow.to_flow(ledger.hole.start)
    units = [unit for part in outline.parts for unit in part.walk() if unit.mark is not None and unit.start < place]
    if not units:
        return None
    above = units[-1]
    between = text.flow.text[above.body : place].split("\n")[1:]
    if above.end < place - 1 or any(is_part_title(line, lexicon) for line in between):
        return None
    tasks = {item.path for item in text.work.items if item.numbered}
    while above.parent is not None and above.path in tasks:
        above = above.parent
    return above


def _unread_boxes(document: Document, lexicon: Lexicon, read: Sequence[Span]) -> list[tuple[Flow, Trouble]]:
    """Return the lines of drawn tables that speak of responsibility, outside the tables that were `read`."""
    found: list[tuple[Flow, Trouble]] = []
    for begun, ended in split_lines(document.text):
        span = Span(begun, ended)
        line = span.slice(document.text).replace(" ", "")
        inside = any(hole.start <= span.start < hole.end for hole in read)
        if "│" in line and not inside and any(word in line for word in lexicon.words("speaks")):
            flow, places = make_cells(document, lexicon, [span])
            found.append((flow, Trouble("unread-table", *places[span])))
    return found


def _hole(grid: Grid, flow: Flow, places: Mapping[Span, tuple[int, int]], columns: Columns, marks: Marks) -> Span:
    """Return the stretch a ledger takes from the text: titles and rows. What stands above its titles (the plan's own title) stays text."""
    for row in range(columns.row + 1):
        cells = {cell for cell in grid.row(row) if cell is not None}
        if row == columns.row or (len(cells) == 1 and all(marks.find(flow.text, *places[cell]) for cell in cells)):
            return Span(grid.span.start if row == 0 else min(cell.start for cell in cells), grid.span.end)
    return grid.span


def _unread_titles(grid: Grid, flow: Flow, places: Mapping[Span, tuple[int, int]], lexicon: Lexicon) -> list[Trouble]:
    """Return titles that speak of responsibility in a table that is no ledger."""
    titles = [cell for row in range(min(_TITLE_ROWS, grid.rows)) for cell in dict.fromkeys(grid.row(row)) if cell is not None]
    spoken = [cell for cell in titles if any(word in _title(flow, places, cell) for word in lexicon.words("speaks"))]
    return [
        Trouble("unread-table", *places[cell])
        for cell in dict.fromkeys(spoken)
        if re.fullmatch(r"[\u4e00-\u9fff（）、]{2,14}", _title(flow, places, cell))
    ]


def _prefix(root: Unit, prefix: str) -> None:
    root.path = prefix
    for unit in root.walk()[1:]:
        unit.path = f"{prefix}.{unit.path}"


def _find_columns(grid: Grid, flow: Flow, places: Mapping[Span, tuple[int, int]], lexicon: Lexicon) -> Columns | None:
    """Return the columns by the row of titles that names most roles; a title over several columns yields to those below it."""
    best: Columns | None = None
    most = 0.0
    for row in range(min(_TITLE_ROWS, grid.rows)):
        cells = grid.row(row)
        titles = [_title(flow, places, cell) for cell in cells]
        roles = {cell for cell, title in zip(cells, titles, strict=True) if title_role(title, lexicon) is not None}
        named = sum(1 if cells.count(cell) == 1 else 0.5 for cell in roles)
        columns = to_columns(row, titles, lexicon) if named > most else None
        if columns is not None:
            best, most = columns, named
    return best


def _title(flow: Flow, places: Mapping[Span, tuple[int, int]], cell: Span | None) -> str:
    return squeeze_title(flow.text[slice(*places[cell])]) if cell is not None else ""
