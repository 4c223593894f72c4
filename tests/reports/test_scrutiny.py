"""What a second reader looks for in a report: many plans at once, grey where little is known, cells too long, honest headlines."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import polars as pl

from kg.measures import Layer, LoadOptions, compute_load
from kg.reports import render_report
from kg.reports.cells import LONGEST_CELL
from kg.reports.charts import LEAD
from kg.reports.figures import MOST_HEAT_COLUMNS, draw_scatter, make_heat_map
from kg.reports.results import collect_results
from kg.reports.words import load_words
from kg.tables.frames import Tables, make_tables
from tests.reports.plans import build_middle
from tests.reports.test_reports import Text
from tests.views.factories import PlanRows, build_plans, build_seed


def build_cities(cities: int = 6, tasks: int = 12) -> Tables:
    """Return plans of several cities, each with four sections of its own and agencies that are called the same in all of them."""
    plans = []
    for city in range(cities):
        sections = [(str(number), "一二三四"[number - 1], f"第{number}方面重点工作") for number in range(1, 5)]
        rows = [
            (f"{1 + number % 4}.{number}", str(number), f"做第{number}件事。", [(f"{city}市{'甲乙丙'[number % 3]}局", "lead")])
            for number in range(1, tasks + 1)
        ]
        plans.append(PlanRows(f"p{city}", f"{city}市计划", sections=sections, tasks=rows))
    tables = build_plans(plans)
    agencies = tables["agencies"].with_columns(full_name=pl.col("label"), label=pl.col("label").str.slice(1))
    return make_tables({**tables, "agencies": agencies})


def test_agencies_of_one_name_are_told_apart_in_every_format() -> None:
    data = json.loads(render_report(build_cities(), "json"))
    labels = [row["label"] for row in data["load"] if row["layer"] == "both"]
    assert sorted(labels) == sorted(f"{city}市{letter}局" for city in range(6) for letter in "甲乙丙")
    page = Text(render_report(build_cities()))
    assert "5市丙局" in page.text
    assert "5市丙局" in render_report(build_cities(), "md").decode()
    assert "5市丙局" in render_report(build_cities(), "csv").decode()


def test_many_sections_share_the_last_column_and_nothing_is_lost() -> None:
    words = load_words("zh")
    heat = make_heat_map(collect_results(build_cities()), words)
    assert len(heat.sections) == MOST_HEAT_COLUMNS + 1
    assert heat.sections[-1] == "其余8个章节"
    assert sum(columns for _, columns in heat.above) == MOST_HEAT_COLUMNS + 1
    assert heat.above[0] == ("0市计划", 4)
    for row in heat.rows:
        assert sum(count for count, _ in row.cells) == row.total
    assert make_heat_map(collect_results(build_middle()), words).sections[-1] == "四、第4方面"


def test_all_plans_are_listed_however_many() -> None:
    page = Text(render_report(build_cities(25, 4)))
    listed = [cells[0] for cells in page.cells if len(cells) == 4 and cells[0].endswith("市计划")]
    assert listed == [f"{city}市计划" for city in sorted(range(25), key=lambda city: f"p{city}")]
    assert [cells[0] for cells in Text(render_report(build_middle())).cells if cells[0] == "中等计划"] == []


def test_the_headline_speaks_of_the_layer_that_is_ranked() -> None:
    def headline(layer: Layer, lang: str) -> str:
        return str(json.loads(render_report(build_seed(), "json", lang, LoadOptions(layer=layer)))["headline"][0])

    assert headline(Layer.LEAD, "zh") == "牵头的跨章节负荷，市政府办公厅最高：54项任务中牵头14项，涉及3个章节中的2个。"
    best = compute_load(build_seed(), LoadOptions(layer=Layer.RESPONSIBLE)).row(0, named=True)
    assert headline(Layer.RESPONSIBLE, "en") == (
        f"{best['label']} carries the most cross-cutting load without leading: "
        f"{best['tasks']} of 54 tasks, in {best['sections']} of 4 sections."
    )


def build_single_section() -> Tables:
    """Return a plan with one top section that has two below it."""
    names = [f"市{letter}局" for letter in "甲乙丙丁戊己庚辛壬癸子丑"]
    tasks = [
        (f"1.{1 + number % 2}.{number}", str(number), f"做第{number}件事。", [(names[number % 11 if number < 40 else 11], "lead")])
        for number in range(1, 45)
    ]
    return build_plans([PlanRows("p", "计划", [("1", "一", "任务"), ("1.1", "一", "这样"), ("1.2", "二", "那样")], tasks)])


def test_one_section_has_no_cross_cutting_load_and_says_where_to_look() -> None:
    assert json.loads(render_report(build_single_section(), "json", "en"))["headline"] == [
        "No agency has tasks in more than one section.",
        "Most tasks: 市丑局 (5).",
        "All tasks stand in one section of level 1; level 2 has 2: rank by them with --section-level 2.",
    ]
    # Nobody is among the first three of nothing.
    assert "#c1440e" not in render_report(build_single_section()).decode().partition('id="scatter"')[2].partition("</figure>")[0]
    assert "#c1440e" in render_report(build_seed()).decode().partition('id="scatter"')[2].partition("</figure>")[0]


def test_agencies_with_few_tasks_are_grey_in_tables_too() -> None:
    html = render_report(build_seed()).decode()
    grey = set(re.findall(r'<tr class="grey"><td class="n">\d+</td>\s*<th scope="row">([^<]+)</th>', html))
    load = compute_load(build_seed())
    few = set(load.filter(pl.col("rank").is_not_null() & (pl.col("tasks") < 5))["label"])
    assert few <= grey
    assert "市政府办公厅" not in set(
        re.findall(r'<tr class="grey"><td class="n">\d+</td>\s*<th scope="row">([^<]+)</th>', html.partition("<details>")[0])
    )
    book = openpyxl.load_workbook(io.BytesIO(render_report(build_seed(), "xlsx", "en")))
    colours = {row[1].value: row[1].font.color.rgb for row in book["Ranks"].iter_rows(min_row=2)}
    assert {label for label, colour in colours.items() if colour == "FF69747F"} == few
    assert book["Ranks"].freeze_panes == "C2"
    assert book["Null model"].freeze_panes == "B2"


def test_a_text_that_no_cell_can_hold_says_that_it_is_cut() -> None:
    text = "长" * 40_000
    content = render_report(build_plans([PlanRows("long", "长计划", tasks=[("1", "1", text, [("市财政局", "responsible")])])]), "xlsx")
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content))["缺口"].iter_rows() for cell in row]
    (cut,) = [cell for cell in cells if isinstance(cell, str) and cell.startswith("长长")]
    assert len(cut) == LONGEST_CELL
    assert cut.endswith("长 …（此处截断：单元格放不下；全文见 JSON 报告）")
    assert (
        text
        in render_report(build_plans([PlanRows("long", "长", tasks=[("1", "1", text, [("市财政局", "responsible")])])]), "json").decode()
    )


def test_one_of_the_first_three_with_few_tasks_is_grey() -> None:
    results = collect_results(build_seed())
    third = results.ranked.filter(pl.col("rank") == 3)
    assert third.select("label", "tasks", "grey").rows() == [("市工商局", 4, True)]
    assert draw_scatter(results, load_words("zh")).svg.count(f'fill="{LEAD}"') == 2
