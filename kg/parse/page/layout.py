"""Logical lines: the text without furniture, wraps and stray blanks, and the way back to the characters as printed.

Text that comes from a PDF breaks its lines wherever the page ends, also inside words and brackets; text from a web page breaks them
where the author did, or not at all. Which of the two a document is, is decided by evidence over the whole document: how many lines end
in the middle of a sentence and go on in the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import Document, Span
from kg.parse.page.lines import Line, find_furniture, printed_lines
from kg.parse.page.page_foot import find_foot
from kg.parse.responsibility.damaged_labels import give_colons, mend_labels
from kg.parse.words.brackets import find_pairs
from kg.parse.words.counted import is_counted_name
from kg.parse.words.forms import DAY_RE, DOCUMENT_NUMBER_RE
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.marks import DAMAGED_MARK
from kg.parse.words.script import make_view, simplify_name

_TITLE_DAY_RE = re.compile(r"（(?:19|20)\d\d年[^（）]*）$")
_TERMINAL = "。！？；：…"
_CLOSERS = "，。、；：！？）〕”’》"
_OPENERS = "“‘《（〔"
#: A paragraph never holds an open bracket for longer than this many characters: an unclosed bracket must not swallow the document.
_LONGEST_BRACKET = 700
#: Share of lines that must go on in the next line before a document counts as hard-wrapped.
_WRAPPED_SHARE = 0.2
#: A page of few wrapped paragraphs shows it by its longest lines: several are as long, within some characters, and most of them go on.
_NARROWEST, _WIDEST, _RAGGED, _FEWEST_FULL, _FULL_SHARE = 26, 60, 3, 3, 0.6
#: Blank lines to a line of a page in which one stands behind each; two stand where a page's number was.
_LEAST_SPACED, _MOST_SPACED = 0.8, 1.3
_LONGEST_HEADING = 60
_MOST_TITLE_LINES = 4
_LONGEST_COUNT = 30
_MOST_EMPTY = 4
_LEAST_TITLE = 8
_NO_TITLE_RE = re.compile("[，。；：！？]")


@dataclass(frozen=True, slots=True)
class Flow:
    """The text the parser reads.

    ``text`` is the view for matching (see :mod:`kg.parse.words.script`), its paragraphs separated by newlines. ``printed`` has its length
    and the characters as they stand on the page. ``offsets[i]`` is the place of character ``i`` in the document's text. ``furniture``
    are the stretches of the document that are no part of the flow, ``bullets`` the indices of the paragraphs that begin with a bullet,
    ``mended`` where labels stand that have a wrong character on the page.
    """

    text: str
    printed: str
    offsets: tuple[int, ...]
    traditional: bool
    wrapped: bool
    furniture: tuple[Span, ...]
    bullets: frozenset[int] = frozenset()
    mended: tuple[tuple[int, int], ...] = ()

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
        return simplify_name(self.printed[start:end], traditional=self.traditional)


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
    folded, traditional = make_view(document.text, lexicon.rules)
    view, mended = mend_labels(give_colons(_unbox_labels(folded, lexicon), lexicon), lexicon)
    furniture = sorted({*find_furniture(document, view, lexicon), *find_foot(view, lexicon)})
    pieces = _without_spacing(printed_lines(document.text, view, holes, furniture, lexicon), lexicon)
    wrapped = document.format not in ("docx", "xlsx", "csv") and _is_wrapped(pieces, lexicon)
    texts: list[str] = []
    prints: list[str] = []
    offsets: list[int] = []
    bullets: set[int] = set()
    for paragraph in _join(pieces, lexicon, wrapped=wrapped):
        if paragraph[0].bulleted:
            bullets.add(len(offsets))
        for line in paragraph:
            append_line(texts, prints, offsets, line)
        if offsets:
            texts.append("\n")
            prints.append("\n")
            offsets.append(offsets[-1])
    # Once more where a printed line broke a label or the first of its names.
    joined = give_colons("".join(texts), lexicon)
    flow = Flow(joined, "".join(prints), tuple(offsets), traditional, wrapped, tuple(furniture), frozenset(bullets))
    return replace(flow, mended=tuple((flow.to_flow(start), flow.to_flow(end)) for start, end in mended))


def _unbox_labels(view: str, lexicon: Lexicon) -> str:
    """Give a label in a bracket of its own (【牵头单位】市水务局) the colon it stands for."""
    return lexicon.boxed_label_re.sub(lambda match: f" {match.group()[1:-1]}：", view)


def append_line(texts: list[str], prints: list[str], offsets: list[int], line: Line) -> None:
    """Add a line to a flow in the making; a blank is put between Latin words."""
    if texts and texts[-1] and line.view:
        before, after = texts[-1][-1], line.view[0]
        if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
            texts.append(" ")
            prints.append(" ")
            offsets.append(offsets[-1])
    texts.append(line.view)
    prints.append(line.printed)
    offsets.extend(line.places)


def _without_spacing(lines: Sequence[Line | None], lexicon: Lexicon) -> Sequence[Line | None]:
    """Drop blank lines where one stands behind every line of a hard-wrapped page: they part no paragraphs."""
    kept = [line for line in lines if line is None or line.view]
    longest = max((len(line.view) for line in kept if line is not None), default=0)
    spaced = _LEAST_SPACED * len(kept) <= len(lines) - len(kept) <= _MOST_SPACED * len(kept)
    return kept if spaced and longest <= _WIDEST and _is_wrapped(kept, lexicon) else lines


def _is_wrapped(lines: Sequence[Line | None], lexicon: Lexicon) -> bool:
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if line is not None and following is not None and line.view and following.view
    ]
    if len(pairs) < 8:
        return False
    goes_on = [line.view[-1] not in _TERMINAL + "）〕”" and not _starts_new(following.view, lexicon) for line, following in pairs]
    going_on = [line for (line, _), on in zip(pairs, goes_on, strict=True) if on and len(line.view) >= 12]
    if len(going_on) >= 6 and len(going_on) >= _WRAPPED_SHARE * len(pairs):
        return True
    longest = max(len(line.view) for line in lines if line is not None)
    full = [on for (line, _), on in zip(pairs, goes_on, strict=True) if len(line.view) >= longest - _RAGGED]
    return _NARROWEST <= longest <= _WIDEST and len(full) >= _FEWEST_FULL and sum(full) >= _FULL_SHARE * len(full)


def _starts_new(view: str, lexicon: Lexicon) -> bool:
    return lexicon.marks.number_re.match(view) is not None or lexicon.starts_label(view)


def _join(lines: Sequence[Line | None], lexicon: Lexicon, *, wrapped: bool) -> list[list[Line]]:
    lengths = sorted(len(line.view) for line in lines if line is not None and line.view)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    paragraphs: list[list[Line]] = []
    current: list[Line] = []
    open_brackets: list[str] = []
    for index, line in enumerate(lines):
        if line is None or not line.view:
            if current and (line is None or not wrapped or not open_brackets):
                if line is not None and wrapped and _goes_on(current, width):
                    continue
                if line is not None and open_brackets and current[-1].view[-1] in "，、；：":
                    continue
                following = next((below for below in lines[index + 1 : index + _MOST_EMPTY] if below is None or below.view), None)
                if line is not None and following is not None and _counts_names(current, following.view, lexicon):
                    continue
                paragraphs.append(current)
                current, open_brackets = [], []
            continue
        below = lines[index + 1] if index + 1 < len(lines) else None
        broken = wrapped and _begins_title(line.view, below.view if below is not None else "", lexicon, width)
        if current and (
            (broken and current[-1].view[-1] in "。！？" and not open_brackets)
            or (
                _breaks(current, line, open_brackets, lexicon, width if wrapped else 0)
                and not _is_broken_name(current, line, lexicon, lengths[-1])
            )
        ):
            paragraphs.append(current)
            current, open_brackets = [], []
        current.append(line)
        _track_brackets(line.view, open_brackets)
    if current:
        paragraphs.append(current)
    return paragraphs


def _goes_on(current: Sequence[Line], width: int) -> bool:
    """Say whether a blank line in wrapped text is a page break inside a sentence."""
    last = current[-1].view
    return last[-1] not in _TERMINAL + "）〕" and (len(last) > 0.6 * width or last[-1] in "，、")


def _track_brackets(view: str, open_brackets: list[str]) -> None:
    for character in view:
        if character in "（〔":
            open_brackets.append(character)
        elif character in "）〕" and open_brackets:
            open_brackets.pop()


def _breaks(current: Sequence[Line], line: Line, open_brackets: Sequence[str], lexicon: Lexicon, width: int) -> bool:
    """Say whether `line` begins a new paragraph; `width` is 0 in text that is not hard-wrapped."""
    following, last = line.view, current[-1].view
    numbered = lexicon.marks.number_re.match(following) is not None
    held = sum(len(part.view) for part in current[-_LONGEST_BRACKET:])
    if open_brackets and held < (_LONGEST_BRACKET if width else 400) and not numbered:
        return False
    whole_mark = lexicon.marks.number_re.match(current[0].view)
    mark_alone = len(current) == 1 and whole_mark is not None and whole_mark.end() == len(current[0].view)
    counts = numbered and _counts_names(current, following, lexicon)
    names_follow = counts or (lexicon.ends_label(last) and not numbered and not lexicon.starts_label(following))
    list_goes_on = last[-1] == "、" and not numbered and not lexicon.starts_label(following)
    if mark_alone or names_follow or list_goes_on or (following[0] in _CLOSERS and not following.startswith(DAMAGED_MARK)):
        return False
    if not width or _stands_alone(following, lexicon) or _stands_alone(current[0].view, lexicon) or _is_title(current, lexicon):
        return True
    if len(current) == 1 and not last.endswith((*lexicon.strong, "）")) and _begins_title(last, following, lexicon, width):
        return False  # a title on two lines, each of them short
    if numbered:
        return last[-1] not in "，、" and not _is_mid_sentence(current, lexicon, width)
    return lexicon.starts_label(following) or _breaks_wrapped(current, following, lexicon, width)


def _is_broken_name(current: Sequence[Line], line: Line, lexicon: Lexicon, longest: int) -> bool:
    """Say whether behind a label only both lines together are a name, or a name and its verb (企业服⏎务中心, 供电所配⏎合).

    The first of them is about as long as the `longest` line of a narrow page.
    """
    if longest > _WIDEST or len(current[-1].view) < longest - _RAGGED:
        return False
    words, following = "".join(part.view for part in current[-_LONGEST_COUNT:]), line.view
    if _starts_new(following, lexicon) or lexicon.label_re.search(words) is None:
        return False
    before, after = re.split("[^\u4e00-\u9fff]", words)[-1], re.split("[^\u4e00-\u9fff]", following)[0]
    if _is_no_name(after, before or words[-1], lexicon):
        return True
    if not before or not after or lexicon.ends_agency(before) or after.startswith(lexicon.name_leads):
        return False
    verb = next((verb for verb in lexicon.rules.verbs if (before + after).endswith(verb) and len(verb) > len(after)), "")
    whole = (before + after).removesuffix(verb).endswith((*lexicon.strong, *lexicon.words("weak-split")))
    return whole and len(after) < _LEAST_TITLE


def _is_no_name(after: str, before: str, lexicon: Lexicon) -> bool:
    """Say whether words only end a name of the line above (高新区⏎管委会, 各县（市、区）⏎人民政府, 某某高新⏎区管委会, 市⏎教育局)."""
    if not (before + after).endswith((*lexicon.strong, *lexicon.words("weak-split"))):
        return False
    if before in lexicon.words("level") and len(after) > 1:
        return True
    level = next((word for word in lexicon.words("level") if after.startswith(word)), "")
    whole = lexicon.ends_agency(before) if level else before.endswith(lexicon.strong)
    return len(after) == 1 or (after.removeprefix(level) in lexicon.words("bare-body") and not whole)


def _counts_names(current: Sequence[Line], following: str, lexicon: Lexicon) -> bool:
    """Say whether a numbered line below a label is a name that the label's list counts (责任单位：⏎1.市教育局⏎2.市财政局)."""
    last = current[-1].view
    return is_counted_name(following, lexicon) and (
        lexicon.ends_label(last)
        or (is_counted_name(last, lexicon) and any(lexicon.ends_label(line.view) for line in current[-_LONGEST_COUNT:-1]))
    )


def _stands_alone(view: str, lexicon: Lexicon) -> bool:
    """Say whether a line is a paragraph of its own: a document number, a day, the head of an annex."""
    return any(pattern.fullmatch(view) is not None for pattern in (DOCUMENT_NUMBER_RE, DAY_RE, lexicon.marks.annex_re))


def _is_mid_sentence(current: Sequence[Line], lexicon: Lexicon, width: int) -> bool:
    """Say whether a full line of running text ends in the middle of a sentence: what looks like a number there is none (统⏎一、线上)."""
    last = current[-1].view
    words = "".join(line.view for line in current[-_LONGEST_BRACKET:])
    if lexicon.marks.number_re.match(words) is not None and "。" not in words and len(words) <= _LONGEST_HEADING:
        return False
    return (
        len(last) >= 0.85 * width
        and last[-1] not in _TERMINAL + "）〕”》"
        and any(mark in words for mark in "，。")
        and lexicon.label_re.search(words) is None
    )


def _is_title(current: Sequence[Line], lexicon: Lexicon) -> bool:
    """Say whether the lines so far are a whole title, though its last line is as long as any."""
    words = _TITLE_DAY_RE.sub("", "".join(line.view for line in current[:_MOST_TITLE_LINES]))
    if len(current) > _MOST_TITLE_LINES:
        return False
    return (
        8 <= len(words) <= 70
        and words.endswith(lexicon.words("title-ending"))
        and not re.search("[，。；：]", words)
        and (lexicon.marks.number_re.match(words) is None and words.count("《") == words.count("》"))
    )


def _begins_title(view: str, below: str, lexicon: Lexicon, width: int) -> bool:
    """Say whether a line, alone or with the one `below`, is a title: short and without the marks of a sentence."""
    if _NO_TITLE_RE.search(view) or lexicon.marks.number_re.match(view) is not None or _stands_alone(view, lexicon):
        return False
    if len(view) < 0.85 * width and view.endswith(lexicon.words("title-ending")):
        return len(view) >= _LEAST_TITLE
    return (
        len(view) >= _LEAST_TITLE
        and len(below) < 0.85 * width
        and below.endswith(lexicon.words("title-ending"))
        and _NO_TITLE_RE.search(below) is None
        and lexicon.marks.number_re.match(below) is None
    )


def _breaks_wrapped(current: Sequence[Line], following: str, lexicon: Lexicon, width: int) -> bool:
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
    if lexicon.starts_label(current[0].view) and not last.endswith((*lexicon.strong, *lexicon.weak, *lexicon.words("term-ending"))):
        return False
    return len(last) < 0.7 * width if len(current) > 1 else len(last) < 0.85 * width


def _closes_responsibility(current: Sequence[Line], lexicon: Lexicon) -> bool:
    tail = "".join(line.view for line in current[-12:])
    pairs = find_pairs(tail, 0, len(tail), {"（": "）", "〔": "〕"})
    start = pairs[-1][0] if pairs and pairs[-1][1] == len(tail) else max(tail.rfind("（"), tail.rfind("〔"))
    return lexicon.names_role(tail[start:])
