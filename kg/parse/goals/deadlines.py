"""Deadlines: which expressions of time set a term, and by when; what the words do not fix is kept as they stand, and reported.

Behind a label (完成时限：) any expression of time is a term. In the text of a task only those are that say until when (6月底前), within
what (年内), how often (每季度), or when something is done (第三季度完成).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Deadline
from kg.parse.page.layout import Flow
from kg.parse.page.passages import Passage, make_passage
from kg.parse.responsibility.readings import Trouble
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.numerals import NUMBER
from kg.parse.words.times import VAGUE, Days, Moment, find_moments, to_days
from kg.rules.notation_rules import WordTable

_ENDS = " ，。；、：）〕\n"
_OPENING = "，。；：、！？（〔\n "
_MASKED_RE = re.compile(r"《[^》]*》|“[^”]*”")
_JOIN_RE = re.compile(r"[-—–－~～至到]{1,2}")
_CLAUSE_RE = re.compile(r"[^，。；：！？（）〔〕\n]+")
_LONGEST_LOOK = 12
_LONGEST_AFTER = 60


@dataclass(frozen=True, slots=True)
class PlanTime:
    """When a plan was issued, the year it is for (None: unknown), and whether its title says that year."""

    year: int | None
    issued: date | None = None
    titled: bool = False


@dataclass(slots=True)
class _Found:
    deadlines: list[Deadline]
    troubles: list[Trouble]


def make_plan_time(title: str, issued: date | None) -> PlanTime:
    """Return a plan's time: a plan for next year is often issued in December.

    Examples
    --------
    >>> make_plan_time("2018年工作要点", date(2017, 12, 28)).year, make_plan_time("工作要点", date(2017, 12, 28)).year
    (2018, 2017)
    """
    years = {int(words) for words in re.findall(r"(?<![\d—–-])((?:19|20)\d\d)\s*年", title)}
    if len(years) == 1 and (issued is None or 0 <= min(years) - issued.year <= 1):
        return PlanTime(min(years), issued, titled=True)
    return PlanTime(issued.year if issued is not None else None, issued)


def collect_deadlines(
    flow: Flow, ranges: Iterable[tuple[int, int]], labelled: Iterable[tuple[int, int]], time: PlanTime, lexicon: Lexicon
) -> tuple[tuple[Deadline, ...], tuple[Trouble, ...]]:
    """Read the deadlines of a task.

    Parameters
    ----------
    flow, ranges
        The task's text.
    labelled
        Where the words stand that follow a label of time.
    time
        The plan's time, for expressions that name no year.
    lexicon
        The parser's tables.

    Returns
    -------
    tuple
        The deadlines in the order of the page, a day that text and label both name only once; and the expressions that name no day for
        sure, which are deadlines without days as well.
    """
    text, label = _Found([], []), _Found([], [])
    for start, end in labelled:
        passage = make_passage(flow, start, end)
        _read_label(passage, 0, len(passage.view), time, lexicon, label)
    for start, end in ranges:
        passage = make_passage(flow, start, end)
        position = 0
        for first, last in _find_labels(passage.view, lexicon):
            _read_text(passage, position, first, time, lexicon, text)
            _read_label(passage, first, last, time, lexicon, label)
            position = last
        _read_text(passage, position, len(passage.view), time, lexicon, text)
    kept = list(label.deadlines)
    said = {(deadline.end, deadline.recurring) for deadline in kept if deadline.end is not None or deadline.recurring}
    seen = {(deadline.start, deadline.end, deadline.recurring, _key(deadline)) for deadline in kept}
    for deadline in text.deadlines:
        key = (deadline.start, deadline.end, deadline.recurring, _key(deadline))
        if (deadline.end, deadline.recurring) not in said and key not in seen:
            seen.add(key)
            kept.append(deadline)
    return tuple(sorted(kept, key=lambda deadline: deadline.span)), (*text.troubles, *label.troubles)


def _key(deadline: Deadline) -> str:
    return "" if deadline.end is not None or deadline.recurring else deadline.expression


def _find_labels(view: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield where the words behind labels of time stand in running text, each to the end of its sentence, bracket or line."""
    names = "|".join(re.escape(word) for word in lexicon.words("deadline-label"))
    yield from (match.span("said") for match in re.finditer(rf"(?:{names})：(?P<said>[^。；）〕\n]*)", view))


def _read_label(passage: Passage, start: int, end: int, time: PlanTime, lexicon: Lexicon, found: _Found) -> None:
    """Read the words behind a label of time."""
    while start < end and passage.view[start] in _ENDS:
        start += 1
    while end > start and passage.view[end - 1] in _ENDS:
        end -= 1
    if start >= end or passage.view[start:end] in lexicon.words("nobody"):
        return
    table = lexicon.rules.deadlines
    moments = [
        moment for moment in find_moments(passage.view, start, end, lexicon, labelled=True) if moment.form not in VAGUE or moment.limit
    ]
    begun = len(found.deadlines)
    year = time.year
    for run in _join(passage.view, moments):
        days = _days(run, year, time, table)
        year = days.year or year
        if days.year is None and year == time.year and _is_over(days, time):
            days = Days()
        _add(passage, run[0].start, run[-1].end, days, found)
    if not any(_open_words(passage.view[moment.start : moment.end], table) for moment in moments):
        for first, last in _find_open(passage.view, start, end, moments, table):
            found.deadlines.append(Deadline(passage.printed(first, last), passage.to_span(first, last), None, None))
    if len(found.deadlines) == begun:
        _add(passage, start, end, Days(), found)


def _find_open(view: str, start: int, end: int, moments: Sequence[Moment], table: WordTable) -> Iterator[tuple[int, int]]:
    """Yield words behind a label that set a term without an end (长期坚持)."""
    for clause in _CLAUSE_RE.finditer(view, start, end):
        if any(moment.start < clause.end() and clause.start() < moment.end for moment in moments):
            continue
        if _open_words(clause.group(), table):
            yield clause.span()


def _open_words(words: str, table: WordTable) -> bool:
    return words.strip(_ENDS) in table.parts["open"]


def _read_text(passage: Passage, start: int, end: int, time: PlanTime, lexicon: Lexicon, found: _Found) -> None:
    """Read the terms that running text sets; a year that a sentence names holds for what follows in it."""
    view, table = passage.view, lexicon.rules.deadlines
    masked = [match.span() for match in _MASKED_RE.finditer(view, start, end)]
    moments = [
        moment for moment in find_moments(view, start, end, lexicon) if not any(a < moment.start and moment.end < b for a, b in masked)
    ]
    year, position = time.year, start
    runs = _share_limits(view, _join(view, moments))
    terms = _find_terms(view, runs, start, end, time, table)
    for run, is_term in zip(runs, terms, strict=True):
        if "。" in view[position : run[0].start]:
            year = time.year
        position = run[-1].end
        days = _days(run, year, time, table)
        if days.year is not None and days.year != year:
            year = days.year
        if run[-1].limit == "from" or not is_term:
            continue
        if days.last is not None and time.year is not None and days.last.year < time.year:
            continue  # what was done in years past
        if days.year is None and year == time.year and _is_over(days, time):
            days = Days()
        about = next((word for word in table.words("about") if view.startswith(word, run[-1].end)), "")
        _add(passage, run[0].start, run[-1].end + len(about), Days() if about else days, found)
    for first, last in _find_vague(view, start, end, table):
        _add(passage, first, last, Days(), found)
    for clause in _CLAUSE_RE.finditer(view, start, end):
        if _open_words(clause.group(), table) and view[clause.end() : clause.end() + 1] in ("", *"，。；\n"):
            found.deadlines.append(Deadline(passage.printed(*clause.span()), passage.to_span(*clause.span()), None, None))


def _find_terms(view: str, runs: Sequence[tuple[Moment, ...]], start: int, end: int, time: PlanTime, table: WordTable) -> list[bool]:
    """Say for each expression whether it sets a term; the members of a list (2022年、2023年分别完成) do so together."""
    terms = [_sets_term(view, run, start, end, table) or _is_day_alone(view, run, end, time, table) for run in runs]
    for index in range(len(runs) - 2, -1, -1):
        run, following = runs[index], runs[index + 1]
        alike = len(run) == len(following) == 1 and run[0].form == following[0].form
        terms[index] = terms[index] or (terms[index + 1] and alike and view[run[0].end : following[0].start] in ("、", "和"))
    return [term and not _is_validity(view, run, start, table) for term, run in zip(terms, runs, strict=True)]


def _is_day_alone(view: str, run: tuple[Moment, ...], end: int, time: PlanTime, table: WordTable) -> bool:
    """Say whether a day with its year is a clause of its own behind what is to be done (建成大桥，2022年8月31日)."""
    if len(run) > 1 or run[0].form != "day" or not run[0].groups.get("year"):
        return False
    last = to_days(run[0], time.year, table).last
    closes = view[run[0].end : run[0].end + 1] in ("", "。", "；", "，", "）")
    opens = view[max(run[0].start - 1, 0) : run[0].start] in ("，", "；", "：", "（")
    return opens and closes and last is not None and (time.issued is None or last > time.issued)


def _is_validity(view: str, run: tuple[Moment, ...], start: int, table: WordTable) -> bool:
    """Say whether an expression is the end of a document's validity (有效期至2025年底), no term of a task."""
    before = view[max(start, run[0].start - _LONGEST_LOOK) : run[0].start]
    until = bool(run[0].groups.get("until")) or before.endswith(tuple(table.parts["until"]))
    return until and before.rstrip("到至自从为").endswith(tuple(table.parts["validity"]))


def _find_vague(view: str, start: int, end: int, table: WordTable) -> Iterator[tuple[int, int]]:
    """Yield words that set a term without a day, before what is done (尽快完成)."""
    words = table.alternatives("vague")
    verbs = tuple(table.parts["verb"])
    yield from (match.span() for match in re.finditer(words, view[:end]) if match.start() >= start and view.startswith(verbs, match.end()))


def _is_over(days: Days, time: PlanTime) -> bool:
    """Say whether a day without a year was over when the plan came out, so that it may be meant for the next year."""
    return days.last is not None and time.issued is not None and not time.titled and days.last < time.issued


def _add(passage: Passage, start: int, end: int, days: Days, found: _Found) -> None:
    found.deadlines.append(Deadline(passage.printed(start, end), passage.to_span(start, end), days.first, days.last, days.rhythm))
    if days.last is None and days.first is None and not days.rhythm:
        found.troubles.append(Trouble("unread-deadline", *passage.to_flow(start, end)))


def _join(view: str, moments: Sequence[Moment]) -> list[tuple[Moment, ...]]:
    """Put the two ends of a stretch of time (3月至9月) together."""
    runs: list[tuple[Moment, ...]] = []
    for moment in moments:
        before = runs[-1] if runs else ()
        if len(before) == 1 and "rhythm" not in (before[0].form, moment.form) and not {before[0].form, moment.form} & set(VAGUE):
            gap = view[before[0].end : moment.start]
            if _JOIN_RE.fullmatch(gap) or (not gap and moment.groups.get("until") and not before[0].groups.get("until")):
                runs[-1] = (before[0], replace(moment, groups={**moment.groups, "until": ""}))
                continue
        runs.append((moment,))
    return runs


def _share_limits(view: str, runs: list[tuple[Moment, ...]]) -> list[tuple[Moment, ...]]:
    """Give the limit behind a list (6月、9月、12月底前) to each of its members."""
    shared = list(runs)
    for index in range(len(runs) - 2, -1, -1):
        run, following = shared[index], shared[index + 1]
        alike = len(run) == len(following) == 1 and run[0].form == following[0].form and not run[0].limit and bool(following[0].limit)
        if alike and view[run[0].end : following[0].start] == "、":
            shared[index] = (replace(run[0], limit=following[0].limit),)
    return shared


def _days(run: tuple[Moment, ...], year: int | None, time: PlanTime, table: WordTable) -> Days:
    """Return the days of an expression; ``year`` holds where it names none, and 明年 counts from the plan's own."""
    first = to_days(run[0], time.year if run[0].groups.get("said") else year, table)
    if len(run) == 1:
        return first
    last = to_days(run[1], time.year if run[1].groups.get("said") else first.year or year, table)
    begun = first.first or first.last
    if begun is None or last.last is None or begun > last.last:
        return Days(year=last.year or first.year)
    return Days(begun, last.last, "", last.year or first.year)


def _sets_term(view: str, run: tuple[Moment, ...], start: int, end: int, table: WordTable) -> bool:
    first, last = run[0], run[-1]
    before = view[max(start, first.start - _LONGEST_LOOK) : first.start]
    clause = _CLAUSE_RE.match(view, last.end, min(end, last.end + _LONGEST_AFTER))
    after = clause.group() if clause is not None else ""
    about = next((word for word in table.words("about") if after.startswith(word)), "")
    after = after[len(about) :]
    if first.form == "rhythm":
        return _is_rhythm(before, after, table)
    if first.form in VAGUE:
        return _is_vague_term(view[first.start : first.end], first, before, after, table)
    if len(run) == 1:
        if before.endswith(tuple(table.parts["elapsed"])):
            return False
        if not _is_limited(first, view[first.start : first.end], table):
            return _is_when(first, before, after, table)
        if (first.limit == "within" or first.form == "whole-year") and before.endswith(tuple(table.parts["not-before"])):
            return False
    ends = len(run) == 1 and first.limit != "end"
    return not after.startswith(tuple(table.parts["attribute" if ends else "not-after"]))


def _is_limited(moment: Moment, words: str, table: WordTable) -> bool:
    """Say whether an expression itself says until when, or within what."""
    if moment.form == "whole-year":
        return words in table.parts["whole-year"]
    if moment.form == "period":
        return moment.limit == "end" or bool(moment.groups.get("until"))
    return bool(moment.limit) or bool(moment.groups.get("until"))


def _opens(before: str) -> bool:
    return not before or before[-1] in _OPENING


def _is_when(moment: Moment, before: str, after: str, table: WordTable) -> bool:
    """Say whether a stretch of time without a limit says when something is done: before a verb, or at the head of a clause."""
    if after.startswith(tuple(table.parts["not-after"])) or before.endswith(tuple(table.parts["not-before"])):
        return False
    if re.match(r"[^的]{1,5}的", after) and not after.startswith(tuple(table.parts["lead"])):
        return False
    if after.startswith(tuple(table.parts["verb"])):
        return True
    if moment.form in ("whole-year", "period"):
        return _opens(before) or before.endswith(tuple(table.parts["lead"]))
    wide = moment.form in ("year", "years", "half", "quarter", "months") or bool(moment.groups.get("part"))
    return wide and _opens(before)


def _is_rhythm(before: str, after: str, table: WordTable) -> bool:
    if before.endswith(tuple(table.parts["not-rhythm-before"])) or after.startswith(tuple(table.parts["not-rhythm-after"])):
        return False
    number = re.match(rf"{NUMBER}[余多]?", after)
    return number is None or after.startswith(tuple(table.parts["rhythm-count"]), number.end())


def _is_vague_term(words: str, moment: Moment, before: str, after: str, table: WordTable) -> bool:
    if moment.form == "anchored":
        return True
    if moment.form == "early":
        return any(word in after[:_LONGEST_LOOK] for word in table.parts["finish"])
    ahead = words.startswith(tuple(table.parts["ahead"]))
    limited = bool(moment.limit) or ahead or words.endswith(tuple(table.parts["duration"]))
    return limited and (_opens(before) or before.endswith(tuple(table.parts["span-before"])) or ahead)
