"""Forms that official documents share (GB/T 9704-2012): the document number, and the day in figures or numerals."""

from __future__ import annotations

import re
from datetime import date

from kg.parse.words.numerals import to_integer, to_year

_FIGURES = r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
_NUMERALS = r"[二〇○零一九八七六五四三]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
#: A day, as a part of other patterns.
DAY = rf"(?:{_FIGURES}|{_NUMERALS})"
DAY_RE = re.compile(DAY)
#: 甲政发〔2023〕5号; copies have round brackets, too.
DOCUMENT_NUMBER_RE = re.compile(r"[\u4e00-\u9fff]{1,12}[〔（](?:19|20)\d\d[〕）]\s*第?\d{1,5}号")
#: The day that ends a text, and what may stand behind it.
CLOSING_DAY_RE = re.compile(rf"(?P<day>{_FIGURES})(?:（[^（）]*）)?\s*$")
_COUNT = r"([\d一二三四五六七八九十]{1,3})"
_PARTS_RE = re.compile(rf"(\d{{4}}|[二〇○零一九八七六五四三]{{4}})[年\-/.]{_COUNT}[月\-/.]{_COUNT}日?")


def to_day(words: str) -> date | None:
    """Return the day that `words` are, in figures or numerals, or None; what is no day of the calendar is none.

    Examples
    --------
    >>> to_day("二〇一〇年三月十三日"), to_day("2010-03-13"), to_day("2010年3月"), to_day("2010年2月30日")
    (datetime.date(2010, 3, 13), datetime.date(2010, 3, 13), None, None)
    """
    match = _PARTS_RE.fullmatch(words)
    year, month, day = (to_year(match.group(1)), to_integer(match.group(2)), to_integer(match.group(3))) if match else (None, None, None)
    if year is None or month is None or day is None or not 1900 <= year < 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
