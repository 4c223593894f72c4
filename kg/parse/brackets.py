"""Pairs of brackets, also where one is missing or of another width."""

from __future__ import annotations

from collections.abc import Iterable

_OPENER_OF = {"）": "（", "〕": "〔"}


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
        closes to the end. A closing mark of the other kind closes a bracket if nothing else could.

    Examples
    --------
    >>> find_brackets("甲（乙（丙））丁（戊", 0, 10)
    ([(1, 7)], [(8, 10)])
    """
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    for index in range(start, end):
        character = view[index]
        if character in "（〔":
            stack.append(index)
        elif character in _OPENER_OF and stack:
            opener = _OPENER_OF[character]
            if view[stack[-1]] != opener and any(view[place] == opener for place in stack):
                while view[stack[-1]] != opener:
                    stack.pop()
            pairs.append((stack.pop(), index + 1))
    return _outermost(pairs), [(place, end) for place in stack]


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
