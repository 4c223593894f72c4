"""graph.html in a browser: what a user does with it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page, expect

from kg.views.graph import render_graph
from tests.browser.conftest import Opened
from tests.views.factories import PlanRows, build_large, build_plans, build_seed
from tests.views.test_graph import HOSTILE, build_hostile

pytestmark = pytest.mark.browser

#: Where on the screen the line from one node to another can be hit: a point where nothing else lies.
EDGE_POINT = """([from, to]) => {
  const network = agencyGraph.network, a = network.getPosition(from), b = network.getPosition(to);
  const box = document.getElementById("canvas").getBoundingClientRect();
  const edge = agencyGraph.scene.edges.find((one) => one.from === from && one.to === to);
  for (let way = 0.2; way < 0.95; way += 0.02) {
    const at = network.canvasToDOM({ x: a.x + way * (b.x - a.x), y: a.y + way * (b.y - a.y) });
    if (network.getNodeAt(at) === undefined && network.getEdgeAt(at) === edge.id) return [box.x + at.x, box.y + at.y];
  }
  throw new Error("the line is covered everywhere");
}"""
NODE_POINT = """(key) => {
  const at = agencyGraph.network.canvasToDOM(agencyGraph.network.getPosition(key));
  const box = document.getElementById("canvas").getBoundingClientRect();
  return [box.x + at.x, box.y + at.y];
}"""


@pytest.fixture(scope="module")
def seed_html() -> str:
    return render_graph(build_seed())


@pytest.fixture
def seed(seed_html: str, open_file: Callable[..., Opened]) -> Opened:
    return open_file(seed_html)


def find_node(page: Page, label: str) -> str:
    key: str = page.evaluate("(label) => agencyGraph.scene.nodes.find((node) => node.label === label).id", label)
    return key


def count_drawn(page: Page, role: str) -> int:
    """Count the lines of a role that are drawn."""
    count: int = page.evaluate(
        """(role) => { const of = new Map(agencyGraph.scene.edges.map((edge) => [edge.id, edge.role]));
        return agencyGraph.network.body.data.edges.getIds().filter((id) => of.get(id) === role).length; }""",
        role,
    )
    return count


def list_lit(page: Page) -> set[str]:
    """Return the labels of the nodes that are not dimmed."""
    groups: list[list[str]] = page.evaluate("() => agencyGraph.network.body.data.nodes.get().map((node) => [node.label, node.group])")
    return {label for label, group in groups if not group.endswith("-dim")}


def test_the_page_asks_nobody_for_anything(seed: Opened) -> None:
    seed.page.wait_for_timeout(500)
    assert seed.requests == []
    assert seed.errors == []
    assert seed.page.evaluate("agencyGraph.network.body.nodeIndices.length") == 54 + 34 + 17


def test_the_page_cannot_ask_even_if_a_script_tries(seed: Opened) -> None:
    refused = seed.page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    assert seed.requests == []


def test_everything_is_in_view_at_once(seed: Opened) -> None:
    outside = seed.page.evaluate(
        """() => { const network = agencyGraph.network, canvas = document.getElementById("canvas");
        return agencyGraph.scene.nodes.filter((node) => { const box = network.getBoundingBox(node.id);
          const one = network.canvasToDOM({ x: box.left, y: box.top }), other = network.canvasToDOM({ x: box.right, y: box.bottom });
          return one.x < 0 || one.y < 0 || other.x > canvas.clientWidth || other.y > canvas.clientHeight; }).map((node) => node.label); }"""
    )
    assert outside == []


def test_no_name_covers_another_as_the_browser_draws_them(seed: Opened) -> None:
    covered = seed.page.evaluate(
        """() => { const kinds = ["agency", "collective", "task"];
        const boxes = agencyGraph.scene.nodes.filter((node) => kinds.includes(node.group)).map((node) => {
          const { width, height } = agencyGraph.network.body.nodes[node.id].shape; return { ...node, width, height }; });
        return boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) => Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
          Math.abs(one.y - other.y) < (one.height + other.height) / 2).map((other) => [one.label, other.label])); }"""
    )
    assert covered == []


def test_a_click_on_a_line_shows_the_sentence_with_the_name_marked(seed: Opened) -> None:
    page = seed.page
    agency, task = find_node(page, "市工商局"), find_node(page, "24")
    page.mouse.click(*page.evaluate(EDGE_POINT, [agency, task]))
    expect(page.locator("#panel h2")).to_contain_text("市工商局")
    expect(page.locator("#panel blockquote mark")).to_have_text("市工商局")
    expect(page.locator("#panel blockquote")).to_contain_text("责任单位：")
    expect(page.locator("#panel")).to_contain_text("推进第24项工作。")
    assert list_lit(page) == {"市工商局", "24"}


def test_a_click_on_an_agency_shows_its_facts_and_tasks(seed: Opened) -> None:
    page = seed.page
    page.mouse.click(*page.evaluate(NODE_POINT, find_node(page, "市工商局")))
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("市工商局")
    expect(panel).to_contain_text("4项任务 · 涉及3个章节 · 牵头 1 · 责任 3")
    texts = panel.locator("li").all_inner_texts()
    assert [text.split(" · ")[0] for text in texts] == ["9", "11", "24", "41"]
    assert {"市工商局", "9", "11", "24", "41"} <= list_lit(page)
    assert "1" not in list_lit(page)


def test_a_click_on_a_task_shows_who_is_responsible(seed: Opened) -> None:
    page = seed.page
    page.mouse.click(*page.evaluate(NODE_POINT, find_node(page, "9")))
    rows = [text.replace("\n", " ") for text in page.locator("#panel li").all_inner_texts()]
    assert rows == ["市政府办公厅 牵头", "市工商局 牵头", "市经济信息化委 牵头", "市政府有关部门 责任", "市有关单位 责任"]


def test_a_click_on_empty_ground_goes_back(seed: Opened) -> None:
    page = seed.page
    page.mouse.click(*page.evaluate(NODE_POINT, find_node(page, "9")))
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    expect(page.locator("#panel h2")).to_have_text("机构（按任务数）")
    assert len(list_lit(page)) == len(page.evaluate("[...new Set(agencyGraph.scene.nodes.map((node) => node.label))]"))


def test_the_search_box_finds_highlights_and_centres(seed: Opened) -> None:
    page = seed.page
    page.fill("#search", "工商")
    expect(page.locator("#panel h2")).to_have_text("找到1项")
    assert list_lit(page) == {"市工商局"}
    x, y = page.evaluate(NODE_POINT, find_node(page, "市工商局"))
    box = page.locator("#canvas").bounding_box()
    assert box
    assert abs(x - box["x"] - box["width"] / 2) < 3
    assert abs(y - box["y"] - box["height"] / 2) < 3
    page.fill("#search", "没有这个词")
    expect(page.locator("#panel h2")).to_have_text("没有找到")


def test_the_role_filter_takes_lines_away_and_brings_them_back(seed: Opened) -> None:
    page = seed.page
    assert (count_drawn(page, "lead"), count_drawn(page, "responsible"), count_drawn(page, "belongs")) == (30, 65, 54)
    page.uncheck("input[name=role][value=lead]")
    assert (count_drawn(page, "lead"), count_drawn(page, "responsible")) == (0, 65)
    page.check("input[name=role][value=lead]")
    page.check("#collectives")
    assert (count_drawn(page, "lead"), count_drawn(page, "responsible")) == (30, 98)


def test_the_keyboard_alone_is_enough(seed: Opened) -> None:
    page = seed.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("民政")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("市民政局")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#panel blockquote mark")).to_have_text("市民政局")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("机构（按任务数）")
    page.focus("#canvas")
    page.keyboard.press("0")
    before = page.evaluate("agencyGraph.network.getScale()")
    page.keyboard.press("+")
    assert page.evaluate("agencyGraph.network.getScale()") == pytest.approx(before * 1.25)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    assert page.evaluate("agencyGraph.network.getScale()") == pytest.approx(before)


def test_the_language_can_be_switched(seed: Opened) -> None:
    page = seed.page
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator("#panel h2")).to_have_text("Agencies, by number of tasks")
    expect(page.locator("h1")).to_contain_text("Who is responsible for what")


def test_a_narrow_screen_stacks_picture_and_list(seed_html: str, open_file: Callable[..., Opened]) -> None:
    page = open_file(seed_html, width=390, height=844).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    stage, panel = page.locator("#stage").bounding_box(), page.locator("#panel").bounding_box()
    assert stage
    assert panel
    assert panel["y"] >= stage["y"] + stage["height"] - 1


def test_hostile_names_stay_text_wherever_they_appear(open_file: Callable[..., Opened]) -> None:
    opened = open_file(render_graph(build_plans([build_hostile()])))
    page = opened.page
    for name in HOSTILE:
        page.fill("#search", name[:20])
        page.keyboard.press("Enter")
        assert page.locator("#panel script, #panel img, #panel svg, #panel a").count() == 0
    page.keyboard.press("Escape")
    for row in range(page.locator("#panel li button").count()):
        page.locator("#panel li button").nth(row).click()
        page.locator("#panel li button").first.click()
        expect(page.locator("#panel blockquote mark").first).to_be_visible()
        page.keyboard.press("Escape")
    page.mouse.move(*page.evaluate(NODE_POINT, "t0"))
    page.wait_for_timeout(400)
    assert page.locator(".vis-tooltip *").count() == 0
    assert (opened.requests, opened.errors) == ([], [])


def test_letters_outside_the_basic_plane_are_marked_rightly(open_file: Callable[..., Opened]) -> None:
    plan = PlanRows("u", "生僻字", tasks=[("1", "1", "办事。", [("𠮷林局", "lead"), ("市财政局", "responsible")])])
    page = open_file(render_graph(build_plans([plan]))).page
    page.mouse.click(*page.evaluate(EDGE_POINT, [find_node(page, "市财政局"), find_node(page, "1")]))
    expect(page.locator("#panel blockquote mark")).to_have_text("市财政局")


def test_a_large_plan_opens_soon_and_switches_to_one_section_or_agency(open_file: Callable[..., Opened]) -> None:
    opened = open_file(render_graph(build_large(tasks=1200, sections=24, agencies=100)))
    page = opened.page
    assert page.evaluate("agencyGraph.scene.kind") == "overview"
    assert count_drawn(page, "several") == 240
    expect(page.locator("#panel")).to_contain_text("先画任务最多的70个机构（共100个）")
    page.select_option("#picture", index=2)
    assert page.evaluate("agencyGraph.scene.kind") == "section"
    assert count_drawn(page, "lead") == 50
    page.fill("#search", "第9局")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("第9局")
    page.get_by_role("button", name="看该图").click()
    assert page.evaluate("agencyGraph.scene.kind") == "agency"
    assert "第9局" in page.evaluate("agencyGraph.scene.nodes.map((node) => node.label)")
    assert opened.errors == []


def test_paper_gets_the_whole_picture_and_the_window_keeps_its_view(seed: Opened, tmp_path_factory: pytest.TempPathFactory) -> None:
    page = seed.page
    page.locator("#zoom-in").click()
    view = "[agencyGraph.network.getScale(), agencyGraph.network.getViewPosition()]"
    before = page.evaluate(view)
    path = tmp_path_factory.mktemp("print") / "graph.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    with pypdfium2.PdfDocument(path) as pdf:
        assert tuple(round(side) for side in pdf[0].get_size()) == (842, 595)
        first, second = (re.sub(r"\s", "", pdf[number].get_textpage().get_text_range()) for number in (0, 1))
        assert len(pdf) == 2
    assert "查找" not in first
    assert "牵头30" in first
    assert "市经济信息化委21项任务" in second
    assert seed.errors == []
    # Nothing is drawn at the edges: no label is cut off.
    inked = page.evaluate(
        """() => { const paper = document.getElementById("paper"), pen = paper.getContext("2d");
        const ink = (x, y, width, height) => pen.getImageData(x, y, width, height).data.some((value, at) => at % 4 === 3 && value > 0);
        return [ink(0, 0, paper.width, 4), ink(0, paper.height - 4, paper.width, 4), ink(0, 0, paper.width, paper.height)]; }"""
    )
    assert inked == [False, False, True]
    assert page.evaluate(view) == before


def test_a_dark_screen_has_a_dark_page_with_light_words(seed: Opened) -> None:
    page = seed.page
    page.emulate_media(color_scheme="dark")
    for selector in ("body", "#canvas", "#panel"):
        colour, ground = page.evaluate(
            """(selector) => { const style = getComputedStyle(document.querySelector(selector));
            return [style.color, getComputedStyle(document.body).backgroundColor]; }""",
            selector,
        )
        assert (colour, ground) == ("rgb(228, 233, 238)", "rgb(17, 23, 29)")
    assert "invert" in page.evaluate("getComputedStyle(document.querySelector('#canvas canvas')).filter")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
