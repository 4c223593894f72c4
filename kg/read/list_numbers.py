"""Numbers that a format draws itself: HTML lists, Word's automatic numbering. The names are Word's (ECMA-376, ST_NumberFormat)."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_NUMBERED_RE = re.compile(
    r"\s*(?:[(（〔]\s*(?:\d{1,3}|[一二三四五六七八九十百零〇]{1,5})\s*[)）〕]|\d{1,3}\s*[.．、)）](?!\d)|[一二三四五六七八九十百]{1,5}[、.．]|"
    r"第[一二三四五六七八九十百零〇\d]{1,5}[条章节款]|[①-⑳⑴-⒇])"
)


def is_numbered(text: str) -> bool:
    """Return whether a line begins with a number of its own, so that none must be drawn before it.

    Examples
    --------
    >>> is_numbered("（一）推进"), is_numbered("1．推进"), is_numbered("2017年"), is_numbered("3.5亿元")
    (True, True, False, False)
    """
    return bool(_NUMBERED_RE.match(text))


def format_number(number: int, kind: str) -> str:
    """Return a number in one of Word's number formats; an unknown format gives arabic figures.

    Examples
    --------
    >>> [format_number(21, kind) for kind in ("decimal", "chineseCounting", "upperRoman", "lowerLetter", "decimalZero")]
    ['21', '二十一', 'XXI', 'u', '21']
    >>> format_number(105, "chineseCountingThousand"), format_number(3, "decimalEnclosedCircle"), format_number(2, "ideographTraditional")
    ('一百零五', '③', '乙')
    """
    make = FORMATS.get(kind, str)
    return make(number) if number > 0 else str(number)


def _to_letters(number: int) -> str:
    # Word repeats the letter: z is followed by aa, bb, cc.
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _to_roman(number: int) -> str:
    shown = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        shown.append(letters * count)
    return "".join(shown)


def _to_chinese(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零") -> str:
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = "" if not low else (zero if low < 1000 else "") + _to_chinese(low, digits, units, zero)
        return _to_chinese(high, digits, units, zero) + "万" + rest
    shown = ""
    pending = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            shown += (zero if pending else "") + digits[digit] + (units[place - 1] if place else "")
            pending = False
        elif shown:
            pending = True
    one_ten = digits[1] + units[0]
    return shown[1:] if shown.startswith(one_ten) and units[0] == "十" else shown


def _to_counting(number: int) -> str:
    # chineseCounting spells 10 to 99 (二十一) and writes digit by digit from 100 on (一〇五); chineseCountingThousand spells all.
    return _to_chinese(number) if number < 100 else "".join(_DIGITS[int(digit)] for digit in str(number))


def _to_circle(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


def _to_parenthesis(number: int) -> str:
    return chr(0x2474 + number - 1) if number <= 20 else f"({number})"


def _to_full_stop(number: int) -> str:
    return chr(0x2488 + number - 1) if number <= 20 else f"{number}."


FORMATS: MappingProxyType[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": str,
        "decimalZero": lambda number: f"{number:02d}",
        "decimalHalfWidth": str,
        "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        "decimalFullWidth2": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        "decimalEnclosedCircle": _to_circle,
        "decimalEnclosedCircleChinese": _to_circle,
        "decimalEnclosedParen": _to_parenthesis,
        "decimalEnclosedFullstop": _to_full_stop,
        "lowerLetter": _to_letters,
        "upperLetter": lambda number: _to_letters(number).upper(),
        "lowerRoman": lambda number: _to_roman(number).lower(),
        "upperRoman": _to_roman,
        "chineseCounting": _to_counting,
        "chineseCountingThousand": _to_chinese,
        "taiwaneseCounting": _to_counting,
        "taiwaneseCountingThousand": _to_chinese,
        "japaneseCounting": _to_chinese,
        "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
        "taiwaneseDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
        "chineseLegalSimplified": lambda number: _to_chinese(number, _LEGAL_DIGITS, "拾佰仟"),
        "ideographTraditional": lambda number: _STEMS[number - 1] if number <= 10 else str(number),
        "ideographZodiac": lambda number: _BRANCHES[number - 1] if number <= 12 else str(number),
        "none": lambda number: "",
    }
)
"""Word's name of a format → the function that writes a number of at least 1 in it."""
