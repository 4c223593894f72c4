"""Gaps, each with its task and its sentence."""

from __future__ import annotations

from datetime import date

import polars as pl

from kg.measures import GAP_KINDS, LoadOptions, find_gaps
from kg.model import CollectiveKind
from tests.measures.factories import make_load_tables

LINES = [
    ("1", "a:lead b:responsible"),  # no gap
    ("1", "b:responsible c:cooperate"),
    ("1", "a:lead b:jointLead"),
    ("1", "o:responsible q:cooperate"),
    ("1", "x:lead"),
    ("1", "old:lead young:responsible"),
    ("1", ""),
    ("1", "g:lead"),  # a closed group leads: no gap
    ("1", "s:supervise a:lead"),
]


def make_gaps(**more: object) -> pl.DataFrame:
    tables = make_load_tables(
        {"p": LINES},
        groups={"o": CollectiveKind.OPEN, "q": CollectiveKind.OPEN, "g": CollectiveKind.CLOSED},
        alive={"old": (None, date(2017, 2, 23)), "young": (date(2017, 2, 24), None), "a": (date(2017, 2, 23), date(2017, 2, 24))},
        unresolved=["x"],
        **more,  # type: ignore[arg-type]
    )
    return find_gaps(tables)


def test_gaps_of_tasks_and_agencies() -> None:
    assert make_gaps().rows() == [
        ("nobody-named", "p", "p/task/7", "7", None, None, "Task 7.", ""),
        ("no-lead", "p", "p/task/2", "2", None, None, "Task 2.", "(b:responsible c:cooperate)"),
        ("no-lead", "p", "p/task/4", "4", None, None, "Task 4.", "(o:responsible q:cooperate)"),
        ("several-leads", "p", "p/task/3", "3", None, None, "Task 3.", "(a:lead b:jointLead)"),
        ("only-open-collectives", "p", "p/task/4", "4", None, None, "Task 4.", "(o:responsible q:cooperate)"),
        ("unknown-agency", "p", "p/task/5", "5", "x", "x", "Task 5.", "x"),
        # valid_to is the first day after: old ended on the plan's day, young began the day after it, a lived that one day.
        ("agency-not-alive", "p", "p/task/6", "6", "old", "old", "Task 6.", "old"),
        ("agency-not-alive", "p", "p/task/6", "6", "young", "young", "Task 6.", "young"),
    ]


def test_gaps_that_earlier_steps_reported() -> None:
    issues = [
        {"plan_id": "p", "code": "unread-responsibility", "start": 9, "end": 12, "words": "ask"},  # in task 2
        {"plan_id": "p", "code": "duplicate-number", "start": 0, "end": 4, "words": "Task"},
        {"plan_id": "p", "code": "missing-number", "start": None, "end": None, "words": ""},
        {"plan_id": "p", "code": "ambiguous-repair", "start": 0, "end": 4, "words": "Task"},
    ]
    gaps = make_gaps(issues=issues).filter(pl.col("kind").is_in(["unread-bracket", "duplicate-number", "missing-number"]))
    assert gaps.rows() == [
        ("duplicate-number", "p", "p/task/1", "1", None, None, "Task 1.", "Task"),
        ("missing-number", "p", None, None, None, None, None, ""),
        ("unread-bracket", "p", "p/task/2", "2", None, None, "Task 2.", "ask"),
    ]


def test_place_outside_all_tasks_gives_its_line() -> None:
    # The newline after task 1 belongs to no task.
    gaps = make_gaps(issues=[{"plan_id": "p", "code": "unread-responsibility", "start": 7, "end": 8, "words": "\n"}])
    assert gaps.filter(pl.col("kind") == "unread-bracket").select("task_id", "sentence").rows() == [(None, "Task 1.")]


def test_name_of_another_time_is_not_called_unknown() -> None:
    gaps = make_gaps(issues=[{"plan_id": "p", "code": "agency-not-alive", "start": 0, "end": 1, "words": "x"}])
    assert [kind for kind, key in gaps.select("kind", "agency_key").iter_rows() if key == "x"] == ["agency-not-alive"]


def test_small_plans_and_scope() -> None:
    tables = make_load_tables({"p": [("1", "a:lead")], "q": [("1", "b:responsible"), ("1", "")]})
    assert find_gaps(tables, LoadOptions(plans=("p",))).height == 0
    assert find_gaps(tables).select("plan_id", "kind", "task_id").rows() == [
        ("q", "nobody-named", "q/task/2"),
        ("q", "no-lead", "q/task/1"),
    ]
    assert set(find_gaps(tables)["kind"]) <= set(GAP_KINDS)
