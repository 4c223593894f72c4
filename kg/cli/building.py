"""``kg build``."""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial
from pathlib import Path
from types import FrameType

import click
import polars as pl

from kg.pipeline import BuildResult, count_characters, count_rows
from kg.pipeline import build as build_graph
from kg.pipeline.output import PARTS, clear_unfinished


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Folder to write; replaced whole.")
@click.option("--overrides", type=click.Path(path_type=Path), help="CSV of your own decisions about names.")
@click.option("--skip-bad", is_flag=True, help="Leave out documents that cannot be read, and report them, instead of stopping.")
@click.option("--strict", is_flag=True, help="Exit with 2 when any issue of severity error is reported.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def build(paths: tuple[Path, ...], out: Path, overrides: Path | None, skip_bad: bool, strict: bool, quiet: bool) -> None:
    """Read plans (files and folders) and write their knowledge graph.

    Example:  kg build data/plans/shanghai-egov-2017 --out out
    """
    result = _build(paths, out, overrides, skip_bad, quiet)
    click.echo(_summary(result))
    for _, reason in result.skipped:
        click.echo(f"kg: left out {reason}", err=True)
    if strict and "issues, error" in count_rows(result.tables):
        raise click.exceptions.Exit(2)


def _build(paths: tuple[Path, ...], out: Path, overrides: Path | None, skip_bad: bool, quiet: bool) -> BuildResult:
    # Without a terminal there is no bar, only its label, which would stand between the lines that say something.
    quiet = quiet or not sys.stderr.isatty()
    # The bar's length is known only once the sources are found, so it starts at one step and is set by the first report.
    with click.progressbar(length=1, label="kg build", file=sys.stderr, item_show_func=_show, hidden=quiet) as bar:

        def progress(done: int, total: int, what: str) -> None:
            if what == PARTS[0].title and threading.current_thread() is threading.main_thread():
                # From here on a kill must take the half-written folder away. Before, it shall end the process at once.
                signal.signal(signal.SIGTERM, partial(_end, out))
            bar.length = total
            bar.update(done - bar.pos, what)

        return build_graph(paths, out, overrides=overrides, skip_bad=skip_bad, progress=progress)


def _end(out: Path, number: int, frame: FrameType | None) -> None:
    # No exception: compiled libraries swallow one that is raised while they call back, and the build would go on.
    clear_unfinished(out, of_this_process=True)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _show(what: str | None) -> str:
    return what or ""


def _summary(result: BuildResult) -> str:
    from kg.measures import rank_cross_cutting

    counts = count_rows(result.tables)
    lines = [f"{name:<26}{number:>8,}" for name, number in counts.items()]
    characters = count_characters(result.tables)
    total = sum(characters.values())
    lines.append(f"{'characters':<26}{total:>8,}  " + ", ".join(f"{kind} {number / total:.1%}" for kind, number in characters.items()))
    lines.append("")
    lines.extend(_top_lines(rank_cross_cutting(result.tables)))
    lines.append("")
    lines.append(f"Look at {result.out / 'report.html'} and {result.out / 'graph.html'}; issues are in {result.out / 'issues.csv'}.")
    return "\n".join(lines)


def _top_lines(top: pl.DataFrame) -> list[str]:
    if not top.height:
        return ["Too few tasks or agencies for measures of load; counts are in load.csv."]
    rows = (
        f"{row['rank']:>4}  {row['cross_cutting_load']:6.2f}  {row['label']}  ({row['tasks']} tasks, {row['sections']} sections)"
        for row in top.iter_rows(named=True)
    )
    return ["Most cross-cutting load (fractional load × spread over sections):", *rows]
