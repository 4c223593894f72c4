"""Exact two-mode betweenness against networkx and rustworkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import rustworkx as rx
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from kg.measures import betweenness
from kg.measures.betweenness import compute_betweenness, compute_two_mode_maximum


def make_incidence(tasks: list[set[int]], agencies: int) -> sparse.csr_array:
    matrix = np.zeros((agencies, len(tasks)))
    for column, names in enumerate(tasks):
        matrix[list(names), column] = 1
    return sparse.csr_array(matrix)


def make_graph(incidence: sparse.csr_array) -> nx.Graph[tuple[str, int]]:
    entries = incidence.tocoo()
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    graph.add_edges_from((("a", int(row)), ("t", int(column))) for row, column in zip(entries.row, entries.col, strict=True))
    return graph


TASKS = st.lists(st.sets(st.integers(0, 6), max_size=4), min_size=2, max_size=14)


@settings(max_examples=150, deadline=None)
@given(TASKS)
def test_equals_networkx(tasks: list[set[int]]) -> None:
    incidence = make_incidence(tasks, 7)
    graph = make_graph(incidence)
    plain = nx.betweenness_centrality(graph, normalized=False)
    mine = compute_betweenness(incidence, normalised=False)
    agencies = [node for node in graph if node[0] == "a"]
    for number in range(7):
        if ("a", number) in graph:
            assert mine[number] == pytest.approx(plain["a", number], abs=1e-9)
        else:
            assert np.isnan(mine[number])
    # networkx divides by zero where one side has a single node.
    if len(agencies) > 1 and len(graph) - len(agencies) > 1:
        two_mode = nx.bipartite.betweenness_centrality(graph, agencies)
        normalised = compute_betweenness(incidence)
        assert [normalised[number] for _, number in agencies] == pytest.approx([two_mode[node] for node in agencies], abs=1e-9)


def make_large(seed: int) -> sparse.csr_array:
    generator = np.random.Generator(np.random.PCG64(seed))
    return make_incidence([set(generator.choice(40, size=size, replace=False).tolist()) for size in generator.integers(1, 5, size=400)], 40)


def test_equals_rustworkx_on_a_larger_network() -> None:
    incidence = make_large(1)
    graph: rx.PyGraph[int, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(440))
    entries = incidence.tocoo()
    graph.add_edges_from_no_data([(int(row), 40 + int(column)) for row, column in zip(entries.row, entries.col, strict=True)])
    values = rx.graph_betweenness_centrality(graph, normalized=False)
    assert compute_betweenness(incidence, normalised=False) == pytest.approx(np.array([values[node] for node in range(40)]), rel=1e-12)


def test_batches_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compute_betweenness(make_large(2))
    monkeypatch.setattr(betweenness, "_CELLS", 1000)
    assert compute_betweenness(make_large(2)) == pytest.approx(whole, rel=1e-12)


def test_same_bytes_every_time() -> None:
    def run() -> NDArray[np.float64]:
        return compute_betweenness(make_large(3))

    assert run().tobytes() == run().tobytes()


def test_by_hand() -> None:
    # a has t1 and t2 alone and shares t3 with b: the pairs t1–t2, and {t1, t2} with {t3, b}: 1 + 4 ways over a, none over b.
    incidence = make_incidence([{0}, {0}, {0, 1}], 2)
    assert compute_betweenness(incidence, normalised=False).tolist() == [5.0, 0.0]
    # Two tasks of the same two agencies: one pair of tasks, half over each; one pair of agencies over tasks.
    assert compute_betweenness(make_incidence([{0, 1}, {0, 1}], 2), normalised=False).tolist() == [0.5, 0.5]
    assert compute_betweenness(make_incidence([], 3)).tolist() == pytest.approx([np.nan] * 3, nan_ok=True)


@pytest.mark.parametrize("tasks", [2, 5, 9])
def test_maximum_is_reached_by_a_star(tasks: int) -> None:
    # One agency on all tasks, and each other agency on one of them: nothing can be more between.
    others = 4
    incidence = make_incidence([{0, 1 + column} if column < others else {0} for column in range(tasks)], 1 + min(others, tasks))
    agencies = incidence.shape[0]
    assert compute_betweenness(incidence, normalised=False)[0] == pytest.approx(compute_two_mode_maximum(agencies, tasks))
    assert compute_betweenness(incidence)[0] == pytest.approx(1)
