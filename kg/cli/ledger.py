"""``kg ledger`` and ``kg compare``: what an office follows up, and what changed from plan to plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.files import guess_format, tell_written, write_output
from kg.compare import compare_tables
from kg.errors import OutputError
from kg.measures import LoadOptions
from kg.pipeline import load_tables, open_tables
from kg.reports.comparison import COMPARISONS, render_comparison
from kg.reports.ledger import LEDGERS, render_ledger

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
@click.option("--overwrite", is_flag=True, help="Write over a file that holds something else, such as a ledger that was filled in.")
def ledger(out: Path, form: str | None, lang: str, output: Path | None, overwrite: bool, **scope: Any) -> None:
    """Write the supervision ledger (督查台账) of OUT, the folder that kg build wrote: a row for each task, to be filled in.

    A ledger that was filled in is not written over, unless you ask for it.

    Example:  kg ledger out --output ledger.xlsx
    """
    form = form or guess_format(output, list(LEDGERS))
    target = output or Path(f"ledger.{form}")
    content = render_ledger(open_tables(out), form, lang, **scope)
    if not overwrite and target.is_file() and target.read_bytes() != content:
        raise OutputError(f"{target}: holds something else, perhaps what was filled in; name another file, or pass --overwrite")
    write_output(content, target)
    tell_written(target)


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
