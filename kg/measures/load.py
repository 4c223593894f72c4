"""All measures of all agencies, as one table: what ``load.csv`` and every report are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kg.measures.betweenness import compute_betweenness
from kg.measures.coordination import compute_coordination_load
from kg.measures.counts import COUNTED, count_by_section, count_roles, count_sections, count_tasks
from kg.measures.crosscutting import compute_cross_cutting_load
from kg.measures.fractional import compute_fractional_load
from kg.measures.labels import tell_labels_apart
from kg.measures.networks import Network, build_network, project
from kg.measures.options import (
    GREY_BELOW_TASKS,
    SMALL_BELOW_AGENCIES,
    SMALL_BELOW_TASKS,
    WEIGHT_CONVENTIONS,
    Layer,
    LoadOptions,
)
from kg.measures.ranking import rank_descending
from kg.measures.removal import compute_removal
from kg.measures.scope import Scope, build_scope
from kg.measures.spread import compute_plan_spread, compute_relative_spread, compute_spread
from kg.measures.structural_holes import compute_constraint, compute_effective_size
from kg.model import CollectiveKind

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.str_]

#: Columns for the other conventions of lead : responsible, which show how much hangs on 2 : 1.
_WEIGHT_COLUMNS: Mapping[str, str] = {f"fractional_load_{name.replace(':', '_')}": name for name in WEIGHT_CONVENTIONS if name != "2:1"}

#: The columns of :func:`compute_load`, in their order.
LOAD_SCHEMA = pl.Schema(
    {
        "layer": pl.String(),
        "rank": pl.Int64(),
        "agency_key": pl.String(),
        "label": pl.String(),
        "kind": pl.String(),
        "collective": pl.String(),
        "tasks": pl.Int64(),
        **{column: pl.Int64() for column in COUNTED},
        "sections": pl.Int64(),
        "fractional_load": pl.Float64(),
        **{column: pl.Float64() for column in _WEIGHT_COLUMNS},
        "coordination_load": pl.Int64(),
        "spread": pl.Float64(),
        "relative_spread": pl.Float64(),
        "cross_cutting_load": pl.Float64(),
        "betweenness": pl.Float64(),
        "constraint": pl.Float64(),
        "effective_size": pl.Float64(),
        "tasks_without_lead": pl.Int64(),
        "sections_without_lead": pl.Int64(),
        "grey": pl.Boolean(),
        "small_plan": pl.Boolean(),
    }
)

#: Columns that stay empty for a small plan.
MEASURE_COLUMNS: tuple[str, ...] = (
    "fractional_load",
    *_WEIGHT_COLUMNS,
    "coordination_load",
    "spread",
    "relative_spread",
    "cross_cutting_load",
    "betweenness",
    "constraint",
    "effective_size",
    "tasks_without_lead",
    "sections_without_lead",
)


@dataclass(frozen=True, slots=True)
class Core:
    """What the headline is made of, one number an agency: F, k_s, P*, D and F · P*."""

    fractional: Reals
    by_section: NDArray[np.int64]
    spread: Reals
    plan_spread: float
    cross_cutting: Reals


def compute_core(network: Network) -> Core:
    """Compute measures 2, 4 and 6 of a network."""
    fractional = compute_fractional_load(network)
    by_section = count_by_section(network.weights, network.sections)
    spread = np.where(network.ranked, compute_spread(by_section), np.nan)
    sizes = np.bincount(network.sections[network.used], minlength=by_section.shape[1])
    return Core(fractional, by_section, spread, compute_plan_spread(sizes), compute_cross_cutting_load(fractional, spread))


def is_small(scope: Scope, options: LoadOptions) -> bool:
    """Tell whether there is too little for measures.

    That is: below 30 tasks that name somebody, or below 10 parties that rank, in both layers together.
    """
    both = build_network(scope, Layer.BOTH, options.weights, options.collectives)
    present = (count_tasks(both) > 0) & both.ranked
    return int(both.used.sum()) < SMALL_BELOW_TASKS or int(present.sum()) < SMALL_BELOW_AGENCIES


def compute_load(tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None) -> pl.DataFrame:
    r"""Compute measures 1 to 9 for one layer.

    The headline is cross-cutting load, :math:`F_a \cdot P^*_a` (fractional load times spread over the sections).

    Parameters
    ----------
    tables
        The tables of one or more plans.
    options
        Layer, section level, names, groups, role weights and scope; by default both layers of all plans, top sections, groups dropped.

    Returns
    -------
    polars.DataFrame
        Columns of :data:`LOAD_SCHEMA`; one row for each party that an assignment in scope names, in whatever role. Sorted by rank, then
        tasks (most first), then key; equal cross-cutting loads share a rank. Groups stand at the end without rank unless asked for; so do
        agencies without a task in the layer. A measure that is not defined is null (see the module of each). ``grey``: below 5 tasks in
        the layer. ``small_plan``: below 30 tasks or 10 agencies in scope there are counts only.

    Raises
    ------
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.

    Notes
    -----
    Traps: a plan shows *assigned*, not *done*, load. ``coordination_load`` and the two columns of removal are the same for every layer. Not
    related to ``networkx.load_centrality``.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> compute_load(empty_tables()).columns[:4]
    ['layer', 'rank', 'agency_key', 'label']
    """
    options = options or LoadOptions()
    scope = build_scope(tables, options)
    return _compute_layer(scope, options, small=is_small(scope, options))


def compute_layers(tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None) -> pl.DataFrame:
    """Compute measures 1 to 9 for the lead layer, the responsible layer and both, one below the other: the content of ``load.csv``.

    Parameters
    ----------
    tables, options
        As in :func:`compute_load`; the layer of the options is not looked at.

    Returns
    -------
    polars.DataFrame
        Three tables as :func:`compute_load` makes them; the column ``layer`` tells them apart.

    Raises
    ------
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> compute_layers(empty_tables()).schema == LOAD_SCHEMA
    True
    """
    options = options or LoadOptions()
    scope = build_scope(tables, options)
    small = is_small(scope, options)
    return pl.concat([_compute_layer(scope, replace(options, layer=layer), small=small) for layer in Layer])


def _compute_layer(scope: Scope, options: LoadOptions, *, small: bool) -> pl.DataFrame:
    network = build_network(scope, options.layer, options.weights, options.collectives)
    tasks = count_tasks(network)
    columns: dict[str, Reals | Whole | Flags | Words] = {
        "layer": np.full(tasks.size, str(options.layer)),
        "tasks": tasks,
        **count_roles(scope),
        "sections": count_sections(count_by_section(network.named, network.sections)),
        "grey": tasks < GREY_BELOW_TASKS,
        "small_plan": np.full(tasks.size, small),
        **({} if small else _measure(scope, network, options)),
    }
    frame = scope.agencies.with_columns(
        pl.Series(name, columns.get(name, np.full(tasks.size, np.nan)), dtype=dtype, nan_to_null=True)
        for name, dtype in LOAD_SCHEMA.items()
        if name not in scope.agencies.columns
    )
    return _add_ranks(frame, network.ranked & (tasks > 0) & (not small)).select(list(LOAD_SCHEMA))


def _measure(scope: Scope, network: Network, options: LoadOptions) -> dict[str, Reals | Whole]:
    core = compute_core(network)
    lead = build_network(scope, Layer.LEAD, options.weights, options.collectives)
    both = build_network(scope, Layer.BOTH, options.weights, options.collectives)
    tasks_lost, sections_lost = compute_removal(lead)
    incidence = network.cut_ranked()
    projection = project(incidence)
    return {
        "fractional_load": core.fractional,
        **{
            column: compute_fractional_load(build_network(scope, options.layer, WEIGHT_CONVENTIONS[name], options.collectives))
            for column, name in _WEIGHT_COLUMNS.items()
        },
        "coordination_load": compute_coordination_load(lead, both),
        "spread": core.spread,
        "relative_spread": compute_relative_spread(core.spread, core.plan_spread),
        "cross_cutting_load": np.where(network.ranked, core.cross_cutting, np.nan),
        "betweenness": _fill(compute_betweenness(incidence), network.ranked),
        "constraint": _fill(compute_constraint(projection), network.ranked),
        "effective_size": _fill(compute_effective_size(projection), network.ranked),
        "tasks_without_lead": tasks_lost,
        "sections_without_lead": sections_lost,
    }


def _fill(values: Reals, ranked: NDArray[np.bool_]) -> Reals:
    filled = np.full(ranked.size, np.nan)
    filled[ranked] = values
    return filled


def _add_ranks(frame: pl.DataFrame, ranked: NDArray[np.bool_]) -> pl.DataFrame:
    ranks: list[int | None] = [None] * frame.height
    places = np.flatnonzero(ranked)
    values = frame["cross_cutting_load"].to_numpy()[places]
    for place, rank in zip(places.tolist(), rank_descending(values).tolist(), strict=True):
        ranks[place] = rank
    # Agencies before groups among the rows without a rank.
    frame = frame.with_columns(pl.Series("rank", ranks, dtype=pl.Int64), pl.Series("last", frame["collective"] != CollectiveKind.NONE))
    return frame.sort("rank", "last", "tasks", "agency_key", descending=[False, False, True, False], nulls_last=[True, False, False, False])


def rank_cross_cutting(tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None, *, top: int = 5) -> pl.DataFrame:
    """Return the agencies with the most cross-cutting load.

    Parameters
    ----------
    tables, options
        As in :func:`compute_load`.
    top
        How many ranks; agencies that share the last one are all returned.

    Returns
    -------
    polars.DataFrame
        Columns ``rank``, ``agency_key``, ``label``, ``tasks``, ``sections``, ``fractional_load``, ``spread``, ``cross_cutting_load``;
        empty for a small plan. Only agencies whose cross-cutting load is above 0, with labels that tell them apart.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> rank_cross_cutting(empty_tables()).height
    0
    """
    load = compute_load(tell_labels_apart(tables, options), options)
    chosen = load.filter((pl.col("rank") <= top) & (pl.col("cross_cutting_load") > 0))
    return chosen.select("rank", "agency_key", "label", "tasks", "sections", "fractional_load", "spread", "cross_cutting_load")
