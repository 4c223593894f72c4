"""A resolved plan → lines for programs: a task a line as JSON, or an assignment a line as CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from kg.model import Decision, Mention, Plan, ResolvedPlan, Section, Task
from kg.spreadsheets import neutralise

#: Columns of the CSV.
COLUMNS = ("document", "path", "number", "section", "text", "agency", "key", "role", "position", "start", "end", "quote")


def to_json_lines(plan: ResolvedPlan) -> str:
    """Return a JSON object a line for each task, in the order of the page.

    Each has ``document``, ``number``, ``path``, ``section`` (titles from the top), ``section_numbers``, ``text``, ``start``, ``end``,
    ``deadlines``, ``targets`` and ``assignments``; an assignment has ``agency`` (the name as read), ``key`` and ``label`` (the agency it
    leads to), ``role``, ``position``, ``basis``, ``start``, ``end`` and ``quote`` (exactly the repaired text from start to end), and
    ``context`` with offsets of its own (the whole bracket, line or cell).
    """
    sections = {section.path: section for section in plan.plan.sections}
    decisions = {decision.name: decision for decision in plan.decisions}
    labels = {agency.key: agency.label for agency in plan.agencies}
    lines = [json.dumps(_task(plan.plan, task, sections, decisions, labels), ensure_ascii=False) for task in plan.plan.tasks]
    return "".join(line + "\n" for line in lines)


def to_csv(plan: ResolvedPlan) -> str:
    """Return a CSV with a line for each mention of an agency, and one without agency for a task that names nobody.

    A text that a spreadsheet would take for a formula gets an apostrophe (:func:`kg.spreadsheets.neutralise`); JSON has it as it stands.
    """
    sections = {section.path: section for section in plan.plan.sections}
    decisions = {decision.name: decision for decision in plan.decisions}
    text = plan.plan.document.text
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for task in plan.plan.tasks:
        titles = " / ".join(section.title for section in _above(task, sections))
        head = (plan.plan.document.document_id, task.path, task.number, titles, task.text)
        for mention in task.mentions:
            span = mention.span
            key = decisions[mention.name].agency_key
            cells = (*head, mention.name, key, str(mention.role), mention.position, span.start, span.end, span.slice(text))
            writer.writerow([neutralise(cell) if isinstance(cell, str) else cell for cell in cells])
        if not task.mentions:
            writer.writerow([*map(neutralise, head), "", "", "", "", "", "", ""])
    return buffer.getvalue()


def _above(task: Task, sections: dict[str, Section]) -> list[Section]:
    """Return the sections over a task, from the top."""
    above: list[Section] = []
    path = task.section
    while path:
        above.append(sections[path])
        path = sections[path].parent
    return above[::-1]


def _task(plan: Plan, task: Task, sections: dict[str, Section], decisions: dict[str, Decision], labels: dict[str, str]) -> dict[str, Any]:
    above = _above(task, sections)
    return {
        "document": plan.document.document_id,
        "number": task.number,
        "path": task.path,
        "section": [section.title for section in above],
        "section_numbers": [section.label for section in above],
        "text": task.text,
        "start": task.span.start,
        "end": task.span.end,
        "assignments": [_assignment(plan.document.text, mention, decisions[mention.name], labels) for mention in task.mentions],
        "deadlines": [
            {
                "expression": deadline.expression,
                "begins": deadline.start.isoformat() if deadline.start else None,
                "due": deadline.end.isoformat() if deadline.end else None,
                "recurring": deadline.recurring,
            }
            for deadline in task.deadlines
        ],
        "targets": [
            {
                "expression": target.expression,
                "minimum": target.minimum,
                "maximum": target.maximum,
                "unit": target.unit,
                "comparison": target.comparison,
            }
            for target in task.targets
        ],
    }


def _assignment(text: str, mention: Mention, decision: Decision, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "agency": mention.name,
        "key": decision.agency_key,
        "label": labels[decision.agency_key],
        "role": str(mention.role),
        "position": mention.position,
        "basis": str(mention.basis),
        "inheritance": str(mention.inheritance),
        "start": mention.span.start,
        "end": mention.span.end,
        "quote": mention.span.slice(text),
        "context": {"start": mention.evidence.start, "end": mention.evidence.end, "quote": mention.evidence.slice(text)},
    }
