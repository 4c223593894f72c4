"""The marks that number items, and what they count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.rules.notation_rules import PART_FORMS, PART_RANKS, PartKind, to_alternatives

HANZI_DIGITS = "〇零一二三四五六七八九十百"
_SECOND = {"一、": "二、", "1.": "2.", "1、": "2、", "（一）": "（二）"}
_PART_NUMBER = rf"(?:[{HANZI_DIGITS}]{{1,5}}|\d{{1,3}})"
#: The rest of a line that is a title, with or without a bracket behind it.
_TITLE_LINE = r"[^。；？！（\n]{0,40}(?:（[^\n]{0,200}）)?(?:\n|$)"
#: Marks beside a number that single out an item.
_STARS = "★☆*▲△※"
#: What is left of （三） where a decoder lost its last byte.
DAMAGED_MARK = "？。"
_BEFORE_DIGIT_RE = re.compile(r"(?P<number>\d{1,2})[.、](?=\d)")

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


def to_number(words: str) -> int:
    """Return the value of a Chinese or arabic number below 1,000.

    Examples
    --------
    >>> [to_number(words) for words in ("七", "十", "十二", "二十", "二十一", "一百零三", "一一", "17")]
    [7, 10, 12, 20, 21, 103, 11, 17]
    """
    if words.isascii():
        return int(words)
    if not any(character in "十百" for character in words):
        return int("".join(str(_DIGITS[character]) for character in words))
    total, digit = 0, 0
    for character in words:
        if character == "百":
            total += (digit or 1) * 100
            digit = 0
        elif character == "十":
            total += (digit or 1) * 10
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


@dataclass(frozen=True, slots=True)
class Mark:
    """A number on the page: flow indices, kind (``hanzi``, ``arabicparen`` …), value, number and label as printed."""

    start: int
    end: int
    kind: str
    value: int
    number: str
    label: str
    inline: bool


class Marks:
    """Finds the numbers that count items, by the lists of words that stand before or behind them.

    ``number_re`` is a number at the beginning of a stretch. Decimals (1.5) are none; ``6.2017年底前`` and ``1.5月31日前`` are: items 6
    and 1, their texts beginning with a year and a month (which no decimal counts). ``odd_re`` is a number at the beginning of a line whose
    stop is odd (2，) or lost (2推进, 任务二推进): it counts only where the next number goes on with it. ``annex_re`` is the line that
    begins an annex, or the label before its title.
    """

    def __init__(self, words: Mapping[str, Sequence[str]], parts: Sequence[PartKind]) -> None:
        self._ranks = {part.word: part.rank for part in parts}
        self._titles = frozenset(self._part_kind(part.word) for part in parts if part.form == "title")
        free, title, line = (to_alternatives(part.word for part in parts if part.form == form) for form in PART_FORMS)
        above = [part.word for part in parts if part.form == "free" and part.rank < PART_RANKS]
        self._second = {**_SECOND, **{f"第一{word}": f"第二{word}" for word in above}}
        law = to_alternatives(words["part-of-law"])
        noun, unit, decimal = (
            to_alternatives(words["numbered-noun"]),
            to_alternatives(words["counted-unit"]),
            to_alternatives(words["decimal-unit"]),
        )
        self.number_re = re.compile(
            rf"""
              第(?P<part>{_PART_NUMBER})(?P<partkind>{free})(?=\s|[^，。、])(?!{law})
            | (?<![^\n])第(?P<title>{_PART_NUMBER})(?P<titlekind>{title})[：、.]?(?={_TITLE_LINE})
            | (?:{noun})(?P<named>[{HANZI_DIGITS}]{{1,3}}|\d{{1,2}})[：、.]
            | (?P<hanzi>[{HANZI_DIGITS}]{{1,5}})(?P<hanzimark>[、.])(?![、。])
            | [（〔](?P<hanziparen>[{HANZI_DIGITS}]{{1,5}})[）〕][、.]?
            | （(?P<arabicparen>\d{{1,3}})）[、.]?
            | (?P<halfparen>\d{{1,3}})）
            | (?P<dotted>\d{{1,2}}(?:[.-]\d{{1,2}}){{1,3}})(?=[^\d.%％-]|$)(?!{decimal})
            | (?P<arabic>\d{{1,3}})[{_STARS}]?(?P<arabicmark>[.、·])
              (?:(?!\d)|(?=(?:19|20)\d\d年)|(?=\d{{3,}}\D)|(?<=\.)(?=(?:1[0-2]|[1-9])月))
            | (?P<circled>[①-⑳㉑-㊿])
            | (?P<whole>[⒈-⒛⑴-⒇㈠-㈩])
            """,
            re.VERBOSE,
        )
        self.odd_re = re.compile(
            rf"""
              (?:N[oO]\.?|№)?(?P<arabic>\d{{1,3}})(?:[，。：][ ]?|(?=[\u4e00-\u9fff“])(?!{unit}))
            | (?P<hanziparen>[一二三四五六七八九十]{{1,3}})）
            | (?P<hanzi>[一二三四五六七八九十]{{1,3}})[，：](?![，。])
            | (?:{noun})(?P<named>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})(?=[\u4e00-\u9fff“ ])(?!{unit})
            | [（〔](?:{noun})(?P<boxed>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})[）〕]
            | 第(?P<line>{_PART_NUMBER})(?P<linekind>{line})(?!{law})[：、.，]?
            """,
            re.VERBOSE,
        )
        self._before = "".join(f"(?<!{re.escape(word)})" for word in words["not-count-before"]) + rf"(?<![、{HANZI_DIGITS}\d.])"
        self._behind = rf"(?![{HANZI_DIGITS}\d、。.])"
        self._first_re = re.compile(rf"{self._before}(?P<number>一、|1[.、]|（一）|第一(?:{to_alternatives(above)})){self._behind}")
        self.annex_re = re.compile(rf"(?:{to_alternatives(words['annex'])})\s*[\d一二三四五六七八九十]{{0,3}}\s*：?")

    def must_go_on(self, kind: str) -> bool:
        """Say whether a number of this kind counts only where another goes on with it: 第一部分 may begin a sentence."""
        return kind in self._titles

    def _part_kind(self, word: str) -> str:
        return f"part{self._ranks[word]}{word}"

    def find(self, text: str, start: int, end: int, *, inline: bool = False) -> Mark | None:
        """Return the number that ``text[start:end]`` begins with, or None."""
        match = self.number_re.match(text, start, end)
        if match is None:
            return None
        kind = match.lastgroup or ""
        number = ""
        for name in ("part", "title", "named", "hanzi", "hanziparen", "arabicparen", "halfparen", "dotted", "arabic", "circled", "whole"):
            if match.group(name) is not None:
                kind, number = name, match.group(name)
                break
        if kind in ("part", "title"):
            kind = self._part_kind(match.group(f"{kind}kind"))
        if kind == "dotted":
            number = number.replace("-", ".")
        value = _value_of(kind, number)
        if not 0 < value < 1000:
            return None
        if kind == "dotted":
            kind = f"dotted{number.count('.') + 1}"
        if kind == "whole":
            kind = "hanziparen" if number >= "㈠" else "arabic" if number >= "⒈" else "arabicparen"
            number = HANZI_DIGITS[value + 1] if kind == "hanziparen" else str(value)
        return Mark(start, match.end(), kind, value, number, match.group(), inline)

    def first_label(self, text: str, place: int) -> str:
        """Return the first number that stands at `place` right behind other words (某方案一、强化), as printed, or nothing.

        Examples
        --------
        >>> from kg.rules import load_rules
        >>> rules = load_rules().notation
        >>> marks = Marks(rules.words, rules.parts)
        >>> marks.first_label("某方案一、强化支持", 3), marks.first_label("某方案一、二级医院", 3)
        ('一、', '')
        """
        first = self._first_re.match(text, place)
        return first.group("number") if first is not None else ""

    def has_second(self, text: str, start: int, end: int, label: str) -> bool:
        """Say whether the number that follows the first one `label` stands in ``text[start:end]``."""
        return re.compile(self._before + re.escape(self._second[label]) + self._behind).search(text, start, end) is not None

    def find_odd(self, text: str, start: int, end: int) -> Mark | None:
        """Return the number with an odd stop that ``text[start:end]`` begins with, or None."""
        match = self.odd_re.match(text, start, end)
        if match is None or (match.end() == end and match.group("line") is None):
            return None
        kind = match.lastgroup or ""
        if match.group("line") is not None:
            number, kind = match.group("line"), self._part_kind(match.group("linekind"))
        else:
            number, kind = match.group(kind), "named" if kind == "boxed" else kind
        if not 0 < to_number(number) < 1000:
            return None
        return Mark(start, match.end(), kind, to_number(number), number, match.group(), inline=False)

    def find_before_digit(self, text: str, start: int, end: int) -> Mark | None:
        """Return what may be the number of an item whose own words begin with a number (``1.10个乡镇``), or as well a decimal."""
        match = _BEFORE_DIGIT_RE.match(text, start, end)
        if match is None or not int(match["number"]):
            return None
        return Mark(start, match.end(), "arabic", int(match["number"]), match["number"], match.group(), inline=False)


def _value_of(kind: str, number: str) -> int:
    if kind == "circled":
        code = ord(number)
        return code - 0x245F if code < 0x2474 else code - 0x3250 + 20
    if kind == "whole":
        return ord(number) - (0x321F if number >= "㈠" else 0x2487 if number >= "⒈" else 0x2473)
    if kind == "dotted":
        return int(number.rsplit(".", 1)[1])
    return to_number(number)
