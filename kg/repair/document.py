"""The order of the repairs, and their result as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Document, Edit, Issue, Severity, Span
from kg.repair import gbk, pinyin, script
from kg.repair.plan import apply_plan, compose, make_map
from kg.repair.tables import get_tables
from kg.repair.tokens import TRIGGER_RE
from kg.rules.book import RuleBook


def repair_document(document: Document, rules: RuleBook) -> tuple[Document, tuple[Issue, ...]]:
    """Repair the text of a document.

    Parameters
    ----------
    document
        As read; its ``edits`` are empty.
    rules
        The rule book.

    Returns
    -------
    Document, tuple of Issue
        The same object where nothing is damaged. Otherwise ``edits`` lead from the text as read to ``text``, and the spans of ``blocks``
        point into ``text``.
    """
    text, edits, issues = repair_text(document.text, rules)
    issues = tuple(replace(issue, document_id=document.document_id) for issue in issues)
    if not edits:
        return document, issues
    offsets = make_map(edits)
    blocks = tuple(replace(block, span=offsets.to_target(block.span)) for block in document.blocks)
    return replace(document, text=text, edits=edits, blocks=blocks), issues


def repair_text(text: str, rules: RuleBook) -> tuple[str, tuple[Edit, ...], tuple[Issue, ...]]:
    """Repair a text.

    Returns
    -------
    str, tuple of Edit, tuple of Issue
        The repaired text, the edits that lead to it (:func:`~kg.repair.plan.apply_plan` replays them), and what stayed in doubt.
    """
    if not _may_be_damaged(text):
        return text, (), ()
    tables = get_tables(rules.repair)
    traditional = script.is_traditional(text, tables)
    shifts = gbk.find_shifts(text, tables, traditional=traditional)
    edits = tuple(Edit(Span(s.start, s.end), s.before, s.after, "gbk-shift", "search") for s in shifts)
    current = apply_plan(text, edits)
    insertions = pinyin.find_insertions(current, tables)
    damaged = pinyin.is_damaged(insertions, otherwise=bool(shifts))
    if damaged:
        step = pinyin.remove_insertions(current, insertions)
        current, edits = apply_plan(current, step), compose(text, edits, step)
    if traditional and (damaged or shifts):
        step = script.simplify(current, rules.repair)
        current, edits = apply_plan(current, step), compose(text, edits, step)
    return current, edits, _report(shifts, edits)


def _may_be_damaged(text: str) -> bool:
    return pinyin.may_hold_pinyin(text) or TRIGGER_RE.search(text) is not None


def _report(shifts: Sequence[gbk.Shift], edits: Sequence[Edit]) -> tuple[Issue, ...]:
    offsets = make_map(edits)
    issues = []
    for shift in shifts:
        if shift.others:
            span = offsets.to_target(Span(shift.start, shift.end))
            issues.append(
                Issue(
                    "ambiguous-repair",
                    Severity.WARNING,
                    f"{shift.before!r} can be read in {len(shift.others) + 1} ways.",
                    span=span,
                    words=shift.after,
                    candidates=(shift.after, *shift.others),
                )
            )
    return tuple(issues)
