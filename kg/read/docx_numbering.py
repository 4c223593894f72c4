"""Word's automatic numbers: counted as Word counts them, so that they can be written into the text.

Source: ECMA-376 part 1, 17.9 (numbering): levels, ``lvlText``, ``lvlRestart``, ``startOverride``, ``isLgl``, styles that carry a numbering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kg.read.docx_tree import get_child, get_children, get_value
from kg.read.list_numbers import format_number

_PLACE_RE = re.compile(r"%([1-9])")
_MAX_LEVEL = 8
_MAX_LINKS = 20


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: how it counts and how it looks."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int = -1
    """After which level (1 = top) it begins anew; 0 never, -1 after any level above it."""
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class NumberedStyle:
    """What a paragraph style says of numbering and outline; None where it says nothing."""

    based_on: str
    name: str
    number: int | None
    level: int | None
    outline: int | None


@dataclass(slots=True)
class Numbering:
    """The numberings of a document, and how far each has been counted.

    Instances of one abstract numbering share its counters; one that overrides the start begins anew when it is first used.
    """

    levels: dict[int, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[int, int] = field(default_factory=dict)
    overrides: dict[int, dict[int, int]] = field(default_factory=dict)
    counters: dict[int, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[int, int]] = field(default_factory=set)

    def next_label(self, number: int, level: int) -> str:
        """Count one paragraph and return its label, with a blank behind it where the label ends in a narrow mark; bullets give none."""
        levels = self.levels.get(number)
        if not levels or level not in levels:
            return ""
        counters = self.counters.setdefault(self.abstract[number], {})
        here = levels[level]
        override = self.overrides.get(number, {}).get(level)
        if override is not None and (number, level) not in self.started:
            counters[level] = override
        else:
            counters[level] = counters[level] + 1 if level in counters else (override if override is not None else here.start)
        self.started.add((number, level))
        for above in range(level):
            counters.setdefault(above, levels[above].start if above in levels else 1)
        self._restart_below(counters, levels, level)
        if here.kind in ("bullet", "none"):
            return ""
        label = _PLACE_RE.sub(lambda match: self._show(counters, levels, int(match.group(1)) - 1, legal=here.legal), here.text)
        return label + (" " if label and label[-1] <= "\xff" and here.suffix != "nothing" else "")

    @staticmethod
    def _restart_below(counters: dict[int, int], levels: dict[int, Level], level: int) -> None:
        for below in [other for other in counters if other > level]:
            restart = levels[below].restart if below in levels else -1
            if restart == -1 or (restart > 0 and level < restart):
                del counters[below]

    @staticmethod
    def _show(counters: dict[int, int], levels: dict[int, Level], level: int, *, legal: bool) -> str:
        kind = levels[level].kind if level in levels else "decimal"
        number = counters.get(level, levels[level].start if level in levels else 1)
        return format_number(number, "decimal" if legal else kind)


def read_numbering(root: Any, styles: dict[str, NumberedStyle]) -> Numbering:
    """Read the numbering part; `root` may be None."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {get_value(one, "abstractNumId", attribute=True): one for one in get_children(root, "abstractNum")}
    numbers = {_to_int(get_value(one, "numId", attribute=True), -1): one for one in get_children(root, "num")}
    by_style = {get_value(one, "styleLink"): key for key, one in abstract.items() if get_child(one, "styleLink") is not None}
    for number, element in numbers.items():
        key = get_value(element, "abstractNumId")
        link = get_value(abstract[key], "numStyleLink") if key in abstract else ""
        key = by_style.get(link, key)
        if key not in abstract:
            continue
        levels = {level: made for one in get_children(abstract[key], "lvl") for level, made in [_read_level(one)]}
        starts: dict[int, int] = {}
        for override in get_children(element, "lvlOverride"):
            level = _to_int(get_value(override, "ilvl", attribute=True), 0)
            own = get_child(override, "lvl")
            if own is not None:
                levels[level] = _read_level(own)[1]
            start = get_value(override, "startOverride")
            if start:
                starts[level] = _to_int(start, 1)
        numbering.levels[number] = levels
        numbering.abstract[number] = _to_int(key, 0)
        numbering.overrides[number] = starts
    return numbering


def _read_level(element: Any) -> tuple[int, Level]:
    legal = get_child(element, "isLgl")
    kind = get_value(element, "numFmt") or "decimal"
    return _to_int(get_value(element, "ilvl", attribute=True), 0), Level(
        start=_to_int(get_value(element, "start"), 0 if get_child(element, "start") is None else 1),
        kind=kind,
        text=get_value(element, "lvlText"),
        suffix=get_value(element, "suff") or "tab",
        restart=_to_int(get_value(element, "lvlRestart"), -1),
        legal=legal is not None and get_value(legal, "val", attribute=True) not in ("0", "false", "off"),
        style=get_value(element, "pStyle"),
    )


def read_styles(root: Any) -> dict[str, NumberedStyle]:
    """Read what the paragraph styles say of numbering and outline; `root` may be None."""
    found: dict[str, NumberedStyle] = {}
    for style in get_children(root, "style") if root is not None else ():
        properties = get_child(style, "pPr")
        numbered = get_child(properties, "numPr")
        number, level = get_value(numbered, "numId"), get_value(numbered, "ilvl")
        outline = get_value(properties, "outlineLvl")
        found[get_value(style, "styleId", attribute=True)] = NumberedStyle(
            based_on=get_value(style, "basedOn"),
            name=get_value(style, "name").lower(),
            number=_to_int(number, 0) if number else None,
            level=_to_int(level, 0) if level else None,
            outline=_to_int(outline, 9) if outline else None,
        )
    return found


def walk_styles(styles: dict[str, NumberedStyle], style_id: str) -> list[tuple[str, NumberedStyle]]:
    """Return a style and those it is based on, nearest first."""
    chain: list[tuple[str, NumberedStyle]] = []
    while style_id in styles and len(chain) < _MAX_LINKS:
        chain.append((style_id, styles[style_id]))
        style_id = styles[style_id].based_on
    return chain


def find_number(numbering: Numbering, styles: dict[str, NumberedStyle], properties: Any, style_id: str) -> tuple[int, int] | None:
    """Return (numbering, level) of a paragraph, from itself or its styles; None where it has none.

    The numbering and the level are inherited each for itself: a style may name only the level and leave the numbering to the one it is
    based on. A level of the numbering that names a style of the chain comes before what the style says.
    """
    direct = get_child(properties, "numPr")
    number = _to_int(get_value(direct, "numId"), -1)
    level = _to_int(get_value(direct, "ilvl"), -1)
    chain = walk_styles(styles, style_id)
    if number < 0:
        number = next((style.number for _, style in chain if style.number is not None), -1)
        linked = {one.style: index for index, one in sorted(numbering.levels.get(number, {}).items(), reverse=True) if one.style}
        told = (linked.get(name, style.level) for name, style in chain)
        level = next((one for one in (level, *told) if one is not None and one >= 0), 0)
    return (number, min(max(level, 0), _MAX_LEVEL)) if number > 0 else None


def _to_int(value: str, otherwise: int) -> int:
    try:
        return int(value)
    except ValueError:
        return otherwise
