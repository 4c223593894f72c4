"""What stands below a plan and is no part of it: signature, day, notes on publication, lists of annexes."""

from __future__ import annotations

import re

from kg.parse.words.forms import DAY, DAY_RE
from kg.parse.words.lexicon import Lexicon

_BACK_RE = re.compile(
    rf"{DAY}|（[^（）]{{0,8}}此件[^（）]*）"
    r"|附(?:件|表|录)[\d一二三四五六七八九十]{0,3}(?:：.{0,80})?|\d{1,3}[.、]|[^。]{2,30}印发"
)
_LONGEST_BACK = 600
_MOST_BACK_LINES = 12


def is_back_matter(words: str, lexicon: Lexicon) -> bool:
    """Say whether a line is a day, a note on publication or the like, as they stand below a plan."""
    return _BACK_RE.fullmatch(words) is not None or words.startswith(lexicon.words("back-label"))


def trim_back(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where the back matter of ``text[start:end]`` begins: signature, date, notes on publication, lists of annexes."""
    kept = ended = end
    following = ""
    for _ in range(_MOST_BACK_LINES):
        while ended > start and text[ended - 1] == "\n":
            ended -= 1
        begun = max(start, text.rfind("\n", max(start, ended - _LONGEST_BACK), ended) + 1)
        words = text[begun:ended] if ended - begun < _LONGEST_BACK else ""
        signature = len(words) <= 40 and words.endswith(lexicon.strong) and DAY_RE.fullmatch(following) is not None
        if not words or not (signature or is_back_matter(words, lexicon)):
            break
        kept, following, ended = begun, words, begun
    return kept
