"""How fast the measures are, as ratios within one run: ``python -m bench.measures`` (some three minutes, nearly all of it networkx).

Every line says what is divided by what. Ours is the best of five runs after a warm-up, networkx runs once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import networkx as nx
import numpy as np
from scipy import sparse

from kg.measures import compute_choices, compute_layers, compute_null_model, compute_stability, find_gaps, summarise_choices
from kg.measures.betweenness import compute_betweenness
from kg.measures.networks import project
from kg.pipeline.build import make_graph_tables
from kg.pipeline.sources import find_sources
from kg.pipeline.steps import read_plan
from kg.reports import render_report
from kg.rules import load_rules
from kg.tables import Tables

T = TypeVar("T")

SAMPLE = Path(__file__).parents[1] / "data" / "plans" / "shanghai-egov-2017"


def time_best(run: Callable[[], object], times: int = 5) -> float:
    """Return the seconds of the fastest of some runs, after one that does not count."""
    run()
    spent = []
    for _ in range(times):
        start = perf_counter()
        run()
        spent.append(perf_counter() - start)
    return min(spent)


def time_once(run: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of one run and its result."""
    start = perf_counter()
    result = run()
    return perf_counter() - start, result


def make_plan_like(agencies: int, tasks: int, seed: int) -> sparse.csr_array:
    """Return agencies × tasks as in large plans: 1 to 8 names on a task, a few agencies on very many."""
    generator = np.random.Generator(np.random.PCG64(seed))
    chance = 1 / np.arange(1, agencies + 1)
    chance /= chance.sum()
    sizes = np.minimum(1 + generator.poisson(1.4, size=tasks), 8)
    rows = [generator.choice(agencies, size=size, replace=False, p=chance) for size in sizes]
    columns = np.repeat(np.arange(tasks), sizes)
    flat = np.concatenate(rows)
    return sparse.csr_array((np.ones(flat.size), (flat, columns)), shape=(agencies, tasks))


def make_random(agencies: int, tasks: int, edges: int, seed: int) -> sparse.csr_array:
    """Return agencies × tasks with exactly so many entries."""
    generator = np.random.Generator(np.random.PCG64(seed))
    places = np.sort(generator.choice(agencies * tasks, size=edges, replace=False))
    return sparse.csr_array((np.ones(edges), (places // tasks, places % tasks)), shape=(agencies, tasks))


def make_networkx(incidence: sparse.csr_array) -> nx.Graph[int]:
    """Return the same network for networkx: agencies first, then tasks."""
    agencies, tasks = incidence.shape
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(agencies + tasks))
    entries = incidence.tocoo()
    graph.add_edges_from(zip(entries.row.tolist(), (entries.col + agencies).tolist(), strict=True))
    return graph


def bench_projection() -> None:
    """Compare the projection with networkx, on many and on few agencies."""
    for agencies, tasks in ((1_000, 40_000), (300, 54_000)):
        incidence = make_random(agencies, tasks, 128_000, seed=1)
        graph = make_networkx(incidence)
        ours = time_best(partial(project, incidence))
        theirs, projected = time_once(partial(nx.bipartite.weighted_projected_graph, graph, range(agencies)))
        matrix = nx.to_scipy_sparse_array(projected, nodelist=range(agencies), weight="weight")
        equal = abs(matrix - project(incidence)).max() == 0
        print(
            f"projection, {agencies} agencies x {tasks} tasks, 128,000 edges: {ours * 1e3:.1f} ms; weighted_projected_graph {theirs:.2f} s"
        )
        print(f"    ratio {theirs / ours:.0f}x (asked: 100x), equal values: {equal}")


def bench_betweenness() -> None:
    """Compare exact betweenness with networkx."""
    incidence = make_plan_like(300, 5_400, seed=1)
    graph = make_networkx(incidence)
    ours = time_best(lambda: compute_betweenness(incidence, normalised=False), times=3)
    theirs, values = time_once(lambda: nx.betweenness_centrality(graph, normalized=False))
    mine = compute_betweenness(incidence, normalised=False)
    known = np.array([values[node] for node in range(300)])
    found = ~np.isnan(mine)
    error = np.abs(mine[found] - known[found]) / np.maximum(known[found], 1)
    print(f"betweenness, 300 agencies x 5,400 tasks, {incidence.nnz} edges: {ours:.2f} s; betweenness_centrality {theirs:.1f} s")
    print(f"    ratio {theirs / ours:.0f}x (asked: 40x), largest relative difference {error.max():.1e}")


def read_sample() -> Tables:
    """Return the tables of the sample plan, as ``kg build`` makes them."""
    rules = load_rules()
    (source,) = find_sources([SAMPLE])
    plan, issues = read_plan(source.path, name=source.path.name, document_id=source.document_id, rules=rules, metadata=source.metadata)
    return make_graph_tables([plan], issues, rules)


def bench_sample() -> None:
    """Compare the report of the sample plan with the bare measures.

    *Bare measures* are what the page shows and nothing of how it shows it: measures 1 to 9 in all three layers, the three kinds of
    uncertainty and the gaps, each computed once. The time against measures 1 to 9 alone is told beside it, since uncertainty takes most
    of the time.
    """
    tables = read_sample()
    print(f"sample plan: {tables['tasks'].height} tasks, {tables['assignments'].height} assignments")
    parts: dict[str, Callable[[], object]] = {
        "measures 1-9, three layers": lambda: compute_layers(tables),
        "null model, 9,999 draws": lambda: compute_null_model(tables),
        "stability, 1,000 resamples": lambda: compute_stability(tables),
        "choices, 48 rankings": lambda: summarise_choices(compute_choices(tables)),
        "gaps": lambda: find_gaps(tables),
    }
    spent = {name: time_best(run) for name, run in parts.items()}
    for name, seconds in spent.items():
        print(f"    {name:<28}{seconds * 1e3:8.1f} ms")
    bare = sum(spent.values())
    report = time_best(lambda: render_report(tables))
    print(f"    {'all of them (bare)':<28}{bare * 1e3:8.1f} ms")
    alone = spent["measures 1-9, three layers"]
    print(f"    {'whole HTML report':<28}{report * 1e3:8.1f} ms, ratio {report / bare:.2f}x (asked: 3x at most)")
    print(f"    {'':<28}against measures 1-9 alone: {report / alone:.1f}x; all of them against 1-9 alone: {bare / alone:.1f}x")


def main() -> None:
    """Run all."""
    bench_sample()
    bench_projection()
    bench_betweenness()


if __name__ == "__main__":
    main()
