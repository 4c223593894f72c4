"""The tables of a report: the same rows for the page's annex, Markdown and the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from kg.measures import Layer
from kg.model import CollectiveKind
from kg.reports.results import Results
from kg.reports.words import Words

Cell = str | int | float | None

#: Decimals of columns that need other than two.
DIGITS = {"betweenness": 3, "p_spread": 3, "q_spread": 3}
_ROLES = ("led", "responsible", "participating", "cooperating", "supervised")
_MEASURES = (
    "sections",
    "fractional_load",
    "spread",
    "relative_spread",
    "cross_cutting_load",
    "coordination_load",
    "betweenness",
    "constraint",
    "effective_size",
    "tasks_without_lead",
    "sections_without_lead",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: ``keys`` name the columns for the code, ``headings`` for the reader; cells are in the columns' order.

    ``grey`` are the rows, from 0, of agencies with too few tasks for their measures to say much.
    """

    title: str
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    grey: frozenset[int] = frozenset()


def make_load_sheet(results: Results, words: Words, layer: Layer) -> Sheet:
    """Return all agencies and collectives of a layer with counts and, unless the plan is small, all measures."""
    load = results.load.filter(pl.col("layer") == str(layer))
    # Roles that nobody has in this plan would be columns of noughts.
    roles = [role for role in _ROLES if load[role].sum()]
    keys = ["label", "tasks", *roles, "sections"] if results.small else ["rank", "label", "tasks", *roles, *_MEASURES]
    mark = words.say("collective.mark")
    named = load.with_columns(
        label=pl.when(pl.col("collective") == CollectiveKind.NONE).then("label").otherwise(pl.format("{} [{}]", "label", pl.lit(mark)))
    )
    title = words.say("annex.layer", layer=words.say(f"layer.{layer}"))
    return _make(title, named, keys, words, frozenset() if results.small else frozenset(load.filter("grey")["agency_key"]))


def make_section_sheet(results: Results, words: Words) -> Sheet:
    """Return agency × section, agencies as ranked, collectives last, sections in the order of the page."""
    sections = list_sections(results)
    cells = {(row["agency_key"], row["section_id"]): row["tasks"] for row in results.section_counts.iter_rows(named=True)}
    agencies = results.chosen.filter(pl.col("tasks") > 0).select("agency_key", "label", "tasks").iter_rows()
    headings = (words.say("column.label"), *(title for _, title in sections), words.say("column.tasks"))
    rows = tuple((label, *(cells.get((key, section)) for section, _ in sections), tasks) for key, label, tasks in agencies)
    return Sheet(words.say("heat.heading"), ("label", *(section for section, _ in sections), "tasks"), headings, rows)


def list_sections_above(results: Results, sections: Sequence[str]) -> list[tuple[str, int]]:
    """Return the titles above neighbouring sections, each with how many it covers: of the section above, or of the plan."""
    above = dict(results.section_counts.select("section_id", pl.col("above").fill_null("")).iter_rows())
    spans: list[tuple[str, int]] = []
    for title in (above[section] for section in sections):
        if spans and spans[-1][0] == title:
            spans[-1] = (title, spans[-1][1] + 1)
        else:
            spans.append((title, 1))
    return spans


def list_sections(results: Results) -> list[tuple[str, str]]:
    """Return (id, label and title) of the sections that are counted, in the order of the page."""
    counts = results.section_counts.select("section_id", "section_label", "section_title", "section_order").unique("section_id")
    return [
        (section, f"{label or ''}{title or ''}" or section)
        for section, label, title, _ in counts.sort("section_order", "section_id").iter_rows()
    ]


def make_gap_sheet(results: Results, words: Words) -> Sheet:
    """Return every gap with its task and sentence."""
    gaps = _name_gaps(results, words)
    plan = ["plan"] if results.plans.height > 1 else []
    return _make(words.say("gaps.heading"), gaps, ["kind", *plan, "task", "label", "words", "sentence"], words)


def make_gap_sheets(results: Results, words: Words) -> list[Sheet]:
    """Return a table for each kind of gap that occurs, without the columns that are empty in it."""
    gaps = _name_gaps(results, words)
    keys = [*(["plan"] if results.plans.height > 1 else []), "task", "label", "words", "sentence"]
    made = []
    for (kind,), rows in gaps.group_by(["kind"], maintain_order=True):
        filled = [key for key in keys if rows[key].fill_null("").str.len_chars().sum()]
        made.append(_make(str(kind), rows, filled, words))
    return made


def _name_gaps(results: Results, words: Words) -> pl.DataFrame:
    kinds = {kind: words.say(f"gap.{kind}") for kind in results.gaps["kind"].unique()}
    titles = dict(results.plans.select("plan_id", "title").iter_rows())
    return results.gaps.with_columns(
        kind=pl.col("kind").replace_strict(kinds, default=pl.col("kind"), return_dtype=pl.String),
        plan=pl.col("plan_id").replace_strict(titles, default=pl.col("plan_id"), return_dtype=pl.String),
        task=pl.col("number"),
    )


def make_null_sheet(results: Results, words: Words) -> Sheet:
    """Return spread against tasks dealt at random, the agencies with most tasks first."""
    rows = results.null_model.sort("tasks", "agency_key", descending=[True, False])
    keys = ["label", "tasks", "sections", "spread", "expected_spread", "p_spread", "q_spread"]
    return _make(words.say("uncertainty.null"), rows, keys, words, results.grey)


def make_rank_sheet(results: Results, words: Words) -> Sheet:
    """Return the ranks over resamples and over conventions."""
    choices = results.choices.select("agency_key", "best_rank", "worst_rank")
    rows = results.stability.join(choices, on="agency_key", how="left", maintain_order="left")
    keys = ["rank", "label", "cross_cutting_load", "rank_low", "rank_high", "top_share", "best_rank", "worst_rank"]
    return _make(words.say("ranking.heading"), rows, keys, words, results.grey)


def make_plan_sheet(results: Results, words: Words) -> Sheet:
    """Return the plans that were counted."""
    rows = results.plans.select(
        pl.coalesce(pl.col("title").replace("", None), "plan_id").alias("plan"),
        "issuer",
        "document_number",
        pl.col("issued").cast(pl.String),
    )
    return _make(words.say("plans.heading"), rows, rows.columns, words)


def _make(title: str, frame: pl.DataFrame, keys: Sequence[str], words: Words, grey: frozenset[str] = frozenset()) -> Sheet:
    rows = tuple(frame.select(keys).iter_rows())
    pale = frozenset(place for place, key in enumerate(frame["agency_key"]) if key in grey) if grey else frozenset()
    return Sheet(title, tuple(keys), tuple(words.say(f"column.{key}") for key in keys), rows, pale)
