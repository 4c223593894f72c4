"""From the characters of a PDF page to its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.rules.stand_ins import to_plain

_GAP = 0.4
"""Share of the character size from which a gap between two characters is a blank; justified Chinese text stays below."""

_WIDE = "\u2e80"
"""From here on characters are written without blanks between words."""

_CID_RE = re.compile(r"\(cid:\d+\)")
"""What pdfminer writes for a glyph whose font does not say which character it is."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page; lengths in points, from the upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Distance of the vertical middle from the top of the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of text on a page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


def read_glyphs(page: Any) -> tuple[list[Glyph], int, int]:
    """Return the upright characters of a page, and how many were turned (watermarks) or of unknown meaning (U+FFFD in the text)."""
    glyphs, turned, unknown = [], 0, 0
    for char in page.dedupe_chars().chars:
        text = str(char["text"])
        if _is_turned(char):
            turned += bool(text.strip())
            continue
        middle = (char["top"] + char["bottom"]) / 2
        if not (0 <= middle <= page.height and char["x0"] >= -1 and char["x1"] <= page.width + 1):
            continue  # off the page
        if _CID_RE.fullmatch(text) or text == "\ufffd":
            unknown += 1
            text = "\ufffd"
        glyphs.append(Glyph(to_plain(text), float(char["x0"]), float(char["x1"]), float(char["top"]), float(char["bottom"])))
    return glyphs, turned, unknown


def _is_turned(char: Any) -> bool:
    # pdfminer's "upright" holds for text that rises at 45 degrees, as watermarks do.
    a, b, *_ = char.get("matrix", (1, 0))
    return not char.get("upright", True) or abs(b) > 0.1 * abs(a)


def wrap_joint(before: str, after: str) -> str:
    """Return what stands between a line and the next one that goes on: a blank between Latin words.

    Examples
    --------
    >>> wrap_joint("open", "data"), wrap_joint("第20", "23"), wrap_joint("财政", "局")
    (' ', '', '')
    """
    return " " if max(before[-1], after[0]) < _WIDE and before[-1].isalnum() and after[0].isalpha() else ""


def group_lines(glyphs: Sequence[Glyph]) -> list[PageLine]:
    """Group characters into lines, from top to bottom."""
    blanks = [glyph for glyph in glyphs if not glyph.text.strip()]
    made = [_make_line(line, blanks) for line in group_glyphs(glyphs)]
    return sorted(made, key=lambda line: (round(line.top), line.x0))


def group_glyphs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group characters, blanks apart, by the lines they stand in, from top to bottom.

    Characters belong to one line when their middles lie within two fifths of the larger one's height: figures and hanzi come from
    different fonts and do not share a top or a baseline.
    """
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.middle, one.x0)):
        if glyph.text.strip() and lines and abs(glyph.middle - _middle(lines[-1])) <= 0.4 * max(glyph.size, lines[-1][0].size):
            lines[-1].append(glyph)
        elif glyph.text.strip():
            lines.append([glyph])
    return lines


def _middle(line: Sequence[Glyph]) -> float:
    return sum(glyph.middle for glyph in line) / len(line)


def _make_line(line: list[Glyph], blanks: Sequence[Glyph]) -> PageLine:
    middle, size = _middle(line), max(glyph.size for glyph in line)
    own_blanks = [blank.x0 for blank in blanks if abs(blank.middle - middle) <= 0.4 * size]
    line.sort(key=lambda glyph: glyph.x0)
    text, before = line[0].text, line[0]
    for glyph in line[1:]:
        gap = glyph.x0 - before.x1
        if gap > _GAP * min(size, glyph.size) or any(before.x0 + 0.1 < x <= glyph.x0 + 0.1 for x in own_blanks):
            text += " "
        text += glyph.text
        before = glyph
    return PageLine(
        text,
        line[0].x0,
        max(glyph.x1 for glyph in line),
        min(glyph.top for glyph in line),
        max(glyph.bottom for glyph in line),
        size,
    )
