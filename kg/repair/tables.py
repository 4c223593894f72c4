"""The large tables of repair, read on first use: words with their weights, readings of characters, GBK both ways, script variants."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.rules.repair_rules import RepairRules

TOTAL = 17.9
"""Natural logarithm of the sum of all frequencies in ``words.txt``."""

RAREST = -14.5
"""Score of the rarest character that a lost byte may stand for without proof."""
FREQUENT = 1500
COMMON = -8.0
TOP = -6.0
UNUSED = -99.0
"""Score of a character that no word has."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Everything the search looks things up in.

    Attributes
    ----------
    words
        Word -> natural logarithm of its share of running text.
    pairs, triples, beginnings
        As in :class:`~kg.repair.language.LanguageModel`.
    readings
        Character -> its readings with tone marks; ``bare`` -> the same without.
    by_bytes
        Two bytes -> character (GBK).
    by_lead, by_trail
        Lead or trail byte -> characters that have it, most frequent first; for a lead byte each with its trail.
    nexts
        Character -> what follows it in a word.
    zone_next
        First byte of pairs that GBK leaves unassigned, which decoders lose -> the second bytes of those pairs that can begin a character.
    frequent
        The most frequent characters, for one that nothing is known of.
    common, top
        Characters of both scripts that may stand after any other; the few most frequent of them.
    to_bytes
        Character -> two bytes, Private Use zones included.
    simple
        Traditional character -> Simplified one, where they differ; ``traditional`` are its keys.
    simplified_only
        Characters that a Traditional text does not have.
    """

    words: Mapping[str, float]
    pairs: frozenset[str]
    triples: Mapping[str, str]
    beginnings: frozenset[str]
    readings: Mapping[str, frozenset[str]]
    bare: Mapping[str, frozenset[str]]
    syllables: frozenset[str]
    bare_syllables: frozenset[str]
    by_bytes: Mapping[tuple[int, int], str]
    by_lead: Mapping[int, tuple[tuple[int, str], ...]]
    by_trail: Mapping[int, tuple[str, ...]]
    zone_next: Mapping[int, frozenset[int]]
    frequent: tuple[str, ...]
    nexts: Mapping[str, frozenset[str]]
    common: frozenset[str]
    top: frozenset[str]
    to_bytes: Mapping[str, tuple[int, int]]
    simple: Mapping[str, str]
    traditional: frozenset[str]
    simplified_only: frozenset[str]


@lru_cache(maxsize=2)
def get_tables(rules: RepairRules) -> Tables:
    """Return the large tables of `rules`, reading them once."""
    words: dict[str, float] = {}
    for name in ("words.txt", "phrases.txt"):
        for line in (rules.folder / name).read_text(encoding="utf-8").split("\n"):
            if line and line[0] != "#":
                level, *entries = line.split(" ")
                words.update(dict.fromkeys(entries, int(level) / 10 - TOTAL))
    readings = _read_readings(rules)
    by_bytes = {}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            char = bytes((lead, trail)).decode("gbk", "ignore") if trail != 0x7F else ""
            if len(char) == 1 and char > "\x7f":
                by_bytes[lead, trail] = char
    to_bytes = {char: pair for pair, char in by_bytes.items()}
    for char, pair in rules.zone_bytes.items():
        to_bytes[char] = (pair[0], pair[1])
    for code in range(0xE000, 0xE766):
        raw = chr(code).encode("gb18030")
        to_bytes[chr(code)] = (raw[0], raw[1])
    simple = _get_simple(tuple(to_bytes))
    shares = _get_shares(words)
    by_lead, by_trail = _rank(by_bytes, shares, simple)
    frequent = _get_frequent(by_lead, shares, simple)
    pairs = frozenset([word[at : at + 2] for word in words for at in range(len(word) - 1)])
    bare = {char: frozenset(strip_tone(reading) for reading in found) for char, found in readings.items()}
    return Tables(
        words=words,
        pairs=pairs,
        triples={two: "".join(sorted(found)) for two, found in _get_nexts(words, 2).items()},
        beginnings=frozenset([word[:end] for word in words for end in range(3, len(word))]),
        readings=readings,
        bare=bare,
        syllables=frozenset(reading for found in readings.values() for reading in found),
        bare_syllables=frozenset(reading for found in bare.values() for reading in found),
        by_bytes=by_bytes,
        by_lead=by_lead,
        by_trail=by_trail,
        zone_next=_get_zones(by_bytes),
        frequent=frequent,
        nexts=_get_nexts(pairs, 1),
        common=frozenset(char for char in to_bytes if shares.get(simple.get(char, char), UNUSED) > COMMON),
        top=frozenset(char for char in to_bytes if shares.get(simple.get(char, char), UNUSED) > TOP),
        to_bytes=to_bytes,
        simple=simple,
        traditional=frozenset(simple),
        simplified_only=frozenset(char for char in simple.values() if _is_simplified_only(char)),
    )


def strip_tone(reading: str) -> str:
    """Return a syllable without its tone mark; ü stays.

    Examples
    --------
    >>> strip_tone("lǜ"), strip_tone("wǎng")
    ('lü', 'wang')
    """
    parts = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part == "\u0308" or not unicodedata.combining(part)))


def _read_readings(rules: RepairRules) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in (rules.folder / "pinyin.txt").read_text(encoding="utf-8").split("\n"):
        if line and line[0] != "#":
            reading, chars = line.split(" ")
            for char in chars:
                found[char].add(reading)
    return {char: frozenset(values) for char, values in found.items()}


def _get_simple(chars: tuple[str, ...]) -> dict[str, str]:
    from opencc import OpenCC

    converted = OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {char: other for char, other in zip(chars, converted, strict=True) if char != other and len(other) == 1}


def _is_simplified_only(char: str) -> bool:
    """Say whether no Traditional text holds this character: it is outside Big5 (网), unlike 后, 里 and 干."""
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


def _rank(
    by_bytes: Mapping[tuple[int, int], str], shares: Mapping[str, float], simple: Mapping[str, str]
) -> tuple[dict[int, tuple[tuple[int, str], ...]], dict[int, tuple[str, ...]]]:
    leads: dict[int, list[tuple[float, int, str]]] = defaultdict(list)
    trails: dict[int, list[tuple[float, int, str]]] = defaultdict(list)
    for (lead, trail), char in by_bytes.items():
        weight = shares.get(simple.get(char, char), UNUSED)
        if weight > RAREST:
            leads[lead].append((-weight, trail, char))
            trails[trail].append((-weight, lead, char))
    return (
        {lead: tuple((trail, char) for _, trail, char in sorted(found)) for lead, found in leads.items()},
        {trail: tuple(char for _, _, char in sorted(found)) for trail, found in trails.items()},
    )


def _get_nexts(words: Iterable[str], length: int) -> dict[str, frozenset[str]]:
    """Return what follows each group of `length` characters."""
    nexts: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for at in range(len(word) - length):
            nexts[word[at : at + length]].append(word[at + length])
    return {group: frozenset(found) for group, found in nexts.items()}


def _get_frequent(
    by_lead: Mapping[int, tuple[tuple[int, str], ...]], shares: Mapping[str, float], simple: Mapping[str, str]
) -> tuple[str, ...]:
    chars = [char for found in by_lead.values() for _, char in found]
    return tuple(sorted(chars, key=lambda char: (-shares[simple.get(char, char)], char))[:FREQUENT])


def _get_shares(words: Mapping[str, float]) -> dict[str, float]:
    """Return the logarithm of each character's share of running text, from the words it stands in."""
    sums: dict[str, float] = defaultdict(float)
    for word, weight in words.items():
        share = math.exp(weight)
        for char in word:
            sums[char] += share
    return {char: math.log(total) for char, total in sums.items()}


def _get_zones(by_bytes: Mapping[tuple[int, int], str]) -> dict[int, frozenset[int]]:
    bytes_ = range(0x81, 0xFF)
    zones = {first: frozenset(second for second in bytes_ if (first, second) not in by_bytes) for first in bytes_}
    return {first: seconds for first, seconds in zones.items() if seconds}
