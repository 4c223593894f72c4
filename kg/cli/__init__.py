"""The command line: arguments, files, progress, exit codes, and nothing else.

Each command lies in a module of its group and is imported only when it is called, so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from kg.errors import KgError
from kg.version import __version__

#: Every command: its name → module and function, and the line that ``kg --help`` shows (kept here so that help imports nothing).
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("kg.cli.building:build", "Read plans and write tables, RDF, stores, load, report and graph."),
    "extract": ("kg.cli.reading:extract", "Print who is responsible for what, a line per task."),
    "repair": ("kg.cli.reading:repair", "Print the clean text of a damaged page, or the edits."),
    "evaluate": ("kg.cli.reading:evaluate", "Measure the reading of a plan against gold."),
    "resolve": ("kg.cli.resolving:resolve", "Explain which agency a name leads to, and why."),
    "load": ("kg.cli.reporting:load", "Print the load of each agency."),
    "report": ("kg.cli.reporting:report", "Write the load report as HTML, Markdown, CSV, XLSX or JSON."),
    "network": ("kg.cli.reporting:network", "Write the network for Gephi (GEXF, GraphML) or as a matrix (CSV)."),
    "ledger": ("kg.cli.ledger:ledger", "Write the supervision ledger (督查台账): a row for each task, to be filled in."),
    "compare": ("kg.cli.ledger:compare", "Compare two plans or two years."),
    "validate": ("kg.cli.asking:validate", "Check the graph against the SHACL shapes."),
    "sparql": ("kg.cli.asking:sparql", "Run a SPARQL query."),
    "cypher": ("kg.cli.asking:cypher", "Run a Cypher query on the embedded store."),
    "ask": ("kg.cli.asking:ask", "Ask one of the named questions on any store."),
    "export": ("kg.cli.asking:export", "Write the graph as N-Quads, TriG, JSON-LD or Turtle."),
    "serve": ("kg.cli.asking:serve", "Serve the graph on this machine."),
    "neo4j": ("kg.cli.neo4j:neo4j", "Run a real Neo4j without Docker, and fill it."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of :data:`COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Knowledge graphs of who is responsible for what in Chinese government work plans.

    Start with:  kg build data/plans/shanghai-egov-2017 --out out
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code; an error of ours is one line on stderr."""
    if arguments is None:
        _prepare_process()
    try:
        cli.main(args=arguments if arguments is None else list(arguments), prog_name="kg", standalone_mode=True)
    except KgError as error:
        for line in str(error).splitlines():
            click.echo(f"kg: {line}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        # A folder that may not be read, a full disk: the system's own words are fit for a user, its traceback is not.
        click.echo(f"kg: {error.filename}: {error.strerror}" if error.filename else f"kg: {error.strerror or error}", err=True)
        sys.exit(1)


def _prepare_process() -> None:
    """Make the process fit for Chinese words."""
    try:
        "市".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        # The locale knows ASCII only (LC_ALL=C, PYTHONUTF8=0), so names in arguments are bytes without meaning: begin again in UTF-8.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - our own command again
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal in GBK lacks some pinyin letters; it shows an escape instead of a traceback. Data in files is always UTF-8.
        sys.stdout.reconfigure(errors="backslashreplace")
