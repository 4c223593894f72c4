"""Tables → RDF → tables, and what stands where in the RDF."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib.compare import isomorphic

from kg.convert import BASE, from_dataset, from_property_graph, from_quads, to_dataset, to_property_graph, to_quads
from kg.convert.vocabulary import expand, make_key_iri
from kg.errors import TableError
from kg.tables import Tables, make_tables
from tests.convert.samples import HOSTILE, make_rows, make_sample, make_two_plans, to_tables

PLAN_GRAPH = f"{BASE}graph/plan/test-2017"
TASK = f"{BASE}plan/test-2017/task/1.1"
LEAD = f"{TASK}/lead/310000.dr"


def value_of(term: object) -> str:
    assert isinstance(term, NamedNode | Literal)
    return term.value


def find(quads: list[Quad], subject: str, term: str) -> list[tuple[str, str]]:
    """Return (value, graph) of every statement about a subject by a term."""
    predicate = NamedNode(expand(term))
    return [
        (value_of(quad.object), value_of(quad.graph_name))
        for quad in quads
        if value_of(quad.subject) == subject and quad.predicate == predicate
    ]


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_tables_come_back(name: str) -> None:
    tables = make_sample(name=name)
    assert from_quads(to_quads(tables)) == tables
    assert from_dataset(to_dataset(tables)) == tables


def test_all_tables_come_back_whatever_the_base() -> None:
    tables = make_two_plans()
    assert all(tables[name].height for name in tables)
    for base in (BASE, "https://other.example/x#"):
        quads = to_quads(tables, base)
        assert from_quads(reversed(quads)) == tables
        assert {value_of(quad.graph_name) for quad in quads if "test-2018" in value_of(quad.graph_name)} == {f"{base}graph/plan/test-2018"}


def test_rdf_comes_back_from_the_property_graph_isomorphic() -> None:
    dataset = to_dataset(make_two_plans())
    again = to_dataset(from_property_graph(to_property_graph(from_dataset(dataset))))
    graphs = {str(graph.identifier): graph for graph in dataset.graphs()}
    assert {PLAN_GRAPH, f"{BASE}graph/registry", f"{BASE}graph/derived"} < set(graphs)
    for graph in again.graphs():
        assert isomorphic(graph, graphs.pop(str(graph.identifier)))
    assert graphs == {}


def test_an_assignment_has_all_its_statements() -> None:
    quads = to_quads(make_sample())
    said = {
        (value_of(quad.predicate).rsplit("#", 1)[-1].rsplit("/", 1)[-1], value_of(quad.object))
        for quad in quads
        if value_of(quad.subject) == LEAD
    }
    assert said == {
        ("type", expand("duty:Assignment")),
        ("identifier", "test-2017/task/1.1/lead/310000.dr"),
        ("inPlan", f"{BASE}plan/test-2017"),
        ("onTask", TASK),
        ("assignee", f"{BASE}agency/310000.dr"),
        ("role", expand("duty:lead")),
        ("position", "1"),
        ("roleBasis", "verb"),
        ("inheritance", "own"),
        ("name", "市发展改革委"),
        ("surfaceForm", "市发展改革委"),
        ("resolution", "registry"),
        ("resolutionRule", "agencies.csv:310000.dr"),
        ("evidence", f"{LEAD}/1"),
        ("evidence", f"{LEAD}/2"),
    }


def test_every_quote_is_what_stands_at_its_place() -> None:
    tables = make_two_plans()
    quads = to_quads(tables)
    for plan_id, text in tables["plans"].select("plan_id", "text").iter_rows():
        assert find(quads, make_key_iri("plans", plan_id, BASE), "duty:text") == [(text, f"{BASE}graph/plan/{plan_id}")]
    for assignment_id in tables["assignments"]["assignment_id"]:
        pieces = find(quads, f"{BASE}plan/{assignment_id}", "duty:evidence")
        assert pieces
        for piece, graph in pieces:
            ((source, _),) = find(quads, piece, "oa:hasSource")
            ((text, _),) = find(quads, source, "duty:text")
            assert find(quads, piece, "oa:hasSelector") == [(f"{piece}/position", graph), (f"{piece}/quote", graph)]
            ((start, _),), ((end, _),) = find(quads, f"{piece}/position", "oa:start"), find(quads, f"{piece}/position", "oa:end")
            assert find(quads, f"{piece}/quote", "oa:exact") == [(text[int(start) : int(end)], graph)]


def test_the_run_is_on_record() -> None:
    quads = to_quads(make_sample())
    plan = f"{BASE}plan/test-2017"
    assert find(quads, plan, "prov:wasDerivedFrom") == [(f"{plan}/source", PLAN_GRAPH)]
    assert find(quads, plan, "prov:wasGeneratedBy") == [(f"{plan}/run", PLAN_GRAPH)]
    assert find(quads, f"{plan}/run", "prov:used") == [(f"{plan}/source", PLAN_GRAPH)]
    assert find(quads, f"{plan}/run", "duty:usedRules") == [(f"{plan}/rules", PLAN_GRAPH)]
    assert find(quads, f"{plan}/source", "duty:sha256") == [("0" * 64, PLAN_GRAPH)]
    assert find(quads, f"{plan}/rules", "duty:sha256") == [("1" * 64, PLAN_GRAPH)]
    assert find(quads, f"{plan}/tool", "duty:toolVersion") == [("0.1.0", PLAN_GRAPH)]


def test_direct_edges_and_the_registry_have_graphs_of_their_own() -> None:
    quads = to_quads(make_sample())
    derived = [quad for quad in quads if value_of(quad.graph_name) == f"{BASE}graph/derived"]
    assert {(value_of(quad.subject), value_of(quad.predicate), value_of(quad.object)) for quad in derived} == {
        (f"{BASE}agency/310000.dr", expand("duty:leads"), TASK),
        (f"{BASE}agency/310000.districts", expand("duty:responsibleFor"), TASK),
    }
    registry = f"{BASE}graph/registry"
    assert find(quads, f"{BASE}agency/310000.districts", "foaf:member") == [(f"{BASE}agency/310101", registry)]
    assert find(quads, f"{BASE}agency/310000.districts", "rdf:type") == [(expand("duty:CollectiveAgency"), registry)]
    assert find(quads, f"{BASE}agency/310000.dr", "rdf:type") == [(expand("duty:Agency"), registry)]
    assert find(quads, f"{BASE}event/2003-1", "org:resultingOrganization") == [(f"{BASE}agency/310000.dr", registry)]
    assert {value_of(quad.graph_name) for quad in quads} == {PLAN_GRAPH, registry, f"{BASE}graph/derived"}


def test_no_blank_nodes_and_no_decimals() -> None:
    for quad in to_quads(make_two_plans()):
        assert isinstance(quad.subject, NamedNode)
        if isinstance(quad.object, Literal):
            assert quad.object.datatype.value.rsplit("#", 1)[1] in {"string", "langString", "integer", "double", "date"}
        else:
            assert isinstance(quad.object, NamedNode)


def test_iris_are_readable_and_no_two_rows_share_one() -> None:
    assert make_key_iri("tasks", "市府/task/1.1", BASE) == f"{BASE}plan/市府/task/1.1"
    assert make_key_iri("agencies", "a b#\ue000\u202e", BASE) == f"{BASE}agency/a%20b%23%EE%80%80%E2%80%AE"
    rows = make_rows("p")
    rows["tasks"][1]["task_id"] = "p/section/1"
    with pytest.raises(TableError, match=re.escape(f"two rows share the address {BASE}plan/p/section/1: one of sections, one of tasks")):
        to_quads(to_tables(rows))


@pytest.mark.parametrize(
    ("table", "column", "value", "message"),
    [
        ("tasks", "text", None, "table tasks: text is null"),
        ("issues", "candidates", None, "table issues: candidates has a null list"),
        ("issues", "candidates", ["a", None], "table issues: candidates has a null list or a null in a list"),
        ("assignments", "role", "boss", "no such role: boss"),
    ],
)
def test_refuses_what_a_graph_cannot_give_back(table: str, column: str, value: object, message: str) -> None:
    rows = make_rows("p")
    rows[table][0][column] = value
    for convert in (to_quads, to_property_graph):
        with pytest.raises(TableError, match=message):
            convert(to_tables(rows))


def change(tables: Tables, subject: str, term: str, target: NamedNode | Literal | BlankNode | None, *, add: bool = False) -> list[Quad]:
    """Return the quads of `tables` with one statement replaced, taken away or added."""
    predicate = NamedNode(expand(term))
    quads = to_quads(tables)
    kept = [quad for quad in quads if add or value_of(quad.subject) != subject or quad.predicate != predicate]
    return kept if target is None else [*kept, Quad(NamedNode(subject), predicate, target, NamedNode(PLAN_GRAPH))]


@pytest.mark.parametrize(
    ("term", "target", "add", "message"),
    [
        ("duty:position", Literal("first"), False, "position cannot be 'first'"),
        ("duty:position", Literal(2), True, "2 values of"),
        ("duty:onTask", NamedNode(f"{BASE}plan/nowhere"), False, "of which nothing is known"),
        ("duty:evidence", BlankNode(), True, "blank node"),
        ("dcterms:identifier", None, False, "of which nothing is known"),
    ],
)
def test_refuses_graphs_that_are_no_tables(term: str, target: NamedNode | Literal | None, add: bool, message: str) -> None:
    with pytest.raises(TableError, match=message):
        from_quads(change(make_sample(), LEAD, term, target, add=add))


def test_passes_over_statements_of_others() -> None:
    tables = make_sample()
    quads = [*to_quads(tables), Quad(NamedNode(LEAD), NamedNode("http://purl.org/dc/terms/creator"), Literal("somebody"))]
    assert from_quads(quads) == tables


def test_numbers_and_days_keep_their_kind() -> None:
    rows = make_rows("p")
    rows["targets"][0] |= {"minimum": -0.1, "maximum": 1e300}
    rows["plans"][0]["issued"] = date(1, 1, 1)
    rows["sections"][0]["start"] = 2**62
    tables = to_tables(rows)
    assert from_quads(to_quads(tables)) == tables
    assert from_dataset(to_dataset(tables)) == tables
    assert tables["targets"]["maximum"].dtype == pl.Float64()


def test_nothing_is_nothing() -> None:
    assert to_quads(make_tables({})) == []
    assert from_quads([]) == make_tables({})
