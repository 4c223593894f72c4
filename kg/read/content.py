r"""What a reader hands back, and the one way to lay text, tables and furniture down.

Conventions of the text of a :class:`~kg.model.Document`, for every format:

* A line is a paragraph, a heading or a line of the source; lines end in ``\n``.
* A table is a run of rows, each ended by ``\n``. A row has one field per column of the grid, separated by ``\t``, also where a
  merged cell covers the field (then it is empty), so that the number of fields is the same in each row of a table.
* **Line breaks within a cell are kept as** ``\n``: they often separate names, which a blank would glue together. Only the blocks
  tell where a cell begins and ends: never split a table's text at ``\n`` or ``\t``, use the blocks. A tab within a cell becomes a blank.
* Each cell, also an empty one, has one block of kind ``CELL`` that covers its text exactly. A merged cell stands once, at its upper
  left corner, with ``row_span`` and ``column_span``; the fields it covers have no block of their own.
* ``\r\n``, ``\r`` and the line separators (vertical tab, which Word pastes for a soft line break, U+0085, U+2028, U+2029) become ``\n``;
  NUL and the other control characters (all of C0 but tab, line feed and form feed; DEL) are removed and reported, because no XML, XLSX
  or terminal takes them. All else comes through as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from kg.errors import ReadError
from kg.model import Block, BlockKind, Span
from kg.read.limits import MAX_CELLS, MAX_COLUMNS

CONTROL_RE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""What is removed from every text: controls that are no white space."""

LINE_SEPARATORS = "\v\x85\u2028\u2029"
"""Characters at which every program begins a new line, though plain text seldom has them."""

LINE_END_RE = re.compile(rf"\r\n?|[{LINE_SEPARATORS}]")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd that a reader saw; :func:`kg.read.read_source` makes an issue of it. ``detail`` as in :class:`kg.model.Issue`."""

    code: str
    message: str
    span: Span | None = None
    candidates: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a format's reader found in the bytes."""

    text: str
    encoding: str
    blocks: tuple[Block, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: where it stands on the grid, what it covers, what it says."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


def clean_controls(text: str) -> tuple[str, tuple[Finding, ...]]:
    r"""Bring line ends to ``\n`` and remove control characters.

    Returns
    -------
    tuple of str and findings
        The text, and a finding where a control character was removed; its span is empty and stands where the first one was.

    Examples
    --------
    >>> text, findings = clean_controls("甲\r\n乙\x00丙")
    >>> text, findings[0].message, findings[0].span
    ('甲\n乙丙', '1 control character(s) removed, the first U+0000', Span(start=3, end=3))
    """
    text = LINE_END_RE.sub("\n", text)
    first = CONTROL_RE.search(text)
    if first is None:
        return text, ()
    clean, count = CONTROL_RE.subn("", text)
    message = f"{count} control character(s) removed, the first U+{ord(first.group()):04X}"
    return clean, (Finding("control-characters", message, Span(first.start(), first.start()), detail=str(count)),)


def fill_grid(cells: Sequence[Cell]) -> dict[tuple[int, int], Cell | None]:
    """Return each position of a table's grid with the cell that begins there, or None where a merged cell covers it.

    Raises
    ------
    ReadError
        The grid is too large.

    Examples
    --------
    >>> grid = fill_grid([Cell(0, 0, "A", row_span=2), Cell(0, 1, "B")])
    >>> grid[1, 0] is None, grid[1, 1]
    (True, Cell(row=1, column=1, text='', row_span=1, column_span=1))
    """
    at = {(cell.row, cell.column): cell for cell in cells}
    rows = max(cell.row + cell.row_span for cell in cells)
    columns = max(cell.column + cell.column_span for cell in cells)
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise ReadError(f"too large: a table of {rows} rows and {columns} columns")
    covered: set[tuple[int, int]] = set()
    grid: dict[tuple[int, int], Cell | None] = {}
    for row in range(rows):
        for column in range(columns):
            place = (row, column)
            cell = at.get(place)
            if cell is None:
                grid[place] = None if place in covered else Cell(row, column, "")
                continue
            wide, tall = _clip_span(cell, at, covered)
            grid[place] = Cell(row, column, cell.text, tall, wide)
            covered |= {(r, c) for r in range(row, row + tall) for c in range(column, column + wide)} - {place}
    return grid


def _clip_span(cell: Cell, at: Mapping[tuple[int, int], Cell], covered: AbstractSet[tuple[int, int]]) -> tuple[int, int]:
    """Return (columns, rows) that a cell covers without running over another cell."""

    def taken(row: int, column: int) -> bool:
        return (row, column) in at or (row, column) in covered

    wide = 1
    while wide < cell.column_span and not taken(cell.row, cell.column + wide):
        wide += 1
    tall = 1
    while tall < cell.row_span and not any(taken(cell.row + tall, cell.column + step) for step in range(wide)):
        tall += 1
    return wide, tall


@dataclass(slots=True)
class ContentBuilder:
    r"""Lays down lines and tables, and keeps the blocks' spans.

    Examples
    --------
    >>> builder = ContentBuilder()
    >>> builder.add_line("一、任务", BlockKind.HEADING, level=1)
    >>> builder.add_table([Cell(0, 0, "任务"), Cell(0, 1, "牵头单位"), Cell(1, 0, "推进"), Cell(1, 1, "甲局\n乙局")])
    >>> content = builder.build("utf-8")
    >>> content.text
    '一、任务\n任务\t牵头单位\n推进\t甲局\n乙局\n'
    >>> [block.span.slice(content.text) for block in content.blocks]
    ['一、任务', '任务', '牵头单位', '推进', '甲局\n乙局']
    """

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    length: int = 0
    tables: int = 0
    removed: int = 0

    def _put(self, text: str) -> Span:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return Span(start, self.length)

    def _clean(self, text: str) -> str:
        clean, findings = clean_controls(text)
        if findings:
            self.removed += len(LINE_END_RE.sub("\n", text)) - len(clean)
        return clean

    def add_line(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, *, level: int = 0) -> None:
        """Add a paragraph, heading or line of furniture; one that is blank is left out, line breaks within become lines of the block."""
        clean = self._clean(text).strip("\n")
        if clean.strip():
            self.blocks.append(Block(kind, self._put(clean), level=level))
            self._put("\n")

    def add_table(self, cells: Sequence[Cell]) -> None:
        """Add a table; one without any text is left out.

        Parameters
        ----------
        cells
            The cells, at most one per position of the grid. Positions that no cell begins at or covers get an empty one; a cell that
            another one covers already is laid down all the same, and the cover ends before it.

        Raises
        ------
        ReadError
            The grid has more than ``MAX_CELLS`` positions or ``MAX_COLUMNS`` columns.
        """
        texts = {(cell.row, cell.column): self._clean(cell.text).replace("\t", " ").strip() for cell in cells}
        if not any(texts.values()):
            return
        grid = fill_grid(cells)
        row = 0
        for place, cell in sorted(grid.items()):
            while row < place[0]:
                self._put("\n")
                row += 1
            if place[1]:
                self._put("\t")
            if cell is not None:
                self._put_cell(cell, texts.get(place, ""))
        self._put("\n")
        self.tables += 1

    def _put_cell(self, cell: Cell, text: str) -> None:
        self.blocks.append(
            Block(
                BlockKind.CELL,
                self._put(text),
                table=self.tables,
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
            )
        )

    def report(self, code: str, message: str, *, candidates: tuple[str, ...] = (), span: Span | None = None, detail: object = "") -> None:
        """Add a finding; without `span` it stands at the end of what has been laid down so far."""
        place = span if span is not None else Span(self.length, self.length)
        self.findings.append(Finding(code, message, place, candidates, str(detail)))

    def build(self, encoding: str, metadata: Sequence[tuple[str, str]] = ()) -> Content:
        """Return everything laid down."""
        findings = list(self.findings)
        if self.removed:
            findings.append(Finding("control-characters", f"{self.removed} control character(s) removed", detail=str(self.removed)))
        return Content("".join(self.parts), encoding, tuple(self.blocks), tuple(metadata), tuple(findings))
