"""The text of a Word document as Word shows it with all changes accepted: paragraphs, automatic numbers, tables, text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.model import BlockKind
from kg.read.content import Cell, ContentBuilder
from kg.read.docx_numbering import NumberedStyle, Numbering, find_number, walk_styles
from kg.read.docx_tree import get_child, get_name, get_value, is_on
from kg.read.limits import MAX_COLUMNS, Deadline

_GONE = frozenset({"del", "moveFrom", "delText", "instrText", "rt", "Fallback", "pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "tblPr"})
"""Not shown: deleted or moved away, field codes, readings above characters, the second form of a drawing, properties."""

_MARKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = frozenset({"blip", "imagedata"})


@dataclass(slots=True)
class Line:
    """A paragraph under way."""

    text: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    joined: bool = False
    """The paragraph mark was deleted: the next paragraph goes on in this one."""


@dataclass(slots=True)
class DocxWriter:
    """Writes the blocks of a document in order; keeps the count of numbers over body, tables and text boxes."""

    builder: ContentBuilder
    numbering: Numbering
    styles: dict[str, NumberedStyle]
    deadline: Deadline
    notes: list[str] = field(default_factory=list)
    pictures: int = 0
    symbols: int = 0
    chunks: int = 0
    hidden: int = 0

    def write(self, parent: Any) -> None:
        """Write everything in a body."""
        line: Line | None = None
        for element in self._blocks(parent):
            self.deadline.check()
            if get_name(element) == "p":
                line = self._join(line, element)
            else:
                self._end(line)
                line = None
                self._put_table(element)
        self._end(line)

    def _join(self, line: Line | None, paragraph: Any) -> Line:
        made, boxes = self._read_paragraph(paragraph)
        if line is not None and line.joined:
            made.text = line.text + made.text
        else:
            self._end(line)
        if boxes:
            self._end(made)
            for box in boxes:
                self.write(box)
            made = Line(joined=made.joined)
        return made

    def _end(self, line: Line | None) -> None:
        if line is not None:
            self.builder.add_line(line.text, line.kind, level=line.level)

    def _blocks(self, parent: Any) -> list[Any]:
        """Return paragraphs and tables in order, through the wrappers that Word puts around them."""
        found = []
        for child in parent:
            name = get_name(child)
            if name in ("p", "tbl"):
                found.append(child)
            elif name == "altChunk":
                self.chunks += 1
            elif name and name not in _GONE:
                found += self._blocks(child)
        return found

    def _read_paragraph(self, paragraph: Any) -> tuple[Line, list[Any]]:
        properties = get_child(paragraph, "pPr")
        mark = get_child(properties, "rPr")
        style_id = get_value(properties, "pStyle")
        pieces: list[str] = []
        boxes: list[Any] = []
        self._collect(paragraph, pieces, boxes)
        text = "".join(pieces)
        gone = get_child(mark, "del") is not None and not text.strip()
        number = None if gone else find_number(self.numbering, self.styles, properties, style_id)
        label = self.numbering.next_label(*number) if number is not None else ""
        kind, level = self._find_kind(properties, style_id)
        # Word shows the number of an empty paragraph too: that is how the numbers of a table's rows are often made.
        line = Line(label + text if text.strip() else label.strip(), kind, level, joined=get_child(mark, "del") is not None)
        return line, boxes

    def _find_kind(self, properties: Any, style_id: str) -> tuple[BlockKind, int]:
        outline = get_value(properties, "outlineLvl")
        level = int(outline) if outline.isdigit() else None
        if any(style.name.startswith("toc ") for _, style in walk_styles(self.styles, style_id)):
            return BlockKind.FURNITURE, 0  # the table of contents says every heading a second time
        for _, style in walk_styles(self.styles, style_id):
            if level is not None:
                break
            if style.name in ("title", "subtitle"):
                return BlockKind.HEADING, 0
            if style.outline is not None:
                level = style.outline
            elif style.name.startswith("heading ") and style.name[8:].isdigit():
                level = int(style.name[8:]) - 1
        return (BlockKind.HEADING, level + 1) if level is not None and level < 9 else (BlockKind.PARAGRAPH, 0)

    def _collect(self, element: Any, pieces: list[str], boxes: list[Any]) -> None:
        for child in element:
            name = get_name(child)
            if name in _GONE or not name:
                continue
            if name == "t":
                pieces.append(child.text or "")
            elif name in _MARKS:
                pieces.append(_MARKS[name])
            elif name == "sym":
                self._put_symbol(child, pieces)
            elif name == "txbxContent":
                boxes.append(child)
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append(name.removesuffix("Reference") + ":" + get_value(child, "id", attribute=True))
            elif name == "r" and is_on(get_child(child, "rPr"), "vanish"):
                self.hidden += 1
            else:
                self.pictures += name in _PICTURES
                self._collect(child, pieces, boxes)

    def _put_symbol(self, symbol: Any, pieces: list[str]) -> None:
        code = get_value(symbol, "char", attribute=True)
        try:
            character = chr(int(code, 16))
        except (ValueError, OverflowError):
            character = "\ue000"
        if "\ue000" <= character <= "\uf8ff" or "\ud800" <= character <= "\udfff":
            self.symbols += 1  # a place in a symbol font says nothing outside it
        else:
            pieces.append(character)

    def _put_table(self, table: Any) -> None:
        cells = self._read_cells(table)
        columns = {cell.column for cell in cells if cell.text.strip()}
        if len(columns) > 1:
            self.builder.add_table(cells)
            return
        for cell in cells:  # a frame around text
            for line in cell.text.split("\n"):
                self.builder.add_line(line)

    def _read_cells(self, table: Any) -> list[Cell]:
        grid = _Grid()
        for number, row in enumerate(self._rows(table)):
            self.deadline.check()
            column = _to_int(get_value(get_child(row, "trPr"), "gridBefore"))
            for element in self._cells(row):
                properties = get_child(element, "tcPr")
                wide = min(max(_to_int(get_value(properties, "gridSpan"), 1), 1), MAX_COLUMNS)
                down, across = _get_merge(properties, "vMerge"), _get_merge(properties, "hMerge")
                # The covered part of a merged cell is not shown; only words that a program left there are read, no numbers.
                covered = "continue" in (down, across) and not _has_words(element)
                cell = Cell(number, column, "" if covered else "\n".join(self.read_lines(element)), 1, wide)
                grid.place(cell, down, across)
                column += wide
            grid.end_row(number)
        return list(grid.cells.values())

    def _rows(self, table: Any) -> list[Any]:
        found = []
        for child in table:
            name = get_name(child)
            if name == "tr":
                if get_child(get_child(child, "trPr"), "del") is None:
                    found.append(child)
            elif name and name not in _GONE and name not in ("tblGrid", "tblPrEx"):
                found += self._rows(child)
        return found

    def _cells(self, row: Any) -> list[Any]:
        found = []
        for child in row:
            name = get_name(child)
            if name == "tc":
                found.append(child)
            elif name and name not in _GONE and name not in ("trPr", "tblPrEx"):
                found += self._cells(child)
        return found

    def read_lines(self, cell: Any) -> list[str]:
        """Return the lines of a cell; a table within it gives a line per row."""
        lines: list[str] = []
        for element in self._blocks(cell):
            if get_name(element) == "p":
                line, boxes = self._read_paragraph(element)
                lines += [line.text.strip()] if line.text.strip() else []
                for box in boxes:
                    lines += self.read_lines(box)
            else:
                for row in self._rows(element):
                    inner = [" ".join(self.read_lines(one)) for one in self._cells(row)]
                    lines += [" ".join(filter(None, inner))] if any(inner) else []
        return lines


@dataclass(slots=True)
class _Grid:
    """Cells of a table while its merged cells are still growing."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    growing: dict[int, tuple[int, int]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)

    def place(self, cell: Cell, down: str, across: str) -> None:
        """Place a cell, or let the one above (`down`) or left of it (`across`) grow over it where these say ``continue``."""
        left = next((place for place in sorted(self.cells, reverse=True) if place[0] == cell.row), None) if across == "continue" else None
        above = self.growing.get(cell.column) if down == "continue" else None
        if down:
            self.touched.add(cell.column)
        if left is not None:
            self._grow(left, cell, wider=cell.column_span)
        elif above is not None:
            self._grow(above, cell, taller=cell.row - self.cells[above].row + 1 - self.cells[above].row_span)
        else:
            self.cells[cell.row, cell.column] = cell
            self.growing.pop(cell.column, None)
            if down:
                self.growing[cell.column] = (cell.row, cell.column)

    def end_row(self, number: int) -> None:
        """Let no cell grow over a row that does not go on with it."""
        self.growing = {column: place for column, place in self.growing.items() if column in self.touched or place[0] == number}
        self.touched.clear()

    def _grow(self, place: tuple[int, int], cell: Cell, *, wider: int = 0, taller: int = 0) -> None:
        old = self.cells[place]
        text = "\n".join(filter(None, (old.text, cell.text.strip())))
        self.cells[place] = Cell(old.row, old.column, text, old.row_span + taller, old.column_span + wider)


def _has_words(element: Any) -> bool:
    return any(get_name(child) == "t" and (child.text or "").strip() for child in element.iter())


def _get_merge(properties: Any, name: str) -> str:
    merge = get_child(properties, name)
    if merge is None:
        return ""
    return "restart" if get_value(merge, "val", attribute=True) == "restart" else "continue"


def _to_int(value: str, otherwise: int = 0) -> int:
    return int(value) if value.isdigit() and len(value) < 7 else otherwise
