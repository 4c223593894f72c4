"""Uncertainty, third kind: how far an agency's rank hangs on choices that could have been made otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from kg.measures.counts import count_tasks
from kg.measures.load import compute_core, is_small
from kg.measures.networks import build_network
from kg.measures.options import WEIGHT_CONVENTIONS, Collectives, Layer, LoadOptions, Names
from kg.measures.ranking import rank_descending
from kg.measures.scope import Scope, build_scope, list_successors, set_section_level

#: The columns of :func:`compute_choices`.
CHOICES_SCHEMA = pl.Schema(
    {
        "agency_key": pl.String(),
        "label": pl.String(),
        "role_weights": pl.String(),
        "collectives": pl.String(),
        "section_level": pl.Int64(),
        "names": pl.String(),
        "counted_as": pl.String(),
        "cross_cutting_load": pl.Float64(),
        "rank": pl.Int64(),
    }
)

#: The columns of :func:`summarise_choices`.
RANGE_SCHEMA = pl.Schema(
    {
        "agency_key": pl.String(),
        "label": pl.String(),
        "best_rank": pl.Int64(),
        "best_choice": pl.String(),
        "worst_rank": pl.Int64(),
        "worst_choice": pl.String(),
        "choices": pl.Int64(),
    }
)


def compute_choices(tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None) -> pl.DataFrame:
    """Rank the agencies by cross-cutting load under every combination of the conventions.

    Four role weights (1:1, 2:1, 3:1, 5:1) × groups dropped, as one node, or expanded × section level 1 or 2 × names of the day or of the
    successor: 48 rankings of one layer.

    Parameters
    ----------
    tables
        The tables of one or more plans.
    options
        Layer and scope; its other fields are what is varied.

    Returns
    -------
    polars.DataFrame
        Columns of :data:`CHOICES_SCHEMA`; one row for each agency *of the plan's day* and ranking in which it has a rank. ``counted_as``
        is the body it is counted under (its successor where names are the successor's). Sorted by agency and choice; empty for a small
        plan.

    Raises
    ------
    TableError
        As :func:`kg.measures.compute_load`.

    Notes
    -----
    Traps: ranks of different choices count different fields; with groups expanded, sixteen equal districts push all who stand below them
    down by sixteen. Group members that no task names themselves have rows only there.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> compute_choices(empty_tables()).height
    0
    """
    options = options or LoadOptions()
    if is_small(build_scope(tables, options), options):
        return pl.DataFrame(schema=CHOICES_SCHEMA)
    frames = [_rank_names(tables, options, names) for names in Names]
    labels = tables["agencies"].select("agency_key", "label")
    return pl.concat(frames).join(labels, on="agency_key", how="left").select(list(CHOICES_SCHEMA)).sort(_CHOICE_ORDER)


# 48 rankings of some dozen agencies: plain rows cost less than so many small frames.
_Row = tuple[str, str, str, int, float, int]
_ROW_COLUMNS = ("counted_as", "role_weights", "collectives", "section_level", "cross_cutting_load", "rank")

_CHOICE_ORDER = ["agency_key", "names", "collectives", "section_level", "role_weights"]


def summarise_choices(choices: pl.DataFrame) -> pl.DataFrame:
    """Return the best and the worst rank of each agency.

    Parameters
    ----------
    choices
        What :func:`compute_choices` returns.

    Returns
    -------
    polars.DataFrame
        Columns of :data:`RANGE_SCHEMA`, sorted by best rank, worst rank and key. ``best_choice`` and ``worst_choice`` name the first
        choice, in the order of the rows, that gives the rank; ``choices`` is the number of rankings in which the agency has a rank.

    Examples
    --------
    >>> summarise_choices(pl.DataFrame(schema=CHOICES_SCHEMA)).columns
    ['agency_key', 'label', 'best_rank', 'best_choice', 'worst_rank', 'worst_choice', 'choices']
    """
    name = pl.format("role weights {}, collectives {}, section level {}, names {}", "role_weights", "collectives", "section_level", "names")
    rows = choices.sort(_CHOICE_ORDER).with_columns(choice=name)
    best, worst = pl.col("rank").min(), pl.col("rank").max()
    grouped = rows.group_by("agency_key", "label", maintain_order=True).agg(
        best_rank=best,
        best_choice=pl.col("choice").filter(pl.col("rank") == best).first(),
        worst_rank=worst,
        worst_choice=pl.col("choice").filter(pl.col("rank") == worst).first(),
        choices=pl.len().cast(pl.Int64),
    )
    return grouped.select(list(RANGE_SCHEMA)).sort("best_rank", "worst_rank", "agency_key")


def _rank_names(tables: Mapping[str, pl.DataFrame], options: LoadOptions, names: Names) -> pl.DataFrame:
    """Return all rankings with one kind of names."""
    rows: list[_Row] = []
    scopes = {
        expand: build_scope(tables, replace(options, names=names, collectives=Collectives.EXPAND if expand else Collectives.DROP))
        for expand in (False, True)
    }
    for collectives in Collectives:
        whole = scopes[collectives is Collectives.EXPAND]
        for level in (1, 2):
            scope = set_section_level(whole, tables, level)
            for convention in WEIGHT_CONVENTIONS:
                rows += _rank(scope, options.layer, collectives, level, convention)
    ranked = pl.DataFrame(rows, schema={column: CHOICES_SCHEMA[column] for column in _ROW_COLUMNS}, orient="row").with_columns(
        names=pl.lit(str(names))
    )
    if names is Names.DAY:
        ranked = ranked.with_columns(agency_key=pl.col("counted_as"))
    else:
        ranked = ranked.join(list_successors(tables, options), on="counted_as")
    return ranked.select([column for column in CHOICES_SCHEMA if column != "label"])


def _rank(scope: Scope, layer: Layer, collectives: Collectives, level: int, convention: str) -> list[_Row]:
    network = build_network(scope, layer, WEIGHT_CONVENTIONS[convention], collectives)
    ranked = np.flatnonzero(network.ranked & (count_tasks(network) > 0))
    values = compute_core(network).cross_cutting[ranked]
    keys = scope.agencies["agency_key"].to_list()
    entries = zip(ranked.tolist(), values.tolist(), rank_descending(values).tolist(), strict=True)
    return [(keys[row], convention, str(collectives), level, value, rank) for row, value, rank in entries]
