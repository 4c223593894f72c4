"""The search over what a shifted stretch of bytes was: a beam of readings, each a guess at the lost bytes, scored as Chinese."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.repair.brackets import get_opened, is_unopened
from kg.repair.choices import Chooser
from kg.repair.guesses import IN_STEP, Guesses, get_guesses
from kg.repair.language import LanguageModel
from kg.repair.readings import UNKNOWN_LEAD, WIDTH, Reading, Steps
from kg.repair.tables import Tables
from kg.repair.tokens import ASCII, GONE, MARKS, PAIR, PINYIN, WRAPPED, Token, read_tokens

BEAM, WIDE = 18, 32
"""Readings kept after each token, and where signs of loss stand for pairs too."""
CALM, NARROW = 3, 10.0
"""How far below the best one a reading may lie once that has been in step for so many characters."""
UNREAD = -14.0
"""Score of pinyin without its opening bracket that nothing explains."""
RESTORED = -1.0
"""Score of a byte put back that inserted pinyin proves."""
PAIR_LOST, PAIR_MARKED = -4.0, -1.0
"""Scores of one sign of loss for two bytes, and where the document has others that can be nothing else."""
DELETED = -3.0
"""Score of two bytes of a Private Use zone gone without a sign."""
FOLDED = -2.0
"""Score of an ASCII mark having been a two-byte one when the text was decoded."""
AGREES, DISAGREES = 1.0, -6.0
"""Scores of inserted pinyin that is, or is not, a reading of the character before it."""
SETTLED, SURE = 6, 9
"""Characters read in step by the best reading before the search ends, where every other one is in step too, and where not."""
FOLDS = {
    ",": (0xA3, 0xAC),
    "(": (0xA3, 0xA8),
    ")": (0xA3, 0xA9),
    ":": (0xA3, 0xBA),
    ";": (0xA3, 0xBB),
    "!": (0xA3, 0xA1),
    "?": (0xA3, 0xBF),
}
LOSING = 16
"""Best readings that a sign of loss is explained in."""
DELETING = 4
"""Best readings that a pair gone without a sign is put back into."""
TWICE = 2
"""Best readings with one put back that another is put back into at once."""
FRESH, RESTORING = 12, 20.0
"""Readings kept with a pair put back, and how far below the best reading without one may lie."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Searches one document of one script (``traditional``).

    ``cut`` are the marks that are known to have been cut at: none of them stands in a shifted stretch,
    but for one that another broke, which ``order`` has not cut later. ``deleted`` says that pairs of the
    Private Use zones may be gone without a sign, ``marked`` that one sign stands for them.
    """

    tables: Tables
    model: LanguageModel
    traditional: bool
    cut: frozenset[str] = frozenset()
    order: frozenset[tuple[str, str]] = frozenset()
    deleted: bool = False
    marked: bool = False
    guesses: Guesses = field(init=False)
    _foreign: frozenset[str] = field(init=False)
    _chooser: Chooser = field(init=False)

    def __post_init__(self) -> None:
        """Set up the guesses, which are kept from one stretch to the next."""
        foreign = self.tables.simplified_only if self.traditional else self.tables.traditional
        object.__setattr__(self, "_foreign", foreign)
        object.__setattr__(self, "_chooser", Chooser(self.model))
        object.__setattr__(self, "guesses", get_guesses(self.tables, foreign, deleted=self.deleted))

    def run(self, text: str, start: int, context: str, line: str, expected: str = "") -> list[Reading]:
        """Return the readings of `text` from `start` that come back in step, best first.

        Parameters
        ----------
        text, start
            Where to read; the first token is a sign of loss.
        context, line
            What stands before: the last characters, and all of the line, without pinyin.
        expected
            The number that comes next in brackets, ``六`` after ``（五）``.
        """
        scores, tail = self.model.start(context)
        first = Reading(0.0, (*(score - scores[-1] for score in scores),), tail, "", IN_STEP, 0, start, get_opened(line))
        readings = [first]
        tokens = read_tokens(text, start, self.tables)
        previous, token = None, next(tokens, None)
        quiet = 0
        while token is not None:
            following = next(tokens, None)
            place = Place(token, previous, following, context)
            readings = self._grow(self._prepare(readings, token, expected), place, WIDTH if quiet < CALM else NARROW, expected)
            if not readings:
                break
            if readings[0].pending != IN_STEP:
                quiet = 0
            elif token.kind not in (PINYIN, WRAPPED):
                quiet += 1
                if quiet > (SETTLED if all(reading.pending == IN_STEP for reading in readings) else SURE):
                    break
            previous, token = token, following
        done = [reading for reading in readings if reading.pending == IN_STEP and (reading.literal or not is_unopened(line, reading.out))]
        return sorted(done, key=lambda reading: (-reading.total, reading.out))

    def _prepare(self, readings: list[Reading], token: Token, expected: str) -> list[Reading]:
        """Keep only the best readings before a sign of loss, which multiplies them; add those with a pair put back before `token`."""
        fresh: list[Reading] = []
        if self.deleted and token.kind not in (PINYIN, WRAPPED):
            fresh = self._put_back(readings, token, expected)
        if token.kind == GONE:
            waiting = [reading for reading in readings if reading.pending != IN_STEP]
            in_step = [reading for reading in readings if reading.pending == IN_STEP]
            readings = [*waiting[:LOSING], *in_step[:LOSING], *(reading for reading in in_step[LOSING:] if reading.literal)]
            fresh = fresh[:LOSING]
        return readings + fresh

    def _put_back(self, readings: list[Reading], token: Token, expected: str) -> list[Reading]:
        """Put back a pair of a Private Use zone that is gone: the end of one character and the start of the next; twice if need be."""
        end, trail = token.start, token.pair[0] if token.kind == PAIR else ord(token.text[:1] or "\0")
        guesses, best = self.guesses, max((reading.total for reading in readings), default=0.0)
        steps, heads, again = (self._start(2 * WIDTH, expected, best - RESTORING) for _ in range(3))
        for reading in readings[:DELETING]:
            if reading.pending >= 0 and not self._goes_on(reading, trail):
                steps.choose(reading, guesses.over_border(reading.pending), end, DELETED)
                steps.choose(reading, guesses.begin_over_border(reading.pending, trail), end, DELETED)
                heads.choose(reading, guesses.word_begins(reading.pending), end, DELETED)
        once = steps.take(FRESH)
        for reading in once[:TWICE]:
            again.choose(reading, guesses.between_borders(-reading.pending), end, DELETED)
            again.choose(reading, guesses.begin_between_borders(-reading.pending, trail), end, DELETED)
        for reading in heads.take(FRESH):
            again.choose(reading, guesses.word_ends(reading.out[-1]), end, DELETED)
        fresh = once + again.take(FRESH)
        return sorted(fresh, key=lambda reading: (-reading.total, reading.out))

    def _start(self, width: float, expected: str, floor: float = -math.inf) -> Steps:
        return Steps(self.model, self._chooser, self._foreign, width, expected, floor)

    def _goes_on(self, reading: Reading, trail: int) -> bool:
        """Say whether nothing seems to be gone here: the next character goes on with a word."""
        char = self.tables.by_bytes.get((reading.pending, trail))
        return char is not None and reading.tail[-1:] + self.model.simple.get(char, char) in self.model.pairs

    def _grow(self, readings: list[Reading], place: Place, width: float, expected: str) -> list[Reading]:
        """Return the readings after a token, the best ones."""
        token = place.token
        kind = token.kind
        barred = place.get_barred(self.cut, self.order) if kind in (PAIR, ASCII) else frozenset()
        steps = self._start(width, expected)
        for reading in readings:
            if kind == PINYIN:
                steps.keep(self._read_pinyin(reading, token))
            elif kind == GONE:
                self._read_lost(steps, reading, place)
            elif reading.pending == IN_STEP:
                if kind == WRAPPED:
                    steps.keep(reading._replace(out=reading.out + token.text))
                else:
                    steps.add(reading, ((token.text, IN_STEP),), token.end)
            elif kind == PAIR:
                self._complete(steps, reading, token.pair, token.end, barred)
            elif kind == ASCII:
                if "@" <= token.text <= "~":
                    self._complete(steps, reading, (ord(token.text), IN_STEP), token.end, barred)
                elif token.text in FOLDS:
                    self._complete(steps, reading, FOLDS[token.text], token.end, barred, FOLDED)
        return steps.take(WIDE if self.marked else BEAM)

    def _read_pinyin(self, reading: Reading, token: Token) -> Reading:
        if reading.pending != IN_STEP:
            return reading
        if not token.opened and reading.resumed == token.start:
            # Its opening bracket was lost with the byte before it: it goes with the stretch.
            return reading._replace(resumed=token.end)
        fits = self.guesses.fits(reading.out[-1:] or reading.tail[-1:], token.reading)
        score = (AGREES if fits else DISAGREES) if token.opened else UNREAD
        return reading._replace(out=reading.out + token.text, total=reading.total + score)

    def _read_lost(self, steps: Steps, reading: Reading, place: Place) -> None:
        token, guesses = place.token, self.guesses
        pair_lost = PAIR_MARKED if self.marked else PAIR_LOST
        check = place.following.reading if place.following is not None else ""
        if reading.pending == IN_STEP:
            steps.add(reading, ((token.text, IN_STEP),), token.end)
            before = self.tables.to_bytes.get(reading.out[-1:] or place.context[-1:])
            if check and before is not None:
                # Pinyin set across a border: the lost lead byte and the trail before it are the character it reads.
                for lead in guesses.get_leads(before[1], check):
                    steps.keep(reading._replace(pending=lead, total=reading.total + RESTORED))
            elif not check:
                steps.keep(reading._replace(pending=UNKNOWN_LEAD))
        elif reading.pending < 0:
            pool = guesses.any_read(check) if check else guesses.any_after()
            steps.choose(reading, pool, token.end, pending=IN_STEP)
            if not check:
                steps.choose(reading, pool, token.end, pair_lost, pending=UNKNOWN_LEAD)
        else:
            following = place.following
            alone = following is None or following.kind != PAIR or following.text in MARKS
            barred = place.get_barred(self.cut, self.order)
            steps.choose(reading, guesses.with_lead(reading.pending, check, alone=alone), token.end, 0.0, barred, IN_STEP)
            if not check:
                steps.choose(reading, guesses.with_border(reading.pending), token.end, pair_lost, barred)

    def _complete(
        self, steps: Steps, reading: Reading, pair: tuple[int, int], end: int, barred: frozenset[str], extra: float = 0.0
    ) -> None:
        """Put the trail of `pair` to the lead that waits; the rest of it waits then."""
        waiting, (trail, pending) = reading.pending, pair
        if waiting >= 0:
            char = self.tables.by_bytes.get((waiting, trail))
            if char is not None:
                steps.add(reading, ((char, pending),), end, extra, barred)
            return
        pool = self.guesses.with_trail(trail) if waiting == UNKNOWN_LEAD else self.guesses.in_zone(-waiting, trail)
        steps.choose(reading, pool, end, extra, barred, pending)


class Place(NamedTuple):
    """A token between its neighbours; ``context`` is what stands before the first one."""

    token: Token
    previous: Token | None
    following: Token | None
    context: str

    def get_barred(self, cut: frozenset[str], order: frozenset[tuple[str, str]]) -> frozenset[str]:
        """Return the marks of `cut` that cannot stand here: no other was cut out beside them before they were looked for."""
        beside = {self.token.text, self.previous.text if self.previous is not None else ""}
        if beside & FOLDS.keys():
            return frozenset()
        return frozenset(mark for mark in cut if all((mark, other) in order for other in beside & cut))
