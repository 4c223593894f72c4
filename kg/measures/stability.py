"""Uncertainty, second kind: how far an agency's rank hangs on the tasks that happen to be in the plan."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from kg.measures.counts import count_tasks
from kg.measures.fractional import compute_shares
from kg.measures.load import compute_core, is_small
from kg.measures.networks import Network, build_network
from kg.measures.options import LoadOptions
from kg.measures.ranking import rank_descending
from kg.measures.scope import build_scope

#: The columns of :func:`compute_stability`.
STABILITY_SCHEMA = pl.Schema(
    {
        "agency_key": pl.String(),
        "label": pl.String(),
        "cross_cutting_load": pl.Float64(),
        "rank": pl.Int64(),
        "rank_low": pl.Int64(),
        "rank_high": pl.Int64(),
        "top_share": pl.Float64(),
    }
)


def compute_stability(
    tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None, *, resamples: int = 1_000, top: int = 5, seed: int = 2017
) -> pl.DataFrame:
    """Rank the agencies by cross-cutting load again and again, on tasks drawn anew within each section.

    In each resample a section of m_s tasks is replaced by m_s draws, with putting back, from its own tasks; a task keeps its parties. The
    sizes of the sections and their number stay as they are (stratified bootstrap).

    Parameters
    ----------
    tables, options
        As in :func:`kg.measures.compute_load`.
    resamples
        How often.
    top
        ``top_share`` is the share of resamples in which an agency is among so many first.
    seed
        Of ``numpy.random.PCG64``.

    Returns
    -------
    polars.DataFrame
        Columns of :data:`STABILITY_SCHEMA`, one row for each agency that ranks, sorted by rank and key; empty for a small plan.
        ``rank_low`` to ``rank_high`` holds the middle 95 % of its ranks (1 is the first rank); a resample in which an agency has no
        cross-cutting load counts with the rank that agencies without any share in the plan. ``top_share`` is from 0 to 1.

    Raises
    ------
    TableError
        As :func:`kg.measures.compute_load`.

    Notes
    -----
    Traps: a plan is no sample, so this is no confidence interval for a larger truth; it tells what a few more or fewer tasks of the same
    sort would change. A task drawn twice makes a pair within one section, so spread comes out a little lower than in the plan, for all
    agencies alike.

    References
    ----------
    B. Efron and R. J. Tibshirani, *An Introduction to the Bootstrap*, 1993.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> compute_stability(empty_tables()).height
    0
    """
    options = options or LoadOptions()
    scope = build_scope(tables, options)
    if is_small(scope, options):
        return pl.DataFrame(schema=STABILITY_SCHEMA)
    network = build_network(scope, options.layer, options.weights, options.collectives)
    rows = np.flatnonzero(network.ranked & (count_tasks(network) > 0))
    values = compute_core(network).cross_cutting[rows]
    drawn = _resample(network, resamples, seed)[:, rows]
    drawn_ranks = rank_descending(drawn)
    idle = np.round(drawn, 9) <= 0
    # Whoever a resample leaves without load ranks no better than those without load in the plan: the fewer have any, the better is the rank
    # that the others share, and to lose all of it would look like a gain.
    ranks = np.where(idle, np.maximum(drawn_ranks, 1 + int((np.round(values, 9) > 0).sum())), drawn_ranks)
    low = np.quantile(ranks, 0.025, axis=0, method="lower")
    high = np.quantile(ranks, 0.975, axis=0, method="higher")
    # An agency without cross-cutting load is not among the first, even where hardly anybody has any.
    first = ((ranks <= top) & ~idle).mean(axis=0)
    frame = scope.agencies[rows.tolist()].select("agency_key", "label")
    columns = {"cross_cutting_load": values, "rank": rank_descending(values), "rank_low": low, "rank_high": high, "top_share": first}
    frame = frame.with_columns(pl.Series(name, column, dtype=STABILITY_SCHEMA[name]) for name, column in columns.items())
    return frame.sort("rank", "agency_key")


def _resample(network: Network, resamples: int, seed: int) -> NDArray[np.float64]:
    """Return resamples × agencies, the cross-cutting load of each."""
    generator = np.random.Generator(np.random.PCG64(seed))
    agencies = network.weights.shape[0]
    shares = sparse.csc_array(compute_shares(network))
    sections = np.where(network.used, network.sections, -1)
    load, tasks, same = (np.zeros((agencies, resamples)) for _ in range(3))
    for section in range(int(sections.max(initial=-1)) + 1):
        columns = np.flatnonzero(sections == section)
        if not columns.size:
            continue
        # How often each task of the section is drawn: tasks × resamples.
        times = generator.multinomial(columns.size, np.full(columns.size, 1 / columns.size), size=resamples).T.astype(np.float64)
        part = shares[:, columns]
        load += part @ times
        here = (part > 0).astype(np.float64) @ times
        tasks += here
        same += here * (here - 1)
    pairs = tasks * (tasks - 1)
    spread = np.where(pairs > 0, 1 - same / np.maximum(pairs, 1), 0.0)
    crossing: NDArray[np.float64] = (load * spread).T
    return crossing
