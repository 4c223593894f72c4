"""Rows that were laid on columns, made into a grid: what is shared by several rows, and what of them is not sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model import Span
from kg.parse.ledgers.columns import Columns
from kg.parse.ledgers.grids import Doubt, Grid
from kg.parse.ledgers.streams import HEADING_STATE
from kg.parse.ledgers.traits import Judge

_BULLETS = ("——", "△", "●", "◆", "—", "·")
_FIRST_ROLES = 2
#: So many rows make a habit.
_LEAST_ROWS = 3


@dataclass(slots=True)
class _Row:
    """A row in the making: the indices of its cells by column; a heading has them in column -1."""

    cells: dict[int, list[int]] = field(default_factory=dict)
    shared: dict[int, Span] = field(default_factory=dict)

    @property
    def heading(self) -> bool:
        return HEADING_STATE in self.cells


class StreamRows:
    """The rows of one stream of cells.

    Parameters
    ----------
    cells, words, placed
        The cells, their words, and the row and column of each.
    columns, kinds
        What the columns are.
    judge
        Says what a cell looks like.
    exact
        Whether empty cells are kept, so that the place of a cell says what it is.
    """

    def __init__(
        self,
        cells: Sequence[Span],
        words: Sequence[str],
        placed: Sequence[tuple[int, int]],
        columns: Columns,
        kinds: Sequence[str],
        judge: Judge,
        *,
        exact: bool,
    ) -> None:
        self._cells = cells
        self._words = words
        self._columns = columns
        self._kinds = kinds
        self._judge = judge
        self._exact = exact
        rows: dict[int, _Row] = {}
        for index, (row, column) in enumerate(placed):
            rows.setdefault(row, _Row()).cells.setdefault(column, []).append(index)
        self._rows = [rows[row] for row in sorted(rows)]
        self._single = self._holds_single()

    def to_grid(self, head: Mapping[tuple[int, int], Span]) -> Grid:
        """Return the rows as a grid below the titles `head`."""
        self._split_headings()
        for above, row in zip([None, *self._rows], self._rows, strict=False):
            if above is not None and not row.heading:
                self._share(above, row)
        laid = dict(head)
        doubts: list[Doubt] = []
        pieces: dict[Span, tuple[Span, ...]] = {}
        roles = dict(self._columns.roles)
        count = len(self._kinds)
        for number, row in enumerate(self._rows, start=1):
            if row.heading:
                span = self._span(row.cells[HEADING_STATE])
                laid.update({(number, column): span for column in range(count)})
                continue
            laid.update({(number, column): span for column, span in row.shared.items()})
            for column, held in row.cells.items():
                laid[number, column] = span = self._span(held)
                if len(held) > 1 and column not in roles:
                    pieces[span] = tuple(self._cells[index] for index in held)
            doubts.extend(self._doubts(row))
        spans = [*head.values(), *self._cells]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        begins = frozenset(
            place for row in self._rows for column, _ in self._columns.roles for place in self._begins(row.cells.get(column, []))
        )
        return Grid(laid, 1 + len(self._rows), count, whole, plain=True, pieces=pieces, doubts=tuple(doubts), begins=begins)

    def _begins(self, held: Sequence[int]) -> Iterator[int]:
        """Yield where, in a cell of several lines, another name surely begins."""
        for before, index in pairwise(held):
            if (
                not self._words[before].endswith(("、", "，", "（"))
                and self._judge.is_name(self._words[before])
                and self._judge.begins_name(self._words[index], self._words[before])
            ):
                yield self._cells[index].start

    def _span(self, held: Sequence[int]) -> Span:
        filled = [self._cells[index] for index in held if self._words[index]] or [self._cells[held[0]]]
        return Span(filled[0].start, filled[-1].end)

    def _words_of(self, held: Sequence[int]) -> str:
        return "".join(self._words[index] for index in held)

    def _split_headings(self) -> None:
        """Part an item from the bullets below it, each of which names somebody, where the bullets of the next row go on with it."""
        rows: list[_Row] = []
        for row, below in zip(self._rows, [*self._rows[1:], None], strict=True):
            held = sorted(index for column in (*self._columns.sections, *self._columns.tasks) for index in row.cells.get(column, ()))
            numbered = bool(held) and self._judge.marks.find(self._words[held[0]], 0, len(self._words[held[0]])) is not None
            if numbered and len(held) > 1 and self._is_bullet(held[1]) and below is not None and self._begins_with_bullet(below):
                rows.append(_Row({HEADING_STATE: [held[0]]}))
                for indices in row.cells.values():
                    if held[0] in indices:
                        indices.remove(held[0])
                row.cells = {column: indices for column, indices in row.cells.items() if indices}
            rows.append(row)
        self._rows = rows

    def _is_bullet(self, index: int) -> bool:
        return self._words[index].startswith(_BULLETS)

    def _begins_with_bullet(self, row: _Row) -> bool:
        first = min(index for indices in row.cells.values() for index in indices)
        return not row.heading and self._is_bullet(first)

    def _share(self, above: _Row, row: _Row) -> None:
        """Give a row the cells it shares with the one above: headings in leading columns, and the number of what is done in parts."""
        if above.heading:
            return
        first = min((column for column, held in row.cells.items() if self._words_of(held)), default=0)
        for column in range(first):
            if column in row.cells:
                continue
            span = above.shared.get(column) or (self._span(held) if self._words_of(held := above.cells.get(column, [])) else None)
            if span is None:
                continue
            heading = self._kinds[column] in ("task", "section") and self._is_heading(above, column)
            if heading or (self._kinds[column] == "number" and self._is_part(above, row)):
                row.shared[column] = span

    def _is_part(self, above: _Row, row: _Row) -> bool:
        """Say whether a row without a number is done under that of the one above: both have a task, and this one names somebody."""
        return self._has_task(row) and self._names_somebody(row) and self._has_task(above)

    def _is_heading(self, row: _Row, column: int) -> bool:
        if column in row.shared:
            return True
        words = self._words_of(row.cells.get(column, []))
        return self._judge.trait(words) == "heading" or bool(self._columns.sections and column in self._columns.sections)

    def _has_task(self, row: _Row) -> bool:
        known = {*dict(self._columns.roles), *self._columns.numbers, *self._columns.sections, *self._columns.deadlines}
        columns = self._columns.tasks or tuple(column for column in range(len(self._kinds)) if column not in known)
        return any(self._words_of(row.cells.get(column, [])) for column in columns)

    def _names_somebody(self, row: _Row) -> bool:
        return any(self._words_of(row.cells.get(column, [])) for column, _ in self._columns.roles)

    def _holds_several(self, held: Sequence[int]) -> bool:
        return len([index for index in held if self._words[index]]) > 1 or re.search("[、，；]", self._words_of(held)) is not None

    def _holds_single(self) -> bool:
        """Say whether the first of several columns of names holds a single one in each row that has names in all of them."""
        roles = [column for column, _ in self._columns.roles]
        full = [row for row in self._rows if all(row.cells.get(column) for column in roles)]
        return len(roles) > 1 and len(full) >= _LEAST_ROWS and not any(self._holds_several(row.cells[roles[0]]) for row in full)

    def _doubts(self, row: _Row) -> Iterator[Doubt]:
        """Yield the cells of names of which none can say in which column they stand: names one below another."""
        roles = [column for column, _ in self._columns.roles]
        held = [index for column in roles for index in row.cells.get(column, ()) if self._words[index]]
        together = len(roles) > 1 and roles[-1] - roles[0] == len(roles) - 1
        exact = self._exact and sum(map(len, row.cells.values())) >= len(self._kinds)
        if not exact and together and self._single and held and held == row.cells.get(roles[0]) and self._holds_several(held):
            yield Doubt("unsure-column", self._span(held))
        lone = [index for place, index in enumerate(held) if not (place and re.search(r"[、，]$", self._words[held[place - 1]]))]
        if exact or not together or len(lone) == len(roles) or len(lone) <= 1:
            return
        for column in roles[1:]:
            cell = row.cells.get(column)
            if cell:
                code = "unsure-column" if len(roles) == _FIRST_ROLES else "unread-responsibility"
                yield Doubt(code, self._span(cell))
