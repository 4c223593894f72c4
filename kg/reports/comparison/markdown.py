"""The comparison as Markdown (GitHub's tables): for a mail, a wiki, a commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.compare import Change, Comparison, MatchOptions, Piece
from kg.reports.comparison.findings import Findings, Row, collect_findings, write_points
from kg.reports.markdown import escape
from kg.reports.words import Words, write_number


def render_markdown(comparison: Comparison, words: Words) -> bytes:
    """Return headline, counts and all lists; what was taken out is struck through, what was put in is bold."""
    findings = collect_findings(comparison, words)
    lines = [f"# {words.say('page.title')}", ""]
    lines += [
        f"- {words.say(f'page.side-{side}')}: {escape(title)}" for side, title in (("a", comparison.title_a), ("b", comparison.title_b))
    ]
    lines += ["", f"**{escape(findings.headline[0])}**", *(f"\n{escape(sentence)}" for sentence in findings.headline[1:])]
    lines += ["", f"> {words.say('page.assigned')}", ""]
    lines += [f"- {words.say(f'counts.{key}')}: {count}" for key, count in findings.counts.items()]
    changed = ([_write_numbers(row), *_write_both(pieces), write_number(row["score"])] for row, pieces in findings.changed)
    lines += _section("changed", ("number", "before", "after", "score"), changed, words)
    lines += _section("parties", ("number", "task", "leads", "added", "dropped", "deadline"), _list_parties(findings, words), words)
    lines += _section("doubtful", ("number", "before", "after", "score", "reason"), _list_doubtful(findings, words), words)
    for key, side, rows in (("dropped", "a", findings.dropped), ("new", "b", findings.new)):
        cells = ([escape(row[f"number_{side}"]), escape(row[f"text_{side}"]), escape(words.join(row[f"leads_{side}"]))] for row in rows)
        lines += _section(key, ("number", "task", "leads"), cells, words)
    kept = ([_write_numbers(row), escape(row["text_b"])] for row in findings.kept)
    lines += _section("kept", ("number", "task"), kept, words)
    columns = ("agency", "tasks", "led", *(("before", "after", "change") if findings.has_shares else ()))
    lines += _section("load", columns, (_write_load(row, findings, words) for row in findings.load), words)
    lines += _write_method(comparison, words)
    return ("\n".join(lines) + "\n").encode("utf-8")


def _section(key: str, columns: Sequence[str], rows: Iterable[Sequence[str]], words: Words) -> list[str]:
    table = [_line(row) for row in rows]
    head = [_line([words.say(f"column.{column}") for column in columns]), _line(["---"] * len(columns))]
    return ["", f"## {words.say(f'section.{key}')}", "", *([*head, *table] if table else [words.say("text.none")])]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _write_numbers(row: Row) -> str:
    return " → ".join(escape(number) for number in (row["number_a"], row["number_b"]) if number is not None)


def _write_both(pieces: Sequence[Piece]) -> tuple[str, str]:
    before = "".join(
        _mark(piece.text, "~~") if piece.change == Change.REMOVED else escape(piece.text)
        for piece in pieces
        if piece.change != Change.ADDED
    )
    after = "".join(
        _mark(piece.text, "**") if piece.change == Change.ADDED else escape(piece.text)
        for piece in pieces
        if piece.change != Change.REMOVED
    )
    return before, after


def _mark(text: str, mark: str) -> str:
    """Return a text between marks; marks beside a blank would not be taken for marks."""
    escaped = escape(text)
    return f"{mark}{escaped}{mark}" if escaped else ""


def _write_change(before: list[str], after: list[str], nothing: str, words: Words) -> str:
    return f"{escape(words.join(before)) or nothing} → {escape(words.join(after)) or nothing}"


def _list_parties(findings: Findings, words: Words) -> Iterable[list[str]]:
    for change in findings.parties:
        row = change.row
        leads = (
            _write_change(row["leads_a"], row["leads_b"], words.say("text.nobody"), words)
            if row["lead_changed"]
            else words.say("text.same")
        )
        if change.moved:
            leads += f" ({escape(words.say('text.moved', names=words.join(list(change.moved))))})"
        deadline = (
            _write_change(row["deadlines_a"], row["deadlines_b"], words.say("text.nothing"), words) if row["deadline_changed"] else ""
        )
        parties = (escape(words.join(list(names))) for names in (change.added, change.dropped))
        yield [_write_numbers(row), escape(row["text_b"]), leads, *parties, deadline]


def _list_doubtful(findings: Findings, words: Words) -> Iterable[list[str]]:
    for doubtful in findings.doubtful:
        row = doubtful.row
        reasons = [words.say(f"doubt.{row['doubt']}")]
        for side, others in (("a", doubtful.others_a), ("b", doubtful.others_b)):
            if others:
                reasons.append(words.say(f"text.others-{side}", numbers=words.join([escape(number) for number in others])))
        yield [
            _write_numbers(row),
            escape(row["text_a"] or ""),
            escape(row["text_b"] or ""),
            write_number(row["score"]),
            words.join_clauses(reasons),
        ]


def _write_load(row: Row, findings: Findings, words: Words) -> list[str]:
    cells = [escape(row["label"]), f"{row['tasks_a']} → {row['tasks_b']}", f"{row['led_a']} → {row['led_b']}"]
    if findings.has_shares:
        cells += ["" if row[column] is None else f"{row[column]:.1%}" for column in ("share_a", "share_b")]
        cells.append("" if row["share_change"] is None else write_points(row["share_change"]))
    return cells


def _write_method(comparison: Comparison, words: Words) -> list[str]:
    options = MatchOptions()
    thresholds = {name: f"{getattr(options, name):.2f}" for name in ("changed", "doubtful", "contained")}
    steps = [f"{row['label']} → {row['successor']}" for row in comparison.successors.iter_rows(named=True)]
    successors = f" {words.say('method.successors')}{escape(words.join(steps))}{words.say('text.stop')}" if steps else ""
    by_name = f" {words.say('method.by-names', names=escape(words.join(list(comparison.by_name))))}" if comparison.by_name else ""
    return [
        "",
        f"## {words.say('section.method')}",
        "",
        f"- {words.say('method.match', **thresholds)}",
        f"- {words.say('method.doubtful')}",
        f"- {words.say('method.successor')}{successors}",
        f"- {words.say('method.by-name')}{by_name}",
        f"- {words.say('method.share')}",
    ]
