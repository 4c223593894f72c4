"""Tables whose columns say who is responsible: a row is a task.

A table is read as a ledger if one of its first rows holds titles of which at least one names a role. A row that is one cell across is a
heading; cells that reach over several rows hold for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Document, Role, RoleBasis, Span
from kg.parse.assignments import Stretch
from kg.parse.build import Source
from kg.parse.document_rules import ListRule, find_rule
from kg.parse.grids import Grid, find_grids
from kg.parse.layout import Flow, make_cells
from kg.parse.lexicon import Lexicon
from kg.parse.marks import Mark, find_mark
from kg.parse.outline import Unit
from kg.parse.reading import Reader, Reading, Trouble
from kg.parse.tasks import Item, Work
from kg.rules.notation_rules import Notation

_TITLE_ROWS = 6
_LONGEST_TITLE = 24


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a ledger are: role columns with their role, and the others by kind."""

    row: int
    roles: tuple[tuple[int, Role], ...]
    numbers: tuple[int, ...]
    tasks: tuple[int, ...]
    sections: tuple[int, ...]
    deadlines: tuple[int, ...]
    rule: ListRule | None


@dataclass(slots=True)
class Ledgers:
    """The ledgers of a document: their sources, and the stretches of text they take away from the flow."""

    found: list[tuple[Unit, Flow, Work]] = field(default_factory=list)
    holes: list[Span] = field(default_factory=list)
    unread: list[tuple[Flow, Trouble]] = field(default_factory=list)

    def sources(self, has_text: bool) -> list[Source]:
        """Return one source a ledger; each after the first plan of the file is a part of its own."""
        sources: list[Source] = []
        for number, (root, flow, work) in enumerate(self.found, start=2 if has_text else 1):
            if number > 1:
                _prefix(root, f"part{number}")
                for item in work.items:
                    item.path = f"part{number}.{item.path}"
            sources.append(Source(flow, (root,), work))
        return sources


def read_ledgers(document: Document, lexicon: Lexicon) -> Ledgers:
    """Read every table of `document` that is a ledger; a later table that goes on with the numbers of the one before is joined to it."""
    ledgers = Ledgers()
    notation = next((notation for notation in lexicon.rules.notations if notation.shape == "table"), None)
    if notation is None:
        return ledgers
    ledgers.unread.extend(_unread_boxes(document, lexicon))
    known: Columns | None = None
    for grid in find_grids(document):
        flow, places = make_cells(document, lexicon, list(dict.fromkeys(grid.cells.values())))
        columns = _find_columns(grid, flow, places, lexicon)
        if columns is None and known is not None and _continues(grid, flow, places, known):
            columns = Columns(-1, known.roles, known.numbers, known.tasks, known.sections, known.deadlines, known.rule)
        if columns is None:
            ledgers.unread.extend((flow, trouble) for trouble in _unread_titles(grid, flow, places, lexicon))
            continue
        known = columns
        reader = _LedgerReader(grid, flow, places, lexicon, columns, notation)
        root, work = reader.read()
        if work.items or work.troubles:
            ledgers.found.append((root, flow, work))
        ledgers.holes.append(_hole(grid, flow, places, columns))
    return ledgers


def _unread_boxes(document: Document, lexicon: Lexicon) -> list[tuple[Flow, Trouble]]:
    """Return the lines of drawn tables that speak of responsibility.

    A cell's text lies scattered over several lines there, and is not read.
    """
    found: list[tuple[Flow, Trouble]] = []
    for match in re.finditer(r"[^\n]*│[^\n]*", document.text):
        span = Span(match.start(), match.end())
        if any(word in match.group().replace(" ", "") for word in lexicon.words("speaks")):
            flow, places = make_cells(document, lexicon, [span])
            found.append((flow, Trouble("unread-table", *places[span])))
    return found


def _hole(grid: Grid, flow: Flow, places: dict[Span, tuple[int, int]], columns: Columns) -> Span:
    """Return the stretch a ledger takes from the text: titles and rows. What stands above its titles (the plan's own title) stays text."""
    for row in range(columns.row + 1):
        cells = {cell for cell in grid.row(row) if cell is not None}
        if row == columns.row or (len(cells) == 1 and all(find_mark(flow.text, *places[cell]) for cell in cells)):
            return Span(grid.span.start if row == 0 else min(cell.start for cell in cells), grid.span.end)
    return grid.span


def _unread_titles(grid: Grid, flow: Flow, places: dict[Span, tuple[int, int]], lexicon: Lexicon) -> list[Trouble]:
    """Return titles that speak of responsibility in a table that is no ledger."""
    titles = [cell for row in range(min(_TITLE_ROWS, grid.rows)) for cell in dict.fromkeys(grid.row(row)) if cell is not None]
    spoken = [cell for cell in titles if any(word in _words(flow, places, cell) for word in lexicon.words("speaks"))]
    return [
        Trouble("unread-table", *places[cell])
        for cell in dict.fromkeys(spoken)
        if re.fullmatch(r"[\u4e00-\u9fff（）、]{2,14}", _words(flow, places, cell))
    ]


def _prefix(root: Unit, prefix: str) -> None:
    root.path = prefix
    for unit in root.walk()[1:]:
        unit.path = f"{prefix}.{unit.path}"


def _find_columns(grid: Grid, flow: Flow, places: dict[Span, tuple[int, int]], lexicon: Lexicon) -> Columns | None:
    best: Columns | None = None
    for row in range(min(_TITLE_ROWS, grid.rows)):
        titles = [_words(flow, places, cell) for cell in grid.row(row)]
        if best is not None and sum(bool(_title_role(title, lexicon)) for title in titles) <= len(best.roles):
            continue
        columns = _to_columns(row, titles, lexicon)
        if columns is not None:
            best = columns
    return best


def _words(flow: Flow, places: dict[Span, tuple[int, int]], cell: Span | None) -> str:
    if cell is None:
        return ""
    start, end = places[cell]
    return flow.text[start:end].replace("\n", "").replace(" ", "").strip("：")


def _to_columns(row: int, titles: Sequence[str], lexicon: Lexicon) -> Columns | None:
    roles: list[tuple[int, Role]] = []
    kinds: dict[str, list[int]] = {name: [] for name in ("column-number", "column-task", "column-section", "column-deadline")}
    for column, title in enumerate(titles):
        if not title or len(title) > _LONGEST_TITLE:
            continue
        role = _title_role(title, lexicon)
        if role is not None:
            roles.append((column, role))
            continue
        for name, listed in kinds.items():
            if title in lexicon.words(name) or (name == "column-task" and title.endswith(("任务", "措施", "举措", "内容", "事项"))):
                listed.append(column)
                break
    if not roles or len([title for title in titles if title]) < 2:
        return None
    rules = [said[0] for title in titles for words in _with_inner(title) if (said := find_rule(words, lexicon)) is not None]
    return Columns(
        row,
        tuple(roles),
        tuple(kinds["column-number"]),
        tuple(kinds["column-task"]),
        tuple(kinds["column-section"]),
        tuple(kinds["column-deadline"]),
        rules[0] if rules else None,
    )


def _with_inner(title: str) -> list[str]:
    return [title, *re.findall(r"[（〔]([^（）〔〕]*)[）〕]", title)]


def _title_role(title: str, lexicon: Lexicon) -> Role | None:
    bare = re.sub(r"（[^）]*）|〔[^〕]*〕", "", title)
    if bare in lexicon.words("column-person"):
        return None
    for words in (title, bare):
        if words in lexicon.rules.columns:
            return lexicon.rules.columns[words]
        match = lexicon.label_re.fullmatch(words + "：")
        if match is not None and match.group("label"):
            return lexicon.label_role(match.group("label"))
    return None


def _continues(grid: Grid, flow: Flow, places: dict[Span, tuple[int, int]], known: Columns) -> bool:
    """Say whether a table without titles goes on with the one before: as many columns, and a number in its number column."""
    if not known.numbers or grid.columns <= max(column for column, _ in known.roles):
        return False
    first = _words(flow, places, grid.cells.get((0, known.numbers[0])))
    return first.isdigit()


class _LedgerReader:
    def __init__(
        self, grid: Grid, flow: Flow, places: dict[Span, tuple[int, int]], lexicon: Lexicon, columns: Columns, notation: Notation
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

    def read(self) -> tuple[Unit, Work]:
        for row in range(self._columns.row):
            cells = {cell for cell in self._grid.row(row) if cell is not None}
            if len(cells) == 1:
                self._open_section(cells.pop())
        for row in range(self._columns.row + 1, self._grid.rows):
            self._read_row(row)
        stretches = tuple(sorted((stretch for item in self._items for stretch in item.stretches), key=lambda stretch: stretch.start))
        return self._root, Work(tuple(self._items), stretches, tuple(dict.fromkeys(self._troubles)))

    def _read_row(self, row: int) -> None:
        cells = [cell for cell in dict.fromkeys(self._grid.row(row)) if cell is not None and self._places[cell][0] < self._places[cell][1]]
        if not cells or self._is_title_row(row):
            return
        if (len(cells) == 1 and not any(cells[0] == self._grid.cells.get((row, column)) for column, _ in self._columns.roles[:1])) or (
            len(cells) == 1 and len(set(self._grid.row(row))) == 1
        ):
            self._open_section(cells[0])
            return
        stretches = [stretch for column, role in self._columns.roles for stretch in self._read_cell(row, column, role)]
        ranges = self._task_ranges(row)
        if not stretches and not ranges:
            return
        self._add_item(row, cells, stretches, ranges)

    def _is_title_row(self, row: int) -> bool:
        """Titles are printed again on each page."""
        return all(
            _title_role(_words(self._flow, self._places, self._grid.cells.get((row, column))), self._lexicon) is not None
            for column, _ in self._columns.roles
        )

    def _open_section(self, cell: Span) -> None:
        start, end = self._places[cell]
        mark = find_mark(self._flow.text, start, end)
        if mark is None:
            self._section = self._root
            return
        unit = Unit(mark, self._root, start, mark.end, end)
        above = self._section
        while above.mark is not None and _outranks(mark, above.mark):
            above = above.parent or self._root
        unit.parent = above
        above.children.append(unit)
        unit.path = f"{above.path}.{mark.value}" if above.path else str(mark.value)
        self._section = unit

    def _read_cell(self, row: int, column: int, role: Role) -> list[Stretch]:
        cell = self._grid.cells.get((row, column))
        if cell is None:
            return []
        start, end = self._places[cell]
        reading = self._reader.read(self._flow.text, start, end, role, RoleBasis.COLUMN)
        reading.rule = reading.rule or self._columns.rule
        self._troubles.extend(reading.troubles)
        self._troubles.extend(Trouble("odd-name", name.start, name.end) for name in reading.names() if not name.shaped)
        words = self._flow.text[start:end].strip()
        if not reading.names() and words and words not in self._lexicon.words("nobody") and not reading.deadlines:
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
        section = self._column_section(row) or self._section
        mark = self._number_of(row, ranges)
        if mark is not None and self._is_shared(row):
            shared = [part for part in ranges if self._spans_rows(row, part)]
            section = self._number_section(section, mark, shared[0] if shared else (mark.end, mark.end))
            ranges = [part for part in ranges if part not in shared] or ranges
            own = find_mark(self._flow.text, *ranges[0]) if ranges else None
            mark = own if own is not None and own.kind not in ("hanzi",) else None
        prefix = f"{section.path}." if section.path else ""
        if mark is None:
            self._paragraphs[section.path] = self._paragraphs.get(section.path, 0) + 1
            path = f"{prefix}p{self._paragraphs[section.path]}"
        else:
            path = f"{prefix}{mark.value}"
            if ranges and mark.start == ranges[0][0]:
                ranges = [(mark.end, ranges[0][1]), *ranges[1:]]
        self._seen[path] = self._seen.get(path, 0) + 1
        if self._seen[path] > 1:
            path = f"{path}-{self._seen[path]}"
        places = [self._places[cell] for cell in cells]
        start, end = min(place[0] for place in places), max(place[1] for place in places)
        unit = Unit(mark, section, start, start, end, path) if mark is not None else section
        for column in self._columns.deadlines:
            cell = self._grid.cells.get((row, column))
            if cell is not None and stretches:
                stretches[0].reading.deadlines.append(self._places[cell])
        if not stretches:
            empty = Reading(
                deadlines=[self._places[cell] for column in self._columns.deadlines if (cell := self._grid.cells.get((row, column)))]
            )
            stretches = [Stretch(end, end, self._notation, empty)] if empty.deadlines else []
        self._items.append(Item(unit, path, start, start, end, mark is not None, stretches, [], tuple(ranges)))

    def _is_shared(self, row: int) -> bool:
        """Say whether the number's cell reaches over several rows, each of which is a task of its own under that number."""
        return any(self._reaches(row, column) for column in self._columns.numbers[:1])

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
            if cell is None:
                continue
            start, end = self._places[cell]
            mark = find_mark(self._flow.text, start, end)
            if mark is None:
                continue
            path = f"{self._section.path}.{mark.value}" if self._section.path else str(mark.value)
            known = next((unit for unit in self._section.children if unit.path == path), None)
            if known is None:
                known = Unit(mark, self._section, start, mark.end, end, path)
                self._section.children.append(known)
            return known
        return None

    def _number_of(self, row: int, ranges: Sequence[tuple[int, int]]) -> Mark | None:
        for column in self._columns.numbers:
            cell = self._grid.cells.get((row, column))
            if cell is None or self._places[cell][0] == self._places[cell][1]:
                continue
            start, end = self._places[cell]
            words = self._flow.text[start:end]
            mark = find_mark(self._flow.text, start, end)
            if mark is not None and mark.end == end:
                return mark
            if words.isdigit() and words.isascii():
                return Mark(start, end, "arabic", int(words), words, words, inline=False)
            if re.fullmatch("[一二三四五六七八九十百]{1,5}", words):
                whole = find_mark(words + "、", 0, len(words) + 1)
                return Mark(start, end, "hanzi", whole.value, words, words, inline=False) if whole is not None else None
        return find_mark(self._flow.text, *ranges[0]) if ranges else None


def _outranks(mark: Mark, above: Mark) -> bool:
    """Say whether a heading closes the one above: its kind is the same, or （一） meets 一、 again."""
    order = ("hanzi", "hanziparen", "arabic", "arabicparen")
    if mark.kind in order and above.kind in order:
        return order.index(mark.kind) <= order.index(above.kind)
    return mark.kind == above.kind
