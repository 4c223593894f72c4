"""Lines of narrow cells: names that the edge of a column broke in two, in a table copied line by line.

A column's width shows where lines that must go on end: at a mark, before a mark, or where only both lines together are a name. Lines of
that length may go on, shorter ones do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Span
from kg.parse.ledgers.traits import Judge
from kg.parse.words.lexicon import Lexicon

_LONGEST_LINE = 12
_MOST_LINES = 4
_LEAST_EVIDENCE = 2
_MOST = 0.8
_NAMES = ("agencies", "duty", "perhaps")
#: A rest so short that it is no name of its own.
_SHORTEST_NAME = 2


class Wraps:
    """Joins the lines of narrow cells.

    Parameters
    ----------
    words
        The lines' words (of the view), without blanks.
    judge, lexicon
        What is a name.
    """

    def __init__(self, words: Sequence[str], judge: Judge, lexicon: Lexicon) -> None:
        self._words = words
        self._judge = judge
        self._lexicon = lexicon
        sure = [index for index in range(len(words) - 1) if self._must_go_on(index)]
        widest = max((len(words[index]) for index in sure), default=0)
        near = [index for index in sure if len(words[index]) >= widest - 1]
        self._width = widest if len(near) >= max(_LEAST_EVIDENCE, _MOST * len(sure)) else 0

    def join(self, cells: Sequence[Span]) -> tuple[list[Span], frozenset[int]]:
        """Return the cells with broken ones joined, and the places at which a line surely goes on with the one before."""
        joined: list[Span] = []
        places: set[int] = set()
        for index, cell in enumerate(cells):
            if index and self._goes_on(index - 1):
                joined[-1] = Span(joined[-1].start, cell.end)
                places.add(cell.start)
            else:
                joined.append(cell)
        return joined, frozenset(places)

    def _goes_on(self, index: int) -> bool:
        line, below = self._words[index], self._words[index + 1]
        if not self._may_hold_names(index) or not self._may_hold_names(index + 1):
            return False
        if self._is_marked(index) or (self._must_go_on(index) and not self._width):
            return self._is_marked(index) or len(_first(below)) <= _SHORTEST_NAME or self._judge.is_half(_first(below))
        if not self._width or not self._width - 1 <= len(line) <= self._width:
            return False
        if self._must_go_on(index):
            return True
        last = _last(line)
        own = self._name_over(index, "")
        # 人民银行⏎某县支行 is one name: a branch ends as what it belongs to.
        branch = own.endswith(self._lexicon.words("branch-ending")) and own[-1:] == last[-1:]
        begins = bool(own) and not branch and not own.startswith(self._lexicon.words("second-half"))
        if self._judge.trait(last) in _NAMES and self._judge.ends_surely(last) and begins:
            return False
        return bool(self._name_over(index, last))

    def _name_over(self, index: int, last: str) -> str:
        """Return the name that `last` and the lines below the one at `index`, up to their first mark, are; or nothing."""
        for below in self._words[index + 1 : index + _MOST_LINES]:
            first = _first(below)
            last += first
            if self._judge.trait(last) in _NAMES:
                return last
            if first != below:
                return ""
        return ""

    def _is_marked(self, index: int) -> bool:
        line, below = self._words[index], self._words[index + 1]
        if not self._may_hold_names(index) or not self._may_hold_names(index + 1):
            return False
        if below.startswith(("、", "，", "）", "〕")) or line.endswith(("、", "（", "〔")):
            return True
        last, first = _last(line), _first(below)
        # 旅游股、产⏎业发展股: what stands behind the last mark is no name yet.
        open_end = last != line and self._judge.trait(last) not in _NAMES
        open_start = first != below and self._judge.trait(first) not in _NAMES
        return (open_end or open_start) and self._judge.trait(last + first) in _NAMES

    def _must_go_on(self, index: int) -> bool:
        """Say whether a line goes on in the next for sure: at a mark, or because the next is no name but both together are."""
        if not self._may_hold_names(index) or not self._may_hold_names(index + 1):
            return False
        if self._is_marked(index):
            return True
        last, first = _last(self._words[index]), _first(self._words[index + 1])
        half = self._judge.is_half(first) and not last.endswith(self._lexicon.words("small-body"))
        if self._judge.trait(first) != "short" and len(first) > 1 and not half:
            return False
        if first.startswith(self._lexicon.words("level")) and len(first) > _SHORTEST_NAME and self._judge.trait(last) in _NAMES:
            # 审批科⏎县城投公司 are two.
            return False
        return self._judge.trait(last + first) == "agencies"

    def _may_hold_names(self, index: int) -> bool:
        words = self._words[index]
        if not words or len(words) > _LONGEST_LINE or re.search(r"[。；：\d]", words) or self._lexicon.begins_task(words):
            return False
        return self._judge.trait(words) in (*_NAMES, "short", "text")


def _last(words: str) -> str:
    return re.split(r"[、，]", words)[-1]


def _first(words: str) -> str:
    return re.split(r"[、，]", words)[0]
