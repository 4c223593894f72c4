"""The order of the steps for one document: read → repair → parse → resolve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.errors import ParseError, ReadError
from kg.model import Document, Issue, Plan, ResolvedPlan
from kg.parse import parse_document
from kg.read import read_source
from kg.repair import repair_document
from kg.resolve import Overrides, resolve_plan
from kg.rules import RuleBook


def read_repaired(
    source: Path | bytes, *, name: str, document_id: str, rules: RuleBook, metadata: tuple[tuple[str, str], ...] = ()
) -> tuple[Document, tuple[Issue, ...]]:
    """Read a source and repair its text.

    Returns
    -------
    document, issues
        The repaired document and what both steps report.

    Raises
    ------
    ReadError
        The source cannot be read.
    """
    document, read_issues = read_source(source, name=name, document_id=document_id, rules=rules)
    if metadata:
        document = replace(document, metadata=document.metadata + metadata)
    repaired, repair_issues = repair_document(document, rules)
    return repaired, read_issues + repair_issues


def read_plan(
    source: Path | bytes,
    *,
    name: str,
    document_id: str,
    rules: RuleBook,
    metadata: tuple[tuple[str, str], ...] = (),
    overrides: Overrides | None = None,
) -> tuple[ResolvedPlan, tuple[Issue, ...]]:
    """Take one document through all steps.

    Parameters
    ----------
    source
        A file, or the bytes of one.
    name
        What to call it in messages; its suffix hints at the format.
    document_id
        Its id in the graph.
    rules
        From :func:`kg.rules.load_rules`.
    metadata
        What is known of the document beside its page; it fills what the page does not say.
    overrides
        Decisions that the user keeps.

    Returns
    -------
    plan, issues

    Raises
    ------
    ReadError
        The source cannot be read.
    ParseError
        It holds no tasks.
    """
    document, issues = read_repaired(source, name=name, document_id=document_id, rules=rules, metadata=metadata)
    plan, parse_issues = parse_document(document, rules)
    if not plan.tasks:
        raise ParseError(f"{name}: no tasks found: no numbered item, line or table row that names who is responsible")
    plan = _fill(plan, dict(document.metadata))
    resolved, resolve_issues = resolve_plan(plan, rules, overrides)
    return resolved, issues + parse_issues + resolve_issues


def _fill(plan: Plan, known: dict[str, str]) -> Plan:
    """Fill what the page does not say from what is known beside it; the page wins."""
    issued = plan.issued
    if issued is None and known.get("issued"):
        try:
            issued = date.fromisoformat(known["issued"])
        except ValueError as error:
            raise ReadError(f"{plan.document.source_name}: 'issued' is no ISO day: {known['issued']!r}") from error
    return replace(
        plan,
        issued=issued,
        title=plan.title or known.get("title", ""),
        issuer=plan.issuer or known.get("issuer", ""),
        document_number=plan.document_number or known.get("document_number", ""),
        level=plan.level or known.get("level", ""),
        place=plan.place or known.get("place", ""),
    )
