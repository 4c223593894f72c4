"""Line breaks inside the cells of tables whose columns have a width: where a line was full, its words go on below; where not, others begin.

A list of names that marks part (、) goes on over full lines. A short line is the last one of what it says: below it another name begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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


def find_breaks(grid: Grid, columns: Sequence[int], view: str, judge: Judge, *, framed: bool) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places in the cells of `columns` at which another name surely begins, and those at which a name surely goes on.

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
    begins: set[int] = set()
    joins: set[int] = set()
    rows = [row for row in range(1, grid.rows) if len(set(grid.row(row))) > 1]
    for column in columns:
        held = dict.fromkeys(cell for row in rows if (cell := grid.cells.get((row, column))) is not None)
        lines = [_lines(grid.pieces.get(cell, (cell,)), view) for cell in held]
        printed = [line.slice(view).strip() for parts in lines for line in parts]
        widest = max((count_cells(words) for words in printed), default=0)
        listed = any(re.search("[、，]", _BRACKET_RE.sub("", words)) for words in printed)
        for parts in lines:
            last = ""
            for line, below in pairwise(parts):
                words, start = line.slice(view), below.start + len(below.slice(view)) - len(below.slice(view).lstrip())
                last = re.split("[、，]", last + words.strip())[-1]
                room = count_cells(words) - count_cells(words.strip()) if framed else 0
                full = count_cells(words.strip()) >= widest - SLACK and room <= _ROOM
                inside = words.strip().endswith(_OPEN) or view[start : start + 1] in _INSIDE
                if not full and not inside and judge.is_whole_name(last):
                    begins.add(start)
                    last = ""
                elif full and (listed or not judge.is_whole_name(re.split("[、，]", below.slice(view).strip())[0])):
                    joins.add(start)
    return frozenset(begins), frozenset(joins)


def _lines(pieces: Sequence[Span], view: str) -> list[Span]:
    """Return the pieces of a cell, those on one line joined."""
    joined: list[Span] = []
    for piece in _filled(pieces, view):
        if joined and "\n" not in view[joined[-1].end : piece.start]:
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _filled(pieces: Sequence[Span], view: str) -> Iterator[Span]:
    yield from (piece for piece in pieces if piece.slice(view).strip())
