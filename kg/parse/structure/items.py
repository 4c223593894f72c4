"""Items: tasks in the making, and where their words end."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from kg.parse.responsibility.stretches import Stretch
from kg.parse.structure.units import Unit

#: Behind who does an item: a paragraph of a few words that is the title of what follows.
_BARE_TITLE_RE = re.compile(r"[。；]?\n+(?P<title>(?:[^。；：，！？\n]{2,30}：?|[^。；：！？\n]{2,45}))\n+")


@dataclass(slots=True)
class Item:
    """A task in the making: its unit, its extent in the flow, its stretches, and those of a heading above."""

    unit: Unit
    path: str
    start: int
    body: int
    end: int
    numbered: bool
    stretches: list[Stretch] = field(default_factory=list)
    inherited: list[Stretch] = field(default_factory=list)
    ranges: tuple[tuple[int, int], ...] = ()
    """Where its text stands, if not in the whole extent but what is read (a table's row)."""


def cut_conclusions(items: Sequence[Item], view: str, starts: Collection[int]) -> None:
    """Cut what stands behind who does an item and is no part of it: the bare title of the next items, or a conclusion.

    Where items end with who does them, paragraphs after the last of a section are a conclusion. `starts` are where numbered units begin.
    """
    ends = [(item, max(stretch.end for stretch in item.stretches)) for item in items if item.numbered and item.stretches]
    for item, last in ends:
        titled = _BARE_TITLE_RE.fullmatch(view, last, item.end)
        if titled is not None and not item.unit.children and item.end in starts:
            item.end = titled.start("title")
    loose = [(item, last) for item, last in ends if "\n" in view[last : item.end].strip("\n。") or _goes_on(view, item, last)]
    if len(loose) * 4 > len(ends):
        return
    for item, last in loose:
        if not item.unit.children:
            item.end = view.find("\n", last, item.end)


def _goes_on(view: str, item: Item, last: int) -> bool:
    rest = view[last : item.end]
    return "\n" in rest.rstrip("\n") and bool(rest.partition("\n")[2].strip())
