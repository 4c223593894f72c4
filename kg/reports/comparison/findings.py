"""What a comparison says in words and in lists: the same for the page and for Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from kg.compare import Comparison, MatchStatus, Piece, find_differences
from kg.model import CollectiveKind
from kg.reports.words import Words

Row = dict[str, Any]

#: Shares nearer than this are the same for a reader.
_LEAST_CHANGE = 0.0005


@dataclass(frozen=True, slots=True)
class PartyChange:
    """A task that is certain on both sides, and what changed about who does it, or by when."""

    row: Row
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulTask:
    """A match that a person should look at; ``others`` are the numbers of other tasks that make it doubtful."""

    row: Row
    differences: tuple[Piece, ...]
    others_a: tuple[str, ...]
    others_b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All lists of a comparison, each in the order of the plans."""

    counts: dict[str, int]
    headline: tuple[str, ...]
    changed: tuple[tuple[Row, tuple[Piece, ...]], ...]
    parties: tuple[PartyChange, ...]
    doubtful: tuple[DoubtfulTask, ...]
    dropped: tuple[Row, ...]
    new: tuple[Row, ...]
    kept: tuple[Row, ...]
    load: tuple[Row, ...]
    has_shares: bool


def collect_findings(comparison: Comparison, words: Words) -> Findings:
    """Sort the rows of a comparison into the lists of a report."""
    by_status: dict[str, list[Row]] = {status.value: [] for status in MatchStatus}
    for row in comparison.tasks.iter_rows(named=True):
        by_status[row["status"]].append(row)
    parties = tuple(_to_party_change(row) for row in comparison.tasks.filter(_has_party_change()).iter_rows(named=True))
    counts = _count(comparison)
    return Findings(
        counts=counts,
        headline=_write_headline(comparison, counts, words),
        changed=tuple((row, find_differences(row["text_a"], row["text_b"])) for row in by_status["changed"]),
        parties=parties,
        doubtful=_list_doubtful(comparison, by_status["doubtful"]),
        dropped=tuple(by_status["dropped"]),
        new=tuple(by_status["new"]),
        kept=tuple(by_status["kept"]),
        load=tuple(comparison.load.iter_rows(named=True)),
        has_shares=_has_shares(comparison),
    )


def _has_party_change() -> pl.Expr:
    lists = pl.any_horizontal(pl.col(column).list.len() > 0 for column in ("partners_added", "partners_dropped", "roles_changed"))
    return pl.col("lead_changed").fill_null(False) | pl.col("deadline_changed").fill_null(False) | lists


def _to_party_change(row: Row) -> PartyChange:
    return PartyChange(row, tuple(row["partners_added"]), tuple(row["partners_dropped"]), tuple(row["roles_changed"]))


def _list_doubtful(comparison: Comparison, rows: list[Row]) -> tuple[DoubtfulTask, ...]:
    numbers_a = dict(comparison.tasks.select("task_a", "number_a").iter_rows())
    numbers_b = dict(comparison.tasks.select("task_b", "number_b").iter_rows())
    return tuple(
        DoubtfulTask(
            row,
            find_differences(row["text_a"], row["text_b"]) if row["text_a"] and row["text_b"] else (),
            tuple(numbers_a[task] for task in row["others_a"]),
            tuple(numbers_b[task] for task in row["others_b"]),
        )
        for row in rows
    )


def _count(comparison: Comparison) -> dict[str, int]:
    tasks = comparison.tasks
    partners = (pl.col("partners_added").list.len() > 0) | (pl.col("partners_dropped").list.len() > 0)
    return {
        **comparison.count(),
        "lead": tasks.filter(pl.col("lead_changed").fill_null(False)).height,
        "partners": tasks.filter(partners).height,
        "deadline": tasks.filter(pl.col("deadline_changed").fill_null(False)).height,
    }


def _has_shares(comparison: Comparison) -> bool:
    return bool(comparison.load["share_change"].is_not_null().any())


def _write_headline(comparison: Comparison, counts: dict[str, int], words: Words) -> tuple[str, ...]:
    sides = {side: comparison.tasks[f"task_{side}"].drop_nulls().len() for side in ("a", "b")}
    sentences = [words.say("headline.tasks", before=sides["a"], after=sides["b"], **counts)]
    if counts["doubtful"]:
        sentences.append(words.say("headline.doubtful", count=counts["doubtful"]))
    sentences.append(words.say("headline.parties", sure=counts["kept"] + counts["changed"], **counts))
    if not _has_shares(comparison):
        return (*sentences, words.say("headline.small"))
    single = comparison.load.filter((pl.col("collective") == CollectiveKind.NONE) & (pl.col("share_change").abs() > _LEAST_CHANGE))
    up, down = single.sort("share_change", descending=True).head(1), single.sort("share_change").head(1)
    for frame, message, sign in ((up, "headline.up", 1), (down, "headline.down", -1)):
        for row in frame.filter(pl.col("share_change") * sign > 0).iter_rows(named=True):
            change = words.say("text.points", points=write_points(row["share_change"]))
            sentences.append(
                words.say(message, name=row["label"], change=change, before=f"{row['share_a']:.1%}", after=f"{row['share_b']:.1%}")
            )
    return tuple(sentences)


def write_points(change: float) -> str:
    """Return a change of a share in percentage points, with its sign.

    Examples
    --------
    >>> write_points(0.034), write_points(-0.0012)
    ('+3.4', '−0.1')
    """
    return f"{change * 100:+.1f}".replace("-", "−")
