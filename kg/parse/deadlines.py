"""Deadlines: expressions of time as inclusive days or rhythms; what the words do not fix stays open.

In the text of a task only expressions that set a term are read (6月底前, 年底前, 每季度); behind a label (完成时限：) any expression of
time is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from kg.model import Deadline
from kg.parse.layout import Flow
from kg.parse.lexicon import Lexicon

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年)?"
_LIMIT = r"(?P<limit>之?前|以前|内|止|完成)?"
_PATTERNS = (
    re.compile(r"每(?P<every>半年|年|季度|季|个月|月|周|日)度?"),
    re.compile(rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度(?P<part>末|底)?{_LIMIT}"),
    re.compile(rf"{_YEAR}(?P<half>上半年|下半年)(?P<part>末|底)?{_LIMIT}"),
    re.compile(rf"{_YEAR}(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日{_LIMIT}"),
    re.compile(rf"{_YEAR}(?P<month>1[0-2]|0?[1-9])月份?(?P<part>底|末|上旬|中旬|下旬)?{_LIMIT}"),
    re.compile(rf"(?:到|至)?(?P<year>(?:19|20)\d\d)年(?P<part>年底|年末|底|末)?{_LIMIT}"),
    re.compile(rf"(?P<thisyear>年底|年末|年内|全年|今年底|本年底|当年){_LIMIT}"),
)
_RHYTHMS = {"年": "P1Y", "半年": "P6M", "季度": "P3M", "季": "P3M", "月": "P1M", "个月": "P1M", "周": "P1W", "日": "P1D"}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
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
    return Deadline(expression, span, first.start or first.end, last.end, first.recurring)


def after_time(words: str) -> str | None:
    """Return what follows the expression of time that `words` (of the view) begin with; None if they begin with none.

    Examples
    --------
    >>> after_time("2023年6月底前"), after_time("年底前完成"), after_time("市民政局")
    ('', '完成', None)
    """
    ends = [match.end() for pattern in _PATTERNS if (match := pattern.match(words))]
    return words[max(ends) :] if ends else None


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
    groups = match.groupdict()
    if groups.get("every"):
        return True
    part, limit = groups.get("part"), groups.get("limit")
    if groups.get("thisyear"):
        return bool(limit) or match.group() in ("年底", "年末", "年内", "今年底", "本年底")
    if limit in ("前", "之前", "以前"):
        return True
    if groups.get("quarter") or groups.get("half"):
        return bool(limit)
    return part in ("底", "末", "年底", "年末") or match.group().startswith("到")


def _to_deadline(flow: Flow, match: re.Match[str], year: int | None) -> Deadline:
    groups = match.groupdict()
    named = int(groups["year"]) if groups.get("year") else year
    first, last = _days(groups, named) if named is not None else (None, None)
    span = flow.to_span(match.start(), match.end())
    expression = flow.printed[match.start() : match.end()]
    if groups.get("every"):
        return Deadline(expression, span, None, None, _RHYTHMS[groups["every"]])
    by_end = (
        groups.get("limit") in ("前", "之前", "以前")
        or groups.get("part") in ("底", "末", "年底", "年末")
        or match.group().startswith(("到", "至"))
    )
    return Deadline(expression, span, None if by_end else first, last)


def _days(groups: dict[str, str | None], year: int) -> tuple[date | None, date | None]:
    """Return the first and last day of the stretch of time that is named."""
    if quarter := groups.get("quarter"):
        last = _QUARTERS[quarter] * 3
        return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])
    if half := groups.get("half"):
        return (date(year, 1, 1), date(year, 6, 30)) if half == "上半年" else (date(year, 7, 1), date(year, 12, 31))
    if month := groups.get("month"):
        number = int(month)
        length = monthrange(year, number)[1]
        if day := groups.get("day"):
            exact = date(year, number, min(int(day), length))
            return exact, exact
        first, last = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, length)}.get(groups.get("part") or "", (1, length))
        return date(year, number, first), date(year, number, last)
    return date(year, 1, 1), date(year, 12, 31)
