"""The cells of tables as a flow of their own, one cell a paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from kg.model import Document, Span
from kg.parse.page.layout import Flow, append_line
from kg.parse.page.lines import Line, squeeze
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.script import make_view

#: In a cell of several lines none of which is longer, line breaks are wraps.
_NARROWEST = 4


def make_cells(
    document: Document,
    lexicon: Lexicon,
    spans: Iterable[Span],
    pieces: Mapping[Span, tuple[Span, ...]] | None = None,
    begins: Collection[int] = (),
    joins: Collection[int] = (),
) -> tuple[Flow, dict[Span, tuple[int, int]]]:
    """Return a flow of table cells, one a paragraph, and where each cell stands in it.

    Parameters
    ----------
    document
        The repaired document.
    lexicon
        The parser's tables.
    spans
        The cells; each is taken once.
    pieces
        For cells whose text stands on several lines with other cells between: the pieces of each.
    begins
        Places of the document at which, inside a cell, another name surely begins.
    joins
        Places at which a line surely goes on with the one before.
    """
    view, traditional = make_view(document.text, lexicon.rules)
    texts: list[str] = []
    prints: list[str] = []
    offsets: list[int] = []
    places: dict[Span, tuple[int, int]] = {}
    for span in sorted(set(spans)):
        begun = len(offsets)
        lines = [
            line
            for piece in (pieces or {}).get(span, (span,))
            for start, end in _split_cell(view[piece.start : piece.end])
            for line in squeeze(document.text, view, piece.start + start, piece.start + end, lexicon)
            if line.view
        ]
        for before, line in pairwise([None, *lines]):
            parted = before is not None and line is not None and line.places[0] not in joins
            if parted and before is not None and line is not None:
                parted = line.places[0] in begins or _parts_names(before.view, line.view, lines, lexicon)
            if parted:
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
    words = lexicon.words
    first = re.split("[、，；]", after)[0]
    if lexicon.starts_label(after):
        return True
    if before[-1] in "、，（〔" or not lexicon.ends_agency(before) or not lexicon.ends_agency(first):
        return False
    if first.startswith((*words("level"), *words("group-lead"), *lexicon.places)):
        return before.endswith(words("sure-ending"))
    narrow = len(lines) > 2 and all(len(line.view) <= _NARROWEST for line in lines)
    return not narrow and before.endswith(words("sure-ending")) and not first.startswith(words("second-half"))


def _split_cell(view: str) -> Iterable[tuple[int, int]]:
    """Yield the lines of a cell; Markdown writes their breaks as in HTML."""
    start = 0
    for match in re.finditer(r"\n|<br ?/?>", view):
        yield start, match.start()
        start = match.end()
    yield start, len(view)
