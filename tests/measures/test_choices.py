"""How the ranks hang on the conventions."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from kg.measures import (
    WEIGHT_CONVENTIONS,
    Collectives,
    LoadOptions,
    Names,
    compute_choices,
    compute_load,
    summarise_choices,
)
from kg.model import CollectiveKind
from kg.tables import Tables
from tests.measures.factories import make_load_tables, make_wide_lines


def make_tables_with_everything() -> Tables:
    lines = [(path, f"{parties} g:responsible" if number % 3 else parties) for number, (path, parties) in enumerate(make_wide_lines())]
    return make_load_tables(
        {"p": lines},
        groups={"g": CollectiveKind.CLOSED},
        members={"g": ["a00", "m1"]},
        reorganisations=[("a03", "a04", date(2018, 11, 1), "merger"), ("m1", "m2", date(2018, 11, 1), "succession")],
    )


def test_every_ranking_is_the_one_of_compute_load() -> None:
    tables = make_tables_with_everything()
    choices = compute_choices(tables)
    assert choices.select("role_weights", "collectives", "section_level", "names").unique().height == 48
    for names in Names:
        for collectives in Collectives:
            for convention in ("1:1", "5:1"):
                options = LoadOptions(names=names, collectives=collectives, section_level=2, weights=WEIGHT_CONVENTIONS[convention])
                load = compute_load(tables, options).filter(pl.col("rank").is_not_null())
                mine = choices.filter(names=str(names), collectives=str(collectives), section_level=2, role_weights=convention)
                assert dict(mine.select("counted_as", "rank").iter_rows()) == dict(load.select("agency_key", "rank").iter_rows())


def test_successors_are_reported_under_the_names_of_the_day() -> None:
    choices = compute_choices(make_tables_with_everything())
    merged = choices.filter((pl.col("agency_key") == "a03") & (pl.col("names") == "successor"))
    assert merged["counted_as"].unique().to_list() == ["a04"]
    other = choices.filter((pl.col("agency_key") == "a04") & (pl.col("names") == "successor"))
    assert merged["rank"].to_list() == other["rank"].to_list()
    member = choices.filter(pl.col("agency_key") == "m1")
    assert set(member["collectives"]) == {"expand"}
    assert member.group_by("names").agg(pl.col("counted_as").unique().first()).sort("names").rows() == [("day", "m1"), ("successor", "m2")]
    assert set(choices.filter(pl.col("agency_key") == "g")["collectives"]) == {"node"}
    assert "m2" not in choices["agency_key"].to_list()


def test_summary_by_hand() -> None:
    rows = [
        ("a", "A", "1:1", "drop", 1, "day", "a", 2.0, 3),
        ("a", "A", "2:1", "drop", 1, "day", "a", 2.5, 1),
        ("a", "A", "3:1", "drop", 1, "day", "a", 2.6, 1),
        ("b", "B", "1:1", "drop", 1, "day", "b", 3.0, 1),
    ]
    summary = summarise_choices(pl.DataFrame(rows, schema=compute_choices(make_load_tables({"p": [("1", "a:lead")]})).schema, orient="row"))
    assert summary.rows() == [
        ("b", "B", *(1, "role weights 1:1, collectives drop, section level 1, names day") * 2, 1),
        (
            *("a", "A", 1, "role weights 2:1, collectives drop, section level 1, names day"),
            *(3, "role weights 1:1, collectives drop, section level 1, names day", 3),
        ),
    ]


@pytest.mark.parametrize("agency", ["a00", "a05", "a11"])
def test_summary_agrees_with_the_choices(agency: str) -> None:
    choices = compute_choices(make_tables_with_everything())
    mine = choices.filter(pl.col("agency_key") == agency)
    row = summarise_choices(choices).row(by_predicate=pl.col("agency_key") == agency, named=True)
    assert (row["best_rank"], row["worst_rank"], row["choices"]) == (mine["rank"].min(), mine["rank"].max(), 48)
