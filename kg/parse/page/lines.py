"""Printed lines: what of a text is page furniture, and the lines without bullets, emphasis and stray blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model import BlockKind, Document, Span
from kg.parse.words.lexicon import Lexicon

_BLANK = " \t\u3000\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\x0b\x0c"
#: Little pictures that pages of chat programs set before numbers and labels; no word.
_EMOJI = "\U0001f300-\U0001faff"
#: Bullets and Markdown's marks before a line's own words.
_BULLETS = "•·●◆■▲△★☆○◎"
_BULLET_RE = re.compile(rf"[ \t\u3000]*(?:#{{1,6}}[ \t]+|[-*+{_BULLETS}][ \t]*(?=\*\*|[^-*\s\d]|\d+[.、）]))+")
#: Blanks, emoji, and Markdown's marks of emphasis, which part words as little as blanks do.
_BLANK_RE = re.compile(rf"(?:[{_BLANK}{_EMOJI}]|\*\*+|__+|\*(?=[（〔])|(?<=[）〕])\*)+")
_PAGE_RE = re.compile(r"#\s*Page\s+\d+\s*：?$|[-–—－•·\s]*\d{1,4}[-–—－•·\s]*$|第\s*\d+\s*页.{0,12}$|[-–—－]+\s*[IVXivx]{1,5}\s*[-–—－]+$")
#: A bracket at the end of a name, which is no longer with it.
_BRACKET_RE = re.compile(r"(?:（[^（）]*）|〔[^〔〕]*〕)$")
_LONGEST_TAIL = 24
#: A line of a table of contents.
_CONTENTS_RE = re.compile(r"(?:…|\.{3,}|·{3,}|。{3,})[\s.…]*\d{1,3}$")
#: Words without a blank and without the end of a sentence inside.
_WHO_RE = re.compile(rf"[^。；{_BLANK}\n]{{4,80}}[。；]?(?=[{_BLANK}\n]|$)")
#: Within one printed line, this many wide gaps say that gaps stand for paragraphs.
_GAPS_IN_LINE = 3
#: A line whose numbered stretches are longer than this on average is running text with a stray number or two.
_LONGEST_ITEM = 600
#: Pages on which a running head or foot stands at least.
_FEWEST_PAGES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: the view, the characters and their places, and whether a bullet stood before it."""

    view: str
    printed: str
    places: tuple[int, ...]
    bulleted: bool = False


def is_furniture(line: str) -> bool:
    """Say whether a line is empty, or a page's number or mark."""
    words = line.strip(_BLANK)
    return not words or _PAGE_RE.fullmatch(words) is not None


def find_furniture(document: Document, view: str, lexicon: Lexicon) -> list[Span]:
    """Return the stretches that are no part of the text: page numbers, running heads and feet, tables of contents.

    A line that begins with a label or holds half a bracket is text, on however many pages it stands first: the same agencies are
    responsible for many items.
    """
    marked = [block.span for block in document.blocks if block.kind is BlockKind.FURNITURE]
    found = [span for span in marked if not _is_text(span.slice(view).strip(_BLANK), lexicon)]
    lines = list(split_lines(view))
    stripped = [view[start:end].strip(_BLANK) for start, end in lines]
    markers = [bool(line) and _PAGE_RE.fullmatch(line) is not None for line in stripped]
    contents = [index for index, line in enumerate(stripped) if _CONTENTS_RE.search(line)]
    if len(contents) > 1:
        found.extend(Span(*lines[index]) for index in contents)
    # A running head or foot: the same short words next to at least three page markers, and to a third of all.
    beside = Counter(
        stripped[near] for index, marker in enumerate(markers) if marker for near in (index - 1, index + 1) if 0 <= near < len(lines)
    )
    fewest = max(_FEWEST_PAGES, sum(markers) / 3)
    running = {line for line, count in beside.items() if count >= fewest and 0 < len(line) <= 40 and not _is_text(line, lexicon)}
    for index, (start, end) in enumerate(lines):
        near_marker = any(0 <= near < len(lines) and markers[near] for near in (index - 1, index + 1))
        if markers[index] or (stripped[index] in running and near_marker):
            found.append(Span(start, end))
    return sorted(set(found))


def _is_text(line: str, lexicon: Lexicon) -> bool:
    return lexicon.starts_label(line) or any(line.count(opening) != line.count(closing) for opening, closing in ("（）", "〔〕"))


def split_lines(view: str) -> Iterable[tuple[int, int]]:
    """Yield where each line begins and ends, its newline not counted."""
    start = 0
    for line in view.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def printed_lines(text: str, view: str, holes: Sequence[Span], furniture: Sequence[Span], lexicon: Lexicon) -> list[Line | None]:
    """Return the printed lines outside `holes` and `furniture`; None stands where a hole ends a paragraph for sure."""
    taken = sorted([*((hole, True) for hole in holes), *((span, False) for span in furniture)])
    found: list[Line | None] = []
    index = 0
    for start, end in split_lines(view):
        while index < len(taken) and taken[index][0].end < start:
            index += 1
        span, ends_paragraph = taken[index] if index < len(taken) else (Span(len(view), len(view)), False)
        if span.start <= start < max(span.end, span.start + 1) and index < len(taken):
            if ends_paragraph and not is_furniture(view[start:end]):
                found.append(None)
            continue
        found.extend(squeeze(text, view, start, end, lexicon))
    return found


def squeeze(text: str, view: str, start: int, end: int, lexicon: Lexicon) -> list[Line]:
    """Take the blanks out of a printed line; a wide gap that stands for a paragraph cuts it."""
    if start >= end:
        return [Line("", "", ())]
    bullet = _BULLET_RE.match(view, start, end)
    start = bullet.end() if bullet is not None else start
    gaps = list(_BLANK_RE.finditer(view, start, end))
    wide = [gap for gap in gaps if _is_wide(gap.group())]
    cutting = len([gap for gap in wide if gap.start() > start]) >= _GAPS_IN_LINE and end - start > 120
    before_marks = _before_marks(view, gaps, end, lexicon)
    lines: list[Line] = []
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
    if bullet is not None and any(mark in _BULLETS for mark in bullet.group()):
        lines[0] = replace(lines[0], bulleted=True)
    return lines


def _before_marks(view: str, gaps: Sequence[re.Match[str]], end: int, lexicon: Lexicon) -> set[int]:
    """Return where numbers stand behind a blank, in a line that holds so many that its blanks must stand for lost line breaks."""
    marks = lexicon.marks
    found = {gap.end() for gap in gaps if marks.number_re.match(view, gap.end(), end) or marks.odd_re.match(view, gap.end(), end)}
    return found if len(found) >= _GAPS_IN_LINE and len(found) * _LONGEST_ITEM > end - gaps[0].start() > 60 else set()


def _is_wide(gap: str) -> bool:
    gap = gap.strip("*_")
    return gap.count("\u3000") >= 2 or len(gap) >= 4


def _keeps_blank(view: str, places: Sequence[int], after: int, lexicon: Lexicon) -> bool:
    """Say whether a blank may separate two words: Latin words, or an agency's name and what follows it.

    What follows is no bracket, which belongs to the name (各县 (市、区) 政府).
    """
    before, following = view[places[-1]], view[after]
    if lexicon.label_re.match(view, after) is not None or _begins_who(view, places, after, lexicon):
        return True
    if before.isascii() and following.isascii():
        return before.isalnum() and following.isalnum()
    counted = following.isdigit() and lexicon.marks.number_re.match(view, after) is not None
    if not (counted or "\u4e00" <= following <= "\u9fff" or following == "“") or not ("\u4e00" <= before <= "\u9fff" or before == "）"):
        return False
    tail = "".join(view[place] for place in places[-_LONGEST_TAIL:])
    if before == "）" and view.startswith(lexicon.name_leads, after):
        # 各县（市、区） 人民政府 goes on, 高新区（某镇） 各街道 does not.
        tail = _BRACKET_RE.sub("", tail)
    return tail.endswith(lexicon.strong) or tail.endswith(lexicon.weak)


def _begins_who(view: str, places: Sequence[int], after: int, lexicon: Lexicon) -> bool:
    """Say whether names and a role verb stand behind a blank, to the next or to the end of the line (修路 市交通局负责)."""
    if not view.startswith(lexicon.name_leads, after) or not "\u4e00" <= view[places[-1]] <= "\u9fff":
        return False
    said = _WHO_RE.match(view, after)
    tail = "".join(view[place] for place in places[-4:])
    goes_on = (*lexicon.words("lead-in"), *lexicon.words("connector"), *lexicon.words("task-verb"), *lexicon.rules.joints)
    return said is not None and said.group().rstrip("。；").endswith(tuple(lexicon.rules.verbs)) and not tail.endswith(goes_on)


def _to_line(text: str, view: str, places: Sequence[int], blanks: set[int]) -> Line:
    if not places:
        return Line("", "", ())
    if not blanks and len(places) == places[-1] - places[0] + 1:
        return Line(view[places[0] : places[-1] + 1], text[places[0] : places[-1] + 1], tuple(places))
    seen = "".join(" " if index in blanks else view[place] for index, place in enumerate(places))
    printed = "".join(" " if index in blanks else text[place] for index, place in enumerate(places))
    return Line(seen, printed, tuple(places))
