"""Entries → the ledger's tables: the same cells for the workbook and the CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kg.reports.ledger.entries import AgencyLine, Entry, Ledger, PlanLedger, Term
from kg.reports.words import Words

Cell = str | int | date | None
Line = TypeVar("Line")

#: The columns that the office fills in.
OPEN_COLUMNS = ("progress", "completion", "remarks")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``keys`` name its columns for the code, ``headings`` for the reader."""

    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def make_task_grid(entries: tuple[Entry, ...], parties: tuple[str, ...], words: Words) -> Grid:
    """Return a row for each task, with empty cells for what the office fills in."""
    columns: dict[str, Callable[[Entry], Cell]] = {
        "ordinal": lambda entry: entry.ordinal,
        "label": lambda entry: entry.label,
        "section": lambda entry: "\n".join(entry.sections),
        "task": lambda entry: entry.text,
        **{party: _list_parties(party, words) for party in parties},
        "due": _write_due,
        "term": lambda entry: "\n".join(write_term(term, words, alone=len(entry.terms) == 1) for term in entry.terms),
        "target": lambda entry: "\n".join(entry.targets),
        "evidence": lambda entry: "\n".join(entry.evidence),
        **{column: lambda entry: None for column in OPEN_COLUMNS},
    }
    return _make_grid(columns, entries, words)


def make_agency_grid(ledger: Ledger, words: Words) -> Grid:
    """Return a row for each agency of all plans."""
    columns: dict[str, Callable[[AgencyLine], Cell]] = {
        "agency": lambda line: line.label,
        "names": lambda line: words.join(list(line.names)),
        **({"plans": lambda line: line.plans} if len(ledger.plans) > 1 else {}),
        "tasks": lambda line: line.tasks,
        **{f"tasks-{party}": _count_tasks(party) for party in ledger.party_columns},
        "with-term": lambda line: line.with_term,
        "first-due": lambda line: line.due[0][0] if line.due else None,
        "last-due": lambda line: line.due[-1][0] if line.due else None,
        "all-due": lambda line: "\n".join(words.say("ledger.due-tally", day=day.isoformat(), count=count) for day, count in line.due),
        "note": lambda line: words.join([words.say(f"note.{note}") for note in ("collective", "unresolved") if getattr(line, note)]),
    }
    return _make_grid(columns, ledger.agencies, words)


def make_plan_grid(ledger: Ledger, statuses: tuple[str, ...], words: Words) -> Grid:
    """Return a row for each plan, with empty cells for how many tasks have each status and how many have none."""
    columns: dict[str, Callable[[PlanLedger], Cell]] = {
        "plan": lambda plan: plan.title,
        "document-number": lambda plan: plan.document_number,
        "issuer": lambda plan: plan.issuer,
        "issued": lambda plan: plan.issued,
        "tasks": lambda plan: len(plan.entries),
        "with-term": lambda plan: sum(1 for entry in plan.entries if entry.due),
        **{status: lambda plan: None for status in (*statuses, "no-status")},
    }
    return _make_grid(columns, ledger.plans, words)


def write_term(term: Term, words: Words, *, alone: bool) -> str:
    """Return a deadline as printed, with the days it fixes unless the cell beside it says the same; of several each with its sentence."""
    if term.begins and term.due and term.begins != term.due:
        days = words.say("ledger.from-to", begins=term.begins.isoformat(), due=term.due.isoformat())
    elif term.due and not alone:
        days = term.due.isoformat()
    elif term.begins and not term.due:
        days = words.say("ledger.from", begins=term.begins.isoformat())
    else:
        days = ""
    written = words.say("ledger.term", expression=term.expression, days=days) if days else term.expression
    return words.say("ledger.term-in", term=written, sentence=term.sentence) if term.sentence and not alone else written


def _write_due(entry: Entry) -> Cell:
    """Return the day; of several all, in the order of the page, for the latest alone would hide the others."""
    return entry.due[0] if len(entry.due) == 1 else "\n".join(day.isoformat() for day in entry.due)


def _list_parties(party: str, words: Words) -> Callable[[Entry], Cell]:
    return lambda entry: words.join(list(entry.parties.get(party, ())))


def _count_tasks(party: str) -> Callable[[AgencyLine], Cell]:
    return lambda line: line.counts.get(party, 0)


def _make_grid(columns: dict[str, Callable[[Line], Cell]], lines: tuple[Line, ...], words: Words) -> Grid:
    return Grid(
        tuple(columns),
        tuple(words.say(f"column.{key}") for key in columns),
        tuple(tuple(write(line) for write in columns.values()) for line in lines),
    )
