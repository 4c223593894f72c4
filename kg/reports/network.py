"""Tables → the network as a file for Gephi, UCINET, Pajek or Excel: who stands on which task, or which agencies share tasks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl
from scipy import sparse

from kg.errors import OutputError
from kg.measures import LoadOptions, tell_labels_apart, to_networkx
from kg.measures.networks import project
from kg.reports.formats import find_format
from kg.reports.rows import to_csv
from kg.spreadsheets import neutralise
from kg.tables.frames import Tables

if TYPE_CHECKING:
    import networkx as nx

Renderer = Callable[["nx.Graph[str]"], bytes]

#: Name of a format → ``module:function``; the function takes a networkx graph and returns the file's bytes.
NETWORKS: Mapping[str, str] = MappingProxyType(
    {
        "gexf": "kg.reports.network:render_gexf",
        "graphml": "kg.reports.network:render_graphml",
        "csv": "kg.reports.network:render_matrix",
    }
)
#: The nodes of a network: agencies and tasks (two-mode), or agencies alone, tied by the tasks they share.
MODES = ("tasks", "agencies")
#: networkx writes the day into a GEXF, by which the same tables would give other bytes tomorrow.
_WRITTEN_ON_RE = re.compile(r' lastmodifieddate="[^"]*"')


def render_network(tables: Tables, format: str = "gexf", mode: str = "tasks", options: LoadOptions | None = None) -> bytes:  # noqa: A002
    """Write a network.

    Parameters
    ----------
    tables
        The tables of one or more plans.
    format
        One of :data:`NETWORKS`: ``gexf`` and ``graphml`` for Gephi and others, ``csv`` the matrix with names in its first row and column,
        as UCINET and Excel take it.
    mode
        One of :data:`MODES`. ``tasks``: agency × task, weighted by the agency's heaviest role there. ``agencies``: agency × agency,
        weighted by the number of tasks that name both.
    options
        Layer, weights, collectives, names, plans and year, as for the load.

    Returns
    -------
    bytes
        The file; the same tables give the same bytes.

    Raises
    ------
    OutputError
        There is no such format or mode.
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> b"<gexf" in render_network(empty_tables())
    True
    """
    if mode not in MODES:
        raise OutputError(f"no such mode of a network: {mode}; there is {', '.join(MODES)}")
    renderer: Renderer = find_format(NETWORKS, format, "network")
    options = options or LoadOptions()
    graph = to_networkx(tell_labels_apart(tables, options), options.layer, options)
    tasks = {row["task_id"]: row for row in tables["tasks"].select("task_id", "number", "text").iter_rows(named=True)}
    for key, node in graph.nodes(data=True):
        if node["bipartite"] == 1:
            node.update(kind="task", label=tasks[key]["number"] or key, text=" ".join((tasks[key]["text"] or "").split()))
        else:
            node["kind"] = node["kind"] or "unknown"
    return renderer(graph if mode == "tasks" else _project(graph))


def render_gexf(graph: nx.Graph[str]) -> bytes:
    """Return a graph as GEXF 1.2, Gephi's own format."""
    import networkx as nx

    return (_WRITTEN_ON_RE.sub("", "\n".join(nx.generate_gexf(graph, version="1.2draft"))) + "\n").encode("utf-8")


def render_graphml(graph: nx.Graph[str]) -> bytes:
    """Return a graph as GraphML."""
    import networkx as nx

    return ("\n".join(nx.generate_graphml(graph, named_key_ids=True)) + "\n").encode("utf-8")


def render_matrix(graph: nx.Graph[str]) -> bytes:
    """Return the weights as a matrix: a row an agency, by label; a column a task, by key, or an agency, by label."""
    labels = {key: node["label"] for key, node in graph.nodes(data=True) if node["bipartite"] == 0}
    columns = [key for key, node in graph.nodes(data=True) if node["bipartite"] == 1] or list(labels)
    rows = [
        {"": label, **{neutralise(labels.get(column, column)): _weigh(graph, key, column) for column in columns}}
        for key, label in labels.items()
    ]
    return to_csv(pl.DataFrame(rows))


def _weigh(graph: nx.Graph[str], key: str, other: str) -> str:
    return f"{graph.edges[key, other]['weight']:g}" if graph.has_edge(key, other) else "0"


def _project(graph: nx.Graph[str]) -> nx.Graph[str]:
    # networkx's own projection walks over sets: nodes and edges would come in another order each time.
    import networkx as nx

    agencies, tasks = ([key for key, node in graph.nodes(data=True) if node["bipartite"] == side] for side in (0, 1))
    projected: nx.Graph[str] = nx.Graph()
    projected.add_nodes_from((key, graph.nodes[key]) for key in agencies)
    if agencies:
        incidence = nx.bipartite.biadjacency_matrix(graph, agencies, tasks, weight=None)
        shared = sparse.triu(project(sparse.csr_array(incidence)), format="coo")
        triples = zip(shared.row.tolist(), shared.col.tolist(), shared.data.tolist(), strict=True)
        projected.add_weighted_edges_from((agencies[row], agencies[column], int(count)) for row, column, count in triples)
    return projected
