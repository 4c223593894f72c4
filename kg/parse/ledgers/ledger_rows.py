"""The rows of a ledger as tasks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.model import Role, RoleBasis, Span
from kg.parse.ledgers.columns import Columns, squeeze_title, title_role
from kg.parse.ledgers.grids import Grid
from kg.parse.ledgers.ledger_names import part_glued, withhold
from kg.parse.ledgers.traits import STARS
from kg.parse.page.layout import Flow
from kg.parse.responsibility.reading import Reader
from kg.parse.responsibility.readings import Reading, Trouble
from kg.parse.responsibility.stretches import Stretch
from kg.parse.structure.items import Item
from kg.parse.structure.tasks import Work
from kg.parse.structure.units import Unit, outranks
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.marks import Mark
from kg.rules.notation_rules import Notation

#: A column of leads is steady if so many rows, and this share of all, have one.
_LEAST_LEADS = 3
_MOST_LEADS = 0.8
_BULLETS = ("—", "-", "△", "●", "◆", "·", "※")


class LedgerReader:
    """Reads one table: a row is a task, a row that is one cell across a heading, a cell over several rows holds for each of them."""

    def __init__(
        self,
        grid: Grid,
        flow: Flow,
        places: Mapping[Span, tuple[int, int]],
        lexicon: Lexicon,
        columns: Columns,
        notation: Notation,
    ) -> None:
        self._grid = grid
        self._flow = flow
        self._places = places
        self._lexicon = lexicon
        self._columns = columns
        self._notation = notation
        self._reader = Reader(lexicon, notation.separators, notation.labels, notation.verbs)
        self._root = Unit(None, None, 0, 0, len(flow.text))
        self._section = self._root
        self._items: list[Item] = []
        self._troubles: list[Trouble] = []
        self._seen: dict[str, int] = {}
        self._paragraphs: dict[str, int] = {}
        self._known: frozenset[str] = frozenset()
        self._lead = self._steady_lead() if grid.plain else -1
        self._parted = any(self._is_shared(row) for row in range(columns.row + 1, grid.rows))

    def read(self) -> tuple[Unit, Work]:
        """Return the sections as a tree, and the rows as tasks."""
        for row in range(self._columns.row):
            cells = {cell for cell in self._grid.row(row) if cell is not None}
            if len(cells) == 1:
                self._open_section(cells.pop())
        self._known = self._lone_names() if self._grid.plain else frozenset()
        for row in range(self._columns.row + 1, self._grid.rows):
            self._read_row(row)
        self._troubles.extend(Trouble(doubt.code, *self._places[doubt.cell]) for doubt in self._grid.doubts if doubt.cell in self._places)
        stretches = tuple(sorted((stretch for item in self._items for stretch in item.stretches), key=lambda stretch: stretch.start))
        return self._root, Work(tuple(self._items), stretches, tuple(dict.fromkeys(self._troubles)))

    def _lone_names(self) -> frozenset[str]:
        """Return the names that the table's cells hold, as they are read cell by cell."""
        cells = {
            self._grid.cells.get((row, column))
            for row in range(self._columns.row + 1, self._grid.rows)
            for column, _ in self._columns.roles
        }
        places = [self._places[cell] for cell in cells if cell is not None]
        readings = [self._reader.read(self._flow.text, start, end, Role.RESPONSIBLE) for start, end in places]
        return frozenset(self._flow.text[name.start : name.end] for reading in readings for name in reading.names())

    def _read_row(self, row: int) -> None:
        cells = [cell for cell in dict.fromkeys(self._grid.row(row)) if cell is not None and self._places[cell][0] < self._places[cell][1]]
        if not cells or self._is_title_row(row):
            return
        if self._is_total(row, cells):
            start, end = min(self._places[cell][0] for cell in cells), max(self._places[cell][1] for cell in cells)
            self._troubles.append(Trouble("total-row", start, end))
            return
        across = len(set(self._grid.row(row))) == 1
        if len(cells) == 1 and (across or all(cells[0] != self._grid.cells.get((row, column)) for column, _ in self._columns.roles)):
            self._open_section(cells[0])
            return
        stretches = [stretch for column, role in self._columns.roles for stretch in self._read_cell(row, column, role)]
        ranges = self._task_ranges(row)
        if self._may_be_merged(row, ranges) and not self._is_title_of_parts(row, ranges):
            self._troubles.append(Trouble("merged-cells", *ranges[0]))
        if not ranges and self._number_of(row, ()) is None and stretches and self._items:
            self._extend(self._items[-1], stretches)
        elif not stretches and self._is_title_of_parts(row, ranges):
            mark = self._number_of(row, ())
            if mark is not None:
                self._number_section(self._section, mark, ranges[0])
        elif stretches or (ranges and (not self._grid.plain or self._number_of(row, ranges) is not None)):
            self._add_item(row, cells, stretches, ranges)

    def _is_title_of_parts(self, row: int, ranges: Sequence[tuple[int, int]]) -> bool:
        """Say whether a numbered row is only the title of those below it that share its number, in a copy that lost merged cells."""
        below = [self._grid.cells.get((row + 1, column)) for column in self._columns.numbers[:1]]
        return self._grid.plain and bool(ranges) and any(below) and below == [self._grid.cells.get((row, self._columns.numbers[0]))]

    def _is_total(self, row: int, cells: Sequence[Span]) -> bool:
        """Say whether a row adds up the others: a cell of it says 合计, or begins with it where no number counts the row."""
        roles = {self._grid.cells.get((row, column)) for column, _ in self._columns.roles}
        across = len(cells) == 1
        words = [squeeze_title(self._flow.text[slice(*self._places[cell])]) for cell in cells if cell not in roles or across]
        if any(word in self._lexicon.words("column-total") for word in words):
            return True
        return bool(words) and self._number_of(row, ()) is None and self._lexicon.total_re.match(words[0]) is not None

    def _may_be_merged(self, row: int, ranges: Sequence[tuple[int, int]]) -> bool:
        """Say whether the cell that names somebody may have got lost in a copy, merged with the one above; the last row may be cut off."""
        if not self._grid.plain or not ranges or row + 1 == self._grid.rows or not self._items:
            return False
        lacks = all(self._grid.cells.get((row, column)) is None for column, _ in self._columns.roles)
        start, end = ranges[0]
        lacks = lacks or (self._lead >= 0 and self._is_empty(row, self._lead))
        return lacks and not self._flow.text[start:end].startswith(self._lexicon.words("column-total"))

    def _is_empty(self, row: int, column: int) -> bool:
        cell = self._grid.cells.get((row, column))
        return cell is None or self._places[cell][0] == self._places[cell][1]

    def _steady_lead(self) -> int:
        """Return the column of leads if it is filled in nearly all rows, so that an empty cell there is odd; else -1."""
        columns = [column for column, role in self._columns.roles if role is Role.LEAD]
        named = [column for column, _ in self._columns.roles]
        if len(columns) != 1 or len(named) < 2:
            return -1
        rows = [row for row in range(self._columns.row + 1, self._grid.rows) if any(not self._is_empty(row, column) for column in named)]
        filled = sum(not self._is_empty(row, columns[0]) for row in rows)
        return columns[0] if filled >= max(_LEAST_LEADS, _MOST_LEADS * len(rows)) else -1

    def _extend(self, item: Item, stretches: Sequence[Stretch]) -> None:
        """Add names that a page break cut off from their row."""
        known = {stretch.start for stretch in item.stretches}
        item.stretches.extend(stretch for stretch in stretches if stretch.start not in known)
        item.end = max(item.end, *(stretch.end for stretch in stretches))

    def _is_title_row(self, row: int) -> bool:
        """Titles are printed again on each page."""
        titles = [self._grid.cells.get((row, column)) for column, _ in self._columns.roles]
        return all(cell is not None and title_role(squeeze_title(self._words(cell)), self._lexicon) is not None for cell in titles)

    def _words(self, cell: Span) -> str:
        start, end = self._places[cell]
        return self._flow.text[start:end]

    def _open_section(self, cell: Span) -> None:
        start, end = self._places[cell]
        mark = self._lexicon.marks.find(self._flow.text, start, end)
        if mark is None:
            self._section = self._root
            return
        unit = Unit(mark, self._root, start, mark.end, end)
        above = self._section
        while above.mark is not None and not outranks(above.mark, mark):
            above = above.parent or self._root
        unit.parent = above
        above.children.append(unit)
        unit.path = self._claim(f"{above.path}.{mark.value}" if above.path else str(mark.value))
        self._section = unit

    def _claim(self, path: str) -> str:
        """Return `path`, or `path` with a number behind it where an item or a section of the table has it already."""
        self._seen[path] = self._seen.get(path, 0) + 1
        return path if self._seen[path] == 1 else f"{path}-{self._seen[path]}"

    def _read_cell(self, row: int, column: int, role: Role) -> list[Stretch]:
        cell = self._grid.cells.get((row, column))
        if cell is None:
            return []
        start, end = self._places[cell]
        doubt = next((doubt for doubt in self._grid.doubts if doubt.cell == cell and doubt.code == "unread-responsibility"), None)
        if doubt is not None:
            return []
        if self._flow.text[start:end].strip(" 。（）\n") in self._lexicon.words("same-as"):
            # No row above it says who.
            self._troubles.append(Trouble("unread-responsibility", start, end))
            return []
        if "|" in self._flow.text[start:end].strip("| \n"):
            # Cells of several columns were glued: which name has which role is lost.
            self._troubles.append(Trouble("unread-table", start, end))
            return []
        reading = self._reader.read(self._flow.text, start, end, role, RoleBasis.COLUMN)
        reading.rule = reading.rule or self._columns.rule
        if self._grid.plain:
            glued = part_glued(self._flow.text, reading, self._known, self._reader.splitter, self._lexicon)
            withheld = withhold(self._flow.text, reading, self._lexicon)
            self._troubles.extend(Trouble("odd-name", name.start, name.end) for name in glued)
            self._troubles.extend(Trouble("unread-responsibility", name.start, name.end) for name in withheld)
        self._troubles.extend(reading.troubles)
        self._troubles.extend(Trouble("odd-name", name.start, name.end) for name in reading.names() if not name.shaped)
        self._troubles.extend(Trouble("person-name", name.start, name.end) for name in reading.persons)
        words = self._flow.text[start:end].strip()
        if (
            not reading.names()
            and words
            and words not in self._lexicon.words("nobody")
            and not (reading.deadlines or reading.troubles or reading.persons)
        ):
            self._troubles.append(Trouble("unread-responsibility", start, end))
        return [Stretch(start, end, self._notation, reading)] if reading.names() else []

    def _task_ranges(self, row: int) -> list[tuple[int, int]]:
        columns = self._columns.tasks or tuple(
            column
            for column in range(self._grid.columns)
            if column not in dict(self._columns.roles)
            and column not in (*self._columns.numbers, *self._columns.sections, *self._columns.deadlines)
        )
        cells = [self._grid.cells.get((row, column)) for column in columns]
        ranges = [self._places[cell] for cell in dict.fromkeys(cells) if cell is not None]
        return [(start, end) for start, end in ranges if start < end]

    def _add_item(self, row: int, cells: Sequence[Span], stretches: list[Stretch], ranges: list[tuple[int, int]]) -> None:
        section, mark, ranges = self._place(row, ranges)
        prefix = f"{section.path}." if section.path else ""
        if mark is None:
            self._paragraphs[section.path] = self._paragraphs.get(section.path, 0) + 1
            path = f"{prefix}p{self._paragraphs[section.path]}"
        else:
            path = f"{prefix}{mark.value}"
            if ranges and mark.start == ranges[0][0]:
                ranges = [(mark.end, ranges[0][1]), *ranges[1:]]
        path = self._claim(path)
        start = min(self._places[cell][0] for cell in cells)
        end = max(self._places[cell][1] for cell in cells)
        unit = Unit(mark, section, start, start, end, path) if mark is not None else section
        terms = [self._places[cell] for column in self._columns.deadlines if (cell := self._grid.cells.get((row, column)))]
        if stretches:
            stretches[0].reading.deadlines.extend(terms)
        elif terms:
            stretches = [Stretch(end, end, self._notation, Reading(deadlines=terms))]
        self._items.append(Item(unit, path, start, start, end, mark is not None, stretches, [], tuple(ranges)))

    def _place(self, row: int, ranges: list[tuple[int, int]]) -> tuple[Unit, Mark | None, list[tuple[int, int]]]:
        """Return a row's section and number, and the cells of its own text."""
        mark = self._number_of(row, ranges)
        while (
            mark is not None
            and self._section.mark is not None
            and self._section.mark.kind == mark.kind
            and self._section.parent is not None
        ):
            # An item stands beside a heading numbered like it, not below.
            self._section = self._section.parent
        section = self._column_section(row) or self._section
        if mark is not None and mark.kind == "hanzi" and len(ranges) > 1 and self._lexicon.marks.find(self._flow.text, *ranges[0]) is None:
            # 一 | 提升效能 | 1.推进改革: the number counts the headings, not the items.
            own = self._lexicon.marks.find(self._flow.text, *ranges[1])
            if own is not None and outranks(mark, own) and self._is_one_item(ranges[1], own):
                return self._number_section(section, mark, ranges[0]), own, ranges[1:]
        parted = self._is_shared(row)
        if mark is not None and (parted or self._is_only_part(ranges)):
            shared = [part for part in ranges if parted and self._spans_rows(row, part)]
            if not shared and self._is_only_part(ranges):
                # A copy lost that the cell before the part is merged over the others.
                shared = ranges[:-1]
            section = self._number_section(section, mark, shared[0] if shared else (mark.end, mark.end))
            ranges = [part for part in ranges if part not in shared] or ranges
            own = self._lexicon.marks.find(self._flow.text, *ranges[0]) if ranges else None
            return section, own if own is not None and own.kind not in ("hanzi",) else None, ranges
        while len(ranges) > 1 and self._is_heading(row, ranges):
            # 一、公开 | （一）预决算 | 公开预算: the first cells are headings of the last.
            first = self._lexicon.marks.find(self._flow.text, *ranges[0])
            if first is None:
                break
            section = self._number_section(section, first, (first.end, ranges[0][1]))
            mark = self._lexicon.marks.find(self._flow.text, *ranges[1]) if mark == first else mark
            ranges = ranges[1:]
        return section, mark, ranges

    def _is_one_item(self, part: tuple[int, int], first: Mark) -> bool:
        """Say whether a cell that begins with the mark `first` holds no other of its kind."""
        lines = [match.start() + first.end for match in re.finditer(r"(?<=[\n。；])", self._flow.text[first.end : part[1]])]
        marks = [self._lexicon.marks.find(self._flow.text, line, part[1]) for line in lines if line < part[1]]
        return all(mark is None or mark.kind != first.kind for mark in marks)

    def _is_heading(self, row: int, ranges: Sequence[tuple[int, int]]) -> bool:
        """Say whether the first cell of a row's text is the heading of the others."""
        first, second = self._lexicon.marks.find(self._flow.text, *ranges[0]), self._lexicon.marks.find(self._flow.text, *ranges[1])
        if first is None:
            return False
        if second is not None and outranks(first, second):
            return True
        number = self._number_of(row, ())
        return first.kind in ("hanzi", "hanziparen") and (number is not None or self._spans_rows(row, ranges[0]))

    def _is_shared(self, row: int) -> bool:
        """Say whether the number's cell reaches over several rows, each of which is a task of its own under that number."""
        return any(self._reaches(row, column) for column in self._columns.numbers[:1])

    def _is_only_part(self, ranges: Sequence[tuple[int, int]]) -> bool:
        """Say whether a row is the only part of its number: it counts its text as the parts of other numbers of the table do."""
        own = self._lexicon.marks.find(self._flow.text, *ranges[-1]) if len(ranges) > 1 else None
        return self._parted and own is not None and own.kind == "arabicparen"

    def _reaches(self, row: int, column: int) -> bool:
        cell = self._grid.cells.get((row, column))
        return cell is not None and cell in (self._grid.cells.get((row - 1, column)), self._grid.cells.get((row + 1, column)))

    def _spans_rows(self, row: int, part: tuple[int, int]) -> bool:
        columns = [
            column for column in range(self._grid.columns) if (cell := self._grid.cells.get((row, column))) and self._places[cell] == part
        ]
        return any(self._reaches(row, column) for column in columns)

    def _number_section(self, section: Unit, mark: Mark, title: tuple[int, int]) -> Unit:
        path = f"{section.path}.{mark.value}" if section.path else str(mark.value)
        known = next((unit for unit in section.children if unit.path == path), None)
        if known is None:
            known = Unit(mark, section, mark.start, *title, path)
            section.children.append(known)
        return known

    def _column_section(self, row: int) -> Unit | None:
        for column in self._columns.sections:
            cell = self._grid.cells.get((row, column))
            mark = self._lexicon.marks.find(self._flow.text, *self._places[cell]) if cell is not None else None
            if cell is not None and mark is not None:
                return self._number_section(self._section, mark, (mark.end, self._places[cell][1]))
        return None

    def _number_of(self, row: int, ranges: Sequence[tuple[int, int]]) -> Mark | None:
        for column in self._columns.numbers:
            cell = self._grid.cells.get((row, column))
            if cell is None or self._places[cell][0] == self._places[cell][1]:
                continue
            start, end = self._places[cell]
            start += len(self._flow.text[start:end]) - len(self._flow.text[start:end].lstrip(STARS))
            words = self._flow.text[start:end].rstrip(STARS)
            mark = self._lexicon.marks.find(self._flow.text, start, end)
            if mark is not None and mark.end == end:
                return mark
            if words.isdigit() and words.isascii():
                return Mark(start, end, "arabic", int(words), words, words, inline=False)
            if re.fullmatch("[一二三四五六七八九十百]{1,5}", words):
                whole = self._lexicon.marks.find(words + "、", 0, len(words) + 1)
                return Mark(start, end, "hanzi", whole.value, words, words, inline=False) if whole is not None else None
        return self._lexicon.marks.find(self._flow.text, *ranges[0]) if ranges else None
