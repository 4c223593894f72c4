"""Traditional characters of a damaged mainland text back to Simplified, by OpenCC and a table of exceptions."""

from __future__ import annotations

import re
from itertools import groupby

from kg.model import Edit, Span
from kg.repair.tables import Tables
from kg.rules.repair_rules import RepairRules


def is_traditional(text: str, tables: Tables) -> bool:
    """Say whether a text has more characters that only Traditional texts have than ones that only Simplified texts have."""
    traditional = simplified = 0
    for char in text[:200_000]:
        if char in tables.simple:
            traditional += 1
        elif char in tables.simplified_only:
            simplified += 1
    return traditional > simplified


def simplify(text: str, rules: RepairRules) -> tuple[Edit, ...]:
    """Return the edits that make a Traditional text Simplified, one for each run of changed characters."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    exceptions = dict(rules.script)
    pattern = re.compile("|".join(sorted(map(re.escape, exceptions), key=len, reverse=True))) if exceptions else None
    edits: list[Edit] = []
    position = 0
    for line in text.split("\n"):
        prepared = pattern.sub(lambda match: exceptions[match[0]], line) if pattern is not None else line
        converted = converter.convert(prepared)
        edits.extend(_compare(line, converted, position))
        position += len(line) + 1
    return tuple(edits)


def _compare(line: str, converted: str, position: int) -> list[Edit]:
    if line == converted:
        return []
    if len(line) != len(converted):
        return [Edit(Span(position, position + len(line)), line, converted, "script", "t2s")]
    changed = [index for index, (old, new) in enumerate(zip(line, converted, strict=True)) if old != new]
    edits = []
    for _, group in groupby(enumerate(changed), key=lambda pair: pair[1] - pair[0]):
        run = [index for _, index in group]
        first, last = run[0], run[-1] + 1
        edits.append(Edit(Span(position + first, position + last), line[first:last], converted[first:last], "script", "t2s"))
    return edits
