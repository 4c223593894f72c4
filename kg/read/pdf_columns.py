"""Pages set in two columns, as gazettes are: the left column is read before the right one.

Nothing but the place of the characters decides. A page has two columns when a white stripe near its middle is crossed by few lines, and
when most lines on either side fill their column: a list of labels and values, or a table without ruling lines, has ragged sides. What
crosses the stripe (a title, a wide table, a page number) divides the page into bands, each read column by column.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.read.pdf_lines import Glyph, PageLine, group_glyphs, group_lines
from kg.read.pdf_tables import PageTable

_ZONE = (0.38, 0.62)
"""Share of the page's width in which the stripe between the columns lies."""

_STRIPE = 0.9
"""Width of the stripe in sizes of a character; blanks within justified lines are narrower or do not stand below each other."""

_CROSSING = 0.3
"""Share of the lines that may cross the stripe."""

_FILLED = 0.5
"""Share of the lines of a column that must reach its right edge."""

_FEWEST = 6
"""Lines that each column must have."""

Item = PageLine | PageTable


def order_items(glyphs: Sequence[Glyph], tables: Sequence[PageTable], width: float) -> list[Item]:
    """Return the lines and tables of a page in the order in which they are read.

    Parameters
    ----------
    glyphs
        The characters outside tables.
    tables
        The tables of the page.
    width
        Of the page, in points.
    """
    stripe = find_stripe(glyphs, width)
    if stripe is None:
        items: list[Item] = [*group_lines(glyphs), *tables]
        return sorted(items, key=lambda item: (item.top, isinstance(item, PageTable)))
    left, right, across = _split(glyphs, stripe)
    columns: list[list[Item]] = [list(group_lines(left)), list(group_lines(right))]
    bars: list[Item] = list(group_lines(across))
    for table in tables:
        side = 0 if table.edges[-1] <= stripe else 1 if table.edges[0] >= stripe else None
        (bars if side is None else columns[side]).append(table)
    _take_out_edges(columns, bars)
    return _interleave(columns, bars)


def find_stripe(glyphs: Sequence[Glyph], width: float) -> float | None:
    """Return the x of the middle of the stripe between two columns, or None where the page has one column."""
    rows = group_glyphs(glyphs)
    if len(rows) < _FEWEST:
        return None
    sizes = sorted(glyph.size for row in rows for glyph in row)
    size = sizes[len(sizes) // 2]
    half = _STRIPE * size / 2
    places = [place / 2 for place in range(int(2 * _ZONE[0] * width), int(2 * _ZONE[1] * width) + 1, 2)]
    crossed = [sum(any(glyph.x0 < x + half and glyph.x1 > x - half for glyph in row) for row in rows) for x in places]
    fewest = min(crossed, default=len(rows))
    if fewest > _CROSSING * len(rows):
        return None
    run = [x for x, count in zip(places, crossed, strict=True) if count == fewest]
    stripe = run[len(run) // 2]
    left, right, _ = _split(glyphs, stripe)
    return stripe if all(_is_filled(side, size) for side in (left, right)) else None


def _is_filled(glyphs: Sequence[Glyph], size: float) -> bool:
    rows = group_glyphs(glyphs)
    if len(rows) < _FEWEST:
        return False
    ends = [max(glyph.x1 for glyph in row) for row in rows]
    return sum(end >= max(ends) - 1.5 * size for end in ends) >= _FILLED * len(rows)


def _split(glyphs: Sequence[Glyph], stripe: float) -> tuple[list[Glyph], list[Glyph], list[Glyph]]:
    """Return the characters left and right of the stripe, and those of lines that run across it."""
    left: list[Glyph] = []
    right: list[Glyph] = []
    across: list[Glyph] = []
    for row in group_glyphs(glyphs):
        ordered = sorted(row, key=lambda glyph: glyph.x0)
        before = [glyph for glyph in ordered if glyph.x1 <= stripe]
        behind = [glyph for glyph in ordered if glyph.x0 >= stripe]
        touching = len(before) + len(behind) < len(ordered)
        if touching or (before and behind and behind[0].x0 - before[-1].x1 < _STRIPE * before[-1].size):
            across += row
        else:
            left += before
            right += behind
    blanks = [glyph for glyph in glyphs if not glyph.text.strip()]
    return left + blanks, right + blanks, across + blanks


def _take_out_edges(columns: list[list[Item]], bars: list[Item]) -> None:
    """Let what stands above or below both columns, a page number in a corner, be read first or last."""
    for one, other in ((0, 1), (1, 0)):
        body = columns[other]
        top, bottom = min(item.top for item in body), max(item.bottom for item in body)
        edges = [
            item
            for item in columns[one]
            if isinstance(item, PageLine)
            and (item.top > bottom + item.size or item.bottom < top - item.size)
            and not _runs_on(item, columns[one])
        ]
        if len(edges) <= 2:
            bars += edges
            columns[one] = [item for item in columns[one] if item not in edges]


def _runs_on(line: PageLine, column: Sequence[Item]) -> bool:
    """Whether another line of the column stands in the usual distance: then the column is only the longer one."""
    return any(other is not line and abs(other.top - line.top) < 2.2 * line.size for other in column)


def _interleave(columns: Sequence[Sequence[Item]], bars: Sequence[Item]) -> list[Item]:
    ordered: list[Item] = []
    rest = [sorted(column, key=lambda item: item.top) for column in columns]
    for bar in sorted(bars, key=lambda item: item.top):
        for number, column in enumerate(rest):
            ordered += [item for item in column if item.top < bar.top]
            rest[number] = [item for item in column if item.top >= bar.top]
        ordered.append(bar)
    return [*ordered, *rest[0], *rest[1]]
