"""Scores against gold, on numbers small enough to check by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.evaluate import add_scores, evaluate_plan, read_gold
from kg.model import Role
from tests.factories import make_resolved_plan

GOLD = """document,path,number,agency,role
d,1.1,1,市发展改革委,lead
d,1.1,1,市财政局,responsible
d,1.2,2,市财政局,responsible
d,1.3,3,,
"""

PLAN = make_resolved_plan(
    "d",
    [
        ("推进改革。（市发展改革委、市财政局）", [("市发展改革委", Role.LEAD), ("市财政局", Role.COOPERATE)]),
        ("优化服务。（市财政局）", [("市财政局", Role.RESPONSIBLE)]),
    ],
).plan


def _gold(tmp_path: Path, text: str = GOLD) -> Path:
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_scores_and_differences(tmp_path: Path) -> None:
    # lead 1 of 1; responsible 1 of 2; cooperate: one that gold does not have. Tasks: 1.1 and 1.2 of three.
    evaluation = evaluate_plan(read_gold(_gold(tmp_path)), PLAN)
    assert [(s.name, s.found, s.missing, s.extra) for s in evaluation.scores] == [
        ("cooperate", 0, 0, 1),
        ("lead", 1, 0, 0),
        ("responsible", 1, 1, 0),
        ("all", 2, 1, 1),
        ("tasks", 2, 1, 0),
        ("numbers", 2, 1, 0),
    ]
    scores = {score.name: score for score in evaluation.scores}
    assert scores["all"].precision == pytest.approx(2 / 3)
    assert scores["responsible"].recall == pytest.approx(1 / 2)
    assert scores["cooperate"].f1 == 0
    assert evaluation.missing == (("1.1", "市财政局", "responsible"),)
    assert evaluation.extra == (("1.1", "市财政局", "cooperate"),)
    assert evaluation.missing_tasks == ("1.3",)


def test_micro_average_adds_counts(tmp_path: Path) -> None:
    evaluation = evaluate_plan(read_gold(_gold(tmp_path)), PLAN)
    total = {score.name: score for score in add_scores([evaluation, evaluation])}
    assert (total["all"].found, total["all"].missing, total["all"].extra) == (4, 2, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("document,path,agency,role\n", "no gold"),
        (GOLD + "e,1.1,1,市财政局,lead\n", "gold of 2 documents"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read_gold(_gold(tmp_path, text))
    with pytest.raises(ReadError, match="cannot be read"):
        read_gold(tmp_path / "nowhere.csv")


def test_a_page_without_assignments_has_gold_too(tmp_path: Path) -> None:
    gold = read_gold(_gold(tmp_path, "document,path,number,agency,role\n"))
    assert (gold.document_id, gold.tasks, gold.assignments) == ("d", (), frozenset())
    scores = {score.name: score for score in evaluate_plan(gold, PLAN).scores}
    assert (scores["all"].precision, scores["all"].recall, scores["all"].extra) == (0.0, 1.0, 3)
