"""Agency × section: where the tasks of each agency lie, for heat maps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from kg.measures.counts import count_by_section
from kg.measures.networks import build_network
from kg.measures.options import LoadOptions
from kg.measures.scope import build_scope

#: The columns of :func:`count_agency_sections`.
SECTION_COUNTS_SCHEMA = pl.Schema(
    {
        "agency_key": pl.String(),
        "label": pl.String(),
        "section_id": pl.String(),
        "section_label": pl.String(),
        "section_title": pl.String(),
        "section_tasks": pl.Int64(),
        "tasks": pl.Int64(),
    }
)


def count_agency_sections(tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None) -> pl.DataFrame:
    """Count the tasks of each agency in each section, in the layer of the options.

    Parameters
    ----------
    tables, options
        As in :func:`kg.measures.compute_load`.

    Returns
    -------
    polars.DataFrame
        Columns of :data:`SECTION_COUNTS_SCHEMA`, a row for each agency and section with at least one task, groups included; agencies by
        key, sections in the order of the page. ``section_tasks`` is m_s, the section's tasks that name somebody in the layer. For tasks
        that stand under no heading ``section_id`` is the plan (or part) and the label empty.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> count_agency_sections(empty_tables()).height
    0
    """
    options = options or LoadOptions()
    scope = build_scope(tables, options)
    network = build_network(scope, options.layer, options.weights, options.collectives)
    counts = count_by_section(network.named, network.sections)
    rows, columns = np.nonzero(counts)
    named = np.bincount(network.named.indices, minlength=network.named.shape[1]) > 0
    sizes = np.bincount(network.sections[named], minlength=counts.shape[1])
    frame = scope.agencies[rows.tolist()].select("agency_key", "label")
    frame = frame.with_columns(
        pl.Series("section_id", [scope.section_ids[column] for column in columns.tolist()], dtype=pl.String),
        pl.Series("section_tasks", sizes[columns], dtype=pl.Int64),
        pl.Series("tasks", counts[rows, columns], dtype=pl.Int64),
    )
    titles = tables["sections"].select("section_id", section_label="label", section_title="title")
    plans = tables["plans"].select(section_id="plan_id", section_label=pl.lit("", dtype=pl.String), section_title="title")
    named_sections = pl.concat([titles, plans])
    return frame.join(named_sections, on="section_id", how="left", maintain_order="left").select(list(SECTION_COUNTS_SCHEMA))
