"""Accuracy of the reading against gold: per document, per role, per notation; and what was gained or lost since the frozen run.

    python -m bench.accuracy                    compare with the frozen run and print every gained and lost assignment
    python -m bench.accuracy --freeze           make this run the frozen one
    python -m bench.accuracy --write            write docs/accuracy.md

The sample lies in the checkout. The other plans that have gold are read from ``../shared/corpus`` (or ``--corpus``), as far as they are
there.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate import Evaluation, Gold, Score, add_scores, evaluate_plan, read_gold
from kg.model import Plan
from kg.parse import parse_document
from kg.pipeline import read_repaired
from kg.rules import RuleBook, load_rules

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data" / "gold"
FROZEN = ROOT / "bench" / "accuracy_frozen.csv"
PAGE = ROOT / "docs" / "accuracy.md"
CORPUS = ROOT.parent / "shared" / "corpus"
COLUMNS = ("document", "path", "agency", "role")

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan that was read, its gold, and how the two compare."""

    gold: Gold
    plan: Plan
    evaluation: Evaluation

    @property
    def rows(self) -> frozenset[Row]:
        """Return every assignment read."""
        document = self.gold.document_id
        return frozenset((document, task.path, mention.name, str(mention.role)) for task in self.plan.tasks for mention in task.mentions)


def find_source(document_id: str, corpus: Path) -> Path | None:
    """Return where the text of a document with gold lies, or None where this machine does not have it."""
    for path in (ROOT / "data" / "plans" / document_id / "source.txt", corpus / f"{document_id}.txt"):
        if path.is_file():
            return path
    return None


def read_all(corpus: Path, rules: RuleBook) -> list[Reading]:
    """Read every document that has gold and is here."""
    readings = []
    for path in sorted(GOLD.glob("*.csv")):
        if path.name.endswith(".sections.csv"):
            continue
        gold = read_gold(path)
        source = find_source(gold.document_id, corpus)
        if source is None:
            continue
        document, _ = read_repaired(source, name=source.name, document_id=gold.document_id, rules=rules)
        plan, _ = parse_document(document, rules)
        readings.append(Reading(gold, plan, evaluate_plan(gold, plan)))
    return readings


def read_frozen() -> frozenset[Row]:
    """Return the assignments of the frozen run."""
    with FROZEN.open(encoding="utf-8", newline="") as handle:
        return frozenset((row["document"], row["path"], row["agency"], row["role"]) for row in csv.DictReader(handle))


def write_frozen(readings: Iterable[Reading]) -> None:
    """Keep the assignments of this run; documents that are not here keep theirs."""
    rows = {row for reading in readings for row in reading.rows}
    here = {row[0] for row in rows}
    kept = {row for row in read_frozen() if row[0] not in here} if FROZEN.is_file() else set()
    with FROZEN.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows | kept))


def find_changes(readings: Iterable[Reading]) -> tuple[list[Row], list[Row]]:
    """Return what was gained and what was lost since the frozen run, on the documents that are here."""
    rows: set[Row] = set()
    here: set[str] = set()
    for reading in readings:
        rows |= reading.rows
        here.add(reading.gold.document_id)
    frozen = {row for row in read_frozen() if row[0] in here}
    return sorted(rows - frozen), sorted(frozen - rows)


def render_page(readings: list[Reading]) -> str:
    """Return docs/accuracy.md."""
    tasks = sum(len(reading.gold.tasks) for reading in readings)
    lines = [
        "# How accurate is the reading?",
        "",
        f"Measured on {len(readings)} plans with {tasks} tasks, whose gold was made by reading the page, never by running the code",
        "([how](../data/gold/README.md)). The rules were developed on most of these plans, so this page says that nothing known is read",
        "wrong; how pages fare that nobody had seen stands in [a decision](decisions/0009-unseen-pages.md).",
        "Made by `python -m bench.accuracy --write`; `python -m bench.accuracy`",
        "lists every assignment gained or lost since the frozen run.",
        "",
        "## By role",
        "",
        *_score_table(add_scores(reading.evaluation for reading in readings)),
        "",
        "`tasks` are numbering paths, so they hold the section too; `numbers` are paths with their printed numbers.",
        "",
        "## By notation and role",
        "",
        "What each notation (`kg/rules/notations/`) read, and how much of it is right.",
        "",
        *_notation_table(readings),
        "",
        "## By document",
        "",
        *_document_table(readings),
        "",
    ]
    return "\n".join(lines)


def _score_table(scores: Iterable[Score]) -> list[str]:
    head = ["| | found | missing | extra | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|--:|"]
    return head + [f"| {s.name} | {s.found} | {s.missing} | {s.extra} | {s.precision:.4f} | {s.recall:.4f} | {s.f1:.4f} |" for s in scores]


def _notation_table(readings: list[Reading]) -> list[str]:
    read: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for reading in readings:
        seen: set[tuple[str, str, str]] = set()
        for task in reading.plan.tasks:
            for mention in task.mentions:
                key = (task.path, mention.name, str(mention.role))
                if key in seen:
                    continue
                seen.add(key)
                read[mention.notation, mention.role] += 1
                right[mention.notation, mention.role] += key in reading.gold.assignments
    head = ["| notation | role | read | right | precision |", "|---|---|--:|--:|--:|"]
    return head + [f"| {n} | {r} | {read[n, r]} | {right[n, r]} | {right[n, r] / read[n, r]:.4f} |" for n, r in sorted(read)]


def _document_table(readings: list[Reading]) -> list[str]:
    head = ["| document | tasks | assignments | precision | recall | tasks F1 |", "|---|--:|--:|--:|--:|--:|"]
    lines = []
    for reading in readings:
        scores = {score.name: score for score in reading.evaluation.scores}
        whole, gold = scores["all"], reading.gold
        lines.append(
            f"| {gold.document_id} | {len(gold.tasks)} | {len(gold.assignments)} | {whole.precision:.4f} | {whole.recall:.4f} "
            f"| {scores['tasks'].f1:.4f} |"
        )
    return head + lines


def main() -> int:
    """Run the command; the exit code is 1 where something was lost since the frozen run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    readings = read_all(arguments.corpus, load_rules())
    if arguments.freeze:
        write_frozen(readings)
    if arguments.write:
        PAGE.write_text(render_page(readings), encoding="utf-8")
    for score in add_scores(reading.evaluation for reading in readings):
        print(f"{score.name:<12} precision {score.precision:.4f}  recall {score.recall:.4f}  F1 {score.f1:.4f}")
    gained, lost = find_changes(readings)
    for sign, rows in (("+", gained), ("-", lost)):
        for row in rows:
            print(sign, *row)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
