"""Tables → the entries of a ledger: a line for each task, a line for each agency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from kg.errors import TableError
from kg.measures.labels import tell_labels_apart
from kg.measures.options import LoadOptions
from kg.measures.scope import select_scope_plans
from kg.model import CollectiveKind, Resolution, Role
from kg.tables.frames import Tables
from kg.tables.section_titles import list_section_titles

if TYPE_CHECKING:
    from kg.reports.ledger.carrying import Carried

#: The columns of parties, in the order an office lists them, and the roles that stand in each.
PARTY_COLUMNS: Mapping[str, tuple[Role, ...]] = {
    "lead": (Role.LEAD, Role.JOINT_LEAD),
    "responsible": (Role.RESPONSIBLE,),
    "cooperate": (Role.COOPERATE,),
    "participate": (Role.PARTICIPATE,),
    "supervise": (Role.SUPERVISE,),
}
#: What a bracket of responsibility opens with.
_BRACKETS = ("（", "(", "〔", "[", "【", "［")
_LINE_BREAK_RE = re.compile(r"[ \t\u3000]*\n[ \t\u3000]*")
#: What a cell can hold.
Cell = str | int | float | date | None
_SENTENCE_ENDS = "。；！？\n"
#: How many characters of a sentence are shown before a deadline, and half of how many behind it.
_AROUND = 40
_COLUMN_OF = {str(role): column for column, roles in PARTY_COLUMNS.items() for role in roles}


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline: as printed, the inclusive days it fixes (None where it fixes none), and the sentence of the task in which it stands.

    There is no sentence where the deadline stands apart: in a bracket, a line or a cell of its own.
    """

    expression: str
    begins: date | None
    due: date | None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A task. ``ordinal`` counts from 1 through the plan, ``label`` is the number as printed; ``parties`` has a key for each party column.

    Parties are named as the page names them, with a level word that it leaves out (``商务局`` after ``市财政局`` is ``市商务局``).
    ``evidence`` are the brackets or lines that the parties were read from; it, ``terms`` and ``targets`` are in the order of the page.
    """

    ordinal: int
    label: str
    sections: tuple[str, ...]
    text: str
    parties: Mapping[str, tuple[str, ...]]
    terms: tuple[Term, ...]
    targets: tuple[str, ...]
    evidence: tuple[str, ...]
    task_id: str = ""
    filled: Mapping[str, Cell] = field(default_factory=dict)
    """What the office filled in, by open column or heading of its own; ``notes`` likewise are its comments on cells of any column."""
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def due(self) -> tuple[date, ...]:
        """The last days of its deadlines, each once, in the order of the page."""
        return tuple(dict.fromkeys(term.due for term in self.terms if term.due))


@dataclass(frozen=True, slots=True)
class PlanLedger:
    """A plan and its tasks in the order of the page."""

    plan_id: str
    title: str
    issuer: str
    document_number: str
    issued: date | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency, or a group, over all plans of the ledger: tasks by party column, and tasks due by day, the earliest first.

    ``names`` are its names on the pages, sorted, where they are others than ``label``; a task with deadlines on several days counts on
    each, and once in ``with_term``.
    """

    label: str
    names: tuple[str, ...]
    collective: bool
    unresolved: bool
    plans: int
    tasks: int
    counts: Mapping[str, int]
    with_term: int
    due: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What every format of the ledger is made of."""

    plans: tuple[PlanLedger, ...]
    agencies: tuple[AgencyLine, ...]
    carried: Carried | None = None
    """What became of an older ledger whose entries this one has."""

    @property
    def party_columns(self) -> tuple[str, ...]:
        """The columns of parties to show: lead and responsible always, the others where any task has such a party."""
        used = {column for plan in self.plans for entry in plan.entries for column, names in entry.parties.items() if names}
        return tuple(column for column in PARTY_COLUMNS if column in used or column in ("lead", "responsible"))


def collect_ledger(tables: Tables, plans: Iterable[str] = (), year: int | None = None, agencies: Iterable[str] = ()) -> Ledger:
    """Collect the ledger of some plans.

    Parameters
    ----------
    tables
        The tables of one or more plans.
    plans
        Ids of the plans wanted; empty means all.
    year
        Only plans issued in this calendar year; None means all.
    agencies
        Only tasks that name one of these, by key or any known name; empty means all. Tasks keep their numbers; a group that the agency
        is a member of does not count.

    Returns
    -------
    Ledger
        Plans by id; agencies with most tasks first, groups last.

    Raises
    ------
    TableError
        A plan that is asked for is not there, no plan is of the year asked for, or no task of the plans names an agency asked for.
    """
    scope = select_scope_plans(tables["plans"], LoadOptions(plans=tuple(plans), year=year))
    entries = {plan_id: _collect_entries(tables, plan_id) for plan_id in scope["plan_id"]}
    if agencies := tuple(agencies):
        wanted = {task_id for name in agencies for task_id in _find_tasks(tables, scope["plan_id"].to_list(), name)}
        kept = {plan_id: {task_id: entry for task_id, entry in found.items() if task_id in wanted} for plan_id, found in entries.items()}
        entries = {plan_id: found for plan_id, found in kept.items() if found}
        scope = scope.filter(pl.col("plan_id").is_in(list(entries)))
    return Ledger(
        plans=tuple(
            PlanLedger(
                row["plan_id"],
                row["title"] or row["plan_id"],
                row["issuer"] or "",
                row["document_number"] or "",
                row["issued"],
                tuple(entries[row["plan_id"]].values()),
            )
            for row in scope.iter_rows(named=True)
        ),
        agencies=_collect_agencies(tell_labels_apart(tables, LoadOptions(plans=tuple(entries))), entries),
    )


def _find_tasks(tables: Tables, plans: list[str], name: str) -> list[str]:
    known = tables["agencies"].filter(pl.any_horizontal(pl.col("agency_key", "label", "full_name") == name))["agency_key"]
    other = tables["agency_names"].filter(pl.col("name") == name)["agency_key"]
    printed = pl.any_horizontal(pl.col("name", "surface_form") == name)
    in_plans = tables["assignments"].filter(pl.col("plan_id").is_in(plans))
    tasks = in_plans.filter(printed | pl.col("agency_key").is_in([*known, *other]))["task_id"].unique().to_list()
    if not tasks:
        raise TableError(f"no task names {name}")
    return tasks


def _collect_entries(tables: Tables, plan_id: str) -> dict[str, Entry]:
    def rows(name: str) -> Iterable[dict[str, Any]]:
        return tables[name].filter(pl.col("plan_id") == plan_id).iter_rows(named=True)

    titles = list_section_titles(tables["sections"].filter(pl.col("plan_id") == plan_id))
    parties: dict[str, dict[str, list[str]]] = {}
    assignments = tables["assignments"].filter(pl.col("plan_id") == plan_id)
    # Joint leads follow the leads, whatever their names sort like.
    order = pl.col("role").replace_strict({str(role): number for number, role in enumerate(Role)}, return_dtype=pl.Int64)
    for row in assignments.sort("task_id", order, "position", "agency_key").iter_rows(named=True):
        column = parties.setdefault(row["task_id"], {}).setdefault(_COLUMN_OF[row["role"]], [])
        if row["name"] not in column:
            column.append(row["name"])
    deadlines: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows("deadlines"), key=lambda row: (row["start"], row["ordinal"])):
        deadlines.setdefault(row["task_id"], []).append(row)
    targets: dict[str, list[str]] = {}
    for row in rows("targets"):
        targets.setdefault(row["task_id"], []).append(row["expression"])
    evidence = _collect_evidence(tables, assignments)
    return {
        row["task_id"]: Entry(
            ordinal=ordinal,
            label=row["label"] or row["number"] or "",
            sections=titles.get(row["section_id"], ()),
            text=row["text"],
            parties={column: tuple(names) for column, names in parties.get(row["task_id"], {}).items()},
            terms=_collect_terms(row["text"], deadlines.get(row["task_id"], [])),
            targets=tuple(targets.get(row["task_id"], ())),
            evidence=evidence.get(row["task_id"], ()),
            task_id=row["task_id"],
        )
        for ordinal, row in enumerate(rows("tasks"), 1)
    }


def _collect_terms(text: str, deadlines: Iterable[Mapping[str, Any]]) -> tuple[Term, ...]:
    terms = []
    position = 0
    for row in deadlines:
        found = text.find(row["expression"], position)
        position = found + len(row["expression"]) if found >= 0 else position
        terms.append(Term(row["expression"], row["begins"], row["due"], _cut_sentence(text, found, position) if found >= 0 else ""))
    return tuple(terms)


def _cut_sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a place; of a very long one what stands next to it."""
    begin = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    stop = min((at + 1 for mark in _SENTENCE_ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    first, last = max(begin, start - _AROUND), min(stop, end + 2 * _AROUND)
    return ("…" if first > begin else "") + text[first:last].strip() + ("…" if last < stop else "")


def _collect_evidence(tables: Tables, assignments: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    joined = tables["evidence"].drop("plan_id").join(assignments.select("assignment_id", "task_id"), on="assignment_id")
    places = joined.sort("context_start", "context_end").unique(["task_id", "context_start", "context_end"], maintain_order=True)
    grouped = places.group_by("task_id", maintain_order=True).agg(pl.col("context"))
    # A standing addition printed twice reads the same twice; once is enough.
    return {task_id: tuple(dict.fromkeys(_unwrap(context) for context in contexts)) for task_id, contexts in grouped.iter_rows()}


def _unwrap(context: str) -> str:
    """Return the words of evidence; within brackets a line break is the page's width, elsewhere it may part two statements."""
    return _LINE_BREAK_RE.sub("", context) if context.startswith(_BRACKETS) else context


def _collect_agencies(tables: Mapping[str, pl.DataFrame], entries: Mapping[str, Mapping[str, Entry]]) -> tuple[AgencyLine, ...]:
    due_of = {task_id: entry.due for plan in entries.values() for task_id, entry in plan.items()}
    assignments = tables["assignments"].filter(pl.col("task_id").is_in(list(due_of)))
    known = {row["agency_key"]: row for row in tables["agencies"].iter_rows(named=True)}
    lines: list[tuple[tuple[bool, int, int, str], AgencyLine]] = []
    for (key,), rows in assignments.group_by(["agency_key"], maintain_order=True):
        agency = known[str(key)]
        tasks = sorted(set(rows["task_id"]))
        by_column: dict[str, set[str]] = {}
        for task_id, role in rows.select("task_id", "role").iter_rows():
            by_column.setdefault(_COLUMN_OF[role], set()).add(task_id)
        due = Counter(day for task_id in tasks for day in due_of[task_id])
        line = AgencyLine(
            label=agency["label"],
            names=tuple(sorted(set(rows["name"]) - {agency["label"]})),
            collective=agency["collective"] not in ("", None, CollectiveKind.NONE),
            unresolved=bool((rows["resolution"] == Resolution.UNRESOLVED).any()),
            plans=rows["plan_id"].n_unique(),
            tasks=len(tasks),
            counts={column: len(found) for column, found in by_column.items()},
            with_term=sum(1 for task_id in tasks if due_of[task_id]),
            due=tuple(sorted(due.items())),
        )
        lines.append(((line.collective, -line.tasks, -line.counts.get("lead", 0), str(key)), line))
    return tuple(line for _, line in sorted(lines, key=lambda pair: pair[0]))
