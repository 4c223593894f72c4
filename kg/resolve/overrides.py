"""Decisions that the user keeps in a file and that are replayed before any rule.

The file is a CSV with the columns ``name,plan,agency_key,note``: the name as resolved (``市大数据局``), the plans it is for (an id or a
pattern such as ``*_2023``; ``*`` for all), and the key of a registry row, of a common body of a place (``360900.big-data``) or of a group
(``310000.c-districts``).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from kg.errors import RuleError
from kg.rules.book import RuleBook
from kg.rules.folding import fold_name
from kg.rules.registry_rules import RegistryRules

COLUMNS = ("name", "plan", "agency_key", "note")


@dataclass(frozen=True, slots=True)
class Override:
    """One decision; ``line`` is its line in the file."""

    name: str
    plan: str
    agency_key: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Overrides:
    """All decisions, in the order of the file; of several that fit, the first holds."""

    rows: tuple[Override, ...] = ()

    def find(self, name: str, document_id: str) -> Override | None:
        """Return the decision for `name` in a plan, or None."""
        folded = fold_name(name)
        return next((row for row in self.rows if fold_name(row.name) == folded and fnmatchcase(document_id, row.plan)), None)


def read_overrides(path: Path, rules: RuleBook) -> Overrides:
    """Read the user's decisions.

    Raises
    ------
    RuleError
        The file is missing or neither UTF-8 nor GB18030, a column is missing or unknown, a field is empty, a key is unknown, or one name
        leads to two keys for the same plans.
    """
    try:
        text = _decode(path.read_bytes())
    except OSError as error:
        raise RuleError(f"overrides: cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"overrides: cannot read {path}: it is neither UTF-8 nor GB18030; save it as CSV in UTF-8") from error
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    if header != list(COLUMNS):
        raise RuleError(f"overrides: {path} has the columns {header}, not {list(COLUMNS)}")
    rows: list[Override] = []
    seen: dict[tuple[str, str], str] = {}
    for fields in reader:
        if not fields:
            continue
        if len(fields) != len(COLUMNS):
            raise RuleError(f"overrides: {path}, line {reader.line_num}: {len(fields)} fields, not {len(COLUMNS)}")
        name, plan, key, note = (value.strip() for value in fields)
        if not name or not plan or not key:
            raise RuleError(f"overrides: {path}, line {reader.line_num}: name, plan and agency_key may not be empty")
        if not is_known_key(key, rules.registry):
            raise RuleError(f"overrides: {path}, line {reader.line_num}: no such agency: {key!r}")
        if seen.setdefault((fold_name(name), plan), key) != key:
            raise RuleError(f"overrides: {path}, line {reader.line_num}: {name} leads to two agencies for {plan}")
        rows.append(Override(name, plan, key, note, reader.line_num))
    return Overrides(tuple(rows))


def _decode(data: bytes) -> str:
    # A Chinese Excel saves a plain CSV in GBK. Text in GBK is hardly ever good UTF-8, so the order decides rightly.
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def is_known_key(key: str, registry: RegistryRules) -> bool:
    """Return whether `key` is one of the registry, of a common body of a known place, or of a group of a known place."""
    if registry.find_agency(key) is not None:
        return True
    place, _, code = key.partition(".c-")
    return place in registry.places.rows and any(group.code == code and group.scope == "place" for group in registry.groups.groups)
