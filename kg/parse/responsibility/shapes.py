"""Whether words have the shape of an agency's or a group's name."""

from __future__ import annotations

from functools import lru_cache

from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import find_opening, mask_inner

LONGEST_NAME = 45
#: Names joined by 和 and 及 alone: a stretch that is longer than this is no list of them.
LONGEST_PART = 300
_LONGEST_PLACE = 4
_NEVER_IN_NAME = "。；！？：=|—\t\n"


@lru_cache(maxsize=4096)  # a page names the same bodies over and over, and each is asked about on every way of reading it
def is_agency(name: str, lexicon: Lexicon) -> bool:
    """Say whether `name` (a stretch of the view) has the shape of an agency's or a group's name."""
    words = name.rstrip(" ") if len(name) <= LONGEST_PART else ""
    while words and words[-1] in "）〕" and (opened := find_opening(words)) > 0:
        words = words[:opened]
    if not 2 <= len(words) <= LONGEST_NAME or any(character in _NEVER_IN_NAME for character in words):
        return False
    other = words.startswith(lexicon.words("not-agency")) and not _starts_with_place(words, lexicon)
    if other or any(word in words for word in lexicon.words("look-alike")):
        return False
    label = lexicon.bare_label_re.match(words)
    if label is not None and (label.end() < len(words) or label.end() == len(name)):
        return False
    bare = mask_inner(words, 0, len(words))
    if any(particle in bare for particle in lexicon.words("not-in-name")) or "，" in bare:
        return False
    if "由" in bare.replace("自由", ""):
        return False
    return words.rstrip("”’").endswith((*lexicon.strong, *lexicon.weak))


def _starts_with_place(words: str, lexicon: Lexicon) -> bool:
    """Say whether a place stands at the head of a name (含山县, 略阳县)."""
    return any(words[:length] in lexicon.places for length in range(2, _LONGEST_PLACE + 1))
