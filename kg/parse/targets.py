"""Quantified targets: numbers with a unit and a word that makes them a target (不少于15个, 150—200个, 100%, 3个工作日以内)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.model import Target
from kg.parse.layout import Flow
from kg.parse.lexicon import Lexicon

_AT_LEAST = ("不得少于", "不得低于", "不少于", "不低于", "不小于", "至少", "达到", "达", "以上", "及以上", "突破")
_AT_MOST = (
    "不超过",
    "不高于",
    "不大于",
    "不多于",
    "控制在",
    "减至",
    "减少至",
    "压至",
    "缩减至",
    "缩减到",
    "不得超过",
    "压缩至",
    "压缩到",
    "缩短至",
    "缩短到",
    "降至",
    "降低至",
    "降到",
    "降低到",
    "最多",
    "以内",
    "以下",
    "及以下",
)
_MORE = ("超过", "高于", "大于", "超")
_LESS = ("低于", "小于")
_LONGEST_WORD = 4
_ABOUT = ("左右", "约", "达到约")


def find_targets(flow: Flow, ranges: Iterable[tuple[int, int]], lexicon: Lexicon) -> Iterator[Target]:
    """Yield the quantities that a task's text sets as targets.

    A number counts only with a unit, and with a word before or behind it that makes it a target; a share in % counts alone. A number whose
    comparison is not clear is read as equal.
    """
    pattern = _compile(lexicon.words("target-before"), lexicon.words("target-after"), lexicon.words("target-unit"))
    for start, end in ranges:
        for match in pattern.finditer(flow.text, start, end):
            before, after = match.group("before") or "", match.group("after") or ""
            if not before and not after and match.group("unit") not in ("%", "％"):
                continue
            if flow.text[match.start("low") - 1 : match.start("low")] in ("第", "《", "〔", "-"):
                continue
            yield _to_target(flow, match, flow.text[max(match.start(), match.start("low") - _LONGEST_WORD) : match.start("low")], after)


def _to_target(flow: Flow, match: re.Match[str], before: str, after: str) -> Target:
    low, high = _to_number(match.group("low")), match.group("high")
    minimum: float | None = low
    maximum: float | None = _to_number(high) if high else low
    comparison = "range" if high else _comparison(before, after)
    if comparison in (">=", ">"):
        maximum = None
    elif comparison in ("<=", "<"):
        minimum = None
    return Target(
        expression=flow.printed[match.start() : match.end()],
        span=flow.to_span(match.start(), match.end()),
        minimum=minimum,
        maximum=maximum,
        unit=match.group("unit"),
        comparison=comparison,
    )


def _comparison(before: str, after: str) -> str:
    """Return the comparison of the word behind a number, or else of the word before it."""
    for said in (after, before):
        for sign, words in (("~", _ABOUT), (">=", _AT_LEAST), ("<=", _AT_MOST), (">", _MORE), ("<", _LESS)):
            if said.endswith(words):
                return sign
    return "="


def _to_number(words: str) -> float:
    return float(words.replace("，", "").replace(",", ""))


@lru_cache(maxsize=4)
def _compile(before: tuple[str, ...], after: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    number = r"\d{1,3}(?:[，,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    return re.compile(
        rf"(?:(?P<before>{'|'.join(before)})[^\d，。；、]{{0,4}}?)?(?<![\d.])(?P<low>{number})(?:[%％]?[-—–~～至到](?P<high>{number}))?"
        rf"(?P<unit>[十百千万亿]{{0,2}}(?:{'|'.join(re.escape(unit) for unit in units)}))(?P<after>{'|'.join(after)})?"
    )
