"""Logical lines: the text without furniture, wraps and stray blanks, and the way back to the characters as printed.

Text that comes from a PDF breaks its lines wherever the page ends, also inside words and brackets; text from a web page breaks them
where the author did, or not at all. Which of the two a document is, is decided by evidence over the whole document: how many lines end
in the middle of a sentence and go on in the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import BlockKind, Document, Span
from kg.parse.lexicon import Lexicon
from kg.parse.marks import ANNEX_RE, MARK_RE, ODD_MARK_RE
from kg.parse.script import fold_text, is_traditional, simplify_name

_BLANK = " \t\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\x0b\x0c"
#: Lines that are a paragraph of their own: a document number, a day.
_ALONE_RE = re.compile(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d\d〕第?\d{1,5}号|(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
_TITLE_DAY_RE = re.compile(r"（(?:19|20)\d\d年[^（）]*）$")
#: Bullets and Markdown's marks before a line's own words.
_BULLET_RE = re.compile(r"[ \t\u3000]*(?:#{1,6}[ \t]+|[-*+•·●◆■▲△★☆○◎][ \t]*(?=\*\*|[^-*\s\d]|\d+[.、）]))+")
#: Blanks, and Markdown's marks of emphasis, which part words as little as blanks do.
_BLANK_RE = re.compile(rf"(?:[{_BLANK}]|\*\*+|__+|\*(?=[（〔])|(?<=[）〕])\*)+")
_PAGE_RE = re.compile(r"#\s*Page\s+\d+\s*：?$|[-–—－•·\s]*\d{1,4}[-–—－•·\s]*$|第\s*\d+\s*页.{0,12}$|[-–—－]+\s*[IVXivx]{1,5}\s*[-–—－]+$")
#: A line of a table of contents.
_CONTENTS_RE = re.compile(r"(?:…|\.{3,}|·{3,}|。{3,})[\s.…]*\d{1,3}$")
_TERMINAL = "。！？；：…"
_CLOSERS = "，。、；：！？）〕”’》"
_OPENERS = "“‘《（〔"
#: A paragraph never holds an open bracket for longer than this many characters: an unclosed bracket must not swallow the document.
_LONGEST_BRACKET = 700
#: Share of lines that must go on in the next line before a document counts as hard-wrapped.
_WRAPPED_SHARE = 0.2
_LONGEST_HEADING = 60
_MOST_TITLE_LINES = 4
#: In a cell of several lines none of which is longer, line breaks are wraps.
_NARROWEST = 4
#: Within one printed line, this many wide gaps say that gaps stand for paragraphs.
_GAPS_IN_LINE = 3
#: A line whose numbered stretches are longer than this on average is running text with a stray number or two.
_LONGEST_ITEM = 600


@dataclass(frozen=True, slots=True)
class Flow:
    """The text the parser reads.

    ``text`` is the view for matching (see :mod:`kg.parse.script`), its paragraphs separated by newlines; ``printed`` has the same length
    and the characters as they stand on the page. ``offsets[i]`` is the place of character ``i`` in the document's text. ``furniture``
    are the stretches of the document that are no part of the flow.
    """

    text: str
    printed: str
    offsets: tuple[int, ...]
    traditional: bool
    wrapped: bool
    furniture: tuple[Span, ...]

    def to_span(self, start: int, end: int) -> Span:
        """Return where the flow's characters ``[start, end)`` stand in the document."""
        if start >= end:
            place = self.offsets[start] if start < len(self.offsets) else (self.offsets[-1] + 1 if self.offsets else 0)
            return Span(place, place)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def to_flow(self, place: int) -> int:
        """Return the index of the first character of the flow that stands at or after `place` of the document."""
        index = bisect_right(self.offsets, place - 1)
        return min(index, len(self.offsets))

    def to_name(self, start: int, end: int) -> str:
        """Return the characters ``[start, end)`` as printed, in Simplified script."""
        words = self.printed[start:end]
        return simplify_name(words) if self.traditional else words


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed line: the view, the characters and their places; `wide` are indices before which a wide gap stood."""

    view: str
    printed: str
    places: tuple[int, ...]


def make_flow(document: Document, lexicon: Lexicon, holes: Sequence[Span] = ()) -> Flow:
    """Join a document's printed lines into logical ones.

    Parameters
    ----------
    document
        The repaired document.
    lexicon
        The parser's tables.
    holes
        Stretches that are read in another way (tables), sorted; they end a paragraph.

    Returns
    -------
    Flow
        Of the whole text but holes and furniture.
    """
    traditional = is_traditional(document.text, lexicon.rules)
    view = fold_text(document.text, traditional=traditional)
    furniture = _find_furniture(document, view)
    pieces = _printed_lines(document.text, view, [*holes, *furniture], lexicon)
    wrapped = document.format not in ("docx", "xlsx", "csv") and _is_wrapped(pieces, lexicon)
    texts: list[str] = []
    prints: list[str] = []
    offsets: list[int] = []
    for paragraph in _join(pieces, lexicon, wrapped=wrapped):
        for line in paragraph:
            _append(texts, prints, offsets, line)
        if offsets:
            texts.append("\n")
            prints.append("\n")
            offsets.append(offsets[-1])
    return Flow("".join(texts), "".join(prints), tuple(offsets), traditional, wrapped, tuple(furniture))


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
            for line in _squeeze(document.text, view, span.start + start, span.start + end, lexicon)
            if line.view
        ]
        for before, line in pairwise([None, *lines]):
            if before is not None and line is not None and _parts_names(before.view, line.view, lines, lexicon):
                texts.append("\n")
                prints.append("\n")
                offsets.append(offsets[-1])
            if line is not None:
                _append(texts, prints, offsets, line)
        places[span] = (begun, len(offsets))
        if offsets:
            texts.append("\n")
            prints.append("\n")
            offsets.append(offsets[-1])
    return Flow("".join(texts), "".join(prints), tuple(offsets), traditional, wrapped=False, furniture=()), places


def _parts_names(before: str, after: str, lines: Sequence[_Line], lexicon: Lexicon) -> bool:
    """Say whether a line break inside a cell parts two names, and does not wrap one in a narrow column."""
    if len(lines) > 2 and all(len(line.view) <= _NARROWEST for line in lines):
        return False
    first = re.split("[、，；]", after)[0]
    return before[-1] not in "、，（〔" and lexicon.ends_agency(before) and (lexicon.ends_agency(first) or lexicon.starts_label(after))


def _append(texts: list[str], prints: list[str], offsets: list[int], line: _Line) -> None:
    if texts and texts[-1] and line.view:
        before, after = texts[-1][-1], line.view[0]
        if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
            texts.append(" ")
            prints.append(" ")
            offsets.append(offsets[-1])
    texts.append(line.view)
    prints.append(line.printed)
    offsets.extend(line.places)


def is_furniture(line: str) -> bool:
    """Say whether a line is empty, or a page's number or mark."""
    words = line.strip(_BLANK)
    return not words or _PAGE_RE.fullmatch(words) is not None


def _find_furniture(document: Document, view: str) -> list[Span]:
    found = [block.span for block in document.blocks if block.kind is BlockKind.FURNITURE]
    lines = list(_split_lines(view))
    stripped = [view[start:end].strip(_BLANK) for start, end in lines]
    markers = [bool(line) and _PAGE_RE.fullmatch(line) is not None for line in stripped]
    contents = [index for index, line in enumerate(stripped) if _CONTENTS_RE.search(line)]
    if len(contents) > 1:
        found.extend(Span(*lines[index]) for index in contents)
    # A running head or foot: the same short words next to at least three page markers.
    beside = Counter(
        stripped[near] for index, marker in enumerate(markers) if marker for near in (index - 1, index + 1) if 0 <= near < len(lines)
    )
    running = {line for line, count in beside.items() if count >= 3 and 0 < len(line) <= 40}
    for index, (start, end) in enumerate(lines):
        near_marker = any(0 <= near < len(lines) and markers[near] for near in (index - 1, index + 1))
        if markers[index] or (stripped[index] in running and near_marker):
            found.append(Span(start, end))
    return sorted(set(found))


def _split_lines(view: str) -> Iterable[tuple[int, int]]:
    start = 0
    for line in view.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _split_cell(view: str) -> Iterable[tuple[int, int]]:
    """Yield the lines of a cell; Markdown writes their breaks as in HTML."""
    start = 0
    for match in re.finditer(r"\n|<br ?/?>", view):
        yield start, match.start()
        start = match.end()
    yield start, len(view)


def _printed_lines(text: str, view: str, holes: Sequence[Span], lexicon: Lexicon) -> list[_Line | None]:
    """Return the printed lines; None stands where a hole or an empty line ends a paragraph for sure."""
    starts = sorted(holes)
    found: list[_Line | None] = []
    index = 0
    for start, end in _split_lines(view):
        while index < len(starts) and starts[index].end < start:
            index += 1
        if index < len(starts) and starts[index].start <= start < max(starts[index].end, starts[index].start + 1):
            if _PAGE_RE.fullmatch(view[start:end].strip(_BLANK)) is None and view[start:end].strip(_BLANK):
                found.append(None)
            continue
        found.extend(_squeeze(text, view, start, end, lexicon))
    return found


def _squeeze(text: str, view: str, start: int, end: int, lexicon: Lexicon) -> list[_Line]:
    """Take the blanks out of a printed line; a wide gap that stands for a paragraph cuts it."""
    bullet = _BULLET_RE.match(view, start, end)
    start = bullet.end() if bullet is not None else start
    gaps = list(_BLANK_RE.finditer(view, start, end))
    wide = [gap for gap in gaps if _is_wide(gap.group())]
    cutting = len([gap for gap in wide if gap.start() > start]) >= _GAPS_IN_LINE and end - start > 120
    before_marks = _before_marks(view, gaps, end)
    lines: list[_Line] = []
    places: list[int] = []
    blanks: set[int] = set()
    position = start
    for gap in [*gaps, None]:
        stop = gap.start() if gap else end
        places.extend(range(position, stop))
        if gap is None:
            break
        position = gap.end()
        if not places or position >= end:
            continue
        if gap.end() in before_marks or (_is_wide(gap.group()) and (cutting or view[places[-1]] in "。；！？）〕")):
            lines.append(_to_line(text, view, places, blanks))
            places, blanks = [], set()
        elif _keeps_blank(view, places, position, lexicon):
            blanks.add(len(places))
            places.append(gap.start())
    lines.append(_to_line(text, view, places, blanks))
    return lines


def _before_marks(view: str, gaps: Sequence[re.Match[str]], end: int) -> set[int]:
    """Return where numbers stand behind a blank, in a line that holds so many that its blanks must stand for lost line breaks."""
    found = {gap.end() for gap in gaps if MARK_RE.match(view, gap.end(), end) or ODD_MARK_RE.match(view, gap.end(), end)}
    return found if len(found) >= _GAPS_IN_LINE and len(found) * _LONGEST_ITEM > end - gaps[0].start() > 60 else set()


def _is_wide(gap: str) -> bool:
    gap = gap.strip("*_")
    return gap.count("\u3000") >= 2 or len(gap) >= 4


def _keeps_blank(view: str, places: Sequence[int], after: int, lexicon: Lexicon) -> bool:
    """Say whether a blank may separate two words: Latin words, or an agency's name and what follows it."""
    before, following = view[places[-1]], view[after]
    if lexicon.label_re.match(view, after) is not None:
        return True
    if before.isascii() and following.isascii():
        return before.isalnum() and following.isalnum()
    if not ("\u4e00" <= following <= "\u9fff" or following in "“（") or not ("\u4e00" <= before <= "\u9fff" or before == "）"):
        return False
    tail = "".join(view[place] for place in places[-4:])
    return tail.endswith(lexicon.strong) or tail.endswith(lexicon.weak)


def _to_line(text: str, view: str, places: Sequence[int], blanks: set[int]) -> _Line:
    seen = "".join(" " if index in blanks else view[place] for index, place in enumerate(places))
    printed = "".join(" " if index in blanks else text[place] for index, place in enumerate(places))
    return _Line(seen, printed, tuple(places))


def _is_wrapped(lines: Sequence[_Line | None], lexicon: Lexicon) -> bool:
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if line is not None and following is not None and line.view and following.view
    ]
    if len(pairs) < 8:
        return False
    going_on = [
        line
        for line, following in pairs
        if len(line.view) >= 12 and line.view[-1] not in _TERMINAL + "）〕”" and not _starts_new(following.view, lexicon)
    ]
    return len(going_on) >= 6 and len(going_on) >= _WRAPPED_SHARE * len(pairs)


def _starts_new(view: str, lexicon: Lexicon) -> bool:
    return MARK_RE.match(view) is not None or lexicon.starts_label(view)


def _join(lines: Sequence[_Line | None], lexicon: Lexicon, *, wrapped: bool) -> list[list[_Line]]:
    lengths = sorted(len(line.view) for line in lines if line is not None and line.view)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    paragraphs: list[list[_Line]] = []
    current: list[_Line] = []
    open_brackets: list[str] = []
    for line in lines:
        if line is None or not line.view:
            if current and (line is None or not wrapped or not open_brackets):
                if line is not None and wrapped and _goes_on(current, width):
                    continue
                if line is not None and open_brackets and current[-1].view[-1] in "，、；：":
                    continue
                paragraphs.append(current)
                current, open_brackets = [], []
            continue
        if current and _breaks(current, line, open_brackets, lexicon, width if wrapped else 0):
            paragraphs.append(current)
            current, open_brackets = [], []
        current.append(line)
        _track_brackets(line.view, open_brackets)
    if current:
        paragraphs.append(current)
    return paragraphs


def _goes_on(current: Sequence[_Line], width: int) -> bool:
    """Say whether a blank line in wrapped text is a page break inside a sentence."""
    last = current[-1].view
    return last[-1] not in _TERMINAL + "）〕" and (len(last) > 0.6 * width or last[-1] in "，、")


def _track_brackets(view: str, open_brackets: list[str]) -> None:
    for character in view:
        if character in "（〔":
            open_brackets.append(character)
        elif character in "）〕" and open_brackets:
            open_brackets.pop()


def _breaks(current: Sequence[_Line], line: _Line, open_brackets: Sequence[str], lexicon: Lexicon, width: int) -> bool:
    """Say whether `line` begins a new paragraph; `width` is 0 in text that is not hard-wrapped."""
    following, last = line.view, current[-1].view
    numbered = MARK_RE.match(following) is not None
    held = sum(len(part.view) for part in current[-_LONGEST_BRACKET:])
    if open_brackets and held < (_LONGEST_BRACKET if width else 400) and not numbered:
        return False
    whole_mark = MARK_RE.match(current[0].view)
    mark_alone = len(current) == 1 and whole_mark is not None and whole_mark.end() == len(current[0].view)
    names_follow = lexicon.ends_label(last) and not numbered and not lexicon.starts_label(following)
    list_goes_on = last[-1] == "、" and not numbered and not lexicon.starts_label(following)
    if mark_alone or names_follow or list_goes_on or following[0] in _CLOSERS:
        return False
    if not width or _stands_alone(following) or _stands_alone(current[0].view) or _is_title(current, lexicon):
        return True
    if numbered:
        return last[-1] not in "，、" and not _is_mid_sentence(current, lexicon, width)
    return lexicon.starts_label(following) or _breaks_wrapped(current, following, lexicon, width)


def _stands_alone(view: str) -> bool:
    return _ALONE_RE.fullmatch(view) is not None or ANNEX_RE.fullmatch(view) is not None


def _is_mid_sentence(current: Sequence[_Line], lexicon: Lexicon, width: int) -> bool:
    """Say whether a full line of running text ends in the middle of a sentence: what looks like a number there is none (统⏎一、线上)."""
    last = current[-1].view
    words = "".join(line.view for line in current[-_LONGEST_BRACKET:])
    if MARK_RE.match(words) is not None and "。" not in words and len(words) <= _LONGEST_HEADING:
        return False
    return (
        len(last) >= 0.85 * width
        and last[-1] not in _TERMINAL + "）〕”》"
        and any(mark in words for mark in "，。")
        and lexicon.label_re.search(words) is None
    )


def _is_title(current: Sequence[_Line], lexicon: Lexicon) -> bool:
    """Say whether the lines so far are a whole title, though its last line is as long as any."""
    words = _TITLE_DAY_RE.sub("", "".join(line.view for line in current[:_MOST_TITLE_LINES]))
    if len(current) > _MOST_TITLE_LINES:
        return False
    return (
        8 <= len(words) <= 70
        and words.endswith(lexicon.words("title-ending"))
        and not re.search("[，。；：]", words)
        and (MARK_RE.match(words) is None and words.count("《") == words.count("》"))
    )


def _breaks_wrapped(current: Sequence[_Line], following: str, lexicon: Lexicon, width: int) -> bool:
    """Decide by the end of the last line: its mark, its length, and what stands before it."""
    last = current[-1].view
    if last[-1] in "）〕":
        return len(last) < 0.75 * width or _closes_responsibility(current, lexicon)
    if last[-1] == "：":
        return len(last) < 0.9 * width
    if last[-1] in _TERMINAL:
        return len(last) < 0.75 * width and following[0] not in _OPENERS
    if last[-1] in "，、”’》-—" or following[0] in _OPENERS:
        return False
    if lexicon.starts_label(current[0].view) and not last.endswith((*lexicon.strong, *lexicon.weak, "日", "月", "年", "底", "前")):
        return False
    return len(last) < 0.7 * width if len(current) > 1 else len(last) < 0.85 * width


def _closes_responsibility(current: Sequence[_Line], lexicon: Lexicon) -> bool:
    tail = "".join(line.view for line in current[-12:])
    start = max(tail.rfind("（"), tail.rfind("〔"))
    words = tail[start:]
    return lexicon.names_role(words)
