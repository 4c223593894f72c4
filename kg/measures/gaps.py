"""Gaps of a plan: where nobody, too many or nobody in particular is responsible, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from kg.measures.options import LAYER_ROLES, Layer, LoadOptions
from kg.measures.scope import select_scope_plans
from kg.model import CollectiveKind, Resolution, Role

#: Each kind of gap and what it means, in the order in which they are listed.
GAP_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "nobody-named": "The task names nobody.",
        "no-lead": "The task names somebody, but nobody leads.",
        "several-leads": "More than one agency leads.",
        "only-open-collectives": "The task names nobody but groups without stated members.",
        "unknown-agency": "A name that the registry does not know.",
        "agency-not-alive": "An agency that did not exist on the plan's date.",
        "duplicate-number": "An item number stands twice.",
        "missing-number": "An item number is left out.",
        "unread-bracket": "Words that speak of responsibility could not be read.",
    }
)

#: Gaps that the steps before have reported: kind → codes of ``kg/rules/issues``.
ISSUE_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "duplicate-number": ("duplicate-number",),
        "missing-number": ("missing-number",),
        "unread-bracket": ("unread-responsibility", "unread-rule"),
    }
)

#: The columns of :func:`find_gaps`.
GAPS_SCHEMA = pl.Schema(
    {
        "kind": pl.String(),
        "plan_id": pl.String(),
        "task_id": pl.String(),
        "number": pl.String(),
        "agency_key": pl.String(),
        "label": pl.String(),
        "sentence": pl.String(),
        "words": pl.String(),
    }
)

_KEY = ["plan_id", "task_id"]


def find_gaps(tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None) -> pl.DataFrame:
    """List the gaps of some plans.

    Parameters
    ----------
    tables
        The tables of one or more plans.
    options
        Scope (``plans``, ``year``); the other fields are not looked at, and small plans have gaps like all others.

    Returns
    -------
    polars.DataFrame
        Columns of :data:`GAPS_SCHEMA`, one row a gap (for agencies one row a task and agency), sorted by plan, kind in the order of
        :data:`GAP_KINDS`, place on the page and agency. ``sentence`` is the text of the task, or the line of the plan where there is no
        task; ``words`` are the characters that were read, as they stand on the page. ``task_id`` is null for a gap outside all tasks,
        ``agency_key`` for one of the whole task.

    Raises
    ------
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.

    Notes
    -----
    Traps: a plan whose notation knows no lead (everybody is simply responsible) has the gap ``no-lead`` on every task: true, but a
    property of the plan. A group counts as somebody, and a group that leads as a lead.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> find_gaps(empty_tables()).height
    0
    """
    plans = select_scope_plans(tables["plans"], options or LoadOptions())
    in_scope = pl.col("plan_id").is_in(plans["plan_id"].to_list())
    tasks = tables["tasks"].filter(in_scope).select(*_KEY, "number", "start", "end", sentence="text")
    agencies = tables["agencies"].select("agency_key", "label", "collective", "valid_from", "valid_to")
    parties = tables["assignments"].filter(in_scope).join(agencies, on="agency_key", how="left")
    parties = parties.join(plans.select("plan_id", "issued"), on="plan_id")
    issues = tables["issues"].filter(in_scope)
    found = [
        *_find_task_gaps(tasks, parties, tables["evidence"]),
        *_find_agency_gaps(parties, issues, tables["evidence"]),
    ]
    gaps = pl.concat([gap.join(tasks, on=_KEY, how="left") for gap in found] + [_find_issue_gaps(issues, tasks, plans)])
    order = {kind: place for place, kind in enumerate(GAP_KINDS)}
    gaps = gaps.with_columns(order=pl.col("kind").replace_strict(order, return_dtype=pl.Int64))
    gaps = gaps.sort("plan_id", "order", "start", "task_id", "agency_key", "words", nulls_last=True)
    return gaps.select(list(GAPS_SCHEMA))


def _find_task_gaps(tasks: pl.DataFrame, parties: pl.DataFrame, evidence: pl.DataFrame) -> list[pl.DataFrame]:
    """Gaps of a whole task, with the brackets it was read from."""
    open_group = pl.col("collective") == CollectiveKind.OPEN
    leads = pl.col("role").is_in(list(LAYER_ROLES[Layer.LEAD]))
    summed = parties.group_by(_KEY).agg(
        leads=pl.col("agency_key").filter(leads).n_unique(), carrying=(pl.col("role") != Role.SUPERVISE).sum(), vague=open_group.all()
    )
    read = parties.select(*_KEY, "assignment_id").join(evidence, on=["plan_id", "assignment_id"])
    read = read.select(*_KEY, "context_start", "context").unique().sort(*_KEY, "context_start", "context")
    contexts = read.group_by(_KEY, maintain_order=True).agg(words=pl.col("context").str.join(" "))
    summed = summed.join(contexts, on=_KEY, how="left").with_columns(pl.col("words").fill_null(""))
    named = [
        ("no-lead", summed.filter(pl.col("leads") == 0)),
        ("several-leads", summed.filter(pl.col("leads") > 1)),
        ("only-open-collectives", summed.filter("vague")),
    ]
    nobody = tasks.select(_KEY).join(summed, on=_KEY, how="anti").with_columns(words=pl.lit("", dtype=pl.String))
    return [_shape(kind, rows) for kind, rows in [("nobody-named", nobody), *named]]


def _find_agency_gaps(parties: pl.DataFrame, issues: pl.DataFrame, evidence: pl.DataFrame) -> list[pl.DataFrame]:
    """Gaps of one agency on one task, with its name as printed."""
    day = pl.col("issued")
    outlived = (day < pl.col("valid_from")).fill_null(value=False) | (day >= pl.col("valid_to")).fill_null(value=False)
    # A name that fits only a body of another time is left unresolved by the resolver, which says so in an issue.
    reported = issues.filter(pl.col("code") == "agency-not-alive").select("plan_id", name="words", late=pl.lit(value=True)).unique()
    parties = parties.join(reported, on=["plan_id", "name"], how="left")
    late = outlived | pl.col("late").fill_null(value=False)
    unknown = (pl.col("resolution") == Resolution.UNRESOLVED) & ~late
    quotes = evidence.sort("ordinal").group_by("assignment_id", maintain_order=True).agg(words=pl.col("quote").first())
    parties = parties.join(quotes, on="assignment_id", how="left")
    parties = parties.with_columns(words=pl.coalesce("words", "surface_form"))
    return [_shape(kind, parties.filter(which)) for kind, which in [("unknown-agency", unknown), ("agency-not-alive", late)]]


def _shape(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    for column in ("agency_key", "label"):
        if column not in rows.columns:
            rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    rows = rows.select(pl.lit(kind).alias("kind"), *_KEY, "agency_key", "label", "words")
    # An agency in two roles on a task is one gap.
    return rows.unique(["kind", *_KEY, "agency_key"], keep="first", maintain_order=True)


def _find_issue_gaps(issues: pl.DataFrame, tasks: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Gaps that an earlier step has reported, led back to the task they lie in or to their line."""
    texts = dict(plans.select("plan_id", "text").iter_rows())
    places: dict[str, list[tuple[int, int, str, str, str]]] = {}
    for plan_id, task_id, number, start, end, sentence in tasks.select(*_KEY, "number", "start", "end", "sentence").iter_rows():
        places.setdefault(plan_id, []).append((start, end, task_id, number, sentence))
    kinds = {code: kind for kind, codes in ISSUE_CODES.items() for code in codes}
    rows = []
    chosen = issues.filter(pl.col("code").is_in(list(kinds))).select("plan_id", "code", "start", "end", "words")
    for plan_id, code, start, end, words in chosen.iter_rows():
        row = {"kind": kinds[code], "plan_id": plan_id, "words": words, "start": start, "end": end}
        # Tasks may hold sub-tasks: the one that begins last is the nearest.
        inside = [place for place in places.get(plan_id, ()) if start is not None and place[0] <= start < place[1]]
        if inside:
            _, _, row["task_id"], row["number"], row["sentence"] = max(inside)
        elif start is not None:
            row["sentence"] = get_line(texts[plan_id], start)
        rows.append(row)
    schema = {
        "kind": pl.String,
        "plan_id": pl.String,
        "task_id": pl.String,
        "agency_key": pl.String,
        "label": pl.String,
        "words": pl.String,
    }
    return pl.DataFrame(rows, schema={**schema, "number": pl.String, "start": pl.Int64, "end": pl.Int64, "sentence": pl.String})


def get_line(text: str, place: int) -> str:
    r"""Return the line of a text in which a code point stands, without outer blanks.

    Examples
    --------
    >>> get_line("first\n  second \nthird", 10)
    'second'
    """
    return text[text.rfind("\n", 0, place) + 1 :].split("\n", 1)[0].strip()
