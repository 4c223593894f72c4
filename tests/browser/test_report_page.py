"""report.html in a browser and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Literal

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import expect

from kg.reports import render_report
from tests.browser.conftest import Opened
from tests.reports.plans import build_small
from tests.views.factories import build_plans, build_seed
from tests.views.test_graph import build_hostile

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seed_html() -> bytes:
    return render_report(build_seed())


def test_the_page_asks_nobody_for_anything_and_runs_no_script(seed_html: bytes, open_file: Callable[..., Opened]) -> None:
    opened = open_file(seed_html)
    assert (opened.requests, opened.errors) == ([], [])
    assert opened.page.locator("script").count() == 0


def test_a_reader_finds_landmarks_headings_and_described_charts(seed_html: bytes, open_file: Callable[..., Opened]) -> None:
    page = open_file(seed_html).page
    assert page.evaluate("document.documentElement.lang") == "zh"
    for role in ("banner", "main", "contentinfo", "navigation"):
        expect(page.get_by_role(role)).to_have_count(1)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    expect(page.get_by_role("img", name="广度与深度")).to_have_count(1)
    expect(page.get_by_role("img", name="跨章节负荷排名")).to_have_count(1)
    targets = page.evaluate(
        "[...document.querySelectorAll('nav a')].map((one) => document.querySelector(one.getAttribute('href')) !== null)"
    )
    assert targets == [True] * 9
    unscoped = page.evaluate("[...document.querySelectorAll('th:not([scope])')].length")
    assert unscoped == 0
    doubled = page.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id); return ids.length - new Set(ids).size; })()"
    )
    assert doubled == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_is_dark_or_light_enough_to_read(
    scheme: Literal["light", "dark"], seed_html: bytes, open_file: Callable[..., Opened]
) -> None:
    page = open_file(seed_html).page
    page.emulate_media(color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 23, 29)"}[scheme]
    pale = page.evaluate(
        """() => { const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
          .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
        const ground = (one) => { for (let at = one; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor);
          if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
        while (walker.nextNode()) { const one = walker.currentNode.parentElement;
          if (!walker.currentNode.textContent.trim() || one.closest("style,title,desc,.unseen,.skip")) continue;
          if (!one.getClientRects().length) continue;
          const style = getComputedStyle(one), inSvg = one.closest("svg");
          const a = light(parse(inSvg ? style.fill : style.color)), b = light(ground(inSvg || one));
          if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) found.push([one.textContent.trim(), style.color, style.fill]); }
        return found; }"""
    )
    assert pale == []


def test_it_prints_on_upright_a4_without_cutting_anything_off(seed_html: bytes, open_file: Callable[..., Opened]) -> None:
    page = open_file(seed_html).page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.set_viewport_size({"width": 695, "height": 1000})  # A4 less its margins, in CSS pixels
    wide = page.evaluate(
        """[...document.querySelectorAll("body *")].filter((one) => one.getClientRects().length && !one.closest("svg,.unseen,.skip") &&
        one.getBoundingClientRect().right > 697).map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert wide == []


def test_the_printed_pages_hold_headline_charts_and_gaps(
    seed_html: bytes, open_file: Callable[..., Opened], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("print") / "report.pdf"
    open_file(seed_html).page.pdf(path=str(path), prefer_css_page_size=True)
    with pypdfium2.PdfDocument(path) as pdf:
        assert tuple(round(side) for side in pdf[0].get_size()) == (595, 842)
        text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pdf))
    for words in (
        "市政府办公厅的跨章节负荷最高",
        "广度与深度",
        "机构×章节",
        "缺口",
        "推进第53项工作",
        "不是实际完成的工作量",
        "load_centrality",
    ):
        assert words in text, words


def test_a_narrow_screen_scrolls_tables_and_not_the_page(seed_html: bytes, open_file: Callable[..., Opened]) -> None:
    page = open_file(seed_html, width=390, height=844).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_english(open_file: Callable[..., Opened]) -> None:
    page = open_file(render_report(build_seed(), lang="en")).page
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator(".headline .first")).to_have_text(
        "市政府办公厅 carries the most cross-cutting load: 28 of 54 tasks (14 as lead), in 4 of 4 sections."
    )


def test_a_small_plan_has_counts_and_gaps_only(open_file: Callable[..., Opened]) -> None:
    page = open_file(render_report(build_small())).page
    assert page.locator("svg.chart").count() == 0
    headings = page.locator("h2").all_inner_texts()
    assert headings == ["缺口", "如何计算", "附表：全部指标"]


def test_hostile_names_stay_text(open_file: Callable[..., Opened]) -> None:
    opened = open_file(render_report(build_plans([build_hostile()])))
    assert opened.page.locator("script, img, iframe, object, [onerror], [onload]").count() == 0
    assert (opened.requests, opened.errors) == ([], [])
