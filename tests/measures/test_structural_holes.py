"""Constraint and effective size against networkx and by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from kg.measures.structural_holes import compute_constraint, compute_effective_size

TIES = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]), st.integers(1, 9), max_size=15
)


@settings(max_examples=150, deadline=None)
@given(TIES)
def test_equal_networkx(ties: dict[tuple[int, int], int]) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(7))
    graph.add_weighted_edges_from((first, second, weight) for (first, second), weight in ties.items())
    matrix = sparse.csr_array(nx.to_numpy_array(graph))
    # With `nodes` networkx takes the path that follows Burt's definition.
    constraint = nx.constraint(graph, nodes=list(graph), weight="weight")
    size = nx.effective_size(graph, nodes=list(graph), weight="weight")
    assert compute_constraint(matrix) == pytest.approx(np.array([constraint[node] for node in range(7)]), abs=1e-9, nan_ok=True)
    assert compute_effective_size(matrix) == pytest.approx(np.array([size[node] for node in range(7)]), abs=1e-9, nan_ok=True)


def test_weighted_triangle_with_a_tail_by_hand() -> None:
    # a–b 3, a–c 1, b–c 1, c–d 5.
    matrix = sparse.csr_array(np.array([[0.0, 3, 1, 0], [3, 0, 1, 0], [1, 1, 0, 5], [0, 0, 5, 0]]))
    # p_ab = 3/4, p_ac = 1/4, p_cb = 1/7, p_bc = 1/4: (3/4 + 1/4 · 1/7)² + (1/4 + 3/4 · 1/4)².
    assert compute_constraint(matrix)[0] == pytest.approx((3 / 4 + 1 / 28) ** 2 + (1 / 4 + 3 / 16) ** 2)
    # For b: p_ac · m_bc = 1/4 · 1/3; for c: p_ab · m_cb = 3/4 · 1/5.
    assert compute_effective_size(matrix)[0] == pytest.approx(2 - 1 / 12 - 3 / 20)
