"""kg.reports.charts: the words come back whole, escaped, and in their places."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from kg.reports.charts import Chart, draw, make_ranking, make_scatter

SVG = "{http://www.w3.org/2000/svg}"


def draw_ranking(names: list[str]) -> Chart:
    rows = [
        {"name": name, "value": 9.0 - at, "rank": at + 1, "low": at + 1, "high": at + 3, "best": 1, "worst": at + 2, "grey": at > 1}
        for at, name in enumerate(names)
    ]
    return draw("ranking", "排名 <&>", "说明", make_ranking(rows, {"value": "负荷", "stability": "重抽样", "choices": "约定"}))


def read_texts(chart: Chart) -> list[str]:
    root = ET.fromstring(chart.svg)  # noqa: S314 - our own
    return [text.text or "" for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "names",
    [
        ["市政府办公厅", "市经济信息化委", "q0001MMz"],
        ["<b>市局</b>", "\"'&", "</svg><script>"],
        ["市局", "市局（分局）", "é"],
    ],
)
def test_every_name_stands_once_in_the_order_of_the_rows(names: list[str]) -> None:
    texts = read_texts(draw_ranking(names))
    assert [text for text in texts if text in names] == names
    assert {"负荷", "重抽样", "约定", "9.0", "8.0", "7.0"} <= set(texts)


def test_a_chart_is_one_described_image_without_fonts_of_its_own() -> None:
    chart = draw_ranking(["市局"])
    root = ET.fromstring(chart.svg)  # noqa: S314 - our own
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "ranking-title ranking-description"
    assert [(child.tag, child.text) for child in list(root)[:2]] == [(f"{SVG}title", "排名 <&>"), (f"{SVG}desc", "说明")]
    assert "font-family" not in chart.svg
    assert not re.search(r"q\d{4}M*z|<script|href=", chart.svg)


def test_scatter_names_its_points() -> None:
    rows = [
        {"sections": 3, "tasks": 9, "count": 1, "words": "市财政局", "kind": "top"},
        {"sections": 1, "tasks": 2, "count": 4, "words": "4个机构", "kind": "grey"},
    ]
    texts = read_texts(draw("scatter", "图", "说明", make_scatter(rows, {"x": "广度", "y": "深度"})))
    assert {"市财政局", "4个机构", "广度", "深度", "1", "2", "3"} <= set(texts)
