"""The comparison for other programs: CSV of the tasks, JSON of everything, with the keys of the code in both languages."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from kg.compare import Comparison, MatchStatus, find_differences
from kg.reports.rows import to_csv
from kg.reports.words import Words

_SEPARATOR = "｜"


def render_csv(comparison: Comparison, words: Words) -> bytes:
    """Return a row a task; names in one cell are separated by ``｜``, which no name holds."""
    lists = [column for column, dtype in comparison.tasks.schema.items() if dtype == pl.List(pl.String())]
    return to_csv(comparison.tasks.with_columns(pl.col(lists).list.join(_SEPARATOR)))


def render_json(comparison: Comparison, words: Words) -> bytes:
    """Return one object: both sides' plans, counts, tasks (each changed one with its pieces), load, and what was led to what."""
    content: dict[str, Any] = {
        "plans_a": comparison.plans_a.to_dicts(),
        "plans_b": comparison.plans_b.to_dicts(),
        "counts": comparison.count(),
        "tasks": [_describe(row) for row in comparison.tasks.iter_rows(named=True)],
        "load": comparison.load.with_columns(pl.col(pl.Float64).round(6)).to_dicts(),
        "successors": comparison.successors.to_dicts(),
        "by_name": list(comparison.by_name),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, default=str, allow_nan=False) + "\n").encode("utf-8")


def _describe(row: dict[str, Any]) -> dict[str, Any]:
    if row["status"] != MatchStatus.CHANGED:
        return row
    return {**row, "differences": [[piece.change.value, piece.text] for piece in find_differences(row["text_a"], row["text_b"])]}
