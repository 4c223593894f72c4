"""kg.reports: every format says what was measured, and nothing but text."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest

from kg.errors import OutputError, TableError
from kg.measures import GAP_KINDS, Collectives, Layer, LoadOptions, compute_layers, compute_load, compute_stability, find_gaps
from kg.measures.options import weigh_lead
from kg.reports import REPORTS, get_report, render_report, to_csv
from kg.reports.words import LANGUAGES, load_words
from kg.spreadsheets import neutralise
from kg.tables.frames import empty_tables
from tests.reports.golden import FILES, FOLDER, render
from tests.reports.plans import build_middle, build_small
from tests.views.factories import PlanRows, build_plans, build_seed
from tests.views.test_graph import HOSTILE, build_hostile

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1"]


class Text(HTMLParser):
    """Elements and texts of a page."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.cells: list[list[str]] = []
        self.text = ""
        self.inside = False
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th"):
            self.cells[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside:
            self.cells[-1][-1] += data.strip()


@pytest.mark.parametrize("name", sorted(FILES))
def test_golden_files(name: str) -> None:
    assert render(name).decode() == (FOLDER / name).read_bytes().decode()


@pytest.mark.parametrize("form", sorted(REPORTS))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_tables_give_the_same_bytes_in_every_format(form: str, lang: str) -> None:
    assert render_report(build_middle(), form, lang) == render_report(build_middle(), form, lang)


@pytest.mark.parametrize("form", sorted(REPORTS))
def test_tables_without_rows_make_a_report(form: str) -> None:
    assert render_report(empty_tables(), form)


@pytest.mark.parametrize("form", sorted(REPORTS))
def test_each_format_is_documented(form: str) -> None:
    assert get_report(form).__doc__


def test_unknown_formats_languages_and_plans_are_refused() -> None:
    with pytest.raises(OutputError, match="no such report format: pdf; there is html, md, csv, xlsx, json"):
        render_report(build_small(), "pdf")
    with pytest.raises(OutputError, match="no such language: fr"):
        render_report(build_small(), "html", "fr")
    with pytest.raises(TableError, match="no such plan: nowhere"):
        render_report(build_small(), "json", options=LoadOptions(plans=("nowhere",)))


def test_both_languages_have_all_words() -> None:
    chinese, english = (load_words(lang).messages for lang in LANGUAGES)
    assert {part: set(words) for part, words in chinese.items()} == {part: set(words) for part, words in english.items()}
    assert set(english["gap"]) == set(GAP_KINDS)
    assert set(english["layer"]) == {str(layer) for layer in Layer}
    blank = re.compile(r"\{(\w+)\}")
    for part, words in chinese.items():
        for key, word in words.items():
            assert set(blank.findall(word)) == set(blank.findall(english[part][key])), (part, key)


def test_the_page_shows_the_measures_and_no_others() -> None:
    page = Text(render_report(build_seed()))
    assert "市政府办公厅的跨章节负荷最高：54项任务中承担28项（牵头14项），涉及4个章节中的4个。" in page.text
    load = {row["label"]: row for row in compute_load(build_seed()).iter_rows(named=True)}
    annex = page.cells[next(at for at, cells in enumerate(page.cells) if cells[:3] == ["名次", "机构", "任务"]) :][1:35]
    rows = {cells[1]: cells for cells in annex if cells[1] in load}
    assert len(rows) == 31
    for label, cells in rows.items():
        one = load[label]
        assert cells[0] == str(one["rank"])
        assert cells[2:6] == [str(one[key]) for key in ("tasks", "led", "responsible", "sections")]
        assert cells[6] == f"{one['fractional_load']:.2f}"
        assert cells[9] == f"{one['cross_cutting_load']:.2f}"
        assert cells[11] == f"{one['betweenness']:.3f}"
    assert "NetworkX 的 load_centrality 是另一种指标" in page.text
    assert "不是实际完成的工作量" in page.text


def test_the_heat_map_adds_up_to_the_tasks_of_each_agency() -> None:
    page = Text(render_report(build_seed()))
    rows = [cells for cells in page.cells if len(cells) == 15 and cells[-1].isdigit()]
    assert len(rows) == 20
    assert rows[0][0] == "市政府办公厅"
    for cells in rows:
        assert sum(int(cell) for cell in cells[1:-1] if cell) == int(cells[-1])


def test_each_gap_stands_with_task_and_sentence() -> None:
    page = Text(render_report(build_small()))
    assert ["3", "（责任单位：市财政局、各区政府）", "落实经费。"] in page.cells
    assert ["2", "（牵头单位：市发展改革委、市经济信息化委）", "统一标准。"] in page.cells
    assert ["5", "总结经验。"] in page.cells
    assert ["5", "总结经验", "总结经验。"] in page.cells
    assert find_gaps(build_small()).height == 6


def test_a_small_plan_has_no_measures_in_any_format() -> None:
    data = json.loads(render_report(build_small(), "json"))
    assert data["small"] is True
    assert data["stability"] == data["null_model"] == data["choices"] == []
    assert {row["cross_cutting_load"] for row in data["load"]} == {None}
    assert "svg" not in Text(render_report(build_small())).tags
    assert "F × P" not in render_report(build_small(), "md").decode()


def test_agencies_that_share_the_first_rank_share_the_headline() -> None:
    assert json.loads(render_report(build_middle(), "json", "en"))["headline"] == [
        "市甲局, 市乙局, 市丙局 share the most cross-cutting load, 4.5 each (of 36 tasks in all)."
    ]


def test_the_headline_says_between_which_ranks_or_at_which() -> None:
    for level, words in ((1, "at ranks 1 to 2."), (2, "steadily at rank 1.")):
        data = json.loads(render_report(build_seed(), "json", "en", options=LoadOptions(section_level=level)))
        assert data["headline"][1].endswith(words)


def test_csv_holds_all_layers_with_the_ranks_over_resamples() -> None:
    rows = list(csv.DictReader(io.StringIO(render_report(build_middle(), "csv").decode("utf-8-sig"))))
    assert len(rows) == compute_layers(build_middle()).height
    stable = {row["agency_key"]: row for row in compute_stability(build_middle()).iter_rows(named=True)}
    for row in rows:
        if row["layer"] == "both":
            assert (row["rank_low"], row["rank_high"]) == tuple(str(stable[row["agency_key"]][key]) for key in ("rank_low", "rank_high"))
        else:
            assert row["rank_low"] == ""


def test_options_reach_the_measures() -> None:
    data = json.loads(render_report(build_seed(), "json", options=LoadOptions(layer=Layer.LEAD)))
    assert data["options"]["layer"] == "lead"
    best = compute_load(build_seed(), LoadOptions(layer=Layer.LEAD)).row(0, named=True)
    assert best["label"] in data["headline"][0]


def read_sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_the_workbook_has_a_sheet_for_each_table() -> None:
    sheets = read_sheets(render_report(build_seed(), "xlsx"))
    assert list(sheets) == ["摘要", "负荷 牵头", "负荷 责任", "负荷 合并", "机构×章节", "缺口", "名次区间", "随机模型", "如何计算"]
    assert sheets["负荷 合并"][1][:5] == (1, "市政府办公厅", 28, 14, 14)
    assert len(sheets["缺口"]) == find_gaps(build_seed()).height + 1
    book = openpyxl.load_workbook(io.BytesIO(render_report(build_seed(), "xlsx")))
    page = book["负荷 合并"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("C2", "A1:P35")


def build_formulas() -> PlanRows:
    names = [(name, "responsible") for name in FORMULAS]
    return PlanRows("f", FORMULAS[0], sections=[("1", "一", FORMULAS[1])], tasks=[("1.1", "=2", FORMULAS[3], names)])


def test_no_cell_of_csv_or_workbook_is_a_formula() -> None:
    tables = build_plans([build_formulas()])
    for row in csv.reader(io.StringIO(render_report(tables, "csv").decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = openpyxl.load_workbook(io.BytesIO(render_report(tables, "xlsx")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.lstrip().startswith(("=", "+", "-", "@"))]
    shown = {cell.value for cell in cells}
    assert {"'=1+1", "'+cmd|' /C calc'!A0", "'-2+3", "'@SUM(A1)"} <= shown


@pytest.mark.parametrize("text", FORMULAS)
def test_neutralised_texts_begin_with_an_apostrophe_and_keep_their_words(text: str) -> None:
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["市财政局", "1-2", "", "（=）", "'=1"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert neutralise(text) == text


def test_csv_of_a_frame_keeps_numbers() -> None:
    assert (
        to_csv(compute_layers(build_small()))
        .decode("utf-8-sig")
        .splitlines()[1]
        .startswith("lead,,test.001,市发展改革委,government,none,2,")
    )


def test_hostile_names_stay_text_in_page_and_markdown() -> None:
    tables = build_plans([build_hostile()])
    page = Text(render_report(tables))
    assert not {"script", "img", "iframe", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    for name in HOSTILE:
        assert name in page.text, name
    markdown = render_report(tables, "md").decode()
    assert not re.search(r"(?<!\\)<", markdown)


def test_hostile_names_stay_text_in_charts() -> None:
    names = [*HOSTILE[:3], '"]}]<b>&amp;', "x" * 200, *(f"市{number}局" for number in range(8))]
    tasks = [
        (
            f"{number // 12 + 1}.{number + 1}",
            str(number + 1),
            "做事。",
            [(names[number % 13], "lead"), (names[(number + 1) % 13], "responsible")],
        )
        for number in range(48)
    ]
    sections = [(str(number), str(number), f"第{number}方面") for number in range(1, 5)]
    page = Text(render_report(build_plans([PlanRows("c", "图", sections=sections, tasks=tasks)])))
    assert page.tags.count("svg") == 2
    assert not {"script", "img", "foreignobject"} & set(page.tags)
    assert page.tags.count("b") == 8  # the tiles' own
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "xxxxxxxxxxxxx…" in page.text


def test_several_plans_are_named_and_their_gaps_told_apart() -> None:
    other = PlanRows("q", "另一计划", tasks=[("1", "1", "办事。", [("市财政局", "responsible")])])
    first = PlanRows("p", "第一计划", tasks=[("1", "1", "做事。", [("市财政局", "responsible")])])
    page = Text(render_report(build_plans([first, other])))
    assert ["第一计划", "1", "（责任单位：市财政局）", "做事。"] in page.cells
    assert ["另一计划", "1", "（责任单位：市财政局）", "办事。"] in page.cells
    assert "2份工作方案" in page.text


def test_the_method_says_what_was_chosen() -> None:
    plain = render_report(build_seed(), "md", "en").decode()
    assert "lead : responsible = 2 : 1" in plain
    assert "do not rank" in plain
    options = LoadOptions(layer=Layer.LEAD, section_level=2, collectives=Collectives.NODE, weights=weigh_lead(5))
    chosen = render_report(build_seed(), "md", "en", options).decode()
    for words in ("lead : responsible = 5 : 1", "one node each and rank", "ranks by the layer: lead", "sections of level 2"):
        assert words in chosen, words


def test_collectives_rank_only_when_asked() -> None:
    def list_ranked(options: LoadOptions) -> list[str]:
        sheet = read_sheets(render_report(build_seed(), "xlsx", "en", options))["Ranks"]
        return [str(row[1]) for row in sheet[1:]]

    assert "各区政府" not in list_ranked(LoadOptions())
    assert "各区政府" in list_ranked(LoadOptions(collectives=Collectives.NODE))
    page = Text(render_report(build_seed(), options=LoadOptions(collectives=Collectives.NODE)))
    assert any(cells[0] == "各区政府" for cells in page.cells if len(cells) == 15)
