"""Tables of a document as grids of cells, whether the format knows them as tables or the text shows them by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import BlockKind, Document, Span
from kg.parse.page.lines import is_furniture

_LEAST_ROWS = 2
#: A cell of several lines as spreadsheets copy it: quoted, between tabs or at the ends of its row.
_QUOTED_RE = re.compile(r'(?:^|(?<=\t))"[^"\t]*"(?=\t|$)', re.MULTILINE)
#: A line that goes on with a cell is no longer.
_LONGEST_PART = 60
_MOST_PARTS = 12
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
    hard: bool = False
    """Whether line breaks inside cells were set by hand, and do not wrap lines at the edge of a column."""

    def row(self, index: int) -> list[Span | None]:
        """Return the cells of a row, None where there is none."""
        return [self.cells.get((index, column)) for column in range(self.columns)]

    def widths(self, text: str) -> dict[Span, int]:
        """Return for each cell how many characters the longest line of its column has; nothing for a table of plain text.

        A line that is clearly shorter was not broken by the edge of the column.
        """
        if self.plain or self.pieces:
            return {}
        longest: dict[int, int] = {}
        for (_, column), cell in self.cells.items():
            lines = cell.slice(text).split("\n")
            longest[column] = max(longest.get(column, 0), *(len("".join(line.split())) for line in lines))
        return {cell: longest[column] for (_, column), cell in sorted(self.cells.items(), reverse=True)}

    def part(self, starts: Sequence[int]) -> list[Grid]:
        """Return the tables that begin at the rows `starts`, the first of which is 0."""
        parts: list[Grid] = []
        for start, stop in zip(starts, [*starts[1:], self.rows], strict=True):
            cells = {(row - start, column): cell for (row, column), cell in self.cells.items() if start <= row < stop}
            if cells:
                begun = min(cell.start for cell in cells.values()) if start else self.span.start
                ended = max(cell.end for cell in cells.values()) if stop < self.rows else self.span.end
                columns = 1 + max(column for _, column in cells)
                parts.append(replace(self, cells=cells, rows=stop - start, columns=columns, span=Span(begun, ended)))
        return parts

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
            self.hard,
        )


def find_grids(document: Document) -> tuple[Grid, ...]:
    """Return the tables of a document in the order of the page."""
    tables: dict[int, list[tuple[int, int, int, int, Span]]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.CELL and block.table >= 0:
            tables.setdefault(block.table, []).append((block.row, block.column, block.row_span, block.column_span, block.span))
    if tables:
        # The cells of a PDF are narrow columns of its page; elsewhere line breaks are paragraphs.
        hard = document.format != "pdf"
        return tuple(replace(_to_grid(cells), hard=hard) for _, cells in sorted(tables.items()))
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
    lines = [*_lines(text), (len(text), len(text))]
    for place, (start, end) in enumerate(lines):
        line = text[start:end]
        if "\t" in line or line.count("|") >= 2:
            run.append((start, end))
            continue
        if run and start < len(text) and (is_furniture(line) or _RULE_RE.fullmatch(line)):
            continue
        if run and line.strip() and _goes_on(text, run, lines[place : place + _MOST_PARTS]):
            run.append((start, end))
            continue
        if run and _CUT_RE.match(line) and not text[end:].strip():
            # The text was cut off in the middle of the row.
            run.append((start, end))
        if sum(not _RULE_RE.fullmatch(text[begun:ended]) for begun, ended in run) >= _LEAST_ROWS:
            yield _from_lines(text, run)
        run = []


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of a text; a quoted cell, as spreadsheets copy cells of several lines, does not end one."""
    inside = {place for cell in _QUOTED_RE.finditer(text) for place in range(*cell.span()) if text[place] == "\n"}
    position = 0
    for match in re.finditer(r"\n|\Z", text):
        if match.start() not in inside:
            yield position, match.start()
            position = match.end()


def _goes_on(text: str, run: Sequence[tuple[int, int]], lines: Sequence[tuple[int, int]]) -> bool:
    """Say whether the first of `lines`, which has no tabs, goes on with a cell: the line with tabs below it ends the row, or begins one."""
    below = next((span for span in lines if "\t" in text[slice(*span)]), None)
    parts = lines[: lines.index(below)] if below is not None else ()
    if below is None or "\t" not in text[slice(*run[0])]:
        return False
    if any(end - start > _LONGEST_PART or _CUT_RE.match(text[start:end]) for start, end in parts):
        return False
    whole = max(text.count("\t", *span) for span in run)
    if not any(_CUT_RE.match(text[slice(*span)]) for span in [*run, below]):
        # Nothing counts the rows: one is full, or the next would not fit.
        held = 0
        for start, end in run:
            count = text.count("\t", start, end)
            held = count if held + count > whole or held == whole else held + count
        return held < whole and held + text.count("\t", *below) <= whole
    held = 0
    for start, end in reversed(run):
        held += text.count("\t", start, end)
        if held >= whole or _CUT_RE.match(text[start:end]):
            break
    if _CUT_RE.match(text[slice(*below)]):
        return held == whole
    return held < whole and held + text.count("\t", *below) == whole


def _from_lines(text: str, lines: Sequence[tuple[int, int]]) -> Grid:
    framed = text[lines[0][0] : lines[0][1]].lstrip().startswith("|")
    rows: list[list[Span]] = []
    for start, end in lines:
        if not _RULE_RE.fullmatch(text[start:end]):
            rows.append(_cells_of(text, start, end, framed=framed))
    blocks: list[tuple[int, int, int, int, Span]] = []
    for row, cells in enumerate(_join_rows(text, rows)):
        blocks.extend((row, column, 1, 1, cell) for column, cell in enumerate(cells))
    return replace(_to_grid(blocks), span=Span(lines[0][0], lines[-1][1]), plain=True, hard=True)


def _cells_of(text: str, start: int, end: int, *, framed: bool) -> list[Span]:
    line = text[start:end]
    mark = "\t" if "\t" in line else "|"
    if mark == "|":
        # A bar before the first cell and behind the last one parts nothing.
        start += len(line) - len(line.lstrip()) + 1 if framed and line.lstrip().startswith("|") else 0
        end -= len(line) - len(line.rstrip()) + 1 if line.rstrip().endswith("|") else 0
    cells: list[Span] = []
    for cell in text[start:end].split(mark):
        quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
        cells.append(Span(start + quoted, start + len(cell) - quoted))
        start += len(cell) + 1
    return cells


def _join_rows(text: str, rows: Sequence[list[Span]]) -> Iterator[list[Span]]:
    """Join the parts of a row that line breaks in its cells cut: the last cell of one part and the first of the next are one."""
    held: list[Span] = []
    for cells in rows:
        whole = len(rows[0])
        begins = _CUT_RE.match(cells[0].slice(text)) is not None
        joined = len(held) + len(cells) - 1
        fits = joined == whole > len(held) or (len(cells) == 1 and len(held) <= whole)
        if len(held) > 1 and not begins and fits:
            held = [*held[:-1], Span(held[-1].start, cells[0].end), *cells[1:]]
            continue
        if held:
            yield held
        held = cells
    if held:
        yield held
