"""Tables → property graph → tables, and its shape."""

from __future__ import annotations

import polars as pl
import pytest

from kg.convert import BASE, PropertyGraph, from_property_graph, to_property_graph
from kg.convert.property_graph import NODE_SCHEMAS, RELATIONSHIP_SCHEMAS
from kg.errors import TableError
from kg.tables import make_tables
from tests.convert.samples import HOSTILE, make_sample, make_two_plans

TASK = f"{BASE}plan/test-2017/task/1.1"


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_tables_come_back(name: str) -> None:
    tables = make_sample(name=name)
    assert from_property_graph(to_property_graph(tables)) == tables


def test_all_tables_come_back_in_any_order() -> None:
    tables = make_two_plans()
    graph = to_property_graph(tables)
    turned = PropertyGraph(
        {label: frame.reverse() for label, frame in graph.nodes.items()},
        {kind: frame.reverse() for kind, frame in graph.relationships.items()},
    )
    assert from_property_graph(turned) == tables


def test_empty_texts_may_come_back_as_nothing() -> None:
    tables = make_two_plans()
    graph = to_property_graph(tables)
    nodes = {
        label: frame.with_columns(
            [pl.when(pl.col(name) != "").then(pl.col(name)) for name, dtype in frame.schema.items() if dtype == pl.String()]
            + [
                pl.when(pl.col(name).list.len() > 0).then(pl.col(name))
                for name, dtype in frame.schema.items()
                if dtype == pl.List(pl.String())
            ]
        )
        for label, frame in graph.nodes.items()
    }
    # The document without an id, of which there is only an issue, is the one thing whose key is the empty text.
    nodes["Issue"] = nodes["Issue"].with_columns(pl.col("planId").fill_null(""))
    assert from_property_graph(PropertyGraph(nodes, graph.relationships)) == tables


def test_has_every_label_and_kind_with_its_columns() -> None:
    for tables in (make_two_plans(), make_tables({})):
        graph = to_property_graph(tables)
        assert {label: frame.schema for label, frame in graph.nodes.items()} == dict(NODE_SCHEMAS)
        assert {kind: frame.schema for kind, frame in graph.relationships.items()} == dict(RELATIONSHIP_SCHEMAS)


def test_iris_are_unique_per_label() -> None:
    for label, frame in to_property_graph(make_two_plans()).nodes.items():
        assert frame["iri"].is_unique().all(), label


def test_an_assignment_is_a_relationship_with_its_evidence() -> None:
    graph = to_property_graph(make_sample())
    assert graph.relationships["LEADS", "Agency", "Task"].to_dicts() == [
        {
            "source_iri": f"{BASE}agency/310000.dr",
            "target_iri": TASK,
            "iri": f"{TASK}/lead/310000.dr",
            "id": "test-2017/task/1.1/lead/310000.dr",
            "planId": "test-2017",
            "role": "lead",
            "position": 1,
            "roleBasis": "verb",
            "inheritance": "own",
            "name": "市发展改革委",
            "surfaceForm": "市发展改革委",
            "resolution": "registry",
            "resolutionRule": "agencies.csv:310000.dr",
            "quote": "市发展改革委",
            "start": 21,
            "end": 27,
        }
    ]
    assert graph.relationships["SUPPORTS", "Evidence", "Task"]["target_iri"].to_list() == [TASK] * 3
    assert graph.relationships["BELONGS_TO", "Task", "Plan"].rows() == [(f"{BASE}plan/test-2017/task/p1", f"{BASE}plan/test-2017")]
    assert graph.relationships["PART_OF", "Section", "Section"].rows() == [
        (f"{BASE}plan/test-2017/section/1.1", f"{BASE}plan/test-2017/section/1")
    ]


def test_refuses_a_task_without_a_place() -> None:
    graph = to_property_graph(make_sample())
    relationships = dict(graph.relationships)
    relationships["BELONGS_TO", "Task", "Section"] = relationships["BELONGS_TO", "Task", "Section"].clear()
    with pytest.raises(TableError, match="a Task has no BELONGS_TO, or more than one"):
        from_property_graph(PropertyGraph(graph.nodes, relationships))


def test_refuses_a_relationship_to_nowhere() -> None:
    graph = to_property_graph(make_sample())
    nodes = dict(graph.nodes)
    nodes["Agency"] = nodes["Agency"].filter(pl.col("id") != "310000.dr")
    with pytest.raises(TableError, match="a relationship leads to a node that is not there"):
        from_property_graph(PropertyGraph(nodes, graph.relationships))
