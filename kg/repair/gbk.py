"""Bytes shifted by one: a two-byte mark was replaced across the border of two characters, and all that follows was decoded one byte off.

The text is cut, before it was decoded, at each pair of bytes that looks like a mark (。A1A3 ，A3AC ！A3A1 ；A3BB ？A3BF). Where the pair
was the end of one character and the start of the next, the lead byte before it is lost (``?``, U+FFFD), and pairs of trail and lead bytes
are read as characters until an ASCII byte or a true mark brings the reading back in step. :func:`find_shifts` turns each stretch back into
bytes and asks :mod:`kg.repair.search` what it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.repair.language import build_model
from kg.repair.plan import Change
from kg.repair.readings import Reading
from kg.repair.search import Search
from kg.repair.tables import Tables
from kg.repair.tokens import DAMAGED_RE, LOST, MARKS, NUMBERS, PINYIN_RE, RUN_RE, TRIGGER_RE, WRAP
from kg.repair.wraps import mark_wraps

MARGIN = 3.0
"""By how much a repair must beat leaving the text as it is."""
DOUBT = 8.0
"""Below this margin between two readings both are reported."""
CUTS = {"。": b"\xa1\xa3", "，": b"\xa3\xac", "！": b"\xa3\xa1", "；": b"\xa3\xbb", "？": b"\xa3\xbf"}
"""Marks that a blind replacement looks for, and their bytes."""
FOLDED = {"。": "\\.", "，": ",", "！": "!", "；": ";", "？": "\\?"}
ENOUGH, AGAINST = 2, 3
"""Signs of loss before a mark from which on the text was cut at it, and how many there must be for each one that was not cut."""
INNER_RE = re.compile(rf"[{LOST}](?=[^\x00-\x7f{MARKS}])")
"""A sign of loss for bytes of a Private Use pair, within a shifted stretch or at its end."""
NUMBER_RE = re.compile(f"^[　 ]*[（(]([{NUMBERS}])[）)]", re.MULTILINE)
MARKED = 0.02
"""Share of the signs of loss from which on they also stand for pairs."""
ZONE_RE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch ``[start, end)`` of the text and what it was; ``others`` are readings nearly as good."""

    start: int
    end: int
    before: str
    after: str
    others: tuple[str, ...] = ()


def make_changes(shifts: Iterable[Shift]) -> list[Change]:
    r"""Return the changes that repair `shifts`, one for each line, so that every line keeps its end.

    Examples
    --------
    >>> make_changes([Shift(5, 9, "?。\nㄒ", "落实\n工")])[1]
    Change(start=8, end=9, before='ㄒ', after='工', kind='gbk-shift', rule='search')
    """
    changes = []
    for shift in shifts:
        start = shift.start
        for before, after in zip(shift.before.split("\n"), shift.after.split("\n"), strict=True):
            if before != after:
                changes.append(Change(start, start + len(before), before, after, "gbk-shift", "search"))
            start += len(before) + 1
    return changes


def find_shifts(text: str, tables: Tables, *, traditional: bool) -> list[Shift]:
    """Return the shifted stretches of `text`, in order.

    Parameters
    ----------
    text
        The text as decoded.
    tables
        The large tables of repair.
    traditional
        Whether the text is mostly Traditional: characters of the other script count against a reading.
    """
    if TRIGGER_RE.search(text) is None:
        return []
    text = mark_wraps(text)
    clean = PINYIN_RE.sub("", DAMAGED_RE.sub("\0", text).replace(WRAP, "")).split("\0")
    cut = find_cuts(text, clean)
    order = find_order(clean, cut, tables)
    marked = len(INNER_RE.findall(text)) > MARKED * sum(map(text.count, LOST))
    # Not one pair of a Private Use zone, nor a sign where one was: such pairs may be gone without a sign.
    deleted = not marked and ZONE_RE.search(text) is None
    return _find(text, Search(tables, build_model(tables, clean), traditional, cut, order, deleted=deleted, marked=marked))


def find_cuts(text: str, clean: Iterable[str]) -> frozenset[str]:
    """Return the marks that `text` was cut at.

    A sign of loss stands before some, and hardly two characters of `clean` hold one across their border.

    Examples
    --------
    >>> sorted(find_cuts("?。ㄒ唬┩晟莆募；?。ㄈ", ["文件；"]))
    ['。']
    >>> sorted(find_cuts("?。ㄒ唬┩晟莆募；?。ㄈ", ["保″环境的；"]))
    ['。']
    """
    blank = str.maketrans(dict.fromkeys(CUTS, "\n"))
    data = "\n".join(clean).translate(blank).encode("gbk", "ignore")
    found = set()
    for mark, code in CUTS.items():
        signs = len(re.findall(f"[{LOST}](?:{mark}|{FOLDED[mark]})", text))
        if signs >= ENOUGH and signs > AGAINST * data.count(code):
            found.add(mark)
    return frozenset(found)


def find_order(clean: Iterable[str], cut: frozenset[str], tables: Tables) -> frozenset[tuple[str, str]]:
    """Return the pairs of marks of which the first was cut at before the second.

    Where the bytes of two marks overlap, and the first stands undamaged, it was cut out before the second was looked for.
    """
    text = "\n".join(clean)
    found = set()
    for mark in sorted(cut):
        around = Counter(re.findall(f"(?=(.?){mark}(.?))", text))
        for other in sorted(cut - {mark}):
            code, bytes_ = CUTS[other], CUTS[mark]
            for (before, after), count in around.items():
                left, right = tables.to_bytes.get(before), tables.to_bytes.get(after)
                over_left = left is not None and left[1] == code[0] and code[1] == bytes_[0]
                over_right = right is not None and right[0] == code[1] and code[0] == bytes_[1]
                if (over_left or over_right) and count and before not in CUTS and after not in CUTS:
                    found.add((mark, other))
    return frozenset(found)


def _find(text: str, search: Search) -> list[Shift]:
    """Try each trigger in turn."""
    found: list[Shift] = []
    position = 0
    repaired = ""
    hopeless = {place for run in RUN_RE.finditer(text) for place in range(*run.span())}
    for match in TRIGGER_RE.finditer(text):
        start = match.start()
        if start < position or start in hopeless:
            continue
        repaired = (repaired + text[position:start])[-2000:]
        line = PINYIN_RE.sub("", repaired[repaired.rfind("\n") + 1 :].replace(WRAP, ""))
        shift = _choose(text, start, search.run(text, start, line[-10:], line, _get_expected(repaired)))
        position = start
        if shift is not None:
            found.append(shift)
            repaired += shift.after
            position = shift.end
    return found


def _get_expected(before: str) -> str:
    r"""Return the number that comes after the last one in brackets that begins a line.

    Examples
    --------
    >>> _get_expected("　（五）完善\n（六）推进（一）\n")
    '七'
    """
    found = NUMBER_RE.findall(before)
    return NUMBERS[(NUMBERS.index(found[-1]) + 1) % len(NUMBERS)] if found else ""


def _choose(text: str, start: int, readings: list[Reading]) -> Shift | None:
    """Return the best reading as a shift, or None where the text had better stay as it is."""
    if not readings or readings[0].resumed == start:
        return None
    best = readings[0]
    literal = next((reading for reading in readings if reading.resumed == start), None)
    if literal is not None and best.total - literal.total < MARGIN:
        return None
    after = best.out[: best.settled]
    others: list[str] = []
    for reading in readings[1:]:
        if best.total - reading.total > DOUBT:
            break
        whole = reading.out[: reading.settled]
        if reading.resumed == best.resumed and whole not in (after, *others):
            others.append(whole)
    readings_of_it = [reading.replace(WRAP, "\n") for reading in (text[start : best.resumed], after, *others)]
    return Shift(start, best.resumed, readings_of_it[0], readings_of_it[1], tuple(readings_of_it[2:]))
