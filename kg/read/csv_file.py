"""Ledgers as CSV: one table; the delimiter is found, the encoding sniffed as for plain text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace

from kg.errors import ReadError
from kg.model import Span
from kg.read.content import Cell, Content, ContentBuilder
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
        The bytes are undecodable, a quoted field has no end or the table is too large.
    """
    decoded = decode_text(data)
    text, delimiter = _take_separator_line(decoded.text)
    if not delimiter:
        delimiter = _find_delimiter(text)[0] or ","
    rows = [row for row in _read_rows(text, delimiter) if any(field.strip() for field in row)]
    builder = ContentBuilder()
    builder.findings += [replace(finding, span=None) for finding in decoded.findings]
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
        try:
            rows = [row for row in _read_rows(text, delimiter) if any(field.strip() for field in row)]
        except ReadError:
            continue
        if not rows:
            continue
        columns, count = Counter(map(len, rows)).most_common(1)[0]
        evenness = count / len(rows)
        if columns > 1 and (evenness, columns) > best[1:]:
            best = (delimiter, evenness, columns)
    return best


def _read_rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise ReadError(f"broken: line {reader.line_num} of the table: {error}") from error


def _find_row(builder: ContentBuilder, row: int) -> Span:
    blocks = [block for block in builder.blocks if block.row == row]
    return Span(blocks[0].span.start, blocks[-1].span.end)
