"""Tables that were copied as text: a cell on each line, or cells parted by nothing but blanks.

Titles in a row, one of which names a role, say that a table begins. What follows is laid on their columns (see :mod:`kg.parse.alignment`);
where that does not work well, the table is left unread and reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Document, Span
from kg.parse.alignment import Judge, align_stream
from kg.parse.columns import Columns, names_columns, squeeze_title, title_kind, to_columns
from kg.parse.grids import Grid
from kg.parse.lexicon import Lexicon
from kg.parse.marks import find_mark
from kg.parse.outline import is_back_matter
from kg.parse.script import fold_text, is_traditional

_LONGEST_TITLE = 14
_MOST_COLUMNS = 12
#: What no title holds: marks of a sentence, a label's colon, a number at its end.
_NO_TITLE_RE = re.compile(r"[。；：，]|\d\s*$")
#: Above this cost of a cell, what stands below titles is no table that can be trusted.
_TOO_DEAR = 0.9
_LEAST_NAMED = 0.5
#: The title of a column of numbers that has none.
_UNTITLED = "序号"


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table that was laid out anew; ``columns`` is None where that did not work, and ``grid`` holds its titles only."""

    grid: Grid
    columns: Columns | None


@dataclass(frozen=True, slots=True)
class _Titles:
    """Titles in a row: their spans, what parts cells from each other, and where the first cell may begin."""

    spans: tuple[Span, ...]
    words: tuple[str, ...]
    mode: str
    end: int


def find_loose_tables(document: Document, lexicon: Lexicon, taken: Sequence[Span]) -> list[LooseTable]:
    """Find the tables of a plain text outside the stretches that are `taken`."""
    if any(block.table >= 0 for block in document.blocks):
        return []
    view = fold_text(document.text, traditional=is_traditional(document.text, lexicon.rules))
    finder = _Finder(view, lexicon)
    found: list[LooseTable] = []
    position = 0
    for titles in finder.titles():
        if titles.spans[0].start < position or any(hole.start <= titles.spans[0].start < hole.end for hole in taken):
            continue
        stop = min((hole.start for hole in taken if hole.start >= titles.end), default=len(view))
        table = finder.lay_out(titles, stop)
        found.append(table)
        position = table.grid.span.end
    return found


class _Finder:
    def __init__(self, view: str, lexicon: Lexicon) -> None:
        self._view = view
        self._lexicon = lexicon
        self._judge = Judge(lexicon)

    def titles(self) -> Iterator[_Titles]:
        """Yield the runs of titles in the order of the page."""
        lines = [span for start, end in _line_spans(self._view) if (span := self._trim(start, end)) is not None]
        index = 0
        while index < len(lines):
            run = self._run_of_titles(lines, index)
            if run:
                yield self._to_titles(run)
                index += len(run)
                continue
            titles = self._titles_in(lines[index])
            if titles is not None:
                yield titles
            index += 1

    def _trim(self, start: int, end: int) -> Span | None:
        while start < end and self._view[start] in " \t\u3000\u00a0|":
            start += 1
        while end > start and self._view[end - 1] in " \t\u3000\u00a0|":
            end -= 1
        return Span(start, end) if start < end else None

    def _kind(self, words: str) -> str:
        return title_kind(words, self._lexicon)

    def _run_of_titles(self, lines: Sequence[Span], index: int) -> list[Span]:
        """Return the lines from `index` on that are titles, one each; a single unknown one may stand between known ones."""
        run: list[Span] = []
        known = 0
        for line in lines[index : index + _MOST_COLUMNS]:
            printed = line.slice(self._view)
            words = squeeze_title(printed)
            if (
                not words
                or printed.endswith("：")
                or len(words) > _LONGEST_TITLE
                or re.search(r"[。；：，]|\d$", words)
                or find_mark(words, 0, len(words))
            ):
                break
            if self._kind(words):
                run.append(line)
                known = len(run)
            elif run and known == len(run):
                run.append(line)
            else:
                break
        run = run[:known]
        return run if len(run) >= 2 and names_columns([squeeze_title(line.slice(self._view)) for line in run], self._lexicon) else []

    def _to_titles(self, run: Sequence[Span]) -> _Titles:
        between = [self._view[left.end : right.start] for left, right in pairwise(run)]
        mode = "bars" if all("|" in gap for gap in between) else "blank lines" if all(gap.count("\n") > 1 for gap in between) else "lines"
        return _Titles(tuple(run), tuple(squeeze_title(span.slice(self._view)) for span in run), mode, run[-1].end)

    def _titles_in(self, line: Span) -> _Titles | None:
        """Read one line as titles parted by blanks; a title may itself hold blanks (责 任 单 位)."""
        parts = [
            Span(line.start + match.start(), line.start + match.end()) for match in re.finditer(r"[^\s\u3000]+", line.slice(self._view))
        ]
        if len(parts) < 3 or line.end - line.start > 120:
            return None
        spans: list[Span] = []
        known = 0
        while parts:
            taken = next((count for count in range(min(6, len(parts)), 0, -1) if self._kind(self._joined(parts[:count]))), 0)
            known += taken > 0
            spans.append(Span(parts[0].start, parts[max(taken, 1) - 1].end))
            parts = parts[max(taken, 1) :]
        words = [squeeze_title(span.slice(self._view)) for span in spans]
        if known < 3 or known * 3 < len(spans) * 2 or not names_columns(words, self._lexicon):
            return None
        return _Titles(tuple(spans), tuple(words), "blanks", line.end)

    def _joined(self, parts: Sequence[Span]) -> str:
        return squeeze_title("".join(part.slice(self._view) for part in parts))

    def lay_out(self, titles: _Titles, stop: int) -> LooseTable:
        """Lay what follows `titles` on their columns."""
        cells = self._cells(titles, stop)
        words = [squeeze_cell(cell.slice(self._view)) for cell in cells]
        starts = frozenset(index for index, cell in enumerate(cells) if self._begins_line(cell)) if titles.mode == "blanks" else None
        cost, names, placed = 0.0, titles.words, list[tuple[int, int]]()
        head = {(0, column): span for column, span in enumerate(titles.spans)}
        for extra in self._variants(titles.words):
            variant = titles.words if extra < 0 else (*titles.words[:extra], _UNTITLED, *titles.words[extra:])
            dear, laid = align_stream(words, [self._kind(name) or "other" for name in variant], self._judge, starts)
            if extra < 0 or dear < cost:
                cost, names, placed = dear, variant, laid
                head = {(0, column + (0 <= extra <= column)): span for column, span in enumerate(titles.spans)}
        columns = to_columns(0, names, self._lexicon)
        kept = self._last_row(words, placed, columns) if columns is not None else 0
        if columns is None or cost > _TOO_DEAR or not kept:
            return LooseTable(Grid(head, 1, len(names), Span(titles.spans[0].start, titles.spans[-1].end), plain=True), None)
        return LooseTable(_to_grid(head, cells[:kept], placed[:kept], len(names)), columns)

    def _variants(self, titles: tuple[str, ...]) -> Iterator[int]:
        """Yield -1 for the titles as they are, and where none is that of numbers, each place where such a column may stand untitled."""
        yield -1
        if all(self._kind(title) != "number" for title in titles):
            yield from range(len(titles))

    def _cells(self, titles: _Titles, stop: int) -> list[Span]:
        """Return the cells that follow the titles, to the end of the text or what cannot be a cell: a signature, an annex."""
        cells: list[Span] = []
        for start, end in _PIECES[titles.mode](self._view, titles.end, stop):
            span = self._trim(start, end)
            if span is None:
                continue
            words = squeeze_cell(span.slice(self._view))
            if is_back_matter(words) or words.startswith(("注：", "备注：", "附件")):
                break
            cells.append(span)
        return self._without_titles(cells, titles)

    def _without_titles(self, cells: Sequence[Span], titles: _Titles) -> list[Span]:
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

    def _last_row(self, words: Sequence[str], placed: Sequence[tuple[int, int]], columns: Columns) -> int:
        """Return how many cells belong to the table: to the last row that names somebody, and a numbered one that was cut off after it.

        0 says that too few rows name somebody.
        """
        roles = dict(columns.roles)
        named = {
            row for (row, column), cell in zip(placed, words, strict=True) if column in roles and self._judge.trait(cell) == "agencies"
        }
        rows = {row for row, column in placed if column >= 0}
        last = max(named, default=-1)
        inside = {row for row in rows if row <= last}
        if not named or len(named) < _LEAST_NAMED * len(inside):
            return 0
        following = [index for index, (row, _) in enumerate(placed) if row == last + 1]
        cut = bool(following) and self._judge.trait(words[following[0]]) == "number" and len(following) > 1
        return sum(row <= last + cut for row, _ in placed)


def squeeze_cell(words: str) -> str:
    """Return the words of a cell (of the view) without blanks and line breaks."""
    return re.sub(r"[\s\u3000\u00a0|]+", "", words)


def _to_grid(head: dict[tuple[int, int], Span], cells: Sequence[Span], placed: Sequence[tuple[int, int]], columns: int) -> Grid:
    laid = dict(head)
    for cell, (row, column) in zip(cells, placed, strict=True):
        if column < 0:
            laid.update({(row + 1, across): cell for across in range(columns)})
            continue
        before = laid.get((row + 1, column))
        laid[row + 1, column] = Span(before.start, cell.end) if before is not None else cell
    whole = Span(min(cell.start for cell in head.values()), cells[-1].end)
    return Grid(laid, 2 + placed[-1][0], columns, whole, plain=True)


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
