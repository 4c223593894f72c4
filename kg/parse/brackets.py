"""Pairs of brackets, also where one is missing or of another width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

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
        closes to the end, or to the first pair behind a full stop. A closing mark of the other kind closes a bracket if nothing else could.

    Examples
    --------
    >>> find_brackets("甲（乙（丙））丁（戊", 0, 10)
    ([(1, 7)], [(8, 10)])
    >>> find_brackets("（甲、乙（丙）负责", 0, 9)
    ([(4, 7)], [(0, 9)])
    """
    pairs, unclosed = _match(view, start, end, _BRACKETS)
    outer = _outermost(pairs)
    ends = ((place, (pair[0] for pair in outer if pair[0] > place and "。" in view[place : pair[0]])) for place in unclosed)
    return outer, [(place, min(stops, default=end)) for place, stops in ends]


def find_pairs(view: str, start: int, end: int, kinds: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return the outermost pairs of ``view[start:end]``, `kinds` giving the closing mark of each opening one."""
    return _outermost(_match(view, start, end, kinds)[0])


def _match(view: str, start: int, end: int, kinds: Mapping[str, str]) -> tuple[list[tuple[int, int]], list[int]]:
    """Return all pairs and the opening marks that nothing closes.

    A closing mark closes the last opening mark of its own kind, and what was opened after that stays open for good; if none
    of its kind is open and both are brackets, it closes the last bracket whatever its kind.
    """
    opener_of = {closer: opener for opener, closer in kinds.items()}
    stack: list[int] = []
    open_kinds: Counter[str] = Counter()
    pairs: list[tuple[int, int]] = []
    unclosed: list[int] = []
    for index in range(start, end):
        character = view[index]
        if character in kinds:
            stack.append(index)
            open_kinds[character] += 1
        elif character in opener_of and stack:
            opener = opener_of[character]
            if not open_kinds[opener] and not (character in "）〕" and view[stack[-1]] in _BRACKETS):
                continue
            while open_kinds[opener] and view[stack[-1]] != opener:
                open_kinds[view[stack[-1]]] -= 1
                unclosed.append(stack.pop())
            open_kinds[view[stack[-1]]] -= 1
            pairs.append((stack.pop(), index + 1))
    return pairs, sorted([*unclosed, *stack])


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
