"""The ledger as one CSV: a row a task, the plan in the first column."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from kg.reports.cells import clean_cell
from kg.reports.ledger.entries import Cell, Ledger
from kg.reports.ledger.sheets import make_task_grid
from kg.reports.words import Words


def render_csv(ledger: Ledger, words: Words) -> bytes:
    """Return the CSV: UTF-8 with a byte order mark, without which Excel takes Chinese for something else; lines end in CR LF (RFC 4180)."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([words.say("column.plan"), *make_task_grid((), ledger.party_columns, words).headings])
    for plan in ledger.plans:
        rows = make_task_grid(plan.entries, ledger.party_columns, words).rows
        writer.writerows([clean_cell(plan.title), *(_write(cell) for cell in row)] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8")


def _write(cell: Cell) -> str | int | float:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else clean_cell(cell) if isinstance(cell, str) else cell
