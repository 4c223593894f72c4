"""Brackets in pairs: how well a bracket goes after those that are open."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.repair.tokens import NUMBERS

PAIRS = {"（": "）", "《": "》", "“": "”", "〈": "〉", "‘": "’", "【": "】", "〔": "〕", "(": ")"}
BRACKETS = frozenset("".join(PAIRS) + "".join(PAIRS.values()))
OPENING, CLOSING = (re.escape("".join(marks)) for marks in (PAIRS, PAIRS.values()))
UNOPENED_RE = re.compile(rf"\s*[^{OPENING}0-9A-Za-z{NUMBERS}]?[{CLOSING}]")
"""A line that begins with a closing bracket, or with one character that is no number and one."""
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


def is_unopened(line: str, after: str) -> bool:
    """Say whether `after` goes on with `line` so that the paragraph begins with a closing bracket; none does, but for ``1）``.

    Examples
    --------
    >>> is_unopened("", "小）启动"), is_unopened("　", "（六）启动"), is_unopened("", "一）启动")
    (True, False, False)
    """
    found = UNOPENED_RE.match(line + after)
    return found is not None and found.end() > len(line)
