"""The report of a comparison says what changed, in every format, and keeps hostile text as text."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from kg.compare import Comparison, compare_tables
from kg.errors import OutputError
from kg.measures import LoadOptions
from kg.reports.comparison import COMPARISONS, render_comparison
from kg.reports.words import LANGUAGES, load_words
from kg.tables import empty_tables
from tests.views.factories import PlanRows, build_plans

HOSTILE = '<script>alert("1")</script>&|*_`'

BEFORE = PlanRows(
    "plan-2017",
    "2017年工作<要点>",
    sections=[("1", "一", "推进改革")],
    tasks=[
        ("1.1", "1", "完成政务平台等15个业务系统向云迁移。", [("市发展改革委", "lead"), ("市财政局", "responsible")]),
        ("1.2", "2", "统一全市数据标准和接口规范。", [("市财政局", "lead")]),
        ("1.3", "3", "开展公共信用信息的归集和公示工作。", [("市工商局", "lead")]),
        ("1.4", "4", "建设和完善全员人口信息数据库", [("市卫生计生委", "lead")]),
    ],
)
AFTER = PlanRows(
    "plan-2018",
    "2018年工作要点",
    sections=[("1", "一", "推进改革")],
    tasks=[
        ("1.1", "1", "统一全市数据标准和接口规范。", [("市财政局", "lead"), ("市审计局", "responsible")]),
        ("1.2", "2", "完成政务平台等20个业务系统向云迁移。", [("市经济信息化委", "lead"), ("市发展改革委", "responsible")]),
        ("1.3", "3", "建设和完善法人单位信用信息平台", [("市工商局", "lead")]),
        ("1.4", "4", f"探索{HOSTILE}应用。", [(f"=市{HOSTILE}局", "lead")]),
    ],
    issued=date(2018, 3, 1),
)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    tables = build_plans([BEFORE, AFTER])
    return compare_tables(tables, tables, options_a=LoadOptions(plans=("plan-2017",)), options_b=LoadOptions(year=2018))


class _Page(HTMLParser):
    """Text by section id, marked pieces, and what a browser would fetch or run."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.text: dict[str, str] = {"": ""}
        self.marked: dict[str, list[str]] = {"del": [], "ins": []}
        self.tags: set[str] = set()
        self.links: list[str] = []
        self._section = ""
        self._mark = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag == "section":
            self._section = dict(attrs)["id"] or ""
            self.text[self._section] = ""
        if tag in self.marked:
            self._mark = tag
            self.marked[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self._section = ""
        if tag == self._mark:
            self._mark = ""

    def handle_data(self, data: str) -> None:
        self.text[self._section] += data
        if self._mark:
            self.marked[self._mark][-1] += data


def test_the_page_says_what_changed(comparison: Comparison) -> None:
    page = _Page(render_comparison(comparison))
    assert "前4项、后4项任务：1项原样保留，1项文字有改动，1项不再出现，1项新增。" in page.text[""]
    assert "能确定对应的2项中，牵头单位变了的1项，增减其他单位的2项，时限变了的0项。" in page.text[""]
    assert "1 → 2" in page.text["changed"]
    assert page.marked["del"][0] == "15"
    assert page.marked["ins"][0] == "20"
    assert page.marked["del"][1:] == ["市发展改革委", "市财政局"]
    assert page.marked["ins"][1:] == ["市审计局", "市经济信息化委"]
    assert "牵头与非牵头之间变动：市发展改革委" in page.text["parties"]
    assert "约一半文字相同" in page.text["doubtful"]
    assert "建设和完善全员人口信息数据库" in page.text["doubtful"]
    assert "开展公共信用信息的归集和公示工作。" in page.text["dropped"]
    assert HOSTILE in page.text["new"]
    assert "统一全市数据标准和接口规范。" in page.text["kept"]
    assert re.search(r"市工商局\s*1 → 1\s*1 → 1", page.text["load"])


def test_the_page_fetches_and_runs_nothing(comparison: Comparison) -> None:
    for lang in LANGUAGES:
        content = render_comparison(comparison, "html", lang)
        page = _Page(content)
        assert not page.tags & {"script", "iframe", "object", "img", "form"}
        assert all(link.startswith("#") or link == "data:," for link in page.links)
        assert b"default-src 'none'" in content
        assert b"url(" not in content
        assert b"@import" not in content


def test_shares_are_drawn_when_both_sides_are_large_enough() -> None:
    names = [f"市{letter}局" for letter in "甲乙丙丁戊己庚辛壬癸子丑"]
    tasks = [(f"{number}", f"{number}", f"完成第{number}项工作。", [(names[number % 12], "lead")]) for number in range(1, 37)]
    shifted = [(path, label, text, [(names[0], "lead")] if int(path) < 9 else parties) for path, label, text, parties in tasks]
    tables = build_plans([PlanRows("a", "前", tasks=tasks), PlanRows("b", "后", tasks=shifted)])
    comparison = compare_tables(tables, tables, options_a=LoadOptions(plans=("a",)), options_b=LoadOptions(plans=("b",)))
    page = _Page(render_comparison(comparison))
    assert "负荷份额上升最多的是市甲局：8.3% → 30.6%（+22.2个百分点）。" in page.text[""]
    assert re.search(r"市甲局\s*3 → 11\s*3 → 11\s*8\.3%\s*30\.6%\s*\+22\.2", page.text["load"])
    assert "8.3% | 30.6% | +22.2 |" in render_comparison(comparison, "md").decode("utf-8")


def test_a_side_of_many_plans_is_counted_in_the_title_and_all_of_them_are_listed() -> None:
    plans = [PlanRows(f"p{number:02d}", f"第{number}计划", tasks=[("1", "1", "做事。", [("市甲局", "lead")])]) for number in range(25)]
    tables = build_plans(plans)
    options = LoadOptions(plans=("p00",))
    comparison = compare_tables(tables, tables, options_a=options, options_b=LoadOptions(plans=tuple(plan.plan_id for plan in plans[1:])))
    html = render_comparison(comparison).decode("utf-8")
    titles = re.findall(r"<h1>(.*?)</h1>", html)
    assert titles == ["第0计划", "24份工作方案"]
    assert re.findall(r"<li><span>(第\d+计划)</span>", html) == [plan.title for plan in plans[1:]]


def test_small_sides_compare_tasks_only(comparison: Comparison) -> None:
    assert "只比较任务数，不比较负荷份额" in _Page(render_comparison(comparison)).text[""]


def test_csv_is_a_row_a_task_and_no_formula(comparison: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(render_comparison(comparison, "csv").decode("utf-8-sig"), newline="")))
    assert [(row["status"], row["number_a"], row["number_b"]) for row in rows] == [
        ("kept", "2", "1"),
        ("changed", "1", "2"),
        ("dropped", "3", ""),
        ("doubtful", "4", "3"),
        ("new", "", "4"),
    ]
    assert rows[1]["partners_dropped"] == "市财政局"
    assert rows[1]["score"] == "0.888900"
    assert rows[4]["leads_b"] == f"'=市{HOSTILE}局"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_json_has_everything(comparison: Comparison) -> None:
    content = json.loads(render_comparison(comparison, "json"))
    assert content["counts"] == {"kept": 1, "changed": 1, "doubtful": 1, "dropped": 1, "new": 1}
    assert [plan["plan_id"] for plan in content["plans_a"] + content["plans_b"]] == ["plan-2017", "plan-2018"]
    changed = content["tasks"][1]
    assert ["removed", "15"] in changed["differences"]
    assert ["added", "20"] in changed["differences"]
    assert changed["lead_changed"] is True
    assert content["tasks"][3]["doubt"] == "half"
    assert {row["label"]: (row["tasks_a"], row["tasks_b"]) for row in content["load"]}["市财政局"] == (2, 1)
    assert "text" not in content["plans_a"][0]


def test_markdown_escapes_and_marks(comparison: Comparison) -> None:
    text = render_comparison(comparison, "md").decode("utf-8")
    assert "| 1 → 2 | 完成政务平台等~~15~~个业务系统向云迁移。 | 完成政务平台等**20**个业务系统向云迁移。 |" in text
    assert "市发展改革委 → 市经济信息化委 (牵头与非牵头之间变动：市发展改革委) |  | 市财政局 |" in text
    assert "<script>" not in text
    assert "- 前: 2017年工作\\<要点\\>" in text
    assert {line.count(" | ") for line in text.splitlines() if line.startswith("| 4 |")} == {2}


def test_the_same_comparison_gives_the_same_bytes(comparison: Comparison) -> None:
    for form in COMPARISONS:
        assert render_comparison(comparison, form) == render_comparison(comparison, form)


def test_nothing_to_compare() -> None:
    nothing = compare_tables(empty_tables(), empty_tables())
    for form in COMPARISONS:
        assert render_comparison(nothing, form, "en")
    with pytest.raises(OutputError, match="no such comparison format: pdf; there is html, md, csv, json"):
        render_comparison(nothing, "pdf")
    with pytest.raises(OutputError, match="no such language: de"):
        render_comparison(nothing, "html", "de")


def test_both_catalogues_say_the_same() -> None:
    chinese, english = (load_words(lang, "comparison").messages for lang in LANGUAGES)
    assert {part: list(messages) for part, messages in chinese.items()} == {part: list(messages) for part, messages in english.items()}
    blank = re.compile(r"\{(\w+)\}")
    for part, messages in chinese.items():
        for key, message in messages.items():
            assert set(blank.findall(message)) == set(blank.findall(english[part][key])), f"{part}.{key}"
