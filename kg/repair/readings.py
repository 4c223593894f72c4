"""Readings of a shifted stretch as far as it has been read, and the steps from one token to the next."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from kg.repair.brackets import BRACKETS, UNCLOSED, weigh_bracket
from kg.repair.choices import Chooser
from kg.repair.guesses import IN_STEP, SPECIAL, Option, Pool
from kg.repair.language import NO_WORD, LanguageModel, Scores
from kg.repair.tokens import NUMBERS

WIDTH = 13.0
"""How far below the best reading one may lie."""
LITERAL = {"?": -9.0, "\ufffd": -14.0}
"""Scores of a sign of loss that is what it seems: a question mark, or damage of another kind."""
SCRIPT = -5.0
"""Score of a character of the other script than the document's."""
UNKNOWN_LEAD = -2
"""Value of ``Reading.pending``, beside :data:`~kg.repair.guesses.IN_STEP`, that is no byte. A value below these is the negative of the
first byte of an unassigned pair that was lost: the lead that waits is its second byte."""
RECOMBINED, BEHIND = 3, 6.0
"""Readings kept among those that only differ too far back to matter, and how far below the best of them one may lie."""
EXPECTED = 8.0
"""Score of the number that comes next in brackets."""
OWED = 4.0
"""What the character is likely to cost whose first byte is not even guessed at."""
UNCUT = -8.0
"""Score of a mark in a shifted stretch although the text was cut at each such mark."""


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

    ``best`` is the last of its ``scores``; ``pending`` and ``opened`` are as in :class:`Reading`, ``resumed`` too.
    """

    total: float
    before: Reading
    char: str
    plain: str
    best: float
    pending: int
    resumed: int
    opened: str

    @property
    def literal(self) -> bool:
        """Whether it leaves all as it is."""
        return self.pending == self.before.pending == IN_STEP and self.before.settled == 0


class Steps:
    """The next readings as they are found: all but the best are dropped as early as can be.

    ``foreign`` are the characters of the other script.
    """

    def __init__(
        self,
        model: LanguageModel,
        chooser: Chooser,
        foreign: frozenset[str],
        width: float = WIDTH,
        expected: str = "",
        floor: float = -math.inf,
    ) -> None:
        self._model = model
        self._chooser = chooser
        self._foreign = foreign
        self._floor = floor
        self._width = width
        self._expected = expected
        self._found: list[tuple[float, Step | Reading]] = []

    def keep(self, reading: Reading) -> None:
        """Take a reading as it is."""
        rank = reading.total - OWED if reading.pending == UNKNOWN_LEAD else reading.total
        self._found.append((rank, reading))
        self._floor = max(self._floor, rank - self._width)

    def add(self, before: Reading, options: Iterable[Option], end: int, extra: float = 0.0, barred: frozenset[str] = frozenset()) -> None:
        """Take the readings that `before` becomes with each of `options`.

        ``end`` is the offset in the text after it, ``extra`` the score of what it takes, and marks that are ``barred`` count less.
        """
        model, foreign, tail, scores, opened = self._model, self._foreign, before.tail, before.scores, before.opened
        row = model.get_row(tail)
        last = scores[-1]
        start = before.total - last + extra
        floor, width, found = self._floor, self._width, self._found
        for char, pending in options:
            plain, base, pair, long, own = row.get(char) or model.look_up(tail, char)
            best = last + base
            if long:
                best = model.weigh(scores, tail + plain, best, pair)
            elif pair != NO_WORD and scores[-2] + pair > best:
                best = scores[-2] + pair
            total = start + best + own
            still = opened
            if char in foreign:
                total += SCRIPT
            if char in SPECIAL:
                if char in LITERAL:
                    if pending == before.pending == IN_STEP:
                        # A sign of loss kept as it is has a score of its own in place of the model's.
                        best, total = last, before.total + LITERAL[char]
                elif char in barred:
                    total += UNCUT
                else:
                    extra_score, still = self._weigh_special(char, tail, opened)
                    total += extra_score
            if total >= floor:
                resumed = end if pending == IN_STEP != before.pending else before.resumed
                found.append((total, Step(total, before, char, plain, best, pending, resumed, still)))
                floor = max(floor, total - width)
            elif before.literal and pending == IN_STEP:
                found.append((total, Step(total, before, char, plain, best, pending, before.resumed, still)))
        self._floor = floor

    def choose(
        self,
        before: Reading,
        pool: Pool,
        end: int,
        extra: float = 0.0,
        barred: frozenset[str] = frozenset(),
        pending: int | None = None,
    ) -> None:
        """Take the readings that `before` becomes with the characters of `pool`; only the likeliest of them are looked at.

        ``pending`` is the byte that waits after each, if it is the same for all; the rest is as for :meth:`add`.
        """
        tail, scores, opened, width, found = before.tail, before.scores, before.opened, self._width, self._found
        weighed, joined, near, free, known = self._chooser.choose(pool, tail[-1:])
        weighed = (*weighed, *self._chooser.find_longer(pool, tail[-2:]))
        if weighed:
            self.add(before, [(guess.char, guess.pending if pending is None else pending) for guess in weighed], end, extra, barred)
        floor = self._floor
        start = before.total - scores[-1] + extra + self._model.get_unseen(tail)
        for anchor, guesses in ((scores[-2:][0], joined), (scores[-1], near), (scores[-1], free)):
            for score, char, plain, border in guesses:
                best = anchor + score
                total = start + best
                if total < floor:
                    break
                if plain not in known:
                    waits = border if pending is None else pending
                    resumed = end if waits == IN_STEP else before.resumed
                    found.append((total, Step(total, before, char, plain, best, waits, resumed, opened)))
                    floor = max(floor, total - width)
        self._floor = floor

    def _weigh_special(self, char: str, tail: str, opened: str) -> tuple[float, str]:
        """Return the score of a bracket, of a number and of a line's end beside the model's, and the brackets open then."""
        if char in BRACKETS:
            return weigh_bracket(opened, char)
        if char in NUMBERS:
            return (EXPECTED if char == self._expected and tail.endswith("（") else 0.0), opened
        return (UNCLOSED if opened and char == "\n" else 0.0), opened

    def take(self, count: int) -> list[Reading]:
        """Make and return the best readings, at most `count`; and the one that leaves all as it is, which all others are held against."""
        ranked = sorted(self._found, key=_get_rank, reverse=True)
        alike: dict[tuple[str, int, int, str], list[Reading]] = {}
        kept: list[Reading] = []
        for index, (rank, found) in enumerate(ranked):
            if rank < self._floor or len(kept) >= count:
                kept += [self._make(rest, self._get_tail(rest)) for _, rest in ranked[index:] if rest.literal][:1]
                break
            tail = self._get_tail(found)
            same = alike.setdefault((tail, found.pending, found.resumed, found.opened), [])
            if same and (len(same) >= RECOMBINED or found.total < same[0].total - BEHIND) and not found.literal:
                continue
            reading = self._make(found, tail)
            if all(reading.out != other.out for other in same):
                same.append(reading)
                kept.append(reading)
        return kept

    def _get_tail(self, found: Step | Reading) -> str:
        return found.tail if isinstance(found, Reading) else self._model.shorten(found.before.tail + found.plain)

    def _make(self, found: Step | Reading, tail: str) -> Reading:
        if isinstance(found, Reading):
            return found
        total, before, char, _, best, pending, resumed, opened = found
        scores = (*before.scores[-len(tail) :], best)
        out = before.out + char
        settled = len(out) if pending == IN_STEP != before.pending else before.settled
        return Reading(total, scores, tail, out, pending, settled, resumed, opened)


def _get_rank(found: tuple[float, Step | Reading]) -> float:
    return found[0]
