"""Small plans made in memory, for tests of everything behind the parser."""

from __future__ import annotations

from datetime import date

from kg.model import (
    AccountEntry,
    AccountKind,
    Agency,
    CollectiveKind,
    Decision,
    Document,
    Mention,
    Plan,
    Resolution,
    ResolvedPlan,
    Role,
    RoleBasis,
    Section,
    SectionKind,
    Span,
    Task,
)


def find_span(text: str, words: str, start: int = 0) -> Span:
    """Return where `words` stand in `text`."""
    at = text.index(words, start)
    return Span(at, at + len(words))


def make_agency(key: str, label: str, *, collective: CollectiveKind = CollectiveKind.NONE, members: tuple[str, ...] = ()) -> Agency:
    """Return an agency of a city, or a group of some."""
    kind = "collective" if collective is not CollectiveKind.NONE else "government"
    return Agency(key, label, label, kind, "city", "310000", collective=collective, members=members)


def make_resolved_plan(document_id: str, lines: list[tuple[str, list[tuple[str, Role]]]]) -> ResolvedPlan:
    """Return a resolved plan: a section of a task for each line, with the names and roles that the line is given.

    Each name must stand in its line; its agency's key is ``k.`` and its number among the distinct names.
    """
    text = "一、重点任务\n" + "".join(f"{number}.{line}\n" for number, (line, _) in enumerate(lines, start=1))
    names = list(dict.fromkeys(name for _, roles in lines for name, _ in roles))
    keys = {name: f"k.{number}" for number, name in enumerate(names, start=1)}
    tasks = []
    at = text.index("\n") + 1
    for number, (line, roles) in enumerate(lines, start=1):
        span = Span(at, at + len(f"{number}.{line}"))
        positions: dict[Role, int] = {}
        mentions = []
        for name, role in roles:
            positions[role] = positions.get(role, 0) + 1
            mentions.append(
                Mention(name, name, find_span(text, name, at), role, RoleBasis.LABEL, positions[role], span, "test"),
            )
        tasks.append(Task(f"1.{number}", "1", str(number), f"{number}.", line, span, tuple(mentions)))
        at = span.end + 1
    heading = Span(0, text.index("\n") + 1)
    document = Document(document_id, text, f"{document_id}.txt", "0" * 64, "text", "utf-8")
    plan = Plan(
        document=document,
        title="测试计划",
        document_number="测发〔2017〕1号",
        issuer="测试市人民政府",
        issued=date(2017, 2, 23),
        addressees=("各区政府",),
        citations=(),
        sections=(Section("1", "", 1, "一", "一、", "重点任务", SectionKind.HEADING, heading),),
        tasks=tuple(tasks),
        account=(AccountEntry(heading, AccountKind.HEADING), AccountEntry(Span(heading.end, len(text)), AccountKind.TASK)),
        notations=("test",),
        level="city",
        place="测试市",
    )
    agencies = tuple(make_agency(keys[name], name) for name in names)
    decisions = tuple(Decision(name, keys[name], Resolution.REGISTRY, "test") for name in names)
    return ResolvedPlan(plan, agencies, decisions)
