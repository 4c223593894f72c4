"""Quantified targets: the quantities a task is to reach, as typed values.

Not every number is one. A quantity counts if a word of comparison stands at it (不少于15个, 3个工作日以内), or if a verb of its clause says
that it is to be reached (完成…等15个业务系统); numbers that name, date, price or describe something do not. What may be a target, but need
not, is reported and not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Deadline, Target
from kg.parse.page.layout import Flow
from kg.parse.page.passages import Passage, make_passage
from kg.parse.responsibility.readings import Trouble
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.quantities import Quantity, find_quantities
from kg.rules.notation_rules import WordTable

_MASK = "\0"
#: What a clause says about a quantity stands within so many characters.
_LONGEST_LOOK = 300
_NAMES_RE = re.compile(r"《[^》]*》|“[^”]*”")
#: Brackets that are nested deeper hold no quantity that a plan sets, and would cost a hostile page the square of its length.
_DEEPEST = 8
_BRACKET_RE = re.compile(r"[（〔](?!含[^）]{0,3}）)([^（）〔〕]*)[）〕]")
_CLAUSE_RE = re.compile(r"(?:[^，。；：！？\n]|(?<=\d)，(?=\d{3}(?!\d)))+")
#: How far a share may stand from its word of comparison (不低于项目总量的10%), and a time (压缩至承诺时限3个工作日).
_SHARE_GAP, _TIME_GAP = 18, 6
#: A verb this near to a number has it as its object; one further away only if a list ends there (等15个) or the clause does.
_NEAR, _FAR = 2, 16


@dataclass(frozen=True, slots=True)
class _Patterns:
    goal: re.Pattern[str]
    near: re.Pattern[str]
    apart: re.Pattern[str]
    base: re.Pattern[str]
    unread: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """``code`` is empty for a target, else an issue's code, or ``no``."""

    code: str
    sign: str = "="


_NO = _Verdict("no")


def find_targets(
    flow: Flow, ranges: Iterable[tuple[int, int]], deadlines: Sequence[Deadline], lexicon: Lexicon
) -> tuple[tuple[Target, ...], tuple[Trouble, ...]]:
    """Read the quantities that a task's text sets as targets; those that are part of a deadline (印发之日起30个工作日内) are none.

    Returns
    -------
    tuple
        The targets in the order of the page, among them quantities that could not be read as values (翻一番: no values, no comparison); and
        what is to be reported: these, and numbers of which it is not sure that they are targets, which were left out.
    """
    table = lexicon.rules.targets
    targets: list[Target] = []
    troubles: list[Trouble] = []
    for start, end in ranges:
        passage = make_passage(flow, start, end)
        for place, piece in _pieces(passage.view):
            for first, last, verdict, quantity in _read(piece, table):
                span = passage.to_span(place + first, place + last)
                if any(deadline.span.start <= span.start and span.end <= deadline.span.end for deadline in deadlines):
                    continue
                if verdict.code != "unsure-target":
                    targets.append(_to_target(passage, place + first, place + last, quantity, verdict.sign))
                if verdict.code:
                    troubles.append(Trouble(verdict.code, *passage.to_flow(place + first, place + last)))
    return tuple(sorted(targets, key=lambda target: target.span)), tuple(troubles)


def _to_target(passage: Passage, start: int, end: int, quantity: Quantity | None, sign: str) -> Target:
    span, expression = passage.to_span(start, end), passage.printed(start, end)
    if quantity is None or quantity.low is None:
        return Target(expression, span, None, None, "", "")
    low, high = quantity.low, quantity.high if quantity.high is not None else quantity.low
    return Target(expression, span, None if sign in ("<=", "<") else low, None if sign in (">=", ">") else high, quantity.unit, sign)


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    """Yield the text without what stands in titles, quotes and brackets; and the insides of its brackets."""
    masked = _NAMES_RE.sub(lambda match: _MASK * len(match.group()), words)
    for _ in range(_DEEPEST):
        found = [(bracket.start(1), bracket.group(1)) for bracket in _BRACKET_RE.finditer(masked)]
        if not found:
            break
        yield from found
        masked = _BRACKET_RE.sub(lambda match: _MASK * len(match.group()), masked)
    yield 0, masked


def _read(piece: str, table: WordTable) -> Iterator[tuple[int, int, _Verdict, Quantity | None]]:
    """Yield start, end, verdict and quantity (None: unread words) of what is a target or may be one."""
    patterns = _compile(table)
    carried = False
    for match in _CLAUSE_RE.finditer(piece):
        clause = match.group()
        judge = _Judge(clause, table, carried)
        for quantity in find_quantities(clause, table):
            verdict = judge.judge(quantity)
            if verdict is not _NO:
                first, last = _extent(quantity, table)
                yield match.start() + first, match.start() + last, verdict, quantity
        for words in patterns.unread.finditer(clause):
            if words.group() in table.parts["unread-alone"] or patterns.goal.search(clause, 0, words.start()):
                yield match.start() + words.start(), match.start() + words.end(), _Verdict("unread-target"), None
        carried = judge.previous is not None


def _extent(quantity: Quantity, table: WordTable) -> tuple[int, int]:
    """Return where the expression stands: number, unit, and the words of comparison that are no verbs."""
    compares = table.parts["before"].get(quantity.before, "=") != "=" and quantity.before not in table.parts["toward"]
    return quantity.start if compares else quantity.first, quantity.end if _after(quantity, table) else quantity.last


def _after(quantity: Quantity, table: WordTable) -> str:
    """Return the sign of the word behind a quantity; 内 is one only behind a time."""
    if quantity.after in table.parts["after-time"]:
        return table.parts["after-time"][quantity.after] if quantity.kind in ("unit-time", "unit-long") else ""
    return table.parts["after"].get(quantity.after, "")


class _Judge:
    """Judges the quantities of one clause, from left to right."""

    def __init__(self, clause: str, table: WordTable, carried: bool) -> None:
        self._clause = clause
        self._table = table
        self._patterns = _compile(table)
        self._carried = carried
        self._sign = "="
        self.previous: Quantity | None = None

    def judge(self, quantity: Quantity) -> _Verdict:
        """Say whether a quantity is a target, and how it compares."""
        verdict = self._judge(quantity)
        if verdict.code in ("", "unread-target"):
            self.previous, self._sign = quantity, verdict.sign
        return verdict

    def _starts(self, words: str, part: str) -> bool:
        return words.startswith(tuple(self._table.parts[part]))

    def _judge(self, quantity: Quantity) -> _Verdict:
        head = self._clause[max(0, quantity.start - _LONGEST_LOOK) : quantity.start]
        tail = self._clause[quantity.end : quantity.end + _LONGEST_LOOK].lstrip(_MASK)
        named = not quantity.before and head.endswith(tuple(self._table.parts["not-before"]))
        if named or tail.startswith("/") or self._is_other(quantity, head, tail):
            return _NO
        verb_end = self._goal_end(head)
        if self._starts(tail, "attribute") and not (quantity.kind == "unit-share" and 0 <= len(head) - verb_end <= _NEAR):
            return _Verdict("unsure-target") if verb_end >= 0 and not any(word in head for word in self._table.parts["about"]) else _NO
        if verb_end < 0 and (self._is_condition(head, tail) or self._tells_of_old(head)):
            return _NO
        sign = self._sign_of(quantity, head)
        if sign:
            verdict = self._judge_compared(quantity, head, tail, sign)
        elif quantity.kind == "unit":
            verdict = self._judge_count(quantity, head, tail, verb_end)
        else:
            verdict = self._judge_share_or_time(quantity, head, tail, verb_end)
        return _Verdict("unread-target") if quantity.low is None and not verdict.code else verdict

    def _is_other(self, quantity: Quantity, head: str, tail: str) -> bool:
        """Say whether a quantity is an amount of money to be given, or that from which something changes."""
        toward = tuple(self._table.parts["toward"])
        if self._patterns.base.search(head) and any(word in tail for word in toward):
            return True
        rewarded = any(word in head or word in tail for word in self._table.parts["reward"])
        return rewarded and quantity.before not in toward and not any(head.rstrip(_MASK).endswith(word) for word in toward)

    def _describes(self, tail: str) -> bool:
        """Say whether a number counts the places or bodies there are (16个区政府), not things to be had (10个县级中心)."""
        noun = re.match("|".join(self._table.words("describes")), tail)
        rest = tail[noun.end() :] if noun is not None else ""
        return noun is not None and (not rest or rest[0] in _MASK + "、" or rest.startswith(tuple(self._table.parts["describes-next"])))

    def _is_condition(self, head: str, tail: str) -> bool:
        """Say whether a quantity says to whom something applies (对投资500万元以上的企业)."""
        parts = self._table.parts
        return any(word in head for word in parts["about"]) and any(word in tail for word in parts["attribute"])

    def _tells_of_old(self, head: str) -> bool:
        return any(word in head for word in self._table.parts["done"])

    def _goal_end(self, head: str, pattern: re.Pattern[str] | None = None) -> int:
        """Return where the last verb that sets a goal ends in `head`, -1 if there is none."""
        last = -1
        for verb in (pattern or self._patterns.goal).finditer(head):
            if not head[: verb.start()].endswith(tuple(self._table.parts["done"])):
                last = verb.end()
        return last

    def _sign_of(self, quantity: Quantity, head: str) -> str:
        """Return the sign of the words of comparison, empty without any."""
        if quantity.high is not None and (quantity.before or _after(quantity, self._table)):
            return "range"
        behind = _after(quantity, self._table)
        if behind or quantity.before:
            return behind or self._table.parts["before"][quantity.before]
        if quantity.kind in ("unit-share", "unit-time", "unit-long"):
            gap = _SHARE_GAP if quantity.kind == "unit-share" else _TIME_GAP
            apart = self._patterns.apart.search(head)
            if apart is not None and len(head) - apart.end("word") <= gap:
                return self._table.parts["before"][apart.group("word")]
        if self.previous is not None and self._sign != "=" and self._clause[self.previous.end : quantity.first] == "、":
            return self._sign
        return ">" if quantity.odd and self._goal_end(head) >= 0 else ""

    def _judge_compared(self, quantity: Quantity, head: str, tail: str, sign: str) -> _Verdict:
        if quantity.kind == "unit-long":
            bounded = quantity.before in self._table.parts["toward"] or head.endswith(tuple(self._table.parts["since"]))
            return _Verdict("", sign) if bounded else _NO
        if quantity.after and not quantity.before and quantity.kind == "unit" and self.previous is None and tail:
            verbs = max(self._goal_end(head), self._goal_end(head, self._patterns.near))
            if verbs < 0:
                return _NO
        return _Verdict("", sign)

    def _judge_share_or_time(self, quantity: Quantity, head: str, tail: str, verb_end: int) -> _Verdict:
        sign = "range" if quantity.high is not None else "="
        if quantity.kind == "unit-long":
            return _NO
        if quantity.kind == "unit-time":
            always = self._clause[quantity.first : quantity.last] in self._table.parts["always"]
            return _Verdict("", sign) if self._starts(tail, "achieve") and not always else _NO
        listed = (
            self.previous is not None and self.previous.kind == "unit-share" and self._clause[self.previous.end : quantity.first] == "、"
        )
        stated = head.rstrip(_MASK).endswith(tuple(self._table.parts["share-noun"]))
        return _Verdict("", sign) if verb_end >= 0 or listed or stated or quantity.low == 100 else _NO

    def _judge_count(self, quantity: Quantity, head: str, tail: str, verb_end: int) -> _Verdict:
        yes = _Verdict("", "range" if quantity.high is not None else "=")
        near_end = self._goal_end(head, self._patterns.near)
        if self._describes(tail):
            return _Verdict("unsure-target") if verb_end >= 0 and len(head) - verb_end <= _NEAR and not quantity.hanzi else _NO
        if quantity.hanzi and quantity.low is not None and quantity.low < 10:
            return yes if quantity.low > 1 and verb_end >= 0 and len(head) == verb_end else _NO
        ends = not tail or tail[0] in self._table.parts["link"]
        listed = head.endswith(tuple(self._table.parts["list-end"]))
        if verb_end >= 0:
            return yes if len(head) - verb_end <= _FAR or listed or ends else _Verdict("unsure-target")
        if near_end >= 0 and (len(head) - near_end <= _NEAR or listed or ends):
            return yes
        follows = self.previous is not None and head.endswith(tuple(self._table.parts["link"]))
        return yes if follows or (self._carried and not head) else _NO


@lru_cache(maxsize=4)
def _compile(table: WordTable) -> _Patterns:
    one_of = table.alternatives
    attribute = f"(?!{one_of('not-goal-next')})"
    return _Patterns(
        goal=re.compile(f"(?:{one_of('goal')}){attribute}"),
        near=re.compile(f"(?:{one_of('goal-near')}){attribute}"),
        apart=re.compile(rf"(?P<word>{one_of('before')})(?:（含）)?[^，、\d{_MASK}]*$"),
        base=re.compile(rf"(?:{one_of('base')})[^，、]{{0,6}}$"),
        unread=re.compile(f"(?:{one_of('unread', 'unread-alone')})(?:{one_of('after')})?"),
    )
