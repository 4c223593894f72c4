"""Repair measured: wrong characters by way of damage, and speed on damaged and on clean text.

    python -m bench.repair                      every way over 0.3 MB of synthetic text, and over the corpus if it is beside the checkout
    python -m bench.repair --size 5 --way all-at-once

Speed is in megabytes of UTF-8 a second of processor time, on one core; other work on the machine slows it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from kg.model import Span
from kg.repair import repair_text
from kg.rules import RuleBook, load_rules
from tests.repair.damage import FOLDED, WAYS, Damage, Score, compare, damage
from tests.repair.sentences import write_text

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def read_texts(size: float) -> Iterator[tuple[str, list[str]]]:
    """Return the synthetic text of `size` megabytes in documents of 20,000 characters, and the corpus if it is there."""
    count = max(1, round(size * 1e6 / 55_000))
    yield "synthetic", [write_text(20_000, seed=seed) for seed in range(count)]
    texts = [path.read_text(encoding="utf-8").encode("gbk", "ignore").decode("gbk") for path in sorted(CORPUS.glob("*.txt"))]
    if texts:
        yield "corpus", texts


def measure(texts: list[str], way: Damage, rules: RuleBook) -> tuple[Score, int, int, float]:
    """Return the wrong characters, how many of them are in doubt, the doubts with nothing wrong, and the speed in megabytes a second.

    A document in which nothing breaks is left out: it is clean text, of the other script perhaps, and stays as it is.
    """
    score = Score()
    flagged = false = size = 0
    spent = 0.0
    for number, text in enumerate(texts):
        damaged = damage(text, replace(way, seed=way.seed + number))
        if damaged == damage(text, replace(way, pinyin="", marks="")):
            continue
        start = time.process_time()
        repaired, _, found = repair_text(damaged, rules)
        spent += time.process_time() - start
        size += len(damaged.encode())
        if way.fold:
            repaired, text = repaired.translate(FOLDED), text.translate(FOLDED)  # noqa: PLW2901 - compared as folded
        compare(damaged, repaired, text, score)
        spans = [issue.span for issue in found if issue.span is not None]
        right, good = count_flagged(repaired, text, spans)
        flagged, false = flagged + right, false + good
    return score, flagged, false, size / 1e6 / spent


def count_flagged(repaired: str, wanted: str, spans: list[Span]) -> tuple[int, int]:
    """Return how many wrong characters lie in or beside `spans`, and how many spans hold none."""
    flagged = position = 0
    hit: set[Span] = set()
    lines, others = repaired.split("\n"), wanted.split("\n")
    if len(lines) != len(others):
        return 0, len(spans)
    for line, other in zip(lines, others, strict=True):
        codes = SequenceMatcher(None, line, other, autojunk=False).get_opcodes() if line != other else []
        for kind, start, end, first, last in codes:
            over = [span for span in spans if span.start <= position + max(end, start + 1) and span.end >= position + start]
            if kind != "equal" and over:
                flagged += max(end - start, last - first)
                hit.update(over)
        position += len(line) + 1
    return flagged, len(spans) - len(hit)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=float, default=0.3, help="megabytes of synthetic text")
    parser.add_argument("--way", choices=WAYS, action="append", help="a way of damage; default: all")
    options = parser.parse_args()
    rules = load_rules()
    repair_text("區(qū)和縣(xiàn)", rules)
    for name, texts in read_texts(options.size):
        clean = "".join(texts)
        start = time.process_time()
        repaired, edits, _ = repair_text(clean, rules)
        speed = len(clean.encode()) / 1e6 / (time.process_time() - start)
        print(
            f"{name}: {len(clean):,} characters, clean: {'unchanged' if repaired == clean and not edits else 'CHANGED'}, {speed:.1f} MB/s"
        )
        for way in options.way or WAYS:
            score, flagged, false, rate = measure(texts, WAYS[way], rules)
            share = f"{score.wrong:6} of {score.total:,} wrong ({score.wrong / score.total:.4%})"
            print(f"  {way:22} {share}, {flagged} of them in doubt, {false} doubts too many, {rate:.2f} MB/s")


if __name__ == "__main__":
    main()
