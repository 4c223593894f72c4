"""Resolved plans → tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from kg.model import Agency, Document, Issue, Mention, Plan, Reorganisation, ResolvedPlan, Task
from kg.tables.frames import Tables, drop_unused_agencies, make_tables
from kg.tables.schema import SCHEMAS

Row = dict[str, Any]


def build_tables(
    plans: Sequence[ResolvedPlan],
    issues: Iterable[Issue] = (),
    *,
    registry: Iterable[Agency] = (),
    reorganisations: Iterable[Reorganisation] = (),
    say_zh: Callable[[Issue], str] = lambda issue: "",
    tool_version: str = "",
    rules_sha256: str = "",
) -> Tables:
    """Make the tables of some plans.

    Parameters
    ----------
    plans
        Resolved plans, in any order; document ids must differ.
    issues
        What the steps reported; an issue's ``document_id`` says where it belongs.
    registry, reorganisations
        All known agencies and events; those that lead from or to an agency of the plans are kept.
    say_zh
        Gives the message of an issue in Chinese.
    tool_version, rules_sha256
        What read the plans, for the record.

    Returns
    -------
    Tables
        With a row for each (task, role, agency): names that lead to the same agency in the same role on the same task are one assignment
        with several pieces of evidence.

    Raises
    ------
    TableError
        Two documents share an id, or a key is used twice.
    """
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    agencies: dict[str, Agency] = {}
    names: dict[tuple[str, str], Row] = {}
    for resolved in plans:
        run = {"tool_version": tool_version, "rules_sha256": rules_sha256}
        _add_plan(rows, resolved, run)
        _add_agencies(rows, resolved, agencies, names)
        _add_tasks(rows, resolved)
    for agency in registry:
        agencies.setdefault(agency.key, agency)
    rows["agencies"] = [_agency_row(agency) for agency in agencies.values()]
    rows["agency_names"] = list(names.values())
    rows["memberships"] = _distinct(rows["memberships"])
    rows["reorganisations"] = [_reorganisation_row(event) for event in reorganisations]
    _add_issues(rows, issues, say_zh)
    return make_tables(drop_unused_agencies({name: _frame(name, part) for name, part in rows.items()}))


def _frame(name: str, part: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(part, schema=SCHEMAS[name], orient="row")


def _distinct(rows: Iterable[Row]) -> list[Row]:
    return list({tuple(row.values()): row for row in rows}.values())


def _add_plan(rows: Mapping[str, list[Row]], resolved: ResolvedPlan, run: Mapping[str, str]) -> None:
    plan = resolved.plan
    document = plan.document
    rows["plans"].append(
        {
            "plan_id": document.document_id,
            "title": plan.title,
            "document_number": plan.document_number,
            "issuer": plan.issuer,
            "issued": plan.issued,
            "as_of": plan.as_of,
            "level": plan.level,
            "place": plan.place,
            "addressees": list(plan.addressees),
            "notations": list(plan.notations),
            "source_name": document.source_name,
            "source_sha256": document.source_sha256,
            "format": document.format,
            "encoding": document.encoding,
            **run,
            "text": document.text,
        }
    )
    _add_sections(rows, plan)
    _add_citations(rows, plan)
    _add_account(rows, plan)
    _add_edits(rows, document)


def _add_sections(rows: Mapping[str, list[Row]], plan: Plan) -> None:
    plan_id = plan.document.document_id
    for ordinal, section in enumerate(plan.sections, start=1):
        rows["sections"].append(
            {
                "section_id": _section_id(plan_id, section.path),
                "plan_id": plan_id,
                "parent_id": _section_id(plan_id, section.parent),
                "path": section.path,
                "level": section.level,
                "number": section.number,
                "label": section.label,
                "title": section.title,
                "kind": str(section.kind),
                "ordinal": ordinal,
                "start": section.span.start,
                "end": section.span.end,
            }
        )


def _add_citations(rows: Mapping[str, list[Row]], plan: Plan) -> None:
    plan_id = plan.document.document_id
    for ordinal, citation in enumerate(plan.citations, start=1):
        rows["citations"].append(
            {
                "citation_id": f"{plan_id}/citation/{ordinal}",
                "plan_id": plan_id,
                "ordinal": ordinal,
                "title": citation.title,
                "document_number": citation.document_number,
                "start": citation.span.start,
                "end": citation.span.end,
            }
        )


def _add_account(rows: Mapping[str, list[Row]], plan: Plan) -> None:
    for entry in plan.account:
        rows["account"].append(
            {
                "plan_id": plan.document.document_id,
                "start": entry.span.start,
                "end": entry.span.end,
                "kind": str(entry.kind),
                "reason": entry.reason,
            }
        )


def _add_edits(rows: Mapping[str, list[Row]], document: Document) -> None:
    for ordinal, edit in enumerate(document.edits, start=1):
        rows["edits"].append(
            {
                "plan_id": document.document_id,
                "ordinal": ordinal,
                "source_start": edit.span.start,
                "source_end": edit.span.end,
                "before": edit.before,
                "after": edit.after,
                "kind": edit.kind,
                "rule": edit.rule,
            }
        )


def _section_id(plan_id: str, path: str) -> str:
    return f"{plan_id}/section/{path}" if path else plan_id


def _add_agencies(
    rows: Mapping[str, list[Row]],
    resolved: ResolvedPlan,
    agencies: dict[str, Agency],
    names: dict[tuple[str, str], Row],
) -> None:
    for agency in resolved.agencies:
        # Two plans may know different members of the same group, as of their own dates; everything else of a key is the same.
        agencies.setdefault(agency.key, agency)
        # Members are members as of a day; of a plan without day and year nobody can say who they were.
        for member in agency.members if resolved.plan.as_of else ():
            rows["memberships"].append({"collective_key": agency.key, "member_key": member, "as_of": resolved.plan.as_of})
    for decision in resolved.decisions:
        agency = agencies[decision.agency_key]
        if decision.name not in (agency.label, agency.full_name):
            names[agency.key, decision.name] = {"agency_key": agency.key, "name": decision.name}


def _agency_row(agency: Agency) -> Row:
    return {
        "agency_key": agency.key,
        "label": agency.label,
        "full_name": agency.full_name,
        "label_en": agency.label_en,
        "kind": agency.kind,
        "level": agency.level,
        "jurisdiction": agency.jurisdiction,
        "collective": str(agency.collective),
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
    }


def _reorganisation_row(event: Reorganisation) -> Row:
    return {
        "event_id": event.event_id,
        "predecessor_key": event.predecessor_key,
        "successor_key": event.successor_key,
        "effective": event.effective,
        "kind": event.kind,
        "source": event.source,
    }


def _add_tasks(rows: Mapping[str, list[Row]], resolved: ResolvedPlan) -> None:
    plan = resolved.plan
    plan_id = plan.document.document_id
    for ordinal, task in enumerate(plan.tasks, start=1):
        task_id = f"{plan_id}/task/{task.path}"
        rows["tasks"].append(
            {
                "task_id": task_id,
                "plan_id": plan_id,
                "section_id": _section_id(plan_id, task.section),
                "path": task.path,
                "number": task.number,
                "label": task.label,
                "text": task.text,
                "ordinal": ordinal,
                "start": task.span.start,
                "end": task.span.end,
            }
        )
        _add_assignments(rows, resolved, task, task_id)
        for number, deadline in enumerate(task.deadlines, start=1):
            rows["deadlines"].append(
                {
                    "deadline_id": f"{task_id}/deadline/{number}",
                    "plan_id": plan_id,
                    "task_id": task_id,
                    "ordinal": number,
                    "expression": deadline.expression,
                    "start": deadline.span.start,
                    "end": deadline.span.end,
                    "begins": deadline.start,
                    "due": deadline.end,
                    "recurring": deadline.recurring,
                }
            )
        for number, target in enumerate(task.targets, start=1):
            rows["targets"].append(
                {
                    "target_id": f"{task_id}/target/{number}",
                    "plan_id": plan_id,
                    "task_id": task_id,
                    "ordinal": number,
                    "expression": target.expression,
                    "start": target.span.start,
                    "end": target.span.end,
                    "minimum": target.minimum,
                    "maximum": target.maximum,
                    "unit": target.unit,
                    "comparison": target.comparison,
                }
            )


def _add_assignments(rows: Mapping[str, list[Row]], resolved: ResolvedPlan, task: Task, task_id: str) -> None:
    plan = resolved.plan
    decisions = {decision.name: decision for decision in resolved.decisions}
    made: dict[str, int] = {}
    for mention in task.mentions:
        decision = decisions[mention.name]
        assignment_id = f"{task_id}/{mention.role}/{decision.agency_key}"
        if assignment_id not in made:
            made[assignment_id] = 0
            rows["assignments"].append(
                {
                    "assignment_id": assignment_id,
                    "plan_id": plan.document.document_id,
                    "task_id": task_id,
                    "agency_key": decision.agency_key,
                    "role": str(mention.role),
                    "position": mention.position,
                    "role_basis": str(mention.basis),
                    "inheritance": str(mention.inheritance),
                    "name": mention.name,
                    "surface_form": mention.surface,
                    "resolution": str(decision.resolution),
                    "resolution_rule": decision.rule,
                }
            )
        made[assignment_id] += 1
        rows["evidence"].append(_evidence_row(resolved, mention, assignment_id, made[assignment_id]))


def _evidence_row(resolved: ResolvedPlan, mention: Mention, assignment_id: str, ordinal: int) -> Row:
    text = resolved.plan.document.text
    return {
        "evidence_id": f"{assignment_id}/{ordinal}",
        "assignment_id": assignment_id,
        "plan_id": resolved.plan.document.document_id,
        "ordinal": ordinal,
        "start": mention.span.start,
        "end": mention.span.end,
        "quote": mention.span.slice(text),
        "context_start": mention.evidence.start,
        "context_end": mention.evidence.end,
        "context": mention.evidence.slice(text),
        "notation": mention.notation,
    }


def _add_issues(rows: Mapping[str, list[Row]], issues: Iterable[Issue], say_zh: Callable[[Issue], str]) -> None:
    def place(issue: Issue) -> tuple[str, int, int, str, str]:
        start = issue.span.start if issue.span else -1
        return (issue.document_id, start, issue.span.end if issue.span else -1, issue.code, issue.words)

    counts: dict[str, int] = {}
    for issue in sorted(issues, key=place):
        counts[issue.document_id] = counts.get(issue.document_id, 0) + 1
        rows["issues"].append(
            {
                "plan_id": issue.document_id,
                "ordinal": counts[issue.document_id],
                "code": issue.code,
                "severity": str(issue.severity),
                "message": issue.message,
                "message_zh": say_zh(issue),
                "start": issue.span.start if issue.span else None,
                "end": issue.span.end if issue.span else None,
                "words": issue.words,
                "candidates": list(issue.candidates),
            }
        )
