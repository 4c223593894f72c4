"""The registry: what the loader refuses, and what it answers."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.model import Agency
from kg.rules import RuleBook
from kg.rules.files import get_rules_folder
from kg.rules.intervals import holds_on
from kg.rules.registry_rules import load_registry_rules

AGENCY = "310000.t{n},试{n}局,上海市试{n}局,Trial {n},government,province,310000,{begins},{ends},{source}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "rules"
    copy.mkdir()
    for entry in get_rules_folder().iterdir():
        if entry.name.endswith(".csv"):
            (copy / entry.name).write_bytes(entry.read_bytes())
    return copy


def add(name: str, *lines: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")

    return change


def agency(n: int, begins: str = "", ends: str = "", source: str = "synthetic") -> str:
    return AGENCY.format(n=n, begins=begins, ends=ends, source=source)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(add("agencies.csv", agency(1, source="")), "source is empty", id="no source"),
        pytest.param(add("agency_names.csv", "310000.finance,试局,,,"), "source is empty", id="no source of a name"),
        pytest.param(add("agencies.csv", agency(1, begins="2018-13-01")), "no ISO day", id="no day"),
        pytest.param(add("agencies.csv", agency(1, begins="2018-01-01", ends="2017-01-01")), "is not after valid_from", id="ends first"),
        pytest.param(add("agencies.csv", agency(1), agency(1)), "is listed twice", id="twice"),
        pytest.param(add("agencies.csv", agency(1).replace("government", "guild")), "no such kind: 'guild'", id="kind"),
        pytest.param(add("agencies.csv", agency(1).replace("310000", "999999")), "no such place", id="place"),
        pytest.param(add("agencies.csv", agency(1).replace("310000.t1", "320000.t1")), "begins with the code", id="key of elsewhere"),
        pytest.param(add("agency_names.csv", "310000.t9,试局,,,synthetic"), "'310000.t9', which is not listed", id="dangling name"),
        pytest.param(
            add("collective_members.csv", "310000.c-districts,310000.t9,,,synthetic"), "no such agency: '310000.t9'", id="dangling member"
        ),
        pytest.param(
            add("collective_members.csv", "310000.c-nobody,310000.finance,,,synthetic"), "is no closed group", id="dangling group"
        ),
        pytest.param(
            add("reorganisations.csv", "e,310000.finance,310000.t9,2018-11-01,merge,synthetic"),
            "no such agency: '310000.t9'",
            id="successor",
        ),
        pytest.param(
            add("reorganisations.csv", "e,*.nothing,*.finance,2018-11-01,merge,synthetic"), r"no such agency: '\*.nothing'", id="general"
        ),
        pytest.param(
            add("reorganisations.csv", "e,310000.finance,310000.justice,2018-11-01,magic,synthetic"),
            "no such kind: 'magic'",
            id="event kind",
        ),
        pytest.param(
            add("common_body_names.csv", "finance,city,,*审计局,,synthetic"),
            "names both audit and finance",
            id="form",
        ),
        pytest.param(add("common_body_names.csv", "nothing,city,,*试局,,synthetic"), "'nothing', which is not listed", id="form of nobody"),
        pytest.param(add("common_body_names.csv", "finance,city,,试局,,synthetic"), "exactly one star", id="no star"),
        pytest.param(add("common_body_names.csv", "finance,moon,,*试局,,synthetic"), "no such level", id="level"),
        pytest.param(add("common_bodies.csv", "silent,government,Silent,level,,,synthetic"), "has no preferred form", id="no label"),
        pytest.param(add("places.csv", "990101,试区,试区,区,county,990000,,,,synthetic"), "lies in '990000'", id="parent"),
        pytest.param(
            add("collectives.csv", "t,open,,,,place,各区政府,试,trial,试,synthetic"),
            "各区政府 names both districts and t",
            id="word of two groups",
        ),
        pytest.param(
            add("collectives.csv", "t,closed,,,,place,各试,试,trial,试,synthetic"), "only they, have members", id="closed, no members"
        ),
        pytest.param(
            add("collectives.csv", "t,closed,,county,nothing,place,各试,试,trial,试,synthetic"),
            "no such body: 'nothing'",
            id="group of nobody",
        ),
    ],
)
def test_loader_refuses(change: Callable[[Path], None], message: str, folder: Path) -> None:
    load_registry_rules(folder)
    change(folder)
    with pytest.raises(RuleError, match=message):
        load_registry_rules(folder)


def test_one_name_for_two_agencies_alive_together_is_refused(folder: Path) -> None:
    add("agencies.csv", agency(1, ends="2018-01-01"), agency(2, begins="2017-01-01"))(folder)
    add("agency_names.csv", "310000.t1,市试点局,,,synthetic", "310000.t2,市试点局,,,synthetic")(folder)
    with pytest.raises(RuleError, match=r"市试点局 names both 310000\.t1 and 310000\.t2, alive together"):
        load_registry_rules(folder)


def test_one_name_for_two_agencies_one_after_the_other_is_fine(folder: Path) -> None:
    add("agencies.csv", agency(1, ends="2018-01-01"), agency(2, begins="2018-01-01"))(folder)
    add("agency_names.csv", "310000.t1,市试点局,,,synthetic", "310000.t2,市试点局,,,synthetic")(folder)
    names = load_registry_rules(folder).name_index["310000", "*试点局"]
    assert [name.key for name in names] == ["310000.t1", "310000.t2"]


def test_missing_table_is_refused(folder: Path) -> None:
    (folder / "places.csv").unlink()
    with pytest.raises(RuleError, match=r"places\.csv is missing"):
        load_registry_rules(folder)
    shutil.rmtree(folder)


def test_successors_and_predecessors(rules: RuleBook) -> None:
    registry = rules.registry
    successors = registry.successors_of("310000.industry-commerce")
    assert [(event.successor_key, event.effective, event.kind) for event in successors] == [
        ("310000.market-regulation", date(2018, 11, 11), "merge")
    ]
    predecessors = registry.predecessors_of("310000.market-regulation")
    assert [event.predecessor_key for event in predecessors] == [
        "310000.food-drug",
        "310000.industry-commerce",
        "310000.quality-supervision",
    ]
    assert registry.successors_of("310000.finance") == ()


def test_what_happened_everywhere_happened_in_each_place(rules: RuleBook) -> None:
    (event,) = rules.registry.successors_of("360900.environmental-protection")
    assert (event.event_id, event.predecessor_key, event.successor_key) == (
        "360900.local-2019-ecology",
        "360900.environmental-protection",
        "360900.ecology-environment",
    )


def test_history_goes_on_through_every_step(rules: RuleBook) -> None:
    found = [rules.registry.find_agency(key) for key in ("360900.market-regulation", "360900.finance", "100000.banking-regulator")]
    market, finance, banking = (agency for agency in found if agency is not None)
    agencies, events = rules.registry.history_of([market, finance])
    assert [agency.key for agency in agencies] == [
        "360900.food-drug",
        "360900.industry-commerce",
        "360900.market-regulation",
        "360900.quality-supervision",
    ]
    assert [event.predecessor_key for event in events] == ["360900.food-drug", "360900.industry-commerce", "360900.quality-supervision"]
    two_steps, _ = rules.registry.history_of([banking])
    assert "100000.financial-regulator" in {agency.key for agency in two_steps}


def test_history_in_an_unknown_place_is_made_after_the_body_of_the_plan(rules: RuleBook) -> None:
    bureau = Agency("plan.v2.city.emergency", "市应急局", "", "government", "city", "")
    agencies, events = rules.registry.history_of([bureau])
    assert [(agency.key, agency.label, agency.level) for agency in agencies] == [
        ("plan.v2.city.emergency", "市应急局", "city"),
        ("plan.v2.city.work-safety", "市安全监管局", "city"),
    ]
    assert [(event.predecessor_key, event.successor_key) for event in events] == [("plan.v2.city.work-safety", "plan.v2.city.emergency")]


def test_the_day_of_a_reform_is_the_first_of_the_new_body(rules: RuleBook) -> None:
    old, new = (rules.registry.find_agency(f"310000.{body}") for body in ("industry-commerce", "market-regulation"))
    assert old is not None
    assert new is not None
    days = (date(2018, 11, 10), date(2018, 11, 11))
    assert [holds_on(old.valid_from, old.valid_to, day) for day in days] == [True, False]
    assert [holds_on(new.valid_from, new.valid_to, day) for day in days] == [False, True]


def test_sixteen_districts_have_english_names(rules: RuleBook) -> None:
    day = date(2017, 2, 23)
    found = {key: rules.registry.find_agency(key) for key in rules.registry.members_on("310000.c-districts", day)}
    assert {agency.label_en for agency in found.values() if agency is not None} >= {
        "Pudong New Area People's Government",
        "Jing'an District People's Government",
        "Chongming District People's Government",
    }


def test_places_know_their_time(rules: RuleBook) -> None:
    places = rules.registry.places
    assert [place.name for place in places.rows["310151"]] == ["崇明区"]
    chongming = places.find_place("310230")
    assert chongming is not None
    assert (chongming.name, chongming.alive_on(date(2016, 6, 30)), chongming.alive_on(date(2016, 7, 1))) == ("崇明县", True, False)
    assert places.chain("360902") == ("360902", "360900", "360000")
    assert sum(place.level == "province" for rows in places.rows.values() for place in rows) == 34


def test_every_example_of_a_group_leads_to_it(rules: RuleBook) -> None:
    from kg.resolve import resolve_name

    settings = {"national": "", "province": "甘肃省", "city": "平凉市", "county": "象州县"}
    for group in rules.registry.groups.groups:
        found = set()
        for level in sorted(group.levels or settings):
            issued = date(2023, 3, 1)
            name = resolve_name(group.example, issued=issued, level=level, place=settings[level], rules=rules, document_id="demo")
            found.add(name.agency.key.partition(".c-")[2])
        assert group.code in found, group.example


def test_no_row_cites_usage_alone() -> None:
    folder = get_rules_folder()
    tables = (
        "agencies",
        "agency_kinds",
        "agency_names",
        "collectives",
        "collective_shapes",
        "common_bodies",
        "common_body_names",
        "plan_words",
    )
    for table in tables:
        rows = list(csv.DictReader(folder.joinpath(f"{table}.csv").read_text(encoding="utf-8").splitlines()))
        assert rows, table
        assert [row for row in rows if "usage in" in row["source"].lower()] == []
