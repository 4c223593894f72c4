"""A damage simulator: what happens to a Simplified text on its way through a careless copy of a government page.

Simplified → Traditional → GBK → pinyin set after some characters, blind to their borders → cut at two-byte marks, just as blind →
decoded piece by piece → some marks folded to ASCII. Every step can be left out or done in another way.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from opencc import OpenCC

from kg.repair.tables import get_tables, strip_tone
from kg.rules.files import get_rules_folder
from kg.rules.repair_rules import load_repair_rules

RULES = load_repair_rules(get_rules_folder())
MARKS = {"。": b"\xa1\xa3", "，": b"\xa3\xac", "！": b"\xa3\xa1", "；": b"\xa3\xbb", "？": b"\xa3\xbf"}
FOLDED = str.maketrans("，（）：；", ",():;")


@dataclass(frozen=True)
class Damage:
    """One way through.

    ``pinyin`` is ``traditional`` (a fixed half of the characters that differ), ``random`` (a share of all), or empty. ``form`` is
    how a reading is written: ``toned``, ``toneless``, ``blank`` (區 (qū)). ``decoder`` is ``zones`` (GB 18030: user-defined zones become
    Private Use), ``python`` (codec gbk, replace), ``pairs`` (one mark for a bad pair); ``lost`` what stands for a lost byte; ``swallow``
    says whether the ASCII byte after a lost lead byte goes with it; ``zones`` is ``keep``, ``delete`` or ``mark``.
    """

    traditional: bool = True
    pinyin: str = "traditional"
    form: str = "toned"
    blind: bool = True
    marks: str = "，！；？。"
    decoder: str = "zones"
    lost: str = "?"
    swallow: bool = True
    zones: str = "keep"
    fold: bool = False
    share: float = 0.05
    seed: int = 1


WAYS = {
    "all-at-once": Damage(),
    "cut-at-stop": Damage(marks="。"),
    "cut-at-comma": Damage(marks="，"),
    "cut-at-exclamation": Damage(marks="！"),
    "cut-at-semicolon": Damage(marks="；"),
    "cut-at-question": Damage(marks="？"),
    "pinyin-in-borders": Damage(blind=False),
    "pinyin-random": Damage(pinyin="random"),
    "pinyin-toneless": Damage(form="toneless"),
    "pinyin-blanks": Damage(form="blank"),
    "folded": Damage(fold=True),
    "simplified": Damage(traditional=False, pinyin="random"),
    "simplified-shift": Damage(traditional=False, pinyin=""),
    "replacement-character": Damage(lost="\ufffd"),
    "python-codec": Damage(decoder="python", lost="\ufffd"),
    "zones-marked": Damage(zones="mark"),
    "zones-deleted": Damage(zones="delete"),
    "brackets-kept": Damage(swallow=False),
    "no-pinyin": Damage(pinyin=""),
    "blanks-marked": Damage(traditional=False, pinyin="random", form="blank", zones="mark"),
    "toneless-deleted": Damage(form="toneless", pinyin="random", zones="delete"),
    "folded-codec": Damage(fold=True, decoder="python", lost="\ufffd"),
}
"""Ways of damage by name: what the tests try and the bench measures."""


def damage(text: str, way: Damage) -> str:
    """Return `text` as it arrives."""
    text = _fit(OpenCC("s2t").convert(text) if way.traditional else text)
    result = break_bytes(_set_pinyin(text, way), way)
    return result.translate(FOLDED) if way.fold else result


def break_bytes(data: bytes, way: Damage) -> str:
    """Return bytes of GBK cut at each kind of mark in turn, blind to borders, and decoded piece by piece."""
    if not way.marks:
        return _decode(data, way)
    mark, rest = way.marks[0], replace(way, marks=way.marks[1:])
    return mark.join(break_bytes(piece, rest) for piece in data.split(MARKS[mark]))


def _fit(text: str) -> str:
    """Return `text` with what GBK lacks left out."""
    return text.encode("gbk", "ignore").decode("gbk")


@lru_cache
def _get_reading(char: str) -> str:
    readings = sorted(reading for reading in get_tables(RULES).readings.get(char, ()) if len(reading) < 7)
    toned = [reading for reading in readings if strip_tone(reading) != reading and "ɡ" not in reading]
    fit = [reading for reading in toned or readings if reading.encode("gbk", "ignore").decode("gbk") == reading]
    return fit[0] if fit else ""


def _set_pinyin(text: str, way: Damage) -> bytes:
    if not way.pinyin:
        return text.encode("gbk")
    chance = random.Random(way.seed)
    tables = get_tables(RULES)
    if way.pinyin == "random":
        parts = []
        for char in text:
            parts.append(char.encode("gbk"))
            if chance.random() < way.share and _get_reading(char):
                parts.append(_write(_get_reading(char), way))
        return b"".join(parts)
    chars = [char for char in sorted(set(text)) if char in tables.simple and _get_reading(char)]
    chosen = {char.encode("gbk"): char for char in chars if chance.random() < 0.5}
    if not way.blind:
        return b"".join(char.encode("gbk") + (_write(_get_reading(char), way) if char.encode("gbk") in chosen else b"") for char in text)
    data = text.encode("gbk")
    if not chosen:
        return data
    pattern = re.compile(b"|".join(map(re.escape, sorted(chosen))))
    return pattern.sub(lambda match: match[0] + _write(_get_reading(chosen[match[0]]), way), data)


def _write(reading: str, way: Damage) -> bytes:
    if way.form == "toneless":
        reading = strip_tone(reading).replace("ü", "v")
    opening = " (" if way.form == "blank" else "("
    return (opening + reading + ")").encode("gbk")


def _decode(piece: bytes, way: Damage) -> str:
    if way.decoder == "python":
        return piece.decode("gbk", "replace").replace("\ufffd", way.lost)
    parts = []
    position = 0
    while position < len(piece):
        lead = piece[position]
        if lead < 0x80:
            parts.append(chr(lead))
            position += 1
            continue
        trail = piece[position + 1] if position + 1 < len(piece) else None
        if trail is None:
            parts.append(way.lost)
            position += 1
        elif trail < 0x40:
            parts.append(way.lost)
            position += 2 if way.swallow and trail == 0x28 else 1
        elif lead == 0x80:
            parts.append(way.lost)
            position += 1
        else:
            parts.append(_decode_pair(lead, trail, way))
            position += 2
    return "".join(parts)


@lru_cache
def _get_zones() -> dict[bytes, str]:
    return {code: char for char, code in RULES.zone_bytes.items()}


def _decode_pair(lead: int, trail: int, way: Damage) -> str:
    pair = bytes((lead, trail))
    char = pair.decode("gbk", "ignore")
    if len(char) == 1:
        return char
    if way.zones == "delete":
        return ""
    if way.zones == "mark" or way.decoder == "pairs":
        return way.lost
    zone = _get_zones().get(pair)
    return zone if zone is not None else pair.decode("gb18030", "replace").replace("\ufffd", way.lost)


@dataclass
class Score:
    """Wrong characters among all, by edit distance line by line."""

    wrong: int = 0
    total: int = 0
    lines: list[tuple[str, str, str]] = field(default_factory=list)


def compare(damaged: str, repaired: str, wanted: str, score: Score) -> None:
    """Add the differences between two texts to `score`."""
    score.total += len(wanted)
    got, right = repaired.split("\n"), wanted.split("\n")
    if len(got) != len(right):
        score.wrong += abs(len(got) - len(right)) * 1000
        return
    sources = damaged.split("\n")
    for index, (line, other) in enumerate(zip(got, right, strict=True)):
        if line != other:
            score.wrong += distance(line, other)
            score.lines.append((sources[index] if len(sources) == len(got) else "", line, other))


def distance(first: str, second: str) -> int:
    """Return the edit distance of two texts, common ends taken off first."""
    while first and second and first[0] == second[0]:
        first, second = first[1:], second[1:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    row = list(range(len(second) + 1))
    for index, char in enumerate(first, 1):
        before, row[0] = row[0], index
        for column, other in enumerate(second, 1):
            before, row[column] = row[column], min(before + (char != other), row[column] + 1, row[column - 1] + 1)
    return row[-1]
