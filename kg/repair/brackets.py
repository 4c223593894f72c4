"""Brackets in pairs: how well a bracket goes after those that are open."""

from __future__ import annotations

from functools import lru_cache

PAIRS = {"（": "）", "《": "》", "“": "”", "〈": "〉", "‘": "’", "【": "】", "〔": "〕", "(": ")"}
BRACKETS = frozenset("".join(PAIRS) + "".join(PAIRS.values()))
CLOSED, UNOPENED, UNCLOSED = 3.0, -5.0, -4.0
"""Scores of a closing bracket that is waited for, of one that is not, and of a line's end while one is."""


def weigh_bracket(opened: str, char: str) -> tuple[float, str]:
    """Return the score of a bracket after those that are open, and the ones open then.

    Examples
    --------
    >>> weigh_bracket("》）", "）"), weigh_bracket("", "《")
    ((3.0, '》'), (0.0, '》'))
    """
    if char in PAIRS:
        return 0.0, opened + PAIRS[char]
    if opened.endswith(char):
        return CLOSED, opened[:-1]
    return UNOPENED, opened


@lru_cache(maxsize=64)
def get_opened(line: str) -> str:
    """Return the closing brackets that `line` still waits for, innermost last."""
    opened = ""
    for char in line:
        if char in BRACKETS:
            opened = weigh_bracket(opened, char)[1]
    return opened[-4:]
