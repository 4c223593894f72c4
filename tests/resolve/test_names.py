"""One name at a time: where it leads, what is reported, what is told."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import CollectiveKind, Resolution
from kg.resolve import ResolvedName, resolve_name
from kg.rules import RuleBook

with (Path(__file__).parent / "cases" / "names.csv").open(encoding="utf-8", newline="") as _file:
    CASES = tuple(csv.DictReader(_file))


def resolve(rules: RuleBook, name: str, *, place: str, level: str, day: str = "2023-03-01") -> ResolvedName:
    issued = date.fromisoformat(day) if day else None
    return resolve_name(name, issued=issued, level=level, place=place, rules=rules, document_id="demo")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['place']}-{case['name']}-{case['date'][:4]}" for case in CASES])
def test_name_leads_to_its_agency(case: dict[str, str], rules: RuleBook) -> None:
    found = resolve(rules, case["name"], place=case["place"], level=case["level"], day=case["date"])
    assert (found.decision.agency_key, str(found.decision.resolution), " ".join(found.codes)) == (
        case["key"],
        case["resolution"],
        case["issues"],
    )
    assert found.agency.key == found.decision.agency_key
    assert found.decision.name == case["name"]


def test_districts_are_members_as_of_the_day(rules: RuleBook) -> None:
    of_2017 = resolve(rules, "各区政府", place="上海市", level="province", day="2017-02-23").agency
    numbers = (101, 104, 105, 106, 107, 109, 110, 112, 113, 114, 115, 116, 117, 118, 120, 151)
    assert of_2017.members == tuple(f"310{number}.government" for number in numbers)
    assert of_2017.collective is CollectiveKind.CLOSED
    of_2016 = resolve(rules, "各区政府", place="上海市", level="province", day="2016-05-01").agency
    assert "310151.government" not in of_2016.members  # 崇明 was a county until July 2016


def test_listed_members_agree_with_the_table_of_places(rules: RuleBook) -> None:
    day = date(2017, 2, 23)
    places = rules.registry.places.descendants("310000", "county", day)
    assert rules.registry.members_on("310000.c-districts", day) == tuple(f"{place.code}.government" for place in places)


def test_closed_group_of_a_city_has_its_counties(rules: RuleBook) -> None:
    group = resolve(rules, "各县（市、区）人民政府", place="平凉市", level="city").agency
    codes = ("620802", "620821", "620822", "620823", "620825", "620826", "620881")
    assert group.members == tuple(f"{code}.government" for code in codes)
    only_districts = resolve(rules, "各区政府", place="平凉市", level="city").agency
    assert only_districts.members == ("620802.government",)


def test_province_members_leave_out_what_notices_do_not_address(rules: RuleBook) -> None:
    members = resolve(rules, "各省、自治区、直辖市人民政府", place="", level="national").agency.members
    assert len(members) == 31
    assert not {"710000.government", "810000.government", "820000.government"} & set(members)


def test_group_without_a_day_has_no_members_but_stays_closed(rules: RuleBook) -> None:
    group = resolve(rules, "各区政府", place="上海市", level="province", day="").agency
    assert (group.collective, group.members) == (CollectiveKind.CLOSED, ())


def test_open_group_has_no_members_and_is_no_agency(rules: RuleBook) -> None:
    group = resolve(rules, "市政府有关部门", place="上海市", level="province").agency
    assert (group.kind, group.collective, group.members) == ("collective", CollectiveKind.OPEN, ())


def test_unresolved_name_offers_the_nearest(rules: RuleBook) -> None:
    found = resolve(rules, "市发展改委会", place="宜春市", level="city")
    assert found.decision.resolution is Resolution.UNRESOLVED
    assert found.decision.candidates[0] == "市发展改革委"
    assert (found.agency.label, found.agency.jurisdiction) == ("市发展改委会", "")


def test_dead_agency_names_its_successor(rules: RuleBook) -> None:
    found = resolve(rules, "市工商局", place="上海市", level="province", day="2020-01-01")
    assert found.decision.candidates == ("市市场监管局",)
    assert "it did not exist on 2020-01-01" in found.decision.steps


def test_steps_tell_of_the_bracket(rules: RuleBook) -> None:
    found = resolve(rules, "省政府办公厅〔省大数据管理局〕", place="甘肃省", level="province")
    assert any("省大数据管理局" in step and "same house" in step for step in found.decision.steps)


def test_label_and_full_name_of_a_rule_made_agency(rules: RuleBook) -> None:
    agency = resolve(rules, "市发改委", place="玉溪市", level="city").agency
    assert (agency.label, agency.full_name, agency.kind, agency.jurisdiction) == (
        "市发展改革委",
        "玉溪市发展和改革委员会",
        "government",
        "530400",
    )
    bank = resolve(rules, "人行玉溪中心支行", place="玉溪市", level="city").agency
    assert (bank.label, bank.full_name) == ("人民银行玉溪市中心支行", "中国人民银行玉溪市中心支行")


@pytest.mark.parametrize(
    ("name", "place", "level", "full_name"),
    [
        ("市财政局", "玉溪市", "city", "玉溪市财政局"),
        ("省住建厅", "云南省", "province", "云南省住房和城乡建设厅"),
        ("玉溪银保监分局", "玉溪市", "city", "中国银行保险监督管理委员会玉溪监管分局"),
        ("省委组织部", "云南省", "province", "中共云南省委组织部"),
        ("团市委", "玉溪市", "city", "中国共产主义青年团玉溪市委员会"),
        ("市税务局", "玉溪市", "city", "国家税务总局玉溪市税务局"),
        ("发展改革委", "国务院", "national", "国家发展和改革委员会"),
        ("市委", "重庆市", "province", "中国共产党重庆市委员会"),
        # Each place calls it otherwise (大数据管理局, 大数据发展局 …), so that no full name is claimed.
        ("市大数据局", "玉溪市", "city", ""),
        ("市财政局", "梦想市", "city", ""),
    ],
)
def test_full_name_is_unabridged_or_empty(name: str, place: str, level: str, full_name: str, rules: RuleBook) -> None:
    assert resolve(rules, name, place=place, level=level, day="2022-06-01").agency.full_name == full_name


@pytest.mark.parametrize("name", ["谁主管谁负责", "分管副市长", "张三", "市", "（）", "、", "各", "A", "市市市", "政府有关"])
def test_what_is_no_agency_is_never_led_to_one(name: str, rules: RuleBook) -> None:
    found = resolve(rules, name, place="宜春市", level="city")
    assert found.decision.agency_key in {"demo.x", "demo.c"}


@given(name=st.text(alphabet="市县区省各有关部门单位政府办公厅局委税务海关（）、〔〕“”上海宜春发改财政 ", max_size=24))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_one_decision_and_the_same_each_time(name: str, rules: RuleBook) -> None:
    first = resolve(rules, name, place="宜春市", level="city")
    assert first == resolve(rules, name, place="宜春市", level="city")
    assert first.agency.key == first.decision.agency_key != ""
    unresolved = first.decision.resolution is Resolution.UNRESOLVED
    assert unresolved == bool({"unknown-agency", "ambiguous-agency"} & set(first.codes))
    if first.decision.resolution is Resolution.RULE:
        known = rules.registry.find_agency(first.agency.key)
        assert known == first.agency


@given(
    body=st.sampled_from(["财政局", "公安局", "税务局", "委组织部", "人大常委会", "总工会"]),
    place=st.sampled_from(["宜春市", "玉溪市", "金昌市"]),
)
@settings(max_examples=30, deadline=None)
def test_level_word_and_full_place_lead_to_one_key(body: str, place: str, rules: RuleBook) -> None:
    short, full = (resolve(rules, prefix + body, place=place, level="city") for prefix in ("市", place))
    assert short.agency == full.agency
