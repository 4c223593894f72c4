"""What a spreadsheet takes as text: no formula, no character that XML forbids, no cell longer than a cell can be."""

from __future__ import annotations

import math
import re

from kg.spreadsheets import neutralise

#: The most that Excel keeps in a cell, in UTF-16 units.
LONGEST_CELL = 32_767
#: Most characters of a sheet's name, in UTF-16 units.
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES_RE = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
# C0 controls but tab and line feed, and what XML 1.0 leaves out; pictures of the controls stand at U+2400.
_FORBIDDEN_RE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_cell(text: str) -> str:
    r"""Return a text that any spreadsheet shows as it stands.

    Control characters become their visible pictures, other characters that XML 1.0 forbids the replacement character, line ends a line
    feed; what a spreadsheet would take for a formula gets an apostrophe.

    Examples
    --------
    >>> clean_cell("a\x00b\r\nc"), clean_cell("-1")
    ('a␀b\nc', "'-1")
    """
    return neutralise(_FORBIDDEN_RE.sub(_picture, re.sub("\r\n?", "\n", text)))


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return "\u2421" if code == 0x7F else chr(0x2400 + code) if code < 0x20 else "\ufffd"


def split_cell(text: str, longest: int = LONGEST_CELL) -> list[str]:
    """Return a text in pieces that each fit into a cell, none cutting a character in two; one piece if it fits.

    Parameters
    ----------
    text
        Any text.
    longest
        UTF-16 units to a piece, at least 2: a character beyond U+FFFF takes two.

    Examples
    --------
    >>> split_cell("abcde", 2), split_cell("")
    (['ab', 'cd', 'e'], [''])
    """
    pieces: list[str] = []
    start, used = 0, 0
    for place, letter in enumerate(text):
        units = 2 if ord(letter) > 0xFFFF else 1
        if used + units > longest:
            pieces.append(text[start:place])
            start, used = place, 0
        used += units
    pieces.append(text[start:])
    return pieces


def count_lines(text: str, width: float) -> int:
    r"""Estimate how many lines a text takes in a column.

    Parameters
    ----------
    text
        Any text; its own line ends count.
    width
        Width of the column in characters. An ideograph takes 1.9 of them, as text of 10 points does where the width is told in figures of
        11 points; a twentieth is kept back for what does not break at the very end of a line.

    Examples
    --------
    >>> count_lines("推进平台建设", 10), count_lines("推进平台建设\n一", 100), count_lines("", 10)
    (2, 2, 1)
    """
    room = width * 0.95
    return sum(max(1, math.ceil(sum(1.9 if ord(letter) > 0x2E7F else 1 for letter in line) / room)) for line in text.split("\n"))


def name_sheet(title: str, taken: set[str]) -> str:
    """Return a name for a sheet that is allowed and not `taken` yet (capitals do not tell names apart), and take it.

    Examples
    --------
    >>> taken = {"plan"}
    >>> name_sheet("Plan", taken), name_sheet("a/b: 'c'", taken)
    ('Plan (2)', "a b 'c")
    """
    bare = _FORBIDDEN_RE.sub(" ", _FORBIDDEN_IN_NAMES_RE.sub(" ", title))
    bare = " ".join(bare.split()).strip("' ") or "-"
    number = 1
    while True:
        tail = f" ({number})" if number > 1 else ""
        name = split_cell(bare, _LONGEST_NAME - len(tail))[0].strip("' ") + tail
        # Excel keeps this name for itself.
        if name.casefold() not in taken and name.casefold() != "history":
            taken.add(name.casefold())
            return name
        number += 1
