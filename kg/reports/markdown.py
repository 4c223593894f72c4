"""The report as Markdown (GitHub's tables): for a mail, a wiki, a commit."""

from __future__ import annotations

from kg.reports import sentences, sheets
from kg.reports.results import Results
from kg.reports.words import Words, write_number

_SPECIAL = "\\`*_[]<>|#"


def render_markdown(results: Results, words: Words) -> bytes:
    """Return headline, counts, ranking, agency × section, gaps, uncertainty and method; names are escaped and stay text."""
    lines = [f"# {words.say('page.title')}", ""]
    for plan in results.plans.iter_rows(named=True):
        facts = [
            plan["title"] or plan["plan_id"],
            plan["issuer"],
            plan["document_number"],
            plan["issued"].isoformat() if plan["issued"] else "",
        ]
        lines.append("- " + " · ".join(escape(fact) for fact in facts if fact))
    headline = sentences.write_headline(results, words)
    lines += [
        "",
        f"**{escape(headline[0])}**",
        *(f"\n{escape(sentence)}" for sentence in headline[1:]),
        "",
        f"> {words.say('page.assigned')}",
        "",
    ]
    if results.small:
        lines += [f"> {words.say('page.small')}", ""]
    lines += [f"- {words.say(f'counts.{key}')}: {count}" for key, count in results.counts.items()]
    lines += _section(words.say("annex.heading"), sheets.make_load_sheet(results, words, results.options.layer))
    if not results.small:
        lines += _section(words.say("ranking.heading"), sheets.make_rank_sheet(results, words), words.say("uncertainty.choices-reading"))
        lines += _section(words.say("heat.heading"), sheets.make_section_sheet(results, words), words.say("heat.reading"))
    lines += ["", f"## {words.say('gaps.heading')}", ""]
    gaps = sheets.make_gap_sheets(results, words)
    for sheet in gaps:
        lines += [f"### {words.say('gaps.tally', name=escape(sheet.title), count=len(sheet.rows))}", "", *_table(sheet), ""]
    if not gaps:
        lines.append(words.say("gaps.none"))
    if not results.small:
        lines += _section(
            words.say("uncertainty.heading"), sheets.make_null_sheet(results, words), sentences.write_null_finding(results, words)
        )
    lines += ["", f"## {words.say('method.heading')}", ""]
    lines += [f"- {line}" for line in sentences.write_method(results, words)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def escape(text: str) -> str:
    r"""Return a text on one line in which nothing is Markdown or HTML.

    Examples
    --------
    >>> escape("<b>|*")
    '\\<b\\>\\|\\*'
    """
    one_line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in _SPECIAL else letter for letter in one_line)


def _section(heading: str, sheet: sheets.Sheet, reading: str = "") -> list[str]:
    return ["", f"## {heading}", "", *([escape(reading), ""] if reading else []), *_table(sheet)]


def _table(sheet: sheets.Sheet) -> list[str]:
    rows = [_line([escape(heading) for heading in sheet.headings]), _line(["---"] * len(sheet.headings))]
    for row in sheet.rows:
        cells = [
            escape(cell) if isinstance(cell, str) else write_number(cell, sheets.DIGITS.get(key, 2))
            for key, cell in zip(sheet.keys, row, strict=True)
        ]
        rows.append(_line(cells))
    return rows


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
