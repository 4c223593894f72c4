"""Quantities: numbers with a unit, and the words of comparison that belong to them. Whether they are targets is not decided here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.parse.words.numerals import FIGURES, HANZI, to_number
from kg.rules.notation_rules import WordTable

_JOIN = "[-—–－~～至到]"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range with its unit.

    ``first`` and ``last`` enclose number and unit, ``start`` and ``end`` the words of comparison at them, too. ``before`` and ``after``
    are these words, ``odd`` is 余 or 多; ``kind`` is the part of the table the unit stands in. ``low`` is None where the words leave the
    number open (数十个).
    """

    start: int
    first: int
    last: int
    end: int
    low: float | None
    high: float | None
    unit: str
    kind: str
    before: str
    after: str
    odd: str
    hanzi: bool


def find_quantities(words: str, table: WordTable) -> Iterator[Quantity]:
    """Yield the quantities in `words` (of the view), from left to right.

    The multipliers 万 and 亿 right before a unit belong to the unit, as printed (1.2万人: 1.2, 万人); 十, 百 and 千 to the number.
    """
    position = 0
    patterns = _compile(table)
    ahead = [pattern.search(words) for pattern in patterns]
    while True:
        for index, each in enumerate(ahead):
            if each is not None and each.start() < position:
                ahead[index] = patterns[index].search(words, position)
        found = [each for each in ahead if each is not None]
        if not found:
            return
        match = min(found, key=lambda each: each.start("low"))
        position = match.end()
        quantity = _to_quantity(match, words, table)
        if quantity is None:
            continue
        for listed in re.finditer(FIGURES, match.groupdict().get("listed") or ""):
            if quantity.before or quantity.after:
                begin = match.start("listed") + listed.start()
                last = match.start("listed") + listed.end()
                yield replace(quantity, start=begin, first=begin, last=last, end=last, low=to_number(listed.group()), high=None)
        yield quantity


def _to_quantity(match: re.Match[str], words: str, table: WordTable) -> Quantity | None:
    parts = match.groupdict()
    digits, multiplier = parts["low"], parts.get("times") or ""
    hanzi = not digits[0].isdigit()
    if hanzi:
        digits, more = _split_multiplier(digits)
        multiplier = more + multiplier
    scale, multiplier = (multiplier.rstrip("万亿"), multiplier[len(multiplier.rstrip("万亿")) :])
    low = to_number(digits + scale) if digits else None
    high = to_number(_split_multiplier(parts["high"])[0] + scale) if parts.get("high") else None
    first = match.start("core")
    vague = next((word for word in table.words("vague") if words.endswith(word, 0, first)), "")
    if vague:
        first, low = first - len(vague), None
    if parts.get("high") and (low is None or high is None or high <= low):
        return None
    unit = parts.get("unit") or "%"
    kind = next((name for name in ("unit-share", "unit-time", "unit-long") if unit in table.parts[name]), "unit")
    return Quantity(
        start=match.start("before") if parts.get("before") and not parts.get("listed") else first,
        first=first,
        last=match.end("core"),
        end=match.end(),
        low=low,
        high=high,
        unit=multiplier + unit,
        kind=kind,
        before=parts.get("before") or "",
        after=parts.get("after") or "",
        odd=parts.get("odd") or "",
        hanzi=hanzi,
    )


def _split_multiplier(digits: str) -> tuple[str, str]:
    """Part 三万 into the number and what multiplies the unit."""
    bare = digits.rstrip("万亿")
    return bare, digits[len(bare) :]


@lru_cache(maxsize=4)
def _compile(table: WordTable) -> tuple[re.Pattern[str], re.Pattern[str]]:
    one_of = table.alternatives
    number = rf"(?:{FIGURES}|{HANZI})"
    before = rf"(?:(?P<before>{one_of('before')})(?:（含）)?)?"
    guard = r"(?<![\dA-Za-z.×*])(?<!\d，)"
    unit = f"(?P<unit>{one_of('unit', 'unit-share', 'unit-time', 'unit-long')})(?!{one_of('not-unit-after')})"
    odd = one_of("odd")
    range_end = rf"(?:[万亿]{{1,2}}(?={_JOIN}))?(?:[%％]?{_JOIN}(?P<high>{number}))?"
    core = rf"(?P<core>(?P<low>{number}){range_end}(?P<odd>{odd})?(?P<times>[十百千万亿]{{0,3}})(?:{odd})?{unit})"
    after = rf"(?:（含）)?(?P<after>{one_of('after', 'after-time')})?"
    percent = rf"(?P<core>百分之(?P<low>{number})(?:{_JOIN}(?:百分之)?(?P<high>{number}))?)"
    listed = rf"(?P<listed>(?:(?:{FIGURES})、)+)?"
    return re.compile(rf"{before}{guard}{listed}{core}{after}"), re.compile(rf"{before}{percent}{after}")
