"""Which column a cell belongs to, where a copy of a table lost the structure of its rows.

A cell fits some columns better than others: a number fits the column of numbers, a list of agencies one that names a role, a person's name
none of these. The cheapest way of laying a row's cells on its columns, in their order, is found by dynamic programming; a cell that is
missing costs something, a cell in the wrong column costs more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg.model import Span
from kg.parse.ledgers.columns import squeeze_title, title_kind
from kg.parse.ledgers.grids import Doubt, Grid
from kg.parse.ledgers.traits import Judge
from kg.parse.page.layout import Flow
from kg.parse.words.lexicon import Lexicon

#: What it costs that a row has no cell for a column: at its beginning (cells merged with the row above), in its middle, at its end.
LEADING: Mapping[str, float] = {
    "section": 0.4,
    "number": 0.8,
    "task": 0.8,
    "other": 0.6,
    "person": 1,
    "body": 1,
    "deadline": 1,
    "role": 1.5,
}
MISSING: Mapping[str, float] = {
    "section": 0.8,
    "number": 1,
    "task": 1,
    "other": 0.5,
    "person": 0.5,
    "body": 0.8,
    "deadline": 0.5,
    "role": 1,
}
#: Columns whose title may stand over several, and what it costs that two cells share one; what costs so much is no way.
_SHARED = ("task", "section", "other")
_SHARING = 0.6
_NO_WAY = 1e6
#: What it costs that an empty cell at the end of a row is none.
_DROPPED = 0.3


def align_row(words: Sequence[str], kinds: Sequence[str], judge: Judge) -> list[int] | None:
    """Return for each cell of a row the column it belongs to; None if the cells cannot be laid on the columns in their order.

    Empty cells at the end of a row may stand for cells that are missing at its beginning, and are not laid.

    Examples
    --------
    >>> from kg.parse.words.lexicon import make_lexicon
    >>> from kg.parse.ledgers.traits import Judge
    >>> from kg.rules import load_rules
    >>> judge = Judge(make_lexicon(load_rules().notation))
    >>> align_row(["2.更新栏目。", "办公室", ""], ["task", "task", "role"], judge)
    [1, 2]
    """
    if not any(words):
        return None
    straight = sum(judge.cost(kind, cell) for kind, cell in zip(kinds, words, strict=False)) if len(words) == len(kinds) else None
    filled = max(place for place, cell in enumerate(words) if cell) + 1
    ways = [_lay(words[:count], kinds, judge) for count in range(filled, len(words) + 1)]
    best, laid = min((cost + _DROPPED * (len(words) - len(way)), way) for cost, way in ways)
    if best >= _NO_WAY:
        return None
    if straight is not None and straight <= best + 1:
        return list(range(len(words)))
    return laid


def mend_rows(grid: Grid, flow: Flow, places: Mapping[Span, tuple[int, int]], titles: int, lexicon: Lexicon) -> Grid:
    """Move the cells of rows that lost some to the columns they belong to; what is missing is merged with the row above.

    Only rows of plain text need this: at the end of the table, where the text may have been cut off, nothing is filled in.
    """

    def words_of(cell: Span | None) -> str:
        # A cell that was joined here is no cell of the flow; those it was joined of are.
        parts = [] if cell is None else [cell] if cell in places else pieces[cell]
        words = "".join(flow.text[slice(*places[part])] for part in parts)
        # A blank may stand in a word or between two names.
        listed, whole = "、".join(words.split()), words.replace("\n", "").replace(" ", "")
        return listed if judge.trait(listed) == "agencies" != judge.trait(whole) else whole

    pieces = dict(grid.pieces)
    judge = Judge(lexicon)
    count = 1 + max(column for row, column in grid.cells if row == titles)
    kinds = [title_kind(squeeze_title(words_of(cell)), lexicon) for cell in grid.row(titles)[:count]]
    cells = {place: cell for place, cell in grid.cells.items() if place[0] <= titles}
    roles = [column for column, kind in enumerate(kinds) if kind == "role"]
    doubts: list[Doubt] = []
    for row in range(titles + 1, grid.rows):
        held = [(column, cell) for column, cell in enumerate(grid.row(row)) if cell is not None]
        cut = row + 1 == grid.rows and len(held) == 1 and _is_item(words_of(held[0][1]), lexicon)
        # A row of a single cell is a heading, or goes on with the row above.
        several = sum(bool(words_of(cell)) for _, cell in held) > 1
        # 合计 begins no row that lost cells.
        total = any(words_of(cell) in lexicon.words("column-total") or lexicon.total_re.match(words_of(cell)) for _, cell in held[:2])
        laid = align_row([words_of(cell) for _, cell in held], kinds, judge) if (several or cut) and not total else None
        if laid is None or laid == [column for column, _ in held]:
            cells.update({(row, column): cell for column, cell in held})
            continue
        for column in dict.fromkeys(laid):
            joined = sorted(cell for place, (_, cell) in zip(laid, held, strict=False) if place == column)
            cells[row, column] = whole = Span(joined[0].start, joined[-1].end)
            if len(joined) > 1:
                pieces[whole] = tuple(joined)
        unsure = _is_unsure(laid, roles)
        doubts.extend(Doubt("unread-responsibility", cells[row, column]) for column in roles if unsure and column in laid)
        if not any(kinds[column] in ("number", "section", "task", "other") for column in laid):
            # Names alone go on with the row above: a line break cut its cell.
            continue
        for column in range(grid.columns):
            if unsure and column in roles:
                continue
            above = cells.get((row - 1, column)) if row - 1 > titles else None
            if column not in laid and above is not None and (column < laid[-1] or row + 1 < grid.rows):
                cells[row, column] = above
    _fill_headings(cells, grid.rows, kinds, titles, words_of, lexicon)
    return replace(grid, cells=cells, pieces=pieces, doubts=(*grid.doubts, *doubts))


def share_headings(grid: Grid, flow: Flow, places: Mapping[Span, tuple[int, int]], titles: int, lexicon: Lexicon) -> Grid:
    """Give rows whose first cells are empty the headings and numbers above, in tables that keep their empty cells."""
    cells = dict(grid.cells)

    def words_of(cell: Span | None) -> str:
        return re.sub(r"\s", "", flow.text[slice(*places[cell])]) if cell is not None else ""

    kinds = [title_kind(squeeze_title(words_of(cell)), lexicon) for cell in grid.row(titles)]
    _fill_headings(cells, grid.rows, kinds, titles, words_of, lexicon)
    return replace(grid, cells=cells)


def _is_unsure(laid: Sequence[int], roles: Sequence[int]) -> bool:
    """Say whether a row lost the cells of some columns of names, but not of all: none can say of which."""
    held = [column for column in roles if column in laid]
    return 0 < len(held) < len(roles) and list(laid) != list(range(len(laid)))


def _fill_headings(
    cells: dict[tuple[int, int], Span],
    rows: int,
    kinds: Sequence[str],
    titles: int,
    words_of: Callable[[Span | None], str],
    lexicon: Lexicon,
) -> None:
    """Give rows whose first cells are empty, though they have a task, those of the row above: headings and numbers that were merged."""
    for row in range(titles + 2, rows):
        filled = [column for column in range(len(kinds)) if words_of(cells.get((row, column)))]
        first = filled[0] if filled else 0
        if not first or kinds[first] not in ("task", "other", "number") or not any(kinds[column] == "role" for column in filled):
            continue
        for column in range(first):
            above = cells.get((row - 1, column))
            words = words_of(above)
            mark = lexicon.marks.find(words, 0, len(words))
            merged = kinds[column] in ("number", "section") or (mark is not None and mark.kind in ("hanzi", "hanziparen"))
            if above is not None and words and merged:
                cells[row, column] = above


def _is_item(words: str, lexicon: Lexicon) -> bool:
    mark = lexicon.marks.find(words, 0, len(words))
    return mark is not None and mark.kind in ("arabic", "arabicparen")


def _lay(cells: Sequence[str], kinds: Sequence[str], judge: Judge) -> tuple[float, list[int]]:
    """Return the cheapest way to lay cells on columns; cells of a row that has more than columns may share one."""
    count, many = len(cells), len(cells) > len(kinds)

    @cache
    def best(cell: int, last: int) -> tuple[float, tuple[int, ...]]:
        """Return the cheapest way to lay the cells from `cell` on, on the columns behind `last`."""
        if cell == count:
            return sum(MISSING[kind or "other"] for kind in kinds[last + 1 :]), ()
        ways: list[tuple[float, tuple[int, ...]]] = []
        if many and last >= 0 and (kinds[last] or "other") in _SHARED:
            rest, laid = best(cell + 1, last)
            ways.append((_SHARING + min(1.0, judge.cost(kinds[last], cells[cell])) + rest, (last, *laid)))
        skipped = 0.0
        for target in range(last + 1, len(kinds) if many else len(kinds) - (count - cell) + 1):
            rest, laid = best(cell + 1, target)
            ways.append((skipped + judge.cost(kinds[target], cells[cell]) + rest, (target, *laid)))
            skipped += (LEADING if cell == 0 else MISSING)[kinds[target] or "other"]
        return min(ways, default=(_NO_WAY, ()))

    total, laid = best(0, -1)
    return total, list(laid)
