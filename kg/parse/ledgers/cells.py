"""The cells of tables as a flow of their own, one cell a paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from kg.model import Document, Span
from kg.parse.page.layout import Flow, append_line
from kg.parse.page.lines import Line, squeeze
from kg.parse.responsibility.names import NameSplitter
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.script import make_view
from kg.rules.notation_rules import to_alternatives

#: In a cell of several lines none of which is longer, line breaks are wraps.
_NARROWEST = 4
_CUT_RE = re.compile("[、，；]")
#: A bracket that the end of the line cuts: the name stands before it.
_OPEN_RE = re.compile("[（〔][^）〕]*$")


def make_cells(
    document: Document,
    lexicon: Lexicon,
    spans: Iterable[Span],
    pieces: Mapping[Span, tuple[Span, ...]] | None = None,
    begins: Collection[int] = (),
    joins: Collection[int] = (),
    *,
    widths: Mapping[Span, int] | None = None,
    hard: bool = False,
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
    widths
        For cells whose lines are those of the format (paragraphs, breaks set by hand), not of a copy: the characters of the longest
        line of their column.
    hard
        Whether line breaks were set by hand, as in tables whose cells are marked, and do not wrap lines at the edge of a column.
    """
    breaks = _Breaks(lexicon)
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
                width = (widths or {}).get(span, 0)
                typed = hard or _is_typed(document.text, span)
                parted = line.places[0] in begins or breaks.part_names(before.view, line.view, lines, width, hard=typed)
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


class _Breaks:
    """Says whether a line break inside a cell parts two names, or wraps one in a narrow column."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._splitter = NameSplitter(lexicon)
        self._halves_re = re.compile(rf"(?:{to_alternatives(lexicon.words('second-half'))})+")

    def part_names(self, before: str, after: str, lines: Sequence[Line], width: int, *, hard: bool) -> bool:
        """Say whether the break between the lines `before` and `after` parts names.

        ``lines`` are all lines of the cell, ``width`` is the longest line of the column; 0 where the lines are those of a copy.
        ``hard`` says that no line was broken by the edge of a column.
        """
        if self._lexicon.starts_label(after):
            return True
        if before[-1] in "、，（〔" or _is_inside_bracket(before, after):
            return False
        if width and self._are_whole(self._names(before)[-1], self._names(after)[0], is_set=self._is_set(before, lines, width)):
            return True
        first = _CUT_RE.split(after)[0]
        return self._lexicon.ends_agency(before) and self._lexicon.ends_agency(first) and self._part_two(before, first, lines, hard=hard)

    def _part_two(self, before: str, first: str, lines: Sequence[Line], *, hard: bool) -> bool:
        """Say the same of a break behind and before the end of a name."""
        words = self._lexicon.words
        if hard and not first.startswith(words("second-half")):
            return not _is_branch(_CUT_RE.split(before)[-1], first, self._lexicon)
        if first.startswith((*self._lexicon.name_leads, *self._lexicon.places)):
            return before.endswith(words("sure-ending"))
        narrow = len(lines) > 2 and all(len(line.view) <= _NARROWEST for line in lines)
        return not narrow and before.endswith(words("sure-ending")) and not first.startswith(words("second-half"))

    def _is_set(self, before: str, lines: Sequence[Line], width: int) -> bool:
        """Say whether a break was set by hand: the line had room for more, or each line of the cell is a list of whole names."""
        return len(before) < width - 1 or all(self._is_whole(name) for line in lines for name in self._names(line.view))

    def _names(self, line: str) -> list[str]:
        whole = _OPEN_RE.sub("", line)
        return [whole[name.start : name.end] for name in self._splitter.split(whole, 0, len(whole))] or [""]

    def _are_whole(self, last: str, first: str, *, is_set: bool) -> bool:
        """Say whether both names are whole: the first is no bare ending (服务中心), the last no place that may begin it (国网某县)."""
        words = self._lexicon.words
        if self._halves_re.fullmatch(first) or not self._splitter.is_agency(first) or not self._lexicon.ends_agency(last):
            return False
        if first.startswith(words("group-lead")) and (is_set or self._is_whole(last)):
            return True
        if not is_set:
            return False
        if self._is_whole(last) or first.startswith((*words("level"), *self._lexicon.places)):
            return True
        return self._splitter.is_agency(last) and len(last) >= _NARROWEST and not last.endswith(words("unit"))

    def _is_whole(self, name: str) -> bool:
        return self._splitter.is_body(name) or name.endswith(self._lexicon.words("weak-split"))


def _is_typed(text: str, cell: Span) -> bool:
    """Say whether a cell of plain text says itself where its lines end: by <br>, or in quotes as spreadsheets copy it."""
    return "<br" in text[cell.start : cell.end] or text[cell.start - 1 : cell.start] == text[cell.end : cell.end + 1] == '"'


def _is_branch(before: str, after: str, lexicon: Lexicon) -> bool:
    """Say whether `after` may name the branch of a body that `before` names (人民银行⏎某县支行) or begins (国网某县⏎供电公司)."""
    own = before.startswith(lexicon.name_leads)
    vertical = any(word in before for word in lexicon.words("vertical-body"))
    branch = after.endswith(lexicon.words("branch-ending")) and not before.endswith(lexicon.words("branch-ending"))
    placed = before.startswith(lexicon.words("not-carry-start")) and before.endswith(lexicon.words("unit"))
    return not own and (placed or ((vertical or branch) and after[-1:] == before[-1:]))


def _is_inside_bracket(before: str, after: str) -> bool:
    """Say whether a bracket that the end of a line cuts is closed in the next."""
    closed = re.search("[）〕]", after)
    return _OPEN_RE.search(before) is not None and closed is not None and not re.search("[（〔]", after[: closed.start()])


def _split_cell(view: str) -> Iterable[tuple[int, int]]:
    """Yield the lines of a cell; Markdown writes their breaks as in HTML."""
    start = 0
    for match in re.finditer(r"\n|<br ?/?>", view):
        yield start, match.start()
        start = match.end()
    yield start, len(view)
