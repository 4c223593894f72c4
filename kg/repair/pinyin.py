"""Pinyin in brackets set after characters: 區(qū), with tone marks or without, with blanks, or across a border of bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.repair.plan import Change
from kg.repair.tables import Tables

TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
INSERTED_RE = re.compile(rf"[ \u00a0]?[(（][ \u00a0]?([a-zɡüê{TONES}]{{1,7}})[ \u00a0]?[)）]")
TONED_RE = re.compile(rf"[(（][ \u00a0]?[a-zɡüê]{{0,6}}[{TONES}]")
COMMON = -10.5
"""Score of the rarest character that nobody would gloss for the reader."""
ENOUGH = 2
"""Fitting insertions on common characters from which on a text is taken for damaged."""
ENOUGH_BARE = 3
"""The same where no insertion has a tone mark."""


class Insertion(NamedTuple):
    """A bracket ``[start, end)`` that may be inserted pinyin; ``fits`` says whether it reads the character before it."""

    start: int
    end: int
    reading: str
    toned: bool
    fits: bool
    common: bool


def may_hold_pinyin(text: str) -> bool:
    """Say, fast, whether a text has a bracket that could be pinyin."""
    return INSERTED_RE.search(text) is not None


def find_insertions(text: str, tables: Tables) -> list[Insertion]:
    """Return the brackets of `text` that hold one syllable and follow a Han character."""
    return list(_scan(text, tables))


def _scan(text: str, tables: Tables) -> Iterator[Insertion]:
    removed = -1
    owner = ""
    for match in INSERTED_RE.finditer(text):
        start, end = match.span()
        char = owner if start == removed else text[start - 1 : start]
        if "@" <= char <= "~":
            # The last byte before the bracket is one of ASCII: ``頁](huī)``, for 頁 ends and ] completes 揮.
            last = owner if removed == start - 1 else text[start - 2 : start - 1]
            lead = tables.to_bytes.get(last, (0, 0))[1]
            char = tables.by_bytes.get((lead, ord(char)), "")
        if char not in tables.readings:
            continue
        reading = match[1].replace("ɡ", "g").replace("v", "ü")
        toned = any(mark in TONES for mark in reading)
        if reading not in (tables.syllables if toned else tables.bare_syllables):
            continue
        known = tables.readings if toned else tables.bare
        fits = reading in known[char] or reading in tables.readings[char]
        if not fits:
            across = _get_straddling(text, start, end, tables)
            fits = across is not None and reading in known.get(across, ())
        simple = tables.simple.get(char, char)
        yield Insertion(start, end, reading, toned, fits, tables.words.get(simple, -99.0) > COMMON)
        removed, owner = end, char


def _get_straddling(text: str, start: int, end: int, tables: Tables) -> str | None:
    """Return the character made of the last byte before a bracket and the first byte after it."""
    before = tables.to_bytes.get(text[start - 1 : start])
    after = tables.to_bytes.get(text[end : end + 1])
    return tables.by_bytes.get((before[1], after[0])) if before and after else None


def is_damaged(insertions: list[Insertion], *, otherwise: bool) -> bool:
    """Say whether insertions are damage; a lone gloss of a rare character is not.

    Parameters
    ----------
    insertions
        All of a document.
    otherwise
        Whether the document is damaged in another way too.
    """
    toned = sum(1 for insertion in insertions if insertion.toned and insertion.fits and insertion.common)
    bare = sum(1 for insertion in insertions if not insertion.toned and insertion.fits and insertion.common)
    if toned >= ENOUGH or (otherwise and any(insertion.fits for insertion in insertions)):
        return True
    # One on a common character is no gloss of a rare one; two more that fit, and it is no accident.
    if toned and sum(1 for insertion in insertions if insertion.toned and insertion.fits) > ENOUGH:
        return True
    odd = sum(1 for insertion in insertions if not insertion.fits)
    return toned + bare >= ENOUGH_BARE and bare > 9 * odd


def remove_insertions(text: str, insertions: list[Insertion]) -> list[Change]:
    """Return the changes that take inserted pinyin out of a damaged text.

    A syllable without tone mark goes only where it reads the character before it: ``（he）`` after another is somebody's Latin.
    """
    taken = [insertion for insertion in insertions if insertion.toned or insertion.fits]
    blanks = sum(1 for insertion in taken if text[insertion.end : insertion.end + 1] == " ")
    trailing = blanks * 2 > len(taken)
    changes = []
    for insertion in taken:
        end = insertion.end
        if trailing and text[end : end + 1] == " ":
            end += 1
        rule = ("toned" if insertion.toned else "toneless") + ("" if insertion.fits else ", reads another character")
        changes.append(Change(insertion.start, end, text[insertion.start : end], "", "pinyin", rule))
    return changes
