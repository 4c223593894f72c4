"""Labels that tell agencies apart."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kg.measures import LoadOptions, Names, compute_load, tell_labels_apart
from tests.measures.factories import make_load_tables


def make_two_cities() -> Mapping[str, pl.DataFrame]:
    """Return plans of two cities; b, c and d are called the same, e stands in both."""
    tables = make_load_tables({"p": [("1", "a:lead b:responsible d:lead"), ("1", "e:lead")], "q": [("1", "c:lead e:lead x:lead")]})
    names = {"b": ("市改革委", "甲市改革委"), "c": ("市改革委", "乙市改革委"), "d": ("市改革委", "")}
    agencies = tables["agencies"].with_columns(
        label=pl.col("agency_key").replace_strict({key: label for key, (label, _) in names.items()}, default=pl.col("label")),
        full_name=pl.col("agency_key").replace_strict({key: full for key, (_, full) in names.items()}, default=pl.lit("")),
    )
    plans = tables["plans"].with_columns(place=pl.col("plan_id").replace_strict({"p": "甲市", "q": "乙市"}))
    return {**tables, "agencies": agencies, "plans": plans}


def label(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    return dict(tables["agencies"].select("agency_key", "label").iter_rows())


def test_a_shared_label_becomes_the_full_name_or_names_the_place() -> None:
    told = label(tell_labels_apart(make_two_cities()))
    assert told == {"a": "a", "b": "甲市改革委", "c": "乙市改革委", "d": "市改革委（甲市）", "e": "e", "x": "x"}


def test_only_agencies_in_scope_count() -> None:
    told = label(tell_labels_apart(make_two_cities(), LoadOptions(plans=("q",))))
    assert told["c"] == "市改革委"
    tables = make_two_cities()
    assert tell_labels_apart(tables, LoadOptions(plans=("q",))) is tables


def test_a_place_that_does_not_help_gives_way_to_the_key() -> None:
    tables = make_two_cities()
    plain = {**tables, "agencies": tables["agencies"].with_columns(full_name=pl.lit("市改革委"))}
    assert [label(tell_labels_apart(plain))[key] for key in "bcd"] == ["市改革委（甲市）", "市改革委（乙市）", "市改革委（d）"]
    nowhere = {**plain, "plans": plain["plans"].with_columns(place=pl.lit(""))}
    assert [label(tell_labels_apart(nowhere))[key] for key in "bcd"] == ["市改革委（b）", "市改革委（c）", "市改革委（d）"]


def test_successors_are_told_apart_where_they_are_counted() -> None:
    from datetime import date

    events = [("b", "s", date(2018, 1, 1), "merge"), ("c", "t", date(2018, 1, 1), "merge")]
    tables = make_load_tables({"p": [("1", "b:lead")], "q": [("1", "c:lead")]}, reorganisations=events)
    names = {"s": "甲市新局", "t": "乙市新局"}
    agencies = tables["agencies"].with_columns(
        full_name=pl.col("agency_key").replace_strict(names, default=pl.lit("")),
        label=pl.when(pl.col("agency_key").is_in(list(names))).then(pl.lit("市新局")).otherwise("label"),
    )
    options = LoadOptions(names=Names.SUCCESSOR)
    told = tell_labels_apart({**tables, "agencies": agencies}, options)
    assert sorted(compute_load(told, options)["label"]) == ["乙市新局", "甲市新局"]
    assert label(tell_labels_apart({**tables, "agencies": agencies}))["s"] == "市新局"
