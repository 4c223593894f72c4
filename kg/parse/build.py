"""From what the steps found to the model: sections, tasks and mentions with their places in the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Deadline, Inheritance, Mention, Role, RoleBasis, Section, SectionKind, Span, Target, Task
from kg.parse.goals.deadlines import collect_deadlines, make_plan_time
from kg.parse.goals.targets import find_targets
from kg.parse.page.header import Header
from kg.parse.page.layout import Flow
from kg.parse.responsibility.document_rules import ListRule, states_rule
from kg.parse.responsibility.levels import LevelCarrier
from kg.parse.responsibility.names import RawName
from kg.parse.responsibility.readings import Group, Trouble
from kg.parse.responsibility.stretches import Stretch
from kg.parse.structure.items import Item
from kg.parse.structure.tasks import MOST_HANDED_DOWN, Work
from kg.parse.structure.units import Unit
from kg.parse.words.lexicon import Lexicon
from kg.rules.folding import fold_name

_PLACE_RE = re.compile(r"(.{2,}?)(?:自治区|自治州|自治县|省|市|区|县|州|盟|旗)")

#: More rules that hold for every later task are no plan's, and would cost a hostile page the square of its length.
_MOST_STANDING = 50
#: Each mention has words of its own that quote it: whole ones of a bracket without end would grow with the square of its names.
_LONGEST_EVIDENCE = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """One way of writing within a document that was read: its text, or its tables."""

    flow: Flow
    parts: tuple[Unit, ...]
    work: Work
    inner: bool = False
    """Whether it stands under a heading of another source."""


@dataclass(slots=True)
class _Mentions:
    """The mentions of a task in the making: how many each role has, and which name (brackets folded) and role was said before."""

    found: list[Mention] = field(default_factory=list)
    counts: Counter[Role] = field(default_factory=Counter)
    said: set[tuple[str, Role]] = field(default_factory=set)


class TaskBuilder:
    """Builds the tasks of one document, source by source; rules for the whole document stay in force from where they stand."""

    def __init__(self, lexicon: Lexicon, header: Header) -> None:
        self._lexicon = lexicon
        self._header = header
        self._places = own_places(header.place)
        self._time = make_plan_time(header.title, header.issued)
        self._standing: list[tuple[Flow, Stretch, Group]] = []
        self._said: set[tuple[str, ...]] = set()
        self._handed_down = 0
        self._rule: ListRule | None = None
        self.troubles: list[tuple[Flow, Trouble]] = []
        self.read: dict[Span, None] = {}

    def find_rule(self, flow: Flow, head: int = 0) -> None:
        """Take the rule that the running text of `flow` or its first `head` characters state for all lists, if none was stated before."""
        said = states_rule(flow.text, self._lexicon, head)
        if said is not None and said[0].unseen:
            self.troubles.append((flow, Trouble("unread-rule", *said[1:])))
        elif said is not None:
            self._rule = self._rule or said[0]

    def build(self, source: Source) -> Iterator[Task]:
        """Yield the tasks of `source` in the order of the page."""
        ruling = [stretch for stretch in source.work.stretches if stretch.reading.rule is not None or stretch.reading.standing]
        for index, item in enumerate(source.work.items):
            while ruling and ruling[0].start < item.end:
                stretch = ruling.pop(0)
                self._rule = stretch.reading.rule or self._rule
                for group in stretch.reading.standing:
                    self._stand(source.flow, stretch, group, len(source.work.items) - index)
            yield self._task(source, item)

    def _stand(self, flow: Flow, stretch: Stretch, group: Group, tasks: int) -> None:
        """Keep names that hold for all later `tasks`; once, however often the page says so."""
        said = (group.role, *(flow.to_name(name.start, name.end) for name in group.names))
        if said in self._said:
            return
        self._said.add(said)
        if len(self._standing) >= _MOST_STANDING:
            self.troubles.append((flow, Trouble("unread-rule", stretch.start, stretch.end)))
        elif self._handed_down + tasks * len(group.names) > MOST_HANDED_DOWN:
            self.troubles.append((flow, Trouble("too-many-heirs", stretch.start, stretch.end)))
        else:
            self._handed_down += tasks * len(group.names)
            self._standing.append((flow, stretch, group))

    def _task(self, source: Source, item: Item) -> Task:
        flow = source.flow
        mark = item.unit.mark if item.numbered else None
        above = item.unit if not item.numbered else item.unit.parent
        deadlines = self._deadlines(source, item)
        return Task(
            path=item.path,
            section=above.path if above is not None else "",
            number=mark.number if mark else "",
            label=mark.label if mark else "",
            text=item_text(source, item),
            span=to_span(flow, item.start, item.end),
            mentions=self._mentions(flow, item),
            deadlines=deadlines,
            targets=self._targets(source, item, deadlines),
        )

    def _mentions(self, flow: Flow, item: Item) -> tuple[Mention, ...]:
        carrier = LevelCarrier(self._lexicon, self._places)
        mentions = _Mentions()
        for stretches, inheritance in ((item.inherited, Inheritance.HEADING), (item.stretches, Inheritance.OWN)):
            listed = [(stretch, group) for stretch in stretches for group in stretch.reading.groups]
            if self._rule is not None:
                listed = apply_rule(listed, self._rule, flow.text)
            before: tuple[Stretch, Group] | None = None
            for stretch, group in listed:
                if before is None or before[0] is not stretch or (group.basis is RoleBasis.LABEL is before[1].basis):
                    carrier.begin_list()
                self._add(mentions, flow, stretch, group, carrier, inheritance)
                before = (stretch, group)
        for standing_flow, stretch, group in self._standing:
            self._add(mentions, standing_flow, stretch, group, LevelCarrier(self._lexicon, self._places), Inheritance.DOCUMENT)
        return tuple(mentions.found)

    def _add(
        self, mentions: _Mentions, flow: Flow, stretch: Stretch, group: Group, carrier: LevelCarrier, inheritance: Inheritance
    ) -> None:
        self.read[flow.to_span(stretch.start, stretch.end)] = None
        for raw in group.names:
            name = carrier.carry(flow.to_name(raw.start, raw.end))
            if (fold_name(name), group.role) in mentions.said and inheritance is Inheritance.DOCUMENT:
                continue
            mentions.said.add((fold_name(name), group.role))
            mentions.counts[group.role] += 1
            mentions.found.append(
                Mention(
                    surface=flow.printed[raw.start : raw.end],
                    name=name,
                    span=flow.to_span(raw.start, raw.end),
                    role=group.role,
                    basis=group.basis,
                    position=mentions.counts[group.role],
                    evidence=_evidence(flow, stretch, raw),
                    notation=stretch.notation.name,
                    inheritance=inheritance,
                )
            )

    def _deadlines(self, source: Source, item: Item) -> tuple[Deadline, ...]:
        labelled = [place for stretch in item.stretches for place in stretch.reading.deadlines]
        found, troubles = collect_deadlines(source.flow, own_ranges(source, item), labelled, self._time, self._lexicon)
        self.troubles.extend((source.flow, trouble) for trouble in troubles)
        return found

    def _targets(self, source: Source, item: Item, deadlines: Sequence[Deadline]) -> tuple[Target, ...]:
        found, troubles = find_targets(source.flow, own_ranges(source, item), deadlines, self._lexicon)
        self.troubles.extend((source.flow, trouble) for trouble in troubles)
        return found


def _evidence(flow: Flow, stretch: Stretch, name: RawName) -> Span:
    """Return the span of a stretch, or of what stands around a name in a very long one."""
    if stretch.end - stretch.start <= _LONGEST_EVIDENCE:
        return flow.to_span(stretch.start, stretch.end)
    start = max(stretch.start, name.start - _LONGEST_EVIDENCE // 2)
    return flow.to_span(start, min(stretch.end, max(name.end, start + _LONGEST_EVIDENCE)))


def apply_rule(listed: Sequence[tuple[Stretch, Group]], rule: ListRule, view: str) -> list[tuple[Stretch, Group]]:
    """Read the lists of an item by a rule of the document, unless somebody leads by word."""
    if not listed or any(group.role is Role.LEAD for _, group in listed):
        return list(listed)
    if rule.mark:
        return list(_by_mark(listed, rule, view))
    stretch, first = listed[0]
    if rule.all_lead:
        return [(stretch, Group(Role.LEAD, RoleBasis.ORDER, first.names)), *listed[1:]]
    leader, rest = Group(Role.LEAD, RoleBasis.ORDER, first.names[:1]), Group(first.role, first.basis, first.names[1:])
    following = [(stretch, rest), *listed[1:]] if rest.names else list(listed[1:])
    if rule.rest is not None:
        following = [
            (place, Group(rule.rest, RoleBasis.ORDER, group.names) if group.role is Role.RESPONSIBLE else group)
            for place, group in following
        ]
    return [(stretch, leader), *following]


def _by_mark(listed: Sequence[tuple[Stretch, Group]], rule: ListRule, view: str) -> Iterator[tuple[Stretch, Group]]:
    """Yield the lists of an item, the names beside which the rule's mark stands (★市财政局) apart from the others."""
    for stretch, group in listed:
        for name in group.names:
            if rule.mark in (view[name.start - 1 : name.start], view[name.end : name.end + 1]):
                yield stretch, Group(Role.LEAD, RoleBasis.ORDER, (name,))
            else:
                yield stretch, Group(rule.rest or group.role, RoleBasis.ORDER if rule.rest else group.basis, (name,))


def own_ranges(source: Source, item: Item) -> list[tuple[int, int]]:
    """Return the flow ranges of an item's text without the stretches that say who does it."""
    if item.ranges:
        return list(item.ranges)
    ranges: list[tuple[int, int]] = []
    position = item.body
    for stretch in source.work.stretches_between(item.body, item.end):
        if stretch.notation.shape == "sentence":
            continue
        if stretch.start > position:
            ranges.append((position, stretch.start))
        position = max(position, stretch.end)
    if item.end > position:
        ranges.append((position, item.end))
    return ranges


def item_text(source: Source, item: Item) -> str:
    """Return an item's text without its number, wraps and the stretches that say who does it."""
    return "".join(source.flow.printed[start:end] for start, end in own_ranges(source, item)).replace("\n", "").strip()


def to_span(flow: Flow, start: int, end: int) -> Span:
    """Return the document's span of a flow range without the breaks and blanks at its end."""
    while end > start and flow.text[end - 1] in "\n ":
        end -= 1
    return flow.to_span(start, end)


def build_sections(source: Source) -> Iterator[Section]:
    """Yield the parts and headings of `source`; steps inside a task are none, nor is an annex without tasks."""
    taken = {item.path for item in source.work.items}
    above = {path[: dot.start()] for path in taken for dot in re.finditer(r"\.", path)}
    for part in source.parts:
        if part.path and part.path not in above:
            continue
        for unit in part.walk():
            if unit.mark is None:
                if unit.path and not source.inner:
                    title = unit.title.replace("\n", "")
                    yield Section(unit.path, "", 1, "", "", title, SectionKind.PART, to_span(source.flow, unit.start, unit.end))
            elif not _inside_task(unit, taken):
                yield _section(source, unit)


def _inside_task(unit: Unit, taken: set[str]) -> bool:
    """Say whether a unit is a task without tasks below, or a step inside a task that leads to none."""
    if any(below.path in taken for child in unit.children for below in child.walk()):
        return False
    above: Unit | None = unit
    while above is not None:
        if above.mark is not None and above.path in taken:
            return True
        above = above.parent
    return False


def _section(source: Source, unit: Unit) -> Section:
    assert unit.mark is not None  # noqa: S101 - only parts lack a mark
    root = unit
    while root.parent is not None:
        root = root.parent
    return Section(
        path=unit.path,
        parent=unit.parent.path if unit.parent is not None else "",
        level=unit.depth + (root.path.count(".") + 1 if root.path else 0),
        number=unit.mark.number,
        label=unit.mark.label,
        title=_title(source, unit),
        kind=SectionKind.HEADING,
        span=to_span(source.flow, unit.start, unit.end),
    )


def _title(source: Source, unit: Unit) -> str:
    view, flow = source.flow.text, source.flow
    end = view.find("\n", unit.body, unit.end)
    end = min(unit.own_end, end if end >= 0 else unit.end)
    end = min([end, *(stretch.start for stretch in source.work.stretches_between(unit.body, end))])
    stop = view.find("。", unit.body, end)
    return flow.printed[unit.body : stop if stop >= 0 else end].strip(" 。：:\n")


def own_places(place: str) -> tuple[str, ...]:
    """Return the short forms of an issuer's place.

    Examples
    --------
    >>> own_places("上海市青浦区")
    ('上海', '青浦')
    """
    return tuple(_PLACE_RE.findall(place))
