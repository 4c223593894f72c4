"""Uncertainty, first kind: what chance alone would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import lgamma

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kg.measures.counts import count_sections, count_tasks
from kg.measures.load import compute_core, is_small
from kg.measures.networks import build_network
from kg.measures.options import LoadOptions
from kg.measures.scope import build_scope

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]

#: The columns of :func:`compute_null_model`.
NULL_SCHEMA = pl.Schema(
    {
        "agency_key": pl.String(),
        "label": pl.String(),
        "tasks": pl.Int64(),
        "spread": pl.Float64(),
        "expected_spread": pl.Float64(),
        "p_spread": pl.Float64(),
        "q_spread": pl.Float64(),
        "sections": pl.Int64(),
        "expected_sections": pl.Float64(),
        "p_sections": pl.Float64(),
        "q_sections": pl.Float64(),
    }
)


def compute_null_model(
    tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None, *, draws: int = 9_999, seed: int = 2017
) -> pl.DataFrame:
    r"""Compare each agency's spread with that of as many tasks dealt at random.

    Under the null model an agency's k tasks are drawn without putting back from the M tasks of the layer, so that its numbers by section
    follow the multivariate hypergeometric law with the section sizes :math:`m_s`. They are drawn from just that law, not by shuffling
    edges.

    .. math:: p = \frac{1 + |\{\text{draws at least as spread as observed}\}|}{1 + \text{draws}}

    Parameters
    ----------
    tables, options
        As in :func:`kg.measures.compute_load`.
    draws
        Draws for each distinct number of tasks.
    seed
        Of ``numpy.random.PCG64``, together with k: the draws for one k do not depend on which others occur.

    Returns
    -------
    polars.DataFrame
        Columns of :data:`NULL_SCHEMA`, one row for each agency that ranks and has two tasks or more, sorted by key; empty for a small
        plan. ``p_spread`` for P*, ``p_sections`` for the number of sections reached, both one-sided (small: wider than chance); ``q_…``
        are the Benjamini–Hochberg values over the rows. ``expected_spread`` is D for every k; ``expected_sections`` is exact.

    Raises
    ------
    TableError
        As :func:`kg.measures.compute_load`.

    Notes
    -----
    Traps: the smallest p is 1/(1 + draws). With k = 2 and D = 0.75 nothing can be significant: two tasks in two sections are what one
    expects. The p of several agencies are not independent (tasks are shared); Benjamini–Hochberg holds under the positive dependence this
    makes.

    References
    ----------
    B. Phipson and G. K. Smyth, "Permutation p-values should never be zero", *Statistical Applications in Genetics and Molecular Biology*
    9 (2010). Y. Benjamini and Y. Hochberg, *Journal of the Royal Statistical Society B* 57 (1995), 289–300.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> compute_null_model(empty_tables()).height
    0
    """
    options = options or LoadOptions()
    scope = build_scope(tables, options)
    if is_small(scope, options):
        return pl.DataFrame(schema=NULL_SCHEMA)
    network = build_network(scope, options.layer, options.weights, options.collectives)
    core = compute_core(network)
    tasks = count_tasks(network)
    sizes = np.bincount(network.sections[network.used], minlength=core.by_section.shape[1])
    rows = np.flatnonzero(network.ranked & (tasks >= 2))
    reached = count_sections(core.by_section)
    same = (core.by_section * (core.by_section - 1)).sum(axis=1)
    chances = {k: Chance.draw(sizes, k, draws, seed) for k in sorted(set(tasks[rows].tolist()))}
    p_spread = np.array([chances[int(tasks[row])].of_pairs(int(same[row])) for row in rows])
    p_sections = np.array([chances[int(tasks[row])].of_sections(int(reached[row])) for row in rows])
    columns: dict[str, Reals | Whole] = {
        "tasks": tasks[rows],
        "spread": core.spread[rows],
        "expected_spread": np.full(rows.size, core.plan_spread),
        "p_spread": p_spread,
        "q_spread": adjust_benjamini_hochberg(p_spread),
        "sections": reached[rows],
        "expected_sections": np.array([expect_sections(sizes, int(tasks[row])) for row in rows]),
        "p_sections": p_sections,
        "q_sections": adjust_benjamini_hochberg(p_sections),
    }
    frame = scope.agencies[rows.tolist()].select("agency_key", "label")
    return frame.with_columns(pl.Series(name, values, dtype=NULL_SCHEMA[name]) for name, values in columns.items())


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws of k tasks: how many ordered pairs share a section, Σ k_s(k_s − 1), and how many sections are reached; each sorted."""

    pairs: Whole
    sections: Whole

    @classmethod
    def draw(cls, sizes: Whole, k: int, draws: int, seed: int) -> Chance:
        """Draw k tasks without putting back from sections of these sizes, `draws` times."""
        generator = np.random.Generator(np.random.PCG64([seed, k]))
        sample = generator.multivariate_hypergeometric(sizes, k, size=draws)
        return cls(np.sort((sample * (sample - 1)).sum(axis=1)), np.sort((sample > 0).sum(axis=1)))

    def of_pairs(self, observed: int) -> float:
        """Return p for a spread at least as large: P* falls as pairs in one section rise, and whole numbers compare exactly."""
        return (1 + int(np.searchsorted(self.pairs, observed, side="right"))) / (1 + self.pairs.size)

    def of_sections(self, observed: int) -> float:
        """Return p for at least as many sections."""
        return (1 + self.sections.size - int(np.searchsorted(self.sections, observed, side="left"))) / (1 + self.sections.size)


def expect_sections(sizes: Whole, k: int) -> float:
    r"""Return the expected number of sections that k random tasks reach, :math:`\sum_s 1 - \binom{M - m_s}{k} / \binom{M}{k}`.

    Examples
    --------
    Two of four tasks in two sections of two: 2 · (1 − 1/6).

    >>> import numpy as np
    >>> round(expect_sections(np.array([2, 2]), 2), 6)
    1.666667
    """
    total = int(sizes.sum())
    missed = [np.exp(_log_choose(total - size, k) - _log_choose(total, k)) if total - size >= k else 0.0 for size in sizes.tolist() if size]
    return float(sum(1 - chance for chance in missed))


def adjust_benjamini_hochberg(p: Reals) -> Reals:
    """Return the Benjamini–Hochberg adjusted values of some p.

    Examples
    --------
    >>> import numpy as np
    >>> adjust_benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * p.size / np.arange(1, p.size + 1)
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
