"""Pairs of brackets, also where one is missing or of another width."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

_BRACKETS = {"（": "）", "〔": "〕"}


def find_brackets(view: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Find the outermost brackets of a stretch.

    Parameters
    ----------
    view
        The flow's view, in which brackets are （） or 〔〕.
    start, end
        The stretch.

    Returns
    -------
    tuple
        The outermost pairs (indices of the opening mark and behind the closing one), and the stretches from an opening mark that nothing
        closes to the next such mark, to the first pair behind a full stop, or to the end. A closing mark of the other kind closes a
        bracket if nothing else could.

    Examples
    --------
    >>> find_brackets("甲（乙（丙））丁（戊", 0, 10)
    ([(1, 7)], [(8, 10)])
    >>> find_brackets("（甲、乙（丙）负责", 0, 9)
    ([(4, 7)], [(0, 9)])
    """
    pairs, unclosed = _match(view, start, end, _BRACKETS)
    outer = outermost(pairs)
    stops = [*unclosed[1:], end]
    return outer, [(place, _reach(view, place, stop, outer)) for place, stop in zip(unclosed, stops, strict=False)]


def _reach(view: str, place: int, stop: int, outer: Sequence[tuple[int, int]]) -> int:
    """Return how far an unclosed bracket may reach: to `stop` or a pair behind a full stop, and not out of a pair it stands in."""
    before = bisect_left(outer, (place, 0))
    if before and place < outer[before - 1][1]:
        return min(stop, outer[before - 1][1] - 1)
    sentence = view.find("。", place, stop)
    following = bisect_left(outer, (sentence, 0)) if sentence >= 0 else len(outer)
    return min(stop, outer[following][0]) if following < len(outer) else stop


def find_pairs(view: str, start: int, end: int, kinds: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return the outermost pairs of ``view[start:end]``, `kinds` giving the closing mark of each opening one."""
    return outermost(_match(view, start, end, kinds)[0])


def _match(view: str, start: int, end: int, kinds: Mapping[str, str]) -> tuple[list[tuple[int, int]], list[int]]:
    """Return all pairs and the opening marks that nothing closes.

    A closing mark closes the last opening mark of its own kind, and what was opened after that stays open for good; if none
    of its kind is open and both are brackets, it closes the last bracket whatever its kind.
    """
    opener_of = {closer: opener for opener, closer in kinds.items()}
    mark_re = _compile("".join((*kinds, *opener_of)))
    if mark_re.search(view, start, end) is None:
        return [], []
    stack: list[int] = []
    open_kinds: Counter[str] = Counter()
    pairs: list[tuple[int, int]] = []
    unclosed: list[int] = []
    for match in mark_re.finditer(view, start, end):
        index, character = match.start(), match.group()
        if character in kinds:
            stack.append(index)
            open_kinds[character] += 1
        elif stack:
            opener = opener_of[character]
            if not open_kinds[opener] and not (character in "）〕" and view[stack[-1]] in _BRACKETS):
                continue
            while open_kinds[opener] and view[stack[-1]] != opener:
                open_kinds[view[stack[-1]]] -= 1
                unclosed.append(stack.pop())
            open_kinds[view[stack[-1]]] -= 1
            pairs.append((stack.pop(), index + 1))
    return pairs, sorted([*unclosed, *stack])


def outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches that begin in no other, in their order."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


@cache
def _compile(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{marks}]")
