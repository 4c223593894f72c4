"""Two sets of tables → tasks and loads side by side, on bodies that can be compared across a reorganisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from kg.compare.matching import Match, MatchOptions, MatchStatus, match_texts
from kg.compare.names import Rows, unify_names
from kg.measures import LoadOptions, Names, compute_load
from kg.measures.scope import list_successors, select_scope_plans
from kg.model import Role
from kg.tables.section_titles import list_section_titles

_TEXTS = pl.List(pl.String())

#: A row for each task of either side, in the order of the second; ``_a`` is the first side, ``_b`` the second.
TASK_CHANGE_SCHEMA = pl.Schema(
    {
        "status": pl.String(),
        "score": pl.Float64(),
        "doubt": pl.String(),
        "task_a": pl.String(),
        "number_a": pl.String(),
        "section_a": pl.String(),
        "text_a": pl.String(),
        "task_b": pl.String(),
        "number_b": pl.String(),
        "section_b": pl.String(),
        "text_b": pl.String(),
        # Tasks (ids) that make a match doubtful: as close as the partner, or the whole that this may be a piece of.
        "others_a": _TEXTS,
        "others_b": _TEXTS,
        "leads_a": _TEXTS,
        "leads_b": _TEXTS,
        # The last columns are empty where the match is not sure: to compare what may not belong together would build one guess on another.
        "lead_changed": pl.Boolean(),
        "partners_added": _TEXTS,
        "partners_dropped": _TEXTS,
        # On the task on both sides, but leading on one of them only.
        "roles_changed": _TEXTS,
        "deadlines_a": _TEXTS,
        "deadlines_b": _TEXTS,
        "deadline_changed": pl.Boolean(),
    }
)

#: A row for each agency of either side; shares are of all fractional load of the side and add up to 1.
LOAD_CHANGE_SCHEMA = pl.Schema(
    {
        "agency_key": pl.String(),
        "label": pl.String(),
        "collective": pl.String(),
        "tasks_a": pl.Int64(),
        "tasks_b": pl.Int64(),
        "led_a": pl.Int64(),
        "led_b": pl.Int64(),
        "share_a": pl.Float64(),
        "share_b": pl.Float64(),
        "share_change": pl.Float64(),
    }
)

_LEADS = (str(Role.LEAD), str(Role.JOINT_LEAD))
_SECTION_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one side (a) to the other (b).

    ``plans_a`` and ``plans_b`` are rows of the table ``plans`` without their texts; ``tasks`` is as :data:`TASK_CHANGE_SCHEMA`, ``load`` as
    :data:`LOAD_CHANGE_SCHEMA`. ``successors`` (columns ``label``, ``successor``) are the bodies counted under one that came after them,
    ``by_name`` the names that no rule resolves and that were taken for the same party because the words are the same.
    """

    title_a: str
    title_b: str
    plans_a: pl.DataFrame
    plans_b: pl.DataFrame
    tasks: pl.DataFrame
    load: pl.DataFrame
    successors: pl.DataFrame
    by_name: tuple[str, ...]

    def count(self) -> dict[str, int]:
        """Return how many tasks have each status, in the order of :class:`~kg.compare.matching.MatchStatus`."""
        numbers = dict(self.tasks.group_by("status").len().iter_rows())
        return {status.value: numbers.get(status.value, 0) for status in MatchStatus}


@dataclass(frozen=True, slots=True)
class _Task:
    """A task with what is compared: parties as key → label."""

    task_id: str
    number: str
    section: str
    text: str
    leads: Mapping[str, str]
    partners: Mapping[str, str]
    deadlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    plans: pl.DataFrame
    tasks: tuple[_Task, ...]
    load: pl.DataFrame
    successors: pl.DataFrame

    @property
    def title(self) -> str:
        return " · ".join(row["title"] or row["plan_id"] for row in self.plans.iter_rows(named=True))


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
    A task matched as ``doubtful`` is shown with its best partner, but its leads, partners and deadlines are not compared.
    """
    options_a, options_b = (replace(options or LoadOptions(), names=Names.SUCCESSOR) for options in (options_a, options_b))
    events = pl.concat([first["reorganisations"], second["reorganisations"]]).unique(maintain_order=True)
    unified = unify_names(_cut({**first, "reorganisations": events}, options_a), _cut({**second, "reorganisations": events}, options_b))
    side_a, side_b = _make_side(unified.first, options_a), _make_side(unified.second, options_b)
    matches = match_texts([task.text for task in side_a.tasks], [task.text for task in side_b.tasks], match)
    rows = [_compare_task(side_a, side_b, found) for found in matches]
    return Comparison(
        title_a=side_a.title,
        title_b=side_b.title,
        plans_a=side_a.plans,
        plans_b=side_b.plans,
        tasks=pl.DataFrame(rows, schema=TASK_CHANGE_SCHEMA, orient="row"),
        load=_compare_load(side_a.load, side_b.load),
        successors=pl.concat([side_a.successors, side_b.successors]).unique().sort("label", "successor"),
        by_name=unified.by_name,
    )


def _cut(tables: Rows, options: LoadOptions) -> Rows:
    """Return the rows of the plans in scope."""
    plans = select_scope_plans(tables["plans"], options)["plan_id"].to_list()
    return {name: frame.filter(pl.col("plan_id").is_in(plans)) if "plan_id" in frame.columns else frame for name, frame in tables.items()}


def _make_side(rows: Rows, options: LoadOptions) -> _Side:
    heirs = dict(list_successors(rows, options).iter_rows())
    labels = dict(rows["agencies"].select("agency_key", "label").iter_rows())
    parties: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    for task_id, key, role in rows["assignments"].select("task_id", "agency_key", "role").iter_rows():
        leads, partners = parties.setdefault(task_id, ({}, {}))
        heir = heirs.get(key, key)
        (leads if role in _LEADS else partners)[heir] = labels.get(heir, heir)
    titles = list_section_titles(rows["sections"])
    # With several plans on a side, a number and a section say little without the plan.
    of_plan = dict(rows["plans"].select("plan_id", "title").iter_rows()) if rows["plans"].height > 1 else {}
    deadlines = dict(rows["deadlines"].group_by("task_id", maintain_order=True).agg(pl.col("expression")).iter_rows())
    tasks = tuple(
        _Task(
            row["task_id"],
            row["number"] or row["path"],
            _SECTION_SEPARATOR.join(part for part in (of_plan.get(row["plan_id"]), *titles.get(row["section_id"], ())) if part),
            row["text"],
            *parties.get(row["task_id"], ({}, {})),
            tuple(deadlines.get(row["task_id"], ())),
        )
        for row in rows["tasks"].iter_rows(named=True)
    )
    named = set(rows["assignments"]["agency_key"])
    moved = [(labels.get(key, key), labels.get(heir, heir)) for key, heir in heirs.items() if key != heir and key in named]
    successors = pl.DataFrame(moved, schema={"label": pl.String(), "successor": pl.String()}, orient="row")
    return _Side(rows["plans"].drop("text"), tasks, compute_load(rows, options), successors)


def _compare_task(side_a: _Side, side_b: _Side, match: Match) -> dict[str, object]:
    task_a = side_a.tasks[match.first] if match.first is not None else None
    task_b = side_b.tasks[match.second] if match.second is not None else None
    row: dict[str, object] = {
        "status": match.status.value,
        "score": match.score,
        "doubt": match.doubt and match.doubt.value,
        "others_a": [side_a.tasks[place].task_id for place in match.others_first],
        "others_b": [side_b.tasks[place].task_id for place in match.others_second],
        **_describe(task_a, "a"),
        **_describe(task_b, "b"),
    }
    if task_a is None or task_b is None or match.status not in (MatchStatus.KEPT, MatchStatus.CHANGED):
        unsure: dict[str, object] = {"lead_changed": None, "partners_added": [], "partners_dropped": [], "roles_changed": []}
        return {**row, **unsure, "deadline_changed": None}
    all_a, all_b = {**task_a.partners, **task_a.leads}, {**task_b.partners, **task_b.leads}
    return {
        **row,
        "lead_changed": set(task_a.leads) != set(task_b.leads),
        "partners_added": _name(task_b.partners, (key for key in task_b.partners if key not in all_a)),
        "partners_dropped": _name(task_a.partners, (key for key in task_a.partners if key not in all_b)),
        "roles_changed": _name(all_b, (key for key in all_b if key in all_a and (key in task_a.leads) != (key in task_b.leads))),
        "deadline_changed": task_a.deadlines != task_b.deadlines,
    }


def _describe(task: _Task | None, side: str) -> dict[str, object]:
    if task is None:
        empty: dict[str, object] = {"task": None, "number": None, "section": None, "text": None, "leads": [], "deadlines": []}
        return {f"{column}_{side}": value for column, value in empty.items()}
    return {
        f"task_{side}": task.task_id,
        f"number_{side}": task.number,
        f"section_{side}": task.section,
        f"text_{side}": task.text,
        f"leads_{side}": _name(task.leads, task.leads),
        f"deadlines_{side}": list(task.deadlines),
    }


def _name(labels: Mapping[str, str], keys: Iterable[str]) -> list[str]:
    return sorted(labels[key] for key in keys)


def _compare_load(first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    def shares(load: pl.DataFrame, side: str) -> pl.DataFrame:
        return load.select(
            "agency_key",
            pl.col("label").alias(f"label_{side}"),
            pl.col("collective").alias(f"collective_{side}"),
            pl.col("tasks").alias(f"tasks_{side}"),
            pl.col("led").alias(f"led_{side}"),
            (pl.col("fractional_load") / pl.col("fractional_load").sum()).alias(f"share_{side}"),
        )

    joined = shares(first, "a").join(shares(second, "b"), on="agency_key", how="full", coalesce=True)
    joined = joined.with_columns(
        pl.col("tasks_a", "tasks_b", "led_a", "led_b").fill_null(0),
        label=pl.coalesce("label_b", "label_a"),
        collective=pl.coalesce("collective_b", "collective_a"),
    )
    # A side too small for measures has no shares at all; a body that is missing on a side that has them has a share of 0.
    for side, load in (("a", first), ("b", second)):
        if load["fractional_load"].null_count() < load.height:
            joined = joined.with_columns(pl.col(f"share_{side}").fill_null(0.0))
    joined = joined.with_columns(share_change=pl.col("share_b") - pl.col("share_a"))
    # Without shares the change in tasks is what there is to see.
    order = [pl.col("share_change").abs(), (pl.col("tasks_b") - pl.col("tasks_a")).abs(), pl.col("tasks_b")]
    return joined.select(list(LOAD_CHANGE_SCHEMA)).sort(*order, "agency_key", descending=[True, True, True, False], nulls_last=True)
