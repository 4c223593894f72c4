"""Sheets printed over several pages beside each other: what stands on the right pages belongs to the rows on the left ones.

A spreadsheet program prints the left columns of all rows first and then the columns right of them, or page by page. The rows keep their
heights: pages belong together when their tables have other columns and the same lines between their rows, on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.read.content import Cell
from kg.read.pdf_tables import PageTable

_SAME = 2.0
"""Points by which a line between rows may move."""

_FEWEST_HEIGHTS = 3
"""Different heights of rows on all pages together from which they tell enough: two tables of one-line rows are alike by chance."""


def find_sides(tables: Sequence[PageTable | None]) -> list[tuple[int, int]]:
    """Return (left, right) for pages whose tables stand beside each other, right ones in the order in which they are joined.

    Parameters
    ----------
    tables
        For each page its table; None for pages without one, with several, or with text beside it.
    """
    runs = _find_runs(tables)
    return _pair_neighbours(tables, runs) or _pair_runs(tables, runs)


def join_sides(left: PageTable, right: PageTable) -> PageTable:
    """Return a table with the columns of `right` behind those of `left`."""
    shift = len(left.edges) - 1
    moved = [Cell(cell.row, cell.column + shift, cell.text, cell.row_span, cell.column_span) for cell in right.cells]
    reach = left.edges[-1] - right.edges[0]
    return PageTable(
        (*left.cells, *moved),
        (*left.edges, *(edge + reach for edge in right.edges[1:])),
        left.top,
        left.bottom,
        left.full | {(row, column + shift) for row, column in right.full},
        left.bands,
    )


def _find_runs(tables: Sequence[PageTable | None]) -> list[list[int]]:
    """Return the runs of pages whose tables have the same columns."""
    runs: list[list[int]] = []
    for page, table in enumerate(tables):
        before = tables[runs[-1][-1]] if runs and runs[-1][-1] == page - 1 else None
        if table is not None and before is not None and _are_near(before.edges, table.edges):
            runs[-1].append(page)
        elif table is not None:
            runs.append([page])
    return runs


def _pair_runs(tables: Sequence[PageTable | None], runs: Sequence[list[int]]) -> list[tuple[int, int]]:
    """Pair the pages of a run with those of the runs behind it: all left pages are printed before the right ones."""
    pairs: list[tuple[int, int]] = []
    first: list[int] = []
    for run in runs:
        if first and run[0] == (pairs[-1][1] if pairs else first[-1]) + 1 and _are_beside(tables, first, run):
            pairs += zip(first, run, strict=True)
        elif pairs:
            break
        else:
            first = run
    return pairs


def _pair_neighbours(tables: Sequence[PageTable | None], runs: Sequence[list[int]]) -> list[tuple[int, int]]:
    """Pair each page with the one behind it: the right page is printed after its left one."""
    pages = [page for run in runs for page in run]
    if len(runs) < 2 or any(len(run) > 1 for run in runs) or len(pages) % 2 or pages != list(range(pages[0], pages[-1] + 1)):
        return []
    left, right = pages[::2], pages[1::2]
    alike = all(_are_same_columns(tables, side) for side in (left, right))
    return list(zip(left, right, strict=True)) if alike and _are_beside(tables, left, right) else []


def _are_same_columns(tables: Sequence[PageTable | None], pages: Sequence[int]) -> bool:
    known = [table.edges for page in pages if (table := tables[page]) is not None]
    return all(_are_near(one, other) for one, other in pairwise(known))


def _are_beside(tables: Sequence[PageTable | None], left: Sequence[int], right: Sequence[int]) -> bool:
    if len(left) != len(right):
        return False
    pairs = [(one, other) for page, side in zip(left, right, strict=True) if (one := tables[page]) and (other := tables[side])]
    heights = sorted(below - above for one, _ in pairs for above, below in pairwise(one.bands))
    different = 1 + sum(other - one > _SAME for one, other in pairwise(heights))
    if different < _FEWEST_HEIGHTS and len(pairs) == 1:
        return False
    return len(pairs) == len(left) and all(_are_near(one.bands, other.bands) for one, other in pairs)


def _are_near(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) > 0 and all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))
