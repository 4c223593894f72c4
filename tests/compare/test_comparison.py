"""Leads, partners and shares are compared on bodies that carry on each other's duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from kg.compare import compare_tables
from kg.model import Reorganisation, ResolvedPlan, Role
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
