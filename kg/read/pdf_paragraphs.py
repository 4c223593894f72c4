"""Paragraphs of a PDF: which lines go on in the next one.

A paragraph begins with an indent (GB/T 9704-2012, 7.3.4: two characters) and goes on at the left margin, so the place of the lines tells
where it ends; words do not. Lines are joined only where a first line with an indent was seen and everything fits; all others stay lines,
and the parser joins them by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.read.pdf_lines import PageLine, wrap_joint

_INDENT = (0.8, 4.2)
"""Least and greatest indent of a first line, in sizes of a character; a browser's blanks are narrower or wider than two characters."""

_AT_MARGIN = 0.5
"""Sizes of a character by which a line may begin beside the margin; an opening bracket may stand half a character further left."""

_RAGGED = 3.0
"""Sizes of a character that a full line may leave free: figures, Latin words and closing marks take their neighbours to the next line."""

_LEADING = 1.6
"""Sizes of a character between two lines of a paragraph."""

_SAME_SIZE = 0.15
"""Share by which the sizes of lines of a paragraph may differ: figures and hanzi come from different fonts."""

_SUPPORT = 0.1
"""Share of the lines that must keep to a margin."""

_OWN_LINE_RE = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十]{1,4}[）)]|\d{1,3}[.．、]|第[一二三四五六七八九十百]{1,4}[条章节]|[\u4e00-\u9fff]{2,8}[：:]"
)
"""A number or label, which begins a line of its own when the line before ends a sentence."""

_ENDS = "。；！？：;!?:）)"
_BRACKETS = (("（", 1), ("(", 1), ("）", -1), (")", -1))


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a column begin and end, in points."""

    left: float
    right: float


def find_margins(lines: Sequence[PageLine]) -> list[Margins]:
    """Return for each line, in reading order, the margins of the column it stands in; a column begins where the page goes up again.

    Parameters
    ----------
    lines
        The lines of one page, without furniture.
    """
    found: list[Margins] = []
    for column in _split_columns(lines):
        size = sorted(line.size for line in column)[len(column) // 2]
        left = _find_margin([line.x0 for line in column], _AT_MARGIN * size)
        right = -_find_margin([-line.x1 for line in column], 1.5 * size)
        found += [Margins(left, right)] * len(column)
    return found


@dataclass(slots=True)
class Paragraph:
    """Lines that go on in each other, as far as read."""

    lines: list[PageLine] = field(default_factory=list)
    at: Margins = Margins(0.0, 0.0)

    @property
    def text(self) -> str:
        """What the lines say; empty without lines."""
        text = ""
        for line in self.lines:
            text += (wrap_joint(text, line.text) if text else "") + line.text
        return text

    def take(self, line: PageLine, at: Margins, *, new_page: bool) -> bool:
        """Add a line that goes on from the last one, and return whether it does.

        Parameters
        ----------
        line
            The line that follows.
        at
            The margins of its column.
        new_page
            Whether it begins another page.
        """
        if not self.lines or not self._is_open() or not self._goes_on_in(line, at, new_page):
            return False
        self.lines.append(line)
        self.at = at
        return True

    def _is_open(self) -> bool:
        """Whether the last line is full, and the first one has the indent of a paragraph and is no title in the middle."""
        last, size = self.lines[-1], self.lines[-1].size
        indent, free = last.x0 - self.at.left, self.at.right - last.x1
        if free > _RAGGED * size:
            return False
        if len(self.lines) > 1:
            return True
        centred = free > _INDENT[0] * size and abs(indent - free) < _AT_MARGIN * size
        return _INDENT[0] * size <= indent <= _INDENT[1] * size and not centred

    def _goes_on_in(self, line: PageLine, at: Margins, new_page: bool) -> bool:
        last, size = self.lines[-1], self.lines[-1].size
        if abs(line.x0 - at.left) > _AT_MARGIN * size or abs(line.size - size) > _SAME_SIZE * size:
            return False
        if new_page and abs(self.at.left - at.left) > _AT_MARGIN * size:
            return False  # on a page of first lines alone, their indent looks like the margin
        if at is self.at and not -size < line.top - last.bottom <= _LEADING * size:
            return False
        return last.text[-1] not in _ENDS or self._is_bracket_open() or not _OWN_LINE_RE.match(line.text)

    def _is_bracket_open(self) -> bool:
        return sum(line.text.count(mark) * sign for line in self.lines for mark, sign in _BRACKETS) > 0


def _split_columns(lines: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    column: list[PageLine] = []
    for line in lines:
        if column and line.bottom < column[-1].top:
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _find_margin(starts: Sequence[float], near: float) -> float:
    """Return the least start that is not alone: with enough others right behind it."""
    ordered = sorted(starts)
    fewest = max(2, _SUPPORT * len(ordered))
    return next((x for x in ordered if sum(x <= other <= x + near for other in ordered) >= fewest), ordered[0])
