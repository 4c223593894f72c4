"""Traditional characters of a damaged mainland text back to Simplified, by OpenCC and a table of exceptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from operator import eq

from kg.model import Edit, Span
from kg.repair.tables import Tables
from kg.rules.repair_rules import RepairRules


def is_traditional(text: str, tables: Tables) -> bool:
    """Say whether a text has more characters that only Traditional texts have than ones that only Simplified texts have."""
    sample = Counter(text[:200_000])
    traditional = sum(count for char, count in sample.items() if char in tables.simple)
    return traditional > sum(count for char, count in sample.items() if char in tables.simplified_only)


def simplify(text: str, rules: RepairRules) -> tuple[Edit, ...]:
    """Return the edits that make a Traditional text Simplified, one for each run of changed characters."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    exceptions = dict(rules.script)
    prepared = text
    if exceptions:
        pattern = re.compile("|".join(sorted(map(re.escape, exceptions), key=len, reverse=True)))
        prepared = pattern.sub(lambda match: exceptions[match[0]], text)
    edits: list[Edit] = []
    position = 0
    lines, converted = text.split("\n"), converter.convert(prepared).split("\n")
    for line, other in zip(lines, converted, strict=True):
        if line != other:
            edits.extend(_compare(line, other, position))
        position += len(line) + 1
    return tuple(edits)


def _compare(line: str, converted: str, position: int) -> Iterator[Edit]:
    if len(line) != len(converted):
        yield Edit(Span(position, position + len(line)), line, converted, "script", "t2s")
        return
    start = None
    for index, same in enumerate(map(eq, line + "\n", converted + "\n")):
        if not same:
            if start is None:
                start = index
        elif start is not None:
            yield Edit(Span(position + start, position + index), line[start:index], converted[start:index], "script", "t2s")
            start = None
