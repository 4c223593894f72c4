"""Lines that say who does a whole group of items, above the first of them and below a title without a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.parse.responsibility.stretches import Stretch
from kg.parse.structure.units import Unit

_TITLE_RE = re.compile(r"[^。；：，！？\n]{2,30}")
#: A heading's own words before its bracket: a title, not a sentence.
LONGEST_HEADING = 60
_EDGES = "\n。；， "


class GroupLines:
    """Gives such lines (改革⏎牵头单位：A⏎1.…⏎2.…) to the items of the group that name nobody.

    Parameters
    ----------
    view
        The flow's view.
    own
        The stretches of each unit; those that are given to a group are taken from the unit in whose text they stand.
    """

    def __init__(self, view: str, own: dict[int, list[Stretch]]) -> None:
        self._view = view
        self._own = own
        self.given: dict[int, list[Stretch]] = {}
        """The lines that hold for a unit."""
        self.cut: dict[int, int] = {}
        """Where a unit ends that has the title and the lines of the next group behind its own words."""

    def give(self, units: Sequence[Unit]) -> None:
        """Find the groups below `units`: items that begin to count, to where they begin anew.

        From the last on, so that what stands below the last item of one group is gone when the lines of this group are sought.
        """
        for parent in units:
            starts = [place for place, unit in enumerate(parent.children) if unit.mark is not None and unit.mark.value == 1]
            for index in reversed(starts):
                first = parent.children[index]
                anew = next((place for place in starts if place > index and _same_kind(parent.children[place], first)), None)
                # Under a numbered heading the lines above the first items are the heading's own, unless others count anew below it.
                if index or parent.mark is None or anew is not None:
                    before = max((place for place in starts if place < index), default=0)
                    self._give_lines(parent, index, parent.children[index:anew], parent.children[before:index])

    def _give_lines(self, parent: Unit, index: int, group: Sequence[Unit], before: Sequence[Unit]) -> None:
        """Give the lines right above the child at `index` to those of `group` that name nobody; `before` is the group above them."""
        holder = parent.children[index - 1] if index else parent
        while index and holder.children:
            holder = holder.children[-1]
        lines, title = self._lines_above(holder, group[0].start)
        left = [own for own in self._own[id(holder)] if own not in lines]
        others = before if title else parent.children
        # Where the items before it say who does them, lines below the last of them are its own.
        if not lines or (any(self._names(unit) for unit in others if unit is not holder) and not (title and left)):
            return
        heirs = [unit for unit in group if not self._names(unit)]
        if heirs:
            self.given.update((id(unit), lines) for unit in heirs)
            self._own[id(holder)] = left
            self.cut[id(holder)] = title or lines[0].start

    def _lines_above(self, holder: Unit, place: int) -> tuple[list[Stretch], int]:
        """Return the lines of a unit that say who does it and stand right before `place`, and where the bare title above them begins.

        A title is needed, but above the first items of all.
        """
        end = place
        lines: list[Stretch] = []
        for stretch in reversed(self._own[id(holder)]):
            if stretch.notation.shape not in ("line", "bracket") or self._view[stretch.end : end].strip(_EDGES):
                break
            lines.insert(0, stretch)
            end = stretch.start
        begun = self._view.rfind("\n", holder.body, max(holder.body, end - 1)) + 1
        alone = bool(lines) and (end == 0 or self._view[end - 1] == "\n")
        if not alone or (holder.mark is not None and not holder.body < begun < end):
            return [], 0
        if begun < end and _TITLE_RE.fullmatch(self._view[begun : end - 1]):
            return lines, begun
        return (lines if holder.mark is None else []), 0

    def _names(self, unit: Unit) -> bool:
        return any(stretch.reading.names() or stretch.reading.labelled for below in unit.walk() for stretch in self._own[id(below)])


def _same_kind(unit: Unit, other: Unit) -> bool:
    return unit.mark is not None and other.mark is not None and unit.mark.kind == other.mark.kind


def stands_in_heading(view: str, unit: Unit, own: Sequence[Stretch], place: int) -> bool:
    """Say whether the stretch at `place` of `own` stands behind nothing but a heading's words: in its line, or on lines below it."""
    ends = [unit.body, *(stretch.end for stretch in own[:place])]
    before = "".join(view[end : stretch.start] for end, stretch in zip(ends, own[: place + 1], strict=True))
    title = before.strip("\n。 ")
    return len(title) <= LONGEST_HEADING and not re.search(r"[。；！？\n]", title)
