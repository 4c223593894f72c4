"""Leads, partners and shares are compared on bodies that carry on each other's duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from kg.compare import compare_tables
from kg.measures import LoadOptions
from kg.model import Deadline, Reorganisation, ResolvedPlan, Role, Span
from kg.tables import build_tables
from tests.factories import make_agency, make_resolved_plan

REFORM = "推进国家企业信用信息公示系统建设，建立有效工作机制。"
PARKS = "加快智慧公园示范点建设，完善景区电子门票功能。"
CLOUD = "完成本市电子政务云标准规范制定。"


def _rekey(plan: ResolvedPlan, keys: dict[str, str], issued: date) -> ResolvedPlan:
    """Give the agencies of a plan keys of a registry, so that two plans share them."""
    agencies = tuple(replace(agency, key=keys[agency.label]) for agency in plan.agencies)
    decisions = tuple(replace(decision, agency_key=keys[decision.name]) for decision in plan.decisions)
    return replace(plan, plan=replace(plan.plan, issued=issued), agencies=agencies, decisions=decisions)


KEYS = {"市工商局": "x.gsj", "市市场监管局": "x.scjgj", "市财政局": "x.czj", "市绿化市容局": "x.lhj"}


def _before() -> ResolvedPlan:
    plan = make_resolved_plan(
        "plan-2017",
        [
            (f"{REFORM}（市工商局、市财政局）", [("市工商局", Role.LEAD), ("市财政局", Role.RESPONSIBLE)]),
            (f"{PARKS}（市绿化市容局）", [("市绿化市容局", Role.RESPONSIBLE)]),
        ],
    )
    return _rekey(plan, KEYS, date(2017, 2, 23))


def _after() -> ResolvedPlan:
    plan = make_resolved_plan(
        "plan-2019",
        [
            (f"{REFORM}（市市场监管局、市绿化市容局）", [("市市场监管局", Role.LEAD), ("市绿化市容局", Role.RESPONSIBLE)]),
            (f"{CLOUD}（市财政局）", [("市财政局", Role.LEAD)]),
        ],
    )
    return _rekey(plan, KEYS, date(2019, 3, 1))


EVENT = Reorganisation("e", "x.gsj", "x.scjgj", date(2018, 11, 1), "merge", "test")
REGISTRY = [make_agency(key, label) for label, key in KEYS.items()]


def test_a_successor_is_no_change_of_lead() -> None:
    first = build_tables([_before()], registry=REGISTRY, reorganisations=[EVENT])
    second = build_tables([_after()], registry=REGISTRY, reorganisations=[EVENT])
    comparison = compare_tables(first, second)
    row = comparison.tasks.row(0, named=True)
    assert (row["status"], row["lead_changed"]) == ("kept" if row["score"] >= 0.97 else "changed", False)
    assert row["leads_a"] == row["leads_b"] == ["市市场监管局"]
    assert row["partners_added"] == ["市绿化市容局"]
    assert row["partners_dropped"] == ["市财政局"]


def test_without_the_event_the_lead_changes() -> None:
    comparison = compare_tables(build_tables([_before()]), build_tables([_after()]))
    assert comparison.tasks.row(0, named=True)["lead_changed"] is True


def test_counts_and_order() -> None:
    comparison = compare_tables(build_tables([_before()]), build_tables([_after()]))
    assert comparison.count() == {"kept": 0, "changed": 1, "doubtful": 0, "dropped": 1, "new": 1}
    assert comparison.tasks["task_b"].drop_nulls().to_list() == ["plan-2019/task/1.1", "plan-2019/task/1.2"]


def test_small_sides_have_counts_but_no_shares() -> None:
    comparison = compare_tables(build_tables([_before()]), build_tables([_after()]))
    finance = comparison.load.filter(pl.col("agency_key") == "x.czj").row(0, named=True)
    assert (finance["tasks_a"], finance["tasks_b"]) == (1, 1)
    assert finance["share_a"] is None


def test_shares_add_up_on_large_sides() -> None:
    lines = [
        (f"第{n}项：{PARKS}（市财政局、单位{n % 12}）", [("市财政局", Role.LEAD), (f"单位{n % 12}", Role.RESPONSIBLE)]) for n in range(36)
    ]
    first = build_tables([make_resolved_plan("a", lines)])
    second = build_tables([make_resolved_plan("b", lines[:35])])
    load = compare_tables(first, second).load
    assert load["share_a"].sum() == pytest.approx(1)
    assert load["share_b"].sum() == pytest.approx(1)
    assert load["share_change"].sum() == pytest.approx(0)


def _one(plan_id: str, parties: list[tuple[str, Role]], issued: date, deadlines: tuple[str, ...] = ()) -> ResolvedPlan:
    """Return a plan of one task, with keys that two plans share and deadlines that fix no day."""
    plan = make_resolved_plan(plan_id, [(f"{REFORM}（{'、'.join(name for name, _ in parties)}）", parties)])
    plan = _rekey(plan, KEYS, issued)
    (task,) = plan.plan.tasks
    terms = tuple(Deadline(words, Span(0, 2), None, None) for words in deadlines)
    return replace(plan, plan=replace(plan.plan, tasks=(replace(task, deadlines=terms),)))


def test_who_changes_places_is_neither_added_nor_dropped() -> None:
    first = _one("a", [("市工商局", Role.LEAD), ("市财政局", Role.RESPONSIBLE)], date(2017, 2, 23))
    second = _one("b", [("市财政局", Role.LEAD), ("市工商局", Role.COOPERATE), ("市绿化市容局", Role.SUPERVISE)], date(2017, 3, 1))
    row = compare_tables(build_tables([first]), build_tables([second])).tasks.row(0, named=True)
    assert row["lead_changed"] is True
    assert row["roles_changed"] == ["市工商局", "市财政局"]
    assert (row["partners_added"], row["partners_dropped"]) == (["市绿化市容局"], [])


def test_deadlines_are_compared_as_printed() -> None:
    parties = [("市财政局", Role.LEAD)]
    first = build_tables([_one("a", parties, date(2017, 2, 23), ("年底前",))])
    same = build_tables([_one("b", parties, date(2018, 2, 23), ("年底前",))])
    other = build_tables([_one("b", parties, date(2018, 2, 23), ("6月底前", "每季度"))])
    assert compare_tables(first, same).tasks["deadline_changed"].to_list() == [False]
    row = compare_tables(first, other).tasks.row(0, named=True)
    assert (row["deadline_changed"], row["deadlines_a"], row["deadlines_b"]) == (True, ["年底前"], ["6月底前", "每季度"])


def test_successors_are_told() -> None:
    first = build_tables([_before()], registry=REGISTRY, reorganisations=[EVENT])
    second = build_tables([_after()], registry=REGISTRY, reorganisations=[EVENT])
    assert compare_tables(first, second).successors.rows() == [("市工商局", "市市场监管局")]


def test_a_name_that_was_out_of_date_means_the_successor() -> None:
    """A plan of 2019 may still say 市工商局, which ended in 2018."""
    ended = [replace(agency, valid_to=date(2018, 11, 1)) if agency.label == "市工商局" else agency for agency in REGISTRY]
    stale = _one("b", [("市工商局", Role.LEAD)], date(2019, 3, 1))
    stale = replace(stale, agencies=tuple(agency for agency in ended if agency.label == "市工商局"))
    current = _one("a", [("市市场监管局", Role.LEAD)], date(2019, 3, 1))
    first = build_tables([current], registry=ended, reorganisations=[EVENT])
    second = build_tables([stale], registry=ended, reorganisations=[EVENT])
    assert compare_tables(first, second).tasks.row(0, named=True)["lead_changed"] is False


def test_what_is_doubtful_is_not_compared() -> None:
    first = make_resolved_plan("a", [("建设和完善全员人口信息数据库（市财政局）", [("市财政局", Role.LEAD)])])
    second = make_resolved_plan("b", [("建设和完善法人单位信用信息平台（市工商局）", [("市工商局", Role.LEAD)])])
    first, second = (_rekey(plan, KEYS, date(2017, 2, 23)) for plan in (first, second))
    # The brackets are part of these texts, as the factory keeps a line whole.
    row = compare_tables(build_tables([first]), build_tables([second])).tasks.row(0, named=True)
    assert (row["status"], row["doubt"]) == ("doubtful", "half")
    assert (row["leads_a"], row["leads_b"]) == (["市财政局"], ["市工商局"])
    assert (row["lead_changed"], row["deadline_changed"], row["partners_added"]) == (None, None, [])


def test_sections_name_the_plan_where_there_are_several() -> None:
    both = build_tables([_before(), _after()], registry=REGISTRY, reorganisations=[EVENT])
    one = LoadOptions(plans=("plan-2017",))
    comparison = compare_tables(both, both, options_a=one)
    assert comparison.title_b == "测试计划 · 测试计划"
    row = comparison.tasks.filter(pl.col("status") == "kept").row(0, named=True)
    assert (row["section_a"], row["section_b"]) == ("一、重点任务", "测试计划 › 一、重点任务")
