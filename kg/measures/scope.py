"""Tables → the rows that are measured: plans in scope, tasks with their sections, parties under the chosen names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kg.errors import TableError
from kg.measures.options import Collectives, LoadOptions, Names
from kg.model import CollectiveKind, Role

#: Roles by the number they have in :attr:`Scope.role`.
ROLE_ORDER: tuple[Role, ...] = tuple(Role)

#: Kinds of event by which a body hands on a part of its duties only: nobody can say to whom its tasks went.
_PARTIAL = ("split", "transfer")


@dataclass(frozen=True, slots=True)
class Scope:
    """Tasks and parties as numbers.

    ``agencies`` has one row for each party, sorted by ``agency_key`` (columns ``agency_key``, ``label``, ``kind``, ``collective``);
    ``tasks`` one for each task in the order of the page (``task_id``, ``plan_id``, ``section_id``). ``sections`` numbers the section of
    each task at the chosen level, an index into ``section_ids``. The last three arrays run in parallel, one entry for each distinct
    (agency, task, role): row numbers into ``agencies`` and ``tasks`` and numbers into :data:`ROLE_ORDER`.
    """

    agencies: pl.DataFrame
    tasks: pl.DataFrame
    sections: NDArray[np.int64]
    section_ids: tuple[str, ...]
    agency: NDArray[np.int64]
    task: NDArray[np.int64]
    role: NDArray[np.int64]

    @property
    def grouped(self) -> NDArray[np.bool_]:
        """Which rows of ``agencies`` are groups rather than single agencies."""
        return (self.agencies["collective"] != CollectiveKind.NONE).to_numpy()


def build_scope(tables: Mapping[str, pl.DataFrame], options: LoadOptions) -> Scope:
    """Select the plans, lead names to the bodies asked for, replace groups if asked, and number everything.

    Raises
    ------
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.
    """
    plans = select_scope_plans(tables["plans"], options)
    in_scope = pl.col("plan_id").is_in(plans["plan_id"].to_list())
    tasks = tables["tasks"].filter(in_scope).sort("plan_id", "ordinal", "task_id").select("task_id", "plan_id", "section_id")
    parties = tables["assignments"].filter(in_scope).select("task_id", "plan_id", "agency_key", "role")
    parties = parties.join(plans.select("plan_id", day="as_of"), on="plan_id")
    if options.collectives is Collectives.EXPAND:
        parties = _expand(parties, tables["memberships"])
    if options.names is Names.SUCCESSOR:
        parties = _succeed(parties, tables)
    keys = parties.select("agency_key").unique().sort("agency_key")
    known = tables["agencies"].select("agency_key", "label", "kind", "collective")
    agencies = keys.join(known, on="agency_key", how="left").sort("agency_key")
    numbered = (
        parties.select("agency_key", "task_id", "role")
        .unique()
        .join(agencies.select("agency_key").with_row_index("agency"), on="agency_key")
        .join(tasks.select("task_id").with_row_index("task"), on="task_id")
        .with_columns(pl.col("role").replace_strict({role: number for number, role in enumerate(ROLE_ORDER)}, return_dtype=pl.Int64))
        .sort("agency", "task", "role")
    )
    scope = Scope(
        agencies=agencies.with_columns(pl.col("collective").fill_null(CollectiveKind.NONE)),
        tasks=tasks,
        sections=np.zeros(tasks.height, dtype=np.int64),
        section_ids=(),
        agency=numbered["agency"].cast(pl.Int64).to_numpy(),
        task=numbered["task"].cast(pl.Int64).to_numpy(),
        role=numbered["role"].to_numpy(),
    )
    return set_section_level(scope, tables, options.section_level)


def set_section_level(scope: Scope, tables: Mapping[str, pl.DataFrame], level: int) -> Scope:
    """Return the scope with its tasks in the sections of another level; nothing else of it hangs on the level."""
    of_tasks = lead_to_sections(scope.tasks["section_id"], tables["sections"], level)
    section_ids = tuple(dict.fromkeys(of_tasks))
    number = {section: place for place, section in enumerate(section_ids)}
    return replace(scope, sections=np.array([number[section] for section in of_tasks], dtype=np.int64), section_ids=section_ids)


def select_scope_plans(plans: pl.DataFrame, options: LoadOptions) -> pl.DataFrame:
    """Return the rows of the plans that `options` ask for.

    Raises
    ------
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.
    """
    missing = sorted(set(options.plans) - set(plans["plan_id"]))
    if missing:
        raise TableError(f"no such plan: {', '.join(missing)}")
    if options.plans:
        plans = plans.filter(pl.col("plan_id").is_in(list(options.plans)))
    if options.year is not None:
        years = plans["as_of"].dt.year()
        plans = plans.filter(years == options.year)
        if not plans.height:
            known = ", ".join(str(year) for year in years.drop_nulls().unique().sort())
            raise TableError(f"no plan was issued in {options.year}; there are plans of {known or 'no known year'}")
    return plans


def lead_to_sections(of_tasks: pl.Series, sections: pl.DataFrame, level: int) -> list[str]:
    """Lead each task's section up to the one at a level.

    A part of a file (``kind`` ``part``) is a plan of its own and no section: its headings are of level 1. A task without a heading that
    deep keeps the deepest it has, at last the part or the plan itself.

    Examples
    --------
    >>> table = pl.DataFrame(
    ...     {"section_id": ["p/1", "p/1.1"], "parent_id": ["p", "p/1"], "kind": ["heading", "heading"]}
    ... )
    >>> lead_to_sections(pl.Series(["p/1.1", "p/1", "p"]), table, 1)
    ['p/1', 'p/1', 'p']
    >>> lead_to_sections(pl.Series(["p/1.1", "p/1", "p"]), table, 2)
    ['p/1.1', 'p/1', 'p']
    """
    rows = sections.select("section_id", "parent_id", "kind").iter_rows()
    above = {section: (parent, kind) for section, parent, kind in rows}
    known: dict[str, str] = {}
    for section in of_tasks.unique(maintain_order=True):
        way: list[str] = []
        step = section
        while step in above and step not in way:
            parent, kind = above[step]
            if kind != "part":
                way.append(step)
            step = parent
        way.reverse()
        known[section] = way[min(level, len(way)) - 1] if way else section
    return [known[section] for section in of_tasks]


def _expand(parties: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """Replace each closed group by its members as of the plan's date: the latest list that is not younger than the plan."""
    lists = memberships.select("collective_key", "as_of").unique()
    pairs = parties.select("agency_key", "day").unique().join(lists, left_on="agency_key", right_on="collective_key")
    # A plan without a date takes the latest list there is.
    fit = pairs.filter(pl.col("day").is_null() | (pl.col("as_of") <= pl.col("day")))
    fit = fit.group_by("agency_key", "day").agg(pl.col("as_of").max())
    members = fit.join(memberships, left_on=["agency_key", "as_of"], right_on=["collective_key", "as_of"])
    members = members.select("agency_key", "day", "member_key")
    joined = parties.join(members, on=["agency_key", "day"], how="left", nulls_equal=True)
    return joined.with_columns(agency_key=pl.coalesce("member_key", "agency_key")).drop("member_key")


def _succeed(parties: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Lead each agency to its successor of today, seen from its plan's date."""
    heirs = _find_heirs(parties, tables)
    joined = parties.join(heirs, on=["agency_key", "day"], nulls_equal=True)
    return joined.with_columns(agency_key=pl.col("heir")).drop("heir")


def _find_heirs(parties: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    steps: dict[str, list[tuple[date, str, str]]] = {}
    rows = tables["reorganisations"].select("predecessor_key", "effective", "kind", "successor_key").iter_rows()
    for predecessor, effective, kind, successor in rows:
        steps.setdefault(predecessor, []).append((effective, kind, successor))
    pairs = parties.select("agency_key", "day").unique().sort("agency_key", "day")
    ends = dict(tables["agencies"].select("agency_key", "valid_to").drop_nulls().iter_rows())
    # A plan may call a body by the name of one that is gone by then; its duties lie with what came after that one.
    since = [min(day or date.min, ends.get(key, date.max) - timedelta(days=1)) for key, day in pairs.iter_rows()]
    heirs = [find_successor(key, begin, steps) for key, begin in zip(pairs["agency_key"], since, strict=True)]
    return pairs.with_columns(pl.Series("heir", heirs, dtype=pl.String))


def list_successors(tables: Mapping[str, pl.DataFrame], options: LoadOptions) -> pl.DataFrame:
    """Return for each party in scope, members of groups too, the body it is counted under today.

    Returns
    -------
    polars.DataFrame
        Columns ``agency_key``, ``counted_as``, sorted; where plans of several dates would lead an agency differently, the earliest decides.
    """
    plans = select_scope_plans(tables["plans"], options).select("plan_id", day="as_of")
    parties = tables["assignments"].join(plans, on="plan_id").select("agency_key", "day")
    every = pl.concat([parties, _expand(parties, tables["memberships"])])
    heirs = _find_heirs(every, tables)
    return heirs.unique("agency_key", keep="first", maintain_order=True).select("agency_key", counted_as="heir")


def find_successor(key: str, since: date, steps: Mapping[str, list[tuple[date, str, str]]]) -> str:
    """Follow what became of a body after a day, as long as exactly one heir carries on.

    Parameters
    ----------
    key
        The body to start from.
    since
        Events on or before this day are history.
    steps
        For each body its events: (day, kind, successor).

    Examples
    --------
    >>> steps = {"a": [(date(2018, 11, 1), "merge", "b")], "b": [(date(2020, 1, 1), "split", "c"), (date(2020, 1, 1), "split", "d")]}
    >>> find_successor("a", date(2017, 1, 1), steps), find_successor("a", date(2019, 1, 1), steps)
    ('b', 'a')
    """
    while True:
        later = [step for step in steps.get(key, ()) if step[0] > since and step[1] not in _PARTIAL]
        if not later:
            return key
        since = min(step[0] for step in later)
        heirs = {step[2] for step in later if step[0] == since}
        if len(heirs) != 1:
            return key
        key = heirs.pop()
