"""How much a decoded text looks like Chinese prose.

Two encodings (GB18030 and Big5, UTF-16 in both orders) are often both *valid* for the same bytes; only one gives common characters.
The score of a reading is the sum of the logarithms of the chance of each character under a coarse model: the share of a class of
characters in Chinese official prose, dealt evenly over the members of the class. Differences of scores are therefore log-likelihood
ratios in nats, and grow with the length of the text. The classes come from the standards themselves (GB/T 2312-1980 levels 1 and 2,
Big5 level 1), so there is no table of frequencies to maintain; from 8 characters of a Chinese plan on the right reading wins,
whichever the encoding and the script.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import log
from types import MappingProxyType

PUNCTUATION = frozenset("，。、；：！？（）《》“”‘’〔〕【】「」『』〈〉—…·－～％．　①②③④⑤⑥⑦⑧⑨⑩０１２３４５６７８９")
"""Marks that Chinese prose is full of."""

_CONTROL = -25.0
_PRIVATE = -25.0
_REPLACEMENT = -30.0
_OTHER = -18.0


def _row_cells(encoding: str, leads: range, trails: tuple[range, ...]) -> frozenset[str]:
    found = set()
    for lead in leads:
        for trail in (byte for part in trails for byte in part):
            try:
                found.add(bytes((lead, trail)).decode(encoding))
            except UnicodeDecodeError:
                continue  # a hole in the standard's table
    return frozenset(found)


@cache
def get_character_scores() -> MappingProxyType[str, float]:
    """Return the log chance (nats) of each character that belongs to a known class."""
    scores = dict.fromkeys(_row_cells("gb2312", range(0xD8, 0xF8), (range(0xA1, 0xFF),)), log(0.005 / 3008))
    scores |= dict.fromkeys(_row_cells("big5", range(0xA4, 0xC6), (range(0x40, 0x7F), range(0xA1, 0xFF))), log(0.7 / 5401))
    scores |= dict.fromkeys(_row_cells("gb2312", range(0xB0, 0xD8), (range(0xA1, 0xFF),)), log(0.7 / 3755))
    scores |= dict.fromkeys(PUNCTUATION, log(0.1 / 20))
    scores |= dict.fromkeys(map(chr, range(32, 127)), log(0.2 / 64))
    scores |= dict.fromkeys("\n\r\t\f", log(0.2 / 64))
    return MappingProxyType(scores)


def score_character(character: str) -> float:
    r"""Return the log chance (nats) of one character in Chinese prose.

    Examples
    --------
    >>> score_character("的") > score_character("嘚") > score_character("뒤") > score_character("\x00")
    True
    """
    known = get_character_scores().get(character)
    if known is not None:
        return known
    code = ord(character)
    if code < 0x20 or 0x7F <= code < 0xA0:
        return _CONTROL
    if 0x4E00 <= code < 0xA000:
        return log(0.001 / 15000)
    if 0xE000 <= code < 0xF900 or code in (0xFFFE, 0xFFFF):
        return _PRIVATE
    return _REPLACEMENT if code == 0xFFFD else _OTHER


def score_text(text: str) -> float:
    """Return the log chance (nats) of `text` as Chinese prose, each character for itself.

    Examples
    --------
    >>> right, wrong = "牵头单位", "牵头单位".encode("gb18030").decode("big5", "replace")
    >>> score_text(right) > score_text(wrong) + 7
    True
    """
    return sum(count * score_character(character) for character, count in sorted(Counter(text).items()))


def mean_foreign_score(text: str) -> float:
    """Return the mean score (nats per character) of the characters outside ASCII; 0 where there are none.

    Chinese prose has about -8, also Traditional or damaged; bytes that are no Chinese text stay below -13.
    """
    counts = Counter(character for character in text if ord(character) > 126)
    total = sum(counts.values())
    return sum(count * score_character(character) for character, count in sorted(counts.items())) / total if total else 0.0
