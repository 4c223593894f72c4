"""Which units are tasks, and whose words hold for them.

The smallest numbered unit that has responsibilities of its own is a task. A heading's bracket holds for the items under it that have
none; a bracket behind the last of several sub-items belongs to the item above them; an item without any among brothers that mostly have
them is a task that names nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.parse.page.layout import Flow
from kg.parse.responsibility.assignments import Scanner
from kg.parse.responsibility.readings import Trouble
from kg.parse.responsibility.stretches import Stretch, troubles_of
from kg.parse.structure.group_lines import LONGEST_HEADING, GroupLines, stands_in_heading
from kg.parse.structure.items import Item, cut_conclusions
from kg.parse.structure.same_as import resolve_same
from kg.parse.structure.units import Unit, name_paths
from kg.parse.words.lexicon import Lexicon

#: Names of headings that become names of items, counted once an item: more are no plan's, and each would be an edge of the graph.
MOST_HANDED_DOWN = 20_000
#: One sentence that says who does it makes a plan of at most so many items.
_MOST_NAMELESS = 4


@dataclass(frozen=True, slots=True)
class Work:
    """The tasks of a document in the order of the page, the stretches that were read, and the troubles met."""

    items: tuple[Item, ...]
    stretches: tuple[Stretch, ...]
    troubles: tuple[Trouble, ...]

    def stretches_between(self, start: int, end: int) -> tuple[Stretch, ...]:
        """Return the stretches that begin in a flow range."""
        first = bisect_left(self.stretches, start, key=lambda stretch: stretch.start)
        last = bisect_left(self.stretches, end, key=lambda stretch: stretch.start)
        return self.stretches[first:last]


def find_work(flow: Flow, lexicon: Lexicon, parts: Sequence[Unit]) -> Work:
    """Find the tasks below `parts`."""
    finder = _Finder(flow, lexicon, parts)
    return finder.find()


class _Finder:
    def __init__(self, flow: Flow, lexicon: Lexicon, parts: Sequence[Unit]) -> None:
        self._view = flow.text
        self._bullets = sorted(flow.bullets)
        self._lexicon = lexicon
        self._parts = parts
        self._scanner = Scanner(flow.text, lexicon)
        self._own: dict[int, list[Stretch]] = {}
        self._troubles: list[Trouble] = []
        self._items: list[Item] = []
        self._tasks: set[int] = set()
        self._said: dict[int, list[Stretch]] = {}
        self._groups = GroupLines(flow.text, self._own)
        self._grouped: dict[str, bool] = {}
        self._usual = ""
        self._units = [unit for part in parts for unit in part.walk()]
        self._handed_down = 0

    def find(self) -> Work:
        """Run the steps in their order; each works on what the one before left."""
        for unit in self._units:
            found = self._scanner.scan(unit.body, unit.own_end)
            self._own[id(unit)] = list(found.stretches)
            self._troubles.extend(found.troubles)
        self._drop_rare()
        self._read_sentences()
        self._troubles.extend(resolve_same(self._units, self._own))
        self._usual = self._usual_kind()
        for part in self._parts:
            self._lift(part, self._usual)
        self._grouped = self._groups_by_kind()
        stretches = sorted((stretch for own in self._own.values() for stretch in own), key=lambda stretch: stretch.start)
        self._groups.give(self._units)
        for part in self._parts:
            self._collect(part)
        self._items.sort(key=lambda item: item.start)
        self._number_parts()
        cut_conclusions(self._items, self._view, frozenset(unit.start for unit in self._units if unit.mark is not None))
        self._report_sentences()
        return Work(tuple(self._items), tuple(stretches), tuple(self._troubles))

    def _number_parts(self) -> None:
        """Count the parts that hold tasks: a covering note before a plan, or an annex without tasks, is no plan of its own."""
        busy = {id(_root(item.unit)) for item in self._items}
        number = 0
        idle = len(busy)
        for part in self._parts:
            if id(part) in busy or not busy:
                number += 1
                name_paths(part, number)
            else:
                idle += 1
                name_paths(part, idle)
        for item in self._items:
            item.path = item.unit.path if item.numbered else ".".join([*filter(None, [item.unit.path]), item.path.rsplit(".", 1)[-1]])

    def _drop_rare(self) -> None:
        """Drop and report stretches that count only in company, where a document has one and no other.

        They are those of a notation that says so, and those that tell what somebody does (A负责接听).
        """
        named = [stretch for own in self._own.values() for stretch in own if stretch.reading.names()]
        for own in self._own.values():
            for stretch in list(own):
                least = max(stretch.notation.several, 2 if stretch.reading.tells else 1)
                if len(named) < least and stretch.reading.names():
                    own.remove(stretch)
                    self._troubles.append(Trouble("unread-responsibility", stretch.start, stretch.end))

    def _read_sentences(self) -> None:
        """Read what sentences say (由A负责) where a document says it there rather than in brackets, lines or tables."""
        units = [unit for unit in self._units if unit.mark is not None and not self._has(unit)]
        found = {id(unit): stretches for unit in units if (stretches := self._scanner.scan_sentences(unit.body, unit.own_end))}
        if len(found) == 1 and len(units) > _MOST_NAMELESS and not any(self._own.values()):
            # One sentence among many items that name nobody (上海推出方案，由发改委牵头) makes no plan.
            self._troubles.extend(Trouble("unread-responsibility", each.start, each.end) for own in found.values() for each in own)
        elif len(found) >= sum(self._has(unit) for unit in self._units):
            read = [(stretch.start, stretch.end) for stretches in found.values() for stretch in stretches]
            self._troubles = [one for one in self._troubles if not any(start <= one.start < end for start, end in read)]
            for key, stretches in found.items():
                self._own[key].extend(stretches)
                self._troubles.extend(trouble for stretch in stretches for trouble in troubles_of(stretch))
        else:
            self._said = found

    def _report_sentences(self) -> None:
        """Report unread sentences that name somebody: outside the tasks, or beside the brackets and lines of one."""
        for unit in self._units:
            if unit.mark is None:
                continue
            own = self._own[id(unit)]
            said = self._scanner.scan_sentences(unit.body, unit.own_end) if own else self._said.get(id(unit), ())
            named = {self._view[name.start : name.end] for stretch in own for name in stretch.reading.names()}
            for stretch in said:
                met = any(each.start < stretch.end and stretch.start < each.end for each in own)
                new = any(self._view[name.start : name.end] not in named for name in stretch.reading.names() if name.shaped)
                if new and not met and (own or id(unit) not in self._tasks):
                    self._troubles.append(Trouble("sentence-unread", stretch.start, stretch.end))

    def _usual_kind(self) -> str:
        kinds = Counter(unit.mark.kind for unit in self._units if unit.mark is not None and self._own[id(unit)])
        return kinds.most_common(1)[0][0] if kinds else ""

    def _has(self, unit: Unit) -> bool:
        return any(stretch.reading.names() or stretch.reading.labelled for stretch in self._own[id(unit)])

    def _has_below(self, unit: Unit) -> bool:
        return any(self._has(child) or self._has_below(child) for child in unit.children)

    def _lift(self, unit: Unit, usual: str) -> None:
        """Give the stretches behind the last of several sub-items to the item above them."""
        for child in unit.children:
            self._lift(child, usual)
        children = unit.children
        if (
            unit.mark is None
            or not children
            or (len(children) == 1 and not self._is_sole_step(unit))
            or self._has(unit)
            or (any(child.mark is not None and child.mark.kind == usual for child in children) and not self._holds_for_all(unit))
        ):
            return
        others = any(self._has(child) or self._has_below(child) for child in children[:-1])
        if self._has(children[-1]) and not others and not self._has_below(children[-1]):
            self._own[id(unit)].extend(self._own[id(children[-1])])
            self._own[id(children[-1])] = []

    def _is_sole_step(self, unit: Unit) -> bool:
        """Say whether the only sub-item is an announced step (工作措施：) and no item beside it has steps that say who does them."""
        brothers = unit.parent.children if unit.parent is not None else []
        return self._holds_for_all(unit) and not any(sum(self._has(child) for child in other.children) > 1 for other in brothers)

    def _holds_for_all(self, unit: Unit) -> bool:
        """Say whether what stands below the last sub-item, though of the usual kind of items, is said of the item above.

        It is where a bracket stands there on a line of its own, where the item announces its steps (具体措施：), and where no item of the
        document has it otherwise.
        """
        own = self._own[id(unit.children[-1])]
        announced = self._view[unit.body : unit.own_end].rstrip("\n ").endswith("：")
        brackets = all(stretch.notation.shape == "bracket" for stretch in own)
        if own and not brackets and announced and "\n" not in self._view[unit.start : unit.end].rstrip("\n"):
            return True  # line breaks were lost, 责任单位：… stands right behind the last step
        if not own or any(self._view[stretch.start - 1] != "\n" for stretch in own):
            return False
        if brackets or announced:
            return True
        brothers = [other for other in (unit.parent.children if unit.parent else []) if len(other.children) > 1]
        return len(brothers) > 1 and all(
            self._has(other.children[-1]) and not any(self._has(child) for child in other.children[:-1])
            for other in brothers
            if other is not unit and not self._has(other)
        )

    def _collect(self, unit: Unit) -> None:
        own = self._own[id(unit)]
        if unit.mark is None:
            self._collect_paragraphs(unit)
        elif id(unit) in self._groups.given:
            self._items.append(self._item(unit, inherited=self._groups.given[id(unit)]))
        elif self._has(unit):
            heirs = self._heirs(unit)
            if not unit.children and self._grouped.get(unit.mark.kind, False) and self._is_over_paragraphs(unit):
                self._collect_paragraphs(unit)
            elif heirs:
                inherited = own if self._may_hand_down(own, len(heirs)) else ()
                self._items.extend(self._item(heir, inherited=inherited) for heir in heirs)
            else:
                item = self._item(unit)
                self._items.extend((item, *self._cut_bulleted(item)))
        for child in unit.children:
            self._collect(child)
        self._collect_nameless(unit)

    def _may_hand_down(self, own: Sequence[Stretch], heirs: int) -> bool:
        """Say whether all names of a heading may become names of so many items; what would take too many is reported instead."""
        named = [stretch for stretch in own if stretch.reading.names()]
        count = heirs * sum(len(stretch.reading.names()) for stretch in named)
        if self._handed_down + count > MOST_HANDED_DOWN:
            self._troubles.extend(Trouble("too-many-heirs", stretch.start, stretch.end) for stretch in named)
            return False
        self._handed_down += count
        return True

    def _item(self, unit: Unit, inherited: Sequence[Stretch] = ()) -> Item:
        self._tasks.add(id(unit))
        return Item(
            unit,
            unit.path,
            unit.start,
            unit.body,
            self._groups.cut.get(id(unit), unit.end),
            True,
            list(self._own[id(unit)]),
            list(inherited),
        )

    def _cut_bulleted(self, item: Item) -> Iterator[Item]:
        """Cut paragraphs with bullets that say who does them from the last of several items that have none: they are tasks beside it."""
        unit, parent = item.unit, item.unit.parent
        found = [place for place in self._bullets if unit.body < place < unit.end]
        if parent is None or not found or parent.children[-1] is not unit or len(parent.children) < 2 or unit.children:
            return
        brothers = [self._has(other) and not other.children for other in parent.children[:-1]]
        own = [[stretch for stretch in item.stretches if begun <= stretch.start < ended] for begun, ended in pairwise([*found, unit.end])]
        before = [stretch for stretch in item.stretches if stretch.start < found[0]]
        if not all(brothers) or not before or not all(own) or any(parent.start < place < unit.start for place in self._bullets):
            return
        item.end, item.stretches = found[0], before
        index = sum(other.unit is parent for other in self._items) + 1
        for place, (begun, ended) in enumerate(pairwise([*found, unit.end])):
            path = ".".join(filter(None, [parent.path, f"p{index + place}"]))
            yield Item(parent, path, begun, begun, ended, False, own[place])

    def _heirs(self, unit: Unit) -> list[Unit]:
        """Return the items that a heading's stretches hold for; none if the unit is itself an item."""
        own = self._own[id(unit)]
        if (
            not unit.children
            or not all(stands_in_heading(self._view, unit, own, place) for place in range(len(own)))
            or self._has_steps(unit)
        ):
            return []
        brothers = [brother for brother in (unit.parent.children if unit.parent else []) if brother is not unit and self._has(brother)]
        leaves = sum(not brother.children for brother in brothers)
        if not self._has_below(unit) and leaves * 2 > len(brothers):
            return []
        return self._nameless_below(unit)

    def _nameless_below(self, unit: Unit) -> list[Unit]:
        """Return the outermost units below `unit` that name nobody and hold none that does; one that names somebody speaks for its own.

        One that holds items of the usual kind is a heading, no item.
        """
        found: list[Unit] = []
        for child in unit.children:
            if not self._has(child):
                heading = self._has_below(child) or any(
                    below.mark is not None and below.mark.kind == self._usual for below in child.children
                )
                found.extend(self._nameless_below(child) if heading else [child])
        return found

    def _has_steps(self, unit: Unit) -> bool:
        """Say whether words of an item's own (具体措施：) stand between who does it and its first sub-item: then it is no heading."""
        last = max((stretch.end for stretch in self._own[id(unit)]), default=unit.own_end)
        return self._view[last : unit.own_end].rstrip("\n ").endswith("：")

    def _is_over_paragraphs(self, unit: Unit) -> bool:
        """Say whether a unit is a heading over unnumbered paragraphs that say who does them."""
        line_end = self._view.find("\n", unit.body, unit.end)
        heading = self._view[unit.body : line_end if line_end >= 0 else unit.end]
        if re.search(r"[。；！？]", heading.rstrip("。")) or len(heading) > LONGEST_HEADING:
            return False
        return not any(stretch.start < line_end for stretch in self._own[id(unit)])

    def _groups_by_kind(self) -> dict[str, bool]:
        """Say for each kind of number whether its units are mostly headings over paragraphs, not items with several brackets."""
        leaves = [unit for unit in self._units if unit.mark is not None and not unit.children and self._has(unit)]
        total = Counter(unit.mark.kind for unit in leaves if unit.mark is not None)
        groups = Counter(
            unit.mark.kind
            for unit in leaves
            if unit.mark is not None and self._is_over_paragraphs(unit) and len(self._paragraph_items(unit)) > 1
        )
        return {kind: groups[kind] * 2 >= count for kind, count in total.items()}

    def _collect_paragraphs(self, unit: Unit) -> None:
        for index, (start, end, stretches) in enumerate(self._paragraph_items(unit), start=1):
            path = f"{unit.path}.p{index}" if unit.path else f"p{index}"
            self._items.append(Item(unit, path, start, start, end, False, stretches))

    def _paragraph_items(self, unit: Unit) -> list[tuple[int, int, list[Stretch]]]:
        """Cut a unit's own text behind each run of stretches that ends a paragraph."""
        found: list[tuple[int, int, list[Stretch]]] = []
        position = unit.body
        held: list[Stretch] = []
        own = [stretch for stretch in self._own[id(unit)] if stretch.reading.names() and unit.start <= stretch.start]
        for index, stretch in enumerate(own):
            held.append(stretch)
            following = own[index + 1].start if index + 1 < len(own) else unit.own_end
            between = self._view[stretch.end : following]
            if stretch.notation.shape == "sentence":
                between = "".join(between.partition("\n")[1:])  # the rest of the sentence is no paragraph of its own
            if "\n" in between and between.strip("\n。 ") and not self._lexicon.starts_label(between.lstrip("\n。 ")):
                found.append((self._begin(position, held[0].start), stretch.end, held))
                position, held = stretch.end, []
            elif index + 1 == len(own):
                found.append((self._begin(position, held[0].start), stretch.end, held))
        return found

    def _begin(self, position: int, stretch: int) -> int:
        """Return where the paragraph begins whose end says who does it: the last one with words of its own before the stretch."""
        begun = self._view.rfind("\n", position, stretch) + 1
        while begun > position + 1 and not self._view[begun:stretch].strip("\n "):
            begun = self._view.rfind("\n", position, begun - 1) + 1
        return max(begun, position)

    def _collect_nameless(self, unit: Unit) -> None:
        """Add the items that name nobody among brothers that mostly name somebody."""
        tasks = self._tasks
        deep = any(id(child) in tasks and child.children for child in unit.children)
        leaves = [
            child
            for child in unit.children
            if id(child) in tasks or not child.children or (deep and not any(id(below) in tasks for below in child.walk()))
        ]
        named = sum(id(child) in tasks for child in leaves)
        if not named or named * 2 < len(leaves):
            return
        over = {id(item.unit) for item in self._items if not item.numbered}
        for child in leaves:
            if id(child) not in tasks and id(child) not in over and not self._is_frame(child):
                item = self._item(child)
                said = self._scanner.scan_sentences(child.body, child.own_end)
                self._troubles.extend(Trouble("sentence-responsibility", stretch.start, stretch.end) for stretch in said)
                self._troubles.extend(self._scanner.find_duties(child.body, child.own_end) if not said else ())
                item.stretches.extend(said)
                self._items.append(item)

    def _is_frame(self, unit: Unit) -> bool:
        title = re.split(r"[。：\n]", self._view[unit.body : unit.body + 40], maxsplit=1)[0]
        return title in self._lexicon.words("frame-title") or not self._view[unit.body : unit.end].strip()


def _root(unit: Unit) -> Unit:
    while unit.parent is not None:
        unit = unit.parent
    return unit
