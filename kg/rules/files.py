"""Strict reading of rule tables: every row has every column it must have, and a source.

A rule without a source cannot be defended before anyone, so the loader refuses it; so it refuses unknown columns and keys, which are mostly
misspellings that would otherwise be ignored in silence.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kg.errors import RuleError


def get_rules_folder() -> Traversable:
    """Return the packaged folder of rules."""
    return files("kg") / "rules"


def read_rows(folder: Traversable, name: str, columns: Sequence[str], *, required: Sequence[str] = ()) -> list[dict[str, str]]:
    """Read a CSV table of rules.

    Parameters
    ----------
    folder, name
        Where the table lies.
    columns
        The exact header.
    required
        Columns that may not be empty; ``source`` always is one where the table has it.

    Returns
    -------
    list of dict
        One per row, values stripped of outer blanks.

    Raises
    ------
    RuleError
        The table is missing, its header differs, a row has too few or too many fields, or a required field is empty.
    """
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise RuleError(f"rules: {name} is missing") from error
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    if header != list(columns):
        raise RuleError(f"rules: {name} has the columns {header}, not {list(columns)}")
    must = set(required) | ({"source"} & set(columns))
    rows = []
    for fields in reader:
        if not fields:
            continue
        if len(fields) != len(columns):
            raise RuleError(f"rules: {name}, line {reader.line_num}: {len(fields)} fields, not {len(columns)}")
        row = {column: value.strip() for column, value in zip(columns, fields, strict=True)}
        for column in columns:
            if column in must and not row[column]:
                raise RuleError(f"rules: {name}, line {reader.line_num}: {column} is empty")
        rows.append(row)
    return rows


def read_toml(folder: Traversable, name: str, allowed: Iterable[str]) -> dict[str, Any]:
    """Read a TOML file of rules whose top-level keys are all among `allowed`.

    Raises
    ------
    RuleError
        The file is missing, is no TOML, or has an unknown key.
    """
    try:
        data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RuleError(f"rules: {name} is missing") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"rules: {name}: {error}") from error
    unknown = sorted(set(data) - set(allowed))
    if unknown:
        raise RuleError(f"rules: {name} has unknown keys: {', '.join(unknown)}")
    return data


def to_day(value: str, name: str) -> date | None:
    """Return an ISO day, or None for an empty field.

    Raises
    ------
    RuleError
        The field is neither.
    """
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise RuleError(f"rules: {name}: no ISO day: {value!r}") from error


def hash_rules(folder: Traversable) -> str:
    """Return the SHA-256 over all rule tables below `folder`, by relative name and content."""
    digest = hashlib.sha256()
    for name, content in sorted(_walk(folder, "").items()):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _walk(folder: Traversable, prefix: str) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in folder.iterdir():
        if entry.is_dir():
            found.update(_walk(entry, f"{prefix}{entry.name}/"))
        elif entry.name.endswith((".csv", ".toml", ".txt")):
            found[prefix + entry.name] = entry.read_bytes()
    return found
