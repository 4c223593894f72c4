"""The replayable plan: edits that lead from one text to another, put end to end, replayed, and offsets mapped both ways."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import Edit, Span


class Change(NamedTuple):
    """An edit of one step of the repair, at ``[start, end)`` of the text as it is then; see :class:`~kg.model.Edit`.

    There are thousands in a document, and most of them move with every step: only those of the whole plan become edits.
    """

    start: int
    end: int
    before: str
    after: str
    kind: str
    rule: str


def to_edits(changes: Iterable[Change]) -> tuple[Edit, ...]:
    """Return changes of the source as edits."""
    return tuple(Edit(Span(start, end), before, after, kind, rule) for start, end, before, after, kind, rule in changes)


def to_changes(edits: Iterable[Edit]) -> list[Change]:
    """Return edits as changes of their source."""
    return [Change(edit.span.start, edit.span.end, edit.before, edit.after, edit.kind, edit.rule) for edit in edits]


def apply_plan(source: str, edits: Iterable[Edit]) -> str:
    """Return `source` with every edit carried out.

    Parameters
    ----------
    source
        The text the edits were made from.
    edits
        In order of their spans, which do not overlap.

    Raises
    ------
    ValueError
        The edits are out of order, or the source does not read as an edit says: it is another text.

    Examples
    --------
    >>> apply_plan("上海區(qū)", [Edit(Span(2, 3), "區", "区", "script", "t2s"), Edit(Span(3, 7), "(qū)", "", "pinyin", "toned")])
    '上海区'
    """
    return apply_changes(source, to_changes(edits))


def apply_changes(source: str, changes: Iterable[Change]) -> str:
    """Return `source` with every change carried out; raises ValueError like :func:`apply_plan`."""
    parts: list[str] = []
    position = 0
    for start, end, before, after, _, _ in changes:
        if start < position or source[start:end] != before:
            raise ValueError(f"the plan does not fit the text at {start}")
        parts += (source[position:start], after)
        position = end
    parts.append(source[position:])
    return "".join(parts)


def compose(source: str, first: Sequence[Change], second: Sequence[Change]) -> list[Change]:
    """Return one plan that does what `first` and then `second` do.

    Parameters
    ----------
    source
        The text `first` was made from.
    first, second
        Plans from `source` to a middle text, and from there on. Changes that meet in the middle become one, with the kind of the earlier
        and the rules of both, joined by ``+``.
    """
    result: list[Change] = []
    shift = 0  # middle offset minus source offset, before the change at hand
    left = 0
    waiting = list(reversed(second))
    while left < len(first) or waiting:
        here = first[left].start + shift if left < len(first) else math.inf
        while waiting and waiting[-1].start < here and waiting[-1].end <= here:
            start, end, before, after, kind, rule = waiting.pop()
            result.append(Change(start - shift, end - shift, before, after, kind, rule))
        there = waiting[-1].start if waiting else math.inf
        if there < here < math.inf and _parts(first[left], waiting[-1]):
            # What the first plan took out between two characters parts the change of both.
            change = waiting.pop()
            waiting += reversed(_split(change, first[left].start + shift - change.start))
        elif here < math.inf and here + len(first[left].after) <= there:
            change = first[left]
            result.append(change)
            shift += len(change.after) - len(change.before)
            left += 1
        elif waiting and here < math.inf:
            left, shift, merged = _merge(source, first, waiting, left, shift)
            result.append(merged)
    return result


def _parts(removal: Change, change: Change) -> bool:
    return not removal.after and len(change.before) == len(change.after)


def _split(change: Change, length: int) -> tuple[Change, Change]:
    """Cut a change that keeps its length in two."""
    start, end, before, after, kind, rule = change
    middle = start + length
    return Change(start, middle, before[:length], after[:length], kind, rule), Change(
        middle, end, before[length:], after[length:], kind, rule
    )


def _merge(source: str, first: Sequence[Change], waiting: list[Change], left: int, shift: int) -> tuple[int, int, Change]:
    """Melt the changes of both plans that overlap in the middle text into one: those of `first` from `left` on, the last ones `waiting`."""
    start = min(first[left].start + shift, waiting[-1].start)
    begin = start - shift
    end = start
    firsts: list[Change] = []
    seconds: list[Change] = []
    middle: list[str] = []
    position = begin
    later = shift
    grown = True
    while grown:
        grown = False
        if left < len(first) and first[left].start + later < max(end, start + 1):
            change = first[left]
            middle += [source[position : change.start], change.after]
            position = change.end
            end = max(end, change.start + later + len(change.after))
            later += len(change.after) - len(change.before)
            firsts.append(change)
            left += 1
            grown = True
        while waiting and waiting[-1].start < max(end, start + 1):
            seconds.append(waiting.pop())
            end = max(end, seconds[-1].end)
            grown = True
    finish = end - later
    middle.append(source[position:finish])
    moved = [change._replace(start=change.start - start, end=change.end - start) for change in seconds]
    rules = list(dict.fromkeys(change.rule for change in (*firsts, *seconds)))
    after = apply_changes("".join(middle), moved)
    return left, later, Change(begin, finish, source[begin:finish], after, firsts[0].kind, "+".join(rules))


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Offsets between a source text and the text its edits lead to, both ways.

    Within an edit that keeps its length characters correspond one by one; within any other, an offset that is a start goes to the start
    of the edit and an offset that is an end to its end.
    """

    source_starts: tuple[int, ...]
    source_ends: tuple[int, ...]
    target_starts: tuple[int, ...]
    target_ends: tuple[int, ...]

    def to_target(self, span: Span) -> Span:
        """Return where a span of the source lies in the repaired text."""
        return _map_span(span, self.source_starts, self.source_ends, self.target_starts, self.target_ends)

    def to_source(self, span: Span) -> Span:
        """Return where a span of the repaired text lies in the source.

        Examples
        --------
        >>> make_map([Edit(Span(2, 6), "(qū)", "", "pinyin", "toned")]).to_source(Span(1, 3))
        Span(start=1, end=7)
        """
        return _map_span(span, self.target_starts, self.target_ends, self.source_starts, self.source_ends)


def make_map(edits: Iterable[Edit]) -> OffsetMap:
    """Return the map of offsets that a plan implies."""
    return map_changes(to_changes(edits))


def map_changes(changes: Iterable[Change]) -> OffsetMap:
    """Return the map of offsets that changes imply."""
    starts, ends, target_starts, target_ends = [], [], [], []
    shift = 0
    for start, end, before, after, _, _ in changes:
        starts.append(start)
        ends.append(end)
        target_starts.append(start + shift)
        shift += len(after) - len(before)
        target_ends.append(end + shift)
    return OffsetMap(tuple(starts), tuple(ends), tuple(target_starts), tuple(target_ends))


def _map_span(span: Span, starts: tuple[int, ...], ends: tuple[int, ...], new_starts: tuple[int, ...], new_ends: tuple[int, ...]) -> Span:
    start = _map_offset(span.start, starts, ends, new_starts, new_ends, at_end=False)
    end = _map_offset(span.end, starts, ends, new_starts, new_ends, at_end=True)
    return Span(start, max(start, end))


def _map_offset(
    offset: int, starts: tuple[int, ...], ends: tuple[int, ...], new_starts: tuple[int, ...], new_ends: tuple[int, ...], *, at_end: bool
) -> int:
    index = bisect_right(starts, offset) - 1
    if at_end and index >= 0 and starts[index] == offset:
        # An end that touches an edit does not reach into it.
        index -= 1
    if index < 0:
        return offset
    if offset >= ends[index]:
        return offset + new_ends[index] - ends[index]
    if ends[index] - starts[index] == new_ends[index] - new_starts[index]:
        return offset + new_starts[index] - starts[index]
    return new_ends[index] if at_end else new_starts[index]
