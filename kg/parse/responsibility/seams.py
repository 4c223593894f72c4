"""Where two names meet whose mark was lost."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import MASK

#: The end of brackets inside a name, something behind them.
_CLOSED_RE = re.compile(f"{MASK}(?=[^{MASK}])")
_SHORTEST_GLUED = 4


def find_seam(words: str, masked: str, lexicon: Lexicon, is_strong: Callable[[str], bool], is_body: Callable[[str], bool]) -> int:
    """Return where two names meet whose mark was lost, or 0.

    That is behind the bracket of the first, before a level word or 各 (省商务厅（省口岸办）省能源局), or behind its end, before the level
    word that it too begins with (市市场监管局市应急局).

    Parameters
    ----------
    words, masked
        A name on the page, and the same with :data:`MASK` for what brackets hold.
    lexicon
        The parser's tables.
    is_strong, is_body
        Say whether words end as only an agency's name does, and whether they surely are an agency's or a group's.
    """
    levels = lexicon.words("level")
    for match in _CLOSED_RE.finditer(masked):
        left, right = words[: match.end()], words[match.end() :]
        if right.startswith((*levels, "各")) and is_strong(left) and is_body(right):
            return match.end()
    level = next((word for word in levels if masked.startswith(word)), "")
    if not level or masked.endswith(lexicon.words("branch-ending")):
        return 0
    for index in range(_SHORTEST_GLUED, len(masked) - _SHORTEST_GLUED + 1):
        left, right = masked[:index], masked[index:]
        follows = right.startswith((level, "各")) and not right.startswith(lexicon.words("not-level"))
        if follows and left.endswith(lexicon.words("body-ending")) and is_strong(left) and is_strong(right):
            return index
    return 0
