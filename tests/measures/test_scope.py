"""Which tasks, sections and parties are measured."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from kg.measures import Collectives, LoadOptions, Names
from kg.measures.scope import ROLE_ORDER, build_scope, find_successor, list_successors
from kg.model import CollectiveKind
from kg.tables import Tables
from tests.measures.factories import make_load_tables


def list_parties(tables: Tables, options: LoadOptions) -> list[tuple[str, str, str]]:
    scope = build_scope(tables, options)
    keys, tasks = scope.agencies["agency_key"].to_list(), scope.tasks["task_id"].to_list()
    return [(keys[a], tasks[t], str(ROLE_ORDER[r])) for a, t, r in zip(scope.agency, scope.task, scope.role, strict=True)]


def test_sections_at_both_levels_and_parts() -> None:
    lines = [
        ("1.1", "a:lead"),
        ("1.2", "a:lead"),
        ("1", "a:lead"),
        ("", "a:lead"),
        ("9.1.1", "a:lead"),
        ("9.1.2", "a:lead"),
        ("9", "a:lead"),
    ]
    tables = make_load_tables({"p": lines}, parts=["9"])
    one, two = (build_scope(tables, LoadOptions(section_level=level)) for level in (1, 2))
    # A part is no section: 9.1 is the top section of its tasks, and a task right under the part has the part.
    assert one.section_ids == ("p/section/1", "p", "p/section/9.1", "p/section/9")
    assert one.sections.tolist() == [0, 0, 0, 1, 2, 2, 3]
    assert two.section_ids == ("p/section/1.1", "p/section/1.2", "p/section/1", "p", "p/section/9.1.1", "p/section/9.1.2", "p/section/9")


def test_same_headings_of_two_plans_are_different_sections() -> None:
    scope = build_scope(make_load_tables({"p": [("1", "a:lead")], "q": [("1", "a:lead")]}), LoadOptions())
    assert scope.section_ids == ("p/section/1", "q/section/1")


def test_members_are_those_of_the_plans_date() -> None:
    plain = make_load_tables(
        {"p": [("1", "g:lead a:responsible")], "q": [("1", "g:lead")], "r": [("1", "g:lead")]},
        issued={"p": date(2015, 6, 1), "q": date(2017, 6, 1), "r": None},
        groups={"g": CollectiveKind.CLOSED},
        members={"g": ["a", "b"]},
    )
    frames = dict(plain)
    frames["memberships"] = pl.DataFrame(
        [("g", "a", date(2015, 1, 1)), ("g", "b", date(2015, 1, 1)), ("g", "b", date(2016, 1, 1))],
        schema=plain["memberships"].schema,
        orient="row",
    )
    parties = list_parties(Tables(frames), LoadOptions(collectives=Collectives.EXPAND))
    # a is a member in 2015 and named itself; from 2016 only b is left; a plan without date takes the latest list.
    assert parties == [
        ("a", "p/task/1", "lead"),
        ("a", "p/task/1", "responsible"),
        ("b", "p/task/1", "lead"),
        ("b", "q/task/1", "lead"),
        ("b", "r/task/1", "lead"),
    ]


def test_open_group_stays_when_groups_are_expanded() -> None:
    tables = make_load_tables({"p": [("1", "o:lead")]}, groups={"o": CollectiveKind.OPEN})
    assert list_parties(tables, LoadOptions(collectives=Collectives.EXPAND)) == [("o", "p/task/1", "lead")]


EVENTS = [
    ("a", "n", date(2018, 11, 1), "merger"),
    ("b", "n", date(2018, 11, 1), "merger"),
    ("n", "m", date(2023, 3, 1), "succession"),
    ("c", "d", date(2018, 11, 1), "transfer"),
    ("e", "f", date(2018, 11, 1), "succession"),
    ("e", "h", date(2018, 11, 1), "succession"),
]


def test_successors_seen_from_the_plans_date() -> None:
    lines = [("1", "a:lead b:responsible c:responsible e:responsible")]
    tables = make_load_tables({"p": lines, "q": lines}, issued={"p": date(2017, 1, 1), "q": date(2019, 1, 1)}, reorganisations=EVENTS)
    parties = list_parties(tables, LoadOptions(names=Names.SUCCESSOR))
    assert [party for party in parties if party[1] == "p/task/1"] == [
        ("c", "p/task/1", "responsible"),  # handed on a part only
        ("e", "p/task/1", "responsible"),  # two heirs: nobody can say which
        ("m", "p/task/1", "lead"),
        ("m", "p/task/1", "responsible"),
    ]
    # In 2019 the merger is history: whoever the plan then calls a is a.
    assert [key for key, task, _ in parties if task == "q/task/1"] == ["a", "b", "c", "e"]
    heirs = dict(list_successors(tables, LoadOptions(names=Names.SUCCESSOR)).iter_rows())
    assert heirs == {"a": "m", "b": "m", "c": "c", "e": "e"}


def test_members_are_led_to_their_successors() -> None:
    tables = make_load_tables(
        {"p": [("1", "g:lead")]}, groups={"g": CollectiveKind.CLOSED}, members={"g": ["a", "b", "z"]}, reorganisations=EVENTS
    )
    options = LoadOptions(names=Names.SUCCESSOR, collectives=Collectives.EXPAND)
    assert list_parties(tables, options) == [("m", "p/task/1", "lead"), ("z", "p/task/1", "lead")]


@pytest.mark.parametrize(("day", "heir"), [(date(2018, 10, 31), "m"), (date(2018, 11, 1), "a"), (date.min, "m")])
def test_events_on_the_day_are_history(day: date, heir: str) -> None:
    steps: dict[str, list[tuple[date, str, str]]] = {}
    for predecessor, successor, effective, kind in EVENTS:
        steps.setdefault(predecessor, []).append((effective, kind, successor))
    assert find_successor("a", day, steps) == heir


def test_a_circle_of_events_ends() -> None:
    steps = {"a": [(date(2018, 1, 1), "rename", "b")], "b": [(date(2018, 1, 1), "rename", "a"), (date(2019, 1, 1), "rename", "a")]}
    assert find_successor("a", date(2017, 1, 1), steps) == "a"
