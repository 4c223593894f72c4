"""All names of a plan: order, counts, spans, members, issues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.model import CollectiveKind, Issue, Plan, Role, Severity
from kg.resolve import explain_name, read_overrides, resolve_plan
from kg.rules import RuleBook
from kg.tables import build_tables
from tests.factories import make_resolved_plan

LEAD, RESPONSIBLE = Role.LEAD, Role.RESPONSIBLE


def make_plan(*lines: tuple[str, list[tuple[str, Role]]], place: str = "宜春市", issued: date | None = date(2023, 1, 19)) -> Plan:
    plan = make_resolved_plan("demo", list(lines)).plan
    return replace(plan, issuer=f"{place}人民政府办公室", issued=issued, level="city", place=place)


def codes(issues: tuple[Issue, ...]) -> list[tuple[str, str]]:
    return [(issue.code, issue.words) for issue in issues]


def test_two_names_of_one_body_are_one_agency(rules: RuleBook) -> None:
    plan = make_plan(
        ("甲事项，市发改委牵头，市财政局负责。", [("市发改委", LEAD), ("市财政局", RESPONSIBLE)]),
        ("乙事项，市发展改革委牵头。", [("市发展改革委", LEAD)]),
    )
    resolved, issues = resolve_plan(plan, rules)
    assert issues == ()
    assert [(decision.name, decision.agency_key) for decision in resolved.decisions] == [
        ("市发改委", "360900.development-reform"),
        ("市财政局", "360900.finance"),
        ("市发展改革委", "360900.development-reform"),
    ]
    assert [agency.key for agency in resolved.agencies] == ["360900.development-reform", "360900.finance"]
    assert resolved.plan is plan


def test_unknown_names_are_counted_in_the_order_of_the_page(rules: RuleBook) -> None:
    plan = make_plan(
        ("甲事项，天马物流集团、各供热企业负责。", [("天马物流集团", RESPONSIBLE), ("各供热企业", RESPONSIBLE)]),
        ("乙事项，飞龙水务、天马物流集团负责。", [("飞龙水务", RESPONSIBLE), ("天马物流集团", RESPONSIBLE)]),
    )
    resolved, issues = resolve_plan(plan, rules)
    assert [(decision.name, decision.agency_key) for decision in resolved.decisions] == [
        ("天马物流集团", "demo.x1"),
        ("各供热企业", "demo.c1"),
        ("飞龙水务", "demo.x2"),
    ]
    assert codes(issues) == [("unknown-agency", "天马物流集团"), ("local-collective", "各供热企业"), ("unknown-agency", "飞龙水务")]
    assert [issue.severity for issue in issues] == [Severity.WARNING, Severity.NOTE, Severity.WARNING]
    for issue in issues:
        assert issue.span is not None
        assert issue.span.slice(plan.document.text) == issue.words
    assert issues[0].span == plan.tasks[0].mentions[0].span
    assert {agency.key: agency.kind for agency in resolved.agencies} == {
        "demo.c1": "collective",
        "demo.x1": "enterprise",
        "demo.x2": "unknown",
    }


def test_members_of_closed_groups_come_along(rules: RuleBook) -> None:
    plan = make_plan(("甲事项，各县（区）人民政府负责。", [("各县（区）人民政府", RESPONSIBLE)]), place="金昌市")
    resolved, issues = resolve_plan(plan, rules)
    assert issues == ()
    assert [(agency.key, agency.label) for agency in resolved.agencies] == [
        ("620300.c-counties", "各县（市、区）政府"),
        ("620302.government", "金川区政府"),
        ("620321.government", "永昌县政府"),
    ]


@pytest.mark.parametrize("name", ["市文广影视局", "市文化旅游局"])
def test_of_a_plan_with_a_year_only_any_body_of_that_year_is_alive(name: str, rules: RuleBook) -> None:
    # The reform of 2018 lies in the year: the day decides nothing, and is reported as an assumption.
    plan = make_plan((f"甲事项，{name}负责。", [(name, RESPONSIBLE)]), place="上海市", issued=None)
    resolved, issues = resolve_plan(replace(plan, level="province", year=2018), rules)
    assert codes(issues) == [("assumed-date", "测试计划")]
    assert "(2018)" in issues[0].message
    assert [agency.label for agency in resolved.agencies] == [name]


def test_a_body_that_was_gone_before_the_year_is_reported(rules: RuleBook) -> None:
    plan = make_plan(("甲事项，市文广影视局负责。", [("市文广影视局", RESPONSIBLE)]), place="上海市", issued=None)
    _, issues = resolve_plan(replace(plan, level="province", year=2020), rules)
    assert codes(issues) == [("assumed-date", "测试计划"), ("agency-not-alive", "市文广影视局")]


def test_groups_of_a_plan_with_a_year_only_have_the_members_of_its_first_day(rules: RuleBook) -> None:
    plan = make_plan(("甲事项，各区政府负责。", [("各区政府", RESPONSIBLE)]), place="上海市", issued=None)
    members = {}
    for year in (2016, 2017):
        resolved, _ = resolve_plan(replace(plan, level="province", year=year), rules)
        members[year] = {agency.key for agency in resolved.agencies} - {"310000.c-districts"}
    assert members[2017] - members[2016] == {"310151.government"}  # 崇明 was a county until July 2016


def test_plan_without_place_or_date_says_so(rules: RuleBook) -> None:
    plan = make_plan(("甲事项，市财政局负责。", [("市财政局", RESPONSIBLE)]), place="梦想市", issued=None)
    resolved, issues = resolve_plan(plan, rules)
    assert codes(issues) == [("unknown-date", "测试计划"), ("unknown-place", "梦想市")]
    assert resolved.decisions[0].agency_key == "demo.finance"


def test_agency_of_another_time_is_reported_with_its_successor(rules: RuleBook) -> None:
    plan = make_plan(("甲事项，市环保局负责。", [("市环保局", RESPONSIBLE)]))
    resolved, issues = resolve_plan(plan, rules)
    assert resolved.decisions[0].agency_key == "360900.environmental-protection"
    assert [(issue.code, issue.candidates) for issue in issues] == [("agency-not-alive", ("市生态环境局",))]


def test_place_is_taken_from_the_issuer_if_the_plan_has_none(rules: RuleBook) -> None:
    plan = replace(
        make_plan(("甲事项，区财政局负责。", [("区财政局", RESPONSIBLE)])), place="", level="county", issuer="上海市青浦区人民政府办公室"
    )
    resolved, issues = resolve_plan(plan, rules)
    assert (resolved.decisions[0].agency_key, issues) == ("310118.finance", ())


def test_overrides_are_replayed(rules: RuleBook, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "name,plan,agency_key,note\n天马物流集团,demo,360900.commerce,asked by telephone\n"
        "飞龙水务,*,360900.water,\n虎跃公司,demo,360900.water,\n",
        encoding="utf-8",
    )
    plan = make_plan(("甲事项，天马物流集团负责。", [("天马物流集团", RESPONSIBLE)]))
    overrides = read_overrides(file, rules)
    resolved, issues = resolve_plan(plan, rules, overrides)
    decision = resolved.decisions[0]
    assert (decision.agency_key, str(decision.resolution), decision.rule) == ("360900.commerce", "override", "override:2")
    assert decision.steps == ("the user's file says so in line 2: asked by telephone",)
    # Only a decision for this very plan must be used; one for all plans need not.
    assert codes(issues) == [("unused-override", "虎跃公司")]
    assert resolve_plan(plan, rules, overrides) == (resolved, issues)


def test_explain_name_reads_from_the_plan(rules: RuleBook) -> None:
    plan = make_plan(("甲事项，市财政局负责。", [("市财政局", RESPONSIBLE)]))
    assert explain_name("省财政厅", plan, rules).decision.agency_key == "360000.finance"


def test_issues_say_in_chinese_what_they_say_in_english(rules: RuleBook) -> None:
    plan = make_plan(("甲事项，天马物流集团负责。", [("天马物流集团", RESPONSIBLE)]), place="梦想市", issued=None)
    _, issues = resolve_plan(replace(plan, year=2023), rules)
    said = [rules.say_zh(issue) for issue in issues]
    assert [message.rpartition("：")[2] for message in said] == ["2023年", "“梦想市”", "“天马物流集团”"]
    assert said[0].startswith("方案没有成文日期，只在文号或标题中有年份")
    tables = build_tables([], issues, say_zh=rules.say_zh)
    assert tables["issues"]["message_zh"].to_list() == said


def test_no_chinese_message_is_without_chinese(rules: RuleBook) -> None:
    for code in rules.issues.values():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in code.meaning_zh), code.code
        assert code.detail_zh.count("{detail}") == bool(code.detail_zh), code.code


def test_every_issue_is_listed(rules: RuleBook) -> None:
    expected = {
        "unknown-agency",
        "ambiguous-agency",
        "agency-not-alive",
        "unknown-place",
        "assumed-date",
        "unknown-date",
        "local-collective",
        "unused-override",
    }
    assert expected <= set(rules.issues)


def test_a_name_with_and_without_the_own_place_is_one_node(rules: RuleBook) -> None:
    plan = make_plan(
        ("甲事项，市天马集团负责。", [("市天马集团", RESPONSIBLE)]),
        (
            "乙事项，天马集团、宜春市天马集团、高安市天马集团负责。",
            [("天马集团", RESPONSIBLE), ("宜春市天马集团", LEAD), ("高安市天马集团", LEAD)],
        ),
    )
    resolved, _ = resolve_plan(plan, rules)
    assert [(decision.name, decision.agency_key) for decision in resolved.decisions] == [
        ("市天马集团", "demo.x1"),
        ("天马集团", "demo.x1"),
        ("宜春市天马集团", "demo.x1"),
        ("高安市天马集团", "demo.x2"),
    ]


def test_one_body_of_several_listed_places_is_a_closed_group(rules: RuleBook) -> None:
    plan = make_plan(("甲事项，高安、丰城市政府负责。", [("高安、丰城市政府", RESPONSIBLE)]))
    resolved, issues = resolve_plan(plan, rules)
    assert issues == ()
    group = next(agency for agency in resolved.agencies if agency.key == "demo.c1")
    assert (group.label, group.collective, group.members) == (
        "高安、丰城市政府",
        CollectiveKind.CLOSED,
        ("360981.government", "360983.government"),
    )
    assert [agency.key for agency in resolved.agencies] == ["360981.government", "360983.government", "demo.c1"]


def test_a_plan_without_place_has_the_level_of_its_names(rules: RuleBook) -> None:
    names = ("市公安局", "市财政局", "市教育局", "司法局", "各县（市、区）政府")
    line = (f"甲事项，{'、'.join(names)}负责。", [(name, RESPONSIBLE) for name in names])
    plan = replace(make_plan(line), issuer="", place="", level="", title="工作要点")
    resolved, issues = resolve_plan(plan, rules)
    assert [decision.agency_key for decision in resolved.decisions] == [
        "demo.public-security",
        "demo.finance",
        "demo.education",
        "demo.justice",
        "demo.c-counties",
    ]
    assert [issue.code for issue in issues] == ["unknown-place"]


def test_few_or_differing_level_words_set_no_level(rules: RuleBook) -> None:
    names = ("市公安局", "省财政厅", "县教育局", "市财政局")
    line = (f"甲事项，{'、'.join(names)}负责。", [(name, RESPONSIBLE) for name in names])
    plan = replace(make_plan(line), issuer="", place="", level="", title="工作要点")
    resolved, _ = resolve_plan(plan, rules)
    assert [decision.agency_key for decision in resolved.decisions] == [
        "demo.city.public-security",
        "demo.province.finance",
        "demo.county.education",
        "demo.city.finance",
    ]
