"""Tables whose columns blanks keep, as tools print the pages of a PDF (``pdftotext -layout``): a cell's text stands on several lines.

Where the words below titles stand in columns (see :mod:`.printed_columns`), the lines are parted into rows (see :mod:`.printed_rows`), and
what stands in a row's column is a cell, however many lines it takes. Where they do not, the table is none of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import Span
from kg.parse.ledgers.breaks import mark_breaks
from kg.parse.ledgers.columns import Columns, squeeze_title, title_kind, to_columns
from kg.parse.ledgers.grids import Doubt, Grid
from kg.parse.ledgers.printed_columns import Fit, Head, find_head, fit_columns, lay_lines
from kg.parse.ledgers.printed_lines import PrintedLine, Word, find_lines, parts_lines
from kg.parse.ledgers.printed_rows import RowFinder, spread_cells
from kg.parse.ledgers.traits import Judge
from kg.parse.page.back_matter import is_back_matter
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.marks import Mark

_LEAST_LINES = 2
#: Words may stand so far outside their columns on average.
_MOST_MISFIT = 1.0
#: This share of words must stand below others of their column.
_LEAST_ALIGNED = 0.86
#: Above this cost of a row, what stands in columns cannot be parted into rows.
_TOO_DEAR = 6.0
_MOST = 0.8
_LONGEST_HEADING = 45
_NOTES = ("注：", "备注：", "附件", "说明：")


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table that blanks keep in columns; ``columns`` is None if rows could not be told, and ``grid`` holds its titles only."""

    grid: Grid
    columns: Columns | None


@dataclass(frozen=True, slots=True)
class _Body:
    """The lines below titles: the words of each line by column, and the lines that are headings across all columns."""

    lines: tuple[Mapping[int, list[Word]], ...]
    headings: Mapping[int, Span]


def find_printed_tables(view: str, lexicon: Lexicon, taken: Sequence[Span]) -> list[PrintedTable]:
    """Find the tables of `view` that blanks keep in columns, outside the stretches that are `taken`."""
    found: list[PrintedTable] = []
    lines = find_lines(view, 0, len(view), wide=False)
    index = 0
    while index < len(lines):
        line = lines[index]
        head = find_head(lines, index, view, lexicon) if len(line.words) > 1 or _may_begin(lines, index) else None
        if head is None or any(hole.start <= line.span.start < hole.end for hole in taken):
            index += 1
            continue
        stop = min((hole.start for hole in taken if hole.start > line.span.start), default=len(view))
        table = _Reader(view, lexicon).read(line.span.start, stop)
        if table is None:
            index += head.lines
            continue
        found.append(table)
        index = next((place for place in range(index, len(lines)) if lines[place].span.start >= table.grid.span.end), len(lines))
    return found


def _may_begin(lines: Sequence[PrintedLine], index: int) -> bool:
    """Say whether a line with a single word may hold part of a title: the line below holds several."""
    return index + 1 < len(lines) and len(lines[index + 1].words) > 1


class _Reader:
    def __init__(self, view: str, lexicon: Lexicon) -> None:
        self._view = view
        self._lexicon = lexicon
        self._judge = Judge(lexicon)

    def read(self, start: int, stop: int) -> PrintedTable | None:
        """Read the table whose titles begin at `start`; None if what is below stands in no columns."""
        fitted = [found for wide in (False, True) if (found := self._fit(start, stop, wide=wide)) is not None]
        if not fitted:
            return None
        head, body, _ = min(fitted, key=lambda found: (found[2].misfit, found[2].overlap))
        self._judge.learn(["".join(self._text(word) for word in words) for line in body.lines for words in line.values()])
        columns = to_columns(0, head.names, self._lexicon)
        titles = {(0, column): _span(title) for column, title in enumerate(head.titles)}
        pieces = {_span(title): tuple(word.span for word in title) for title in head.titles if len(title) > 1}
        rows = self._rows(head, body)
        if rows is None and len(self._anchors(head, body.lines)) >= _MOST * len(body.lines):
            # A row is a line: nothing of it stands elsewhere, whatever its columns hold.
            return None
        if columns is None or rows is None:
            whole = Span(start, max(word.span.end for title in head.titles for word in title))
            return PrintedTable(Grid(titles, 1, len(head.names), whole, plain=True, pieces=pieces), None)
        grid = self._to_grid(titles, pieces, head, body, rows[0])
        roles = [column for column, _ in columns.roles]
        doubted = {word.span for line in rows[1] for column in roles for word in body.lines[line].get(column, ())}
        cells = dict.fromkeys(cell for (_, column), cell in grid.cells.items() if column in roles)
        doubts = tuple(Doubt("unsure-row", cell) for cell in cells if doubted & set(grid.pieces.get(cell, ())))
        return PrintedTable(mark_breaks(replace(grid, doubts=doubts), roles, self._view, self._judge, framed=False), columns)

    def _fit(self, start: int, stop: int, *, wide: bool) -> tuple[Head, _Body, Fit] | None:
        lines = find_lines(self._view, start, stop, wide=wide)
        head = find_head(lines, 0, self._view, self._lexicon)
        if head is None:
            return None
        if self._is_head(lines[head.lines : head.lines + 1]):
            # A second row of titles that stand below none of the first: blanks only part them.
            return None
        laid: list[Mapping[int, list[Word]]] = []
        headings: dict[int, Span] = {}
        fits: list[Fit] = []
        for titles, held in self._pages(lines, head):
            plain = [line for line in held if not self._is_across(line, titles)]
            if not fits and (len(plain) < _LEAST_LINES or parts_lines(plain) * 2 < len(plain)):
                return None
            fit = fit_columns(plain, titles)
            if fit is None or fit.misfit > _MOST_MISFIT or fit.aligned < _LEAST_ALIGNED:
                return None
            fits.append(fit)
            for line, by_column in zip(held, lay_lines(held, fit.edges, head.kinds), strict=True):
                if self._is_across(line, titles):
                    headings[len(laid)] = Span(line.words[0].span.start, line.words[-1].span.end)
                laid.append({} if self._is_across(line, titles) else by_column)
        return (head, _Body(tuple(laid), headings), max(fits, key=lambda fit: fit.misfit)) if fits else None

    def _is_head(self, lines: Sequence[PrintedLine]) -> bool:
        kinds = {title_kind(squeeze_title(self._text(word)), self._lexicon) for line in lines for word in line.words}
        return "role" in kinds and kinds <= {"role", "person"}

    def _text(self, word: Word) -> str:
        return word.span.slice(self._view)

    def _pages(self, lines: Sequence[PrintedLine], head: Head) -> Iterator[tuple[Head, list[PrintedLine]]]:
        """Yield the lines of the table by page, with the titles as they are printed again there: each page is laid out by itself."""
        titles, held = head, list[PrintedLine]()
        index = head.lines
        while index < len(lines):
            line = lines[index]
            again = find_head(lines, index, self._view, self._lexicon)
            if again is not None and held and self._is_another(again, lines[index:], held[-1], head):
                # What stands above the titles of another table is its own title.
                held = held[:-1] if held and len(held[-1].words) == 1 and held[-1].page == line.page else held
                break
            if held and (again is not None or line.page != held[-1].page):
                yield titles, held
                held = []
            if again is not None:
                titles = again
                index += again.lines
                continue
            words = self._words(line)
            ends = (is_back_matter(words, self._lexicon) and len(line.words) == 1) or words.startswith(_NOTES)
            across = self._is_across(line, head)
            heading = across and self._is_heading(line) and self._goes_on(lines[index + 1 : index + 4], head)
            if ends or (across and not heading):
                break
            held.append(line)
            index += 1
        if held:
            yield titles, held

    def _is_another(self, again: Head, lines: Sequence[PrintedLine], last: PrintedLine, head: Head) -> bool:
        """Say whether titles begin another table: other ones, or numbers that begin with one below them and no heading above."""
        if again.kinds != head.kinds:
            return True
        numbers = [word for line in lines[again.lines :] for word in line.words[:1] if word.number]
        first = self._text(numbers[0]).strip("（）.、") if numbers else ""
        return "number" in head.kinds and first in ("1", "一") and not (len(last.words) == 1 and self._is_heading(last))

    def _words(self, line: PrintedLine) -> str:
        return "".join(self._text(word) for word in line.words)

    def _is_across(self, line: PrintedLine, head: Head) -> bool:
        """Say whether a line is no row of the table: a single stretch that reaches over several titles, or a heading."""
        if len(line.words) != 1:
            return False
        (word,) = line.words
        over = [title for title in head.titles if title[0].left < word.right and word.left < title[0].right]
        return len(over) > max(1, len(head.titles) // 2) or (self._is_heading(line) and self._before_task(line, head))

    def _before_task(self, line: PrintedLine, head: Head) -> bool:
        """Say whether a line begins to the left of the title of what is done, where the table has no column of sections there."""
        tasks = [title[0].left for title, kind in zip(head.titles, head.kinds, strict=True) if kind in ("task", "section")]
        return (
            bool(tasks)
            and "number" in head.kinds[:1]
            and line.words[0].left <= min(tasks)
            and line.words[0].right > head.titles[0][0].right
        )

    def _mark(self, words: str) -> Mark | None:
        return self._lexicon.marks.find(words, 0, len(words))

    def _is_heading(self, line: PrintedLine) -> bool:
        words = self._words(line)
        mark = self._mark(words)
        return (
            mark is not None
            and mark.kind in ("hanzi", "hanziparen", "named")
            and len(words) <= _LONGEST_HEADING
            and words[-1] not in "。；"
        )

    def _goes_on(self, lines: Sequence[PrintedLine], head: Head) -> bool:
        """Say whether rows follow: a line with words in several columns."""
        return any(len(line.words) > 1 and not self._is_across(line, head) for line in lines)

    def _anchors(self, head: Head, lines: Sequence[Mapping[int, list[Word]]]) -> list[int]:
        """Return the lines each of which belongs to a row of its own: those with a number, or with the number of an item."""
        column = head.kinds.index("number") if "number" in head.kinds else -1
        numbered = [line for line, held in enumerate(lines) if column in held and self._judge.trait(self._cell(held[column])) == "number"]
        if numbered:
            return numbered
        for task in (column for column, kind in enumerate(head.kinds) if kind in ("task", "other", "")):
            marks = [self._mark(self._cell(held[task])) if task in held else None for held in lines]
            items = [line for line, mark in enumerate(marks) if mark is not None and mark.kind == "arabic"]
            if len(items) >= _LEAST_LINES:
                return items
        return []

    def _cell(self, words: Sequence[Word]) -> str:
        return "".join(self._text(word) for word in words)

    def _shared(self, head: Head, lines: Sequence[Mapping[int, list[Word]]]) -> frozenset[int]:
        """Return the columns whose cells may reach over several rows: those of sections, and of tasks that are headings of others."""
        tasks = [column for column, kind in enumerate(head.kinds) if kind == "task"]
        headed = [
            column
            for column in tasks[:-1]
            if any(
                (mark := self._mark(self._cell(held[column]))) is not None and mark.kind in ("hanzi", "hanziparen")
                for held in lines
                if column in held
            )
        ]
        return frozenset(headed) | {column for column, kind in enumerate(head.kinds) if kind == "section"}

    def _rows(self, head: Head, body: _Body) -> tuple[list[tuple[int, int]], set[int]] | None:
        """Return the first line of each row and the one behind its last, and the lines that are not surely of their row; or None."""
        rows: list[tuple[int, int]] = []
        doubted: set[int] = set()
        shared = self._shared(head, body.lines)
        edges = [-1, *sorted(body.headings), len(body.lines)]
        for before, after in pairwise(edges):
            lines = body.lines[before + 1 : after]
            if not lines:
                continue
            finder = RowFinder(self._view, lines, head.kinds, shared, self._judge, self._anchors(head, lines))
            cost, found, unsure = finder.solve()
            if self._has_parts(head, lines, shared, cost * len(found)):
                return None
            doubted.update(before + 1 + line for line in unsure)
            if cost > _TOO_DEAR:
                return None
            rows.extend((before + 1 + start, before + 1 + stop) for start, stop in found)
        return (rows, doubted) if rows else None

    def _has_parts(self, head: Head, lines: Sequence[Mapping[int, list[Word]]], shared: frozenset[int], cost: float) -> bool:
        """Say whether the parts （1） of numbered tasks have rows of their own: these then cost less than those of the numbers."""
        for task in (column for column, kind in enumerate(head.kinds) if kind == "task"):
            marks = [self._mark(self._cell(held[task])) if task in held else None for held in lines]
            parts = [line for line, mark in enumerate(marks) if mark is not None and mark.kind == "arabicparen"]
            if len(parts) > max(1, len(self._anchors(head, lines))):
                over = frozenset(column for column, kind in enumerate(head.kinds) if kind == "number" or (kind == "task" and column < task))
                mean, found, _ = RowFinder(self._view, lines, head.kinds, shared | over, self._judge, parts).solve()
                return mean * len(found) < cost
        return False

    def _to_grid(
        self,
        titles: Mapping[tuple[int, int], Span],
        pieces: Mapping[Span, tuple[Span, ...]],
        head: Head,
        body: _Body,
        rows: Sequence[tuple[int, int]],
    ) -> Grid:
        cells = dict(titles)
        parts = dict(pieces)
        number = last = 0
        numbers: list[int] = []
        for start, stop in rows:
            for heading in (span for line, span in sorted(body.headings.items()) if last <= line < start):
                number += 1
                cells.update({(number, column): heading for column in range(len(head.names))})
            number += 1
            numbers.append(number)
            last = stop
        for column in range(len(head.names)):
            for row, words in zip(numbers, self._column(column, head, body, rows), strict=True):
                if words:
                    cells[row, column] = span = _span(words)
                    parts[span] = tuple(word.span for word in words)
        spans = list(cells.values())
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        return Grid(cells, 1 + number, len(head.names), whole, plain=True, pieces=parts)

    def _column(self, column: int, head: Head, body: _Body, rows: Sequence[tuple[int, int]]) -> list[list[Word]]:
        """Return the words of a column by row; those of a numbered heading that is merged over several rows in each of these."""
        held = [(line, words[column]) for line, words in enumerate(body.lines) if column in words]
        marks = [self._mark(self._cell(words)) for _, words in held]
        begins = [place for place, mark in enumerate(marks) if mark is not None and mark.kind in ("hanzi", "hanziparen")]
        if column in self._shared(head, body.lines) and begins and len(begins) < len(rows):
            merged = [held[start:stop] for start, stop in pairwise([0, *begins[1:], len(held)])]
            laid = spread_cells([(cell[0][0], cell[-1][0]) for cell in merged], rows)
            if laid:
                return [[word for _, words in merged[place] for word in words] for place in laid]
        return [[word for line, words in held if start <= line < stop for word in words] for start, stop in rows]


def _span(words: Sequence[Word]) -> Span:
    return Span(min(word.span.start for word in words), max(word.span.end for word in words))
