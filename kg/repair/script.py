"""Traditional characters of a damaged mainland text back to Simplified, by OpenCC and a table of exceptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import ne

from kg.repair.plan import Change
from kg.repair.tables import Tables
from kg.rules.repair_rules import RepairRules

CHANGED_RE = re.compile(b"\x01+")


def is_traditional(text: str, tables: Tables) -> bool:
    """Say whether a text has more characters that only Traditional texts have than ones that only Simplified texts have."""
    sample = Counter(text[:200_000])
    traditional = sum(count for char, count in sample.items() if char in tables.simple)
    return traditional > sum(count for char, count in sample.items() if char in tables.simplified_only)


def simplify(text: str, rules: RepairRules) -> list[Change]:
    """Return the changes that make a Traditional text Simplified, one for each run of changed characters."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    exceptions = dict(rules.script)
    prepared = text
    if exceptions:
        pattern = re.compile("|".join(sorted(map(re.escape, exceptions), key=len, reverse=True)))
        prepared = pattern.sub(lambda match: exceptions[match[0]], text)
    changes: list[Change] = []
    position = 0
    lines, converted = text.split("\n"), converter.convert(prepared).split("\n")
    for line, other in zip(lines, converted, strict=True):
        if line != other:
            changes.extend(_compare(line, other, position))
        position += len(line) + 1
    return changes


def _compare(line: str, converted: str, position: int) -> Iterator[Change]:
    if len(line) != len(converted):
        yield Change(position, position + len(line), line, converted, "script", "t2s")
        return
    # A run of 1 for each run of changed characters.
    changed = bytes(map(ne, line, converted))
    for run in CHANGED_RE.finditer(changed):
        start, end = run.span()
        yield Change(position + start, position + end, line[start:end], converted[start:end], "script", "t2s")
