"""Tables that were copied as text: a cell on each line, or cells parted by nothing but blanks.

Titles in a row, one of which names a role, say that a table begins. What follows is laid on their columns (see :mod:`.alignment`);
where that does not work well, the table is left unread and reported.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Document, Span
from kg.parse.ledgers.columns import Columns, squeeze_title, title_kind, to_columns
from kg.parse.ledgers.grids import Grid
from kg.parse.ledgers.printed_tables import find_printed_tables
from kg.parse.ledgers.stream_rows import StreamRows
from kg.parse.ledgers.streams import align_stream
from kg.parse.ledgers.titles import TitleFinder, Titles
from kg.parse.ledgers.traits import Judge
from kg.parse.ledgers.wraps import Wraps
from kg.parse.page.back_matter import is_back_matter
from kg.parse.words.forms import DAY
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.script import make_view

#: Above this cost of a cell, what stands below titles is no table that can be trusted.
_TOO_DEAR = 0.9
#: The same where a single line holds the whole table, and nothing but the cells' looks says where rows begin.
_TOO_DEAR_IN_LINE = 0.4
_LEAST_NAMED = 0.4
#: The day below a signature.
_PRINTED_RE = re.compile(rf"{DAY}(?:印发)?")
#: A line of a narrow cell.
_PIECE_RE = re.compile(r"[\u4e00-\u9fff（）、]{1,4}")
#: The title of a column of numbers that has none.
_UNTITLED = "序号"
#: A title over several columns stands over at least so many.
_LEAST_BELOW = 2


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table that was laid out anew; ``columns`` is None where that did not work, and ``grid`` holds its titles only.

    ``glued`` are titles that run on into what follows them, on a line of their own or not.
    """

    grid: Grid
    columns: Columns | None
    glued: bool = False


def find_loose_tables(document: Document, lexicon: Lexicon, taken: Sequence[Span]) -> list[LooseTable]:
    """Find the tables of a plain text outside the stretches that are `taken`."""
    if any(block.table >= 0 for block in document.blocks):
        return []
    view, _ = make_view(document.text, lexicon.rules)
    finder = _Finder(view, lexicon)
    found = [LooseTable(table.grid, table.columns) for table in find_printed_tables(view, lexicon, taken)]
    taken = [*taken, *(table.grid.span for table in found)]
    position = 0
    tables = list(finder.titles.find())
    for titles in tables:
        if titles.spans[0].start < position or any(hole.start <= titles.spans[0].start < hole.end for hole in taken):
            continue
        others = [other.spans[0].start for other in tables if other.words != titles.words or finder.has_heading(other, titles)]
        stop = min((start for start in [*others, *(hole.start for hole in taken)] if start >= titles.end), default=len(view))
        table = finder.lay_out(titles, stop)
        found.append(table)
        position = table.grid.span.end
    read = [*taken, *(table.grid.span for table in found)]
    found.extend(
        LooseTable(Grid({(0, 0): span}, 1, 1, span, plain=True), None, glued=True)
        for span in finder.titles.find_glued()
        if not any(hole.start < span.end and span.start < hole.end for hole in read)
    )
    read.extend(table.grid.span for table in found)
    found.extend(
        LooseTable(Grid({(0, 0): role}, 1, 1, role, plain=True), None, glued=True)
        for number, role in finder.titles.find_scattered()
        if not any(hole.start < span.end and span.start < hole.end for hole in read for span in (number, role))
    )
    return found


class _Finder:
    def __init__(self, view: str, lexicon: Lexicon) -> None:
        self._view = view
        self._lexicon = lexicon
        self._judge = Judge(lexicon)
        self._joins: frozenset[int] = frozenset()
        self.titles = TitleFinder(view, lexicon)

    def has_heading(self, titles: Titles, first: Titles) -> bool:
        """Say whether the line above `titles` is a heading: those of `first` stand anew below it, and not at the head of a page.

        Headings that count as items do (1.发展工业, 2.发展农业) stand above both.
        """
        start, end = self._line_above(titles)
        if titles.mode == "bars":
            return False
        mark, before = self._lexicon.marks.find(self._view, start, end), self._lexicon.marks.find(self._view, *self._line_above(first))
        goes_on = mark is not None and before is not None and (mark.kind, mark.value) == (before.kind, before.value + 1)
        return goes_on or self._judge.trait(squeeze_cell(self._view[start:end])) == "heading"

    def _line_above(self, titles: Titles) -> tuple[int, int]:
        end = len(self._view[: titles.spans[0].start].rstrip())
        return self._view.rfind("\n", 0, end) + 1, end

    def _kind(self, words: str) -> str:
        return title_kind(words, self._lexicon)

    def lay_out(self, titles: Titles, stop: int) -> LooseTable:
        """Lay what follows `titles` on their columns."""
        self._joins = frozenset()
        cells = self._cells(titles, stop)
        words = [squeeze_cell(cell.slice(self._view)) for cell in cells]
        self._judge.learn(words)
        starts = self._line_starts(cells) if titles.mode == "blanks" else None
        cost, names, placed, head = math.inf, titles.words, list[tuple[int, int]](), dict[tuple[int, int], Span]()
        for order in self._orders(titles.words):
            variant = tuple(titles.words[title] if title >= 0 else _UNTITLED for title in order)
            dear, laid = align_stream(words, [self._kind(name) or "other" for name in variant], self._judge, starts)
            if dear < cost:
                cost, names, placed = dear, variant, laid
                head = {(0, column): titles.spans[title] for column, title in enumerate(order) if title >= 0}
        columns = to_columns(0, names, self._lexicon)
        kept = self._last_cell(words, placed, columns) if columns is not None else 0
        too_dear = _TOO_DEAR if starts is None or starts else _TOO_DEAR_IN_LINE
        lost = columns is not None and bool(columns.numbers) and not any(column in columns.numbers for _, column in placed)
        if columns is None or cost > too_dear or not kept or lost:
            return LooseTable(Grid(head, 1, len(names), Span(titles.spans[0].start, titles.spans[-1].end), plain=True), None)
        kinds = [self._kind(name) or "other" for name in names]
        rows = StreamRows(cells[:kept], words, placed[:kept], columns, kinds, self._judge, exact=titles.mode == "bars")
        return LooseTable(replace(rows.to_grid(head), joins=self._joins, hard=titles.mode in ("bars", "blank lines")), columns)

    def _orders(self, titles: tuple[str, ...]) -> Iterator[list[int]]:
        """Yield the orders in which the titles may stand over the columns, the printed one first; -1 is a column without a title.

        Where no title is that of numbers, such a column may stand untitled. A title over two columns is printed before the others of its
        row, and the titles below it behind them all: 任务 责任分工 时限 牵头单位 配合单位.
        """
        printed = list(range(len(titles)))
        yield printed
        kinds = [self._kind(title) for title in titles]
        if "number" not in kinds:
            yield from ([*printed[:place], -1, *printed[place:]] for place in printed)
        first = max((place for place, kind in enumerate(kinds) if kind not in ("role", "person")), default=0) + 1
        for last in range(first, len(titles) - _LEAST_BELOW + 1):
            if "role" in kinds[last:]:
                yield from (
                    [*printed[:over], *printed[last:], *printed[over + 1 : last]] for over in printed[:last] if kinds[over] == "role"
                )

    def _cells(self, titles: Titles, stop: int) -> list[Span]:
        """Return the cells that follow the titles, to the end of the text or what cannot be a cell: a signature, an annex.

        Cells between bars are kept though they are empty.
        """
        cells: list[Span] = []
        for start, end in _PIECES[titles.mode](self._view, titles.end, stop):
            span = self.titles.trim(start, end)
            if span is None:
                if titles.mode == "bars" and cells:
                    cells.append(Span(end, end))
                continue
            words = squeeze_cell(span.slice(self._view))
            if not words and not cells:
                # What stands between the last title and its bar is no cell.
                continue
            if (is_back_matter(words, self._lexicon) and not _PRINTED_RE.fullmatch(words)) or words.startswith(("注：", "备注：", "附件")):
                break
            cells.append(span)
        cells = self._without_signature(self._without_titles(cells, titles), titles)
        if titles.mode == "blanks":
            return self._join_persons(cells)
        if titles.mode == "bars":
            return cells
        lines = [squeeze_cell(cell.slice(self._view)) for cell in cells]
        cells, self._joins = Wraps(lines, self._judge, self._lexicon).join(cells)
        return self._join_pieces(cells)

    def _without_signature(self, cells: list[Span], titles: Titles) -> list[Span]:
        """Cut off who signs and the day below, with all that follows; a day may also be the term of the last row."""
        kinds = [self._kind(title) for title in titles.words]
        term_last = "deadline" in kinds and kinds.index("deadline") > max(place for place, kind in enumerate(kinds) if kind == "role")
        words = [squeeze_cell(cell.slice(self._view)) for cell in cells]
        number = max((index for index, cell in enumerate(words) if self._judge.trait(cell) == "number"), default=-1)
        for index in range(len(cells) - 1, max(number, 0), -1):
            name = words[index - 1]
            if not _PRINTED_RE.fullmatch(words[index]) or self._judge.trait(name) != "agencies" or re.search("[、，]", name):
                continue
            # A numbered row has room for as many cells as there are columns; without numbers, one that signs stands nowhere else.
            in_row = (
                index - number < len(kinds) if number >= 0 else not name.endswith(self._lexicon.words("signer")) or words.count(name) > 1
            )
            if self._begins_line(cells[index - 1]) and not (term_last and in_row):
                return cells[: index - 1]
        return cells

    def _join_persons(self, cells: Sequence[Span]) -> list[Span]:
        """Join the two characters of a short name, which are printed apart (陈 芳)."""
        joined: list[Span] = []
        for cell in cells:
            before = joined[-1] if joined else None
            short = before is not None and len(before.slice(self._view)) == len(cell.slice(self._view)) == 1
            if before is not None and short and "\n" not in self._view[before.end : cell.start]:
                words = before.slice(self._view) + cell.slice(self._view)
                if self._judge.trait(words) == "person":
                    joined[-1] = Span(before.start, cell.end)
                    continue
            joined.append(cell)
        return joined

    def _join_pieces(self, cells: Sequence[Span]) -> list[Span]:
        """Join the lines of a narrow cell none of which is a name, though all together are (市政⏎府办⏎公厅)."""
        joined: list[Span] = []
        index = 0
        while index < len(cells):
            run = index
            while run < len(cells) and self._is_piece(cells[run]):
                run += 1
            stop = next((end for end in range(run, index + 1, -1) if self._is_name(cells[index:end])), index + 1)
            joined.append(Span(cells[index].start, cells[stop - 1].end))
            index = stop
        return joined

    def _is_piece(self, cell: Span) -> bool:
        words = squeeze_cell(cell.slice(self._view))
        return _PIECE_RE.fullmatch(words) is not None and self._judge.trait(words) not in ("agencies", "nobody", "time", "number")

    def _is_name(self, cells: Sequence[Span]) -> bool:
        words = "".join(squeeze_cell(cell.slice(self._view)) for cell in cells)
        return self._judge.trait(words) == "agencies" and not re.search("[、，；]", words)

    def _without_titles(self, cells: Sequence[Span], titles: Titles) -> list[Span]:
        """Drop titles that are printed again on each page."""
        words = [squeeze_title(cell.slice(self._view)) for cell in cells]
        kept: list[Span] = []
        index = 0
        while index < len(cells):
            if tuple(words[index : index + len(titles.words)]) == titles.words:
                index += len(titles.words)
                continue
            kept.append(cells[index])
            index += 1
        return kept

    def _begins_line(self, cell: Span) -> bool:
        return not self._view[self._view.rfind("\n", 0, cell.start) + 1 : cell.start].strip()

    def _line_starts(self, cells: Sequence[Span]) -> frozenset[int]:
        """Return the cells that begin a printed line; none if the whole table stands in one."""
        starts = frozenset(index for index, cell in enumerate(cells) if self._begins_line(cell))
        return starts if len(starts) > 1 else frozenset()

    def _last_cell(self, words: Sequence[str], placed: Sequence[tuple[int, int]], columns: Columns) -> int:
        """Return how many cells belong to the table: to the last row that names somebody, and numbered ones after it.

        0 says that too few rows name somebody.
        """
        roles = dict(columns.roles)
        rows = {row for row, column in placed if column >= 0}
        tasks = {row for row, column in placed if column in columns.tasks}
        named = {
            row
            for (row, column), cell in zip(placed, words, strict=True)
            if column in roles
            and (
                self._judge.trait(cell) in ("agencies", "duty")
                or (row in tasks and (self._judge.trait(cell) == "perhaps" or cell.rstrip("。") in self._lexicon.words("same-as")))
            )
        }
        last = max(named, default=-1)
        inside = {row for row in rows if row <= last}
        if not named or len(named) < _LEAST_NAMED * len(inside):
            return 0
        kept = sum(row <= last for row, _ in placed)
        # A numbered row that names nobody: only its number and its first cell are surely its own.
        while kept + 1 < len(placed) and placed[kept][1] in columns.numbers and placed[kept + 1][0] == placed[kept][0]:
            kept += 2
            following = next((index for index in range(kept, len(placed)) if placed[index][0] != placed[kept - 1][0]), len(placed))
            if following != kept:
                break
        return kept


def squeeze_cell(words: str) -> str:
    """Return the words of a cell (of the view) without blanks and line breaks."""
    return re.sub(r"[\s\u3000\u00a0|]+", "", words)


def _line_spans(view: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    yield from _split(view, r"\n", start, len(view) if stop is None else stop)


def _split(view: str, mark: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in re.compile(mark).finditer(view, start, stop):
        yield position, match.start()
        position = match.end()
    yield position, stop


def _between_bars(view: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield what bars close; what follows the last bar is no cell."""
    position = start
    for match in re.compile(r"\|").finditer(view, start, stop):
        yield position, match.start()
        position = match.end()


_PIECES: Mapping[str, Callable[[str, int, int], Iterator[tuple[int, int]]]] = {
    "bars": _between_bars,
    "blank lines": lambda view, start, stop: _split(view, r"\n[ \t\u3000\u00a0]*\n\s*", start, stop),
    "lines": _line_spans,
    "blanks": lambda view, start, stop: _split(view, r"[\s\u3000]+", start, stop),
}
