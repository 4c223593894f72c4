"""The level word that is stated once and carried on: 市公安局、商务局 is 市公安局 and 市商务局."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.parse.words.lexicon import Lexicon

_LONGEST_PLACE = 12
#: The committee of the party in a place or at a level: 甲县委, 区委.
_COMMITTEE_RE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,8}?)?(?P<unit>[县区市旗州盟镇乡])委")


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
        self._beside = ("", "")

    def begin_list(self) -> None:
        """Begin another list of the same task: behind the next label, in the next bracket or line."""
        self._from_before = True

    def carry(self, name: str) -> str:
        """Return `name` with the level word it shares, and remember its own if it has one.

        Examples
        --------
        >>> from kg.parse.words.lexicon import make_lexicon
        >>> from kg.rules import load_rules
        >>> carrier = LevelCarrier(make_lexicon(load_rules().notation))
        >>> [carrier.carry(name) for name in ("市公安局", "商务局", "永安县委", "县政府", "市水利局")]
        ['市公安局', '市商务局', '永安县委', '永安县政府', '市水利局']
        """
        place, unit = self._beside
        self._beside = self._find_committee(name)
        if place and name.startswith(unit) and name[len(unit) :] in self._lexicon.words("beside-committee"):
            return place + name
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

    def _find_committee(self, name: str) -> tuple[str, str]:
        """Return the place and the unit of 甲县委; nothing where the page's own place stands there, or all places do (各县委)."""
        match = _COMMITTEE_RE.fullmatch(name)
        if match is None or not match["place"] or match["place"] in self._own_places:
            return "", ""
        if match["place"].startswith((*self._lexicon.words("group-lead"), "中共")) or match["place"].endswith(self._lexicon.words("level")):
            return "", ""
        return match["place"], match["unit"]

    def _is_bare(self, name: str) -> bool:
        words = self._lexicon.words
        if name.startswith(words("not-carry-start")) or any(word in name for word in words("not-carry-in")):
            return False
        heads = [name[:length] for length in range(2, min(len(name), _LONGEST_PLACE) + 1)]
        if any(head in self._own_places or head in self._lexicon.places for head in heads):
            return False
        bare = re.split(r"[（(〔\[【]", name)[0]
        return bare.endswith(words("carry-ending"))


def is_party_committee(name: str) -> bool:
    """Say whether `name` is the committee of the party in a place or a level.

    Examples
    --------
    >>> [is_party_committee(name) for name in ("永安县委", "区委", "各县区委", "市发展改革委")]
    [True, True, True, False]
    """
    return _COMMITTEE_RE.fullmatch(name) is not None
