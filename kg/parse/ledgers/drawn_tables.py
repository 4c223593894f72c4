"""Tables drawn with box characters: the text of a cell stands scattered over several printed lines.

Each line is cut at its upright strokes; a stretch of level strokes ends the cell above it. A cell's pieces, one a line, are read as one
text; the span of a name that is broken over two lines covers both with all that stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model import Span
from kg.parse.ledgers.grids import Grid

#: Box characters, but for level strokes: upright ones, corners and crossings.
_FRAMES = "".join(chr(code) for code in range(0x2502, 0x2574) if chr(code) not in "┄┅┈┉╌╍═")
#: Blanks are taken from the line's start alone: tried from each of them, a long line of blanks would take quadratic time.
_LINE_RE = re.compile(rf"^[^\S\n]*[{_FRAMES}][^\n]*|[{_FRAMES}][^\n]*", re.MULTILINE)
#: A table drawn in ASCII: rules with crossings, and rows between bars.
_ASCII_RE = re.compile(r"^[ \t]*\+[-=:+]+\+[ \t]*\n(?:[ \t]*(?:\|[^\n]*\||\+[-=:+]+\+)[ \t]*(?:\n|\Z))+", re.MULTILINE)
_STROKES = str.maketrans("|+-=", "│┼──")
_CUT_RE = re.compile(rf"[{_FRAMES}]")
_LEVEL_RE = re.compile(r"[─━═┄┅┈┉╌╍\-—\s]*[─━═┄┅┈┉╌╍][─━═┄┅┈┉╌╍\-—\s]*")


@dataclass(slots=True)
class _Cell:
    """A cell in the making: its first row, and a piece for each printed line."""

    first: int
    pieces: list[Span] = field(default_factory=list)


def find_drawn_tables(text: str) -> Iterator[Grid]:
    """Yield the drawn tables of a text, row by row as their level strokes part them; ``+--+`` and ``|`` draw as box characters do."""
    text = _ASCII_RE.sub(lambda match: match.group().translate(_STROKES), text)
    run: list[list[Span]] = []
    begun = end = 0
    for match in [*_LINE_RE.finditer(text), None]:
        if match is not None and (not run or not text[end : match.start()].strip()):
            begun = begun if run else match.start()
            end = match.end()
            run.append(_segments(text, match.start(), match.end()))
            continue
        if len(run) > 2:
            yield from _to_grid(text, run, Span(begun, end))
        run = [_segments(text, match.start(), match.end())] if match is not None else []
        begun, end = (match.start(), match.end()) if match is not None else (0, 0)


def _segments(text: str, start: int, end: int) -> list[Span]:
    cuts = [match.start() for match in _CUT_RE.finditer(text, start, end)]
    return [Span(left + 1, right) for left, right in pairwise(cuts)]


def _to_grid(text: str, lines: Sequence[Sequence[Span]], whole: Span) -> Iterator[Grid]:
    """Lay the segments of lines that have as many columns as most; a table with others is not read."""
    counts = [len(line) for line in lines]
    columns = max(set(counts), key=lambda count: (counts.count(count), count))
    rows = 0
    filled = False
    open_cells = [_Cell(0) for _ in range(columns)]
    done: list[tuple[int, int, _Cell]] = []
    for line in lines:
        if len(line) != columns:
            return
        level = [_LEVEL_RE.fullmatch(segment.slice(text)) is not None for segment in line]
        if any(level):
            rows += filled
            filled = False
        for column, segment in enumerate(line):
            if level[column]:
                done.append((column, rows, open_cells[column]))
                open_cells[column] = _Cell(rows)
            elif segment.slice(text).strip():
                open_cells[column].pieces.append(segment)
                filled = True
    done.extend((column, rows + 1, cell) for column, cell in enumerate(open_cells))
    cells: dict[tuple[int, int], Span] = {}
    pieces: dict[Span, tuple[Span, ...]] = {}
    for column, last, cell in done:
        if cell.pieces:
            span = Span(cell.pieces[0].start, cell.pieces[-1].end)
            pieces[span] = tuple(cell.pieces)
            cells.update({(row, column): span for row in range(cell.first, max(last, cell.first + 1))})
    if cells:
        yield Grid(cells, 1 + max(row for row, _ in cells), columns, whole, pieces=pieces)


def merge_rows(grid: Grid, roles: Sequence[int]) -> Grid:
    """Join rows that share their cells in the columns of `roles`: strokes within another column only part its paragraphs.

    This is for tables without numbers, where nothing else says what a row is.
    """
    rows: list[list[int]] = []
    for row in range(grid.rows):
        named = [grid.cells.get((row, column)) for column in roles]
        same = rows and any(named) and named == [grid.cells.get((rows[-1][0], column)) for column in roles]
        if same:
            rows[-1].append(row)
        else:
            rows.append([row])
    cells: dict[tuple[int, int], Span] = {}
    pieces = dict(grid.pieces)
    for number, joined in enumerate(rows):
        for column in range(grid.columns):
            held = list(dict.fromkeys(cell for row in joined if (cell := grid.cells.get((row, column))) is not None))
            if held:
                span = Span(held[0].start, held[-1].end)
                pieces[span] = tuple(piece for cell in held for piece in pieces.get(cell, (cell,)))
                cells[number, column] = span
    return Grid(cells, len(rows), grid.columns, grid.span, pieces=pieces)
