"""Which column a cell belongs to, where a copy of a table lost the structure of its rows.

A cell fits some columns better than others: a number fits the column of numbers, a list of agencies one that names a role, a person's name
none of these. The cheapest way of laying a row's cells on its columns, in their order, is found by dynamic programming; a cell that is
missing costs something, a cell in the wrong column costs more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg.model import Role, Span
from kg.parse.columns import squeeze_title, title_kind
from kg.parse.grids import Grid
from kg.parse.layout import Flow
from kg.parse.lexicon import Lexicon
from kg.parse.marks import find_mark
from kg.parse.reading import Reader
from kg.parse.times import after_time

#: What a cell costs in a column: by the column's kind and the cell's trait. ``*`` is any other trait.
_COSTS: Mapping[str, Mapping[str, float]] = {
    "number": {"number": 0, "empty": 0.2, "*": 6},
    "role": {"agencies": 0, "perhaps": 0.8, "nobody": 0, "empty": 0.3, "short": 2.5, "person": 4, "*": 6},
    "deadline": {"time": 0, "empty": 0.2, "nobody": 0, "short": 1.5, "agencies": 5, "*": 3},
    "person": {"person": 0, "empty": 0.2, "nobody": 0, "short": 2.5, "agencies": 4, "*": 6},
    "section": {"heading": 0, "short": 0.5, "perhaps": 0.8, "text": 1.5, "empty": 0.3, "person": 2, "agencies": 3, "*": 4},
    "task": {"text": 0, "short": 0.4, "perhaps": 0.5, "heading": 0.5, "empty": 0.5, "nobody": 1, "agencies": 2.5, "time": 2.5, "*": 4},
    "other": {"empty": 0.1, "nobody": 0.2, "text": 0.5, "short": 0.5, "perhaps": 0.6, "time": 0.7, "number": 1, "heading": 1.5, "*": 2},
}
#: What it costs that a row has no cell for a column: at its beginning (cells merged with the row above), in its middle, at its end.
_LEADING = {"section": 0.4, "number": 0.8, "task": 0.8, "other": 0.6, "person": 1, "deadline": 1, "role": 1.5}
_MISSING = {"section": 0.8, "number": 1, "task": 1, "other": 0.5, "person": 0.5, "deadline": 0.5, "role": 1}
#: What it costs that a cell goes on in the next one: a cell with several lines.
_GOES_ON = {"role": 0.7, "task": 0.8, "other": 1, "section": 1.2, "person": 0.5, "deadline": 1.5, "number": 9}
_HEADING = {"heading": 0.1, "short": 2.2, "text": 2.5}
_HEADING_STATE = -1
_NUMBER_RE = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}")
_LONGEST_SHORT = 14
_LONGEST_HEADING = 45
_LONGEST_TIME = 24
_SHORTEST_NAME = 3


class Judge:
    """Says how well words fit a column."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._reader = Reader(lexicon)
        self._known: dict[str, str] = {}

    def cost(self, kind: str, words: str) -> float:
        """Return what it costs to lay a cell of `words` (of the view) on a column of `kind`."""
        costs = _COSTS[kind or "other"]
        return costs.get(self.trait(words), costs["*"])

    def trait(self, words: str) -> str:
        """Return what a cell looks like: ``number``, ``agencies``, ``nobody``, ``person``, ``time``, ``heading``, ``short``, ``text``."""
        if words not in self._known:
            self._known[words] = self._find_trait(words)
        return self._known[words]

    def _find_trait(self, words: str) -> str:
        mark = find_mark(words, 0, len(words))
        short = mark is None and len(words) <= _LONGEST_SHORT and not words.endswith(("。", "；"))
        traits = (
            ("empty", not words),
            ("nobody", words in self._lexicon.words("nobody")),
            ("number", bool(_NUMBER_RE.fullmatch(words)) or (mark is not None and mark.end == len(words))),
        )
        sure = next((trait for trait, holds in traits if holds), "") or (self._agencies(words) if mark is None else "")
        if sure:
            return sure
        if all(self._reader.splitter.is_person(part) for part in re.split(r"[、，；\s]+", words) if part):
            return "person"
        if len(words) <= _LONGEST_TIME and (words in self._lexicon.words("deadline-open") or after_time(words, self._lexicon) is not None):
            return "time"
        if mark is not None and mark.kind in ("hanzi", "hanziparen", "named") and len(words) <= _LONGEST_HEADING:
            return "heading"
        return "short" if short else "text"

    def _agencies(self, words: str) -> str:
        """Return ``agencies`` for names some of which are surely agencies', ``perhaps`` for names that only end like one's."""
        reading = self._reader.read(words, 0, len(words), Role.RESPONSIBLE)
        names = reading.names()
        if not names or reading.troubles or not all(name.shaped and name.end - name.start >= _SHORTEST_NAME for name in names):
            return ""
        return "agencies" if any(self._reader.is_body(words, name) for name in names) else "perhaps"


def align_row(words: Sequence[str], kinds: Sequence[str], judge: Judge) -> list[int] | None:
    """Return for each cell of a row the column it belongs to; None if the cells cannot be laid on the columns in their order.

    Empty cells at the end of a row may stand for cells that are missing at its beginning, and are not laid.

    Examples
    --------
    >>> from kg.parse.lexicon import make_lexicon
    >>> from kg.rules import load_rules
    >>> judge = Judge(make_lexicon(load_rules().notation))
    >>> align_row(["2.更新栏目。", "办公室", ""], ["task", "task", "role"], judge)
    [1, 2]
    """
    cells = list(words)
    straight = sum(judge.cost(kind, cell) for kind, cell in zip(kinds, cells, strict=False)) if len(cells) == len(kinds) else None
    while cells and not cells[-1]:
        cells.pop()
    if not cells or len(cells) > len(kinds):
        return None
    best, laid = _lay(cells, kinds, judge)
    if straight is not None and straight <= best + 1:
        return list(range(len(words)))
    return laid


def mend_rows(grid: Grid, flow: Flow, places: Mapping[Span, tuple[int, int]], titles: int, lexicon: Lexicon) -> Grid:
    """Move the cells of rows that lost some to the columns they belong to; what is missing is merged with the row above.

    Only rows of plain text need this: at the end of the table, where the text may have been cut off, nothing is filled in.
    """

    def words_of(cell: Span | None) -> str:
        return flow.text[slice(*places[cell])].replace("\n", "").replace(" ", "") if cell is not None else ""

    judge = Judge(lexicon)
    kinds = [title_kind(squeeze_title(words_of(cell)), lexicon) for cell in grid.row(titles)]
    cells = {place: cell for place, cell in grid.cells.items() if place[0] <= titles}
    for row in range(titles + 1, grid.rows):
        held = [(column, cell) for column, cell in enumerate(grid.row(row)) if cell is not None]
        cut = row + 1 == grid.rows and len(held) == 1 and _is_item(words_of(held[0][1]))
        laid = align_row([words_of(cell) for _, cell in held], kinds, judge) if len(held) > 1 or cut else None
        if laid is None or laid == [column for column, _ in held]:
            cells.update({(row, column): cell for column, cell in held})
            continue
        cells.update({(row, column): cell for column, (_, cell) in zip(laid, held, strict=False)})
        for column in range(grid.columns):
            above = cells.get((row - 1, column)) if row - 1 > titles else None
            if column not in laid and above is not None and (column < laid[-1] or row + 1 < grid.rows):
                cells[row, column] = above
    return replace(grid, cells=cells)


def _is_item(words: str) -> bool:
    mark = find_mark(words, 0, len(words))
    return mark is not None and mark.kind in ("arabic", "arabicparen")


def _lay(cells: Sequence[str], kinds: Sequence[str], judge: Judge) -> tuple[float, list[int]]:
    @cache
    def best(cell: int, column: int) -> tuple[float, tuple[int, ...]]:
        """Return the cheapest way to lay the cells from `cell` on, on the columns from `column` on."""
        if cell == len(cells):
            return sum(_MISSING[kind or "other"] for kind in kinds[column:]), ()
        ways: list[tuple[float, tuple[int, ...]]] = []
        skipped = 0.0
        for target in range(column, len(kinds) - (len(cells) - cell) + 1):
            rest, laid = best(cell + 1, target + 1)
            ways.append((skipped + judge.cost(kinds[target], cells[cell]) + rest, (target, *laid)))
            skipped += (_LEADING if cell == 0 else _MISSING)[kinds[target] or "other"]
        return min(ways)

    total, laid = best(0, 0)
    return total, list(laid)


def align_stream(
    words: Sequence[str], kinds: Sequence[str], judge: Judge, line_starts: frozenset[int] | None = None
) -> tuple[float, list[tuple[int, int]]]:
    """Lay a stream of cells, whose rows are not marked, on columns.

    Parameters
    ----------
    words
        The cells' words, in the order of the page.
    kinds
        The columns' kinds.
    judge
        What fits.
    line_starts
        The cells that begin a printed line, if cells are parted by blanks only: a row begins at one of them, and words are cheap to join.

    Returns
    -------
    tuple
        The cost of a cell on average, and for each cell its row and column; column -1 is a heading across all columns.
    """
    table = _Stream(words, kinds, judge, line_starts)
    return table.solve()


class _Stream:
    def __init__(self, words: Sequence[str], kinds: Sequence[str], judge: Judge, line_starts: frozenset[int] | None) -> None:
        self._words = words
        self._kinds = [kind or "other" for kind in kinds]
        self._judge = judge
        self._line_starts = line_starts
        count = len(kinds)
        self._leading = [sum(_LEADING[kind] for kind in self._kinds[:column]) for column in range(count + 1)]
        self._missing = [sum(_MISSING[kind] for kind in self._kinds[:column]) for column in range(count + 1)]
        self._states = [_HEADING_STATE, *range(count)]

    def solve(self) -> tuple[float, list[tuple[int, int]]]:
        if not self._words:
            return 0.0, []
        costs = {state: self._fit(0, state) + (self._leading[state] if state >= 0 else 0) for state in self._states}
        steps: list[dict[int, tuple[int, bool]]] = []
        for index in range(1, len(self._words)):
            following: dict[int, float] = {}
            step: dict[int, tuple[int, bool]] = {}
            for state in self._states:
                ways = [(costs[before] + cost, before, new) for before in self._states for cost, new in self._moves(index, before, state)]
                cost, before, new = min(ways)
                following[state] = cost + self._fit(index, state)
                step[state] = (before, new)
            steps.append(step)
            costs = following
        total, state = min((cost + self._end(state), state) for state, cost in costs.items())
        return total / len(self._words), self._trace(steps, state)

    def _trace(self, steps: Sequence[Mapping[int, tuple[int, bool]]], state: int) -> list[tuple[int, int]]:
        states, breaks = [state], []
        for step in reversed(steps):
            before, new = step[states[-1]]
            breaks.append(new)
            states.append(before)
        states.reverse()
        breaks.reverse()
        row, placed = 0, [(0, states[0])]
        for following, new in zip(states[1:], breaks, strict=True):
            row += new
            placed.append((row, following))
        return placed

    def _fit(self, index: int, state: int) -> float:
        words = self._words[index]
        if state == _HEADING_STATE:
            return _HEADING.get(self._judge.trait(words), 6)
        if self._line_starts is not None and self._kinds[state] in ("task", "section", "other"):
            return (
                0.2 if self._judge.trait(words) in ("short", "person", "text", "perhaps") else self._judge.cost(self._kinds[state], words)
            )
        return self._judge.cost(self._kinds[state], words)

    def _end(self, state: int) -> float:
        return self._missing[-1] - self._missing[state + 1] if state >= 0 else 0

    def _moves(self, index: int, before: int, state: int) -> list[tuple[float, bool]]:
        """Return what it costs to come from one column to another: in a new row, in the same, or going on in the same cell."""
        late = 0 if self._line_starts is None or index in self._line_starts else 2
        begin = self._leading[state] if state >= 0 else 0
        moves = [(self._end(before) + begin + late, True)]
        if 0 <= before < state:
            moves.append((self._missing[state] - self._missing[before + 1], False))
        if before == state >= 0 and not self._begins_anew(index):
            moves.append((0.15 if self._line_starts is not None else _GOES_ON[self._kinds[state]], False))
        return moves

    def _begins_anew(self, index: int) -> bool:
        """Say whether a cell begins with a number or a bullet of its own, and so goes on with none."""
        words = self._words[index]
        return words.startswith(("——", "△", "●", "◆")) or find_mark(words, 0, len(words)) is not None
