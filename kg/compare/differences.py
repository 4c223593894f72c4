"""Two versions of a sentence → what was taken out and what was put in, in pieces that a person can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

#: A figure or a Latin word is replaced as a whole, Chinese by characters.
_TOKEN_RE = re.compile(r"\d+(?:[.,]\d+)*[%％]?|[A-Za-z]+|\s+|.", re.DOTALL)
#: Fewer characters than this between two changes are no common ground: 的, a comma.
_SHORTEST_COMMON = 2


class Change(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both versions, or in one."""

    change: Change
    text: str


def find_differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces that lead from one text to the other.

    The pieces that are not added, joined, give `before`; those that are not removed give `after`. What was removed stands before what was
    added in its place.

    Examples
    --------
    >>> [(piece.change.value, piece.text) for piece in find_differences("完成15个系统迁移。", "完成20个系统迁移和验收。")]
    [('same', '完成'), ('removed', '15'), ('added', '20'), ('same', '个系统迁移'), ('added', '和验收'), ('same', '。')]
    """
    first, second = _TOKEN_RE.findall(before), _TOKEN_RE.findall(after)
    # Without autojunk: a sentence of 200 characters would else lose its commonest ones as anchors.
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    pieces: list[Piece] = []
    removed = added = ""
    for place, (kind, start_a, end_a, start_b, end_b) in enumerate(blocks):
        old, new = "".join(first[start_a:end_a]), "".join(second[start_b:end_b])
        inner = 0 < place < len(blocks) - 1
        if kind == "equal" and not (inner and len(old) < _SHORTEST_COMMON):
            pieces += _join(removed, added)
            pieces.append(Piece(Change.SAME, old))
            removed = added = ""
        else:
            removed, added = removed + old, added + new
    return tuple(pieces + _join(removed, added))


def _join(removed: str, added: str) -> list[Piece]:
    pieces = [Piece(Change.REMOVED, removed), Piece(Change.ADDED, added)]
    return [piece for piece in pieces if piece.text]
