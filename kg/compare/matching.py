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

Reals = NDArray[np.float32]
Flags = NDArray[np.bool_]

#: Blanks and marks say nothing about which task it is, and a copy may write them full-width or not; but 1.5 is not 15, and 5% is not 5.
_NOISE_RE = re.compile(r"[^\w.%]+|_|(?<!\d)\.|\.(?!\d)")

#: Letters of a headline: fewer say too little, more are a sentence like any other.
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 4, 30


class MatchStatus(StrEnum):
    """What became of a task."""

    KEPT = "kept"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"
    DROPPED = "dropped"
    NEW = "new"


class Doubt(StrEnum):
    """Why a match is doubtful."""

    RIVALS = "rivals"
    """Another task is about as close."""
    SHORT = "short"
    """A text too short to tell."""
    HALF = "half"
    """About half of the words are the same."""
    PIECE = "piece"
    """One text stands, for the most part, in the other: a task that was split, merged, or grew."""
    HEADLINE = "headline"
    """The headline is the same, the text below it another."""


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """Where one status ends and the next begins, as similarities from 0 to 1.

    No study of Chinese work plans gives thresholds; these were set by looking at 23 real plans of different places. There the best
    partner that a task has in a plan on another matter scores 0.14 (median) and 0.39 (99 of 100); the best one within its own plan 0.20
    and 0.37. Pairs from 0.6 up were the same task in other words (a province's plan and what a city made of it), pairs between 0.45 and
    0.6 mostly a task that was split, merged or turned elsewhere: a person should look.

    Parameters
    ----------
    kept
        From here up a task is kept. 1 means the same letters and digits: a changed figure or year is a change.
    changed
        From here up it is changed.
    doubtful
        From here up a pair is shown, but not believed.
    contained
        A pair below `doubtful` is shown all the same when so much of the shorter text stands, in order, in the longer one: part of a task
        that was split, or the beginning of one that grew.
    headline
        So is a pair of tasks that both begin with a headline (a short sentence, with more after it), if these are as similar as this.
    margin
        A pair is doubtful, too, if another free task is as close to either of its tasks, less this.
    shortest
        Letters and digits. Texts shorter than this are alike by chance: such a pair is doubtful unless kept, and never counts as contained.
    """

    kept: float = 1.0
    changed: float = 0.6
    doubtful: float = 0.45
    contained: float = 0.75
    headline: float = 0.8
    margin: float = 0.05
    shortest: int = 8

    def __post_init__(self) -> None:
        if not 0 < self.doubtful <= self.changed <= self.kept <= 1 or self.margin < 0:
            raise ValueError("thresholds must rise: 0 < doubtful <= changed <= kept <= 1, and margin >= 0")


@dataclass(frozen=True, slots=True)
class Match:
    """A task of the first plan and one of the second, by their places in the lists given; None where a task has no partner.

    ``others_first`` and ``others_second`` are the tasks that make it doubtful: others of the first plan that are about as close to the
    task of the second, and the other way round. A doubtful task without a partner resembles only tasks that have a closer one; ``score``
    is then its similarity to the nearest of them. ``doubt`` says why it is doubtful, None for any other status.
    """

    status: MatchStatus
    first: int | None
    second: int | None
    score: float | None
    doubt: Doubt | None = None
    others_first: tuple[int, ...] = ()
    others_second: tuple[int, ...] = ()


def match_texts(first: Sequence[str], second: Sequence[str], options: MatchOptions | None = None) -> tuple[Match, ...]:
    """Match texts one to one, the closest pair first, then the closest of what is left.

    The similarity is the normalised indel similarity: twice the longest common subsequence over the sum of the lengths, on letters, digits
    and the marks of figures only. Since it is symmetric, the pairs are the only stable ones: no two tasks are closer to each other than to
    the partners that they got. (The greatest sum of similarities is no such thing: it gives up a pair that is nearly the same for two that
    are half alike.) Equal pairs are told apart by their places in the plans.

    Parameters
    ----------
    first, second
        Task texts.
    options
        Thresholds.

    Returns
    -------
    tuple of Match
        In the order of `second`, what has no partner there after what stood before it in `first`; so a reader can go down either plan.

    References
    ----------
    D. Gale, L. S. Shapley, "College admissions and the stability of marriage", American Mathematical Monthly 69 (1962).

    Examples
    --------
    >>> [(m.status.value, m.first, m.second) for m in match_texts(["推进改革", "优化服务"], ["优化服务。", "建设平台"])]
    [('dropped', 0, None), ('kept', 1, 0), ('new', None, 1)]
    """
    options = options or MatchOptions()
    likeness = _compare_all(first, second, options)
    partners = _pair(likeness)
    # How close the partner of each task is, 0 without one.
    paired_first, paired_second = np.zeros(len(first), dtype=np.float32), np.zeros(len(second), dtype=np.float32)
    for row, column in partners.items():
        paired_first[row] = paired_second[column] = likeness.scores[row, column]
    pairs = {column: _judge_pair(likeness, row, column, paired_first, paired_second, options) for row, column in partners.items()}
    alone = {row: _judge_first(likeness, row, paired_second, options) for row in range(len(first)) if row not in partners}
    ordered: list[Match] = []
    waiting = sorted(alone)
    for column in range(len(second)):
        match = pairs.get(column) or _judge_second(likeness, column, paired_first, options)
        while match.first is not None and waiting and waiting[0] < match.first:
            ordered.append(alone[waiting.pop(0)])
        ordered.append(match)
    ordered.extend(alone[row] for row in waiting)
    return tuple(ordered)


@dataclass(frozen=True, slots=True)
class _Likeness:
    """Similarities of all pairs; ``near`` are the pairs worth showing, ``short`` those with a text too short to be sure of."""

    scores: Reals
    near: Flags
    contained: Flags
    short: Flags


def _compare_all(first: Sequence[str], second: Sequence[str], options: MatchOptions) -> _Likeness:
    shape = (len(first), len(second))
    if not first or not second:
        nothing = np.zeros(shape, dtype=np.bool_)
        return _Likeness(np.zeros(shape, dtype=np.float32), nothing, nothing, nothing)
    bare = [[_strip(text) for text in texts] for texts in (first, second)]
    scores = _score_all(*bare)
    rows, columns = (np.array([len(text) for text in texts], dtype=np.float32) for texts in bare)
    shorter = np.minimum(rows[:, None], columns[None, :])
    short = shorter < options.shortest
    # The score is 2 · common / (sum of lengths), so what is common follows from it.
    common = scores * (rows[:, None] + columns[None, :]) / 2
    contained = ~short & (common >= options.contained * shorter)
    headed = _score_all(*([_find_headline(text) for text in texts] for texts in (first, second))) >= options.headline
    return _Likeness(scores, (scores >= options.doubtful) | contained | headed, contained, short)


def _strip(text: str) -> str:
    return _NOISE_RE.sub("", unicodedata.normalize("NFKC", text))


def _find_headline(text: str) -> str:
    """Return the letters of the short sentence that a text begins with, if more follows; else nothing."""
    headline, stop, rest = text.partition("。")
    bare = _strip(headline)
    return bare if stop and rest and _SHORTEST_HEADLINE <= len(bare) <= _LONGEST_HEADLINE else ""


def _score_all(first: Sequence[str], second: Sequence[str]) -> Reals:
    scores: Reals = np.asarray(process.cdist(first, second, scorer=fuzz.ratio, dtype=np.float32, workers=-1) / 100, dtype=np.float32)
    # Two texts without a letter have nothing in common that could be seen.
    scores[[not text for text in first], :] = 0
    return scores


def _pair(likeness: _Likeness) -> dict[int, int]:
    """Return the partner in the second list of each task of the first that has one."""
    rows, columns = np.nonzero(likeness.near)
    places = np.abs(rows / max(1, likeness.near.shape[0]) - columns / max(1, likeness.near.shape[1]))
    order = np.lexsort((columns, rows, places, -likeness.scores[rows, columns]))
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for place in order:
        row, column = int(rows[place]), int(columns[place])
        if row not in partners and column not in taken:
            partners[row] = column
            taken.add(column)
    return partners


def _judge_pair(likeness: _Likeness, row: int, column: int, paired_first: Reals, paired_second: Reals, options: MatchOptions) -> Match:
    score = float(likeness.scores[row, column])
    if score >= options.kept:
        return Match(MatchStatus.KEPT, row, column, round(score, 4))
    others_first = _list_rivals(likeness.scores[:, column], row, paired_first, options)
    others_second = _list_rivals(likeness.scores[row, :], column, paired_second, options)
    doubt = _find_doubt(likeness, row, column, bool(others_first or others_second), options)
    status = MatchStatus.CHANGED if doubt is None else MatchStatus.DOUBTFUL
    return Match(status, row, column, round(score, 4), doubt, others_first, others_second)


def _find_doubt(likeness: _Likeness, row: int, column: int, has_rivals: bool, options: MatchOptions) -> Doubt | None:
    score = likeness.scores[row, column]
    if has_rivals:
        return Doubt.RIVALS
    if likeness.short[row, column]:
        return Doubt.SHORT
    if score >= options.changed:
        return None
    if score >= options.doubtful:
        return Doubt.HALF
    return Doubt.PIECE if likeness.contained[row, column] else Doubt.HEADLINE


def _list_rivals(scores: Reals, partner: int, paired: Reals, options: MatchOptions) -> tuple[int, ...]:
    """Return the tasks that are about as close as the partner and have none of their own that is clearly closer."""
    close = scores > scores[partner] - options.margin
    settled = (paired >= options.kept) | (paired >= scores + options.margin)
    return tuple(int(place) for place in np.nonzero(close & ~settled)[0] if place != partner)


def _judge_first(likeness: _Likeness, row: int, paired_second: Reals, options: MatchOptions) -> Match:
    others = _list_wholes(likeness.scores[row, :], likeness.contained[row, :], paired_second, options)
    if not others:
        return Match(MatchStatus.DROPPED, row, None, None)
    return Match(MatchStatus.DOUBTFUL, row, None, _find_nearest(likeness.scores[row, :], others), Doubt.PIECE, (), others)


def _judge_second(likeness: _Likeness, column: int, paired_first: Reals, options: MatchOptions) -> Match:
    others = _list_wholes(likeness.scores[:, column], likeness.contained[:, column], paired_first, options)
    if not others:
        return Match(MatchStatus.NEW, None, column, None)
    return Match(MatchStatus.DOUBTFUL, None, column, _find_nearest(likeness.scores[:, column], others), Doubt.PIECE, others, ())


def _list_wholes(scores: Reals, contained: Flags, paired: Reals, options: MatchOptions) -> tuple[int, ...]:
    """Return the tasks that one without a partner may be a piece of: alike, and not kept as they were."""
    alike = (scores >= options.changed) | contained
    return tuple(int(place) for place in np.nonzero(alike & (paired < options.kept))[0])


def _find_nearest(scores: Reals, places: tuple[int, ...]) -> float:
    return round(float(max(scores[place] for place in places)), 4)
