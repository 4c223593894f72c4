"""The order of the parser's steps, from a document to a plan and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import AccountEntry, AccountKind, Document, Issue, Plan, Section, Span, Task
from kg.parse.account import make_account
from kg.parse.build import Source, TaskBuilder, build_sections, to_span
from kg.parse.ledgers.ledger import read_ledgers
from kg.parse.page.header import find_citations, read_header
from kg.parse.page.layout import Flow, make_flow
from kg.parse.responsibility.readings import Trouble
from kg.parse.structure.outline import read_outline
from kg.parse.structure.tasks import find_work
from kg.parse.structure.units import Oddity
from kg.parse.unread import find_unread
from kg.parse.words.lexicon import make_lexicon
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
        The plan, and its issues in the order of the page. A document without any task gives a plan without tasks and the issue
        ``no-tasks``.
    """
    lexicon = make_lexicon(rules.notation)
    ledgers = read_ledgers(document, lexicon)
    flow = make_flow(document, lexicon, ledgers.holes)
    header = read_header(flow, document, lexicon)
    outline = read_outline(flow, lexicon, header.end)
    text = Source(flow, outline.parts, find_work(flow, lexicon, outline.parts))
    sources = [text, *ledgers.sources(text, outline, lexicon)]
    builder = TaskBuilder(lexicon, header)
    for source in sources:
        builder.find_rule(source.flow, header.end if source is text else 0)
    tasks = tuple(sorted((task for source in sources for task in builder.build(source)), key=lambda task: task.span.start))
    sections = tuple(sorted((section for source in sources for section in build_sections(source)), key=lambda section: section.span.start))
    plan = Plan(
        document=document,
        title=header.title,
        document_number=header.document_number,
        issuer=header.issuer,
        issued=header.issued,
        year=header.year,
        addressees=header.addressees,
        citations=find_citations(flow, header.title),
        sections=sections,
        tasks=tasks,
        account=_account(document, sources, sections, tasks, builder.read),
        notations=tuple(dict.fromkeys(mention.notation for task in tasks for mention in task.mentions)),
        level=header.level,
        place=header.place,
    )
    others = [*ledgers.unread, *builder.troubles]
    met = [mention.span for task in tasks for mention in task.mentions]
    met.extend(to_span(source.flow, trouble.start, trouble.end) for source in sources for trouble in source.work.troubles)
    met.extend(to_span(flow, trouble.start, trouble.end) for flow, trouble in others)
    others.extend((source.flow, trouble) for source in sources for trouble in find_unread(source, lexicon, met))
    return plan, _issues(document, rules, sources, outline.oddities, others, tasks)


def _issues(
    document: Document,
    rules: RuleBook,
    sources: Sequence[Source],
    oddities: Sequence[Oddity],
    others: Sequence[tuple[Flow, Trouble]],
    tasks: Sequence[Task],
) -> tuple[Issue, ...]:
    found: list[Issue] = []
    numbers = {oddity.code for oddity in oddities}

    def report(code: str, flow: Flow | None, start: int = 0, end: int = 0, expected: str = "") -> None:
        known = rules.issues[code]
        span = to_span(flow, start, end) if flow is not None else None
        words = flow.printed[start:end].strip("\n") if flow is not None else ""
        message = f"{known.meaning}: expected {expected or 'nothing'}" if code in numbers else known.meaning
        found.append(Issue(code, known.severity, message, document.document_id, span, words, detail=expected))

    for oddity in oddities:
        report(oddity.code, sources[0].flow, oddity.start, oddity.end, oddity.expected)
    for start, end in sources[0].flow.mended:
        report("damaged-label", sources[0].flow, start, end)
    for source in sources:
        for trouble in source.work.troubles:
            report(trouble.code, source.flow, trouble.start, trouble.end)
    for table_flow, trouble in others:
        report(trouble.code, table_flow, trouble.start, trouble.end)
    if not tasks:
        report("no-tasks", None)
    return tuple(sorted(found, key=lambda issue: (issue.span or Span(0, 0), issue.code)))


def _account(
    document: Document, sources: Sequence[Source], sections: Sequence[Section], tasks: Sequence[Task], read: Iterable[Span]
) -> tuple[AccountEntry, ...]:
    """Lay what was read over the text: the front lowest, then sections, headings, tasks, and what says who does them."""
    layers: list[tuple[Span, AccountKind, str]] = []
    front = min((section.span.start for section in sections), default=None)
    first = min((task.span.start for task in tasks), default=None)
    ends = [place for place in (front, first) if place is not None]
    if ends:
        layers.append((Span(0, min(ends)), AccountKind.FRONT, ""))
    layers.extend((section.span, AccountKind.SKIPPED, f"under heading {section.path}, in no task") for section in sections)
    for source in sources:
        for part in source.parts:
            for unit in part.walk():
                if unit.mark is not None:
                    stop = source.flow.text.find("\n", unit.body, unit.own_end)
                    layers.append((to_span(source.flow, unit.start, stop if stop >= 0 else unit.own_end), AccountKind.HEADING, ""))
    layers.extend((task.span, AccountKind.TASK, "") for task in tasks)
    layers.extend((span, AccountKind.ASSIGNMENT, "") for span in read)
    layers.extend((span, AccountKind.SKIPPED, "page furniture") for span in sources[0].flow.furniture)
    return make_account(len(document.text), layers)
