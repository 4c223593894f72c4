"""The null model against full enumeration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from kg.measures import LoadOptions, compute_load, compute_null_model
from kg.measures.null_model import Chance, adjust_benjamini_hochberg, expect_sections
from tests.measures.factories import Line, make_load_tables, make_sample_tables, make_wide_lines

SIZES = np.array([4, 3, 2])


def enumerate_draws(k: int) -> Iterator[tuple[int, int]]:
    """Yield pairs in one section and sections reached for every set of k of the nine tasks."""
    of_task = np.repeat(np.arange(3), SIZES)
    for chosen in combinations(range(9), k):
        counts = np.bincount(of_task[list(chosen)], minlength=3)
        yield int((counts * (counts - 1)).sum()), int((counts > 0).sum())


@pytest.mark.parametrize("k", [2, 3, 5])
def test_chances_of_enumeration(k: int) -> None:
    draws = list(enumerate_draws(k))
    chance = Chance.draw(SIZES, k, 20_000, seed=1)
    for pairs in {pairs for pairs, _ in draws}:
        exact = sum(other <= pairs for other, _ in draws) / len(draws)
        assert chance.of_pairs(pairs) == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 20_000) + 1e-4)
    for sections in {sections for _, sections in draws}:
        exact = sum(other >= sections for _, other in draws) / len(draws)
        assert chance.of_sections(sections) == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 20_000) + 1e-4)
    assert expect_sections(SIZES, k) == pytest.approx(np.mean([sections for _, sections in draws]), abs=1e-12)


def test_p_is_never_zero() -> None:
    chance = Chance(pairs=np.array([2, 2, 4]), sections=np.array([1, 2, 2]))
    assert (chance.of_pairs(0), chance.of_pairs(2), chance.of_pairs(4)) == (1 / 4, 3 / 4, 1)
    assert (chance.of_sections(3), chance.of_sections(2), chance.of_sections(1)) == (1 / 4, 3 / 4, 1)


def make_spread_lines() -> list[Line]:
    """Return ten sections of four tasks: `wide` has one in each, `narrow` three in each of three sections, the leads two in one."""
    lines = []
    for section in range(10):
        for task in range(4):
            extra = (" wide:responsible" if task == 0 else "") + (" narrow:responsible" if task and section < 3 else "")
            lines.append((str(section + 1), f"s{section}{task % 2}:lead{extra}"))
    return lines


def test_wide_and_narrow_agencies() -> None:
    table = compute_null_model(make_load_tables({"p": make_spread_lines()}))
    wide, narrow = (table.row(by_predicate=pl.col("agency_key") == key, named=True) for key in ("wide", "narrow"))
    # D = 1 − 10 · 4 · 3 / (40 · 39) = 36/39.
    assert wide["expected_spread"] == pytest.approx(36 / 39)
    assert (wide["tasks"], wide["spread"], wide["sections"]) == (10, 1.0, 10)
    # The chance of ten sections with ten tasks is 4¹⁰ / C(40, 10) = 0.00124.
    assert wide["p_spread"] == wide["p_sections"] == pytest.approx(4**10 / 847_660_528, abs=0.0015)
    assert wide["q_spread"] == pytest.approx(wide["p_spread"] * table.height)
    assert (narrow["tasks"], narrow["sections"]) == (9, 3)
    assert narrow["p_spread"] > 0.999
    assert narrow["p_sections"] > 0.999


def test_rows_and_seed() -> None:
    tables = make_sample_tables()
    table = compute_null_model(tables)
    load = compute_load(tables)
    expected = load.filter((load["tasks"] >= 2) & load["rank"].is_not_null())["agency_key"].sort()
    assert table["agency_key"].to_list() == expected.to_list()
    assert table.equals(compute_null_model(tables))
    assert not table.equals(compute_null_model(tables, seed=1))
    # The draws for one k do not hang on which others occur.
    assert Chance.draw(SIZES, 3, 50, 7).pairs.tolist() == Chance.draw(SIZES, 3, 50, 7).pairs.tolist()
    assert compute_null_model(make_load_tables({"p": make_wide_lines()}), LoadOptions(section_level=2)).height == 12


def test_benjamini_hochberg_by_hand() -> None:
    # Sorted 0.01, 0.02, 0.03, 0.5 · 4/rank: 0.04, 0.04, 0.04, 0.5.
    assert adjust_benjamini_hochberg(np.array([0.5, 0.03, 0.01, 0.02])).tolist() == pytest.approx([0.5, 0.04, 0.04, 0.04])
    assert adjust_benjamini_hochberg(np.array([])).tolist() == []
    assert adjust_benjamini_hochberg(np.array([0.9, 1.0])).tolist() == [1.0, 1.0]
