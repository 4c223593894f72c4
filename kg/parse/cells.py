"""The cells of tables as a flow of their own, one cell a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kg.model import Document, Span
from kg.parse.layout import Flow, append_line
from kg.parse.lexicon import Lexicon
from kg.parse.lines import Line, squeeze
from kg.parse.script import fold_text, is_traditional

#: In a cell of several lines none of which is longer, line breaks are wraps.
_NARROWEST = 4


def make_cells(document: Document, lexicon: Lexicon, spans: Sequence[Span]) -> tuple[Flow, dict[Span, tuple[int, int]]]:
    """Return a flow of table cells, one a paragraph, and where each cell stands in it."""
    traditional = is_traditional(document.text, lexicon.rules)
    view = fold_text(document.text, traditional=traditional)
    texts: list[str] = []
    prints: list[str] = []
    offsets: list[int] = []
    places: dict[Span, tuple[int, int]] = {}
    for span in sorted(spans):
        begun = len(offsets)
        lines = [
            line
            for start, end in _split_cell(view[span.start : span.end])
            for line in squeeze(document.text, view, span.start + start, span.start + end, lexicon)
            if line.view
        ]
        for before, line in pairwise([None, *lines]):
            if before is not None and line is not None and _parts_names(before.view, line.view, lines, lexicon):
                texts.append("\n")
                prints.append("\n")
                offsets.append(offsets[-1])
            if line is not None:
                append_line(texts, prints, offsets, line)
        places[span] = (begun, len(offsets))
        if offsets:
            texts.append("\n")
            prints.append("\n")
            offsets.append(offsets[-1])
    return Flow("".join(texts), "".join(prints), tuple(offsets), traditional, wrapped=False, furniture=()), places


def _parts_names(before: str, after: str, lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """Say whether a line break inside a cell parts two names, and does not wrap one in a narrow column."""
    if len(lines) > 2 and all(len(line.view) <= _NARROWEST for line in lines):
        return False
    first = re.split("[、，；]", after)[0]
    return before[-1] not in "、，（〔" and lexicon.ends_agency(before) and (lexicon.ends_agency(first) or lexicon.starts_label(after))


def _split_cell(view: str) -> Iterable[tuple[int, int]]:
    """Yield the lines of a cell; Markdown writes their breaks as in HTML."""
    start = 0
    for match in re.finditer(r"\n|<br ?/?>", view):
        yield start, match.start()
        start = match.end()
    yield start, len(view)
