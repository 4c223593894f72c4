"""Numbers into a tree of units: sections, items, sub-items, and several plans in one file.

A unit is a numbered stretch of the flow. The kind of its number (一、 or （一） or 1.) gives its depth: a kind that is open above is a
brother of that unit, a new kind is a child of the last. Whether a mark at the beginning of a line or in the middle of a paragraph is a
number at all is decided by what is expected: the next number of an open kind, or a first one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from kg.parse.page.back_matter import is_back_matter, trim_back
from kg.parse.page.layout import Flow
from kg.parse.structure.units import Oddity, Outline, Unit, name_paths, outranks, rank
from kg.parse.words.brackets import find_pairs, outermost
from kg.parse.words.counted import find_counted
from kg.parse.words.cuts import find_paragraphs
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.marks import DAMAGED_MARK, HANZI_DIGITS, Mark, Marks

_HANZI = "一二三四五六七八九十"
_LONGEST_LIST = 300
_LEAST_TITLE = 2
#: What an item holds that is the title of those below it: no more than so many characters, and none of a sentence's marks.
_LONGEST_TITLE = 40
_SENTENCE_RE = re.compile("[。；：！？\n]")
_MOST_TRIED = 20
_INLINE_BEFORE = "。；：！？）〕”"
#: A text of one line that holds a whole plan is at least so long.
_LEAST_PAGE = 120


def read_outline(flow: Flow, lexicon: Lexicon, start: int) -> Outline:
    """Build the tree of units from the flow's index `start` (the end of the front matter) on."""
    paragraphs = list(find_paragraphs(flow.text, start, len(flow.text)))
    builder = _Builder(flow, lexicon, start, _sequences(flow.text, paragraphs, lexicon.marks))
    for begun, ended in paragraphs:
        builder.take_paragraph(begun, ended)
    return builder.finish()


def _sequences(text: str, paragraphs: Sequence[tuple[int, int]], marks: Marks) -> frozenset[int]:
    """Return where the numbers at line beginnings stand that the next one of their kind goes on with, wherever they begin to count."""
    last: dict[str, Mark] = {}
    doubtful: dict[str, Mark] = {}
    found: set[int] = set()
    for begun, ended in paragraphs:
        sure = marks.find(text, begun, ended) or marks.find_odd(text, begun, ended)
        mark = sure or marks.find_before_digit(text, begun, ended)
        if mark is None:
            continue
        for before in (last.get(mark.kind), doubtful.get(mark.kind)):
            if before is not None and mark.value == before.value + 1:
                found.update((before.start, mark.start))
        (doubtful if sure is None else last)[mark.kind] = mark
    return frozenset(found)


class _Builder:
    def __init__(self, flow: Flow, lexicon: Lexicon, start: int, sequences: frozenset[int]) -> None:
        self._flow = flow
        self._text = flow.text
        self._lexicon = lexicon
        self._sequences = sequences
        self._root = Unit(None, None, start, start)
        self._parts = [self._root]
        self._stack: list[Unit] = [self._root]
        self._last: dict[str, int] = {}
        self._inside: dict[str, str] = {}
        self._oddities: list[Oddity] = []
        self._titles: list[tuple[int, int]] = []
        self._hopeless: set[str] = set()

    def take_paragraph(self, start: int, end: int) -> None:
        """Take a paragraph: a number at its beginning, numbers inside, or a title that begins a new part."""
        mark = self._lexicon.marks.find(self._text, start, end) or self._expected_mark(start, end) or self._odd_mark(start, end)
        if mark is not None and self._lexicon.marks.must_go_on(mark.kind) and start not in self._sequences:
            mark = None
        if mark is not None and self._lexicon.starts_label(self._text[mark.end : end]):
            position = mark.end  # （1）牵头单位：A is a line of the item above
        elif mark is not None and mark.end == end and not self._text[end:].strip():
            self._oddities.append(Oddity("stray-number", start, end, ""))
            position = end
        elif mark is not None and self._accepts(mark, end):
            self._open(mark)
            position = mark.end
        else:
            if mark is not None:
                self._oddities.append(Oddity("stray-number", mark.start, mark.end, str(self._last.get(mark.kind, 0) + 1)))
            if self._is_part_title(start, end):
                self._titles.append((start, end))
            position = start
        self._take_inline(position, end)

    def _odd_mark(self, start: int, end: int) -> Mark | None:
        """Read 2，推进 or 2推进 as item 2 where the numbers before or behind it say so."""
        mark = self._lexicon.marks.find_odd(self._text, start, end) or self._damaged_mark(start)
        if mark is None or start in self._sequences:
            return mark
        above = self._open_of(mark.kind)
        before = self._text[start - 2 : start - 1]
        return (
            mark if above is not None and above.mark is not None and mark.value == above.mark.value + 1 and before in "。；）〕" else None
        )

    def _damaged_mark(self, start: int) -> Mark | None:
        """Take what is left of a damaged （三） at the beginning of a line (？。) for the next number, and report it."""
        above = self._open_of("hanziparen")
        if above is None or above.mark is None or not self._text.startswith(DAMAGED_MARK, start) or above.mark.value >= len(_HANZI):
            return None
        value = above.mark.value + 1
        self._oddities.append(Oddity("damaged-number", start, start + 2, f"（{_HANZI[value - 1]}）"))
        return Mark(start, start + 2, "hanziparen", value, _HANZI[value - 1], DAMAGED_MARK, inline=False)

    def _expected_mark(self, start: int, end: int) -> Mark | None:
        """Read 2.1.5亿元 as item 2 where item 1 is open: a number before a number counts only if it is the very next one.

        Where none is open (1.10个乡镇 is the first of its section), a line above or below must count on with it.
        """
        mark = self._lexicon.marks.find_before_digit(self._text, start, end)
        above = self._open_of("arabic")
        if mark is None or above is None or above.mark is None:
            return mark if start in self._sequences and above is None else None
        return mark if mark.value == above.mark.value + 1 else None

    def _take_inline(self, position: int, end: int) -> None:
        inside = find_pairs(self._text, position, end, {"（": "）", "〔": "〕"})
        inside = outermost([*inside, *find_counted(self._text, position, end, self._lexicon)])
        place = position
        while (match := self._lexicon.marks.number_re.search(self._text, place, end)) is not None:
            # 提升行动1.甲 is no number of its own, but 1. in it may be one.
            place = match.start() + 1
            before_it = bisect_left(inside, (match.start(), 0))
            if before_it and match.start() < inside[before_it - 1][1]:
                place = inside[before_it - 1][1]
                continue
            if not self._may_stand(match, position, end):
                continue
            mark = self._lexicon.marks.find(self._text, match.start(), end, inline=True)
            if mark is not None and not self._lexicon.marks.must_go_on(mark.kind) and self._accepts_inline(mark):
                self._open(mark)
                place = mark.end

    def _may_stand(self, match: re.Match[str], position: int, end: int) -> bool:
        """Say whether a number may stand inside a paragraph: behind a mark, or where line breaks were lost."""
        place = match.start()
        before = self._text[place - 1] if place > 0 else "\n"
        if (before.isdigit() and self._text[place].isdigit()) or (before in HANZI_DIGITS and self._text[place] in HANZI_DIGITS):
            return False
        if before in _INLINE_BEFORE or (place == position and self._stack[-1].body == position):
            return True
        titled = match.group("named") is None and (self._follows_title(place) or self._begins_sections(place, end))
        return not self._flow.wrapped and (titled or self._follows_list(place))

    def _follows_title(self, place: int) -> bool:
        """一、总体要求（一）指导思想: in text without line breaks the first sub-item may follow a title at once."""
        unit = self._stack[-1]
        held = self._text[unit.body : place]
        return unit.mark is not None and _LEAST_TITLE <= len(held) <= 40 and not re.search(r"[。；：\n]", held)

    def _begins_sections(self, place: int, end: int) -> bool:
        """某方案一、强化支持: in text without line breaks the first number may follow a title or a day at once, if a second one comes."""
        if self._root.children or end - place < _LEAST_PAGE:
            return False
        label = self._lexicon.marks.first_label(self._text, place)
        if label and label not in self._hopeless and self._lexicon.marks.has_second(self._text, place + len(label), end, label):
            return True
        self._hopeless.add(label)
        return False

    def _follows_list(self, place: int) -> bool:
        """责任单位：市财政局（二）: in text without line breaks an item may follow a line of names or its term."""
        unit = self._stack[-1]
        if unit.mark is None:
            return False
        held = self._text[max(unit.body, place - _LONGEST_LIST) : place].rstrip(" ")
        return self._lexicon.label_re.search(held) is not None and (
            self._lexicon.ends_agency(held) or held.endswith((*self._lexicon.words("term-ending"), *self._lexicon.rules.verbs))
        )

    def _accepts(self, mark: Mark, end: int) -> bool:
        open_unit = self._open_of(mark.kind)
        if mark.value == 1:
            return True
        if mark.value == self._last.get(mark.kind, 0) + 1:
            return True
        if open_unit is not None and open_unit.mark is not None:
            return mark.value > open_unit.mark.value or self._is_new_line(mark)
        near = self._last.get(mark.kind, 0) < mark.value <= self._last.get(mark.kind, 0) + 4
        grown = mark.value > self._last.get(mark.kind, 0) and self._ends_in_bracket(self._text[mark.end : end].rstrip("。；"))
        return near or grown or not self._last or mark.start in self._sequences

    def _ends_in_bracket(self, line: str) -> bool:
        """Say whether a line ends in a bracket that says who does it: an excerpt keeps the numbers of its whole."""
        inner = line[:-1].rpartition("（")[2]
        return line.endswith("）") and (self._lexicon.ends_agency(inner) or any(word in inner for word in self._lexicon.words("speaks")))

    def _is_new_line(self, mark: Mark) -> bool:
        before = self._text[mark.start - 2 : mark.start - 1]
        return mark.start == 0 or before in "。；！？：）〕”" or not self._flow.wrapped

    def _accepts_inline(self, mark: Mark) -> bool:
        """Inside a paragraph only the very next number counts, a first one of a kind that is not open, or a later one that must be one."""
        open_unit = self._open_of(mark.kind)
        if self._jumps(mark):
            return True
        if open_unit is not None and open_unit.mark is not None:
            return mark.value == open_unit.mark.value + 1
        if mark.value == 1:
            return rank(mark.kind) > rank(self._stack[-1].mark.kind) if self._stack[-1].mark is not None else True
        return mark.value == self._last.get(mark.kind, 0) + 1

    def _jumps(self, mark: Mark) -> bool:
        """Say whether a number skips some before it: a selection of items stands in one line, and each begins behind who does the last."""
        unit = self._stack[-1]
        if mark.value <= self._last.get(mark.kind, 0) or self._flow.wrapped:
            return False
        if self._open_of(mark.kind) is not None:
            return self._says_who(unit.body, mark.start)
        if mark.kind not in ("arabic", "hanziparen"):
            return False
        if unit.mark is not None:
            return outranks(unit.mark, mark) and self._follows_title(mark.start)
        return not unit.children and self._text[mark.start - 1] in "：。" and self._begins_selection(mark)

    def _begins_selection(self, mark: Mark) -> bool:
        """Say whether behind the first number of a text, which is not 1, a greater one follows at once behind who does the item."""
        end = self._text.find("\n", mark.end)
        for match in islice(
            self._lexicon.marks.number_re.finditer(self._text, mark.end, end if end >= 0 else len(self._text)), _MOST_TRIED
        ):
            following = self._lexicon.marks.find(self._text, match.start(), match.end() + 1)
            if following is not None and following.kind == mark.kind and following.value > mark.value:
                return self._says_who(mark.end, following.start)
        return False

    def _says_who(self, start: int, place: int) -> bool:
        """Say whether what stands from `start` to `place` ends with who does it: a bracket, or names behind a label."""
        held = self._text[max(start, place - _LONGEST_LIST) : place].rstrip("。；")
        return self._ends_in_bracket(held) or (self._lexicon.label_re.search(held) is not None and self._lexicon.ends_agency(held))

    def _open_of(self, kind: str) -> Unit | None:
        return next((unit for unit in self._stack if unit.mark is not None and unit.mark.kind == kind), None)

    def _open(self, mark: Mark) -> None:
        if self._begins_part(mark):
            self._begin_part(mark)
        depth = next((index for index, unit in enumerate(self._stack) if unit.mark is not None and unit.mark.kind == mark.kind), None)
        if depth is None:
            depth = self._depth_of_new(mark)
        self._check_number(mark, depth)
        self._close(depth, mark.start)
        parent = self._stack[-1]
        unit = Unit(mark, parent, mark.start, mark.end)
        parent.children.append(unit)
        parent.kinds.add(mark.kind)
        self._stack.append(unit)
        self._last[mark.kind] = mark.value
        self._titles = []

    def _depth_of_new(self, mark: Mark) -> int:
        """Place a kind that is not open: below the last unit, unless its rank and its number say that it goes on higher up.

        A page may show another order: where the first item of a kind stands right behind the title of another kind's first one
        (1）甲⏎（1）乙), it is inside that one, for the rest of the part.
        """
        last = self._stack[-1]
        if mark.value == 1 and mark.kind not in self._last and last.mark is not None and rank(mark.kind) < rank(last.mark.kind):
            words = self._text[last.body : mark.start].strip("\n").rstrip("。")
            if last.mark.value == 1 and 0 < len(words) <= _LONGEST_TITLE and _SENTENCE_RE.search(words) is None:
                self._inside[mark.kind] = last.mark.kind
        outer = self._inside.get(mark.kind)
        for index, unit in enumerate(self._stack):
            if outer is not None and unit.mark is not None and unit.mark.kind == outer:
                return index + 1
        for index in range(len(self._stack) - 1, 0, -1):
            unit = self._stack[index]
            if mark.value != 1 and mark.kind in self._stack[index - 1].kinds:
                return index
            if unit.mark is not None and rank(unit.mark.kind) < rank(mark.kind):
                return index + 1
        return len(self._stack) if self._stack[-1].mark is None or mark.value == 1 else 1

    def _check_number(self, mark: Mark, depth: int) -> None:
        brothers = (child.mark for child in reversed(self._stack[depth - 1].children) if child.mark is not None)
        last = next((brother for brother in brothers if brother.kind == mark.kind), None)
        running = self._last.get(mark.kind, 0)
        if last is not None:
            if mark.value == last.value:
                self._oddities.append(Oddity("duplicate-number", mark.start, mark.end, str(last.value + 1)))
            elif mark.value != last.value + 1 and mark.value != 1:
                self._oddities.append(Oddity("missing-number", mark.start, mark.end, str(last.value + 1)))
        elif mark.value not in (1, running + 1):
            self._oddities.append(Oddity("missing-number", mark.start, mark.end, str(running + 1 if running else 1)))

    def _begins_part(self, mark: Mark) -> bool:
        """Say whether a number begins a new part: a first one of the outermost kind, after units, with a title before it."""
        if not self._titles or mark.value != 1 or not self._parts[-1].children:
            return False
        first = self._parts[-1].children[0].mark
        signed = self._is_signed(self._titles[0][0]) or self._lexicon.marks.annex_re.fullmatch(self._text, *self._titles[0]) is not None
        return signed or (first is not None and rank(mark.kind) <= rank(first.kind))

    def _part_title(self, titles: Sequence[tuple[int, int]]) -> str:
        """Return the title proper: not the line 附件2 above it, nor the label 附件： before it."""
        words = [self._lexicon.marks.annex_re.sub("", self._text[start:end], count=1) for start, end in titles]
        return next((line for line in reversed(words) if line), "".join(self._text[start:end] for start, end in titles[:1]))

    def _is_signed(self, place: int) -> bool:
        """Say whether a signature or a day stands right before `place`: what follows is the plan that a note sends."""
        return trim_back(self._text, self._root.start, place, self._lexicon) < place

    def _begin_part(self, mark: Mark) -> None:
        titles = list(self._titles)
        start = self._titles[0][0] if self._titles else mark.start
        self._close(1, trim_back(self._text, self._root.start, start, self._lexicon))
        self._root.end = start
        self._root = Unit(None, None, start, start)
        self._root.title = self._part_title(titles)
        self._parts.append(self._root)
        self._stack = [self._root]
        self._last, self._inside = {}, {}

    def _is_part_title(self, start: int, end: int) -> bool:
        words = self._text[start:end]
        if is_part_title(words, self._lexicon):
            return True
        if 4 <= len(words) <= 60 and not re.search("[，。；：]", words) and not self._titles and self._is_signed(start):
            return not is_back_matter(words, self._lexicon) and not words.endswith(self._lexicon.strong)
        return False

    def _close(self, depth: int, place: int) -> None:
        while len(self._stack) > depth:
            self._stack.pop().end = place

    def finish(self) -> Outline:
        self._close(0, trim_back(self._text, self._root.start, len(self._text), self._lexicon))
        for number, part in enumerate(self._parts, start=1):
            name_paths(part, number)
        return Outline(tuple(self._parts), tuple(self._oddities))


def is_part_title(words: str, lexicon: Lexicon) -> bool:
    """Say whether a line is the title of a plan or annex, by its own words."""
    if lexicon.marks.annex_re.match(words):
        return len(words) <= 60
    return 6 <= len(words) <= 60 and words.endswith(lexicon.words("title-ending")) and words[-1] not in "。；：" and "，" not in words
