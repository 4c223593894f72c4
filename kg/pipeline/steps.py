"""The order of the steps for one document: read → repair → parse → resolve."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.errors import ParseError
from kg.model import Document, Issue, ResolvedPlan, Severity
from kg.parse import parse_document
from kg.read import read_source
from kg.repair import make_map, repair_document
from kg.resolve import Overrides, resolve_plan
from kg.rules import RuleBook

#: A text of fewer ideographs, as a share of its letters, is in another language.
_LEAST_CHINESE = 0.3


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
    return repaired, _move_issues(read_issues, repaired) + repair_issues


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
        What ``meta.toml`` says of the document; it wins over the page, since somebody wrote it there on purpose.
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
        raise ParseError(f"{name}: no tasks found: {_explain(issues + parse_issues, document.text)}")
    resolved, resolve_issues = resolve_plan(plan, rules, overrides)
    return resolved, issues + parse_issues + resolve_issues


def _explain(issues: tuple[Issue, ...], text: str) -> str:
    """Say why a document holds no tasks, on one line: the first thing that was seen and not read, or that there was nothing."""
    letters = [letter for letter in text if letter.isalpha()]
    if sum("\u4e00" <= letter <= "\u9fff" for letter in letters) < _LEAST_CHINESE * len(letters):
        return "hardly any of it is Chinese; only work plans in Chinese are read"
    seen = [issue for issue in issues if issue.severity is not Severity.NOTE and issue.span is not None and issue.words]
    if not seen:
        return "no numbered item, line or table row that names who is responsible"
    first = seen[0]
    words = " ".join(first.words.split())
    more = f", and {len(seen) - 1} more" if len(seen) > 1 else ""
    return f"{first.code}: {words[:40]}{'…' if len(words) > 40 else ''}{more}"


def _move_issues(issues: tuple[Issue, ...], document: Document) -> tuple[Issue, ...]:
    """Lead the places of issues from the text as decoded to the repaired text, where every other place points."""
    if not document.edits:
        return issues
    offsets = make_map(document.edits)
    return tuple(replace(issue, span=offsets.to_target(issue.span)) if issue.span else issue for issue in issues)
