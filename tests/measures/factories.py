"""Tables of small plans, written as lines: a section path and who does what."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kg.model import CollectiveKind, Resolution
from kg.tables import SCHEMAS, Tables, make_tables

Line = tuple[str, str]
"""Section path (``"1.2"``, empty for the plan itself) and parties (``"a:lead b:responsible"``, empty for nobody)."""

ROOT = Path(__file__).parents[2]

#: The groups of the sample plan, as a reader sees them.
SAMPLE_GROUPS = {"各区政府": CollectiveKind.CLOSED, "市政府有关部门": CollectiveKind.OPEN, "市有关单位": CollectiveKind.OPEN}


def make_frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Return rows of a table; columns that a row leaves out are null."""
    schema = SCHEMAS[table]
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema, orient="row")


def make_load_tables(
    plans: Mapping[str, Sequence[Line]],
    *,
    issued: Mapping[str, date | None] | None = None,
    groups: Mapping[str, CollectiveKind] | None = None,
    members: Mapping[str, Sequence[str]] | None = None,
    reorganisations: Sequence[tuple[str, str, date, str]] = (),
    alive: Mapping[str, tuple[date | None, date | None]] | None = None,
    parts: Sequence[str] = (),
    unresolved: Sequence[str] = (),
    issues: Sequence[Mapping[str, Any]] = (),
) -> Tables:
    """Return the tables of some plans.

    Each line is a task whose text is ``Task <n>.`` on a line of its own. `reorganisations` are (predecessor, successor, day, kind); `parts`
    names sections that are parts of a file; `unresolved` names agencies that the registry does not know.
    """
    issued, groups, members, alive = issued or {}, groups or {}, members or {}, alive or {}
    day = {plan: issued.get(plan, date(2017, 2, 23)) for plan in plans}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    keys: set[str] = set(groups)
    for plan, lines in plans.items():
        texts = [f"Task {number}." for number in range(1, len(lines) + 1)]
        rows["plans"].append({"plan_id": plan, "title": plan, "issued": day[plan], "as_of": day[plan], "text": "\n".join(texts)})
        rows["sections"] += _make_sections(plan, [path for path, _ in lines], parts)
        at = 0
        for number, (path, parties) in enumerate(lines, start=1):
            task_id = f"{plan}/task/{number}"
            section = f"{plan}/section/{path}" if path else plan
            span = {"start": at, "end": at + len(texts[number - 1])}
            text = texts[number - 1]
            common = {"plan_id": plan, "task_id": task_id}
            rows["tasks"].append(
                {**common, "section_id": section, "path": str(number), "number": str(number), "text": text, "ordinal": number, **span}
            )
            at = span["end"] + 1
            for position, party in enumerate(parties.split(), start=1):
                key, role = party.split(":")
                keys.add(key)
                assignment = f"{task_id}/{role}/{key}"
                resolution = Resolution.UNRESOLVED if key in unresolved else Resolution.REGISTRY
                rows["assignments"].append(
                    {**common, "assignment_id": assignment, "agency_key": key, "role": role, "position": position}
                    | {"name": key, "surface_form": key, "resolution": resolution}
                )
                rows["evidence"].append(
                    {"evidence_id": f"{assignment}/1", "assignment_id": assignment, "plan_id": plan, "ordinal": 1, "quote": key}
                    | {"context_start": span["start"], "context": f"({parties})"}
                )
    for group, names in members.items():
        keys |= {group, *names}
        days = sorted({value for value in day.values() if value})
        rows["memberships"] += [{"collective_key": group, "member_key": name, "as_of": value} for value in days for name in names]
    for number, (predecessor, successor, effective, kind) in enumerate(reorganisations):
        keys |= {predecessor, successor}
        rows["reorganisations"].append(
            {"event_id": f"e{number}", "predecessor_key": predecessor, "successor_key": successor, "effective": effective, "kind": kind}
        )
    rows["agencies"] = [_make_agency(key, groups, alive) for key in sorted(keys)]
    rows["issues"] = [{"ordinal": number, "severity": "warning", **issue} for number, issue in enumerate(issues, start=1)]
    return make_tables({name: make_frame(name, part) for name, part in rows.items()})


def _make_agency(key: str, groups: Mapping[str, CollectiveKind], alive: Mapping[str, tuple[date | None, date | None]]) -> dict[str, Any]:
    begin, end = alive.get(key, (None, None))
    kind = groups.get(key, CollectiveKind.NONE)
    return {
        "agency_key": key,
        "label": key,
        "kind": "government" if kind is CollectiveKind.NONE else "collective",
        "collective": kind,
        "valid_from": begin,
        "valid_to": end,
    }


def _make_sections(plan: str, paths: Iterable[str], parts: Sequence[str]) -> list[dict[str, Any]]:
    known: dict[str, dict[str, Any]] = {}
    for path in paths:
        steps = path.split(".") if path else []
        for depth in range(1, len(steps) + 1):
            own, parent = ".".join(steps[:depth]), ".".join(steps[: depth - 1])
            known.setdefault(
                own,
                {
                    "section_id": f"{plan}/section/{own}",
                    "plan_id": plan,
                    "parent_id": f"{plan}/section/{parent}" if parent else plan,
                    "path": own,
                    "level": depth,
                    "label": f"{steps[depth - 1]}.",
                    "title": f"Section {own}",
                    "kind": "part" if own in parts else "heading",
                    "ordinal": len(known) + 1,
                },
            )
    return list(known.values())


def read_sample_lines() -> list[Line]:
    """Return the tasks of the sample plan from the gold, which was made by reading the page."""
    with (ROOT / "data" / "gold" / "shanghai-egov-2017.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parties: dict[str, list[str]] = {}
    for row in rows:
        parties.setdefault(row["path"], [])
        if row["agency"]:
            parties[row["path"]].append(f"{row['agency']}:{row['role']}")
    return [(path.rpartition(".")[0], " ".join(names)) for path, names in parties.items()]


def make_sample_tables() -> Tables:
    """Return the tables of the sample plan with the groups a reader sees; keys are the names."""
    return make_load_tables({"sample": read_sample_lines()}, groups=SAMPLE_GROUPS)


def make_wide_lines(tasks: int = 36, agencies: int = 12, sections: int = 4) -> list[Line]:
    """Return a plan large enough to be measured: a fixed pattern, no randomness."""
    lines = []
    for task in range(tasks):
        lead = f"a{task * 5 % agencies:02d}"
        others = sorted({f"a{(task * step + task // 3) % agencies:02d}" for step in range(2, 2 + task % 4)} - {lead})
        lines.append(
            (f"{1 + task * sections // tasks}.{1 + task % 2}", " ".join([f"{lead}:lead", *(f"{other}:responsible" for other in others)]))
        )
    return lines
