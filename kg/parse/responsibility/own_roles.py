"""Roles that stand in a bracket beside a name: 市财政局（牵头）, （牵头）市财政局."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.model import Role
from kg.parse.words.brackets import find_pairs
from kg.parse.words.lexicon import Lexicon

_BRACKET_RE = re.compile(r"[（〔](?P<inner>[^（）〔〕]{1,8})[）〕]")
_LAST_RE = re.compile(r"[（〔](?P<inner>[^（）〔〕]{1,8})[）〕]$")
#: A bracket before a name.
LEADING_RE = re.compile(r"[（〔](?P<inner>[^（）〔〕]{1,8})[）〕]：?(?=.{2})")


def own_role(inner: str, lexicon: Lexicon) -> Role | None:
    """Return the role that the bracket of a name gives it.

    Examples
    --------
    >>> from kg.parse.words.lexicon import make_lexicon
    >>> from kg.rules import load_rules
    >>> lexicon = make_lexicon(load_rules().notation)
    >>> [str(own_role(inner, lexicon)) for inner in ("牵头", "配合单位", "主", "负责资金", "审改办")]
    ['lead', 'cooperate', 'lead', 'responsible', 'None']
    """
    rules = lexicon.rules
    verb = lexicon.object_verb_re.match(inner)
    role = rules.verbs.get(inner) or rules.labels.get(inner.removesuffix("单位").removesuffix("部门")) or rules.marks.get(inner)
    return role or (lexicon.verb_role(verb.group()) if verb is not None else None)


def has_role(view: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say at little cost whether a bracket that gives a name its role stands in ``view[start:end]``."""
    return any(own_role(bracket.group("inner"), lexicon) is not None for bracket in _BRACKET_RE.finditer(view, start, end))


def behind_role(view: str, start: int, end: int, lexicon: Lexicon, is_name: Callable[[str], bool]) -> int:
    """Return how far behind `start` a name begins behind the bracket of another that gives it a role (甲局（主）乙局（协）), or 0."""
    if not has_role(view, start, end, lexicon):
        return 0
    for opened, closed in find_pairs(view, start, end, {"（": "）", "〔": "〕"}):
        if start < opened and closed < end and own_role(view[opened + 1 : closed - 1], lexicon) is not None and is_name(view[start:opened]):
            return closed - start
    return 0


def tail_role(words: str, lexicon: Lexicon) -> Role | None:
    """Return the role of a bracket behind the tail of a name (市财政局等部门（配合）), which is dropped with it."""
    last = _LAST_RE.search(words)
    if last is None or lexicon.tail_re.search(words[: last.start()]) is None:
        return None
    return own_role(last.group("inner"), lexicon)
