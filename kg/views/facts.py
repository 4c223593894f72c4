"""What a picture shows, out of the tables: rows by small numbers, so that the page carries each text once."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from kg.model import CollectiveKind
from kg.tables.frames import Tables


@dataclass(frozen=True, slots=True)
class SectionFact:
    """A section, or (``level`` 0) a plan as the root of its sections; ``parent`` is an index, -1 at the root."""

    plan: int
    parent: int
    level: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class TaskFact:
    """A task; ``section`` is an index, ``deadlines`` and ``targets`` are expressions as printed."""

    plan: int
    section: int
    number: str
    text: str
    deadlines: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyFact:
    """An agency or a collective, with the other names it bears."""

    key: str
    label: str
    full_name: str
    label_en: str
    collective: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignmentFact:
    """An edge between a task and an agency (indices); ``quotes`` are (context index, start, end), offsets into that context."""

    task: int
    agency: int
    role: str
    basis: str
    inheritance: str
    name: str
    resolution: str
    quotes: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All rows of a picture. The first ``plan_count`` sections are the plans themselves."""

    plan_count: int
    sections: tuple[SectionFact, ...]
    tasks: tuple[TaskFact, ...]
    agencies: tuple[AgencyFact, ...]
    assignments: tuple[AssignmentFact, ...]
    contexts: tuple[str, ...]

    def find_ancestor(self, section: int, level: int) -> int:
        """Return the section at `level` (or the first one above) that `section` lies in, itself if it lies no deeper."""
        while self.sections[section].level > level:
            section = self.sections[section].parent
        return section


def collect_facts(tables: Tables) -> Facts:
    """Give each row of `tables` a number, in their own order."""
    plan_index = {key: index for index, key in enumerate(tables["plans"]["plan_id"])}
    section_index, sections = _collect_sections(tables, plan_index)
    task_index = {key: index for index, key in enumerate(tables["tasks"]["task_id"])}
    agency_index = {key: index for index, key in enumerate(_find_assigned(tables)["agency_key"])}
    assignments, contexts = _collect_assignments(tables, task_index, agency_index)
    return Facts(
        plan_count=len(plan_index),
        sections=sections,
        tasks=_collect_tasks(tables, plan_index, section_index),
        agencies=_collect_agencies(tables),
        assignments=assignments,
        contexts=contexts,
    )


def _collect_sections(tables: Tables, plan_index: dict[str, int]) -> tuple[dict[str, int], tuple[SectionFact, ...]]:
    index = dict(plan_index)
    for section_id in tables["sections"]["section_id"]:
        index[section_id] = len(index)
    facts = [
        SectionFact(number, -1, 0, "", row["title"] or row["plan_id"]) for number, row in enumerate(tables["plans"].iter_rows(named=True))
    ]
    for row in tables["sections"].iter_rows(named=True):
        # A parent that is not there would be the fault of an earlier step; the picture still shows the section, under its plan.
        parent = index.get(row["parent_id"], plan_index[row["plan_id"]])
        facts.append(SectionFact(plan_index[row["plan_id"]], parent, row["level"], row["label"], row["title"]))
    return index, tuple(facts)


def _collect_tasks(tables: Tables, plan_index: dict[str, int], section_index: dict[str, int]) -> tuple[TaskFact, ...]:
    expressions: dict[str, dict[str, tuple[str, ...]]] = {}
    for name in ("deadlines", "targets"):
        grouped = tables[name].group_by("task_id", maintain_order=True).agg(pl.col("expression"))
        expressions[name] = {key: tuple(values) for key, values in grouped.iter_rows()}
    return tuple(
        TaskFact(
            plan=plan_index[row["plan_id"]],
            section=section_index.get(row["section_id"], plan_index[row["plan_id"]]),
            number=row["number"] or row["path"].rpartition(".")[2],
            text=row["text"],
            deadlines=expressions["deadlines"].get(row["task_id"], ()),
            targets=expressions["targets"].get(row["task_id"], ()),
        )
        for row in tables["tasks"].iter_rows(named=True)
    )


def _find_assigned(tables: Tables) -> pl.DataFrame:
    # Members of a collective and successors are agencies too, but nothing in this picture leads to them.
    return tables["agencies"].filter(pl.col("agency_key").is_in(tables["assignments"]["agency_key"].implode()))


def _collect_agencies(tables: Tables) -> tuple[AgencyFact, ...]:
    grouped = tables["agency_names"].group_by("agency_key", maintain_order=True).agg(pl.col("name"))
    names = {key: tuple(values) for key, values in grouped.iter_rows()}
    return tuple(
        AgencyFact(
            key=row["agency_key"],
            label=row["label"],
            full_name=row["full_name"],
            label_en=row["label_en"],
            collective=row["collective"] not in ("", CollectiveKind.NONE),
            names=names.get(row["agency_key"], ()),
        )
        for row in _find_assigned(tables).iter_rows(named=True)
    )


def _collect_assignments(
    tables: Tables, task_index: dict[str, int], agency_index: dict[str, int]
) -> tuple[tuple[AssignmentFact, ...], tuple[str, ...]]:
    contexts: dict[str, int] = {}
    quotes: dict[str, list[tuple[int, int, int]]] = {}
    for row in tables["evidence"].iter_rows(named=True):
        number = contexts.setdefault(row["context"], len(contexts))
        start = row["start"] - row["context_start"]
        quotes.setdefault(row["assignment_id"], []).append((number, start, start + row["end"] - row["start"]))
    facts = tuple(
        AssignmentFact(
            task=task_index[row["task_id"]],
            agency=agency_index[row["agency_key"]],
            role=row["role"],
            basis=row["role_basis"],
            inheritance=row["inheritance"],
            name=row["name"],
            resolution=row["resolution"],
            quotes=tuple(quotes.get(row["assignment_id"], ())),
        )
        for row in tables["assignments"].iter_rows(named=True)
    )
    return facts, tuple(contexts)
