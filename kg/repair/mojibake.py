"""Text decoded as what it is not: UTF-8 read as GBK (鏁版嵁) or as Latin-1 (æ•°æ®), GBK read as Latin-1 (ÊýŸÝ), also twice over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.repair.brackets import BRACKETS, UNCLOSED, weigh_bracket
from kg.repair.language import LanguageModel, Scores, build_model
from kg.repair.plan import Change
from kg.repair.tables import Tables
from kg.repair.tokens import LOST

WESTERN = {
    **{bytes((code,)).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)},
    **{chr(code): code for code in range(0x80, 0x100)},
}
"""Character -> byte, where either Windows-1252 or Latin-1 put it."""
WESTERN_CLASS = "".join(re.escape(char) for char in WESTERN)
WESTERN_RE = re.compile(f"[{WESTERN_CLASS}]{{2,}}")
TELLTALE_RE = re.compile("[锛銆鐨鍦鏄鍜绗鍙鏀甯浠闀]|涓€|涓[\ufffd?]")
"""What 、。，的在是和第可政市 and 一 become when their UTF-8 is read as GBK; none of it is common in Chinese."""
LOSSY_UTF8_RE = re.compile(b"(?:[\xe3-\xe9][\x80-\xbf]{1,2})+")
"""UTF-8 of Chinese with bytes lost on the way, which may happen to be pairs of GBK."""
READ_AS_GBK_RE = re.compile(f"[^\x00-\x7f\ufffd](?:[^\x00-\x7f\ufffd]|[{LOST}])*")
ENOUGH = 2
"""Telltale characters from which on a text is looked at."""
BETTER = 2.0
"""By how much the mean score of a character must rise."""
ROUNDS = 3
"""How often text may have been misread on the way."""
DOUBT = 1.5
"""Below this margin between two readings both are reported."""
PAIR_LOST = -3.0
"""Score of one sign of loss for two bytes."""
FIRST_LOST = 3.0
"""Score of a lost byte that is one a decoder of GBK must lose."""
BEAM = 24
"""Readings kept after each character."""
LEADS = (*range(0xE3, 0xEA), 0xEF)
"""First bytes of the UTF-8 of Chinese characters and marks."""


@dataclass(frozen=True, slots=True)
class Misread:
    """A stretch ``[start, end)`` and what it was; ``others`` are readings nearly as good of what was lost in it."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    others: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """The replacement."""
        return Change(self.start, self.end, self.before, self.after, "mojibake", self.rule)


def may_be_misread(text: str) -> bool:
    """Say, fast, whether a text has stretches that look decoded as what they are not."""
    if WESTERN_RE.search(text) is not None and any(_decode_western(match[0]) for match in WESTERN_RE.finditer(text)):
        return True
    telltales = TELLTALE_RE.finditer(text)
    return all(next(telltales, None) is not None for _ in range(ENOUGH))


def find_misread(text: str, tables: Tables) -> list[Misread]:
    """Return the misread stretches of `text`, in order."""
    found = _find_western(text, tables)
    if len(TELLTALE_RE.findall(text)) >= ENOUGH:
        found += _find_gbk(text, tables)
    return sorted(found, key=lambda misread: misread.start)


def _decode_western(stretch: str) -> tuple[str, str] | None:
    """Return what a stretch of Western letters was and by which rule, None where it is just that."""
    data = bytes(WESTERN[char] for char in stretch)
    for encoding, rule in (("utf-8", "utf-8 read as latin-1"), ("gbk", "gbk read as latin-1")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gbk" and LOSSY_UTF8_RE.fullmatch(data):
            continue
        if encoding == "utf-8" or all("\u4e00" <= char <= "\u9fff" or char in "，。、：；（）《》“”　" for char in text):
            return text, rule
    return None


def _find_western(text: str, tables: Tables) -> list[Misread]:
    found: list[Misread] = []
    chinese = False
    for match in WESTERN_RE.finditer(text):
        decoded = _decode_western(match[0])
        if decoded is None:
            continue
        after, rule = decoded
        for _ in range(ROUNDS - 1):
            again = WESTERN_RE.fullmatch(after) and _decode_western(after)
            if not again:
                break
            after, rule = again[0], f"{rule}, twice"
        if any("\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in after):
            if not _is_plain(after, tables):
                continue
            chinese = True
        found.append(Misread(match.start(), match.end(), match[0], after, rule))
    # Without one Chinese character in what was misread, the text is in a Western language and may well be meant so.
    return found if chinese else []


def _is_plain(text: str, tables: Tables) -> bool:
    return _weigh(text, tables) > -11.0


def _weigh(text: str, tables: Tables) -> float:
    """Return the mean score of the characters of `text` that are not ASCII."""
    scores = [tables.words.get(tables.simple.get(char, char), -17.5) for char in text if char > "\x7f"]
    return sum(scores) / len(scores) if scores else -17.5


def _find_gbk(text: str, tables: Tables) -> Iterator[Misread]:
    model = build_model(tables, ())
    for match in READ_AS_GBK_RE.finditer(text):
        before = match[0]
        decoded = _decode_gbk(before, text[match.end() : match.end() + 1], tables, model)
        if decoded is not None and _weigh(decoded[0], tables) > _weigh(before, tables) + BETTER:
            yield Misread(match.start(), match.end(), before, decoded[0], "utf-8 read as gbk", decoded[1])


def _decode_gbk(stretch: str, following: str, tables: Tables, model: LanguageModel) -> tuple[str, tuple[str, ...]] | None:
    """Return what a stretch was, and other readings of it nearly as good; None where its bytes are no UTF-8.

    ``following`` is the character after it: a lost last byte is mostly that of a mark, which the end of a line or a bracket decides.
    """
    data: list[int | None] = []
    for char in stretch:
        pair = tables.to_bytes.get(char)
        if pair is not None:
            data += pair
        elif char in LOST:
            data.append(None)
        elif char == "€":
            data.append(0x80)
        else:
            return None
    scores, tail = model.start("")
    waiting = [_Reading(0.0, scores, tail, "", 0, lead_lost=False)]
    done: list[_Reading] = []
    while waiting:
        grown = [new for reading in waiting for new in _grow(reading, data, model)]
        grown.sort(key=lambda reading: (-reading.total, reading.out))
        done += [reading for reading in grown if reading.position == len(data) and not reading.lead_lost]
        waiting = [reading for reading in grown if reading.position < len(data)][:BEAM]
    if not done:
        return None
    done = [reading._replace(total=reading.total + _weigh_end(reading, following, model)) for reading in done]
    done.sort(key=lambda reading: (-reading.total / len(reading.out), reading.out))
    best = done[0]
    others = [reading.out for reading in done[1:5] if best.total - reading.total < DOUBT and len(reading.out) == len(best.out)]
    return best.out, tuple(others)


class _Reading(NamedTuple):
    """The characters up to ``position`` of the bytes; ``lead_lost`` says that the first byte of the next one went with the last sign."""

    total: float
    scores: Scores
    tail: str
    out: str
    position: int
    lead_lost: bool


def _weigh_end(reading: _Reading, following: str, model: LanguageModel) -> float:
    """Return the score of what follows, and of the brackets within."""
    scores, _, own = model.extend(reading.scores, reading.tail, following)
    balance, opened = 0.0, ""
    for char in reading.out:
        if char in BRACKETS:
            score, opened = weigh_bracket(opened, char)
            balance += score
    return scores[-1] - reading.scores[-1] + own + balance + (UNCLOSED if opened else 0.0)


def _grow(reading: _Reading, data: list[int | None], model: LanguageModel) -> Iterator[_Reading]:
    """Read one more character of UTF-8, whose last byte may be lost, alone or with the first byte of the next."""
    position = reading.position
    if reading.lead_lost:
        rest = data[position : position + 2]
        units = [(lead, *rest) for lead in LEADS]
        position += 2
    else:
        lead = data[position]
        length = 0 if lead is None else 3 if lead >= 0xE0 else 2
        units = [tuple(data[position : position + length])]
        position += length
    for unit in units:
        for char, extra in _fill(unit):
            scores, tail, own = model.extend(reading.scores, reading.tail, char)
            total = reading.total + scores[-1] - reading.scores[-1] + own + extra
            yield _Reading(total, scores, tail, reading.out + char, position, lead_lost=False)
            if unit[-1] is None and position < len(data):
                yield _Reading(total + PAIR_LOST, scores, tail, reading.out + char, position, lead_lost=True)


def _fill(unit: tuple[int | None, ...]) -> Iterator[tuple[str, float]]:
    """Return the characters that the bytes of one can be, at most one of them lost, and a score for the byte put in."""
    gaps = [index for index, byte in enumerate(unit) if byte is None]
    if not unit or len(gaps) > 1 or gaps == [0]:
        return
    for byte in range(0x80, 0xC0) if gaps else (0,):
        data = bytes(byte if known is None else known for known in unit)
        try:
            char = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if len(char) == 1:
            # 0x80 is the one trail byte of UTF-8 that begins no pair of GBK: it is the first to be lost.
            yield char, FIRST_LOST if byte == 0x80 and gaps[0] < len(unit) - 1 else 0.0
