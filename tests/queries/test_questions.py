"""Each question on each store against rows worked out by hand from the scenario's table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kg.errors import QueryError
from kg.measures.fractional import compute_fractional_load
from kg.measures.networks import build_network
from kg.measures.options import Collectives, Layer, LoadOptions, RoleWeights
from kg.measures.scope import build_scope
from kg.queries import ask_store, get_question, list_questions
from kg.stores import Store
from tests.queries.scenario import make_scenario

#: Question, parameters, rows.
CASES: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    ("find-agency", {"agency": "市财政"}, [("fin", "财政局", "上海市财政局", "government")]),
    ("find-agency", {"agency": "nobody"}, []),
    (
        "agency-tasks",
        {"agency": "经信委"},
        [
            ("p17", "p17/task/1.1", "lead", "办好1.1"),
            ("p17", "p17/task/1.2", "lead", "办好1.2"),
            ("p17", "p17/task/2.1", "cooperate", "办好2.1"),
        ],
    ),
    ("agency-tasks", {"agency": "edu", "plan": "p18"}, [("p18", "p18/task/1", "jointLead", "办好1")]),
    ("agency-tasks", {"agency": "Body edu", "plan": "p17"}, [("p17", "p17/task/1.1", "responsible", "办好1.1")]),
    ("agency-tasks", {"agency": "mid"}, []),
    ("agency-leads", {"agency": "ei"}, [("p17", "p17/task/1.1", "lead", "办好1.1"), ("p17", "p17/task/1.2", "lead", "办好1.2")]),
    ("agency-leads", {"agency": "上海市教委"}, [("p18", "p18/task/1", "jointLead", "办好1")]),
    ("agency-leads", {"agency": "财政局"}, []),
    ("agency-partners", {"agency": "ei"}, [("fin", "财政局", 2), ("edu", "教委", 1), ("old", "规土局", 1)]),
    ("agency-partners", {"agency": "edu", "plan": "p18"}, [("new", "自资局", 1), ("p18.x1", "不明中心", 1)]),
    (
        "agencies-by-load",
        {},
        [
            # ei: 2/4 + 2/3 + 1/3; edu: 1/4 + 2/5; nobody ranks for 2.2, which names groups only.
            ("ei", "经信委", 3, 2, 1.5),
            ("old", "规土局", 1, 1, 0.666667),
            ("edu", "教委", 2, 1, 0.65),
            ("fin", "财政局", 2, 0, 0.583333),
            ("new", "自资局", 1, 1, 0.4),
            ("p18.x1", "不明中心", 1, 0, 0.2),
        ],
    ),
    ("agencies-by-load", {"plan": "p18"}, [("edu", "教委", 1, 1, 0.4), ("new", "自资局", 1, 1, 0.4), ("p18.x1", "不明中心", 1, 0, 0.2)]),
    ("agency-sections", {"agency": "ei"}, [("p17", "p17/section/1", "平台", 2), ("p17", "p17/section/2", "数据", 1)]),
    ("tasks-without-lead", {}, [("p17", "p17/task/2.2", 2, "办好2.2"), ("p17", "p17/task/2.3", 0, "办好2.3")]),
    ("tasks-without-lead", {"plan": "p18"}, []),
    ("pairs-sharing-most-tasks", {}, [("ei", "经信委", "fin", "财政局", 2)]),
    (
        "pairs-sharing-most-tasks",
        {"minimum": "1", "plan": "p17"},
        [
            ("ei", "经信委", "fin", "财政局", 2),
            ("edu", "教委", "ei", "经信委", 1),
            ("edu", "教委", "fin", "财政局", 1),
            ("ei", "经信委", "old", "规土局", 1),
        ],
    ),
    ("inherited-tasks", {"agency": "自资局"}, [("old", "规土局", "p17", "p17/task/2.1", "lead", "办好2.1")]),
    ("inherited-tasks", {"agency": "old"}, []),
    (
        "deadlines-in-period",
        {"since": "2017-06-30", "until": "2017-12-31"},
        [
            ("p17", "p17/task/1.1", date(2017, 6, 30), "年底前", "ei", "经信委"),
            ("p17", "p17/task/2.2", date(2017, 12, 31), "年底前", "", ""),
        ],
    ),
    ("deadlines-in-period", {"since": "2017-07-01", "until": "2017-12-30"}, []),
    ("path-between-agencies", {"agency": "ei", "other": "财政局"}, [(1, "p17/task/1.1", "", "", ""), (1, "p17/task/1.2", "", "", "")]),
    ("path-between-agencies", {"agency": "edu", "other": "old"}, [(2, "p17/task/1.1", "ei", "经信委", "p17/task/2.1")]),
    ("path-between-agencies", {"agency": "old", "other": "some"}, []),
    ("path-between-agencies", {"agency": "ei", "other": "ei"}, []),
    ("group-only-tasks", {}, [("p17", "p17/task/2.2", 2, "办好2.2")]),
    (
        "assignment-evidence",
        {"agency": "fin", "task_id": "p17/task/1.2"},
        [("p17/task/1.2", "responsible", "市财政", 21, 27, "（市财政……）")],
    ),
    ("task-targets", {}, [("p17", "p17/task/1.2", "不少于15.5个", ">=", 15.5, None, "个")]),
    ("unresolved-names", {}, [("p18", "p18/task/1", "不明中心", "p18.x1", "responsible")]),
    ("cited-documents", {}, [("p17", 1, "规划", "国发〔2016〕1号"), ("p17", 2, "意见", "")]),
]


@pytest.mark.parametrize(("name", "parameters", "rows"), CASES, ids=[f"{name}-{number}" for number, (name, _, _) in enumerate(CASES)])
def test_answers(filled: Store, name: str, parameters: dict[str, Any], rows: list[tuple[Any, ...]]) -> None:
    answer = ask_store(filled, name, parameters)
    assert answer.columns == get_question(name).columns
    assert list(answer.rows) == rows


def test_load_is_the_one_that_reports_show(store: Store) -> None:
    # A group beside agencies takes no share of a task, and who supervises does not carry it.
    tables = make_scenario(more=(("p17", "2.1", "responsible", "districts", "各区政府"), ("p17", "1.2", "supervise", "edu", "教委")))
    store.write(tables)
    scope = build_scope(tables, LoadOptions())
    load = compute_fractional_load(build_network(scope, Layer.BOTH, RoleWeights(), Collectives.DROP)).round(6).tolist()
    answered = {key: share for key, _, _, _, share in ask_store(store, "agencies-by-load").rows}
    assert answered == {key: share for key, share in zip(scope.agencies["agency_key"], load, strict=True) if key in answered}
    assert answered == {"ei": 1.5, "old": 0.666667, "edu": 0.65, "fin": 0.583333, "new": 0.4, "p18.x1": 0.2}


def test_every_question_has_a_case_with_rows() -> None:
    assert {name for name, _, rows in CASES if rows} == set(list_questions())


def test_there_are_the_questions_that_users_ask() -> None:
    assert len(list_questions()) >= 12
    for question in list_questions().values():
        assert question.title_en
        assert any("\u4e00" <= character <= "\u9fff" for character in question.title_zh)
        for parameter in question.parameters:
            assert f"${parameter.name}" in question.sparql
            assert f"${parameter.name}" in question.cypher


@pytest.mark.parametrize("value", ["x' OR 1=1 //", '" } #', "市\0", "$agency", "\\"])
def test_a_hostile_name_is_only_a_name(filled: Store, value: str) -> None:
    assert ask_store(filled, "find-agency", {"agency": value}).rows == ()
    with pytest.raises(QueryError, match="no agency goes by the name"):
        ask_store(filled, "agency-tasks", {"agency": value})


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("who-knows", {}, "no question is called 'who-knows'"),
        ("agency-tasks", {}, "parameter agency is missing"),
        ("agency-tasks", {"agency": ""}, "an agency needs a name"),
        ("agency-tasks", {"agency": "ei", "colour": "red"}, "no parameter colour; there are agency, plan"),
        ("pairs-sharing-most-tasks", {"minimum": "two"}, "'two' is not a whole number"),
        ("deadlines-in-period", {"since": "2017", "until": "2018-01-01"}, "'2017' is not a day"),
    ],
)
def test_says_what_is_wrong(filled: Store, name: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask_store(filled, name, parameters)
