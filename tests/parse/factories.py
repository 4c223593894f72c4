"""Documents and readings for the parser's tests."""

from functools import cache

from kg.model import Block, BlockKind, Document, Issue, Plan, Span
from kg.parse import parse_document
from kg.rules.book import RuleBook, load_rules


@cache
def get_rules() -> RuleBook:
    """Return the packaged rules, loaded once."""
    return load_rules()


def make_document(text: str, *, blocks: tuple[Block, ...] = (), kind: str = "text") -> Document:
    """Return a document of `text`."""
    return Document("synthetic", text, "synthetic.txt", "0" * 64, kind, "utf-8", blocks)


def read(text: str) -> tuple[Plan, tuple[Issue, ...]]:
    """Parse `text` by the packaged rules."""
    return parse_document(make_document(text), get_rules())


def who(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return for each task's path its (name, role) pairs."""
    plan, _ = read(text)
    return {task.path: [(mention.name, mention.role.value) for mention in task.mentions] for task in plan.tasks}


def codes(text: str) -> list[str]:
    """Return the codes of the issues of `text`."""
    return [issue.code for issue in read(text)[1]]


def make_table(rows: list[list[str]], *, before: str = "", merged: dict[tuple[int, int], tuple[int, int]] | None = None) -> Document:
    """Return a document with one table: cells parted by tabs, rows by newlines, `merged` giving (row span, column span) of cells."""
    text = before
    blocks: list[Block] = []
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            height, width = (merged or {}).get((row, column), (1, 1))
            span = Span(len(text), len(text) + len(cell))
            if cell or (row, column) in (merged or {}):
                blocks.append(Block(BlockKind.CELL, span, table=0, row=row, column=column, row_span=height, column_span=width))
            text += cell + ("\t" if column + 1 < len(cells) else "\n")
    return make_document(text, blocks=tuple(blocks), kind="docx")
