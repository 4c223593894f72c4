"""Stability of the ranks when tasks are drawn anew."""

from __future__ import annotations

import polars as pl
import pytest

from kg.measures import Collectives, LoadOptions, compute_load, compute_stability
from kg.model import CollectiveKind
from tests.measures.factories import make_load_tables, make_sample_tables, make_wide_lines


def test_one_task_a_section_leaves_no_choice() -> None:
    # Each section can only be replaced by itself: every resample is the plan.
    lines = [(str(number + 1), f"a{number * (number + 3) % 11:02d}:lead b{number % 4}:responsible") for number in range(36)]
    tables = make_load_tables({"p": lines})
    table = compute_stability(tables, resamples=50)
    assert table["rank_low"].to_list() == table["rank"].to_list() == table["rank_high"].to_list()
    load = compute_load(tables)
    assert table.select("agency_key", "rank").sort("agency_key").rows() == (
        load.filter(pl.col("rank").is_not_null()).select("agency_key", "rank").sort("agency_key").rows()
    )
    crossing = (table["rank"] <= 5) & (table["cross_cutting_load"] > 0)
    assert table["top_share"].to_list() == [float(first) for first in crossing]


def test_sample_plan() -> None:
    table = compute_stability(make_sample_tables())
    first = table.row(0, named=True)
    assert (first["label"], first["rank_low"], first["top_share"]) == ("市政府办公厅", 1, 1.0)
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank_high"] >= table["rank"]).all()
    # Agencies with one task mostly stay without cross-cutting load, and then they are not among the first.
    assert table.filter(pl.col("label") == "市交通委")["top_share"].item() == 0.0
    assert table.equals(compute_stability(make_sample_tables()))
    assert not table.equals(compute_stability(make_sample_tables(), seed=1))


def test_to_lose_all_load_is_no_gain_in_rank() -> None:
    """Agencies with one task in each of two sections: most resamples leave some without load, and none ranks better for that."""
    big = [(f"{section}", f"big{task % 2}:lead") for section in (1, 2) for task in range(12)]
    thin = [(f"{section}", f"thin{number}:lead") for number in range(10) for section in (1, 2)]
    idle = [("1", "idle:lead")]
    table = compute_stability(make_load_tables({"p": big + thin + idle}))
    rows = {row["agency_key"]: row for row in table.iter_rows(named=True)}
    assert {rows[f"thin{number}"]["rank"] for number in range(10)} == {3}
    # Each thin one loses one of its two tasks in most resamples and then stands where idle stands in the plan.
    assert {rows[f"thin{number}"]["rank_high"] for number in range(10)} == {13}
    assert (rows["idle"]["rank"], rows["idle"]["rank_low"], rows["idle"]["rank_high"]) == (13, 13, 13)
    assert rows["idle"]["top_share"] == 0.0
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank"] <= table["rank_high"]).all()


def test_groups_stand_only_where_they_rank() -> None:
    lines = [(path, f"{parties} g:responsible") for path, parties in make_wide_lines()]
    tables = make_load_tables({"p": lines}, groups={"g": CollectiveKind.OPEN})
    assert "g" not in compute_stability(tables, resamples=10)["agency_key"].to_list()
    node = compute_stability(tables, LoadOptions(collectives=Collectives.NODE), resamples=200)
    assert node.row(0, named=True)["agency_key"] == "g"
    assert node.row(0, named=True)["rank_high"] == 1


def test_mean_of_the_resamples_is_near_the_plan() -> None:
    """Against a plain loop: the shares of the top ranks of a slow bootstrap agree within sampling error."""
    import numpy as np

    from kg.measures.networks import build_network
    from kg.measures.options import Layer, RoleWeights
    from kg.measures.scope import build_scope

    tables = make_load_tables({"p": make_wide_lines()})
    network = build_network(build_scope(tables, LoadOptions()), Layer.BOTH, RoleWeights(), Collectives.DROP)
    weights = network.weights.toarray()
    shares = weights / weights.sum(axis=0)
    generator = np.random.Generator(np.random.PCG64(5))
    first = np.zeros(12)
    for _ in range(500):
        chosen = np.concatenate(
            [
                generator.choice(np.flatnonzero(network.sections == section), size=(network.sections == section).sum())
                for section in range(4)
            ]
        )
        load = shares[:, chosen].sum(axis=1)
        counts = np.array([(weights[:, chosen[network.sections[chosen] == section]] > 0).sum(axis=1) for section in range(4)]).T
        k = counts.sum(axis=1)
        value = load * (1 - (counts * (counts - 1)).sum(axis=1) / np.maximum(k * (k - 1), 1))
        first += np.round(value, 9) >= np.sort(np.round(value, 9))[-5]
    table = compute_stability(tables, resamples=4_000).sort("agency_key")
    assert table["top_share"].to_list() == pytest.approx((first / 500).tolist(), abs=0.1)
