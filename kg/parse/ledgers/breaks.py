"""Line breaks inside the cells of tables whose columns have a width: where a line was full, its words go on below; where not, others begin.

A list of names that marks part (、) goes on over full lines. A short line is the last one of what it says: below it another name begins. A
column in which that happens holds a name a line, and there a full line, too, may be a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import Span
from kg.parse.ledgers.grids import Grid
from kg.parse.ledgers.printed_lines import count_cells
from kg.parse.ledgers.traits import Judge

#: A line is full if it is no shorter than the longest of its column by more than so many cells of a terminal.
SLACK = 3
#: Where a frame is drawn around a cell, a full line leaves no more room in it.
_ROOM = 5
_BRACKET_RE = re.compile(r"（[^（）]*）|〔[^〔〕]*〕")
_OPEN = ("、", "，", "（", "〔")
_INSIDE = ("、", "，", "）", "〕", "（", "〔")


@dataclass(frozen=True, slots=True)
class _Break:
    """A break between two lines of a cell: the place behind it, the name it may end, what follows, and whether the line was full."""

    place: int
    last: str
    following: tuple[str, ...]
    full: bool


def mark_breaks(grid: Grid, columns: Sequence[int], view: str, judge: Judge, *, framed: bool) -> Grid:
    """Return `grid` with the places in its cells at which another name surely begins, and those at which a name surely goes on.

    Parameters
    ----------
    grid
        The table.
    columns
        The columns that hold names.
    view
        The view of the document.
    judge
        What is a name.
    framed
        Whether a piece is all that its frame holds, blanks included.
    """
    begins, joins = set(grid.begins), set(grid.joins)
    rows = [row for row in range(1, grid.rows) if len(set(grid.row(row))) > 1]
    for column in columns:
        held = dict.fromkeys(cell for row in rows if (cell := grid.cells.get((row, column))) is not None)
        lines = [_lines(grid.pieces.get(cell, (cell,)), view) for cell in held]
        printed = [line.slice(view).strip() for parts in lines for line in parts]
        listed = any(re.search("[、，]", _BRACKET_RE.sub("", "".join(part.slice(view).strip() for part in parts))) for parts in lines)
        widest = max((count_cells(words) for words in printed), default=0)
        breaks = [found for parts in lines for found in _find_breaks(parts, view, judge, widest, framed=framed)]
        short = {found.place for found in breaks if not found.full and _is_whole(found.last, judge)}
        begins |= short
        for found in breaks:
            first = re.split("[、，]", found.following[0])[0]
            if found.full and short and not listed and _is_whole(found.last, judge) and _begins_name(found, judge):
                begins.add(found.place)
            elif found.full and (listed or not (judge.is_whole_name(first) and judge.begins_with_level(first))):
                joins.add(found.place)
    return replace(grid, begins=frozenset(begins), joins=frozenset(joins))


def _find_breaks(parts: Sequence[Span], view: str, judge: Judge, widest: int, *, framed: bool) -> Iterator[_Break]:
    last = ""
    for place, (line, below) in enumerate(pairwise(parts)):
        words, following = line.slice(view), tuple(part.slice(view).strip() for part in parts[place + 1 :])
        room = count_cells(words) - count_cells(words.strip()) if framed else 0
        full = count_cells(words.strip()) >= widest - SLACK and room <= _ROOM
        last = re.split("[、，]", last + words.strip())[-1]
        if full or not (words.strip().endswith(_OPEN) or following[0].startswith(_INSIDE)):
            yield _Break(below.start + below.slice(view).index(following[0]), last, following, full)
        if not full and _is_whole(last, judge):
            last = ""


def _is_whole(words: str, judge: Judge) -> bool:
    return judge.is_whole_name(words) and words.count("（") == words.count("）")


def _begins_name(found: _Break, judge: Judge) -> bool:
    """Say whether the lines below a break are a name of their own, alone or with those below them."""
    for count in range(1, len(found.following) + 1):
        words = "".join(found.following[:count])
        if judge.is_whole_name(words):
            return judge.begins_name(words, found.last)
    return False


def _lines(pieces: Sequence[Span], view: str) -> list[Span]:
    """Return the pieces of a cell that hold words, those on one line joined."""
    joined: list[Span] = []
    for piece in pieces:
        if not piece.slice(view).strip():
            continue
        if joined and "\n" not in view[joined[-1].end : piece.start]:
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined
