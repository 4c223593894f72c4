"""What holds of the Neo4j store beside the conformance suite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from neo4j import Driver, GraphDatabase
from rdflib.compare import isomorphic

from kg.convert import from_dataset, to_dataset
from kg.convert.property_graph import NODE_SCHEMAS
from kg.errors import QueryError, StoreError
from kg.stores.neo4j import BATCH_ROWS, LONGEST_IRI, Neo4jStore
from kg.stores.neo4j_connection import Neo4jConnection
from kg.tables import Tables
from tests.convert.samples import HOSTILE, make_rows, make_sample, make_two_plans, to_tables
from tests.neo4j_server.fixtures import NEO4J_GROUP
from tests.stores.cutting_proxy import CuttingProxy

pytestmark = NEO4J_GROUP


@pytest.fixture
def store(empty_neo4j: Neo4jConnection) -> Iterator[Neo4jStore]:
    with Neo4jStore(empty_neo4j) as opened:
        yield opened


@pytest.fixture
def driver(empty_neo4j: Neo4jConnection) -> Iterator[Driver]:
    with GraphDatabase.driver(empty_neo4j.uri, auth=(empty_neo4j.user, empty_neo4j.password)) as opened:
        yield opened


def make_large(plan_id: str, name: str) -> Tables:
    """Return a plan whose tasks do not fit one batch."""
    rows = make_rows(plan_id, name)
    first = rows["tasks"][0]
    rows["tasks"] += [
        {**first, "task_id": f"{plan_id}/task/9.{number}", "path": f"9.{number}", "ordinal": 100 + number}
        for number in range(BATCH_ROWS + 5)
    ]
    return to_tables(rows)


def test_rdf_to_property_graph_to_rdf_is_isomorphic(store: Neo4jStore) -> None:
    rows = make_two_plans()
    before = to_dataset(rows)
    store.write(from_dataset(before))
    after = to_dataset(store.read())
    graphs = {graph.identifier for graph in before.graphs()}
    assert graphs == {graph.identifier for graph in after.graphs()}
    for name in graphs:
        assert len(before.graph(name)) == len(after.graph(name))
        assert isomorphic(before.graph(name), after.graph(name)), name


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_come_back_in_rdf(store: Neo4jStore, name: str) -> None:
    before = to_dataset(make_sample(name=name))
    store.write(from_dataset(before))
    assert set(to_dataset(store.read()).quads()) == set(before.quads())


def test_writes_more_rows_than_a_batch_holds(store: Neo4jStore) -> None:
    tables = make_large("large", "市财政局")
    store.write(tables)
    assert store.read() == tables
    store.write(make_sample("large"))
    assert store.read() == make_sample("large")


def test_each_label_has_one_node_an_iri(store: Neo4jStore, driver: Driver) -> None:
    store.write(make_two_plans())
    store.write(make_two_plans())
    rows = driver.execute_query("SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties").records
    unique = {row["labelsOrTypes"][0] for row in rows if "UNIQUE" in row["type"] and row["properties"] == ["iri"]}
    assert unique == set(NODE_SCHEMAS)
    double = driver.execute_query("MATCH (n) WITH n.iri AS iri, count(*) AS times WHERE times > 1 RETURN iri").records
    assert double == []
    double = driver.execute_query("MATCH (s)-[r]->(t) WITH s, t, type(r) AS kind, r.iri AS iri, count(*) AS n WHERE n > 1 RETURN *").records
    assert double == []


def test_leaves_other_peoples_data_alone(store: Neo4jStore, driver: Driver) -> None:
    driver.execute_query(
        "CREATE (:Task {iri: 'https://other.example/1', planId: 'test-2017'})"
        "<-[:LEADS {iri: 'x'}]-(:Agency {id: 'a', iri: 'https://other.example/2'}), "
        "(:Agency {name: 'without iri'}), (:Plan {id: 'test-2017'})"
    )
    tables = make_sample()
    store.write(tables)
    assert store.read() == tables
    assert store.plans() == ["test-2017"]
    store.withdraw("test-2017")
    left = driver.execute_query("MATCH (n) RETURN labels(n)[0] AS label, n.iri AS iri ORDER BY label, iri").records
    assert [tuple(row.values()) for row in left] == [
        ("Agency", "https://other.example/2"),
        ("Agency", None),
        ("Plan", None),
        ("Task", "https://other.example/1"),
    ]
    assert driver.execute_query("MATCH (:Agency)-[r:LEADS]->(:Task) RETURN count(r) AS n").records[0]["n"] == 1


def test_refuses_an_address_that_is_too_long_before_it_writes(store: Neo4jStore) -> None:
    store.write(make_sample())
    with pytest.raises(StoreError, match="too long for Neo4j"):
        store.write(make_sample("p" * LONGEST_IRI))
    assert store.read() == make_sample()
    longest = make_sample("p" * (LONGEST_IRI - 200))
    store.write(longest)
    store.withdraw("test-2017")
    assert store.read() == longest


def test_refuses_a_query_that_writes(store: Neo4jStore) -> None:
    for text in ("CREATE (n:Task {iri: 'x'})", "MATCH (n) DETACH DELETE n", "CREATE INDEX x FOR (n:X) ON (n.x)"):
        with pytest.raises(QueryError):
            store.query(text)
    assert store.execute("CREATE (n:X {a: 1}) RETURN n.a AS a").rows == ((1,),)


def test_says_which_parameter_is_missing(store: Neo4jStore) -> None:
    with pytest.raises(QueryError, match="name"):
        store.query("RETURN $name AS name")


def test_shows_nodes_relationships_and_paths(store: Neo4jStore) -> None:
    store.write(make_sample())
    base = "https://agency-kg.example/id/"
    agency, task = f"{base}agency/310000.dr", f"{base}plan/test-2017/task/1.1"
    lead = f"{task}/lead/310000.dr"
    rows = store.query(
        "MATCH p = (a:Agency)-[r:LEADS]->(t:Task) RETURN a, r, p, [1, 'x'] AS list, {k: date('2017-02-23')} AS map, point({x: 1, y: 2})"
    )
    assert rows.rows[0][:5] == (agency, lead, (agency, lead, task), ("1", "x"), '{"k": "2017-02-23"}')
    assert store.execute("CREATE (n:A:B)-[r:C]->(n) RETURN n, r").rows == (("(:A:B)", "[:C]"),)


def test_nothing_shows_the_password(empty_neo4j: Neo4jConnection) -> None:
    wrong = replace(empty_neo4j, password="secret-word")  # noqa: S106 - a wrong one
    assert "secret-word" not in repr(wrong)
    with pytest.raises(StoreError, match="user or password refused") as caught:
        Neo4jStore(wrong)
    assert "secret-word" not in str(caught.value)


def test_says_when_nothing_answers() -> None:
    with pytest.raises(StoreError, match="no answer while connecting"):
        Neo4jStore(Neo4jConnection("bolt://127.0.0.1:1", "neo4j", "secret-word", retry_seconds=1))


def count_bytes(connection: Neo4jConnection, tables: Tables) -> tuple[int, int]:
    """Return the bytes that go to the server until a connection stands, and until `tables` are written."""
    with CuttingProxy(connection.uri) as proxy, Neo4jStore(replace(connection, uri=proxy.uri)) as store:
        connected = proxy.sent
        store.write(tables)
        written = proxy.sent
    return connected, written


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.999])
def test_a_lost_connection_leaves_the_old_part(store: Neo4jStore, empty_neo4j: Neo4jConnection, share: float) -> None:
    old, new = make_sample(), make_sample(name="市财政局")
    store.write(old)
    connected, written = count_bytes(empty_neo4j, new)
    store.write(old)
    with CuttingProxy(empty_neo4j.uri, connected + int((written - connected) * share)) as proxy:
        with Neo4jStore(replace(empty_neo4j, uri=proxy.uri)) as cut, pytest.raises(StoreError) as caught:
            cut.write(new)
        assert proxy.cuts == 1
    if share > 0.01:  # the beginning is spent on constraints
        assert "plan 'test-2017' was being replaced (0 of 1 written before it)" in str(caught.value)
        assert "say the same again" in str(caught.value)
    assert empty_neo4j.password not in str(caught.value)
    assert store.read() == old
    # What the message says holds.
    store.write(new)
    assert store.read() == new


def test_a_connection_lost_after_the_commit_leaves_the_new_part(store: Neo4jStore, empty_neo4j: Neo4jConnection) -> None:
    old, new = make_sample(), make_sample(name="市财政局")
    store.write(old)
    _, written = count_bytes(empty_neo4j, new)
    store.write(old)
    # The server has committed and says so, but nobody hears it.
    with CuttingProxy(empty_neo4j.uri, written, swallows=True) as proxy:
        with (
            Neo4jStore(replace(empty_neo4j, uri=proxy.uri)) as cut,
            pytest.raises(StoreError, match="it is there as before or as new, whole"),
        ):
            cut.write(new)
        assert proxy.cuts == 1
    assert store.read() == new
    store.write(new)
    assert store.read() == new


def test_a_connection_that_comes_back_is_used(store: Neo4jStore, empty_neo4j: Neo4jConnection) -> None:
    new = make_sample(name="市财政局")
    store.write(make_sample())
    connected, written = count_bytes(empty_neo4j, new)
    store.write(make_sample())
    with (
        CuttingProxy(empty_neo4j.uri, connected + (written - connected) // 2, heals=True) as proxy,
        Neo4jStore(replace(empty_neo4j, uri=proxy.uri, retry_seconds=30)) as cut,
    ):
        cut.write(new)
        assert proxy.cuts == 1
    assert store.read() == new


def test_says_which_plans_were_written_before_the_connection_was_lost(store: Neo4jStore, empty_neo4j: Neo4jConnection) -> None:
    first, second = make_rows("a"), make_rows("b")
    rows = {table: [*first[table], *(row for row in second[table] if row not in first[table])] for table in first}
    tables = to_tables(rows)
    store.write(make_sample("a", "市财政局"))
    connected, written = count_bytes(empty_neo4j, tables)
    store.withdraw("b")
    store.write(make_sample("a", "市财政局"))
    with (
        CuttingProxy(empty_neo4j.uri, connected + int((written - connected) * 0.9)) as proxy,
        Neo4jStore(replace(empty_neo4j, uri=proxy.uri)) as cut,
        pytest.raises(StoreError, match=r"plan 'b' .*\(1 of 2 written before it\)"),
    ):
        cut.write(tables)
    assert store.read() == make_sample("a")
    store.write(tables)
    assert store.read() == tables


def test_tells_how_far_it_is(store: Neo4jStore) -> None:
    told: list[tuple[int, int]] = []
    store.write(make_two_plans(), lambda *numbers: told.append(numbers))
    assert told == [(1, 3), (2, 3), (3, 3)]
