"""Expressions of time: where they stand in a text, and which days they name. Whether they set a term is not decided here."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kg.parse.words.lexicon import Lexicon
from kg.parse.words.numerals import HANZI, NUMBER, to_integer, to_year
from kg.rules.notation_rules import WordTable

_FIGURE_YEAR = "(?:19|20)\\d\\d"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_JOIN = "[-—–－~～至到]{1,2}"
_FIGURES = (
    (
        "numeric",
        re.compile(
            rf"(?<!\d)(?P<year>{_FIGURE_YEAR})[./年-](?P<month>1[0-2]|0?[1-9])(?:[./月-](?P<day>3[01]|[12]\d|0?[1-9])日?)?(?![\d月])(?P<by>前)?"
        ),
    ),
    ("year", re.compile(rf"(?<!\d)(?P<year>{_FIGURE_YEAR})(?![\d年./-])")),
)
#: Forms that name no day for sure: what they say is kept as text.
VAGUE = ("span", "early", "anchored")


@dataclass(frozen=True, slots=True)
class Moment:
    """An expression of time.

    ``form`` says how it is written (``month``, ``quarter``, ``rhythm`` …), ``limit`` whether it means until (``by``), at the end of
    (``end``), within (``within``) or from (``from``) what it names. ``groups`` are its parts.
    """

    start: int
    end: int
    form: str
    limit: str
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Days:
    """What a moment fixes: inclusive days (None: open) or a rhythm; ``year`` is the year it names itself."""

    first: date | None = None
    last: date | None = None
    rhythm: str = ""
    year: int | None = None


def find_moments(view: str, start: int, end: int, lexicon: Lexicon, *, labelled: bool = False) -> list[Moment]:
    """Find the expressions of time in ``view[start:end]``: none overlaps another, the longest of those at one place stands.

    Behind a label figures alone are days, too (2017.12.30, 2017-12, 2017).
    """
    if _compile_hint(lexicon.rules.deadlines).search(view, start, end) is None:
        return []
    forms = (*_compile(lexicon.rules.deadlines), *(_FIGURES if labelled else ()))
    found = [_to_moment(match, form) for form, pattern in forms for match in pattern.finditer(view, start, end)]
    found.sort(key=lambda moment: (moment.start, -moment.end))
    kept: list[Moment] = []
    for moment in found:
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    return kept


def after_time(words: str, lexicon: Lexicon) -> str | None:
    """Return what follows the expression of time that `words` (of the view) begin with; None if they begin with none."""
    ends = [match.end() for _, pattern in _compile(lexicon.rules.deadlines) if (match := pattern.match(words)) is not None]
    return words[max(ends) :] if ends else None


def around_time(words: str, lexicon: Lexicon) -> tuple[str, str | None]:
    """Return what stands before and behind the first expression of time in `words` (of the view); None where there is none."""
    found = find_moments(words, 0, len(words), lexicon)
    return (words[: found[0].start], words[found[0].end :]) if found else ("", None)


def to_days(moment: Moment, year: int | None, table: WordTable) -> Days:
    """Return the days that `moment` names, in `year` where it names none itself.

    Without a year (`year` is None, too) the days stay open; so they do for a month or day that does not exist.
    """
    groups = moment.groups
    if moment.form == "rhythm":
        return Days(rhythm=_rhythm(groups, table))
    if moment.form in VAGUE:
        return Days()
    if moment.form == "period":
        first, last = (int(part) for part in table.parts["period"][groups["period"]].split("/"))
        return _limit(moment, date(first, 1, 1), date(last, 12, 31), None)
    named = _named_year(groups, year, table)
    if named is None:
        return Days()
    stretch = _stretch(moment, named, table)
    if stretch is None:
        return Days()
    own = named if any(groups.get(part) for part in ("year", "said", "short")) else None
    return _limit(moment, *stretch, own)


def _limit(moment: Moment, first: date, last: date, year: int | None) -> Days:
    if moment.limit == "from":
        return Days(first, None, "", year)
    open_start = moment.limit in ("by", "end") or bool(moment.groups.get("until"))
    return Days(None if open_start else first, last, "", year)


def _named_year(groups: Mapping[str, str], year: int | None, table: WordTable) -> int | None:
    if said := groups.get("said"):
        offset = table.parts["year"][said]
        return year + int(offset) if offset and year is not None else None
    if short := groups.get("short"):
        named = to_year(short)
        return named if named is not None and year is not None and -1 <= named - year <= 20 else None
    return to_year(groups["year"]) if groups.get("year") else year


def _stretch(moment: Moment, year: int, table: WordTable) -> tuple[date, date] | None:
    """Return the first and last day of what is named, None if there are no such days."""
    try:
        return _STRETCHES.get(moment.form, _whole_year)(moment.groups, year, table)
    except ValueError:  # 2月30日
        return None


def _whole_year(groups: Mapping[str, str], year: int, table: WordTable) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _years(groups: Mapping[str, str], year: int, table: WordTable) -> tuple[date, date] | None:
    last = to_year(groups["lastyear"])
    return (date(year, 1, 1), date(last, 12, 31)) if last is not None and last >= year else None


def _quarter(groups: Mapping[str, str], year: int, table: WordTable) -> tuple[date, date] | None:
    last = _QUARTERS[groups["quarter"]] * 3
    first = _QUARTERS[groups.get("firstquarter", groups["quarter"])] * 3 - 2
    return (date(year, first, 1), _last_day(year, last)) if first < last else None


def _half(groups: Mapping[str, str], year: int, table: WordTable) -> tuple[date, date]:
    first, last = table.parts["half"][groups["half"]].split("/")
    return date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")


def _feast(groups: Mapping[str, str], year: int, table: WordTable) -> tuple[date, date] | None:
    """Return the days before a feast: 国庆节前 ends on the day before it."""
    day = table.parts["feast"][groups["feast"]]
    return (date(year, 1, 1), date.fromisoformat(f"{year}-{day}") - timedelta(days=1)) if day else None


def _month_or_day(groups: Mapping[str, str], year: int, table: WordTable) -> tuple[date, date] | None:
    month = to_integer(groups["month"])
    if month is None:
        return None
    if groups.get("lastmonth"):
        last_month = to_integer(groups["lastmonth"])
        return (date(year, month, 1), _last_day(year, last_month)) if last_month is not None and last_month >= month else None
    if groups.get("day"):
        day = to_integer(groups["day"])
        return (date(year, month, day),) * 2 if day is not None else None
    if part := groups.get("part"):
        first, last = (int(number) for number in table.parts["part-of-month"][part].split("-"))
        return date(year, month, first), date(year, month, min(last, monthrange(year, month)[1]))
    return date(year, month, 1), _last_day(year, month)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_STRETCHES: Mapping[str, Callable[[Mapping[str, str], int, WordTable], tuple[date, date] | None]] = {
    "years": _years,
    "quarter": _quarter,
    "half": _half,
    "feast": _feast,
    "month": _month_or_day,
    "months": _month_or_day,
    "day": _month_or_day,
    "numeric": _month_or_day,
}


def _rhythm(groups: Mapping[str, str], table: WordTable) -> str:
    if words := groups.get("rhythm"):
        return table.parts["rhythm"][words]
    unit = table.parts["rhythm-unit"][groups["unit"]]
    count = to_integer(groups["count"]) if groups.get("count") else 1
    number = re.match(r"\d+", unit)
    return f"P{(count or 1) * int(number.group() if number else 1)}{unit[-1]}"


def _to_moment(match: re.Match[str], form: str) -> Moment:
    groups = {name: value for name, value in match.groupdict().items() if value}
    limit = next((name for name in ("by", "within", "end", "from") if groups.get(name)), "")
    return Moment(match.start(), match.end(), form, limit, groups)


@lru_cache(maxsize=4)
def _compile_hint(table: WordTable) -> re.Pattern[str]:
    """Return a pattern of what each of the forms of :func:`_compile` cannot do without: a number, 年, or a word that needs neither."""
    words = table.alternatives("period", "rhythm", "every", "year", "half", "feast", "span", "whole-year", "all-year")
    return re.compile(rf"\d|{HANZI}|年|{words}")


@lru_cache(maxsize=4)
def _compile(table: WordTable) -> tuple[tuple[str, re.Pattern[str]], ...]:
    one_of = table.alternatives
    year = rf"(?:(?P<year>{_FIGURE_YEAR}|二[〇○零][〇○零一二三四五六七八九]{{2}})年|(?P<said>{one_of('year')}))"
    until = rf"(?P<until>{one_of('until')})?"
    by = rf"(?P<by>{one_of('by')})(?!{one_of('not-by-after')})"
    limit = rf"(?P<end>{one_of('end')})?(?:{by}|(?P<within>{one_of('within')})|(?P<from>{one_of('from')}))?"
    numeral = r"(?<![\d一二三四五六七八九十百千两几数])"
    month = rf"(?<!\d)(?P<month>{_MONTH})月份?"
    ending = rf"(?:{one_of('end')})?(?:{one_of('by', 'within')})?"
    day = rf"(?:(?:{_DAY})日|{one_of('part-of-month')})"
    inner = rf"(?:第?[一二三四1-4]季度|(?:{_MONTH})月份?{day}?|(?:{_DAY})日|{one_of('half')})?{ending}"
    unit = rf"(?P<unit>{one_of('rhythm-unit')})"
    span = rf"(?:{NUMBER}(?:{one_of('span-unit')})|{one_of('span')})"
    document = one_of("document")
    issue = rf"(?:(?:{document})?(?:{one_of('anchor')})|(?:{document})(?:{one_of('anchor-document')}))"
    forms = (
        (
            "period",
            rf"{until}[“\"]?(?P<period>{one_of('period')})[”\"]?(?:(?P<end>{one_of('period-end')})|(?P<within>{one_of('period-within')}))",
        ),
        ("rhythm", rf"(?P<rhythm>{one_of('rhythm')})(?:{one_of('end')})?(?:{one_of('by')})?"),
        ("rhythm", rf"(?:{one_of('every')})(?P<count>{NUMBER})?{unit}{inner}"),
        ("years", rf"(?<!\d)(?P<year>{_FIGURE_YEAR})年?{_JOIN}(?P<lastyear>{_FIGURE_YEAR})年(?P<within>{one_of('within')})?"),
        ("quarter", rf"{until}{year}?第?(?:(?P<firstquarter>[一二三四1-4])季?度?{_JOIN}第?)?(?P<quarter>[一二三四1-4])季度{limit}"),
        ("half", rf"{until}{year}?(?P<half>{one_of('half')}){limit}"),
        ("day", rf"{until}{year}?{month}(?P<day>{_DAY})[日号]{limit}"),
        ("months", rf"{year}?(?<!\d)(?P<month>{_MONTH})月?{_JOIN}(?P<lastmonth>{_MONTH})月(?!\d)份?{limit}"),
        ("month", rf"{until}{year}?{month}(?!\d)(?P<part>{one_of('part-of-month')})?{limit}"),
        ("year", rf"{until}(?<!\d){year}{limit}"),
        ("year", rf"(?<!\d)(?P<year>{_FIGURE_YEAR})(?=[、和](?:19|20)\d\d年(?!\d))"),
        ("year-end", rf"{until}(?<!\d){year}?{numeral}年(?P<end>{one_of('end')})(?:{by})?"),
        ("year-end", rf"{until}(?<!\d)(?P<short>\d\d)年年?(?P<end>{one_of('end')})(?:{by})?"),
        ("whole-year", rf"{numeral}(?P<whole>{one_of('whole-year')}|{one_of('all-year')})"),
        ("feast", rf"{year}?(?P<feast>{one_of('feast')})(?P<by>{one_of('by')})"),
        ("span", rf"(?:(?:{one_of('ahead')})的?{span}|{span})(?P<within>{one_of('within')})?"),
        ("early", rf"(?:{one_of('early')}){NUMBER}(?:{one_of('span-unit', 'day-unit')})"),
        (
            "anchored",
            rf"自?(?:本|该)?{issue}(?:{one_of('since')})(?:的|，)?{NUMBER}(?:{one_of('span-unit', 'day-unit')})(?:{one_of('within')})?",
        ),
    )
    return tuple((form, re.compile(pattern)) for form, pattern in forms)
