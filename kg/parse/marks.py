"""The marks that number items, and what they count."""

from __future__ import annotations

import re

_HANZI = "〇零一二三四五六七八九十百"
#: A number at the beginning of a stretch. Decimals (1.5) are none; ``6.2017年底前`` is: item 6, its text beginning with a year.
MARK_RE = re.compile(
    rf"""
      第(?P<part>[{_HANZI}]{{1,5}}|\d{{1,3}})(?P<partkind>[编章节条])(?=\s|[^，。、的款项])
    | (?P<hanzi>[{_HANZI}]{{1,5}})(?P<hanzimark>[、.．])(?![、。])
    | （(?P<hanziparen>[{_HANZI}]{{1,5}})）[、.]?
    | （(?P<arabicparen>\d{{1,3}})）[、.]?
    | (?P<halfparen>\d{{1,3}})）
    | (?P<dotted>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?=[^\d.%％]|$)(?![年月日亿万千百个项家倍])
    | (?P<arabic>\d{{1,3}})(?P<arabicmark>[.、])(?:(?!\d)|(?=(?:19|20)\d\d年)|(?=\d{{3,}}\D))
    | (?P<circled>[①-⑳㉑-㊿])
    """,
    re.VERBOSE,
)

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


def to_number(words: str) -> int:
    """Return the value of a Chinese or arabic number below 1,000.

    Examples
    --------
    >>> [to_number(words) for words in ("七", "十", "十二", "二十", "二十一", "一百零三", "一一", "17")]
    [7, 10, 12, 20, 21, 103, 11, 17]
    """
    if words.isascii():
        return int(words)
    if not any(character in "十百" for character in words):
        return int("".join(str(_DIGITS[character]) for character in words))
    total, digit = 0, 0
    for character in words:
        if character == "百":
            total += (digit or 1) * 100
            digit = 0
        elif character == "十":
            total += (digit or 1) * 10
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
