"""``kg load``, ``kg report`` and ``kg network``: who carries how much, and with whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import polars as pl

from kg.cli.files import ROW_FORMATS, guess_format, print_rows, tell_written, write_output
from kg.measures import WEIGHT_CONVENTIONS, Collectives, Layer, LoadOptions, Names, compute_layers, compute_load, tell_labels_apart
from kg.pipeline import open_tables
from kg.reports import REPORTS, render_report
from kg.reports.network import MODES, NETWORKS, render_network

#: Columns that ``kg load`` shows as a table, and their short headings; CSV and JSON have all, under their full names.
_SHOWN: Mapping[str, str] = {
    "layer": "layer",
    "rank": "rank",
    "label": "agency",
    "tasks": "tasks",
    "led": "lead",
    "responsible": "resp.",
    "sections": "sections",
    "fractional_load": "F",
    "spread": "P*",
    "cross_cutting_load": "F·P*",
    "coordination_load": "coordination",
    "betweenness": "betweenness",
    "tasks_without_lead": "sole lead of",
}
_LAYERS = [str(layer) for layer in Layer]

_OUT = click.argument("out", type=click.Path(path_type=Path))


def _scope_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what is measured."""
    options = [
        click.option(
            "--section-level",
            type=click.IntRange(1, 2),
            default=1,
            show_default=True,
            help="Spread over top sections (1) or subsections (2).",
        ),
        click.option(
            "--collectives",
            type=click.Choice([str(way) for way in Collectives]),
            default=str(Collectives.DROP),
            show_default=True,
            help="Groups such as all districts: left out, one node each, or their members.",
        ),
        click.option(
            "--names",
            type=click.Choice([str(way) for way in Names]),
            default=str(Names.DAY),
            show_default=True,
            help="Bodies of the plan's day, or their successors.",
        ),
        click.option(
            "--weights",
            type=click.Choice(list(WEIGHT_CONVENTIONS)),
            default="2:1",
            show_default=True,
            help="Weight of lead to responsible.",
        ),
        click.option("--plan", "plans", multiple=True, help="Only this plan (its id); may be given several times."),
        click.option("--year", type=int, help="Only plans issued in this year."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _make_options(layer: Layer, chosen: dict[str, Any]) -> LoadOptions:
    weights = WEIGHT_CONVENTIONS[chosen.pop("weights")]
    return LoadOptions(layer=layer, weights=weights, **chosen)


@click.command()
@_OUT
@click.option(
    "--layer",
    type=click.Choice([*_LAYERS, "all"]),
    default=str(Layer.BOTH),
    show_default=True,
    help="Tasks led, tasks carried without leading, both together, or all three tables.",
)
@_scope_options
@click.option("--top", type=click.IntRange(1), help="Only so many ranks.")
@click.option("--format", "form", type=click.Choice(ROW_FORMATS), default="table", show_default=True)
def load(out: Path, layer: str, top: int | None, form: str, **chosen: Any) -> None:
    """Print the load of each agency in OUT, the folder that kg build wrote.

    A plan shows assigned load, not work done.

    Example:  kg load out --top 5
    """
    options = _make_options(Layer.BOTH if layer == "all" else Layer(layer), chosen)
    tables = tell_labels_apart(open_tables(out), options)
    frame = compute_layers(tables, options) if layer == "all" else compute_load(tables, options)
    if top is not None:
        frame = frame.filter(pl.col("rank") <= top)
    if frame["small_plan"].any():
        click.echo("kg: fewer than 30 tasks or 10 agencies: counts only", err=True)
    columns, digits = frame.columns, 6
    if form == "table":
        columns, digits = [column for column in _SHOWN if column != "layer" or layer == "all"], 3
    headings = [_SHOWN[column] for column in columns] if form == "table" else columns
    rows = frame.select(columns).with_columns(pl.col(pl.Float64).round(digits)).iter_rows()
    print_rows(headings, rows, form)


@click.command()
@_OUT
@click.option("--format", "form", type=click.Choice(list(REPORTS)), help="By default what the name of --output says, else html.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the report.")
@click.option("--layer", type=click.Choice(_LAYERS), default=str(Layer.BOTH), show_default=True, help="Whose tasks are ranked.")
@_scope_options
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write, - for stdout; by default report.<format> here.")
def report(out: Path, form: str | None, lang: str, layer: str, output: Path | None, **chosen: Any) -> None:
    """Write the load report of OUT, the folder that kg build wrote.

    Example:  kg report out --format html --lang en --output report.html
    """
    form = form or guess_format(output, list(REPORTS))
    content = render_report(open_tables(out), form, lang, _make_options(Layer(layer), chosen))
    target = output or Path(f"report.{form}")
    write_output(content, target)
    tell_written(target)


@click.command()
@_OUT
@click.option("--format", "form", type=click.Choice(list(NETWORKS)), help="By default what the name of --output says, else gexf.")
@click.option(
    "--mode",
    type=click.Choice(MODES),
    default="tasks",
    show_default=True,
    help="Agencies and their tasks, or agencies alone, tied by the tasks they share.",
)
@click.option("--layer", type=click.Choice(_LAYERS), default=str(Layer.BOTH), show_default=True, help="Whose tasks are ties.")
@_scope_options
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write, - for stdout; by default network.<format> here.")
def network(out: Path, form: str | None, mode: str, layer: str, output: Path | None, **chosen: Any) -> None:
    """Write the network of OUT, the folder that kg build wrote: GEXF or GraphML for Gephi, a matrix in CSV for UCINET and Excel.

    Example:  kg network out --mode agencies --output partners.csv
    """
    form = form or guess_format(output, list(NETWORKS))
    content = render_network(open_tables(out), form, mode, _make_options(Layer(layer), chosen))
    target = output or Path(f"network.{form}")
    write_output(content, target)
    tell_written(target)
