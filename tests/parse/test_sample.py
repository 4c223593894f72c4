"""The sample plan, repaired, against its gold: every task, path, name and role."""

import csv
from pathlib import Path

import pytest

from kg.model import Document, Plan
from kg.parse import parse_document
from kg.repair import repair_document
from tests.parse.factories import get_rules

ROOT = Path(__file__).parents[2]
PLAN = "shanghai-egov-2017"


@pytest.fixture(scope="module")
def plan() -> Plan:
    text = (ROOT / "data" / "plans" / PLAN / "source.txt").read_text(encoding="utf-8")
    repaired, _ = repair_document(Document(PLAN, text, "source.txt", "0" * 64, "text", "utf-8"), get_rules())
    parsed, issues = parse_document(repaired, get_rules())
    assert issues == ()
    return parsed


def gold_rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "gold" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_assignment(plan: Plan) -> None:
    expected = [(row["path"], row["number"], row["agency"], row["role"]) for row in gold_rows(f"{PLAN}.csv")]
    found = [(task.path, task.number, m.name, m.role.value) for task in plan.tasks for m in task.mentions]
    assert found == expected
    assert (len(plan.tasks), len({row[2] for row in found}), len(found)) == (54, 34, 128)


def test_every_section(plan: Plan) -> None:
    expected = [(row["path"], row["number"], row["title"]) for row in gold_rows(f"{PLAN}.sections.csv")]
    assert [(section.path, section.number, section.title) for section in plan.sections] == expected


def test_quotes_are_the_text_at_their_spans(plan: Plan) -> None:
    text = plan.document.text
    assert all(m.span.slice(text) == m.surface for task in plan.tasks for m in task.mentions)
    assert all(m.evidence.start <= m.span.start and m.span.end <= m.evidence.end for task in plan.tasks for m in task.mentions)
