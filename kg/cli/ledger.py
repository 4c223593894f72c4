"""``kg ledger`` and ``kg compare``: what an office follows up, and what changed from plan to plan."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.files import write_output
from kg.pipeline import open_tables
from kg.reports.ledger import LEDGERS, render_ledger

_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of headings.")


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list(LEDGERS)), help="By default what the name of --output says, else xlsx.")
@_LANG
@click.option("--plan", "plans", multiple=True, help="Only this plan (its id); may be given several times.")
@click.option("--year", type=int, help="Only plans issued in this year.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write, - for stdout; by default ledger.<format> here.")
def ledger(out: Path, form: str | None, lang: str, plans: tuple[str, ...], year: int | None, output: Path | None) -> None:
    """Write the supervision ledger (督查台账) of OUT, the folder that kg build wrote: a row for each task, to be filled in.

    Example:  kg ledger out --output ledger.xlsx
    """
    form = form or _guess_format(output, list(LEDGERS))
    target = output or Path(f"ledger.{form}")
    write_output(render_ledger(open_tables(out), form, lang, plans, year), target)
    _tell(target)


def _guess_format(output: Path | None, formats: list[str]) -> str:
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    return suffix if suffix in formats else formats[0]


def _tell(target: Path) -> None:
    if str(target) != "-":
        click.echo(f"kg: wrote {target}", err=True)
