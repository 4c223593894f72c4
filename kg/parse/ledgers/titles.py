"""The titles of tables that were copied as text: a title on each line, or titles in one line parted by blanks.

A narrow column breaks its title over two or three lines (责任股室⏎（单位）, 主要责⏎任单位), and a title may be spaced out (责 任 单 位).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from kg.model import Span
from kg.parse.ledgers.columns import names_columns, squeeze_title, title_kind
from kg.parse.page.lines import is_furniture
from kg.parse.words.lexicon import Lexicon
from kg.rules.notation_rules import to_alternatives

_LONGEST_TITLE = 14
_LONGEST_LINE = 120
_MOST_COLUMNS = 12
_MOST_PARTS = 6
_MOST_LINES = 3
_LONGEST_BROKEN = 10
_EMPTY_LINE = 2
_LEAST_TITLES = 2
_NO_TITLE_RE = re.compile(r"[。；：，]|\d$")
_BRACKET_RE = re.compile(r"（[^（）]*）|〔[^〔〕]*〕")
_EDGES = " \t\u3000\u00a0|"
#: Within so many characters behind 序号, further titles say that a table was run together.
_GLUED_REACH = 90
_LEAST_GLUED = 3
#: The titles of a table whose cells are printed in another order stand within so many lines, none of which is longer.
_SCATTERED_REACH = 60
_LONGEST_SCATTERED = 40


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles in a row: their spans and words, what parts cells from each other (``mode``), and where the first cell may begin."""

    spans: tuple[Span, ...]
    words: tuple[str, ...]
    mode: str
    end: int


class TitleFinder:
    """Finds titles in the view of a text."""

    def __init__(self, view: str, lexicon: Lexicon) -> None:
        self._view = view
        self._lexicon = lexicon
        self._kinds: dict[str, str] = {}

    def find(self) -> Iterator[Titles]:
        """Yield the runs of titles in the order of the page."""
        printed = [
            match for match in re.finditer(r"[^\n]+", self._view) if match.group().strip().isdigit() or not is_furniture(match.group())
        ]
        lines = [span for match in printed if (span := self.trim(match.start(), match.end())) is not None]
        index = 0
        while index < len(lines):
            run, taken = self._in_lines(lines, index)
            if run:
                yield self._to_titles(run)
                index += taken
                continue
            titles = self._in_line(lines[index])
            if titles is not None:
                below = self._below(lines[index + 1]) if titles.mode == "blanks" and index + 1 < len(lines) else ()
                yield self._with_below(titles, below)
                index += bool(below)
            index += 1

    def find_glued(self) -> Iterator[Span]:
        """Yield the titles of tables whose structure got lost altogether: at least three, run together or parted by blanks, and a role."""
        numbers = to_alternatives(word for word in self._lexicon.words("column-number") if len(word) > 1)
        listed = [
            word for name in ("column-task", "column-deadline", "column-person", "column-other") for word in self._lexicon.words(name)
        ]
        others = to_alternatives(word for word in (*listed, *self._lexicon.rules.columns) if len(word) > 1)
        for match in re.finditer(rf"(?:{numbers})(?![\u4e00-\u9fff]?[：，。])", self._view):
            reach = re.split(r"[。；\n]", self._view[match.end() : match.end() + _GLUED_REACH])[0]
            words = re.sub(r"[\s\u3000]+", "", reach)
            found = re.findall(others, words)
            if len(found) >= _LEAST_GLUED - 1 and any(word in words for word in self._lexicon.words("speaks")):
                yield Span(match.start(), match.end() + len(reach.rstrip()))

    def find_scattered(self) -> Iterator[tuple[Span, Span]]:
        """Yield titles of roles that stand among cells, some lines below the title of the numbers: a table printed in another order."""
        lines = [span for match in re.finditer(r"[^\n]+", self._view) if (span := self.trim(match.start(), match.end())) is not None]
        kinds = [self._kinds_in(line) for line in lines]
        for index, held in enumerate(kinds):
            if "number" not in held:
                continue
            below = next((place for place in range(index, min(index + _SCATTERED_REACH, len(lines))) if "role" in kinds[place]), None)
            if below is not None:
                yield lines[index], lines[below]

    def _kinds_in(self, line: Span) -> set[str]:
        """Return the kinds of the titles that stand between the blanks of a short line."""
        words = line.slice(self._view)
        if len(words) > _LONGEST_SCATTERED or _NO_TITLE_RE.search(words):
            return set()
        return {title_kind(squeeze_title(part), self._lexicon) for part in words.split()}

    def trim(self, start: int, end: int) -> Span | None:
        """Return ``[start, end)`` without blanks and bars at its ends; None if nothing is left."""
        while start < end and self._view[start] in _EDGES:
            start += 1
        while end > start and self._view[end - 1] in _EDGES:
            end -= 1
        return Span(start, end) if start < end else None

    def _in_lines(self, lines: Sequence[Span], index: int) -> tuple[list[Span], int]:
        """Return the titles that the lines from `index` on are, and how many lines they take; a single unknown one may stand between."""
        held = list(takewhile(self._may_be_title, lines[index : index + _MOST_COLUMNS * 2]))
        run: list[Span] = []
        taken = known = kept = 0
        for count, is_known in self._group(held, _MOST_LINES):
            if (not is_known and (not run or known < len(run))) or len(run) == _MOST_COLUMNS:
                break
            run.append(Span(held[taken].start, held[taken + count - 1].end))
            taken += count
            if is_known:
                known, kept = len(run), taken
        run = run[:known]
        words_of = [squeeze_title(span.slice(self._view)) for span in run]
        return (run, kept) if len(run) >= 2 and names_columns(words_of, self._lexicon) else ([], 0)

    def _may_be_title(self, line: Span) -> bool:
        printed = line.slice(self._view)
        words = squeeze_title(printed)
        return (
            0 < len(words) <= _LONGEST_TITLE
            and not printed.endswith("：")
            and _NO_TITLE_RE.search(words) is None
            and self._lexicon.marks.find(words, 0, len(words)) is None
        )

    def _group(self, spans: Sequence[Span], most: int) -> Iterator[tuple[int, bool]]:
        """Group lines or words to titles; a title does not go on behind an empty line or a bar."""
        words = [squeeze_title(span.slice(self._view)) for span in spans]
        position = 0
        while position < len(words):
            reach = position + 1
            while (
                reach < min(position + most, len(words))
                and (gap := self._view[spans[reach - 1].end : spans[reach].start]).count("\n") < _EMPTY_LINE
                and "|" not in gap
            ):
                reach += 1
            count, known = _first_title(words[position:reach], self._lexicon, self._kinds)
            yield count, known
            position += count

    def _to_titles(self, run: Sequence[Span]) -> Titles:
        between = [self._view[left.end : right.start] for left, right in pairwise(run)]
        mode = "bars" if all("|" in gap for gap in between) else "blank lines" if all(gap.count("\n") > 1 for gap in between) else "lines"
        return Titles(tuple(run), tuple(squeeze_title(span.slice(self._view)) for span in run), mode, run[-1].end)

    def _in_line(self, line: Span) -> Titles | None:
        """Read one line as titles parted by blanks; a title may itself hold blanks (责 任 单 位)."""
        parts = self._parts(line)
        if len(parts) < _LEAST_TITLES:
            return None
        if line.end - line.start > _LONGEST_LINE:
            return self._before_cells(parts)
        spans, known = self._spans(parts)
        words = [squeeze_title(span.slice(self._view)) for span in spans]
        least = min(len(spans), 3)
        if known < max(least, _LEAST_TITLES) or known * 3 < len(spans) * 2 or not names_columns(words, self._lexicon):
            return self._before_cells(parts)
        return Titles(tuple(spans), tuple(words), "blanks", line.end)

    def _spans(self, parts: Sequence[Span]) -> tuple[list[Span], int]:
        """Return the titles that `parts` are, and how many of them are known."""
        spans: list[Span] = []
        position = known = 0
        for count, is_known in self._group(parts, _MOST_PARTS):
            spans.append(Span(parts[position].start, parts[position + count - 1].end))
            position += count
            known += is_known
        return spans, known

    def _below(self, line: Span) -> tuple[Span, ...]:
        """Return the titles of a line that holds nothing but titles of roles and persons: those below a title over several columns."""
        spans, known = self._spans(self._parts(line))
        kinds = {title_kind(squeeze_title(span.slice(self._view)), self._lexicon) for span in spans}
        return tuple(spans) if len(spans) == known >= _LEAST_TITLES and "role" in kinds and kinds <= {"role", "person"} else ()

    def _with_below(self, titles: Titles, below: tuple[Span, ...]) -> Titles:
        """Return `titles` with those of a second line behind them."""
        if not below:
            return titles
        words = tuple(squeeze_title(span.slice(self._view)) for span in below)
        return Titles((*titles.spans, *below), (*titles.words, *words), titles.mode, below[-1].end)

    def _parts(self, line: Span) -> list[Span]:
        return [
            Span(line.start + match.start(), line.start + match.end()) for match in re.finditer(r"[^\s\u3000]+", line.slice(self._view))
        ]

    def _before_cells(self, parts: Sequence[Span]) -> Titles | None:
        """Read titles behind which, in the same line, the cells follow: from that of the numbers to the last known one."""
        words = [squeeze_title(part.slice(self._view)) for part in parts]
        first = next((index for index, title in enumerate(words) if title_kind(title, self._lexicon) == "number"), len(parts))
        held = parts[first : first + _MOST_COLUMNS]
        run: list[Span] = []
        position = 0
        for count, is_known in self._group(held, _MOST_PARTS):
            if not is_known:
                break
            run.append(Span(held[position].start, held[position + count - 1].end))
            position += count
        titles = [squeeze_title(span.slice(self._view)) for span in run]
        if len(run) < _LEAST_GLUED or not names_columns(titles, self._lexicon):
            return None
        return Titles(tuple(run), tuple(titles), "blanks", run[-1].end)


def _first_title(parts: Sequence[str], lexicon: Lexicon, kinds: dict[str, str]) -> tuple[int, bool]:
    """Return of how many of `parts` the first title is made, and whether it is known; `kinds` keeps what was looked up before.

    Examples
    --------
    >>> from kg.parse.words.lexicon import make_lexicon
    >>> from kg.rules import load_rules
    >>> lexicon = make_lexicon(load_rules().notation)
    >>> [_first_title(parts, lexicon, {}) for parts in (["序", "号", "任务"], ["牵头", "单位"], ["主要责", "任单位"], ["目标", "任务"])]
    [(2, True), (2, True), (2, True), (1, True)]
    """
    known: list[int] = []
    # The title of the numbers is a first one: what stands above it is the table's own (责任清单⏎序号⏎任务).
    reach = next((index for index in range(1, len(parts)) if title_kind(parts[index], lexicon) == "number"), len(parts))
    for count in range(1, reach + 1):
        words = "".join(parts[:count])
        if words not in kinds:
            kinds[words] = title_kind(words, lexicon)
        if kinds[words] and (count == 1 or len(words) <= _LONGEST_BROKEN):
            known.append(count)
    if not known:
        return 1, False
    spaced = [count for count in known if all(len(part) == 1 for part in parts[:count])]
    count = max(spaced) if spaced else known[0]
    # 牵头⏎单位, 时限⏎要求, 责任股室⏎（单位）: what follows is the rest of the title.
    while count < len(parts) and count + 1 in known and (_is_rest(parts[count], lexicon) or _BRACKET_RE.fullmatch(parts[count])):
        count += 1
    return count, True


def _is_rest(words: str, lexicon: Lexicon) -> bool:
    return words in lexicon.words("label-noun") or (
        words in lexicon.words("column-task-ending") and words not in lexicon.words("column-task")
    )
