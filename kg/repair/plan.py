"""The replayable plan: edits that lead from one text to another, put end to end, replayed, and offsets mapped both ways."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Edit, Span


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
    parts: list[str] = []
    position = 0
    for edit in edits:
        start, end = edit.span.start, edit.span.end
        if start < position or source[start:end] != edit.before:
            raise ValueError(f"the plan does not fit the text at {start}")
        parts.append(source[position:start])
        parts.append(edit.after)
        position = end
    parts.append(source[position:])
    return "".join(parts)


def compose(source: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return one plan that does what `first` and then `second` do.

    Parameters
    ----------
    source
        The text `first` was made from.
    first, second
        Plans from `source` to a middle text, and from there on. Edits that meet in the middle become one, with the kind of the earlier and
        the rules of both, joined by ``+``.
    """
    result: list[Edit] = []
    shift = 0  # middle offset minus source offset, before the edit at hand
    left = 0
    waiting = list(reversed(second))
    while left < len(first) or waiting:
        here = first[left].span.start + shift if left < len(first) else None
        there = waiting[-1].span.start if waiting else None
        if here is not None and there is not None and there < here < waiting[-1].span.end and _parts(first[left], waiting[-1]):
            # What the first plan took out between two characters parts the edit of both.
            waiting += reversed(_split(waiting.pop(), here - there))
        if here is None or (there is not None and there < here and waiting[-1].span.end <= here):
            edit = waiting.pop()
            span = Span(edit.span.start - shift, edit.span.end - shift)
            result.append(Edit(span, edit.before, edit.after, edit.kind, edit.rule))
            continue
        if there is None or here + len(first[left].after) <= there:
            edit = first[left]
            result.append(edit)
            shift += len(edit.after) - len(edit.before)
            left += 1
            continue
        left, shift, merged = _merge(source, first, waiting, left, shift)
        result.append(merged)
    return tuple(result)


def _parts(removal: Edit, edit: Edit) -> bool:
    return not removal.after and len(edit.before) == len(edit.after)


def _split(edit: Edit, length: int) -> tuple[Edit, Edit]:
    """Cut an edit that keeps its length in two."""
    start, end = edit.span.start, edit.span.end
    return (
        Edit(Span(start, start + length), edit.before[:length], edit.after[:length], edit.kind, edit.rule),
        Edit(Span(start + length, end), edit.before[length:], edit.after[length:], edit.kind, edit.rule),
    )


def _merge(source: str, first: Sequence[Edit], waiting: list[Edit], left: int, shift: int) -> tuple[int, int, Edit]:
    """Melt the edits of both plans that overlap in the middle text into one: those of `first` from `left` on, the last ones `waiting`."""
    start = min(first[left].span.start + shift, waiting[-1].span.start)
    begin = start - shift
    end = start
    firsts: list[Edit] = []
    seconds: list[Edit] = []
    middle: list[str] = []
    position = begin
    later = shift
    grown = True
    while grown:
        grown = False
        if left < len(first) and first[left].span.start + later < max(end, start + 1):
            edit = first[left]
            middle += [source[position : edit.span.start], edit.after]
            position = edit.span.end
            end = max(end, edit.span.start + later + len(edit.after))
            later += len(edit.after) - len(edit.before)
            firsts.append(edit)
            left += 1
            grown = True
        while waiting and waiting[-1].span.start < max(end, start + 1):
            seconds.append(waiting.pop())
            end = max(end, seconds[-1].span.end)
            grown = True
    finish = end - later
    middle.append(source[position:finish])
    text = "".join(middle)
    moved = [Edit(Span(e.span.start - start, e.span.end - start), e.before, e.after, e.kind, e.rule) for e in seconds]
    rules = list(dict.fromkeys(edit.rule for edit in (*firsts, *seconds)))
    merged = Edit(Span(begin, finish), source[begin:finish], apply_plan(text, moved), firsts[0].kind, "+".join(rules))
    return left, later, merged


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
    starts, ends, target_starts, target_ends = [], [], [], []
    shift = 0
    for edit in edits:
        starts.append(edit.span.start)
        ends.append(edit.span.end)
        target_starts.append(edit.span.start + shift)
        shift += len(edit.after) - len(edit.before)
        target_ends.append(edit.span.end + shift)
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
