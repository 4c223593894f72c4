"""The published accuracy is what the code reads today, and nothing was lost since the frozen run."""

from __future__ import annotations

import pytest

from bench.accuracy import CORPUS, GOLD, PAGE, Reading, find_changes, read_all, render_page
from kg.evaluate import add_scores
from kg.rules import load_rules


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    """Read what is here: the sample always, the corpus where this checkout has it beside it."""
    return read_all(CORPUS, load_rules())


def test_the_sample_is_read_without_a_fault(readings: list[Reading]) -> None:
    (sample,) = [reading for reading in readings if reading.gold.document_id == "shanghai-egov-2017"]
    assert sample.evaluation.missing == sample.evaluation.extra == ()
    assert sample.evaluation.missing_tasks == sample.evaluation.extra_tasks == ()
    assert {score.name: score.found for score in sample.evaluation.scores} == {
        "lead": 30,
        "responsible": 98,
        "all": 128,
        "tasks": 54,
        "numbers": 54,
    }


def test_every_role_and_the_tasks_stay_above_the_promise(readings: list[Reading]) -> None:
    for score in add_scores(reading.evaluation for reading in readings):
        floor = 0.99 if score.name in ("tasks", "numbers") else 0.98
        assert score.precision >= floor, score
        assert score.recall >= floor, score


def test_nothing_changed_since_the_frozen_run(readings: list[Reading]) -> None:
    assert find_changes(readings) == ([], [])


def test_the_page_says_what_is_measured(readings: list[Reading]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    documents = sum(not path.name.endswith(".sections.csv") for path in GOLD.glob("*.csv"))
    if len(readings) == documents:
        assert page == render_page(readings)
    for reading in readings:
        line = next(line for line in page.splitlines() if line.startswith(f"| {reading.gold.document_id} |"))
        assert line in render_page([reading])
