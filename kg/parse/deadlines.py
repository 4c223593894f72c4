"""Deadlines: expressions of time as inclusive days or rhythms; what the words do not fix stays open.

In the text of a task only expressions that set a term are read (6月底前, 年底前, 每季度); behind a label (完成时限：) any expression of
time is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

from kg.model import Deadline
from kg.parse.layout import Flow
from kg.parse.lexicon import Lexicon
from kg.parse.marks import to_number

_NAMED = r"(?:(?:19|20)\d\d|二[〇○零0][〇○零一二三四五六七八九]{2})"
_YEAR = rf"(?:(?P<year>{_NAMED})年|(?P<relative>今年|本年|当年|明年|次年|来年))?度?"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_RANGE = r"(?:-|—{1,2}|–|－|~|～|至|到)"
_LIMIT = r"(?P<limit>之?前|以前|内|止|起|完成)?"
_PATTERNS = (
    re.compile(rf"[每按]{_YEAR}(?P<every>半年|年|季度|季|个月|月|周|日)度?(?:{_MONTH}月)?(?:\d{{1,2}}日)?(?:底|末|初)?{_LIMIT}"),
    re.compile(rf"“?(?P<plan>十[二三四五六])五”?(?P<part>末|期间|时期)?{_LIMIT}"),
    re.compile(rf"[到至]?{_YEAR}第?(?:(?P<firstquarter>[一二三四1-4]){_RANGE})?(?P<quarter>[一二三四1-4])季度(?P<part>末|底)?{_LIMIT}"),
    re.compile(rf"[到至]?{_YEAR}(?P<half>上半年|下半年)(?P<part>末|底)?{_LIMIT}"),
    re.compile(rf"[到至]?{_YEAR}(?P<month>{_MONTH})月(?P<day>3[01]|[12]\d|0?[1-9])日{_LIMIT}"),
    re.compile(rf"{_YEAR}(?P<first>{_MONTH})月?{_RANGE}(?P<month>{_MONTH})月份?(?P<part>底|末)?{_LIMIT}"),
    re.compile(rf"[到至]?{_YEAR}(?P<month>{_MONTH})月份?(?P<part>底|末|上旬|中旬|下旬)?{_LIMIT}"),
    re.compile(rf"(?P<firstyear>{_NAMED})年?{_RANGE}(?P<year>{_NAMED})年(?P<part>年底|年末|底|末)?{_LIMIT}"),
    re.compile(rf"[到至]?(?P<year>{_NAMED})年(?P<part>年底|年末|底|末)?{_LIMIT}"),
    re.compile(
        rf"(?P<year>(?:19|20)\d\d)[./-](?P<month>1[0-2]|0?[1-9])(?:[./-](?P<day>3[01]|[12]\d|0?[1-9]))?(?![\d.])(?P<numeric>){_LIMIT}"
    ),
    re.compile(rf"(?<![一二两三四五六七八九十\d])(?P<thisyear>年底|年末|年内|全年|今年底|本年底|当年|今年内|明年底|明年内){_LIMIT}"),
)
_RHYTHMS = {"年": "P1Y", "半年": "P6M", "季度": "P3M", "季": "P3M", "月": "P1M", "个月": "P1M", "周": "P1W", "日": "P1D"}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DIGITS = "〇一二三四五六七八九"
_ZEROS = str.maketrans("零○0", "〇〇〇")
_ENDS = " ，。；、：）〕"


def find_deadlines(flow: Flow, start: int, end: int, year: int | None) -> Iterator[Deadline]:
    """Yield the terms that the text ``[start, end)`` of a task sets.

    Parameters
    ----------
    flow, start, end
        The text.
    year
        The plan's year, for expressions that name none; None leaves their days open.
    """
    taken = start
    for match in _matches(flow.text, start, end):
        if match.start() < taken or not _sets_term(flow.text, match):
            continue
        taken = match.end()
        yield _to_deadline(flow, match, year)


def read_deadline(flow: Flow, start: int, end: int, year: int | None, lexicon: Lexicon) -> Deadline | None:
    """Read the words behind a label of time; None if there are none. Words that name no day keep both days open."""
    while start < end and flow.text[start] in _ENDS:
        start += 1
    while end > start and flow.text[end - 1] in _ENDS:
        end -= 1
    if start >= end:
        return None
    matches = list(_matches(flow.text, start, end))
    expression, span = flow.printed[start:end], flow.to_span(start, end)
    if not matches or flow.text[start:end] in lexicon.words("deadline-open"):
        return Deadline(expression, span, None, None)
    first, last = _to_deadline(flow, matches[0], year), _to_deadline(flow, matches[-1], year)
    if len(matches) == 1 or matches[-1].start() < matches[0].end():
        return Deadline(expression, span, first.start, first.end, first.recurring)
    between = flow.text[matches[0].end() : matches[1].start()]
    joined = re.fullmatch(_RANGE, between) or (not between and matches[-1].group().startswith(("到", "至")))
    begin = first.start or (first.end if joined else None)
    return Deadline(expression, span, begin, last.end, first.recurring)


def says_time(text: str, start: int, end: int) -> bool:
    """Say whether a stretch holds an expression of time at all, if only one without a year."""
    return bool(_matches(text, start, end))


def after_time(words: str) -> str | None:
    """Return what follows the expression of time that `words` (of the view) begin with; None if they begin with none.

    Examples
    --------
    >>> after_time("2023年6月底前"), after_time("年底前完成"), after_time("市民政局")
    ('', '完成', None)
    """
    ends = [match.end() for pattern in _PATTERNS if (match := pattern.match(words))]
    return words[max(ends) :] if ends else None


def around_time(words: str) -> tuple[str, str | None]:
    """Return what stands before and behind the first expression of time in `words`; None where there is none.

    Examples
    --------
    >>> around_time("第一项6月底前完成"), around_time("市民政局")
    (('第一项', '完成'), ('', None))
    """
    found = _matches(words, 0, len(words))
    return (words[: found[0].start()], words[found[0].end() :]) if found else ("", None)


def _matches(text: str, start: int, end: int) -> list[re.Match[str]]:
    found = [match for pattern in _PATTERNS for match in pattern.finditer(text, start, end)]
    found.sort(key=lambda match: (match.start(), -match.end()))
    kept: list[re.Match[str]] = []
    for match in found:
        before = text[match.start() - 1] if match.start() > start else ""
        if (not kept or match.start() >= kept[-1].end()) and not (match.group()[0].isdigit() and before.isdigit()):
            kept.append(match)
    return kept


def _sets_term(text: str, match: re.Match[str]) -> bool:
    """Say whether an expression in running text sets a term, and is not only a date that is mentioned."""
    groups = match.groupdict()
    if groups.get("every"):
        return match.group().startswith("每")
    part, limit, this_year = groups.get("part"), groups.get("limit"), groups.get("thisyear")
    if groups.get("numeric") is not None or groups.get("firstyear") or limit == "起":
        return False
    if this_year:
        return bool(limit) or this_year.endswith(("底", "末", "内"))
    if groups.get("quarter") or groups.get("half"):
        return bool(limit)
    whole = bool(groups.get("day") and limit == "完成") or bool(groups.get("first"))
    return whole or limit in ("前", "之前", "以前") or part in ("底", "末", "年底", "年末") or match.group().startswith("到")


def _to_deadline(flow: Flow, match: re.Match[str], year: int | None) -> Deadline:
    groups = match.groupdict()
    first, last = _days(groups, _year_of(groups, year))
    span = flow.to_span(match.start(), match.end())
    expression = flow.printed[match.start() : match.end()]
    if groups.get("every"):
        return Deadline(expression, span, None, None, _RHYTHMS[groups["every"]])
    by_end = (
        groups.get("limit") in ("前", "之前", "以前")
        or groups.get("part") in ("底", "末", "年底", "年末")
        or (groups.get("thisyear") or "").endswith(("底", "末"))
        or match.group().startswith(("到", "至"))
    )
    if groups.get("limit") == "起":
        return Deadline(expression, span, first, None)
    return Deadline(expression, span, None if by_end else first, last)


def _year_of(groups: Mapping[str, str | None], year: int | None) -> int | None:
    """Return the year that is meant; `year` is the plan's own."""
    if named := groups.get("year"):
        digits = named if named.isascii() else "".join(str(_DIGITS.index(digit)) for digit in named.translate(_ZEROS))
        return int(digits)
    later = groups.get("relative") in ("明年", "次年", "来年") or (groups.get("thisyear") or "").startswith("明年")
    return year + later if year is not None else None


def _days(groups: Mapping[str, str | None], year: int | None) -> tuple[date | None, date | None]:
    """Return the first and last day of the stretch of time that is named."""
    if plan := groups.get("plan"):
        # The eleventh five-year plan began in 2006.
        begun = 2006 + 5 * (to_number(plan) - 11)
        return date(begun, 1, 1), date(begun + 4, 12, 31)
    if year is None:
        return None, None
    if month := groups.get("month"):
        return _days_of_month(groups, year, to_number(month))
    first, last = 1, 12
    if quarter := groups.get("quarter"):
        first, last = _QUARTERS[groups.get("firstquarter") or quarter] * 3 - 2, _QUARTERS[quarter] * 3
    elif half := groups.get("half"):
        first, last = (1, 6) if half == "上半年" else (7, 12)
    begun = _year_of({"year": groups.get("firstyear")}, year) or year
    return date(begun, first, 1), date(year, last, monthrange(year, last)[1])


def _days_of_month(groups: Mapping[str, str | None], year: int, month: int) -> tuple[date | None, date | None]:
    length = monthrange(year, month)[1]
    if day := groups.get("day"):
        exact = date(year, month, int(day)) if int(day) <= length else None
        return exact, exact
    if first := groups.get("first"):
        return date(year, to_number(first), 1), date(year, month, length)
    begun, ended = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, length)}.get(groups.get("part") or "", (1, length))
    return date(year, month, begun), date(year, month, ended)
