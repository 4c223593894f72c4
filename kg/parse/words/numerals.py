"""Numbers as plans print them: figures with commas, Chinese numerals, and both mixed (1,200 · 三万五千 · 5千)."""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
#: A number; in the view of a text the comma between figures is full-width.
FIGURES = r"\d{1,3}(?:[，,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HANZI = "[零〇一二两三四五六七八九十百千万亿]+"
NUMBER = rf"(?:{FIGURES}|{HANZI})"


def to_number(words: str) -> float | None:
    """Return the value of a number, None if it is none.

    Examples
    --------
    >>> to_number("1,200"), to_number("三万五千"), to_number("十二"), to_number("5千"), to_number("万")
    (1200.0, 35000.0, 12.0, 5000.0, None)
    """
    match = re.match(rf"(?:{FIGURES})", words)
    if match is None:
        return _from_hanzi(words)
    value = float(re.sub("[，,]", "", match.group()))
    for character in words[match.end() :]:
        step = _STEPS.get(character) or _MYRIADS.get(character)
        if step is None:
            return None
        value *= step
    return value


def to_integer(words: str) -> int | None:
    """Return the value of a whole number, None if it is none."""
    value = to_number(words)
    return int(value) if value is not None and value == int(value) else None


def to_year(words: str) -> int | None:
    """Return a year of four figures or numerals, or of two figures (``17``).

    Examples
    --------
    >>> to_year("2017"), to_year("二〇一七"), to_year("17"), to_year("三千")
    (2017, 2017, 2017, None)
    """
    if words.isdecimal():
        return int(words) + (2000 if len(words) == 2 else 0)
    digits = [_DIGITS.get(character) for character in words]
    return int("".join(map(str, digits))) if len(digits) == 4 and None not in digits else None


def _from_hanzi(words: str) -> float | None:
    total = section = 0
    digit: int | None = None
    for character in words:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _STEPS:
            if digit is None and character != "十":
                return None
            section += (1 if digit is None else digit) * _STEPS[character]
            digit = None
        elif character in _MYRIADS:
            if digit is None and not section and not total:
                return None
            total = (total + section + (digit or 0)) * _MYRIADS[character]
            section, digit = 0, None
        else:
            return None
    return float(total + section + (digit or 0)) if words else None
