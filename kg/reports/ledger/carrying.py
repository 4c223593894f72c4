"""What an office filled in → the new ledger: each entry to its task; what has none any more, and what differs, is told, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.compare.matching import MatchStatus, match_texts
from kg.reports.cells import clean_cell, name_sheet, split_cell
from kg.reports.ledger.entries import Cell, Entry, Ledger
from kg.reports.ledger.filled import FilledLedger, FilledRow
from kg.reports.ledger.sheets import OPEN_COLUMNS, ORIGIN_COLUMNS, make_task_grid
from kg.reports.words import LANGUAGES, Words, load_words

#: Columns whose words are not compared: a task's place in the list and on the page may change while the task is the same.
_UNCOMPARED = (*OPEN_COLUMNS, *ORIGIN_COLUMNS, "ordinal", "id")
#: How much of a task's text is compared; a cell holds no more of a very long one.
_LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that said something else in the old ledger, beside entries that were carried over: the rules changed it, or the office did."""

    plan: str
    label: str
    row: int
    column: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a filled-in ledger.

    ``count`` rows with entries went to their tasks, ``outside`` belong to tasks that the new ledger leaves out, ``left`` match no task for
    sure; ``foreign_sheets`` are sheets that are no part of a ledger.
    """

    count: int
    outside: int
    left: tuple[FilledRow, ...]
    changes: tuple[Change, ...]
    own_columns: tuple[str, ...]
    foreign_sheets: tuple[str, ...]


def carry_over(ledger: Ledger, whole: Ledger, filled: FilledLedger, words: Words) -> Ledger:
    """Return `ledger` with the entries of a filled-in one.

    A row belongs to the task of its plan with the same text, wherever that stands now; else to the one whose text is so near that it was
    changed, which is told. Rows with entries that fit no task, or could be two, are kept apart.

    Parameters
    ----------
    ledger
        The new ledger.
    whole
        The ledger of all plans and tasks: an entry of a task that `ledger` leaves out is no entry without a task.
    filled
        The old ledger.
    words
        The language of the new one.

    Returns
    -------
    Ledger
        With the entries and :attr:`kg.reports.ledger.entries.Ledger.carried`.
    """
    found: dict[str, FilledRow] = {}
    left: list[FilledRow] = []
    plans = _find_plans(whole, filled.rows)
    for plan_id, rows in plans.items():
        plan = next((plan for plan in whole.plans if plan.plan_id == plan_id), None)
        matched, unmatched = _match(rows, plan.entries if plan is not None else ())
        found |= matched
        left.extend(unmatched)
    inside = {entry.task_id for plan in ledger.plans for entry in plan.entries}
    filled_in = {task_id: row for task_id, row in found.items() if _has_entries(row)}
    carried = Carried(
        count=sum(1 for task_id in filled_in if task_id in inside),
        outside=sum(1 for task_id in filled_in if task_id not in inside),
        left=tuple(sorted((row for row in left if _has_entries(row) or _is_added(row)), key=lambda row: (row.sheet, row.row))),
        changes=tuple(_find_changes(ledger, filled_in, words)),
        own_columns=filled.own_columns,
        foreign_sheets=filled.foreign_sheets,
    )
    statuses = _list_statuses(words)
    plans_now = tuple(
        replace(plan, entries=tuple(_fill(entry, found.get(entry.task_id), statuses) for entry in plan.entries)) for plan in ledger.plans
    )
    return replace(ledger, plans=plans_now, carried=carried)


def _find_plans(whole: Ledger, rows: Iterable[FilledRow]) -> dict[str, list[FilledRow]]:
    """Sort rows by the plan that they name by its id, else by the name of their sheet if one plan alone has it; others under ``""``."""
    names: dict[str, list[str]] = {}
    for plan in whole.plans:
        names.setdefault(name_sheet(plan.title, set()), []).append(plan.plan_id)
    ids = {plan.plan_id for plan in whole.plans}
    sorted_rows: dict[str, list[FilledRow]] = {}
    for row in rows:
        named = names.get(str(row.cells.get("old-sheet") or row.sheet), [])
        plan_id = row.plan_id if row.plan_id in ids else named[0] if len(named) == 1 else ""
        sorted_rows.setdefault(plan_id, []).append(row)
    return sorted_rows


def _match(rows: Sequence[FilledRow], entries: Sequence[Entry]) -> tuple[dict[str, FilledRow], list[FilledRow]]:
    """Return the row of each task by its id, and the rows that have no task."""
    texts = {entry.task_id: _to_text(entry.text) for entry in entries}
    found: dict[str, FilledRow] = {}
    waiting: list[FilledRow] = []
    for row in rows:
        task_id = str(row.cells.get("id") or "")
        if task_id in texts and task_id not in found and texts[task_id] == _to_text(row.text):
            found[task_id] = row
        else:
            waiting.append(row)
    # Equal texts are told apart by their order, which an office may have changed by sorting.
    waiting.sort(key=lambda row: (str(row.cells.get("ordinal") or "").zfill(9), row.sheet, row.row))
    free = [entry.task_id for entry in entries if entry.task_id not in found]
    left: list[FilledRow] = []
    for match in match_texts([_to_text(row.text) for row in waiting], [texts[task_id] for task_id in free]):
        if match.first is None:
            continue
        if match.second is not None and match.status in (MatchStatus.KEPT, MatchStatus.CHANGED):
            found[free[match.second]] = waiting[match.first]
        else:
            left.append(waiting[match.first])
    return found, left


def _to_text(text: str) -> str:
    return "".join(clean_cell(text).split())[:_LONGEST_TEXT]


def _has_entries(row: FilledRow) -> bool:
    return bool(row.own or row.notes or any(row.cells.get(column) not in (None, "") for column in OPEN_COLUMNS))


def _is_added(row: FilledRow) -> bool:
    """Say whether an office may have written all of a row: it has no id, which one that was left alone has."""
    return not row.cells.get("id") and any(value not in (None, "") for value in row.cells.values())


def _find_changes(ledger: Ledger, filled_in: Mapping[str, FilledRow], words: Words) -> Iterable[Change]:
    for plan in ledger.plans:
        grid = make_task_grid(plan.entries, ledger.party_columns, words)
        for entry, cells in zip(plan.entries, grid.rows, strict=True):
            row = filled_in.get(entry.task_id)
            now = dict(zip(grid.keys, cells, strict=True))
            if row is not None:
                for key in [key for key in row.cells if key not in _UNCOMPARED]:
                    if _to_shown(row.cells[key]) != _to_shown(now.get(key)):
                        yield Change(plan.title, entry.label, row.row, key, row.cells[key], now.get(key))


def _to_shown(value: Cell) -> str:
    return "" if value is None else "".join(split_cell(clean_cell(str(value)), _LONGEST_TEXT)[0].split())


def _list_statuses(words: Words) -> dict[str, str]:
    """Return each status in any language with what it is in that of `words`."""
    known = words.messages["status"]
    return {load_words(lang, "ledger").say(f"status.{key}"): str(known[key]) for lang in LANGUAGES for key in known}


def _fill(entry: Entry, row: FilledRow | None, statuses: Mapping[str, str]) -> Entry:
    if row is None:
        return entry
    filled: dict[str, Cell] = {column: row.cells.get(column) for column in OPEN_COLUMNS} | dict(row.own)
    status = filled["completion"]
    if isinstance(status, str):
        filled["completion"] = statuses.get(status.strip(), status)
    return replace(entry, filled=filled, notes=dict(row.notes))
