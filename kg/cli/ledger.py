"""``kg ledger`` and ``kg compare``: what an office follows up, and what changed from plan to plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.files import guess_format, tell_written, write_output
from kg.compare import compare_tables
from kg.errors import OutputError, ReadError
from kg.measures import LoadOptions
from kg.pipeline import load_tables, open_tables
from kg.reports.comparison import COMPARISONS, render_comparison
from kg.reports.ledger import LEDGERS, carry_over_ledger, render_ledger
from kg.reports.words import load_words

_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of headings.")
_FORMAT_HELP = "By default what the name of --output says, else {}."


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list(LEDGERS)), help=_FORMAT_HELP.format("xlsx"))
@_LANG
@click.option("--plan", "plans", multiple=True, help="Only this plan (its id); may be given several times.")
@click.option("--year", type=int, help="Only plans issued in this year.")
@click.option(
    "--agency", "agencies", multiple=True, help="Only tasks that name this agency, by any known name or its key; may be repeated."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write, - for stdout; by default ledger.<format> here.")
@click.option(
    "--carry-over",
    "old",
    type=click.Path(path_type=Path),
    help="A ledger that was filled in: its entries go to the same tasks, rows without a task to a sheet of their own. XLSX only.",
)
@click.option("--overwrite", is_flag=True, help="Write over a file that holds something else, such as a ledger that was filled in.")
def ledger(out: Path, form: str | None, lang: str, output: Path | None, old: Path | None, overwrite: bool, **scope: Any) -> None:
    """Write the supervision ledger (督查台账) of OUT, the folder that kg build wrote: a row for each task, to be filled in.

    A ledger that was filled in is not written over, unless you ask for it; --carry-over takes its entries into a new one.

    Example:  kg ledger out --output ledger.xlsx
    """
    form = form or guess_format(output, list(LEDGERS))
    target = output or Path(f"ledger.{form}")
    content = render_ledger(open_tables(out), form, lang, **scope) if old is None else _carry_over(out, old, target, form, lang, scope)
    if not overwrite and target.is_file() and target.read_bytes() != content:
        raise OutputError(f"{target}: holds something else, perhaps what was filled in; name another file, or pass --overwrite")
    write_output(content, target)
    tell_written(target)


def _carry_over(out: Path, old: Path, target: Path, form: str, lang: str, scope: dict[str, Any]) -> bytes:
    """Return the ledger with the entries of an older one, and say on stderr what became of them."""
    if form != "xlsx":
        raise click.UsageError("--carry-over writes a workbook: name a file that ends in .xlsx")
    if not old.is_file():
        raise ReadError(f"{old}: no such file")
    if target.exists() and target.samefile(old):
        raise OutputError(f"{old}: is the ledger to carry over; name another file, so that it stays as it is")
    try:
        content, carried = carry_over_ledger(open_tables(out), old.read_bytes(), lang, **scope)
    except ReadError as error:
        raise ReadError(f"{old}: {error}") from error
    words = load_words(lang, "ledger")
    told = [
        (True, f"carried over the entries of {carried.count} tasks"),
        (carried.outside, f"{carried.outside} tasks with entries are left out of this ledger; they stay in {old}"),
        (carried.left, f"{len(carried.left)} rows match no task for sure; they stand on the sheet {words.say('sheet.left')}"),
        (carried.changes, f"{len(carried.changes)} cells beside entries have changed; see the sheet {words.say('sheet.changes')}"),
        (carried.foreign_sheets, f"sheets that are no part of a ledger stay in {old}: {', '.join(carried.foreign_sheets)}"),
    ]
    for told_if, line in told:
        if told_if:
            click.echo(f"kg: {line}", err=True)
    return content


@click.command()
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list(COMPARISONS)), help=_FORMAT_HELP.format("html"))
@_LANG
@click.option("--plan-a", "plans_a", multiple=True, help="Only this plan of A (its id); may be given several times.")
@click.option("--plan-b", "plans_b", multiple=True, help="Only this plan of B.")
@click.option("--year-a", type=int, help="Only plans of A issued in this year.")
@click.option("--year-b", type=int, help="Only plans of B issued in this year.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write, - for stdout; by default comparison.<format> here.")
def compare(a: Path, b: Path, form: str | None, lang: str, output: Path | None, **scope: Any) -> None:
    """Compare two plans or two years: tasks kept, changed, dropped and new, other leads and partners, shares of load.

    A and B are each a folder that kg build wrote, a document, or a folder of documents; both may be the same folder, with other plans.

    Example:  kg compare out out --year-a 2017 --year-b 2018 --output comparison.html
    """
    options_a, options_b = (LoadOptions(plans=scope[f"plans_{side}"], year=scope[f"year_{side}"]) for side in ("a", "b"))
    if a.resolve() == b.resolve() and options_a == options_b:
        raise click.UsageError("A and B are the same; tell them apart with --plan-a and --plan-b, or --year-a and --year-b")
    form = form or guess_format(output, list(COMPARISONS))
    target = output or Path(f"comparison.{form}")
    first = load_tables(a)
    second = first if a.resolve() == b.resolve() else load_tables(b)
    comparison = compare_tables(first, second, options_a=options_a, options_b=options_b)
    write_output(render_comparison(comparison, form, lang), target)
    counts = ", ".join(f"{status} {count}" for status, count in comparison.count().items())
    click.echo(f"kg: tasks: {counts}", err=True)
    tell_written(target)
