"""Which column a cell belongs to, where a copy of a table lost the structure of its rows.

A cell fits some columns better than others: a number fits the column of numbers, a list of agencies one that names a role, a person's name
none of these. The cheapest way of laying a row's cells on its columns, in their order, is found by dynamic programming; a cell that is
missing costs something, a cell in the wrong column costs more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg.model import Span
from kg.parse.columns import squeeze_title, title_kind
from kg.parse.grids import Grid
from kg.parse.layout import Flow
from kg.parse.lexicon import Lexicon
from kg.parse.marks import find_mark
from kg.parse.traits import Judge

#: What it costs that a row has no cell for a column: at its beginning (cells merged with the row above), in its middle, at its end.
LEADING: Mapping[str, float] = {"section": 0.4, "number": 0.8, "task": 0.8, "other": 0.6, "person": 1, "deadline": 1, "role": 1.5}
MISSING: Mapping[str, float] = {"section": 0.8, "number": 1, "task": 1, "other": 0.5, "person": 0.5, "deadline": 0.5, "role": 1}


def align_row(words: Sequence[str], kinds: Sequence[str], judge: Judge) -> list[int] | None:
    """Return for each cell of a row the column it belongs to; None if the cells cannot be laid on the columns in their order.

    Empty cells at the end of a row may stand for cells that are missing at its beginning, and are not laid.

    Examples
    --------
    >>> from kg.parse.lexicon import make_lexicon
    >>> from kg.parse.traits import Judge
    >>> from kg.rules import load_rules
    >>> judge = Judge(make_lexicon(load_rules().notation))
    >>> align_row(["2.更新栏目。", "办公室", ""], ["task", "task", "role"], judge)
    [1, 2]
    """
    cells = list(words)
    straight = sum(judge.cost(kind, cell) for kind, cell in zip(kinds, cells, strict=False)) if len(cells) == len(kinds) else None
    while cells and not cells[-1]:
        cells.pop()
    if not cells or len(cells) > len(kinds):
        return None
    best, laid = _lay(cells, kinds, judge)
    if straight is not None and straight <= best + 1:
        return list(range(len(words)))
    return laid


def mend_rows(grid: Grid, flow: Flow, places: Mapping[Span, tuple[int, int]], titles: int, lexicon: Lexicon) -> Grid:
    """Move the cells of rows that lost some to the columns they belong to; what is missing is merged with the row above.

    Only rows of plain text need this: at the end of the table, where the text may have been cut off, nothing is filled in.
    """

    def words_of(cell: Span | None) -> str:
        return flow.text[slice(*places[cell])].replace("\n", "").replace(" ", "") if cell is not None else ""

    judge = Judge(lexicon)
    kinds = [title_kind(squeeze_title(words_of(cell)), lexicon) for cell in grid.row(titles)]
    cells = {place: cell for place, cell in grid.cells.items() if place[0] <= titles}
    for row in range(titles + 1, grid.rows):
        held = [(column, cell) for column, cell in enumerate(grid.row(row)) if cell is not None]
        cut = row + 1 == grid.rows and len(held) == 1 and _is_item(words_of(held[0][1]))
        laid = align_row([words_of(cell) for _, cell in held], kinds, judge) if len(held) > 1 or cut else None
        if laid is None or laid == [column for column, _ in held]:
            cells.update({(row, column): cell for column, cell in held})
            continue
        cells.update({(row, column): cell for column, (_, cell) in zip(laid, held, strict=False)})
        for column in range(grid.columns):
            above = cells.get((row - 1, column)) if row - 1 > titles else None
            if column not in laid and above is not None and (column < laid[-1] or row + 1 < grid.rows):
                cells[row, column] = above
    return replace(grid, cells=cells)


def _is_item(words: str) -> bool:
    mark = find_mark(words, 0, len(words))
    return mark is not None and mark.kind in ("arabic", "arabicparen")


def _lay(cells: Sequence[str], kinds: Sequence[str], judge: Judge) -> tuple[float, list[int]]:
    @cache
    def best(cell: int, column: int) -> tuple[float, tuple[int, ...]]:
        """Return the cheapest way to lay the cells from `cell` on, on the columns from `column` on."""
        if cell == len(cells):
            return sum(MISSING[kind or "other"] for kind in kinds[column:]), ()
        ways: list[tuple[float, tuple[int, ...]]] = []
        skipped = 0.0
        for target in range(column, len(kinds) - (len(cells) - cell) + 1):
            rest, laid = best(cell + 1, target + 1)
            ways.append((skipped + judge.cost(kinds[target], cells[cell]) + rest, (target, *laid)))
            skipped += (LEADING if cell == 0 else MISSING)[kinds[target] or "other"]
        return min(ways)

    total, laid = best(0, 0)
    return total, list(laid)
