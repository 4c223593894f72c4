"""Entries → the ledger's tables: the same cells for the workbook and the CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kg.reports.ledger.entries import PARTY_COLUMNS, AgencyLine, Cell, Entry, Ledger, PlanLedger, Term
from kg.reports.words import Words

if TYPE_CHECKING:
    from kg.reports.ledger.carrying import Carried, Change
    from kg.reports.ledger.filled import FilledRow

Line = TypeVar("Line")

#: The columns that the office fills in.
OPEN_COLUMNS = ("progress", "completion", "remarks")
#: All columns of a plan's sheet that are not the office's own.
TASK_COLUMNS = ("ordinal", "label", "section", "task", *PARTY_COLUMNS, "due", "term", "target", "evidence", *OPEN_COLUMNS, "id")
#: What the key of an office's own column begins with.
OWN = "own:"
#: Where a row of an older ledger stood that has no task in this one.
ORIGIN_COLUMNS = ("old-sheet", "old-row")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``keys`` name its columns for the code, ``headings`` for the reader."""

    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def make_task_grid(entries: tuple[Entry, ...], parties: tuple[str, ...], words: Words, own: tuple[str, ...] = ()) -> Grid:
    """Return a row for each task, with cells for what the office fills in, `own` columns of its among them, and the task's id last."""
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
        **{column: _get_filled(column) for column in OPEN_COLUMNS},
        "id": lambda entry: entry.task_id,
    }
    grid = _make_grid(columns, entries, words)
    return _add_own(grid, own, [entry.filled for entry in entries])


def make_agency_grid(ledger: Ledger, words: Words) -> Grid:
    """Return a row for each agency of all plans."""
    columns: dict[str, Callable[[AgencyLine], Cell]] = {
        "agency": lambda line: line.label,
        **({"names": lambda line: words.join(list(line.names))} if any(line.names for line in ledger.agencies) else {}),
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


def make_left_grid(carried: Carried, parties: tuple[str, ...], words: Words) -> Grid:
    """Return the rows of the older ledger that match no task, as they stood there."""
    used = {key for row in carried.left for key in row.cells}
    columns: dict[str, Callable[[FilledRow], Cell]] = {
        "old-sheet": lambda row: row.cells.get("old-sheet") or row.sheet,
        "old-row": lambda row: row.cells.get("old-row") or row.row,
        **{key: _get_cell(key) for key in TASK_COLUMNS if key not in PARTY_COLUMNS or key in used or key in parties},
    }
    return _add_own(_make_grid(columns, carried.left, words), carried.own_columns, [row.own for row in carried.left])


def make_change_grid(carried: Carried, words: Words) -> Grid:
    """Return a row for each cell that says something else than in the older ledger."""
    columns: dict[str, Callable[[Change], Cell]] = {
        "plan": lambda change: change.plan,
        "label": lambda change: change.label,
        "old-row": lambda change: change.row,
        "column": lambda change: words.say(f"column.{change.column}"),
        "was": lambda change: change.before,
        "now": lambda change: change.after,
    }
    return _make_grid(columns, carried.changes, words)


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


def _add_own(grid: Grid, own: tuple[str, ...], filled: Sequence[Mapping[str, Cell]]) -> Grid:
    """Add the office's own columns before the last, which is ours and hidden; a heading may be a key of ours, so each key gets a mark."""
    rows = ((*row[:-1], *(cells.get(column) for column in own), row[-1]) for row, cells in zip(grid.rows, filled, strict=True))
    keys = (*grid.keys[:-1], *(f"{OWN}{column}" for column in own), grid.keys[-1])
    return Grid(keys, (*grid.headings[:-1], *own, grid.headings[-1]), tuple(rows))


def _get_cell(key: str) -> Callable[[FilledRow], Cell]:
    return lambda row: row.cells.get(key)


def _get_filled(column: str) -> Callable[[Entry], Cell]:
    return lambda entry: entry.filled.get(column)


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
