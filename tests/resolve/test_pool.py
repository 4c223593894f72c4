"""Unknown names of several plans: one node where place and name are the same, and nowhere else."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest

from kg.model import ResolvedPlan, Role
from kg.pipeline.build import make_graph_tables
from kg.resolve import resolve_plan, share_unknown
from kg.rules import RuleBook
from kg.rules.files import get_rules_folder
from kg.rules.folding import fold_name
from tests.factories import make_resolved_plan


def make_plan(document_id: str, *names: str, rules: RuleBook, place: str = "宜春市", level: str = "city") -> ResolvedPlan:
    line = f"甲事项，{'、'.join(names)}负责。"
    plan = make_resolved_plan(document_id, [(line, [(name, Role.RESPONSIBLE) for name in names])]).plan
    issuer = f"{place}人民政府办公室" if place else "国务院办公厅"
    plan = replace(plan, issuer=issuer, issued=date(2023, 1, 19), level=level, place=place)
    return resolve_plan(plan, rules)[0]


def keys(plans: tuple[ResolvedPlan, ...]) -> list[dict[str, str]]:
    return [{decision.name: decision.agency_key for decision in plan.decisions} for plan in plans]


def test_the_same_unknown_name_of_a_place_is_one_node(rules: RuleBook) -> None:
    first = make_plan("a", "天马物流集团", "市财政局", rules=rules)
    second = make_plan("b", "飞龙水务", "市天马物流集团", "“天马”物流集团", rules=rules)
    shared = share_unknown([second, first], rules.registry)
    assert keys(shared) == [
        {"天马物流集团": "a.x1", "市财政局": "360900.finance"},
        {"飞龙水务": "b.x1", "市天马物流集团": "a.x1", "“天马”物流集团": "a.x1"},
    ]
    assert [agency.label for agency in shared[1].agencies] == ["天马物流集团", "飞龙水务"]
    tables = make_graph_tables([second, first], [], rules)
    assert tables["agencies"].filter(agency_key="a.x1")["label"].to_list() == ["天马物流集团"]
    assert set(tables["agency_names"].filter(agency_key="a.x1")["name"]) == {"市天马物流集团", "“天马”物流集团"}
    assert tables["assignments"].filter(agency_key="a.x1")["plan_id"].to_list() == ["a", "b"]


@pytest.mark.parametrize(("place", "level"), [("高安市", "county"), ("金昌市", "city"), ("", "national"), ("梦想市", "city")])
def test_plans_of_different_places_share_nothing(place: str, level: str, rules: RuleBook) -> None:
    plans = (
        make_plan("a", "天马物流集团", rules=rules),
        make_plan("b", "天马物流集团", rules=rules, place=place, level=level),
    )
    assert share_unknown(plans, rules.registry) == plans


def test_plans_of_one_unlisted_place_share_nothing(rules: RuleBook) -> None:
    # The name alone does not say which 梦想市 it is.
    plans = tuple(make_plan(name, "天马物流集团", rules=rules, place="梦想市") for name in "ab")
    assert share_unknown(plans, rules.registry) == plans


@pytest.mark.parametrize("name", ["工作专班", "市领导小组办公室", "项目单位", "各供热企业", "综合协调组"])
def test_what_is_said_of_one_plan_stays_with_it(name: str, rules: RuleBook) -> None:
    plans = tuple(make_plan(document_id, name, rules=rules) for document_id in "ab")
    assert keys(share_unknown(plans, rules.registry)) == keys(plans)


@pytest.mark.parametrize("name", ["城投集团公司", "铁路建设办", "渝新欧公司", "营商环境专班", "新城建设指挥部"])
def test_a_name_with_a_word_of_its_own_is_shared(name: str, rules: RuleBook) -> None:
    assert not rules.registry.is_of_plan(fold_name(name))


def test_examples_of_plan_words_are_of_the_plan(rules: RuleBook) -> None:
    rows = list(csv.DictReader(get_rules_folder().joinpath("plan_words.csv").read_text(encoding="utf-8").splitlines()))
    assert rows
    assert [row["word"] for row in rows if row["word"] not in row["example"] or not rules.registry.is_of_plan(row["example"])] == []
