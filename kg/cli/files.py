"""What the commands share: ``-`` as stdin or stdout, and rows as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table

from kg.errors import OutputError, QueryError, ReadError
from kg.spreadsheets import neutralise

#: How rows can be printed.
ROW_FORMATS = ("table", "csv", "json")


def read_argument(path: Path) -> tuple[Path | bytes, str]:
    """Return what to read and what to call it, for a path that may be ``-``."""
    if str(path) == "-":
        return sys.stdin.buffer.read(), "stdin"
    return path, path.name


def read_text_argument(value: str) -> str:
    """Return a query: the text itself, the content of a file of that name, or stdin for ``-``.

    Raises
    ------
    ReadError
        The file is missing or no UTF-8 text.
    QueryError
        The text is no UTF-8.
    """
    if value == "-":
        return _decode(sys.stdin.buffer.read(), "stdin")
    if "\n" in value or len(value) > 255 or not Path(value).is_file():
        if value.endswith((".rq", ".cypher", ".sparql", ".cql")):
            raise ReadError(f"{value}: no such file")
        return check_words(value, "the query")
    return _decode(Path(value).read_bytes(), value)


def check_words(value: str, what: str) -> str:
    """Return words from the command line, unless they hold bytes that are no text.

    Raises
    ------
    QueryError
        They do.

    Examples
    --------
    >>> check_words("市财政局", "the query")
    '市财政局'
    """
    if any(0xD800 <= ord(character) <= 0xDFFF for character in value):
        raise QueryError(f"{what} is no UTF-8 text")
    return value


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: no UTF-8 text") from error


def guess_format(output: Path | None, formats: Sequence[str]) -> str:
    """Return the format that the name of a file says, else the first one.

    Examples
    --------
    >>> guess_format(Path("report.MD"), ["html", "md"]), guess_format(None, ["html", "md"])
    ('md', 'html')
    """
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    return suffix if suffix in formats else formats[0]


def write_output(data: bytes | str, path: Path) -> None:
    """Write to a file, or to stdout for ``-``.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    content = data.encode() if isinstance(data, str) else data
    if str(path) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error


def tell_written(path: Path) -> None:
    """Say on stderr which file was written; nothing for ``-``."""
    if str(path) != "-":
        click.echo(f"kg: wrote {path}", err=True)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> None:
    """Print rows on stdout as a table for people, as CSV, or as a JSON array of objects."""
    if form == "json":
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2, default=str))
    elif form == "csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(columns)
        # A negative number is none of the texts that must be kept from being formulas.
        writer.writerows([neutralise(value) if isinstance(value, str) else _plain(value) for value in row] for row in rows)
        click.echo(buffer.getvalue(), nl=False)
    else:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*(str(_plain(value)).replace("[", r"\[") for value in row))
        width = None if sys.stdout.isatty() else 160
        Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False).print(table)


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return value
