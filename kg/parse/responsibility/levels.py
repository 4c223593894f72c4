"""The level word that is stated once and carried on: 市公安局、商务局 is 市公安局 and 市商务局."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.parse.words.lexicon import Lexicon

_LONGEST_PLACE = 12


class LevelCarrier:
    """Carries the level word of one task's names on to the bare bodies after it.

    A body is bare if it ends as a body of a government does (…局, …委, …办) and begins neither with a level nor with a place, and is
    neither a vertical body (海关, 人民银行) nor a zone, an enterprise or a group. Within one list a level word is carried on to 税务局 or
    气象局, too; from one list to the next (牵头单位：区财政局；责任单位：税务局) it is not: such bodies may be of another level there.
    """

    def __init__(self, lexicon: Lexicon, own_places: Sequence[str] = ()) -> None:
        self._lexicon = lexicon
        self._own_places = frozenset(own_places)
        self._level = ""
        self._party = False
        self._from_before = False

    def begin_list(self) -> None:
        """Begin another list of the same task: behind the next label, in the next bracket or line."""
        self._from_before = True

    def carry(self, name: str) -> str:
        """Return `name` with the level word it shares, and remember its own if it has one."""
        level = self.find_level(name)
        if level:
            self._level, self._from_before = level, False
            self._party = name.startswith("委", len(level))
            return name
        if not self._level or not self._is_bare(name) or (self._from_before and name.startswith(self._lexicon.words("vertical-body"))):
            return name
        if self._party and name in self._lexicon.words("party-body"):
            return f"{self._level}委{name}"
        return self._level + name

    def find_level(self, name: str) -> str:
        """Return the level word `name` begins with, or nothing (市场监管局 begins with none)."""
        if name.startswith(self._lexicon.words("not-level")):
            return ""
        level = next((word for word in self._lexicon.words("level") if name.startswith(word)), "")
        return level if name[len(level) : len(level) + 1] not in ("（", "(", "〔", "[", "、", "") else ""

    def _is_bare(self, name: str) -> bool:
        words = self._lexicon.words
        if name.startswith(words("not-carry-start")) or any(word in name for word in words("not-carry-in")):
            return False
        heads = [name[:length] for length in range(2, min(len(name), _LONGEST_PLACE) + 1)]
        if any(head in self._own_places or head in self._lexicon.places for head in heads):
            return False
        bare = re.split(r"[（(〔\[【]", name)[0]
        return bare.endswith(words("carry-ending"))
