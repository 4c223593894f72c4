"""The comparison as one page to look at, in the look of the load report, without script and without network."""

from __future__ import annotations

from typing import Any

from kg.compare import Comparison, MatchOptions
from kg.reports.comparison.findings import Findings, collect_findings, write_points
from kg.reports.html import MOST_PLANS, get_environment
from kg.reports.words import Words, shorten

#: Most agencies whose load is drawn; the rest are in a table that opens.
MOST_BARS = 20
#: Most characters of a task where its parties are what matters.
MOST_LETTERS = 80


def render_html(comparison: Comparison, words: Words) -> bytes:
    """Return the page: HTML in UTF-8, style included; a content security policy forbids scripts and requests."""
    context = _make_context(comparison, collect_findings(comparison, words), words)
    return get_environment().get_template("comparison.html.j2").render(context, say=words.say).encode("utf-8")


def _make_context(comparison: Comparison, findings: Findings, words: Words) -> dict[str, Any]:
    options = MatchOptions()
    widest = max((share for row in findings.load for share in (row["share_a"], row["share_b"]) if share is not None), default=0.0)
    plans = comparison.plans_b if comparison.plans_b.height else comparison.plans_a
    total = sum(findings.counts[status] for status in comparison.count())
    return {
        "lang": words.lang,
        "join": words.join,
        "points": write_points,
        "shorten": shorten,
        "most_letters": MOST_LETTERS,
        "most_plans": MOST_PLANS,
        "titles": (
            ("a", _write_title(comparison.title_a, comparison.plans_a.height, words)),
            ("b", _write_title(comparison.title_b, comparison.plans_b.height, words)),
        ),
        "plans": {"a": comparison.plans_a.to_dicts(), "b": comparison.plans_b.to_dicts()},
        "findings": findings,
        "statuses": [(status, count, 100 * count / total) for status, count in comparison.count().items() if total],
        "drawn": findings.load[:MOST_BARS],
        "undrawn": findings.load[MOST_BARS:],
        "widest": widest or 1.0,
        "options": {name: f"{getattr(options, name):.2f}" for name in ("changed", "doubtful", "contained")},
        "successors": comparison.successors.to_dicts(),
        "by_name": list(comparison.by_name),
        "version": plans["tool_version"].first() or "",
        "rules": str(plans["rules_sha256"].first() or "")[:12],
    }


def _write_title(title: str, plans: int, words: Words) -> str:
    """Return the titles of a side, or, of many plans, how many there are."""
    return title if plans <= MOST_PLANS else words.say("page.plans", count=plans)
