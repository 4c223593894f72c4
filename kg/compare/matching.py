"""Which task of one plan is which task of another, by their texts alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment

#: Blanks and marks say nothing about which task it is; a copy may write them full-width or not.
_NOISE_RE = re.compile(r"[\W_]+")


class MatchStatus(StrEnum):
    """What became of a task."""

    KEPT = "kept"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """Where one status ends and the next begins, as similarities from 0 to 1.

    Conventions: no study of Chinese work plans gives thresholds. ``kept`` leaves room for a changed year or mark; ``changed`` asks for
    more than half of the characters in the same order; from ``doubtful`` up a person should look. A pair is doubtful, too, if a second
    partner for either task is closer than ``margin``, unless the texts are the same.
    """

    kept: float = 0.97
    changed: float = 0.6
    doubtful: float = 0.45
    margin: float = 0.05

    def __post_init__(self) -> None:
        if not 0 < self.doubtful <= self.changed <= self.kept <= 1 or self.margin < 0:
            raise ValueError("thresholds must rise: 0 < doubtful <= changed <= kept <= 1, and margin >= 0")


@dataclass(frozen=True, slots=True)
class Match:
    """A task of the first plan and one of the second by their places in the lists given; None where a task has no partner."""

    status: MatchStatus
    first: int | None
    second: int | None
    score: float | None


def match_texts(first: Sequence[str], second: Sequence[str], options: MatchOptions | None = None) -> tuple[Match, ...]:
    """Match texts one to one so that the sum of their similarities is greatest.

    The similarity is the normalised indel similarity: twice the longest common subsequence over the sum of the lengths, on letters and
    digits only.

    Parameters
    ----------
    first, second
        Task texts.
    options
        Thresholds.

    Returns
    -------
    tuple of Match
        In the order of `second`, what was dropped after what stood before it in `first`; so a reader can go down either plan.

    References
    ----------
    H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics Quarterly 2 (1955).

    Examples
    --------
    >>> [(m.status.value, m.first, m.second) for m in match_texts(["推进改革", "优化服务"], ["优化服务。", "建设平台"])]
    [('dropped', 0, None), ('kept', 1, 0), ('new', None, 1)]
    """
    options = options or MatchOptions()
    scores = _compute_scores(first, second)
    rows, columns = linear_sum_assignment(scores, maximize=True)
    partner: dict[int, Match] = {}
    used: set[int] = set()
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        status = _classify(scores, row, column, options)
        if status is not None:
            partner[column] = Match(status, row, column, round(float(scores[row, column]), 4))
            used.add(row)
    matches: list[Match] = []
    dropped = [row for row in range(len(first)) if row not in used]
    for column in range(len(second)):
        match = partner.get(column, Match(MatchStatus.NEW, None, column, None))
        while match.first is not None and dropped and dropped[0] < match.first:
            matches.append(Match(MatchStatus.DROPPED, dropped.pop(0), None, None))
        matches.append(match)
    matches.extend(Match(MatchStatus.DROPPED, row, None, None) for row in dropped)
    return tuple(matches)


def _compute_scores(first: Sequence[str], second: Sequence[str]) -> NDArray[np.float64]:
    if not first or not second:
        return np.zeros((len(first), len(second)))
    bare = [[_NOISE_RE.sub("", unicodedata.normalize("NFKC", text)) for text in texts] for texts in (first, second)]
    scores: NDArray[np.float64] = process.cdist(*bare, scorer=fuzz.ratio, dtype=np.float64, workers=1) / 100
    # Two tasks without a letter have nothing in common that could be seen.
    scores[[not text for text in bare[0]], :] = 0
    return scores


def _classify(scores: NDArray[np.float64], row: int, column: int, options: MatchOptions) -> MatchStatus | None:
    score = scores[row, column]
    if score < options.doubtful:
        return None
    if score >= options.kept:
        return MatchStatus.KEPT
    rivals = np.concatenate([np.delete(scores[row], column), np.delete(scores[:, column], row)])
    if score < options.changed or (rivals.size and float(rivals.max()) > score - options.margin):
        return MatchStatus.DOUBTFUL
    return MatchStatus.CHANGED
