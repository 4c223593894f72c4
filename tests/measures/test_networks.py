"""The two-mode network, its projection and the graph for networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from kg.measures import Collectives, Layer, LoadOptions, count_agency_sections, to_networkx
from kg.measures.networks import build_network, project
from kg.measures.options import RoleWeights
from kg.measures.scope import build_scope
from tests.measures.factories import make_load_tables, make_sample_tables, make_wide_lines
from tests.measures.hand import make_hand_network, make_hand_tables


def test_hand_matrix_of_each_layer() -> None:
    scope, both = make_hand_network()
    assert scope.agencies["agency_key"].to_list() == ["a", "b", "c", "d", "g"]
    # Columns t1 … t7; the leader's 2 outweighs, the supervisor and the dropped group are not there.
    assert both.weights.toarray().tolist() == [
        [2, 2, 2, 0, 1, 0, 0],
        [1, 0, 2, 1, 0, 0, 2],
        [1, 0, 0, 1, 2, 0, 0],
        [0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 0],
    ]
    assert both.named.toarray()[4].tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert both.ranked.tolist() == [True, True, True, True, False]
    assert both.sections.tolist() == [0, 0, 1, 1, 2, 2, 0]
    _, lead = make_hand_network(Layer.LEAD)
    assert lead.weights.toarray()[:3].tolist() == [[2, 2, 2, 0, 0, 0, 0], [0, 0, 2, 0, 0, 0, 2], [0, 0, 0, 0, 2, 0, 0]]
    assert lead.used.tolist() == [True, True, True, False, True, False, True]
    _, node = make_hand_network(collectives=Collectives.NODE)
    assert node.weights.toarray()[4].tolist() == [0, 0, 0, 0, 0, 1, 1]


def test_two_roles_of_one_agency_count_once_with_the_heavier() -> None:
    scope = build_scope(make_load_tables({"p": [("1", "a:responsible a:lead b:cooperate")]}), LoadOptions())
    network = build_network(scope, Layer.BOTH, RoleWeights(lead=4, cooperate=0.5), Collectives.DROP)
    assert network.weights.toarray().tolist() == [[4], [0.5]]


def test_graph_for_networkx() -> None:
    graph = to_networkx(make_hand_tables(filled=False))
    assert dict(graph["hand/task/1"]) == {"a": {"weight": 2.0}, "b": {"weight": 1.0}, "c": {"weight": 1.0}}
    assert graph.nodes["a"] == {"bipartite": 0, "label": "a", "kind": "government"}
    assert graph.nodes["hand/task/3"] == {"bipartite": 1, "plan": "hand", "section": 1}
    assert "d" not in graph
    assert nx.is_bipartite(graph)
    assert sorted(to_networkx(make_hand_tables(filled=False), Layer.LEAD)["b"]) == ["hand/task/3", "hand/task/7"]


@pytest.mark.parametrize("layer", list(Layer))
def test_projection_equals_networkx(layer: Layer) -> None:
    tables = make_sample_tables()
    graph = to_networkx(tables, layer, LoadOptions(collectives=Collectives.NODE))
    agencies = sorted(node for node, data in graph.nodes(data=True) if data["bipartite"] == 0)
    expected = nx.bipartite.weighted_projected_graph(graph, agencies)
    scope = build_scope(tables, LoadOptions(collectives=Collectives.NODE))
    projection = project(build_network(scope, layer, RoleWeights(), Collectives.NODE).cut_ranked())
    keys = scope.agencies["agency_key"].to_list()
    entries = projection.tocoo()
    mine = {(keys[row], keys[column]): weight for row, column, weight in zip(entries.row, entries.col, entries.data, strict=True)}
    assert mine == {
        pair: data["weight"] for first, second, data in expected.edges(data=True) for pair in ((first, second), (second, first))
    }


def test_agency_by_section() -> None:
    counts = count_agency_sections(make_hand_tables(filled=False))
    assert counts.select("agency_key", "section_id", "section_tasks", "tasks").rows() == [
        ("a", "hand/section/1", 3, 2),
        ("a", "hand/section/2", 2, 1),
        ("a", "hand/section/3", 2, 1),
        ("b", "hand/section/1", 3, 2),
        ("b", "hand/section/2", 2, 2),
        ("c", "hand/section/1", 3, 1),
        ("c", "hand/section/2", 2, 1),
        ("c", "hand/section/3", 2, 1),
        ("g", "hand/section/1", 3, 1),
        ("g", "hand/section/3", 2, 1),
    ]
    assert counts.filter(section_id="hand/section/2")["section_title"].unique().to_list() == ["Section 2"]


def test_agency_by_section_adds_up_to_tasks() -> None:
    counts = count_agency_sections(make_load_tables({"p": make_wide_lines()}), LoadOptions(section_level=2, layer=Layer.LEAD))
    scope = build_scope(make_load_tables({"p": make_wide_lines()}), LoadOptions())
    assert counts["tasks"].sum() == int(np.sum(scope.role == 0)) == 36
    assert counts["section_id"].n_unique() == 8
