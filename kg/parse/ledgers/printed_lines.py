"""The printed lines of a table whose columns are kept by blanks, as tools print the pages of a PDF: where on its line each word stands.

A place is counted in characters or in the cells of a terminal, where a Chinese character takes two; tools do either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span
from kg.parse.page.lines import is_furniture, split_lines

_NUMBER_RE = re.compile(r"[（★☆*△▲※◆]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})[）.、★☆*△▲※◆]?")
_WORD_RE = re.compile(r"[^\s\u3000]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch without blanks: its span, its left and right edge on the line, and its width in cells of a terminal."""

    span: Span
    left: int
    right: int
    width: int
    number: bool = False
    """Whether it may be a number that counts rows."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line, its words, and the number of its page."""

    span: Span
    words: tuple[Word, ...]
    page: int

    @property
    def gaps(self) -> list[int]:
        """How many blanks part each two words."""
        return [after.left - before.right for before, after in pairwise(self.words)]


def find_lines(view: str, start: int, stop: int, *, wide: bool) -> list[PrintedLine]:
    """Return the lines of ``view[start:stop]`` that are no page marks; `wide` counts places in the cells of a terminal."""
    found: list[PrintedLine] = []
    page = 0
    for begun, ended in split_lines(view[start:stop]):
        line = view[start + begun : start + ended]
        page += line.count("\f")
        if not is_furniture(line) or line.strip().isdigit():
            found.append(PrintedLine(Span(start + begun, start + ended), tuple(_words(line, start + begun, wide=wide)), page))
    return found


def _words(line: str, start: int, *, wide: bool) -> Iterator[Word]:
    # A form feed, which stands before the first line of a page, takes no place.
    base = len(line) - len(line.lstrip("\f"))
    for match in _WORD_RE.finditer(line, base):
        before = line[base : match.start()]
        left = count_cells(before) if wide else len(before)
        width = count_cells(match.group())
        right = left + (width if wide else len(match.group()))
        yield Word(Span(start + match.start(), start + match.end()), left, right, width, _NUMBER_RE.fullmatch(match.group()) is not None)


def count_cells(words: str) -> int:
    """Return how many cells of a terminal `words` take.

    Examples
    --------
    >>> count_cells("市A1")
    4
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in words)


def parts_lines(lines: Sequence[PrintedLine], least: int = 2) -> int:
    """Return how many of `lines` begin with at least so many blanks, or hold words that as many part."""
    return sum(line.words[0].left >= least or any(gap >= least for gap in line.gaps) for line in lines)
