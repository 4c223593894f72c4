"""The order of the parser's steps, and nothing else but building the model from what they found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import (
    AccountKind,
    Document,
    Inheritance,
    Issue,
    Mention,
    Plan,
    Role,
    RoleBasis,
    Section,
    SectionKind,
    Span,
    Task,
)
from kg.parse.account import make_account
from kg.parse.assignments import Stretch
from kg.parse.header import Header, find_citations, read_header
from kg.parse.layout import Flow, make_flow
from kg.parse.levels import LevelCarrier
from kg.parse.lexicon import Lexicon, make_lexicon
from kg.parse.outline import Outline, Unit, read_outline
from kg.parse.reading import Group, Trouble
from kg.parse.tasks import Item, Work, find_work
from kg.rules.book import RuleBook


def parse_document(document: Document, rules: RuleBook) -> tuple[Plan, tuple[Issue, ...]]:
    """Read a plan.

    Parameters
    ----------
    document
        A repaired document.
    rules
        All rules.

    Returns
    -------
    tuple
        The plan and what is odd about it. A document without any task gives a plan without tasks and the issue ``no-tasks``.
    """
    lexicon = make_lexicon(rules.notation)
    flow = make_flow(document, lexicon)
    header = read_header(flow, document, lexicon)
    outline = read_outline(flow, lexicon, header.end)
    work = find_work(flow, lexicon, outline.parts)
    return _PlanBuilder(document, rules, lexicon, flow, header, outline, work).build()


class _PlanBuilder:
    def __init__(
        self, document: Document, rules: RuleBook, lexicon: Lexicon, flow: Flow, header: Header, outline: Outline, work: Work
    ) -> None:
        self._document = document
        self._rules = rules
        self._lexicon = lexicon
        self._flow = flow
        self._header = header
        self._outline = outline
        self._work = work
        self._issues: list[Issue] = []

    def build(self) -> tuple[Plan, tuple[Issue, ...]]:
        tasks = self._tasks()
        sections = self._sections({task.path for task in tasks})
        for oddity in self._outline.oddities:
            self._report(oddity.code, oddity.start, oddity.end, f"expected the number {oddity.expected}")
        for trouble in self._work.troubles:
            self._report(trouble.code, trouble.start, trouble.end)
        if not tasks:
            self._issues.append(self._issue("no-tasks", None, ""))
        header = self._header
        plan = Plan(
            document=self._document,
            title=header.title,
            document_number=header.document_number,
            issuer=header.issuer,
            issued=header.issued,
            addressees=header.addressees,
            citations=find_citations(self._flow),
            sections=sections,
            tasks=tasks,
            account=self._account(sections, tasks),
            notations=tuple(dict.fromkeys(mention.notation for task in tasks for mention in task.mentions)),
            level=header.level,
            place=header.place,
        )
        issues = sorted(self._issues, key=lambda issue: (issue.span or Span(0, 0), issue.code))
        return plan, tuple(issues)

    def _tasks(self) -> tuple[Task, ...]:
        tasks: list[Task] = []
        standing: list[tuple[Stretch, Group]] = []
        first_leads = False
        for item in self._work.items:
            for stretch in item.stretches:
                first_leads = first_leads or stretch.reading.first_leads
                standing.extend((stretch, group) for group in stretch.reading.standing)
            tasks.append(self._task(item, standing, first_leads=first_leads))
        return tuple(tasks)

    def _task(self, item: Item, standing: Sequence[tuple[Stretch, Group]], *, first_leads: bool) -> Task:
        carrier = LevelCarrier(self._lexicon, _own_places(self._header.place))
        mentions: list[Mention] = []
        for stretches, inheritance in ((item.inherited, Inheritance.HEADING), (item.stretches, Inheritance.OWN)):
            for stretch in stretches:
                groups = _lead_first(stretch.reading.groups) if first_leads else list(stretch.reading.groups)
                for group in groups:
                    self._mention(mentions, stretch, group, carrier, inheritance)
        for stretch, group in standing:
            self._mention(mentions, stretch, group, carrier, Inheritance.DOCUMENT)
        section = item.unit.path if not item.numbered else (item.unit.parent.path if item.unit.parent else "")
        mark = item.unit.mark if item.numbered else None
        return Task(
            path=item.path,
            section=section,
            number=mark.number if mark else "",
            label=mark.label if mark else "",
            text=self._text(item),
            span=self._span(item.start, item.end),
            mentions=tuple(mentions),
        )

    def _mention(
        self, mentions: list[Mention], stretch: Stretch, group: Group, carrier: LevelCarrier, inheritance: Inheritance
    ) -> None:
        flow = self._flow
        for raw in group.names:
            name = carrier.carry(flow.to_name(raw.start, raw.end))
            if inheritance is Inheritance.DOCUMENT and any(known.name == name and known.role is group.role for known in mentions):
                continue
            mentions.append(
                Mention(
                    surface=flow.printed[raw.start : raw.end],
                    name=name,
                    span=flow.to_span(raw.start, raw.end),
                    role=group.role,
                    basis=group.basis,
                    position=1 + sum(known.role is group.role for known in mentions),
                    evidence=flow.to_span(stretch.start, stretch.end),
                    notation=stretch.notation.name,
                    inheritance=inheritance,
                )
            )

    def _text(self, item: Item) -> str:
        inside = [stretch for stretch in self._work.stretches if item.body <= stretch.start and stretch.end <= item.end]
        parts: list[str] = []
        position = item.body
        for stretch in inside:
            if stretch.notation.shape == "sentence":
                continue
            parts.append(self._flow.printed[position : stretch.start])
            position = max(position, stretch.end)
        parts.append(self._flow.printed[position : item.end])
        return "".join(parts).replace("\n", "").strip()

    def _span(self, start: int, end: int) -> Span:
        while end > start and self._flow.text[end - 1] in "\n ":
            end -= 1
        return self._flow.to_span(start, end)

    def _sections(self, taken: set[str]) -> tuple[Section, ...]:
        sections: list[Section] = []
        for part in self._outline.parts:
            for unit in part.walk():
                if unit.mark is None:
                    if unit.path:
                        sections.append(self._part(unit))
                elif unit.children and not self._inside_task(unit, taken):
                    sections.append(self._section(unit))
                elif unit.path not in taken and not self._inside_task(unit, taken):
                    sections.append(self._section(unit))
        return tuple(sections)

    def _inside_task(self, unit: Unit, taken: set[str]) -> bool:
        """Say whether a unit is a step inside a task and leads to no task of its own."""
        above = unit.parent
        while above is not None:
            if above.path in taken and above.mark is not None:
                return not any(below.path in taken for below in unit.walk())
            above = above.parent
        return unit.path in taken and not any(below.path in taken for below in unit.walk()[1:])

    def _part(self, unit: Unit) -> Section:
        return Section(unit.path, "", 1, "", "", unit.title, SectionKind.PART, self._span(unit.start, unit.end))

    def _section(self, unit: Unit) -> Section:
        assert unit.mark is not None  # noqa: S101 - only parts lack a mark
        level = unit.depth + (1 if unit.path.startswith("part") else 0)
        parent = unit.parent.path if unit.parent is not None else ""
        return Section(
            unit.path, parent, level, unit.mark.number, unit.mark.label, self._title(unit), SectionKind.HEADING, self._span(unit.start, unit.end)
        )

    def _title(self, unit: Unit) -> str:
        end = self._flow.text.find("\n", unit.body, unit.end)
        end = min(unit.own_end, end if end >= 0 else unit.end)
        for stretch in self._work.stretches:
            if unit.body <= stretch.start < end:
                end = stretch.start
                break
        words = self._flow.printed[unit.body : end]
        stop = self._flow.text.find("。", unit.body, end)
        if stop >= 0:
            words = words[: stop - unit.body]
        return words.strip(" 。：:\n")

    def _account(self, sections: Sequence[Section], tasks: Sequence[Task]) -> tuple:  # type: ignore[type-arg]
        layers: list[tuple[Span, AccountKind, str]] = []
        front_end = min((unit.start for part in self._outline.parts for unit in part.children), default=0)
        if front_end:
            layers.append((Span(0, self._flow.to_span(front_end, front_end + 1).start), AccountKind.FRONT, ""))
        layers.extend((section.span, AccountKind.SKIPPED, f"under {section.path}, no task") for section in sections)
        for part in self._outline.parts:
            for unit in part.walk():
                if unit.mark is not None:
                    stop = self._flow.text.find("\n", unit.body, unit.own_end)
                    layers.append((self._span(unit.start, stop if stop >= 0 else unit.own_end), AccountKind.HEADING, ""))
        layers.extend((task.span, AccountKind.TASK, "") for task in tasks)
        layers.extend((mention.evidence, AccountKind.ASSIGNMENT, "") for task in tasks for mention in task.mentions)
        layers.extend((span, AccountKind.SKIPPED, "page furniture") for span in self._flow.furniture)
        return make_account(len(self._document.text), layers)

    def _report(self, code: str, start: int, end: int, detail: str = "") -> None:
        self._issues.append(self._issue(code, self._flow.to_span(start, end), self._flow.printed[start:end], detail))

    def _issue(self, code: str, span: Span | None, words: str, detail: str = "") -> Issue:
        known = self._rules.issues[code]
        message = f"{known.meaning}: {detail}" if detail else known.meaning
        return Issue(code, known.severity, message, self._document.document_id, span, words)


def _lead_first(groups: Iterable[Group]) -> list[Group]:
    """Read a list by the rule that its first name leads, unless somebody leads it by word."""
    listed = list(groups)
    if not listed or any(group.role is Role.LEAD for group in listed):
        return listed
    first = listed[0]
    rest = Group(first.role, first.basis, first.names[1:])
    return [Group(Role.LEAD, RoleBasis.ORDER, first.names[:1]), *([rest] if rest.names else []), *listed[1:]]


def _own_places(place: str) -> tuple[str, ...]:
    """Return the short forms of the issuer's place: 上海市青浦区 gives 上海, 青浦 …"""
    found: set[str] = set()
    for cut in range(len(place) + 1):
        for part in (place[:cut], place[cut:]):
            short = part.rstrip("省市区县州盟旗")
            if len(short) >= 2:
                found.add(short)
    return tuple(sorted(found))
