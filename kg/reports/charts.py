"""Charts of the report as Vega-Lite specifications, drawn to SVG by vl-convert: no browser, no script in the page, no network.

The specifications are written as they are rather than through Altair, and what is a table by nature (heat map, stacked bars) is drawn by
the page as a table (docs/decisions/0006-report-charts.md). Each chart is a function of plain rows; all words come from the caller.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

INK, SOFT, PALE = "#1c2733", "#55626f", "#b3bcc6"
LEAD, MAIN, CHOICE = "#c1440e", "#0b4f7d", "#8a4f9e"
#: vl-convert brings this font and so measures the same everywhere, and fast; the page sets its own fonts.
FONT = "Liberation Sans"
#: Size of the scatter plot in pixels; the page scales it.
SCATTER_WIDTH, SCATTER_HEIGHT = 790, 380
#: From the middle of a circle to its words: more than the largest radius.
LABEL_GAP = 14
_LABEL = 190
_ROW = 26

Spec = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and what a screen reader says of it."""

    name: str
    title: str
    description: str
    svg: str


def draw(name: str, title: str, description: str, spec: Spec) -> Chart:
    """Draw a specification.

    The SVG gets a title and a description and is one image to a screen reader; the numbers stand in the table beside it.
    """
    import vl_convert  # starts a JavaScript engine, which takes most of a second

    full = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": _CONFIG, "background": None, **spec}
    words: dict[str, str] = {}
    svg = vl_convert.vegalite_to_svg(json.dumps(_stand_in(full, words)), allowed_base_urls=[])
    return Chart(name, title, description, _dress(_put_back(svg, words), name, title, description))


def _stand_in(part: Any, words: dict[str, str]) -> Any:
    """Replace each text that is not plain ASCII by letters about as wide, and note them in `words`.

    vl-convert takes ten times as long to measure an ideograph as a letter, and measures it in whatever font the machine has: with stand-ins
    the report is drawn in half the time and with the same bytes everywhere.
    """
    if isinstance(part, dict):
        return {key: _stand_in(value, words) for key, value in part.items()}
    if isinstance(part, list):
        return [_stand_in(value, words) for value in part]
    if not isinstance(part, str) or part.isascii():
        return part
    if part not in words:
        # In the font of the charts an ideograph is as wide as 1.2 M, other letters about two thirds of one; the code itself is 3.2 wide.
        width = sum(1.2 if ord(letter) > 0x2E7F else 0.67 for letter in part)
        words[part] = f"q{len(words):04d}{'M' * max(0, round(width - 3.2))}z"
    return words[part]


def _put_back(svg: str, words: Mapping[str, str]) -> str:
    texts = {stand_in: escape(text) for text, stand_in in words.items()}
    return re.sub(r"q\d{4}M*z", lambda found: texts.get(found[0], found[0]), svg)


def _dress(svg: str, name: str, title: str, description: str) -> str:
    found = re.match(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"[^>]*>', svg)
    if found is None:
        raise ValueError("vl-convert's SVG does not begin with its size")
    width, height = found.groups()
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" class="chart" role="img" style="max-width:{width}px"'
        f' aria-labelledby="{name}-title {name}-description"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>'
    )
    # Ids that Vega gives to clip paths and gradients repeat from chart to chart.
    body = re.sub(r'(id="|url\(#)(clip|gradient)', rf"\1{name}-\2", svg[found.end() :])
    return head + body.replace(f' font-family="{FONT}"', "")


_CONFIG: Spec = {
    "font": FONT,
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12.5,
        "titleFontSize": 12.5,
        "labelColor": INK,
        "titleColor": SOFT,
        "titleFontWeight": "normal",
        "domainColor": PALE,
        "tickColor": PALE,
        "gridColor": "#e8ecf0",
        "labelLimit": 0,
    },
    "legend": {
        "labelFontSize": 12.5,
        "titleFontSize": 12.5,
        "labelColor": INK,
        "titleColor": SOFT,
        "labelLimit": 0,
        "titleFontWeight": "normal",
    },
    "header": {"labelFontSize": 13, "labelColor": INK},
    "text": {"color": INK, "fontSize": 12.5},
}


def _names(rows: Sequence[Row], *, hide: bool = False) -> Spec:
    """Return the axis of agencies, in the order of the rows, with a width of its own."""
    axis: Spec = {"title": None, "ticks": False, "domain": False, "labelPadding": 8, "minExtent": _LABEL, "maxExtent": _LABEL}
    return {
        "field": "name",
        "type": "nominal",
        "sort": [row["name"] for row in rows],
        "axis": None if hide else axis,
        "scale": {"paddingInner": 0.3, "paddingOuter": 0.15},
    }


def _count_axis(title: str, **more: Any) -> Spec:
    return {"title": title, "tickMinStep": 1, "format": "d", "minExtent": 30, "maxExtent": 30, **more}


def _choose_ticks(last: int) -> list[int]:
    """Return the first rank and some round ones up to the last.

    Examples
    --------
    >>> _choose_ticks(8), _choose_ticks(31), _choose_ticks(269)
    ([1, 2, 4, 6, 8], [1, 10, 20, 30], [1, 100, 200])
    """
    step = next((size * 10**power for power in range(9) for size in (1, 2, 5, 10) if last <= 4.5 * size * 10**power), last)
    return [1, *range(step if step > 1 else 2, last + 1, step)]


def make_scatter(rows: Sequence[Row], words: Mapping[str, str]) -> Spec:
    """Return breadth × depth: sections against tasks.

    Parameters
    ----------
    rows
        ``sections``, ``tasks``, ``count`` (agencies at this point), ``words`` (what stands beside it), ``kind`` (``top``, ``plain`` or
        ``grey``).
    words
        ``x`` and ``y``: titles of the axes.
    """
    widest = max((row["sections"] for row in rows), default=1)
    deepest = max((row["tasks"] for row in rows), default=1)
    x = {
        "field": "sections",
        "type": "quantitative",
        "scale": {"domain": [0.5, widest + 1.5], "nice": False},
        "axis": _count_axis(words["x"], values=list(range(1, widest + 1)), grid=True),
    }
    y = {
        "field": "tasks",
        "type": "quantitative",
        "scale": {"domain": [0, deepest * 1.06], "nice": False},
        "axis": _count_axis(words["y"], minExtent=36, maxExtent=36, tickCount=6),
    }
    colours = {"domain": ["top", "plain", "grey"], "range": [LEAD, MAIN, PALE]}
    circle = {
        "mark": {"type": "circle", "opacity": 0.85, "stroke": "white", "strokeWidth": 1},
        "encoding": {
            "size": {
                "field": "count",
                "type": "quantitative",
                "scale": {"domain": [0, max((row["count"] for row in rows), default=1)], "range": [60, 400]},
                "legend": None,
            },
            "color": {"field": "kind", "type": "nominal", "scale": colours, "legend": None},
        },
    }
    text = {
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": LABEL_GAP},
        "encoding": {
            "text": {"field": "words"},
            "color": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": ["top", "plain", "grey"], "range": [INK, INK, SOFT]},
                "legend": None,
            },
        },
    }
    return {
        "width": SCATTER_WIDTH,
        "height": SCATTER_HEIGHT,
        "data": {"values": list(rows)},
        "encoding": {"x": x, "y": y},
        "layer": [circle, text],
        "resolve": {"scale": {"color": "independent"}},
    }


def make_ranking(rows: Sequence[Row], words: Mapping[str, str]) -> Spec:
    """Return ranked bars and, beside them, two intervals of ranks: over resamples, and over other conventions.

    Parameters
    ----------
    rows
        ``name``, ``value``, ``rank``, ``low`` and ``high`` (over resamples), ``best`` and ``worst`` (over conventions), ``grey``.
    words
        ``value``, ``stability`` and ``choices``: titles of the axes.
    """
    last = max((max(row["high"], row["worst"]) for row in rows), default=1)
    height = _ROW * len(rows)
    colour = {"condition": {"test": "datum.grey", "value": PALE}, "value": MAIN}
    bars = {
        "width": 250,
        "height": height,
        "encoding": {
            "y": _names(rows),
            "x": {
                "field": "value",
                "type": "quantitative",
                "axis": {"title": words["value"], "tickCount": 4, "minExtent": 30, "maxExtent": 30},
            },
        },
        "layer": [
            {"mark": "bar", "encoding": {"color": colour}},
            {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"text": {"field": "value", "format": ".1f"}}},
        ],
    }

    def intervals(low: str, high: str, title: str, colour: Spec) -> Spec:
        x = {
            "field": low,
            "type": "quantitative",
            "scale": {"domain": [1, max(last, 2)], "nice": False},
            "axis": _count_axis(title, values=_choose_ticks(last)),
        }
        return {
            "width": 165,
            "height": height,
            "encoding": {"y": _names(rows, hide=True), "x": x, "color": colour},
            "layer": [
                {"mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.35, "strokeCap": "round"}, "encoding": {"x2": {"field": high}}},
                {"mark": {"type": "circle", "size": 70, "opacity": 1}, "encoding": {"x": {"field": "rank", "type": "quantitative"}}},
            ],
        }

    panels = [
        bars,
        intervals("low", "high", words["stability"], colour),
        intervals("best", "worst", words["choices"], {"condition": {"test": "datum.grey", "value": PALE}, "value": CHOICE}),
    ]
    return {"data": {"values": list(rows)}, "spacing": 32, "hconcat": panels}
