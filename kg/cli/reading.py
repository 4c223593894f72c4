"""``kg extract``, ``kg repair``, ``kg evaluate``: what can be asked of a single document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.files import print_rows, read_argument, write_output
from kg.evaluate import Evaluation, add_scores, evaluate_plan, read_gold
from kg.model import Document, Issue, ResolvedPlan
from kg.parse import parse_document
from kg.pipeline import find_sources, make_document_id, read_plan, read_repaired
from kg.rules import load_rules

SOURCE = click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
OUTPUT = click.option(
    "--output", "-o", default="-", show_default=True, type=click.Path(path_type=Path), help="File to write, - for stdout."
)


@click.command()
@SOURCE
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="A task or an assignment a line."
)
@click.option("--issues/--no-issues", "with_issues", default=True, show_default=True, help="Print issues on stderr.")
@OUTPUT
def extract(source: Path, form: str, with_issues: bool, output: Path) -> None:
    """Print who is responsible for what in FILE (- for stdin), a line per task.

    Example:  kg extract data/plans/shanghai-egov-2017/source.txt --format jsonl
    """
    from kg.extraction import to_csv, to_json_lines

    plan, issues = _read(source)
    write_output(to_json_lines(plan) if form == "jsonl" else to_csv(plan), output)
    if with_issues:
        _print_issues(issues)


@click.command()
@SOURCE
@click.option("--explain", is_flag=True, help="Print the edits instead of the text.")
@OUTPUT
def repair(source: Path, explain: bool, output: Path) -> None:
    """Print the clean text of FILE (- for stdin); clean text comes through byte for byte.

    Example:  kg repair data/plans/shanghai-egov-2017/source.txt --explain
    """
    from kg.repair import explain_edits

    data, name, document_id, metadata = _locate(source)
    document, issues = read_repaired(data, name=name, document_id=document_id, rules=load_rules(), metadata=metadata)
    write_output(explain_edits(document.edits) if explain else _get_clean_text(document, data), output)
    _print_issues(issues)


def _get_clean_text(document: Document, source: Path | bytes) -> str | bytes:
    # Reading unites line ends and drops the byte order mark; a text that needed no repair is handed back with its own.
    if document.edits or document.format != "text" or document.encoding.lower() not in ("utf-8", "utf-8-sig"):
        return document.text
    return source if isinstance(source, bytes) else source.read_bytes()


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--differences/--no-differences", default=True, show_default=True, help="Print each difference on stderr.")
def evaluate(gold: Path, files: tuple[Path, ...], form: str, differences: bool) -> None:
    """Measure the reading of FILES against GOLD: a CSV, or a folder of them named after the documents.

    Example:  kg evaluate data/gold/shanghai-egov-2017.csv data/plans/shanghai-egov-2017
    """
    rules = load_rules()
    evaluations = []
    for path in files:
        data, name, document_id, metadata = _locate(path)
        document, _ = read_repaired(data, name=name, document_id=document_id, rules=rules, metadata=metadata)
        # Parsed without the check for tasks: a page on which nothing was found is a page on which everything is missing.
        plan, _ = parse_document(document, rules)
        gold_path = gold / f"{document_id}.csv" if gold.is_dir() else gold
        evaluation = evaluate_plan(read_gold(gold_path), plan)
        evaluations.append(evaluation)
        if differences:
            _print_differences(document_id, evaluation)
    columns = ("what", "found", "missing", "extra", "precision", "recall", "f1")
    rows = [
        (s.name, s.found, s.missing, s.extra, round(s.precision, 4), round(s.recall, 4), round(s.f1, 4)) for s in add_scores(evaluations)
    ]
    print_rows(columns, rows, form)


def _locate(path: Path) -> tuple[Path | bytes, str, str, tuple[tuple[str, str], ...]]:
    data, name = read_argument(path)
    if isinstance(data, bytes):
        return data, name, make_document_id(name), ()
    sources = find_sources([path])
    if len(sources) != 1:
        raise click.UsageError(f"{path} holds {len(sources)} documents; name one of them")
    return sources[0].path, sources[0].name, sources[0].document_id, sources[0].metadata


def _read(path: Path) -> tuple[ResolvedPlan, tuple[Issue, ...]]:
    data, name, document_id, metadata = _locate(path)
    return read_plan(data, name=name, document_id=document_id, rules=load_rules(), metadata=metadata)


def _print_issues(issues: tuple[Issue, ...]) -> None:
    for issue in issues:
        place = f" at {issue.span.start}-{issue.span.end}" if issue.span else ""
        click.echo(f"{issue.severity}: {issue.code}{place}: {issue.message}", err=True)


def _print_differences(document_id: str, evaluation: Evaluation) -> None:
    lines: list[tuple[str, Any]] = [("missing task", path) for path in evaluation.missing_tasks]
    lines += [("extra task", path) for path in evaluation.extra_tasks]
    lines += [("missing", " ".join(key)) for key in evaluation.missing]
    lines += [("extra", " ".join(key)) for key in evaluation.extra]
    for what, words in lines:
        click.echo(f"{document_id}: {what}: {words}", err=True)
