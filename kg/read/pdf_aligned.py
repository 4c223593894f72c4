"""Tables without upright lines: columns by the white stripes between them, rows by the numbers in the first one.

Nothing is taken for such a table that has no row of at least three short titles and a narrow column of numbers below the first of them.
Rows are parted by level lines where they have them. Otherwise the numbers must stand at the head of their rows, with the text of every
column beginning beside them, or there must be room between the rows, with one number in each; where neither holds, the lines stay lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise, takewhile
from statistics import median
from typing import Any

from kg.read.content import Cell
from kg.read.pdf_furniture import PAGE_NUMBER_RE
from kg.read.pdf_lines import Glyph, group_glyphs
from kg.read.pdf_tables import PageTable, join_wraps

_GAP = 0.8
"""Sizes of a character between two stretches of a line."""

_NARROW_GAP = 0.1
"""The same, where the second one begins at a place where others do."""

_LONGEST_TITLE = 12
_FEWEST_TITLES = 3
_FEWEST_ROWS = 2
_NARROW = 4
"""Characters of the longest number."""

_NUMBER_RE = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.．、]?")
_APART = 4.5
"""Sizes of a character between two lines at which a table ends."""

_ROOM = 1.5
"""Points between two rows beyond the distance of lines."""

_RAGGED = 2.5
"""Sizes of a character that a line which was wrapped may leave free."""

_MOSTLY = 0.8
_PADDING = 11.0
"""What :func:`kg.read.pdf_tables.join_wraps` takes off for the sides of a ruled cell."""

_WIDE = 10_000.0
"""The width of a column whose lines were broken by hand."""

_WIDE_BLANK = 2.5
"""Sizes of a character between the halves of one title (备    注)."""

_BEFORE = 0.4
"""Sizes of a character between the edge of a column and its text."""

_ACROSS = 0.7
"""Share of a table's width that a level line between its rows covers at least."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: the x between them, the outer ones included, and their titles."""

    edges: tuple[float, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one line without a wide gap between them."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def at(self) -> float:
        """The middle of its first character: an opening bracket may stand half a character further left than other lines begin."""
        return (self.glyphs[0].x0 + self.glyphs[0].x1) / 2

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(glyph.text for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page, cut at its wide gaps."""

    stretches: tuple[Stretch, ...]
    middle: float
    size: float

    def is_numbered(self, edge: float) -> bool:
        """Whether a number stands in the first column, which ends at `edge`."""
        first = self.stretches[0]
        return first.at < edge and len(first.text) <= _NARROW and _NUMBER_RE.fullmatch(first.text) is not None


def read_aligned(page: Any, glyphs: Sequence[Glyph], before: Columns | None) -> tuple[list[PageTable], list[Glyph], Columns | None]:
    """Return the table without upright lines of a page, if it has one, the characters outside it, and its columns.

    Parameters
    ----------
    page
        The page, for its level lines.
    glyphs
        The characters outside tables with lines.
    before
        The columns of such a table on the page before: it may go on without titles, or under the same ones.
    """
    rows = _cut_lines(group_glyphs(glyphs))
    edge = before.edges[1] if before else 0.0
    for start, row in enumerate(rows):
        titles = _find_titles(row, before)
        columns = Columns((), titles) if titles else before
        if columns is None or not (titles or start == 0):
            continue
        edge = row.stretches[0].x1 if titles else edge
        run = rows[start : start + _find_end(rows[start:], edge)]
        table = _make_table(page, run, edge, before.edges if before else (), titled=bool(titles))
        if table is not None:
            used = {id(glyph) for line in run for stretch in line.stretches for glyph in stretch.glyphs}
            return [table], [glyph for glyph in glyphs if id(glyph) not in used], Columns(table.edges, columns.titles)
        if row.is_numbered(edge) and len(row.stretches) > 1:
            break  # titles stand above all rows
    return [], list(glyphs), None


def seems_to_go_on(glyphs: Sequence[Glyph], before: Columns) -> bool:
    """Return whether characters that make no table look like rows of the table on the page before."""
    rows = _cut_lines(group_glyphs(glyphs))
    return any(row.is_numbered(before.edges[1]) for row in rows) and any(len(row.stretches) > 1 for row in rows)


def _find_titles(row: Row, before: Columns | None) -> tuple[str, ...]:
    """Return the titles that a line holds; nothing if it holds none, or others than the table that goes on."""
    titles = tuple(stretch.text for stretch in row.stretches) if _is_titles(row) else ()
    return titles if before is None or titles == before.titles else ()


def _cut_lines(lines: Sequence[Sequence[Glyph]]) -> list[Row]:
    """Cut lines at wide gaps, and at narrow ones before a place where other stretches begin: a column may be full to its edge."""
    begun = Counter(round(stretch.x0) for line in lines for stretch in _cut(line, frozenset()).stretches)
    starts = frozenset(x for x, count in begun.items() if count > _FEWEST_ROWS)
    return [_cut(line, starts) for line in lines]


def _cut(line: Sequence[Glyph], starts: Collection[int]) -> Row:
    ordered = sorted(line, key=lambda glyph: glyph.x0)
    size = median(glyph.size for glyph in ordered)
    parts: list[list[Glyph]] = [[ordered[0]]]
    for before, glyph in pairwise(ordered):
        gap = glyph.x0 - before.x1
        if gap > _GAP * size or (gap > _NARROW_GAP * size and round(glyph.x0) in starts):
            parts.append([])
        parts[-1].append(glyph)
    return Row(tuple(Stretch(tuple(part)) for part in parts), sum(glyph.middle for glyph in ordered) / len(ordered), size)


def _is_titles(row: Row) -> bool:
    texts = [stretch.text for stretch in row.stretches]
    return len(texts) >= _FEWEST_TITLES and all(len(text) <= _LONGEST_TITLE and not re.search(r"[：:\d]", text) for text in texts)


def _find_end(rows: Sequence[Row], edge: float) -> int:
    """Return how many lines from the first one on belong to the table: up to a wide gap, or a line across that no row follows."""
    for index in range(1, len(rows)):
        apart = rows[index].middle - rows[index - 1].middle > _APART * rows[index].size
        words = "".join(stretch.text for stretch in rows[index].stretches)
        page = index == len(rows) - 1 and PAGE_NUMBER_RE.fullmatch(words) is not None and rows[index].stretches[0].x0 > edge
        if apart or page or (_is_across(rows[index], edge) and not _leads_to_row(rows[index:], edge)):
            return index
    return len(rows)


def _is_across(row: Row, edge: float) -> bool:
    """Whether a line begins in the first column, which ends at `edge`, and does not fit into it."""
    first = row.stretches[0]
    return first.x0 < edge and len(first.text) > _NARROW


def _leads_to_row(rows: Sequence[Row], edge: float) -> bool:
    """Whether a row stands below lines across, before the next ones: its number may be in the middle of it."""
    below = list(dropwhile(lambda row: _is_across(row, edge), rows))
    return any(row.is_numbered(edge) for row in takewhile(lambda row: not _is_across(row, edge), below))


def _make_table(page: Any, run: Sequence[Row], edge: float, known: Sequence[float], *, titled: bool) -> PageTable | None:
    body = [row for row in run if not _is_across(row, edge)]
    edges = _find_edges(body, run[0] if titled else None, known)
    if not edges:
        return None
    starts = [row for row in body if row.is_numbered(edges[1])]
    rest = bool(known) and not titled and all(row.stretches[0].at > edges[1] for row in body)
    if len(starts) < (_FEWEST_ROWS if not known else 1) and not rest:
        return None
    # Behind titles that are printed again may stand the rest of a row that the page break cut.
    heads = run[:2] if titled and known else run[:1]
    bands = _find_bands(page, run, starts, edges, edge, heads)
    table = _lay_out(run, bands, edges, edge) if bands else None
    # Columns set in the middle begin elsewhere on each page; under titles of their own they are the same.
    return replace(table, edges=tuple(known)) if table is not None and len(known) == len(edges) else table


def _find_edges(rows: Sequence[Row], titles: Row | None, known: Sequence[float]) -> tuple[float, ...]:
    """Return the x between the columns, the outer ones included: those of the page before if they still fit."""
    stretches = sorted((stretch.x0, stretch.x1) for row in rows for stretch in row.stretches)
    if known and all(not stretch.at < edge < stretch.x1 for row in rows for stretch in row.stretches for edge in known[1:-1]):
        return tuple(known)
    if titles is None:
        return ()
    columns: list[list[float]] = []
    for x0, x1 in stretches:
        if columns and x0 < columns[-1][1] + _GAP:
            columns[-1][1] = max(columns[-1][1], x1)
        else:
            columns.append([x0, x1])
    # Close to where the next column begins: its lines begin at the same place on the next page, those of this one may be longer there.
    inner = [right[0] - min((right[0] - left[1]) / 2, _BEFORE * titles.size) for left, right in pairwise(columns)]
    titled = [bisect_right(inner, stretch.at) for stretch in titles.stretches]
    glued = any(
        left == right and second.x0 - first.x1 > _WIDE_BLANK * titles.size
        for (left, first), (right, second) in pairwise(zip(titled, titles.stretches, strict=True))
    )
    if len(columns) < _FEWEST_TITLES or glued or set(titled) != set(range(len(columns))):
        return ()
    return (columns[0][0] - titles.size, *inner, columns[-1][1] + titles.size)


def _find_bands(
    page: Any, run: Sequence[Row], starts: Sequence[Row], edges: Sequence[float], edge: float, heads: Sequence[Row]
) -> list[float]:
    """Return the y at which the rows begin, and where the last one ends; nothing where they cannot be told."""
    foot = run[-1].middle + run[-1].size
    ruled = _find_rules(page, run, edges)
    if all(sum(above.middle < y < below.middle for y in ruled) for above, below in pairwise(starts)) and ruled:
        return sorted({run[0].middle - run[0].size, *ruled, foot})
    tops = [row.middle - row.size / 2 - 0.1 for row in run if row.is_numbered(edge) or _is_across(row, edge) or row in heads]
    return [*tops, foot] if _begin_beside(run, tops, edges) else _find_gaps(run, edge)


def _find_gaps(run: Sequence[Row], edge: float) -> list[float]:
    """Return the y between rows whose numbers stand in the middle of them, by the room between rows; nothing if a row has two numbers."""
    steps = [below.middle - above.middle for above, below in pairwise(run)]
    fullest = max(Counter(round(stretch.at) for row in run for stretch in row.stretches).items(), key=lambda item: (item[1], -item[0]))[0]
    lines = [row.middle for row in run if any(round(stretch.at) == fullest for stretch in row.stretches)]
    # Most lines follow another of their own cell; middles differ a little by the characters of a line.
    ordered = sorted(below - above for above, below in pairwise(lines))
    pitch = ordered[len(ordered) // 4] if ordered else 0.0
    bands = [run[0].middle - run[0].size]
    bands += [above.middle + step / 2 for above, step in zip(run, steps, strict=False) if step > pitch + _ROOM]
    bands.append(run[-1].middle + run[-1].size)
    for place, (top, bottom) in enumerate(pairwise(bands)):
        held = [row for row in run if top < row.middle < bottom]
        numbers = sum(row.is_numbered(edge) for row in held)
        across = any(_is_across(row, edge) for row in held)
        if numbers != 1 and not (place < 2 and numbers == 0) and not (across and len(held) == 1):
            return []
    return bands


def _find_rules(page: Any, run: Sequence[Row], edges: Sequence[float]) -> list[float]:
    """Return the y of the level lines that run across the table."""
    parts: dict[int, float] = {}
    for line in page.horizontal_edges:
        y = round(float(line["top"]))
        covered = min(float(line["x1"]), edges[-1]) - max(float(line["x0"]), edges[0])
        parts[y] = parts.get(y, 0.0) + max(covered, 0.0)
    return [float(y) for y in sorted(parts) if parts[y] >= _ACROSS * (edges[-1] - edges[0]) and run[0].middle < y < run[-1].middle]


def _begin_beside(run: Sequence[Row], tops: Sequence[float], edges: Sequence[float]) -> bool:
    """Whether the text of every column of a row begins in the line of its number."""
    for top, bottom in pairwise([*tops, run[-1].middle + run[-1].size]):
        lines = [row for row in run if top < row.middle < bottom]
        held = [{bisect_right(edges, stretch.at) for stretch in row.stretches} for row in lines]
        if not held or not set().union(*held[1:]) <= held[0]:
            return False
    return True


def _lay_out(run: Sequence[Row], bands: Sequence[float], edges: Sequence[float], edge: float) -> PageTable:
    rows = [lines for top, bottom in pairwise(bands) if (lines := [row for row in run if top < row.middle < bottom])]
    across = {number: lines for number, lines in enumerate(rows) if any(_is_across(row, edge) for row in lines)}
    cells = [Cell(number, 0, _join([row.stretches for row in lines]), 1, len(edges) - 1) for number, lines in across.items()]
    full: set[tuple[int, int]] = set()
    for column, (left, right) in enumerate(pairwise(edges)):
        held = {
            number: [Stretch(tuple(g for part in parts for g in part.glyphs)) for row in lines if (parts := _within(row, left, right))]
            for number, lines in enumerate(rows)
            if number not in across
        }
        width = _width_of([stretches for stretches in held.values() if stretches])
        for number, stretches in held.items():
            text, filled = join_wraps([glyph for stretch in stretches for glyph in stretch.glyphs], width)
            cells.append(Cell(number, column, text))
            full |= {(number, column)} if filled else set()
    return PageTable(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), tuple(edges), bands[0], bands[-1], frozenset(full))


def _within(row: Row, left: float, right: float) -> list[Stretch]:
    return [stretch for stretch in row.stretches if left <= stretch.at < right]


def _join(lines: Sequence[Sequence[Stretch]]) -> str:
    return join_wraps([glyph for stretches in lines for stretch in stretches for glyph in stretch.glyphs], 0.0)[0]


def _width_of(lines: Sequence[Sequence[Stretch]]) -> float:
    """Return how wide a column is for :func:`join_wraps`: as its longest line, where most lines that others follow are as long."""
    every = [stretch for cell in lines for stretch in cell]
    if not every:
        return _WIDE
    widest = max(stretch.x1 - stretch.x0 for stretch in every)
    followed = [stretch for cell in lines for stretch in cell[:-1]]
    size = every[0].glyphs[0].size
    long = sum(stretch.x1 - stretch.x0 > widest - _RAGGED * size for stretch in followed)
    return widest + _PADDING if long >= _MOSTLY * len(followed) else _WIDE
