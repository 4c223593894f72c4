"""Everything a report says, collected once; the formats only dress it.

No number is computed here that :mod:`kg.measures` computes; this module calls it, keeps its frames, and counts rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from kg.measures import (
    Layer,
    LoadOptions,
    compute_choices,
    compute_layers,
    compute_null_model,
    compute_stability,
    count_agency_sections,
    find_gaps,
    summarise_choices,
    tell_labels_apart,
)
from kg.measures.scope import select_scope_plans
from kg.model import CollectiveKind, Role

#: With more sections than this at level 2, the heat map shows level 1.
MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Results:
    """What a report is made of.

    ``load`` holds all three layers, ``chosen`` the layer of the options; ``section_counts`` is agency × section at ``section_level``;
    ``top_sections`` is the number of sections at the level of the options; ``counts`` are plain numbers by the keys of the message
    catalogue's ``counts``. ``small`` says that there are counts and gaps only.
    """

    options: LoadOptions
    plans: pl.DataFrame
    counts: Mapping[str, int]
    load: pl.DataFrame
    chosen: pl.DataFrame
    stability: pl.DataFrame
    null_model: pl.DataFrame
    choices: pl.DataFrame
    gaps: pl.DataFrame
    section_counts: pl.DataFrame
    section_level: int
    top_sections: int
    small: bool

    @property
    def grey(self) -> frozenset[str]:
        """Keys of the agencies that have too few tasks in the layer of the options for their measures to say much."""
        return frozenset(self.chosen.filter("grey")["agency_key"])

    @property
    def ranked(self) -> pl.DataFrame:
        """Who ranks, the most loaded first; in a small plan every agency with tasks, those with most first."""
        if self.small:
            return self.chosen.filter((pl.col("tasks") > 0) & (pl.col("collective") == CollectiveKind.NONE))
        return self.chosen.filter(pl.col("rank").is_not_null())


def collect_results(tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None) -> Results:
    """Measure `tables` and keep what a report needs.

    Raises
    ------
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.
    """
    options = options or LoadOptions(layer=Layer.BOTH)
    tables = tell_labels_apart(tables, options)
    plans = select_scope_plans(tables["plans"], options)
    load = compute_layers(tables, options)
    chosen = load.filter(pl.col("layer") == str(options.layer))
    gaps = find_gaps(tables, options)
    level, section_counts = _count_sections(tables, options)
    return Results(
        options=options,
        plans=plans.drop("text"),
        counts=_count(tables, plans, chosen, gaps),
        load=load,
        chosen=chosen,
        stability=compute_stability(tables, options),
        null_model=compute_null_model(tables, options),
        choices=summarise_choices(compute_choices(tables, options)),
        gaps=gaps,
        section_counts=section_counts,
        section_level=level,
        top_sections=count_agency_sections(tables, options)["section_id"].n_unique(),
        small=bool(load["small_plan"].any()) or not load.height,
    )


def _count_sections(tables: Mapping[str, pl.DataFrame], options: LoadOptions) -> tuple[int, pl.DataFrame]:
    """Return the level of the heat map and its counts, with the place of each section on the page and the title of the one above it."""
    level, counts = 2, count_agency_sections(tables, replace(options, section_level=2))
    if counts["section_id"].n_unique() > MOST_COLUMNS:
        level, counts = 1, count_agency_sections(tables, replace(options, section_level=1))
    sections = tables["sections"]
    titles = pl.concat(
        [
            sections.select("section_id", above=pl.col("label") + pl.col("title")),
            tables["plans"].select(section_id="plan_id", above="title"),
        ]
    )
    places = sections.select("section_id", "parent_id").with_row_index("section_order", offset=1)
    placed = counts.join(places, on="section_id", how="left", maintain_order="left")
    placed = placed.join(titles, left_on="parent_id", right_on="section_id", how="left", maintain_order="left").drop("parent_id")
    # Tasks under no heading stand before the first section.
    return level, placed.with_columns(pl.col("section_order").cast(pl.Int64).fill_null(0))


def _count(tables: Mapping[str, pl.DataFrame], plans: pl.DataFrame, chosen: pl.DataFrame, gaps: pl.DataFrame) -> dict[str, int]:
    in_scope = pl.col("plan_id").is_in(plans["plan_id"].to_list())
    assignments = tables["assignments"].filter(in_scope)
    leads = assignments.filter(pl.col("role").is_in([Role.LEAD, Role.JOINT_LEAD]))
    tasks = tables["tasks"].filter(in_scope)
    single = (chosen["collective"] == CollectiveKind.NONE).sum()
    return {
        "plans": plans.height,
        "sections": tables["sections"].filter(in_scope).height,
        "tasks": tasks.height,
        "agencies": int(single),
        "collectives": chosen.height - int(single),
        "assignments": assignments.height,
        "leads": leads.height,
        "no-lead": tasks.height - leads["task_id"].n_unique(),
        "gaps": gaps.height,
    }
