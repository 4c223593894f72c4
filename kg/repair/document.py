"""The order of the repairs, and their result as a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import Document, Edit, Issue, Severity, Span
from kg.repair import gbk, mojibake, pinyin, script, stand_ins
from kg.repair.plan import Change, apply_changes, compose, make_map, map_changes, to_edits
from kg.repair.tables import Tables, get_tables
from kg.repair.tokens import DAMAGED_RE, RUN_RE, TRIGGER_RE
from kg.rules.book import RuleBook

ODD_RE = re.compile(f"[\ufffd\ue000-\uf8ff]+|{RUN_RE.pattern}")
DAMAGED_ODD_RE = re.compile(f"{ODD_RE.pattern}|{TRIGGER_RE.pattern}")


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
    misread = mojibake.may_be_misread(text)
    plan = _Plan(text)
    tables = get_tables(rules.repair) if misread or _may_be_damaged(text) else None
    if tables is not None and misread:
        found = mojibake.find_misread(text, tables)
        plan.doubt((item.start, item.end, item.after, item.others) for item in found)
        plan.add([item.change for item in found])
    if tables is not None and _may_be_damaged(plan.text):
        _repair_copy(plan, tables, rules)
    damaged = bool(plan.changes)
    # Last: to the repairs above, which go by bytes, a stand-in is a character of its own.
    if stand_ins.may_hold_stand_ins(plan.text):
        plan.add(stand_ins.find_stand_ins(plan.text))
    return plan.text, to_edits(plan.changes), (*plan.get_issues(), *find_unreadable(plan.text, damaged=damaged))


def find_unreadable(text: str, *, damaged: bool = False) -> tuple[Issue, ...]:
    """Return what no repair explains and no reader can see the meaning of.

    Replacement characters, Private Use code points and question marks in a row; in a text known to be ``damaged`` also a question mark
    where other such marks were signs of loss.
    """
    issues = []
    for match in (DAMAGED_ODD_RE if damaged else ODD_RE).finditer(text):
        message = f"{match[0]!r} has no meaning: the source is damaged here, and no repair explains it."
        issues.append(Issue("unreadable-character", Severity.WARNING, message, span=Span(*match.span()), words=match[0]))
    return tuple(issues)


def _may_be_damaged(text: str) -> bool:
    return pinyin.may_hold_pinyin(text) or TRIGGER_RE.search(text) is not None


def _repair_copy(plan: _Plan, tables: Tables, rules: RuleBook) -> None:
    """Undo what a careless copy did: shift of bytes, pinyin, script; in the order opposite to how it was done."""
    traditional = script.is_traditional(DAMAGED_RE.sub("", plan.text), tables)
    shifts = gbk.find_shifts(plan.text, tables, traditional=traditional)
    plan.doubt((shift.start, shift.end, shift.after, shift.others) for shift in shifts)
    plan.add(gbk.make_changes(shifts))
    insertions = pinyin.find_insertions(plan.text, tables)
    damaged = pinyin.is_damaged(insertions, otherwise=bool(shifts))
    if damaged:
        plan.add(pinyin.remove_insertions(plan.text, insertions))
    if traditional and (damaged or shifts):
        plan.add(script.simplify(plan.text, rules.repair))


class _Plan:
    """The text as repaired so far, the changes from the source to it, and what is in doubt (in source offsets)."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self.changes: Sequence[Change] = ()
        self._doubts: list[tuple[Span, tuple[str, ...]]] = []

    def add(self, step: Sequence[Change]) -> None:
        """Carry out changes of the text as it is now."""
        if step:
            self.text = apply_changes(self.text, step)
            self.changes = compose(self.source, self.changes, step) if self.changes else step

    def doubt(self, found: Iterable[tuple[int, int, str, tuple[str, ...]]]) -> None:
        """Note stretches of the text as it is now, before they are edited, that have other readings."""
        offsets = map_changes(self.changes)
        for start, end, best, others in found:
            if others:
                self._doubts.append((offsets.to_source(Span(start, end)), (best, *others)))

    def get_issues(self) -> tuple[Issue, ...]:
        """Return what stayed in doubt, where it stands in the repaired text."""
        offsets = map_changes(self.changes)
        issues = []
        for place, readings in self._doubts:
            span = offsets.to_target(place)
            message = f"{place.slice(self.source)!r} can be read in {len(readings)} ways."
            words = span.slice(self.text)
            issues.append(
                Issue("ambiguous-repair", Severity.WARNING, message, span=span, words=words, candidates=readings, detail=str(len(readings)))
            )
        return tuple(issues)
