"""``report.html``: one page to look at, without script and without network."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kg.measures import Layer
from kg.reports import figures, sentences, sheets
from kg.reports.results import Results
from kg.reports.words import Words, write_number

if TYPE_CHECKING:
    from jinja2 import Environment

#: Most gaps of a kind listed on the page; the other formats have all.
MOST_GAPS = 100
#: Most plans named at the head of the page; more are listed at its end.
MOST_PLANS = 3


def render_html(results: Results, words: Words) -> bytes:
    """Return the page.

    Parameters
    ----------
    results
        What was measured.
    words
        The language.

    Returns
    -------
    bytes
        HTML in UTF-8: style, charts and tables in one piece; a content security policy forbids scripts and requests.
    """
    page = get_environment().get_template("report.html.j2").render(_make_context(results, words), say=words.say)
    return page.encode("utf-8")


@cache
def get_environment() -> Environment:
    """Return the templates; compiling them takes as long as measuring a plan, so it is done once."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # not needed by the other formats
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("kg.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = write_number
    environment.globals["svg"] = lambda chart: Markup(chart.svg)  # noqa: S704 - drawn by vl-convert, which escapes text
    return environment


def _make_context(results: Results, words: Words) -> dict[str, Any]:
    context: dict[str, Any] = {
        "lang": words.lang,
        "title": _make_title(results, words),
        "plans": results.plans.to_dicts() if results.plans.height <= MOST_PLANS else [],
        "plan_sheet": sheets.make_plan_sheet(results, words) if results.plans.height > MOST_PLANS else None,
        "headline": sentences.write_headline(results, words),
        "counts": [(key, results.counts[key]) for key in _list_counts(results)],
        "small": results.small,
        "digits": sheets.DIGITS,
        "gaps": sheets.make_gap_sheets(results, words),
        "most_gaps": MOST_GAPS,
        "method": sentences.write_method(results, words),
        "roles": figures.make_role_bars(results),
        "role_colours": figures.ROLE_COLOURS,
        "heat": figures.make_heat_map(results, words),
        "version": results.plans["tool_version"].first() or "",
        "rules": str(results.plans["rules_sha256"].first() or "")[:12],
    }
    layers = (
        [results.options.layer] if results.small else [results.options.layer, *(layer for layer in Layer if layer != results.options.layer)]
    )
    context["annex"] = [sheets.make_load_sheet(results, words, layer) for layer in layers]
    if results.small:
        return context
    return context | {
        "scatter": figures.draw_scatter(results, words),
        "ranking": figures.draw_ranking(results, words),
        "rank_sheet": sheets.make_rank_sheet(results, words),
        "removal": figures.make_removal_bars(results),
        "null_finding": sentences.write_null_finding(results, words),
        "null_sheet": sheets.make_null_sheet(results, words),
    }


def _list_counts(results: Results) -> list[str]:
    keys = ["tasks", "sections", "agencies", "collectives", "assignments", "leads", "no-lead", "gaps"]
    return ["plans", *keys] if results.plans.height > 1 else keys


def _make_title(results: Results, words: Words) -> str:
    if results.plans.height == 1:
        return str(results.plans["title"][0] or results.plans["plan_id"][0])
    return words.say("page.plans", count=results.plans.height)
