"""Two sets of tables → tasks and loads side by side, on bodies that can be compared across a reorganisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from kg.compare.matching import Match, MatchOptions, MatchStatus, match_texts
from kg.measures import LoadOptions, Names, compute_load
from kg.measures.scope import list_successors, select_scope_plans
from kg.model import Role

#: A row for each task of either side, in the order of the second.
TASK_CHANGE_SCHEMA = pl.Schema(
    {
        "status": pl.String(),
        "score": pl.Float64(),
        "task_a": pl.String(),
        "number_a": pl.String(),
        "text_a": pl.String(),
        "task_b": pl.String(),
        "number_b": pl.String(),
        "text_b": pl.String(),
        "leads_a": pl.List(pl.String()),
        "leads_b": pl.List(pl.String()),
        "lead_changed": pl.Boolean(),
        "partners_added": pl.List(pl.String()),
        "partners_dropped": pl.List(pl.String()),
    }
)

#: A row for each agency of either side; shares are of all fractional load of the side and add up to 1.
LOAD_CHANGE_SCHEMA = pl.Schema(
    {
        "agency_key": pl.String(),
        "label": pl.String(),
        "tasks_a": pl.Int64(),
        "tasks_b": pl.Int64(),
        "share_a": pl.Float64(),
        "share_b": pl.Float64(),
        "share_change": pl.Float64(),
    }
)

_LEADS = (str(Role.LEAD), str(Role.JOINT_LEAD))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one side (a) to the other (b): ``tasks`` as :data:`TASK_CHANGE_SCHEMA`, ``load`` as :data:`LOAD_CHANGE_SCHEMA`."""

    title_a: str
    title_b: str
    tasks: pl.DataFrame
    load: pl.DataFrame

    def count(self) -> dict[str, int]:
        """Return how many tasks have each status, in the order of :class:`~kg.compare.matching.MatchStatus`."""
        numbers = dict(self.tasks.group_by("status").len().iter_rows())
        return {status.value: numbers.get(status.value, 0) for status in MatchStatus}


@dataclass(frozen=True, slots=True)
class _Side:
    title: str
    tasks: pl.DataFrame
    parties: Mapping[str, tuple[dict[str, str], dict[str, str]]]
    load: pl.DataFrame


def compare_tables(
    first: Mapping[str, pl.DataFrame],
    second: Mapping[str, pl.DataFrame],
    *,
    options_a: LoadOptions | None = None,
    options_b: LoadOptions | None = None,
    match: MatchOptions | None = None,
) -> Comparison:
    """Compare two plans, or two sets of plans.

    Parameters
    ----------
    first, second
        Tables; they may be the same ones, with different plans in scope.
    options_a, options_b
        Which plans or year of each side. Agencies are counted under the bodies that came after them (``Names.SUCCESSOR``), whatever the
        options say: a merged body would else look dropped and new at once.
    match
        Thresholds of the matching of texts.

    Returns
    -------
    Comparison

    Raises
    ------
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.

    Notes
    -----
    A task matched as ``doubtful`` is shown with its best partner, but its leads and partners are not compared: that would build one guess
    on another.
    """
    events = pl.concat([first["reorganisations"], second["reorganisations"]]).unique(maintain_order=True)
    side_a = _make_side({**first, "reorganisations": events}, options_a or LoadOptions())
    side_b = _make_side({**second, "reorganisations": events}, options_b or LoadOptions())
    matches = match_texts(side_a.tasks["text"].to_list(), side_b.tasks["text"].to_list(), match)
    rows = [_compare_task(side_a, side_b, found) for found in matches]
    return Comparison(
        side_a.title, side_b.title, pl.DataFrame(rows, schema=TASK_CHANGE_SCHEMA, orient="row"), _compare_load(side_a.load, side_b.load)
    )


def _make_side(tables: Mapping[str, pl.DataFrame], options: LoadOptions) -> _Side:
    options = replace(options, names=Names.SUCCESSOR)
    plans = select_scope_plans(tables["plans"], options)
    tasks = tables["tasks"].filter(pl.col("plan_id").is_in(plans["plan_id"].to_list()))
    heirs = dict(list_successors(tables, options).iter_rows())
    labels = dict(tables["agencies"].select("agency_key", "label").iter_rows())
    parties: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    wanted = tables["assignments"].filter(pl.col("task_id").is_in(tasks["task_id"].to_list()))
    for task_id, key, role in wanted.select("task_id", "agency_key", "role").iter_rows():
        leads, partners = parties.setdefault(task_id, ({}, {}))
        heir = heirs.get(key, key)
        (leads if role in _LEADS else partners)[heir] = labels.get(heir, heir)
    title = " · ".join(row["title"] or row["plan_id"] for row in plans.iter_rows(named=True))
    return _Side(title, tasks, parties, compute_load(tables, options))


def _compare_task(side_a: _Side, side_b: _Side, match: Match) -> dict[str, object]:
    task_a = side_a.tasks.row(match.first, named=True) if match.first is not None else None
    task_b = side_b.tasks.row(match.second, named=True) if match.second is not None else None
    leads_a, partners_a = side_a.parties.get(task_a["task_id"], ({}, {})) if task_a else ({}, {})
    leads_b, partners_b = side_b.parties.get(task_b["task_id"], ({}, {})) if task_b else ({}, {})
    sure = match.status in (MatchStatus.KEPT, MatchStatus.CHANGED)
    return {
        "status": match.status.value,
        "score": match.score,
        "task_a": task_a and task_a["task_id"],
        "number_a": task_a and task_a["number"],
        "text_a": task_a and task_a["text"],
        "task_b": task_b and task_b["task_id"],
        "number_b": task_b and task_b["number"],
        "text_b": task_b and task_b["text"],
        "leads_a": sorted(leads_a.values()),
        "leads_b": sorted(leads_b.values()),
        "lead_changed": set(leads_a) != set(leads_b) if sure else None,
        "partners_added": sorted(name for key, name in partners_b.items() if key not in partners_a) if sure else [],
        "partners_dropped": sorted(name for key, name in partners_a.items() if key not in partners_b) if sure else [],
    }


def _compare_load(first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    def shares(load: pl.DataFrame, side: str) -> pl.DataFrame:
        return load.select(
            "agency_key",
            pl.col("label").alias(f"label_{side}"),
            pl.col("tasks").alias(f"tasks_{side}"),
            (pl.col("fractional_load") / pl.col("fractional_load").sum()).alias(f"share_{side}"),
        )

    joined = shares(first, "a").join(shares(second, "b"), on="agency_key", how="full", coalesce=True)
    joined = joined.with_columns(
        label=pl.coalesce("label_b", "label_a"), tasks_a=pl.col("tasks_a").fill_null(0), tasks_b=pl.col("tasks_b").fill_null(0)
    )
    # A side too small for measures has no shares at all; a body that is missing on a side that has them has a share of 0.
    for side, load in (("a", first), ("b", second)):
        if load["fractional_load"].null_count() < load.height:
            joined = joined.with_columns(pl.col(f"share_{side}").fill_null(0.0))
    joined = joined.with_columns(share_change=pl.col("share_b") - pl.col("share_a"))
    order = pl.col("share_change").abs()
    return joined.select(list(LOAD_CHANGE_SCHEMA)).sort(order, "agency_key", descending=[True, False], nulls_last=True)
