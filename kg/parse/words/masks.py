"""Stretches of words with what brackets and quotes hold masked, so that no mark in there separates anything."""

from __future__ import annotations

import re

from kg.parse.words.brackets import find_pairs

#: Stands for every character inside brackets and quotes.
MASK = "\uffff"
_PAIRS = {"（": "）", "〔": "〕", "“": "”", "‘": "’", "《": "》"}
_PAIR_RE = re.compile("[）〕”’》]")


def mask_inner(view: str, start: int, end: int) -> str:
    """Return ``view[start:end]`` with everything inside matched brackets and quotes masked, brackets included.

    Examples
    --------
    >>> mask_inner("甲（乙、丙），丁", 0, 8).replace(MASK, "*")
    '甲*****，丁'
    """
    if _PAIR_RE.search(view, start, end) is None:
        return view[start:end]
    pieces: list[str] = []
    position = start
    for opened, closed in find_pairs(view, start, end, _PAIRS):
        pieces.extend((view[position:opened], MASK * (closed - opened)))
        position = closed
    return "".join([*pieces, view[position:end]])


def mask_tail(words: str) -> str:
    """Mask inner brackets but the last, which may belong to a tail: 等有关部门（单位）."""
    opened = find_opening(words) if words and words[-1] in "）〕" else len(words)
    return mask_inner(words, 0, opened) + words[opened:]


def find_opening(words: str) -> int:
    """Return where the bracket that ends `words` was opened, or -1."""
    depth = 0
    for index in range(len(words) - 1, -1, -1):
        if words[index] in "）〕":
            depth += 1
        elif words[index] in "（〔":
            depth -= 1
            if depth == 0:
                return index
    return -1
