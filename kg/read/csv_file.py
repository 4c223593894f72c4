"""Ledgers as CSV: one table; the delimiter is found, the encoding sniffed as for plain text."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace

from kg.model import Span
from kg.read.content import LINE_END_RE, Cell, Content, ContentBuilder
from kg.read.encodings import decode_text

DELIMITERS = (",", "\t", ";", "|", "^", "~")
"""Tried in this order; at equal evenness the one that gives more columns wins."""

_EVEN = 0.9
"""Share of rows with the usual number of fields from which a text without a telling name is taken for a table."""


def is_csv(data: bytes, *, strict: bool) -> bool:
    """Return whether bytes are a table with delimiters.

    Parameters
    ----------
    data
        All bytes.
    strict
        Ask for three columns and three rows, nearly all of the same length: the name says nothing.

    Raises
    ------
    ReadError
        The bytes are undecodable.
    """
    text = decode_text(data).text
    delimiter, evenness, columns = _find_delimiter(text)
    if not strict:
        return bool(delimiter)
    rows = sum(1 for line in text.splitlines() if line.strip())
    return bool(delimiter) and columns >= 3 and rows >= 3 and evenness >= _EVEN


def read_csv(data: bytes) -> Content:
    """Read a table with delimiters.

    Raises
    ------
    ReadError
        The bytes are undecodable or the table is too large.
    """
    decoded = decode_text(data)
    text, delimiter = _take_separator_line(decoded.text)
    if not delimiter:
        delimiter = _find_delimiter(text)[0] or ","
    rows, stray = _read_rows(text, delimiter)
    builder = ContentBuilder()
    builder.findings += [replace(finding, span=None) for finding in decoded.findings]
    if stray:
        builder.report("stray-quote", f"the quotation marks do not pair ({stray}); each line was taken for a row")
    usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    cells = [Cell(number, column, field) for number, row in enumerate(rows) for column, field in enumerate(row)]
    builder.add_table(cells)
    for number, row in enumerate(rows):
        if len([field for field in row if field.strip()]) > usual:
            message = f"row {number + 1} has {len(row)} fields, the others {usual}"
            builder.report("uneven-row", message, span=_find_row(builder, number), detail=number + 1)
    return builder.build(decoded.encoding)


def _take_separator_line(text: str) -> tuple[str, str]:
    """Split off the line ``sep=;`` that spreadsheet programs write and read."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"')
    return (rest, line[4]) if line.lower().startswith("sep=") and len(line) == 5 else (text, "")


def _find_delimiter(text: str) -> tuple[str, float, int]:
    """Return the delimiter (empty if there is none), the share of rows with the usual number of fields, and that number."""
    best = ("", 0.0, 1)
    for delimiter in DELIMITERS:
        rows, _ = _read_rows(text, delimiter)
        if not rows:
            continue
        columns, count = Counter(map(len, rows)).most_common(1)[0]
        evenness = count / len(rows)
        if columns > 1 and (evenness, columns) > best[1:]:
            best = (delimiter, evenness, columns)
    return best


def _read_rows(text: str, delimiter: str) -> tuple[list[list[str]], str]:
    """Return the rows that hold anything, and what is wrong with the quotation marks, where they are none and a line is a row."""
    text = text.replace("\0", "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [row for row in reader if any(field.strip() for field in row)], ""
    except csv.Error as error:
        rows = [[_unquote(field) for field in line.split(delimiter)] for line in LINE_END_RE.sub("\n", text).split("\n")]
        return [row for row in rows if any(field.strip() for field in row)], f"line {reader.line_num}: {error}"


def _unquote(field: str) -> str:
    return field[1:-1].replace('""', '"') if len(field) > 1 and field[0] == field[-1] == '"' else field


def _find_row(builder: ContentBuilder, row: int) -> Span:
    first = bisect_left(builder.blocks, row, key=lambda block: block.row)
    last = bisect_right(builder.blocks, row, key=lambda block: block.row) - 1
    return Span(builder.blocks[first].span.start, builder.blocks[last].span.end)
