"""What the search for shifted bytes reads: pairs of bytes, ASCII, signs of loss, inserted pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.repair.tables import Tables

LOST = "?\ufffd"
"""Signs that stand for bytes a decoder could not read."""

MARKS = "。，！；？：、"
"""Marks that a blind replacement may have looked for."""
NUMBERS = "一二三四五六七八九十"
"""Numbers of headings."""

LATIN = "a-züêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿɡ"
BRACKET = rf"[ \u00a0]?\([ \u00a0]?[{LATIN}]{{1,7}}[ \u00a0]?\)"
PINYIN_RE = re.compile(BRACKET)
ANY_PINYIN_RE = re.compile(rf"(?:[ \u00a0]?\([ \u00a0]?)?[{LATIN}]{{1,7}}[ \u00a0]?\)")
"""Inserted pinyin, its opening bracket lost or not."""
INSERTED_RE = re.compile(rf"(?P<open>[ \u00a0]?\([ \u00a0]?)?(?P<reading>[{LATIN}]{{1,7}})[ \u00a0]?\)")
TRIGGER_RE = re.compile(rf"[{LOST}](?=[。，！；？：,!;?:]|[{LATIN}]{{1,7}}\)|{BRACKET})")
"""A sign of loss where the search starts: before a mark that a blind replacement looked for, or before inserted pinyin."""
RUN_RE = re.compile(r"\?{3,}")
"""Question marks in a row: what a program writes that cannot write Chinese at all. Nothing is left of the characters to search for."""
DAMAGED_RE = re.compile(rf"[^\n]?{TRIGGER_RE.pattern}(?:(?:[{LATIN}]{{1,7}}\)|{BRACKET})[?@-~]?)?[^\x00-\x3e\x40-\x7f]{{0,30}}[@-~]?")
"""A generous guess at what a trigger damages, left out where the document's own words are counted."""

PAIR, ASCII, GONE, PINYIN, WRAPPED, OTHER, END = range(7)

WRAP = "\v"
"""Stands for a line end that only wraps, see :mod:`kg.repair.wraps`."""


class Token(NamedTuple):
    """One thing read from ``start`` to ``end``: a pair, ASCII, a sign of loss, pinyin, a line end that only wraps, another, the end.

    ``text`` is as printed, ``reading`` the syllable of a pinyin token, ``opened`` whether its opening bracket is there.
    """

    kind: int
    start: int
    end: int
    text: str
    pair: tuple[int, int] = (0, 0)
    reading: str = ""
    opened: bool = True


def read_tokens(text: str, start: int, tables: Tables) -> Iterator[Token]:
    """Cut `text` from `start` to the end of the line into tokens; the last one is the line's end or the text's."""
    position = start
    lost = False
    while position < len(text):
        char = text[position]
        if char in "( \u00a0" or lost:
            match = INSERTED_RE.match(text, position)
            if match is not None and (lost or match["open"]):
                reading = match["reading"].replace("ɡ", "g")
                if reading in tables.syllables or reading.replace("v", "ü") in tables.bare_syllables:
                    yield Token(PINYIN, position, match.end(), match[0], reading=reading, opened=match["open"] is not None)
                    position, lost = match.end(), False
                    continue
        pair = tables.to_bytes.get(char)
        if pair is not None:
            yield Token(PAIR, position, position + 1, char, pair)
        else:
            kind = GONE if char in LOST else WRAPPED if char == WRAP else ASCII if char < "\x7f" else OTHER
            yield Token(kind, position, position + 1, char)
        if char == "\n":
            return
        lost = char in LOST
        position += 1
    yield Token(END, position, position, "")
