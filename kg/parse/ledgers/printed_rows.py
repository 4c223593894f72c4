"""The rows of a table that blanks keep: which of its lines make up each row.

The text of a cell stands on several lines, in the middle of its row or at its top. Where rows are parted is weighed: each has one
number, its cells stand in its middle (or all begin at its top), a line that another one goes on with is full, and what a cell holds fits
its column. The cheapest way is found by dynamic programming.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from kg.parse.ledgers.breaks import SLACK
from kg.parse.ledgers.printed_lines import Word
from kg.parse.ledgers.traits import Judge

#: A row has no more lines.
_MOST_LINES = 24
_MOST_LOOSE_LINES = 8
_NO_WAY = 1e6
#: What it costs: a line by which a cell stands off its row's middle or top; that a short line goes on; that the last one is broken off.
_OFF = 0.35
_MOST_OFF = 2.0
#: A line may be another row's if that costs no more than this.
_MARGIN = 0.3
_SHORT_GOES_ON = 1.2
_NAMES_GO_ON = 0.2
#: The same where nothing counts the rows, so that a whole cell may be one of a row of its own.
_WHOLE_GOES_ON = 0.8
_BROKEN_OFF = 3.0
_FULL_LAST = 0.3
_OPEN_END = 1.5
_BEGINS_INSIDE = 4.0
_GAP = 0.8
#: What it costs that rows differ in the number of their lines: for each, its square.
_EVEN = 0.02
#: What it costs, where nothing counts the rows, that one holds several lines with words in each column.
_WHOLE_LINES = 4.0
#: What it costs that a merged cell stands outside its rows by a line.
_OUTSIDE_ROWS = 5.0
#: Merged cells seldom stand at the top of their rows: by so much it must suit them better.
_SELDOM_TOP = 1.0
_MISSING: Mapping[str, float] = {"task": 2.0, "role": 3.0, "number": 1.0}
_OPEN = ("、", "，", "（", "〔", "《", "“", "和", "及", "与")
_INSIDE = ("、", "，", "）", "〕", "》", "”", "。", "；")


@dataclass(slots=True)
class PrintedCell:
    """The words of a cell, by line."""

    lines: dict[int, list[Word]] = field(default_factory=dict)

    @property
    def words(self) -> list[Word]:
        """The words in the order of the page."""
        return [word for line in sorted(self.lines) for word in self.lines[line]]


class RowFinder:
    """Parts lines into rows.

    Parameters
    ----------
    view
        The view of the document.
    lines
        For each line the words of its columns.
    kinds
        The columns' kinds; those in `shared` are merged over several rows and say nothing of them.
    judge
        What fits a column.
    anchors
        The lines each of which belongs to a row of its own; none if nothing counts the rows.
    """

    def __init__(
        self,
        view: str,
        lines: Sequence[Mapping[int, list[Word]]],
        kinds: Sequence[str],
        shared: frozenset[int],
        judge: Judge,
        anchors: Sequence[int],
    ) -> None:
        self._view = view
        self._lines = lines
        self._kinds = kinds
        self._columns = [column for column in range(len(kinds)) if column not in shared]
        self._judge = judge
        self._anchors = anchors
        self._widest = {
            column: max((sum(word.width for word in line[column]) for line in lines if column in line), default=0)
            for column in self._columns
        }

    def solve(self) -> tuple[float, list[tuple[int, int]], frozenset[int]]:
        """Return the cost of a row on average, the first line of each row and the one behind its last, and lines that may be another's."""
        cost, rows, top = min((*self._part(top=top), top) for top in (False, True))
        return cost, rows, frozenset(self._unsure(rows, top=top))

    def _unsure(self, rows: Sequence[tuple[int, int]], *, top: bool) -> Iterator[int]:
        """Yield the lines that could as well belong to the row before or behind."""
        for (start, cut), (_, stop) in pairwise(rows):
            cost = self._cost(start, cut, top=top) + self._cost(cut, stop, top=top)
            first = max((anchor + 1 for anchor in self._anchors if anchor < cut), default=start + 1)
            last = min((anchor for anchor in self._anchors if anchor >= cut), default=stop - 1)
            for other in range(first, last + 1):
                if other != cut and self._cost(start, other, top=top) + self._cost(other, stop, top=top) < cost + _MARGIN:
                    yield from range(min(cut, other), max(cut, other))

    def _part(self, *, top: bool) -> tuple[float, list[tuple[int, int]]]:
        count = len(self._lines)
        best: list[tuple[float, int]] = [(0.0, 0)] + [(_NO_WAY, 0)] * count
        numbered = [sum(anchor < line for anchor in self._anchors) for line in range(count + 1)]
        most = _MOST_LINES if self._anchors else _MOST_LOOSE_LINES
        cost_of = cache(lambda start, stop: self._cost(start, stop, top=top))
        for stop in range(1, count + 1):
            for start in range(max(0, stop - most), stop):
                if best[start][0] >= _NO_WAY or (self._anchors and numbered[stop] - numbered[start] != 1):
                    continue
                cost = best[start][0] + cost_of(start, stop)
                if cost < best[stop][0]:
                    best[stop] = (cost, start)
        if best[count][0] >= _NO_WAY:
            return _NO_WAY, []
        rows: list[tuple[int, int]] = []
        stop = count
        while stop:
            rows.append((best[stop][1], stop))
            stop = best[stop][1]
        return best[count][0] / len(rows), rows[::-1]

    def _cost(self, start: int, stop: int, *, top: bool) -> float:
        total = _EVEN * (stop - start) ** 2
        if not self._anchors:
            total += _WHOLE_LINES * (sum(all(column in self._lines[line] for column in self._columns) for line in range(start, stop)) // 2)
        for column in self._columns:
            kind = self._kinds[column] or "other"
            held = [line for line in range(start, stop) if column in self._lines[line]]
            if not held:
                total += _MISSING.get(kind, 0.3)
                continue
            off = held[0] - start if top else abs(held[0] + held[-1] + 1 - start - stop) / 2
            # Of an even and an odd number of lines, one can not stand in the middle of the other.
            total += _OFF * min(_MOST_OFF, max(0.0, off - (not top) * ((stop - start - held[-1] + held[0] - 1) % 2) / 2))
            total += _GAP * sum(max(0, after - before - 2) for before, after in pairwise(held))
            texts = [self._text(line, column) for line in held]
            joined = texts[0]
            for place, below in enumerate(texts[1:]):
                whole = self._is_whole(column, joined, below)
                total += self._going_on(held[place], column, joined, whole=whole)
                joined += "、" * (whole and kind == "role") + below
            total += _BROKEN_OFF * texts[-1].endswith(_OPEN) + _BEGINS_INSIDE * texts[0].startswith(_INSIDE)
            total += _BROKEN_OFF * (kind == "role" and self._judge.is_half(re.split("[、，]", texts[0])[0]))
            total += _FULL_LAST * (kind != "role" and len(texts) > 1 and self.is_full(held[-1], column))
            total += self._judge.cost(kind, joined)
            total += _OPEN_END * (kind == "role" and len(joined) > 1 and not self._ends_whole(joined))
        return total

    def _text(self, line: int, column: int) -> str:
        return "".join(word.span.slice(self._view) for word in self._lines[line][column])

    def is_full(self, line: int, column: int) -> bool:
        """Say whether a line fills its column, so that what is below may go on with it."""
        width = sum(word.width for word in self._lines[line][column])
        return width >= self._widest[column] - SLACK

    def _going_on(self, line: int, column: int, text: str, *, whole: bool) -> float:
        """Return what it costs that a cell, which is `text` to the end of a line, goes on below."""
        if whole:
            return _NAMES_GO_ON if self._anchors else _WHOLE_GOES_ON
        return 0.0 if self.is_full(line, column) else _NAMES_GO_ON if text.endswith(_OPEN) else _SHORT_GOES_ON

    def _ends_whole(self, text: str) -> bool:
        last = re.split("[、，；]", text)[-1]
        return self._judge.is_whole_name(last) or self._judge.trait(last) in ("nobody", "empty")

    def _is_whole(self, column: int, text: str, below: str) -> bool:
        """Say whether `text` ends with a whole name or sentence, and the line below begins another."""
        if self._kinds[column] != "role":
            return text.endswith(("。", "；"))
        last, first = re.split("[、，]", text)[-1], re.split("[、，]", below)[0]
        return not text.endswith(_OPEN) and self._judge.is_whole_name(last) and self._judge.begins_name(first, last)


def spread_cells(cells: Sequence[tuple[int, int]], rows: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each row which of the merged `cells` reaches over it; nothing if there are more cells than rows.

    A merged cell stands in the middle of its rows, or at their top, whichever suits all of them better. Cells are given by their first and
    last line, rows by their first line and the one behind the last.

    Examples
    --------
    >>> spread_cells([(1, 1), (4, 5)], [(0, 1), (1, 3), (3, 4), (4, 7)])
    [0, 0, 1, 1]
    """
    if not cells or len(cells) > len(rows):
        return []
    middle, top = (_spread(cells, rows, top=top) for top in (False, True))
    return top[1] if top[0] + _SELDOM_TOP < middle[0] else middle[1]


def _spread(cells: Sequence[tuple[int, int]], rows: Sequence[tuple[int, int]], *, top: bool) -> tuple[float, list[int]]:
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for place, (first, last) in enumerate(cells):
        following: dict[int, tuple[float, list[int]]] = {}
        for stop in range(place + 1, len(rows) + 1):
            for start in range(place, stop):
                if start not in best:
                    continue
                begun, ended = rows[start][0], rows[stop - 1][1] - 1
                off = abs(first - begun) if top else abs(first + last - begun - ended) / 2
                outside = max(0, begun - first) + max(0, last - ended)
                cost, laid = best[start]
                way = (cost + off + _OUTSIDE_ROWS * outside, [*laid, *[place] * (stop - start)])
                following[stop] = min(following.get(stop, way), way)
        best = following
    return best.get(len(rows), (_NO_WAY, []))
