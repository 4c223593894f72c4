"""Readings of a shifted stretch as far as it has been read, and the steps from one token to the next."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable
from typing import NamedTuple

from kg.repair.brackets import BRACKETS, UNCLOSED, weigh_bracket
from kg.repair.guesses import NUMBERS
from kg.repair.language import LONGEST, NO_WORD, LanguageModel, Scores

WIDTH = 13.0
"""How far below the best reading one may lie."""
LITERAL = {"?": -9.0, "\ufffd": -14.0}
"""Scores of a sign of loss that is what it seems: a question mark, or damage of another kind."""
SCRIPT = -5.0
"""Score of a character of the other script than the document's."""
IN_STEP, UNKNOWN_LEAD = -1, -2
"""Values of ``Reading.pending`` that are no byte. A value below these is the negative of the first byte of an unassigned pair that was
lost: the lead that waits is its second byte."""
RECOMBINED = 3
"""Readings kept among those that only differ too far back to matter."""
EXPECTED = 8.0
"""Score of the number that comes next in brackets."""
OWED = 4.0
"""What the character is likely to cost whose first byte is not even guessed at."""
SPECIAL = BRACKETS | frozenset(LITERAL) | frozenset(NUMBERS) | {"\n"}
"""Characters that are weighed in another way too."""


class Reading(NamedTuple):
    """A hypothesis: what the text was up to here.

    ``total`` is its score, ``scores`` and ``tail`` the state of the language model, ``out`` the characters since the search began,
    ``pending`` a lead byte that waits for its trail, ``settled`` the length of ``out`` where the reading came back in step and ``resumed``
    the offset in the text where it did; ``opened`` are the closing brackets waited for.
    """

    total: float
    scores: Scores
    tail: str
    out: str
    pending: int
    settled: int
    resumed: int
    opened: str

    @property
    def literal(self) -> bool:
        """Whether it leaves all as it is."""
        return self.pending == IN_STEP and self.settled == 0


class Step(NamedTuple):
    """A reading with one more character, not yet made: most are dropped by their score alone.

    ``best`` is the last of its ``scores``; ``pending``, ``end`` and ``opened`` are as in :class:`Reading`, ``settles`` says whether it
    comes back in step here.
    """

    total: float
    before: Reading
    char: str
    plain: str
    best: float
    pending: int
    end: int
    opened: str
    settles: bool

    def make(self) -> Reading:
        """Return the reading."""
        before = self.before
        tail = before.tail + self.plain
        if len(tail) >= LONGEST:
            scores, tail = (*before.scores[1 - LONGEST :], self.best), tail[1 - LONGEST :]
        else:
            scores = (*before.scores, self.best)
        out = before.out + self.char
        if self.settles:
            return Reading(self.total, scores, tail, out, IN_STEP, len(out), self.end, self.opened)
        return Reading(self.total, scores, tail, out, self.pending, before.settled, before.resumed, self.opened)


class Steps:
    """The next readings as they are found: all but the best are dropped as early as can be."""

    def __init__(self, model: LanguageModel, foreign: Container[str], width: float = WIDTH, expected: str = "") -> None:
        self._model = model
        self._foreign = foreign
        self._floor = -math.inf
        self._width = width
        self._expected = expected
        self._steps: list[Step] = []
        self._made: list[Reading] = []

    def keep(self, reading: Reading) -> None:
        """Take a reading as it is."""
        self._made.append(reading)
        self._floor = max(self._floor, _get_rank(reading) - self._width)

    def add(self, before: Reading, chars: Iterable[str], pending: int, end: int, extra: float = 0.0, *, settles: bool = False) -> None:
        """Take the readings that `before` becomes with each of `chars`."""
        model, foreign, tail, scores, opened = self._model, self._foreign, before.tail, before.scores, before.opened
        row = model.get_row(tail)
        start = before.total - scores[-1] + extra
        literal = before.literal and pending == IN_STEP and not settles
        floor = self._floor
        for char in chars:
            follower = row.get(char) or model.look_up(tail, char)
            best = scores[-1] + follower.base
            if follower.long or follower.pair != NO_WORD:
                best = model.weigh(scores, tail, follower)
            total = start + best + follower.own
            if char in foreign:
                total += SCRIPT
            still = opened
            if char in SPECIAL:
                if char in BRACKETS:
                    balance, still = weigh_bracket(opened, char)
                    total += balance
                elif char in LITERAL:
                    if pending == IN_STEP and not settles:
                        # A sign of loss kept as it is has a score of its own in place of the model's.
                        best, total = scores[-1], before.total + LITERAL[char]
                elif char in NUMBERS:
                    if char == self._expected and tail.endswith("（"):
                        total += EXPECTED
                elif opened:
                    total += UNCLOSED
            if total >= floor or literal:
                self._steps.append(Step(total, before, char, follower.plain, best, pending, end, still, settles))
                floor = max(floor, total - self._width)
        self._floor = floor

    def take(self, count: int) -> list[Reading]:
        """Make and return the best readings, at most `count`; and the one that leaves all as it is, which all others are held against."""
        ranked: list[Step | Reading] = [*self._steps, *self._made]
        ranked.sort(key=_get_rank, reverse=True)
        seen: set[tuple[str, int, int]] = set()
        alike: dict[tuple[str, int, int, str], int] = {}
        kept: list[Reading] = []
        for index, found in enumerate(ranked):
            if _get_rank(found) < self._floor or len(kept) >= count:
                kept += [rest for rest in map(_make, ranked[index:]) if rest.literal][:1]
                break
            reading = _make(found)
            key = (reading.out, reading.pending, reading.resumed)
            state = (reading.tail, reading.pending, reading.resumed, reading.opened)
            same = alike.get(state, 0)
            if key not in seen and same < RECOMBINED:
                alike[state] = same + 1
                seen.add(key)
                kept.append(reading)
        return kept


def _get_rank(found: Step | Reading) -> float:
    return found.total - OWED if found.pending == UNKNOWN_LEAD and isinstance(found, Reading) else found.total


def _make(found: Step | Reading) -> Reading:
    return found.make() if isinstance(found, Step) else found
