"""The text of an HTML tree as a browser sets it: lines, list numbers, tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from kg.errors import ReadError
from kg.model import BlockKind
from kg.read.content import Cell, ContentBuilder
from kg.read.limits import MAX_CELLS, MAX_COLUMNS
from kg.read.list_numbers import format_number, is_numbered

_BLOCKS = frozenset(
    """
    html body div p section article main header footer aside form center blockquote pre ul ol li dl dt dd table caption
    thead tbody tfoot tr td th hr address figure figcaption fieldset legend details summary h1 h2 h3 h4 h5 h6
    """.split()  # noqa: SIM905 - a word list reads better
)
_SPACES_RE = re.compile(r"[ \t\n\r\f\xa0]+")
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u2018\u2019\u201c\u201d\u2026"
_WRAP_RE = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\n\r][ \t\n\r\f]*(?=[{_WIDE}])")
"""A line break of the source between two East Asian characters: removed, not a blank (CSS Text Level 3, segment breaks)."""

_LIST_STYLES = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "cjk-decimal": "ideographDigital",
}
_LIST_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLE_RE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)


@dataclass(slots=True)
class LineWriter:
    """Collects running text and gives out a line at each border of a block."""

    builder: ContentBuilder | None = None
    lines: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _kind: BlockKind = BlockKind.PARAGRAPH
    _level: int = 0
    _marker: str = ""
    _numbers: dict[Any, str] = field(default_factory=dict)

    def walk(self, element: Any) -> None:
        """Write an element and all in it (not its tail)."""
        tag = element.tag
        if tag == "br":
            self.flush()
            return
        if tag == "table" and self._put_table(element):
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
        outer = (self._kind, self._level)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._kind, self._level = BlockKind.HEADING, int(tag[1])
        elif tag == "li":
            self._marker = self._numbers.get(element, "")
        elif tag == "ol":
            self._numbers |= number_items(element)
        self._put(element.text, pre=tag == "pre")
        for child in element.iterchildren("*"):
            self.walk(child)
            self._put(child.tail, pre=tag == "pre")
        if block:
            self.flush()
            if tag == "li":
                self._marker = ""
        self._kind, self._level = outer

    def flush(self) -> None:
        """End the line."""
        text = _SPACES_RE.sub(" ", _WRAP_RE.sub("", "".join(self._pieces))).strip(" ")
        self._pieces.clear()
        if not text.strip():
            return
        if self._marker and not is_numbered(text):
            text = self._marker + text
        self._marker = ""
        if self.builder is None:
            self.lines.append(text)
        else:
            self.builder.add_line(text, self._kind, level=self._level)

    def _put(self, text: str | None, *, pre: bool) -> None:
        if not text:
            return
        if not pre:
            self._pieces.append(text)
            return
        first, *others = text.split("\n")
        self._pieces.append(first)
        for line in others:
            self.flush()
            self._pieces.append(line)

    def _put_table(self, table: Any) -> bool:
        if self.builder is None or is_layout(table):
            return False
        self.flush()
        for caption in table.iterchildren("caption"):
            self.walk(caption)
        self.builder.add_table(read_cells(table))
        return True


def get_rows(table: Any) -> list[Any]:
    """Return a table's own rows (not those of tables in its cells) in the order a browser shows them."""
    rows: list[list[Any]] = [[], [], []]
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        part = {"thead": 0, "tfoot": 2}.get(child.tag, 1)
        rows[part] += [child] if child.tag == "tr" else list(child.iterchildren("tr"))
    return rows[0] + rows[1] + rows[2]


def is_layout(table: Any) -> bool:
    """Return whether a table only places things on the page: one row or column, or mostly other tables, headings or long texts."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = [list(row.iterchildren("td", "th")) for row in get_rows(table)]
    filled = [[cell for cell in row if _text(cell)] for row in rows]
    if sum(bool(row) for row in filled) < 2 or max(map(len, filled), default=0) < 2:
        return True
    nested = sum(len(_text(inner)) for cell in (c for row in rows for c in row) for inner in _outermost_tables(cell))
    if nested > 0.5 * len(_text(table)):
        return True
    return any(any(cell.iter("h1", "h2", "h3")) and len(_text(cell)) > 200 for row in rows for cell in row)


def _outermost_tables(cell: Any) -> list[Any]:
    return [inner for inner in cell.iter("table") if next(inner.iterancestors("td", "th")) is cell]


def _text(element: Any) -> str:
    return "".join("".join(element.itertext()).split())


def read_cells(table: Any) -> list[Cell]:
    """Return the cells of a table, placed as HTML says (a cell takes the next free column; spans push later cells aside).

    Raises
    ------
    ReadError
        They cover more than ``MAX_CELLS`` places.
    """
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = get_rows(table)
    for number, row in enumerate(rows):
        column = 0
        for element in row.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            wide = min(max(_to_int(element.get("colspan"), 1), 1), MAX_COLUMNS)
            tall = _to_int(element.get("rowspan"), 1)
            tall = min(tall if tall > 0 else len(rows), len(rows) - number)  # 0: down to the end
            if len(taken) + wide * tall > MAX_CELLS:
                raise ReadError(f"too large: cells of a table cover more than {MAX_CELLS} places")
            writer = LineWriter()
            writer.walk(element)
            writer.flush()
            cells.append(Cell(number, column, "\n".join(writer.lines), tall, wide))
            taken |= {(number + down, column + right) for down in range(tall) for right in range(wide)}
            column += wide
    return _drop_empty_rows(cells)


def _drop_empty_rows(cells: list[Cell]) -> list[Cell]:
    kept = sorted({cell.row for cell in cells if cell.text})
    number = {row: index for index, row in enumerate(kept)}
    return [
        Cell(number[cell.row], cell.column, cell.text, bisect_left(kept, cell.row + cell.row_span) - number[cell.row], cell.column_span)
        for cell in cells
        if cell.row in number
    ]


def _to_int(value: str | None, otherwise: int) -> int:
    match = re.match(r"\s*([+-]?\d{1,6})", value or "")
    return int(match.group(1)) if match else otherwise


def number_items(parent: Any) -> dict[Any, str]:
    """Return the number that a browser draws before each item of an ordered list, with a blank behind it where the browser has one."""
    items = list(parent.iterchildren("li"))
    step = -1 if "reversed" in parent.attrib else 1
    number = _to_int(parent.get("start"), len(items) if step < 0 else 1) - step
    marks: dict[Any, str] = {}
    for item in items:
        number = _to_int(item.get("value"), number + step)
        kind = _find_list_kind(item, parent)
        marks[item] = format_number(number, kind) + ("、" if kind == "chineseCounting" else ". ") if kind else ""
    return marks


def _find_list_kind(item: Any, parent: Any) -> str:
    style = _LIST_STYLE_RE.search(item.get("style", "")) or _LIST_STYLE_RE.search(parent.get("style", ""))
    if style:
        return _LIST_STYLES.get(style.group(1).lower(), "")
    return _LIST_TYPES.get(item.get("type", parent.get("type", "1")), "decimal")
