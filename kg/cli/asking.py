"""``kg sparql``, ``cypher``, ``ask``, ``validate``, ``export`` and ``serve``: everything that asks the graph of an output folder."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

import click

from kg.cli.files import ROW_FORMATS, check_words, print_rows, read_text_argument, tell_written, write_output
from kg.errors import OutputError, QueryError
from kg.stores.registry import STORES, locate_store, open_store

_OUT = click.Path(path_type=Path, file_okay=False)

#: The suffixes of ``kg.convert.RDF_FORMATS``, said here too so that help is quick (a test holds them together).
RDF_NAMES = ("nq", "trig", "jsonld", "ttl")

format_option = click.option(
    "--format", "form", default="table", show_default=True, type=click.Choice(ROW_FORMATS), help="How to print rows."
)
param_option = click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="Value of a parameter; it is bound, never pasted into the query."
)


def _parse_parameters(given: Iterable[str]) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise QueryError(f"--param {item!r}: write NAME=VALUE")
        if name in parameters:
            raise QueryError(f"--param {name} is given twice")
        parameters[name] = check_words(value, f"--param {name}")
    return parameters


def _locate(store: str, out: Path) -> Path:
    # A Neo4j lies elsewhere, and is asked whether or not there is an output.
    location = locate_store(store, out)
    if store != "neo4j" and not location.exists():
        raise OutputError(f"{out}: not the output of kg build (no {location.name}); name its folder")
    return location


def _run(store: str, out: Path, query: str, given: Iterable[str], form: str) -> None:
    text, parameters = read_text_argument(query), _parse_parameters(given)
    with open_store(store, _locate(store, out), read_only=True) as opened:
        rows = opened.query(text, parameters)
    print_rows(rows.columns, rows.rows, form)


@click.command()
@click.argument("out", type=_OUT)
@click.argument("query")
@param_option
@format_option
def sparql(out: Path, query: str, given: tuple[str, ...], form: str) -> None:
    """Run a SPARQL QUERY (the text, a file, or - for stdin) on the output folder OUT.

    All named graphs are asked at once; the usual prefixes (duty:, skos:, …) are known. A parameter $name must stand in the SELECT.

    Example:  kg sparql out "SELECT ?label WHERE { ?a a duty:Agency ; skos:prefLabel ?label } LIMIT 5"
    """
    _run("oxigraph", out, query, given, form)


@click.command()
@click.argument("out", type=_OUT)
@click.argument("query")
@param_option
@format_option
def cypher(out: Path, query: str, given: tuple[str, ...], form: str) -> None:
    """Run a Cypher QUERY (the text, a file, or - for stdin) on the embedded store of OUT.

    Example:  kg cypher out "MATCH (a:Agency)-[:LEADS]->(t:Task) RETURN a.label, count(t) ORDER BY count(t) DESC LIMIT 5"
    """
    _run("ladybug", out, query, given, form)


def _print_questions(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from kg.queries import list_questions

    for question in list_questions().values():
        click.echo(f"{question.name}\n    {question.title_en}  {question.title_zh}\n    {question.description}")
        for parameter in question.parameters:
            default = "" if parameter.default is None else f" [default: {parameter.default or 'empty'}]"
            click.echo(f"    --param {parameter.name}=<{parameter.type}>  {parameter.description}{default}")
    context.exit()


@click.command()
@click.argument("question")
@click.option("--out", default=Path("out"), show_default=True, type=_OUT, help="Output folder of kg build.")
@click.option(
    "--store", default="oxigraph", show_default=True, type=click.Choice(list(STORES)), help="Which store answers; all give the same rows."
)
@param_option
@format_option
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_print_questions, help="Show all questions and leave.")
def ask(question: str, out: Path, store: str, given: tuple[str, ...], form: str) -> None:
    """Ask one of the named questions; an agency may be given by any known name or its key.

    Example:  kg ask agency-tasks --out out --param agency=市发展改革委
    """
    from kg.queries import ask_store, get_question

    parameters = _parse_parameters(given)
    get_question(question)
    with open_store(store, _locate(store, out), read_only=True) as opened:
        rows = ask_store(opened, question, parameters)
    print_rows(rows.columns, rows.rows, form)


@click.command()
@click.argument("out", type=_OUT)
@click.option("--lang", default="en", show_default=True, type=click.Choice(["en", "zh"]), help="Language of the messages.")
@format_option
def validate(out: Path, lang: str, form: str) -> None:
    """Hold the graph in OUT against the SHACL shapes and print what they find, with the sentence behind it.

    Exits with 1 if there is a violation; warnings are for people to look at.

    Example:  kg validate out
    """
    from kg.convert.validation import validate_quads
    from kg.stores.oxigraph import OxigraphStore

    with OxigraphStore.open(_locate("oxigraph", out), read_only=True) as store:
        found = validate_quads(store.quads())
    columns = ("level", "message", "sentence", "node", "path", "value")
    rows = [
        (
            finding.level,
            finding.message_zh if lang == "zh" else finding.message,
            finding.sentence,
            finding.node,
            finding.path,
            finding.value,
        )
        for finding in found
    ]
    if rows or form != "table":
        print_rows(columns, rows, form)
    violations = sum(finding.level == "violation" for finding in found)
    click.echo(f"{violations} violations, {len(found) - violations} warnings", err=True)
    if violations:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("out", type=_OUT)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "form", type=click.Choice(RDF_NAMES), help="By default what the name of FILE says.")
def export(out: Path, file: Path, form: str | None) -> None:
    """Write the graph in OUT as RDF into FILE (- for stdout): N-Quads, TriG, JSON-LD, or Turtle for people.

    Turtle leaves out the repairs and the account of the text, and has no named graphs.

    Example:  kg export out graph.trig
    """
    from kg.convert import to_rdf
    from kg.pipeline import open_tables

    if form is None and file.suffix[1:] not in RDF_NAMES:
        raise click.UsageError(f"{file}: name it .{', .'.join(RDF_NAMES)}, or give --format")
    write_output(to_rdf(open_tables(out), f".{form}" if form else file.suffix), file)
    tell_written(file)


@click.group()
def serve() -> None:
    """Serve the graph on this machine.

    Example:  kg serve sparql out
    """


@serve.command("sparql")
@click.argument("out", type=_OUT)
@click.option("--port", default=7878, show_default=True, type=click.IntRange(0, 65535), help="Port on 127.0.0.1; 0 takes a free one.")
def serve_sparql(out: Path, port: int) -> None:
    """Serve OUT as a read-only SPARQL endpoint on this machine only, until Ctrl-C.

    Example:  kg serve sparql out --port 7878
    """
    from kg.stores.sparql_server import serve_store

    # A plain "kill" must stop the server too, not leave it behind.
    signal.signal(signal.SIGTERM, _stop)
    try:
        with serve_store(_locate("oxigraph", out), port) as endpoint:
            click.echo(f"SPARQL endpoint {endpoint.url}, page {endpoint.page}, read-only; Ctrl-C stops it")
            endpoint.wait()
    except KeyboardInterrupt:
        click.echo("stopped", err=True)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
