"""One suite for every store of the registry: a new store needs its line there and a factory in ``conftest.py``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from rdflib.compare import isomorphic

from kg.convert import from_dataset, to_dataset
from kg.errors import QueryError, StoreError
from kg.stores import Store
from kg.tables import Tables, make_tables, select_plans
from tests.convert.samples import HOSTILE, make_agency_row, make_rows, make_sample, make_two_plans, to_tables


def test_reads_back_what_was_written(store: Store) -> None:
    tables = make_two_plans()
    store.write(tables)
    assert_same(store.read(), tables)
    assert store.plans() == ["test-2017", "test-2018"]


def test_rdf_comes_back_isomorphic(store: Store) -> None:
    dataset = to_dataset(make_two_plans())
    store.write(from_dataset(dataset))
    graphs = {str(graph.identifier): graph for graph in dataset.graphs()}
    for graph in to_dataset(store.read()).graphs():
        assert isomorphic(graph, graphs.pop(str(graph.identifier)))
    assert graphs == {}


def test_is_empty_at_first(store: Store) -> None:
    assert store.plans() == []
    assert store.read() == make_tables({})


def test_writing_twice_is_writing_once(store: Store) -> None:
    tables = make_two_plans()
    store.write(tables)
    store.write(tables)
    assert_same(store.read(), tables)


def test_writing_nothing_changes_nothing(store: Store) -> None:
    tables = make_two_plans()
    store.write(tables)
    store.write(make_tables({}))
    assert_same(store.read(), tables)


def test_plans_come_one_by_one(store: Store) -> None:
    tables = make_two_plans()
    for plan_id in ("test-2018", "test-2017"):
        store.write(select_plans(tables, [plan_id]))
    assert_same(store.read(), select_plans(tables, ["test-2017", "test-2018"]))


def test_a_key_that_plans_share_keeps_its_meaning(store: Store) -> None:
    def make(plan_ids: tuple[str, ...], label: str) -> Tables:
        rows = {table: [row for plan_id in plan_ids for row in make_rows(plan_id)[table]] for table in make_rows("p")}
        kept = {table: [row for number, row in enumerate(found) if row not in found[:number]] for table, found in rows.items()}
        kept["agencies"].append(make_agency_row("p.x1", label, "unknown"))
        for row in kept["assignments"]:
            name = f"{row['plan_id']}/task/"
            if row["assignment_id"].startswith(name) and row["role"] == "lead":
                row["agency_key"] = "p.x1"
        return to_tables(kept)

    def known() -> tuple[list[str], list[str]]:
        read = store.read()
        return read["agencies"].filter(agency_key="p.x1")["label"].to_list(), read["assignments"].filter(agency_key="p.x1")[
            "plan_id"
        ].to_list()

    together = make(("p", "q"), "天马物流集团")
    store.write(together)
    store.write(select_plans(together, ["p"]))
    assert known() == (["天马物流集团"], ["p", "q"])
    with pytest.raises(StoreError, match=r"know p\.x1 as 天马物流集团, now it would be 飞龙水务: build all plans of the place together"):
        store.write(make(("p",), "飞龙水务"))
    assert known() == (["天马物流集团"], ["p", "q"])
    store.write(make(("p", "q"), "飞龙水务"))
    assert known() == (["飞龙水务"], ["p", "q"])


def test_replaces_a_plan(store: Store) -> None:
    store.write(make_two_plans())
    rows = make_rows("test-2018", "市财政局")
    rows["tasks"] = [row for row in rows["tasks"] if row["path"] == "1.1"]
    rows["deadlines"] = []
    store.write(to_tables(rows))
    read = store.read()
    assert read["tasks"]["task_id"].to_list() == ["test-2017/task/1.1", "test-2017/task/p1", "test-2018/task/1.1"]
    assert read["deadlines"]["plan_id"].to_list() == ["test-2017"]
    labels = dict(read["agencies"].select("agency_key", "label").iter_rows())
    assert labels == {"310000.dr": "市财政局", "310000.districts": "各区政府", "310101": "黄浦区政府", "310000.old": "市计委"}
    assert set(read["agency_names"]["name"]) == {"市发改委", "市发展改革委(旧)", "市财政局(旧)"}


def test_withdraws_a_plan_with_the_agencies_that_only_it_named(store: Store) -> None:
    tables = make_two_plans()
    store.write(tables)
    store.withdraw("test-2018")
    read = store.read()
    assert store.plans() == ["test-2017"]
    assert "310000.ed" not in read["agencies"]["agency_key"].to_list()
    expected = {
        name: frame.filter(frame["plan_id"] != "test-2018") if "plan_id" in frame.columns else frame for name, frame in tables.items()
    }
    expected["agencies"] = tables["agencies"].filter(tables["agencies"]["agency_key"] != "310000.ed")
    assert_same(read, make_tables(expected))


def test_withdrawing_all_leaves_nothing(store: Store) -> None:
    store.write(make_two_plans())
    for plan_id in ("test-2017", "test-2018", ""):
        store.withdraw(plan_id)
    assert_same(store.read(), make_tables({}))


def test_withdrawing_an_unknown_plan_changes_nothing(store: Store) -> None:
    store.withdraw("nobody")
    tables = select_plans(make_two_plans(), ["test-2017", "test-2018"])
    store.write(tables)
    store.withdraw("nobody")
    assert_same(store.read(), tables)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_keeps_hostile_names(store: Store, name: str) -> None:
    tables = make_sample(name=name)
    store.write(tables)
    store.write(tables)
    assert_same(store.read(), tables)


@pytest.mark.parametrize("plan_id", ["a b/#?%文", 'it\'s "so"', "back\\slash", "nul\0", "𠀀", "市政府〔2017〕1号"])
def test_keeps_hostile_ids(store: Store, plan_id: str) -> None:
    tables = make_sample(plan_id)
    store.write(tables)
    store.write(tables)
    assert_same(store.read(), tables)
    assert store.plans() == [plan_id]
    store.withdraw(plan_id)
    assert store.plans() == []


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_binds_hostile_parameters(store: Store, name: str) -> None:
    store.write(make_sample(name=name))
    text = {
        "sparql": "SELECT ?key $name WHERE { ?agency duty:agencyKind ?kind ; skos:prefLabel ?label ; dcterms:identifier ?key "
        'FILTER(STR(?label) = $name && LANG(?label) = "zh") }',
        "cypher": "MATCH (a:Agency) WHERE a.label = $name RETURN a.id AS key",
    }[store.language]
    rows = store.query(text, {"name": name})
    assert (rows.columns, rows.rows) == (("key",), (("310000.dr",),))


def test_a_parameter_that_nobody_gave_is_an_error_in_cypher(store: Store) -> None:
    if store.language != "cypher":
        # In SPARQL $name is but another way to write the variable ?name.
        assert store.query("SELECT $name WHERE { ?a skos:prefLabel $name }").rows == ()
        return
    store.write(make_sample())
    with pytest.raises(QueryError, match="name"):
        store.query("MATCH (a:Agency) WHERE a.label = $name RETURN a.id")
    assert store.query("RETURN '$name' AS a, \"it's $name\" AS b // $name").rows == (("$name", "it's $name"),)


def test_answers_in_plain_values(store: Store) -> None:
    store.write(make_sample())
    text = {
        "sparql": "SELECT ?due ?minimum ?position ?recurring WHERE { ?d duty:due ?due OPTIONAL { ?d duty:recurring ?recurring } "
        "?t schema:minValue ?minimum . ?a duty:position ?position } LIMIT 1",
        "cypher": "MATCH (d:Deadline), (t:Target), (:Agency)-[r:LEADS]->(:Task) "
        "RETURN d.due AS due, t.minimum AS minimum, r.position AS position, "
        "CASE WHEN d.recurring = '' THEN NULL ELSE d.recurring END AS recurring",
    }[store.language]
    rows = store.query(text)
    assert rows.columns == ("due", "minimum", "position", "recurring")
    assert rows.rows == ((date(2017, 12, 31), 15.5, 1, None),)
    assert [type(value) for value in rows.rows[0]] == [date, float, int, type(None)]


def test_says_what_is_wrong_with_a_query(store: Store) -> None:
    store.write(make_sample())
    with pytest.raises(QueryError) as caught:
        store.query("SELEKT ?x")
    assert "\n" not in str(caught.value)


def test_is_written_only_when_opened_for_it(reopen: Callable[[bool], Store]) -> None:
    tables = make_sample()
    with reopen(False) as store:
        store.write(tables)
    with reopen(True) as store:
        assert_same(store.read(), tables)
        with pytest.raises(StoreError):
            store.write(make_two_plans())
    with reopen(True) as store:
        assert_same(store.read(), tables)


def test_refuses_work_after_closing(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError):
        store.read()


def assert_same(read: Tables, expected: Tables) -> None:
    """Compare table by table, so that a failure names the table and the rows."""
    for name in expected:
        assert read[name].to_dicts() == expected[name].to_dicts(), name
    assert read == expected
