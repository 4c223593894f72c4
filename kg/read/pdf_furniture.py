"""Which lines of a PDF are page headers and page numbers: by place and repetition, never by their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from kg.read.pdf_lines import PageLine

_ZONE = 0.13
"""Share of the page's height at top and bottom in which furniture stands."""

_OUTER = 3
"""Lines from the edge that may be furniture."""

_SAME_PLACE = 6.0
"""Points by which a repeated line may move."""

_APART = 1.25
"""Times the usual distance from line to line from which a line stands apart from the next one."""

_NEARLY_ALL = 0.8
"""Share of the pages from which a repeated line is furniture even where it stands close to the text."""

PAGE_NUMBER_RE = re.compile(
    r"[\s\-—–－―‐·.•~～_|]*(?:第|[Pp]age)?\s*\d{1,4}\s*(?:页)?[\s,，、/／]*(?:(?:共|[Oo]f)?\s*\d{1,4}\s*页?)?[\s\-—–－―‐·.•~～_|]*"
)


def find_furniture(pages: Sequence[Sequence[PageLine]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """Return (page, line) of each line that is furniture; both count from 0.

    A line counts when it stands among the outer lines near the edge and is either a page number, or stands in the same place with the same
    words (figures apart) on at least two pages and on a third of all, apart from the text or on nearly all pages. A line of the text that
    stands first on some pages by chance, such as the same label under several items, follows the others in the usual distance.
    """
    seen: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for page, lines in enumerate(pages):
        for index in _outer_lines(lines, heights[page]):
            line = lines[index]
            if PAGE_NUMBER_RE.fullmatch(line.text) and _is_outermost(lines, index):
                found.add((page, index))
            seen[re.sub(r"\d+", "#", "".join(line.text.split()))].append((page, index, line.top))
    often: dict[int, set[int]] = defaultdict(set)
    for places in seen.values():
        for page, index, top in places:
            alike = {other for other, _, at in places if abs(at - top) <= _SAME_PLACE}
            if len(alike) >= max(3, _NEARLY_ALL * len(pages)):
                found.add((page, index))
            if len(alike) >= 2 and 3 * len(alike) >= len(pages):
                often[page].add(index)
    found |= {(page, index) for page, repeated in often.items() for index in repeated if _stands_apart(pages[page], index, repeated)}
    return found


def _outer_lines(lines: Sequence[PageLine], height: float) -> list[int]:
    indexes = sorted(set(range(min(_OUTER, len(lines)))) | set(range(max(len(lines) - _OUTER, 0), len(lines))))
    return [index for index in indexes if lines[index].bottom < _ZONE * height or lines[index].top > (1 - _ZONE) * height]


def _is_outermost(lines: Sequence[PageLine], index: int) -> bool:
    """Whether nothing but other page numbers stands between the line and the edge of the page."""
    above, below = lines[:index], lines[index + 1 :]
    return any(all(PAGE_NUMBER_RE.fullmatch(line.text) for line in side) for side in (above, below))


def _stands_apart(lines: Sequence[PageLine], index: int, repeated: set[int]) -> bool:
    """Whether repeated lines, beginning with one and going inwards, have more room behind them than lines usually have, or another size."""
    steps = sorted(after.top - before.top for before, after in pairwise(lines) if after.top - before.top > 1)
    if not steps:
        return True
    usual = steps[len(steps) // 2]
    step = 1 if index < len(lines) / 2 else -1
    while index in repeated and 0 <= index + step < len(lines):
        line, neighbour = lines[index], lines[index + step]
        if abs(line.top - neighbour.top) > _APART * usual or abs(line.size - neighbour.size) > 0.1 * neighbour.size:
            return True
        index += step
    return index in repeated
