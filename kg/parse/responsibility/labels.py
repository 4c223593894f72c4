"""Labels in a statement: where each stands, with a colon or without, and those of no list that end what stands before them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.parse.responsibility.names import NameSplitter
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import MASK

_MARKS = "，；。、/ ）" + MASK
_LONGEST_NAME = 60
#: Words before a colon, behind a blank or a mark.
_FOREIGN_RE = re.compile(r"(?<=[ ，；、])(?P<foreign>[\u4e00-\u9fff]{3,10})：")


def find_labels(view: str, start: int, masked: str, lexicon: Lexicon, splitter: NameSplitter) -> list[re.Match[str]]:
    """Return the labels of the statement that begins at `start`, `masked` being its words without what brackets hold.

    The matches' indices count from `start`. A match has the group ``label`` (a role), ``other`` (another label of the rules), or
    ``foreign`` (a label of no list).
    """
    words = view[start : start + len(masked)]
    labels: list[re.Match[str]] = []
    position = 0
    while (match := lexicon.label_re.search(words, position)) is not None:
        inside = MASK in (masked[match.start()], masked[match.end() - 1])
        may = not inside and _may_begin(words, masked, match.start(), lexicon)
        if may:
            labels.append(match)
        # 市委宣传部配合单位：A: 部 is no part of the label, which begins behind it.
        position = match.end() if may or inside else match.start() + 1
    if not labels:
        return _bare_labels(words, masked, lexicon, splitter)
    # 牵头单位同上，责任单位：A: only one of the labels has its colon.
    return [*_bare_labels(words, masked[: labels[0].start()], lexicon, splitter), *_with_foreign(words, masked, labels)]


def _with_foreign(words: str, masked: str, labels: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Add labels of no list behind a blank or a mark (责任单位：A 项目经理：B): what follows them belongs to no label before."""
    starts = [match.start() for match in labels]
    foreign = [
        match
        for match in _FOREIGN_RE.finditer(words)
        if match.start() >= labels[0].end()
        and MASK not in masked[match.start() : match.end()]
        and labels[bisect_left(starts, match.end()) - 1].end() <= match.start()
    ]
    return sorted((*labels, *foreign), key=lambda match: match.start())


def _bare_labels(words: str, masked: str, lexicon: Lexicon, splitter: NameSplitter) -> list[re.Match[str]]:
    """Find labels without a colon at the beginning of clauses: 牵头单位市水务局，责任单位市住建局."""
    found: list[re.Match[str]] = []
    for clause in re.finditer(r"[^，]+", masked):
        label = lexicon.bare_label_re.match(words, clause.start(), clause.end())
        names = splitter.split(words, label.end(), clause.end()) if label is not None else ()
        same = label is not None and words[label.end() : clause.end()].strip("为是，；。 ") in lexicon.words("same-as")
        if label is not None and (same or (names and splitter.is_strong(words[names[0].start : names[0].end]))):
            found.append(label)
    return found if found and found[0].start() == 0 else []


def _may_begin(words: str, masked: str, place: int, lexicon: Lexicon) -> bool:
    """Say whether a label may begin at `place`: behind a mark, or right behind a name or its verb where line breaks were lost.

    In 农业农村部责任单位：A the 部, with which labels may begin too, ends the name, for 农业农村 is none that only an agency has.
    """
    before = words[max(0, place - _LONGEST_NAME) : place]
    if place == 0 or masked[place - 1] in _MARKS or before.endswith(tuple(lexicon.rules.verbs)):
        return True
    longer = words[place] in lexicon.words("label-prefix") and lexicon.ends_agency(before + words[place])
    return lexicon.ends_agency(before) and (not longer or before.endswith(lexicon.strong))
