"""The search over what a shifted stretch of bytes was: a beam of readings, each a guess at the lost bytes, scored as Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.repair.language import LanguageModel, Scores
from kg.repair.tables import Tables
from kg.repair.tokens import ASCII, GONE, MARKS, PAIR, PINYIN, Token, read_tokens

BEAM = 28
"""Readings kept after each token."""
WIDTH = 13.0
"""How far below the best reading one may lie."""
LITERAL = {"?": -9.0, "\ufffd": -14.0}
"""Scores of a sign of loss that is what it seems: a question mark, or damage of another kind."""
UNREAD = -14.0
"""Score of pinyin without its opening bracket that nothing explains."""
RESTORED = -1.0
"""Score of a byte put back that inserted pinyin proves."""
PAIR_LOST = -4.0
"""Score of one sign of loss for two bytes."""
DELETED = -3.0
"""Score of two bytes of a Private Use zone gone without a sign."""
FOLDED = -2.0
"""Score of an ASCII mark having been a two-byte one when the text was decoded."""
SCRIPT = -5.0
"""Score of a character of the other script than the document's."""
AGREES, DISAGREES = 1.0, -6.0
"""Scores of inserted pinyin that is, or is not, a reading of the character before it."""
CLOSED, UNOPENED, UNCLOSED = 3.0, -5.0, -4.0
"""Scores of a closing bracket that is waited for, of one that is not, and of a line's end while one is."""
SETTLED, SURE = 6, 9
"""Characters read in step by the best reading before the search ends, where every other one is in step too, and where not."""
IN_STEP, UNKNOWN_LEAD = -1, -2
"""Values of ``Reading.pending`` that are no byte. A value below these is the negative of the first byte of an unassigned pair that was
lost: the lead that waits is its second byte."""

FOLDS = {
    ",": (0xA3, 0xAC),
    "(": (0xA3, 0xA8),
    ")": (0xA3, 0xA9),
    ":": (0xA3, 0xBA),
    ";": (0xA3, 0xBB),
    "!": (0xA3, 0xA1),
    "?": (0xA3, 0xBF),
}
PAIRS = {"（": "）", "《": "》", "“": "”", "〈": "〉", "‘": "’", "【": "】", "〔": "〕", "(": ")"}
BRACKETS = frozenset("".join(PAIRS) + "".join(PAIRS.values()))
LOSING = 6
"""Best readings that a sign of loss is explained in."""
DELETING = 6
"""Best readings that a pair gone without a sign is put back into."""
TWICE = 2
"""Best readings that two of them in a row are put back into."""
AGAIN = 150
"""Most frequent characters that two such pairs in a row may enclose."""
RECOMBINED = 3
"""Readings kept among those that only differ too far back to matter."""


class Reading(NamedTuple):
    """A hypothesis: what the text was up to here.

    ``total`` is its score, ``scores`` and ``tail`` the state of the language model, ``out`` the characters since the search began,
    ``pending`` a lead byte that waits for its trail, ``settled`` the length of ``out`` where the reading came back in step and ``resumed``
    the offset in the text where it did; ``opened`` are the closing brackets waited for, ``steps`` says how many bytes it put back.
    """

    total: float
    scores: Scores
    tail: str
    out: str
    pending: int
    settled: int
    resumed: int
    opened: str


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Searches one document of one script (``traditional``).

    ``deleted`` says that pairs of the Private Use zones may be gone without a sign.
    """

    tables: Tables
    model: LanguageModel
    traditional: bool
    deleted: bool = False
    _read_so: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _in_zone: dict[tuple[int, int], tuple[tuple[int, str], ...]] = field(default_factory=dict)

    def run(self, text: str, start: int, context: str, line: str) -> list[Reading]:
        """Return the readings of `text` from `start` that come back in step, best first.

        Parameters
        ----------
        text, start
            Where to read; the first token is a sign of loss.
        context, line
            What stands before: the last characters, and all of the line, without pinyin.
        """
        scores, tail = self.model.start(context)
        first = Reading(0.0, (*(score - scores[-1] for score in scores),), tail, "", IN_STEP, 0, start, get_opened(line))
        readings = [first]
        before = self.tables.to_bytes.get(context[-1:])
        tokens = read_tokens(text, start, self.tables)
        token = next(tokens, None)
        quiet = 0
        while token is not None:
            following = next(tokens, None)
            readings = self._prepare(readings, token)
            grown = [new for reading in readings for new in self._grow(reading, token, following, before)]
            if not grown:
                break
            readings = _prune(grown)
            before = None
            if readings[0].pending != IN_STEP:
                quiet = 0
            elif token.kind != PINYIN:
                quiet += 1
                if quiet > (SETTLED if all(reading.pending == IN_STEP for reading in readings) else SURE):
                    break
            token = following
        done = [reading for reading in readings if reading.pending == IN_STEP]
        return sorted(done, key=lambda reading: (-reading.total, reading.out))

    def _prepare(self, readings: list[Reading], token: Token) -> list[Reading]:
        """Keep only the best readings before a sign of loss, which multiplies them; add those with a pair put back before `token`."""
        fresh: list[Reading] = []
        if self.deleted and token.kind != PINYIN:
            for rank, reading in enumerate(readings[:DELETING]):
                fresh += self._delete(reading, token.start, again=rank < TWICE)
        if token.kind == GONE:
            readings = [reading for index, reading in enumerate(readings) if index < LOSING or reading.settled == 0]
            fresh = sorted(fresh, key=lambda reading: (-reading.total, reading.out))[:LOSING]
        return readings + fresh

    def _grow(self, reading: Reading, token: Token, following: Token | None, before: tuple[int, int] | None) -> Iterator[Reading]:
        kind = token.kind
        if kind == PINYIN:
            yield from self._grow_pinyin(reading, token)
        elif kind == GONE:
            yield from self._grow_lost(reading, token, following, before)
        elif reading.pending == IN_STEP:
            yield self._emit(reading, token.text, IN_STEP, token.end, in_step=True)
        elif kind == PAIR:
            yield from self._complete(reading, token.pair[0], token.pair[1], token.end)
        elif kind == ASCII:
            if "@" <= token.text <= "~":
                yield from self._complete(reading, ord(token.text), IN_STEP, token.end)
            elif token.text in FOLDS:
                trail, lead = FOLDS[token.text]
                yield from self._complete(reading, trail, lead, token.end, FOLDED)

    def _grow_pinyin(self, reading: Reading, token: Token) -> Iterator[Reading]:
        if reading.pending != IN_STEP:
            yield reading
            return
        if not token.opened and reading.resumed == token.start:
            # Its opening bracket was lost with the byte before it: it goes with the stretch.
            yield reading._replace(resumed=token.end)
            return
        fits = self._fits(reading.out[-1:] or reading.tail[-1:], token.reading)
        score = (AGREES if fits else DISAGREES) if token.opened else UNREAD
        yield reading._replace(out=reading.out + token.text, total=reading.total + score)

    def _fits(self, char: str, reading: str) -> bool:
        tables = self.tables
        return reading in tables.readings.get(char, ()) or reading.replace("v", "ü") in tables.bare.get(char, ())

    def _grow_lost(self, reading: Reading, token: Token, following: Token | None, before: tuple[int, int] | None) -> Iterator[Reading]:
        check = following.reading if following is not None else ""
        if reading.pending == IN_STEP:
            yield self._emit(reading, token.text, IN_STEP, token.end, in_step=True)
            if check and before is not None:
                # Pinyin set across a border: the lost lead byte and the trail before it are the character it reads.
                for lead in self._get_leads(before[1], check):
                    yield reading._replace(pending=lead, total=reading.total + RESTORED)
            elif not check:
                yield reading._replace(pending=UNKNOWN_LEAD)
        elif reading.pending < 0:
            for char in self._guess(reading.tail, check):
                yield self._emit(reading, char, IN_STEP, token.end)
                if not check:
                    yield self._emit(reading, char, UNKNOWN_LEAD, token.end, PAIR_LOST)
        else:
            alone = following is None or following.kind != PAIR or following.text in MARKS
            for trail, char in self.tables.by_lead.get(reading.pending, ()):
                if not (self._fits(char, check) if check else self._goes_after(reading.tail[-1:], char, self.tables.common)):
                    continue
                zone = trail in self.tables.zone_next
                if alone or zone:
                    yield self._emit(reading, char, IN_STEP, token.end)
                if zone and not check:
                    yield self._emit(reading, char, -trail, token.end, PAIR_LOST)

    def _guess(self, tail: str, check: str) -> Iterator[str]:
        """Return characters that may follow `tail` where both bytes are lost."""
        if check:
            if check not in self._read_so:
                self._read_so[check] = tuple(char for char in self.tables.frequent if self._fits(char, check))
            yield from self._read_so[check]
            return
        last = tail[-1:]
        for char in self.tables.frequent:
            if self._goes_after(last, char, self.tables.top):
                yield char

    def _goes_after(self, last: str, char: str, common: frozenset[str]) -> bool:
        """Say whether `char` is among the common ones, or seen after `last` in a word or in the document."""
        plain = self.model.simple.get(char, char)
        group = last + plain
        return plain in common or group in self.model.pairs or group in self.model.counts

    def _get_leads(self, trail: int, check: str) -> list[int]:
        by_bytes = self.tables.by_bytes
        return [lead for lead in range(0x81, 0xFF) if self._fits(by_bytes.get((trail, lead), ""), check)]

    def _delete(self, reading: Reading, end: int, *, again: bool) -> Iterator[Reading]:
        """Put back a pair of a Private Use zone that is gone: the end of one character and the start of the next; twice if need be."""
        tables = self.tables
        if reading.pending >= 0:
            for trail in tables.zone_next:
                found = tables.by_bytes.get((reading.pending, trail))
                if found is not None and self._goes_after(reading.tail[-1:], found, tables.top):
                    fresh = self._emit(reading, found, -trail, end, DELETED)
                    yield fresh
                    if again:
                        yield from self._delete(fresh, end, again=False)
        elif reading.pending < UNKNOWN_LEAD:
            for char in tables.frequent[:AGAIN]:
                lead, trail = tables.to_bytes[char]
                if lead in tables.zone_next[-reading.pending] and trail in tables.zone_next:
                    yield self._emit(reading, char, -trail, end, DELETED)

    def _complete(self, reading: Reading, trail: int, pending: int, end: int, extra: float = 0.0) -> Iterator[Reading]:
        waiting = reading.pending
        if waiting >= 0:
            found = self.tables.by_bytes.get((waiting, trail))
            if found is not None:
                yield self._emit(reading, found, pending, end, extra)
        else:
            chars = self.tables.by_trail.get(trail, ()) if waiting == UNKNOWN_LEAD else self._get_in_zone(-waiting, trail)
            for _, char in chars:
                yield self._emit(reading, char, pending, end, extra)

    def _get_in_zone(self, first: int, trail: int) -> tuple[tuple[int, str], ...]:
        """Return the characters with this trail whose lead pairs with `first` to nothing; only common ones if without a sign."""
        key = (first, trail)
        if key not in self._in_zone:
            leads, simple, common = self.tables.zone_next[first], self.model.simple, self.tables.common
            chars = (pair for pair in self.tables.by_trail.get(trail, ()) if pair[0] in leads)
            self._in_zone[key] = tuple(pair for pair in chars if not self.deleted or simple.get(pair[1], pair[1]) in common)
        return self._in_zone[key]

    def _emit(self, reading: Reading, char: str, pending: int, end: int, extra: float = 0.0, *, in_step: bool = False) -> Reading:
        scores, tail, own = self.model.extend(reading.scores, reading.tail, char)
        if in_step and char in LITERAL:
            # A sign of loss kept as it is has a score of its own in place of the model's.
            extra += LITERAL[char]
            scores = (*scores[:-1], reading.scores[-1])
            own = 0.0
        total = reading.total + scores[-1] - reading.scores[-1] + own + extra
        if char in (self.tables.simplified_only if self.traditional else self.tables.simple):
            total += SCRIPT
        opened = reading.opened
        if char in BRACKETS:
            balance, opened = weigh_bracket(opened, char)
            total += balance
        elif opened and char in "\n":
            total += UNCLOSED
        out = reading.out + char
        if pending == IN_STEP and not in_step:
            return Reading(total, scores, tail, out, pending, len(out), end, opened)
        return Reading(total, scores, tail, out, pending, reading.settled, reading.resumed, opened)


def weigh_bracket(opened: str, char: str) -> tuple[float, str]:
    """Return the score of a bracket after those that are open, and the ones open then.

    Examples
    --------
    >>> weigh_bracket("》）", "）"), weigh_bracket("", "《")
    ((3.0, '》'), (0.0, '》'))
    """
    if char in PAIRS:
        return 0.0, opened + PAIRS[char]
    if opened.endswith(char):
        return CLOSED, opened[:-1]
    return UNOPENED, opened


@lru_cache(maxsize=64)
def get_opened(line: str) -> str:
    """Return the closing brackets that `line` still waits for, innermost last."""
    opened = ""
    for char in line:
        if char in BRACKETS:
            opened = weigh_bracket(opened, char)[1]
    return opened[-4:]


def _prune(readings: list[Reading]) -> list[Reading]:
    ranked = sorted(readings, key=lambda reading: (-reading.total, reading.out))
    floor = ranked[0].total - WIDTH
    seen: set[tuple[str, int, int]] = set()
    alike: dict[tuple[str, int, int, str], int] = {}
    kept: list[Reading] = []
    for reading in ranked:
        # The reading that leaves all as it is must stay in the race: what is found is measured against it.
        literal = reading.settled == 0 and reading.pending == IN_STEP
        if not literal and (reading.total < floor or len(kept) >= BEAM):
            continue
        key = (reading.out, reading.pending, reading.resumed)
        state = (reading.tail, reading.pending, reading.resumed, reading.opened)
        alike[state] = alike.get(state, 0) + 1
        if key in seen or alike[state] > RECOMBINED:
            continue
        seen.add(key)
        kept.append(reading)
    return kept
