"""Lays a stream of cells whose rows are not marked on the columns of a table.

Where the first column counts the rows, its numbers part them. All else is weighed: a cell that is missing costs something, a cell in the
wrong column costs more, and the cheapest way from the first cell to the last is found by dynamic programming.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.parse.ledgers.alignment import LEADING, MISSING
from kg.parse.ledgers.traits import STARS, Judge
from kg.parse.words.marks import to_number

#: What it costs that a cell goes on in the next one: a cell with several lines.
_GOES_ON = {"role": 0.4, "task": 0.8, "other": 1, "section": 1.2, "person": 0.5, "body": 0.5, "deadline": 1.5, "number": 9}
#: The same in the first of several columns of roles, which mostly holds one name.
_FIRST_ROLE = 1.2
_NO_FIRST = 0.5
#: The same where blanks may part the words of one cell.
_LOOSE_WORDS = 0.15
_HEADING = {"heading": 0.1, "short": 2.2, "text": 2.5}
#: What a piece of text costs that blanks part from the rest of its cell.
_LOOSE = {"short": 0.2, "person": 0.2, "text": 0.2, "perhaps": 0.6}
#: The column of a heading across all columns.
HEADING_STATE = -1
#: What it costs that a numbered row has no task.
_NO_TASK = 3.0
#: What it costs that a printed line goes on with the row of the line before, where a row is a line.
_SAME_ROW = 1.0
#: What it costs that a row begins behind its task.
_LONE_NAMES = 1.5
#: What it costs to break the numbers that part the rows.
_BROKEN = 8.0
_LEAST_NUMBERS = 2
_BULLETS = ("——", "△", "●", "◆")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the alignment sees it: its kind, and whether it is the first of several that name roles."""

    kind: str
    first: bool = False


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
        None begins one where the whole table stands in a single line.

    Returns
    -------
    tuple
        The cost of a cell on average, and for each cell its row and column; column -1 is a heading across all columns.
    """
    return _Stream(words, kinds, judge, line_starts).solve()


def find_numbers(words: Sequence[str], starts: frozenset[int] | None = None) -> frozenset[int]:
    """Return the cells that count the rows: numbers each of which goes on with the one before, or is at least greater.

    Examples
    --------
    >>> sorted(find_numbers(["1", "甲", "20", "2", "乙", "30", "3", "丙", "8"]))
    [0, 3, 6]
    """
    values = [(index, value) for index, cell in enumerate(words) if (value := _value(cell)) and (starts is None or index in starts)]
    found: list[int] = []
    position = 0
    gaps = False
    while position < len(values):
        index, value = values[position]
        found.append(index)
        later = range(position + 1, len(values))
        following = next((place for place in later if values[place][1] == value + 1), None)
        if following is None:
            # Numbers begin anew in a new section; a selection of rows leaves some out, mostly more than once.
            following = next((place for place in later if value > 1 == values[place][1] and _goes_on(values, place)), None)
        if following is None:
            following = next((place for place in later if values[place][1] > value and (gaps or _goes_on(values, place))), None)
            gaps = True
        if following is None:
            break
        position = following
    return frozenset(found) if len(found) >= _LEAST_NUMBERS else frozenset()


def _goes_on(values: Sequence[tuple[int, int]], place: int) -> bool:
    return any(value == values[place][1] + 1 for _, value in values[place + 1 :])


def _value(cell: str) -> int:
    digits = cell.strip(".、" + STARS)
    if digits.isascii() and digits.isdigit() and len(digits) <= 3:
        return int(digits)
    return to_number(cell) if cell and all(character in "一二三四五六七八九十" for character in cell) and len(cell) <= 3 else 0


class _Stream:
    def __init__(self, words: Sequence[str], kinds: Sequence[str], judge: Judge, line_starts: frozenset[int] | None) -> None:
        self._words = words
        self._kinds = [kind or "other" for kind in kinds]
        self._judge = judge
        self._line_starts = line_starts
        count = len(kinds)
        self._leading = [sum(LEADING[kind] for kind in self._kinds[:column]) for column in range(count + 1)]
        self._missing = [sum(MISSING[kind] for kind in self._kinds[:column]) for column in range(count + 1)]
        self._states = [HEADING_STATE, *range(count)]
        self._number = self._kinds.index("number") if "number" in self._kinds else -1
        self._numbers = find_numbers(words, line_starts or None) if self._number == 0 else frozenset()
        roles = [column for column, kind in enumerate(self._kinds) if kind == "role"]
        self._first_role = roles[0] if len(roles) > 1 and roles[1] == roles[0] + 1 else -1
        self._tasks = [column for column, kind in enumerate(self._kinds) if kind == "task"]

    def solve(self) -> tuple[float, list[tuple[int, int]]]:
        if not self._words:
            return 0.0, []
        costs = {state: self._fit(0, state) + self._begin(state) for state in self._states}
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
        # The last row may have been cut off: what it lacks says nothing against the table.
        return (total - self._end(state)) / len(self._words), self._trace(steps, state)

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
        if self._numbers and (index in self._numbers) != (state == self._number) and (index in self._numbers or state == self._number):
            return _BROKEN
        if state == HEADING_STATE:
            return _HEADING.get(self._judge.trait(words), 6)
        if self._line_starts is not None and self._kinds[state] in ("task", "section", "other"):
            trait = self._judge.trait(words)
            if trait in _LOOSE:
                return _LOOSE[trait]
        return self._judge.cost(self._kinds[state], words)

    def _end(self, state: int) -> float:
        return self._missing[-1] - self._missing[state + 1] if state >= 0 else 0

    def _begin(self, state: int) -> float:
        """Return what it costs that a row begins in a column."""
        begin = self._leading[state] if state >= 0 else 0
        return begin + (_LONE_NAMES if self._tasks and state > max(self._tasks) else 0)

    def _moves(self, index: int, before: int, state: int) -> list[tuple[float, bool]]:
        """Return what it costs to come from one column to another: in a new row, in the same, or going on in the same cell."""
        begins = not self._line_starts or index in self._line_starts
        late = 0 if begins else 2
        early = _SAME_ROW if self._line_starts and begins else 0
        moves = [(self._end(before) + self._begin(state) + late, True)]
        if 0 <= before < state:
            skipped = before == self._number and self._tasks and all(before < column < state for column in self._tasks)
            skips = self._missing[state] - self._missing[before + 1] + (_NO_TASK if skipped else 0)
            # Where one of several columns of roles is empty, it is hardly the first.
            skips += _NO_FIRST if before < self._first_role < state else 0
            moves.append((skips + early, False))
        if before == state >= 0 and not self._begins_anew(index):
            moves.append((self._goes_on(state) + early, False))
        return moves

    def _goes_on(self, state: int) -> float:
        if state == self._first_role:
            return _FIRST_ROLE
        return _GOES_ON[self._kinds[state]] if self._line_starts is None else _LOOSE_WORDS

    def _begins_anew(self, index: int) -> bool:
        """Say whether a cell begins with a number or a bullet of its own, and so goes on with none."""
        words, before = self._words[index], self._words[index - 1]
        if words.startswith(_BULLETS):
            # Below an item, or below another bullet, a bullet may go on in the same cell.
            return not (before.startswith(_BULLETS) or self._judge.marks.find(before, 0, len(before)) is not None)
        return self._judge.marks.find(words, 0, len(words)) is not None
