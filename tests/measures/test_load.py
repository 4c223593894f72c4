"""compute_load against a plan computed by hand, and what holds for every plan.

The hand plan (drop: the group g takes no share where an agency is named):

    t1 §1  a lead, b and c responsible      shares 2/4, 1/4, 1/4
    t2 §1  a lead                           1
    t3 §2  a and b lead                     2/4, 2/4
    t4 §2  b responsible, c cooperates,     1/2, 1/2
           d supervises                     no share
    t5 §3  c lead, a responsible            2/3, 1/3
    t6 §3  g responsible                    1 (nobody else is named)
    t7 §1  b lead, g responsible            1, 0
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import TableError
from kg.measures import (
    LOAD_SCHEMA,
    MEASURE_COLUMNS,
    Collectives,
    Layer,
    LoadOptions,
    Names,
    RoleWeights,
    compute_choices,
    compute_layers,
    compute_load,
    compute_null_model,
    compute_stability,
    find_gaps,
    rank_cross_cutting,
    to_networkx,
)
from kg.model import CollectiveKind
from tests.measures.factories import ROOT, Line, make_load_tables, make_sample_tables, make_wide_lines
from tests.measures.hand import make_hand_tables


def get_row(frame: pl.DataFrame, key: str) -> dict[str, Any]:
    return frame.row(by_predicate=pl.col("agency_key") == key, named=True)


def test_hand_plan_both_layers() -> None:
    load = compute_load(make_hand_tables())
    a, b, c, d, g = (get_row(load, key) for key in "abcdg")
    assert [row["tasks"] for row in (a, b, c, d, g)] == [4, 4, 3, 0, 2]
    # F: a 1/2 + 1 + 1/2 + 1/3, b 1/4 + 1/2 + 1/2 + 1, c 1/4 + 1/2 + 2/3, g 1.
    assert [row["fractional_load"] for row in (a, b, c, d, g)] == pytest.approx([7 / 3, 9 / 4, 17 / 12, 0, 1], abs=1e-12)
    # P*: a lies 2 + 1 + 1: 1 − 2/12; b lies 2 + 2: 1 − 4/12; c lies 1 + 1 + 1: 1.
    assert [row["spread"] for row in (a, b, c)] == pytest.approx([5 / 6, 2 / 3, 1], abs=1e-12)
    # D: 3 + 2 + 2 + 24 of 31 tasks: 1 − (6 + 2 + 2 + 552)/930 = 368/930.
    assert a["relative_spread"] == pytest.approx(5 / 6 * 930 / 368, abs=1e-12)
    assert [row["cross_cutting_load"] for row in (a, b, c)] == pytest.approx([35 / 18, 3 / 2, 17 / 12], abs=1e-12)
    assert [row["rank"] for row in (a, b, c, d, g)] == [1, 2, 3, None, None]
    # a leads t1 with 2 partners, t2 with none, t3 with 1; b leads t3 with 1 and t7 alone; c leads t5 with 1.
    assert [row["coordination_load"] for row in (a, b, c, d, g)] == [3, 1, 1, 0, 0]
    # Sole leads: a of t1 and t2, b of t7, c of t5, the only led task of §3.
    assert [row["tasks_without_lead"] for row in (a, b, c, d, g)] == [2, 1, 1, 0, 0]
    assert [row["sections_without_lead"] for row in (a, b, c, d, g)] == [0, 0, 1, 0, 0]
    assert [row["sections"] for row in (a, b, c, d, g)] == [3, 2, 3, 0, 2]
    assert [(row["led"], row["responsible"], row["cooperating"], row["participating"], row["supervised"]) for row in (a, b, c, d, g)] == [
        (3, 1, 0, 0, 0),
        (2, 2, 0, 0, 0),
        (1, 1, 1, 0, 0),
        (0, 0, 0, 0, 1),
        (0, 2, 0, 0, 0),
    ]
    assert [row["grey"] for row in (a, b)] == [True, True]
    assert load["small_plan"].to_list() == [False] * load.height


def test_hand_plan_other_conventions() -> None:
    a = get_row(compute_load(make_hand_tables()), "a")
    # t1 a 1/3, 3/5, 5/7; t3 1/2; t5 a 1/2, 1/4, 1/6; t2 1.
    assert a["fractional_load_1_1"] == pytest.approx(1 / 3 + 1 + 1 / 2 + 1 / 2, abs=1e-12)
    assert a["fractional_load_3_1"] == pytest.approx(3 / 5 + 1 + 1 / 2 + 1 / 4, abs=1e-12)
    assert a["fractional_load_5_1"] == pytest.approx(5 / 7 + 1 + 1 / 2 + 1 / 6, abs=1e-12)
    own = compute_load(make_hand_tables(), LoadOptions(weights=RoleWeights(lead=3, joint_lead=3)))
    assert get_row(own, "a")["fractional_load"] == a["fractional_load_3_1"]


def test_hand_plan_single_layers() -> None:
    load = compute_layers(make_hand_tables())
    assert load["layer"].unique(maintain_order=True).to_list() == ["lead", "responsible", "both"]
    lead, responsible = (load.filter(pl.col("layer") == layer) for layer in ("lead", "responsible"))
    # Lead: t1 a, t2 a, t3 a and b, t5 c, t7 b.
    assert [get_row(lead, key)["fractional_load"] for key in "abcg"] == pytest.approx([2.5, 1.5, 1, 0], abs=1e-12)
    # Responsible: t1 b and c, t4 b and c, t5 a, t6 g, t7 g, since there is no agency in this layer.
    assert [get_row(responsible, key)["fractional_load"] for key in "abcg"] == pytest.approx([1, 1, 1, 2], abs=1e-12)
    assert [get_row(responsible, key)["coordination_load"] for key in "abc"] == [3, 1, 1]
    for layer in Layer:
        part = load.filter(pl.col("layer") == layer)
        assert part.equals(compute_load(make_hand_tables(), LoadOptions(layer=layer)))


def test_groups_as_nodes_and_expanded() -> None:
    node = compute_load(make_hand_tables(), LoadOptions(collectives=Collectives.NODE))
    # g now has 1/3 of t7 and b 2/3; g ranks: F 4/3, in §1 and §3, so P* 1.
    g, b = get_row(node, "g"), get_row(node, "b")
    assert (g["fractional_load"], b["fractional_load"]) == pytest.approx((4 / 3, 9 / 4 - 1 / 3), abs=1e-12)
    assert g["cross_cutting_load"] == pytest.approx(4 / 3, abs=1e-12)
    # c has 17/12 and P* 1; b has 23/12 · 2/3 = 23/18.
    assert [get_row(node, key)["rank"] for key in "acgb"] == [1, 2, 3, 4]
    expanded = compute_load(make_hand_tables(), LoadOptions(collectives=Collectives.EXPAND))
    assert "g" not in expanded["agency_key"].to_list()
    # m1: half of t6, a quarter of t7 (2 : 1 : 1).
    assert get_row(expanded, "m1")["fractional_load"] == pytest.approx(3 / 4, abs=1e-12)
    assert get_row(expanded, "b")["fractional_load"] == pytest.approx(9 / 4 - 1 / 2, abs=1e-12)
    assert get_row(expanded, "b")["coordination_load"] == 3


def test_names_of_the_successor() -> None:
    from datetime import date

    tables = make_load_tables(
        {"p": make_wide_lines()},
        reorganisations=[("a00", "a01", date(2018, 11, 1), "merger"), ("a02", "n", date(2016, 1, 1), "merger")],
    )
    day, successor = compute_load(tables), compute_load(tables, LoadOptions(names=Names.SUCCESSOR))
    assert sorted(set(day["agency_key"]) - set(successor["agency_key"])) == ["a00"]
    graph = to_networkx(tables)
    both = set(graph["a00"]) | set(graph["a01"])
    assert get_row(successor, "a01")["tasks"] == len(both) < get_row(day, "a00")["tasks"] + get_row(day, "a01")["tasks"]


def test_small_plan_has_counts_only() -> None:
    load = compute_load(make_hand_tables(filled=False))
    assert load["small_plan"].to_list() == [True] * 5
    assert load.select("rank", *MEASURE_COLUMNS).null_count().row(0) == (5,) * (1 + len(MEASURE_COLUMNS))
    # Most tasks first; groups last.
    assert load["agency_key"].to_list() == ["a", "b", "c", "d", "g"]
    assert load["tasks"].to_list() == [4, 4, 3, 0, 2]
    for uncertainty in (compute_null_model, compute_stability, compute_choices):
        assert uncertainty(make_hand_tables(filled=False)).height == 0
    assert rank_cross_cutting(make_hand_tables(filled=False)).height == 0


@pytest.mark.parametrize(("tasks", "agencies", "small"), [(30, 10, False), (29, 10, True), (30, 9, True)])
def test_threshold_of_small_plans(tasks: int, agencies: int, small: bool) -> None:
    lines = [("1", f"a{number % agencies}:lead") for number in range(tasks)] + [("1", ""), ("1", "x:supervise")]
    assert compute_load(make_load_tables({"p": lines}))["small_plan"].unique().to_list() == [small]


def test_scope_of_plans_and_years() -> None:
    from datetime import date

    lines = make_wide_lines()
    tables = make_load_tables({"p": lines, "q": lines[:30]}, issued={"p": date(2016, 5, 1), "q": date(2017, 5, 1)})
    one = compute_load(tables, LoadOptions(plans=("p",)))
    assert one.equals(compute_load(make_load_tables({"p": lines})))
    assert compute_load(tables, LoadOptions(year=2016)).equals(one)
    pooled = compute_load(tables)
    assert pooled["fractional_load"].sum() == pytest.approx(66, abs=1e-9)
    with pytest.raises(TableError, match="no such plan: x"):
        compute_load(tables, LoadOptions(plans=("x",)))
    with pytest.raises(TableError, match="no plan was issued in 1999"):
        compute_load(tables, LoadOptions(year=1999))


def test_sample_plan() -> None:
    load = compute_load(make_sample_tables())
    assert load.height == 34
    top = rank_cross_cutting(make_sample_tables())
    assert top["label"].to_list() == ["市政府办公厅", "市经济信息化委", "市工商局", "市民政局", "市发展改革委"]
    office = get_row(load, "市政府办公厅")
    assert (office["tasks"], office["led"], office["responsible"]) == (28, 14, 14)
    assert (get_row(load, "市经济信息化委")["tasks"], get_row(load, "市经济信息化委")["led"]) == (21, 9)
    # All but one of the 54 tasks name an agency; that one names the districts only.
    assert load.filter(pl.col("rank").is_not_null())["fractional_load"].sum() == pytest.approx(53, abs=1e-9)
    assert get_row(load, "各区政府")["fractional_load"] == 1.0
    # 4 tasks as 2 + 1 + 1 and half of four pairs of tasks.
    assert get_row(load, "市工商局")["cross_cutting_load"] == pytest.approx(2 * 5 / 6, abs=1e-12)


def test_measures_of_networkx() -> None:
    """Betweenness, constraint and effective size of the sample and of a denser plan, against networkx."""
    for tables in (make_sample_tables(), make_load_tables({"p": make_wide_lines()})):
        for layer in Layer:
            load = compute_load(tables, LoadOptions(layer=layer))
            graph = to_networkx(tables, layer)
            groups = [node for node in graph if node in {"各区政府", "市政府有关部门", "市有关单位"}]
            graph.remove_nodes_from(groups)
            graph.remove_nodes_from(list(nx.isolates(graph)))
            agencies = [node for node, data in graph.nodes(data=True) if data["bipartite"] == 0]
            projected = nx.bipartite.weighted_projected_graph(graph, agencies)
            expected = {
                "betweenness": nx.bipartite.betweenness_centrality(graph, agencies),
                "constraint": nx.constraint(projected, weight="weight"),
                "effective_size": nx.effective_size(projected, nodes=agencies, weight="weight"),
            }
            for column, values in expected.items():
                mine = dict(load.select("agency_key", column).iter_rows())
                for agency in agencies:
                    if np.isnan(values[agency]):
                        assert mine[agency] is None
                    else:
                        assert mine[agency] == pytest.approx(values[agency], abs=1e-9)
                assert [mine[key] for key in mine if key not in agencies] == [None] * (len(mine) - len(agencies))


PARTIES = st.lists(
    st.tuples(
        st.sampled_from("abcdefghijklg"), st.sampled_from(["lead", "jointLead", "responsible", "participate", "cooperate", "supervise"])
    ),
    unique=True,
    max_size=5,
)
LINES = st.lists(st.tuples(st.sampled_from(["", "1", "1.1", "1.2", "2", "2.1", "3"]), PARTIES), min_size=1, max_size=12)


def to_lines(drawn: list[tuple[str, list[tuple[str, str]]]]) -> list[Line]:
    # The wide plan lifts every drawn one over the threshold.
    return make_wide_lines() + [(path, " ".join(":".join(party) for party in parties)) for path, parties in drawn]


@settings(max_examples=25, deadline=None)
@given(LINES, st.sampled_from(list(Collectives)), st.sampled_from([1, 2]))
def test_what_holds_for_every_plan(drawn: list[tuple[str, list[tuple[str, str]]]], collectives: Collectives, level: int) -> None:
    lines = to_lines(drawn)
    tables = make_load_tables({"p": lines}, groups={"g": CollectiveKind.CLOSED}, members={"g": ["a", "m"]})
    load = compute_layers(tables, LoadOptions(collectives=collectives, section_level=level))
    roles = {
        Layer.LEAD: ("lead", "jointLead"),
        Layer.RESPONSIBLE: ("responsible", "participate", "cooperate"),
    }
    roles[Layer.BOTH] = roles[Layer.LEAD] + roles[Layer.RESPONSIBLE]
    for layer in Layer:
        part = load.filter(pl.col("layer") == layer)
        named = sum(any(party.endswith(tuple(f":{role}" for role in roles[layer])) for party in parties.split()) for _, parties in lines)
        for column in ("fractional_load", "fractional_load_1_1", "fractional_load_3_1", "fractional_load_5_1"):
            assert part[column].sum() == pytest.approx(named, abs=1e-9)
        spread = part["spread"].drop_nulls()
        assert ((spread >= 0) & (spread <= 1)).all()
        assert (part["cross_cutting_load"].fill_null(0) <= part["fractional_load"] + 1e-12).all()
        between = part["betweenness"].drop_nulls()
        assert ((between >= 0) & (between <= 1 + 1e-12)).all()
        ranked = part.filter(pl.col("rank").is_not_null())
        assert ranked["rank"].to_list() == sorted(ranked["rank"])
        assert ranked["cross_cutting_load"].round(9).to_list() == sorted(ranked["cross_cutting_load"].round(9), reverse=True)
        if collectives is not Collectives.NODE:
            assert part.filter(pl.col("collective") != "none")["rank"].null_count() == part.filter(pl.col("collective") != "none").height


@settings(max_examples=10, deadline=None)
@given(LINES, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(drawn: list[tuple[str, list[tuple[str, str]]]], random: Any) -> None:
    tables = make_load_tables({"p": to_lines(drawn)}, groups={"g": CollectiveKind.CLOSED}, members={"g": ["a", "m"]})
    # A plain mapping: Tables would sort the rows again.
    shuffled = {name: frame[random.sample(range(frame.height), frame.height)] for name, frame in tables.items()}
    assert compute_layers(shuffled).equals(compute_layers(tables))
    assert compute_null_model(shuffled, draws=99).equals(compute_null_model(tables, draws=99))
    assert compute_stability(shuffled, resamples=20).equals(compute_stability(tables, resamples=20))
    assert compute_choices(shuffled).equals(compute_choices(tables))
    assert find_gaps(shuffled).equals(find_gaps(tables))


def test_labels_do_not_matter() -> None:
    lines = make_wide_lines()
    keys = [f"a{number:02d}" for number in range(12)]
    other = dict(zip(keys, [f"b{number * 7 % 12:02d}" for number in range(12)], strict=True))
    renamed = [(path, " ".join(f"{other[party[:3]]}{party[3:]}" for party in parties.split())) for path, parties in lines]
    first, second = compute_layers(make_load_tables({"p": lines})), compute_layers(make_load_tables({"p": renamed}))
    first = first.with_columns(pl.col("agency_key").replace(other), pl.col("label").replace(other)).sort("layer", "agency_key")
    second = second.sort("layer", "agency_key")
    for column in LOAD_SCHEMA:
        if LOAD_SCHEMA[column] == pl.Float64:
            assert first[column].to_numpy() == pytest.approx(second[column].to_numpy(), abs=1e-12, nan_ok=True)
        else:
            assert first[column].to_list() == second[column].to_list()


SCRIPT = """
import sys
from kg.measures import *
from tests.measures.factories import make_sample_tables
tables = make_sample_tables()
for frame in (compute_layers(tables), compute_null_model(tables, draws=199), compute_stability(tables, resamples=50),
              compute_choices(tables), summarise_choices(compute_choices(tables))):
    sys.stdout.write(frame.write_csv())
"""


def test_same_input_same_bytes() -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].startswith(b"layer,rank,agency_key,label,")


def test_options_take_words_and_refuse_nonsense() -> None:
    assert LoadOptions(layer="lead", collectives="node", names="successor") == LoadOptions(  # type: ignore[arg-type]
        layer=Layer.LEAD, collectives=Collectives.NODE, names=Names.SUCCESSOR
    )
    with pytest.raises(ValueError, match="level"):
        LoadOptions(section_level=3)
    with pytest.raises(ValueError, match="positive"):
        RoleWeights(cooperate=0)
    with pytest.raises(ValueError, match="leader"):
        LoadOptions(layer="leader")  # type: ignore[arg-type]


def test_equal_loads_share_a_rank_and_stand_by_key() -> None:
    lines = [(str(1 + number % 2), f"a{number // 3:02d}:lead") for number in range(30)]
    load = compute_load(make_load_tables({"p": lines}))
    # Ten agencies with three tasks each, two in one section and one in the other.
    assert load["rank"].to_list() == [1] * 10
    assert load["agency_key"].to_list() == [f"a{number:02d}" for number in range(10)]
    assert load["cross_cutting_load"].to_list() == pytest.approx([3 * (1 - 2 / 6)] * 10)
