"""Tables of a document as grids of cells, whether the format knows them as tables or the text shows them by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import BlockKind, Document, Span
from kg.parse.lines import is_furniture

_LEAST_ROWS = 2
_TAB_LINE_RE = re.compile(r"[^\n]*\t[^\n]*")
_CUT_RE = re.compile(r"\s*(?:\d|[（(]?[一二三四五六七八九十])")
_RULE_RE = re.compile(r"[\s|+:=—─┼├┤┌┐└┘┬┴-]*")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not sure of a table that was laid out anew: the code of an issue, and the cell it is about."""

    code: str
    cell: Span


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the span of each cell by (row, column), a merged cell at every place it covers."""

    cells: Mapping[tuple[int, int], Span]
    rows: int
    columns: int
    span: Span
    plain: bool = False
    """Whether marks in plain text part its cells, so that merged ones may be missing."""
    pieces: Mapping[Span, tuple[Span, ...]] = field(default_factory=dict)
    """The pieces of cells whose text stands on several lines with other cells between."""
    doubts: tuple[Doubt, ...] = ()
    begins: frozenset[int] = frozenset()
    """Where, inside a cell, another name surely begins."""
    joins: frozenset[int] = frozenset()
    """Where, inside a cell, a line surely goes on with the one before."""

    def row(self, index: int) -> list[Span | None]:
        """Return the cells of a row, None where there is none."""
        return [self.cells.get((index, column)) for column in range(self.columns)]

    def append(self, other: Grid) -> Grid:
        """Return this table with the rows of another below its own."""
        below = {(self.rows + row, column): cell for (row, column), cell in other.cells.items()}
        return Grid(
            {**self.cells, **below},
            self.rows + other.rows,
            max(self.columns, other.columns),
            Span(self.span.start, other.span.end),
            self.plain,
            {**self.pieces, **other.pieces},
            (*self.doubts, *other.doubts),
            self.begins | other.begins,
            self.joins | other.joins,
        )


def find_grids(document: Document) -> tuple[Grid, ...]:
    """Return the tables of a document in the order of the page."""
    tables: dict[int, list[tuple[int, int, int, int, Span]]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.CELL and block.table >= 0:
            tables.setdefault(block.table, []).append((block.row, block.column, block.row_span, block.column_span, block.span))
    if tables:
        return tuple(_to_grid(cells) for _, cells in sorted(tables.items()))
    return tuple(_text_grids(document.text))


def _to_grid(blocks: Iterable[tuple[int, int, int, int, Span]]) -> Grid:
    cells: dict[tuple[int, int], Span] = {}
    spans: list[Span] = []
    for row, column, height, width, span in blocks:
        spans.append(span)
        for down in range(height):
            for right in range(width):
                cells.setdefault((row + down, column + right), span)
    rows = 1 + max(row for row, _ in cells)
    columns = 1 + max(column for _, column in cells)
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    return Grid(cells, rows, columns, whole)


def _text_grids(text: str) -> Iterator[Grid]:
    """Find runs of lines whose cells are parted by tabs, or by upright bars."""
    run: list[tuple[int, int]] = []
    for start, end in [*_lines(text), (len(text), len(text))]:
        line = text[start:end]
        if _TAB_LINE_RE.fullmatch(line) or line.count("|") >= 2:
            run.append((start, end))
            continue
        if run and start < len(text) and (is_furniture(line) or _RULE_RE.fullmatch(line)):
            continue
        if run and _CUT_RE.match(line) and not text[end:].strip():
            # The text was cut off in the middle of the row.
            run.append((start, end))
        if sum(not _RULE_RE.fullmatch(text[begun:ended]) for begun, ended in run) >= _LEAST_ROWS:
            yield _from_lines(text, run)
        run = []


def _lines(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for line in text.split("\n"):
        yield position, position + len(line)
        position += len(line) + 1


def _from_lines(text: str, lines: Sequence[tuple[int, int]]) -> Grid:
    framed = text[lines[0][0] : lines[0][1]].lstrip().startswith("|")
    rows: list[list[Span]] = []
    for start, end in lines:
        if not _RULE_RE.fullmatch(text[start:end]):
            rows.append(_cells_of(text, start, end, framed=framed))
    blocks: list[tuple[int, int, int, int, Span]] = []
    for row, cells in enumerate(_join_rows(text, rows)):
        blocks.extend((row, column, 1, 1, cell) for column, cell in enumerate(cells))
    return replace(_to_grid(blocks), span=Span(lines[0][0], lines[-1][1]), plain=True)


def _cells_of(text: str, start: int, end: int, *, framed: bool) -> list[Span]:
    line = text[start:end]
    mark = "\t" if "\t" in line else "|"
    if mark == "|":
        # A bar before the first cell and behind the last one parts nothing.
        start += len(line) - len(line.lstrip()) + 1 if framed and line.lstrip().startswith("|") else 0
        end -= len(line) - len(line.rstrip()) + 1 if line.rstrip().endswith("|") else 0
    cells: list[Span] = []
    for cell in text[start:end].split(mark):
        cells.append(Span(start, start + len(cell)))
        start += len(cell) + 1
    return cells


def _join_rows(text: str, rows: Sequence[list[Span]]) -> Iterator[list[Span]]:
    """Join a row that a line break in a cell cut in two: together they have as many cells as the first row, one of them in both parts."""
    held: list[Span] = []
    for cells in rows:
        whole = len(rows[0])
        begins = _CUT_RE.match(cells[0].slice(text)) is not None
        if held and 1 < len(held) < whole and len(held) + len(cells) - 1 == whole and not begins:
            held = [*held[:-1], Span(held[-1].start, cells[0].end), *cells[1:]]
            continue
        if held:
            yield held
        held = cells
    if held:
        yield held
