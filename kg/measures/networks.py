"""Scope → the agency × task network of one layer, as sparse matrices and as a networkx graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from kg.measures.options import LAYER_ROLES, Collectives, Layer, LoadOptions, RoleWeights
from kg.measures.scope import ROLE_ORDER, Scope, build_scope

if TYPE_CHECKING:
    import networkx as nx

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Network:
    """The two-mode network of one layer.

    Attributes
    ----------
    named
        agencies × tasks, 1 where the task names the agency in a role of the layer.
    weights
        agencies × tasks, the weight of the strongest such role; without the groups that take no share (see
        :class:`~kg.measures.options.Collectives`). For rows that rank it has the entries of ``named``.
    ranked
        Rows that rank: all agencies, and groups if asked for.
    sections
        The section of each task, numbered from 0.

    Rows are in the order of ``Scope.agencies``, columns in the order of ``Scope.tasks``; a task that names nobody in the layer is an empty
    column.
    """

    named: sparse.csr_array
    weights: sparse.csr_array
    ranked: Flags
    sections: Whole

    @property
    def rows(self) -> Whole:
        """The row of each entry of ``weights``."""
        return np.repeat(np.arange(self.weights.shape[0]), np.diff(self.weights.indptr))

    @property
    def used(self) -> Flags:
        """Tasks that name somebody in the layer; their number is M."""
        return np.bincount(self.weights.indices, minlength=self.weights.shape[1]) > 0

    def cut_ranked(self) -> sparse.csr_array:
        """Return the 0/1 matrix of the rows that rank; the graph that betweenness and the projection see."""
        cut = self.weights[np.flatnonzero(self.ranked)]
        return sparse.csr_array((np.ones(cut.nnz), cut.indices, cut.indptr), shape=cut.shape)


def build_network(scope: Scope, layer: Layer, weights: RoleWeights, collectives: Collectives) -> Network:
    """Build the network of a layer.

    An agency that a task names in several roles of the layer counts once, with the heaviest.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> build_network(build_scope(empty_tables(), LoadOptions()), Layer.BOTH, RoleWeights(), Collectives.DROP).named.shape
    (0, 0)
    """
    shape = (scope.agencies.height, scope.tasks.height)
    by_role = np.zeros(len(ROLE_ORDER))
    for role in LAYER_ROLES[layer]:
        by_role[ROLE_ORDER.index(role)] = weights.by_role()[role]
    value = by_role[scope.role]
    keep = value > 0
    agency, task, value = scope.agency[keep], scope.task[keep], value[keep]
    # The entries come sorted by agency and task: the roles of one pair stand side by side.
    first = np.flatnonzero(np.r_[True, (agency[1:] != agency[:-1]) | (task[1:] != task[:-1])]) if agency.size else agency
    heaviest = np.maximum.reduceat(value, first) if first.size else value
    agency, task = agency[first], task[first]
    grouped = scope.grouped
    out = np.zeros(agency.size, dtype=bool)
    if collectives is not Collectives.NODE:
        has_agency = np.zeros(shape[1], dtype=bool)
        has_agency[task[~grouped[agency]]] = True
        out = grouped[agency] & has_agency[task]
    return Network(
        named=_to_csr(np.ones(agency.size), agency, task, shape),
        weights=_to_csr(heaviest[~out], agency[~out], task[~out], shape),
        ranked=np.ones(shape[0], dtype=bool) if collectives is Collectives.NODE else ~grouped,
        sections=scope.sections,
    )


def _to_csr(values: Reals, rows: Whole, columns: Whole, shape: tuple[int, int]) -> sparse.csr_array:
    # `rows` is sorted and `columns` is sorted within a row, so the index can be laid down as it is.
    pointer = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=shape[0]))])
    return sparse.csr_array((values, columns, pointer), shape=shape)


def project(incidence: sparse.csr_array) -> sparse.csr_array:
    r"""Project the two-mode network on its agencies.

    .. math:: w_{ab} = |\{t : a \in t, b \in t\}|, \quad a \ne b

    Parameters
    ----------
    incidence
        agencies × tasks, 0/1.

    Returns
    -------
    sparse array
        agencies × agencies, symmetric, empty diagonal. The weight of an edge is the number of tasks that name both agencies: a strength,
        not a distance.

    Notes
    -----
    Traps: a task that names n agencies makes n(n − 1)/2 edges, so one long list of names can dominate the projection. The values are those
    of ``networkx.bipartite.weighted_projected_graph`` (which is slower by two orders of magnitude).

    References
    ----------
    S. P. Borgatti and D. S. Halgin, "Analyzing affiliation networks", in *The SAGE Handbook of Social Network Analysis*, 2011.

    Examples
    --------
    >>> import numpy as np
    >>> from scipy import sparse
    >>> project(sparse.csr_array(np.array([[1.0, 1, 0], [1, 1, 1], [0, 0, 1]]))).toarray().tolist()
    [[0.0, 2.0, 0.0], [2.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    product = sparse.csr_array(incidence @ incidence.T)
    product.setdiag(0)
    product.eliminate_zeros()
    product.sort_indices()
    return product


def to_networkx(tables: Mapping[str, pl.DataFrame], layer: Layer = Layer.BOTH, options: LoadOptions | None = None) -> nx.Graph[str]:
    """Return the agency × task network as a networkx graph.

    Parameters
    ----------
    tables
        The tables of one or more plans.
    layer
        The roles that count.
    options
        Scope, names, groups and role weights; its own ``layer`` is not looked at.

    Returns
    -------
    networkx.Graph
        Undirected and bipartite. Agencies (``bipartite=0``; ``label``, ``kind``) and tasks (``bipartite=1``; ``plan``, and ``section``, a
        number from 0) by their keys; only nodes with an edge. An edge has ``weight``, the weight of the agency's heaviest role on the task.

    Notes
    -----
    Traps: the path measures of networkx read ``weight`` as a distance; pass ``weight=None``. ``networkx.load_centrality`` is a variant of
    betweenness and has nothing to do with :func:`kg.measures.compute_load`.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> to_networkx(empty_tables()).number_of_nodes()
    0
    """
    import networkx as nx  # here, because nothing else in this module needs its tenth of a second

    options = options or LoadOptions()
    scope = build_scope(tables, options)
    network = build_network(scope, layer, options.weights, options.collectives)
    keys, tasks = scope.agencies["agency_key"].to_list(), scope.tasks["task_id"].to_list()
    labels, kinds, plans = scope.agencies["label"].to_list(), scope.agencies["kind"].to_list(), scope.tasks["plan_id"].to_list()
    rows, columns = network.rows.tolist(), network.weights.indices.tolist()
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from((keys[row], {"bipartite": 0, "label": labels[row], "kind": kinds[row]}) for row in sorted(set(rows)))
    for column in sorted(set(columns)):
        graph.add_node(tasks[column], bipartite=1, plan=plans[column], section=int(network.sections[column]))
    triples = zip(rows, columns, network.weights.data.tolist(), strict=True)
    graph.add_weighted_edges_from((keys[row], tasks[column], weight) for row, column, weight in triples)
    return graph
