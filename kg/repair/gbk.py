"""Bytes shifted by one: a two-byte mark was replaced across the border of two characters, and all that follows was decoded one byte off.

The text is cut, before it was decoded, at each pair of bytes that looks like a mark (。A1A3 ，A3AC ！A3A1 ；A3BB ？A3BF). Where the pair
was the end of one character and the start of the next, the lead byte before it is lost (``?``, U+FFFD), and pairs of trail and lead bytes
are read as characters until an ASCII byte or a true mark brings the reading back in step. :func:`find_shifts` turns a stretch back into
bytes and searches over what is lost, scored by :class:`~kg.repair.language.LanguageModel`; inserted pinyin is a check on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.repair.language import LanguageModel, State
from kg.repair.tables import Tables

LOST = "?\ufffd"
LATIN = "a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿɡê\u0300"
PINYIN_RE = re.compile(rf"\(([{LATIN}]{{1,7}})\)")
OPENED_RE = re.compile(rf"([{LATIN}]{{1,7}})\)")
TRIGGER_RE = re.compile(rf"[{LOST}](?=[。，！；？：、“”‘’,!;?:]|[{LATIN}]{{1,7}}\)|\([{LATIN}]{{1,7}}\))")
DAMAGED_RE = re.compile(rf"[^\n]?{TRIGGER_RE.pattern}(?:[{LATIN}]{{1,7}}\)[?@-~]?)?[^\x00-\x7f]*")
"""A generous guess at what a trigger damages, left out where the document's own words are counted."""
BEAM = 48
LITERAL = -9.0
"""Score of a question mark that is one."""
RESTORED = -1.0
"""Score of a bracket put back that a lost byte had swallowed."""
PAIR_LOST = -5.0
"""Score of one replacement character standing for two bytes."""
FOLDED = -2.0
"""Score of an ASCII mark having been a two-byte one when the text was decoded."""
SCRIPT = -5.0
"""Score of a character of the other script than the document's."""
AGREES, DISAGREES = 1.0, -6.0
"""Score of inserted pinyin that is, or is not, a reading of the character before it."""
MARGIN = 3.0
"""By how much a repair must beat leaving the text as it is."""
DOUBT = 1.5
"""Below this margin between two readings both are reported."""
SETTLED = 6
"""Characters read in step by every reading before the search ends."""
CLOSED, UNOPENED, UNCLOSED = 2.0, -5.0, -3.0
"""Scores of a closing bracket that is waited for, of one that is not, and of a line's end while one is."""
UNKNOWN_LEAD = -1
PAIRS = {"（": "）", "《": "》", "“": "”", "〈": "〉", "‘": "’", "【": "】", "〔": "〕", "(": ")"}
BRACKETS = frozenset("".join(PAIRS) + "".join(PAIRS.values()))
FOLDS = {
    ",": (0xA3, 0xAC),
    "(": (0xA3, 0xA8),
    ")": (0xA3, 0xA9),
    ":": (0xA3, 0xBA),
    ";": (0xA3, 0xBB),
    "!": (0xA3, 0xA1),
    "?": (0xA3, 0xBF),
}


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch ``[start, end)`` of the text and what it was; ``others`` are readings nearly as good."""

    start: int
    end: int
    before: str
    after: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    """One thing read: ``kind`` is pair, ascii, lost, pinyin or other."""

    kind: str
    start: int
    end: int
    text: str
    pair: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """A hypothesis: what the text was up to here; ``pending`` is a lead byte that waits for its trail (None: in step)."""

    state: State
    out: str
    pending: int | None
    extra: float
    settled: int
    """Length of ``out`` where the reading came back in step."""
    resumed: int
    """Offset in the text where it did."""
    opened: str
    """Closing brackets that are waited for, innermost last."""

    @property
    def score(self) -> float:
        return self.state.score + self.extra


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Looks for shifted stretches in one document of one script (``traditional``)."""

    tables: Tables
    model: LanguageModel
    traditional: bool

    def find(self, text: str) -> list[Shift]:
        """Return the shifted stretches of `text`, in order."""
        found: list[Shift] = []
        position = 0
        repaired = ""
        for match in TRIGGER_RE.finditer(text):
            if match.start() < position:
                continue
            repaired = (repaired + text[position : match.start()])[-200:]
            shift = self._try(text, match.start(), repaired)
            position = match.start()
            if shift is not None:
                found.append(shift)
                repaired += shift.after
                position = shift.end
        return found

    def _try(self, text: str, start: int, before: str) -> Shift | None:
        context = PINYIN_RE.sub("", before[before.rfind("\n") + 1 :])[-10:]
        first = _Reading(self.model.start(context), "", None, 0.0, 0, start, _get_opened(before[before.rfind("\n") + 1 :]))
        first = replace(first, extra=-first.score)
        readings = self._search(text, start, first)
        readings.sort(key=lambda reading: (-reading.score, reading.out))
        best = readings[0]
        literal = next((reading for reading in readings if reading.resumed == start), None)
        if best.resumed == start or (literal is not None and best.score - literal.score < MARGIN):
            return None
        after = best.out[: best.settled]
        others: list[str] = []
        for reading in readings[1:]:
            if best.score - reading.score > DOUBT:
                break
            whole = reading.out[: reading.settled]
            if reading.resumed == best.resumed and whole not in (after, *others):
                others.append(whole)
        return Shift(start, best.resumed, text[start : best.resumed], after, tuple(others))

    def _search(self, text: str, start: int, first: _Reading) -> list[_Reading]:
        readings = [first]
        tokens = self._read(text, start)
        token = next(tokens, None)
        while token is not None:
            following = next(tokens, None)
            previous = self.tables.to_bytes.get(text[start - 1]) if token.start == start and start else None
            grown = [new for reading in readings for new in self._grow(reading, token, following, previous)]
            readings = _prune(grown) or readings
            if not grown:
                break
            if token.start > start and all(reading.pending is None and token.end - reading.resumed >= SETTLED for reading in readings):
                break
            token = following
        return [reading for reading in readings if reading.pending is None]

    def _read(self, text: str, start: int) -> Iterator[_Token]:
        """Cut `text` from `start` to the end of the line into tokens."""
        position = start
        lost = False
        while position < len(text):
            char = text[position]
            match = (OPENED_RE if lost and char != "(" else PINYIN_RE).match(text, position)
            if match and match[1].replace("ɡ", "g") in self.tables.syllables:
                yield _Token("pinyin", position, match.end(), match[1])
                position, lost = match.end(), False
                continue
            pair = self.tables.to_bytes.get(char)
            kind = "pair" if pair else "lost" if char in LOST else "ascii" if char < "\x7f" else "other"
            yield _Token(kind, position, position + 1, char, pair or (0, 0))
            if char == "\n":
                return
            lost = char in LOST
            position += 1
        yield _Token("end", position, position, "")

    def _grow(self, reading: _Reading, token: _Token, following: _Token | None, previous: tuple[int, int] | None) -> Iterator[_Reading]:
        if token.kind == "pinyin":
            yield from self._grow_pinyin(reading, token)
        elif token.kind == "lost":
            yield from self._grow_lost(reading, token, following, previous)
        elif reading.pending is None:
            yield self._emit(reading, token.text, 0.0, None, token.end, in_step=True)
        elif token.kind == "pair":
            yield from self._complete(reading, token.pair[0], token.pair[1], token.end)
        elif token.kind == "ascii":
            if "@" <= token.text <= "~":
                yield from self._complete(reading, ord(token.text), None, token.end)
            elif token.text in FOLDS:
                trail, lead = FOLDS[token.text]
                for new in self._complete(reading, trail, lead, token.end):
                    yield replace(new, extra=new.extra + FOLDED)

    def _grow_pinyin(self, reading: _Reading, token: _Token) -> Iterator[_Reading]:
        if reading.pending is not None:
            yield reading
            return
        unopened = token.end - token.start == len(token.text) + 1
        last = reading.out[-1:] or ""
        known = self.tables.readings.get(last)
        extra = UNKNOWN_MARK if unopened and reading.resumed != token.start else 0.0
        if known is not None and reading.settled == len(reading.out):
            extra = AGREES if token.text.replace("ɡ", "g") in known else DISAGREES
        if unopened and reading.resumed == token.start:
            # Its opening bracket was lost with the byte before it: it goes with the stretch.
            yield replace(reading, resumed=token.end, extra=reading.extra + extra)
        else:
            yield replace(reading, out=reading.out + f"({token.text})", extra=reading.extra + extra)

    def _grow_lost(
        self, reading: _Reading, token: _Token, following: _Token | None, previous: tuple[int, int] | None
    ) -> Iterator[_Reading]:
        check = following.text.replace("ɡ", "g") if following is not None and following.kind == "pinyin" else ""
        if reading.pending is None:
            literal = LITERAL if token.text == "?" else UNKNOWN_MARK
            yield self._emit(reading, token.text, literal, None, token.end, in_step=True)
            if check and previous is not None:
                # Pinyin set across a border: the lost lead byte and the trail before it are the character it reads.
                for lead in range(0x81, 0xFF):
                    char = self.tables.by_bytes.get((previous[1], lead), "")
                    if check in self.tables.readings.get(char, ()):
                        yield replace(reading, pending=lead, extra=reading.extra + RESTORED)
            elif not check:
                yield replace(reading, pending=UNKNOWN_LEAD)
        elif reading.pending != UNKNOWN_LEAD:
            chars = self.tables.by_lead.get(reading.pending, ())
            for _, char in chars:
                if check and check not in self.tables.readings.get(char, ()):
                    continue
                yield self._emit(reading, char, 0.0, None, token.end)
                if not check:
                    yield self._emit(reading, char, PAIR_LOST, UNKNOWN_LEAD, token.end)

    def _complete(self, reading: _Reading, trail: int, pending: int | None, end: int) -> Iterator[_Reading]:
        if reading.pending == UNKNOWN_LEAD:
            for _, char in self.tables.by_trail.get(trail, ()):
                yield self._emit(reading, char, 0.0, pending, end)
        else:
            found = self.tables.by_bytes.get((reading.pending or 0, trail))
            if found is not None:
                yield self._emit(reading, found, 0.0, pending, end)

    def _emit(self, reading: _Reading, char: str, extra: float, pending: int | None, end: int, *, in_step: bool = False) -> _Reading:
        state = self.model.extend(reading.state, char)
        if extra and in_step:
            # The literal mark has a score of its own in place of the model's.
            extra -= state.score - reading.state.score
        wrong = char in self.tables.simplified_only if self.traditional else char in self.tables.simple
        balance, opened = 0.0, reading.opened
        if char in BRACKETS:
            balance, opened = _balance(opened, char)
        elif char in "\n" and opened:
            balance = UNCLOSED
        out = reading.out + char
        back = pending is None and not in_step
        return _Reading(
            state,
            out,
            pending,
            reading.extra + extra + balance + (SCRIPT if wrong else 0.0),
            len(out) if back else reading.settled,
            end if back else reading.resumed,
            opened,
        )


UNKNOWN_MARK = -14.0
"""Score of a replacement character that stays one."""


def _balance(opened: str, char: str) -> tuple[float, str]:
    """Return the score of a bracket after those that are open, and the ones open then."""
    if char in PAIRS:
        return 0.0, opened + PAIRS[char]
    if opened.endswith(char):
        return CLOSED, opened[:-1]
    return UNOPENED, opened


def _get_opened(line: str) -> str:
    opened = ""
    for char in line:
        if char in BRACKETS:
            opened = _balance(opened, char)[1]
    return opened[-4:]


def _prune(readings: list[_Reading]) -> list[_Reading]:
    best: dict[tuple[str, int | None, int], _Reading] = {}
    for reading in readings:
        key = (reading.out, reading.pending, reading.resumed)
        if key not in best or reading.score > best[key].score:
            best[key] = reading
    ranked = sorted(best.values(), key=lambda reading: (-reading.score, reading.out))
    kept = ranked[:BEAM]
    # The reading that leaves all as it is must stay in the race: the margin is measured against it.
    literal = next((reading for reading in ranked[BEAM:] if reading.settled == 0 and reading.pending is None), None)
    return [*kept, literal] if literal is not None else kept
