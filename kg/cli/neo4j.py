"""``kg neo4j``: a real Neo4j on this machine, and any Neo4j as a place for the graph."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.files import ROW_FORMATS, print_rows
from kg.errors import QueryError
from kg.neo4j_server import (
    DEFAULT_BOLT_PORT,
    DEFAULT_HEAP,
    LICENCE_NOTICE,
    USER,
    ServerHome,
    ServerState,
    ServerStatus,
    get_default_home,
    get_status,
    start_server,
    stop_server,
)

if TYPE_CHECKING:
    from kg.stores.neo4j import Neo4jStore

_PROMPT, _MORE = "cypher> ", "   ...> "

_SHELL_HELP = "End a statement with ; and Enter. :help shows this, :quit or Ctrl-D leaves."

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the server: data, logs, password. Default: agency-kg/neo4j among your user data.",
)


_CONNECTION_OPTIONS = (
    home_option,
    click.option("--uri", help="Another Neo4j, such as neo4j+s://example.org. Or set NEO4J_URI.  [default: the one started here]"),
    click.option("--user", help="Who asks. Or set NEO4J_USER.  [default: neo4j]"),
    click.option("--database", help="Database in it. Or set NEO4J_DATABASE.  [default: the server's default]"),
    click.option(
        "--password-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="File that holds the password and only you can read. Or set NEO4J_PASSWORD; else you are asked.",
    ),
)


def connection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which Neo4j is meant, and who asks."""
    for option in reversed(_CONNECTION_OPTIONS):  # the last one added is the first one shown
        command = option(command)
    return command


def _check_heap(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]*[mg]", value):
        raise click.BadParameter("a number with m or g, such as 512m or 2g")
    return value


@click.group()
def neo4j() -> None:
    """Run a real Neo4j without Docker or Java installed, and fill it.

    Example:  kg neo4j start
    """


@neo4j.command()
@home_option
@click.option(
    "--port", default=DEFAULT_BOLT_PORT, show_default=True, type=click.IntRange(0, 65535), help="Port of Bolt; 0 takes a free one."
)
@click.option("--heap", default=DEFAULT_HEAP, show_default=True, callback=_check_heap, help="Memory for very large plans, such as 2g.")
def start(home: Path | None, port: int, heap: str) -> None:
    """Start a Neo4j on this machine; the first time, it is fetched (180 MB).

    It listens on this machine only and goes on when the terminal is closed.

    Example:  kg neo4j start
    """
    click.echo(LICENCE_NOTICE, err=True)
    status, started = start_server(_find_home(home), port, _show_progress, heap=heap)
    click.echo(f"Neo4j {status.version} {'runs' if started else 'runs already'} at {status.uri} (pid {status.pid})")
    click.echo(f"User {USER}, password in {_find_home(home).password_file}")
    click.echo("Fill it:  kg neo4j push out     Ask it:  kg neo4j shell     Stop it:  kg neo4j stop", err=True)


@neo4j.command()
@home_option
def stop(home: Path | None) -> None:
    """Stop the Neo4j that was started here; its data stay.

    Example:  kg neo4j stop
    """
    click.echo("Neo4j stopped" if stop_server(_find_home(home)) else "no Neo4j ran")


@neo4j.command()
@home_option
def status(home: Path | None) -> None:
    """Say whether the Neo4j of this machine runs; exit with 3 if it does not.

    Example:  kg neo4j status
    """
    found = get_status(_find_home(home))
    click.echo(_describe(found))
    if found.state is not ServerState.RUNNING:
        raise click.exceptions.Exit(3)


@neo4j.command()
@click.argument("out", type=click.Path(path_type=Path, exists=True, file_okay=False))
@connection_options
def push(out: Path, **options: Any) -> None:
    """Put the graph of the output folder OUT into a Neo4j, replacing the plans that it holds already.

    Each plan is replaced whole or not at all. Saying it twice is saying it once; other data in the database are left alone.

    Example:  kg neo4j push out
    """
    from kg.pipeline import open_tables

    tables = open_tables(out)
    with (
        _open_store(options) as store,
        click.progressbar(length=1, label="kg neo4j push", file=sys.stderr, item_show_func=str, hidden=not sys.stderr.isatty()) as bar,
    ):

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(max(done, 1) - bar.pos, f"{done}/{total} plans")

        store.write(tables, progress)
    # The members of closed groups are nodes too, which kg build does not count among the agencies named.
    titles = {"plans": "plans", "tasks": "tasks", "agencies": "agencies and groups with their members", "assignments": "assignments"}
    counts = ", ".join(f"{tables[name].height:,} {title}" for name, title in titles.items())
    click.echo(f"{counts} are in {store.uri}")


@neo4j.command()
@click.option("-c", "--command", "statement", help="A Cypher statement to run instead of asking for some.")
@click.option("--format", "form", type=click.Choice(ROW_FORMATS), default="table", show_default=True, help="How rows are printed.")
@connection_options
def shell(statement: str | None, form: str, **options: Any) -> None:
    """Run Cypher: at a prompt, from standard input (statements end with ; at the end of a line), or one statement with -c.

    Example:  kg neo4j shell -c "MATCH (a:Agency)-[:LEADS]->(t:Task) RETURN a.label, count(t) AS tasks ORDER BY tasks DESC LIMIT 5"
    """
    with _open_store(options) as store:
        if statement is not None:
            _run(store, statement, form)
        elif not sys.stdin.isatty():
            for text in split_statements(sys.stdin):
                _run(store, text, form)
        else:
            _converse(store, form)


def split_statements(lines: Iterable[str]) -> Iterator[str]:
    r"""Yield the statements in some lines: each ends with a ``;`` at the end of a line, the last may do without.

    Examples
    --------
    >>> list(split_statements(["RETURN 1", " AS a;", "", "RETURN ';'"]))
    ['RETURN 1\n AS a', "RETURN ';'"]
    """
    held: list[str] = []
    for line in lines:
        held.append(line.rstrip())
        if held[-1].endswith(";"):
            text, held = "\n".join(held).rstrip("; "), []
            if text.strip():
                yield text.strip()
    if "".join(held).strip():
        yield "\n".join(held).strip()


def _run(store: Neo4jStore, text: str, form: str) -> None:
    rows = store.execute(text.strip().rstrip(";"))
    if rows.columns:
        print_rows(rows.columns, rows.rows, form)


def _converse(store: Neo4jStore, form: str) -> None:
    with suppress(ImportError):  # a Python built without it still has a prompt
        import readline  # noqa: F401 - gives input() a history and the arrow keys
    click.echo(f"Connected to {store.uri}. {_SHELL_HELP}", err=True)
    held: list[str] = []
    while True:
        try:
            line = input(_MORE if held else _PROMPT)
        except EOFError:
            click.echo(err=True)
            return
        except KeyboardInterrupt:  # drops the statement, as in other shells
            held = []
            click.echo(err=True)
            continue
        if not held and line.strip() in {":quit", ":exit"}:
            return
        if not held and line.strip() == ":help":
            click.echo(_SHELL_HELP, err=True)
            continue
        held.append(line)
        if line.rstrip().endswith(";"):
            for text in split_statements(held):
                try:
                    _run(store, text, form)
                except QueryError as error:
                    click.echo(f"kg: {error}", err=True)
            held = []


def _open_store(options: dict[str, Any]) -> Neo4jStore:
    from kg.stores.neo4j import Neo4jStore
    from kg.stores.neo4j_connection import ConnectionOptions, find_connection

    # The driver logs each lost connection on stderr where nobody listens; what matters is in the error that follows.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    home = options.pop("home")
    wanted = ConnectionOptions(home=ServerHome(home) if home else None, **options)
    ask = _ask_password if sys.stdin.isatty() else None
    return Neo4jStore(find_connection(wanted, os.environ, ask))


def _ask_password(words: str) -> str:
    password: str = click.prompt(words, hide_input=True, err=True)
    return password


def _find_home(home: Path | None) -> ServerHome:
    return ServerHome(home) if home else get_default_home()


def _describe(found: ServerStatus) -> str:
    if found.state is ServerState.RUNNING:
        return f"Neo4j {found.version} runs at {found.uri} (pid {found.pid}), data in {found.home}"
    if found.state is ServerState.STARTING:
        return f"Neo4j (pid {found.pid}) is there but does not answer at {found.uri}, logs in {found.home / 'logs'}"
    return "no Neo4j runs; the last one ended without being stopped" if found.stale else "no Neo4j runs"


def _show_progress(what: str, done: int, total: int) -> None:
    """Rewrite one line on a terminal; in a log, say each thing once."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{what}" + (f" {done}/{total}" if total else " …"), err=True, nl=done == total and total > 0)
    elif done in {0, total}:
        click.echo(what, err=True)
