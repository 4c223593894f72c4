"""Sentences at the end of a paragraph that are nothing but who does it (推进建桥。市财政局牵头，市教育局配合。)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import RoleBasis
from kg.parse.responsibility.names import mask_inner
from kg.parse.responsibility.reading import Reader, Reading
from kg.parse.words.lexicon import Lexicon

_MARKS = "。；："
_LONGEST_SENTENCE = 200
_MOST_SENTENCES = 4
_EDGES = "，。；、 "


def find_endings(view: str, start: int, end: int, reader: Reader, lexicon: Lexicon) -> Iterator[tuple[int, int, Reading]]:
    """Yield where each such sentence of a paragraph begins and ends and what it says, from the last one on.

    A name that only an agency can have must stand among its names: 各部门配合 is no task.
    """
    masked = mask_inner(view, max(start, end - _MOST_SENTENCES * _LONGEST_SENTENCE), end)
    offset = end - len(masked)
    stop = len(masked)
    for _ in range(_MOST_SENTENCES):
        closed = stop
        while stop and masked[stop - 1] in _EDGES:
            stop -= 1
        begun = max((masked.rfind(mark, 0, stop) + len(mark) for mark in (*_MARKS, "——") if masked.rfind(mark, 0, stop) >= 0), default=0)
        words = masked[begun:stop]
        if not begun or len(words) > _LONGEST_SENTENCE or not words.endswith(tuple(lexicon.rules.verbs)):
            return
        reading = reader.read(view, offset + begun, offset + stop)
        if not is_whole(view, reading, offset + stop, lexicon) or not any(
            reader.splitter.is_strong(name) and not name.startswith(lexicon.words("group-lead"))
            for name in (view[raw.start : raw.end] for raw in reading.names())
        ):
            return
        yield offset + begun, offset + closed, reading
        stop = begun


def is_whole(view: str, reading: Reading, end: int, lexicon: Lexicon) -> bool:
    """Say whether a reading is nothing but names and verbs: more than a verb behind the last name makes a sentence of it."""
    names = reading.names()
    if not names or reading.troubles or not all(name.shaped for name in names):
        return False
    if not all(group.basis is RoleBasis.VERB for group in reading.groups):
        return False
    rest = view[max(name.end for name in names) : end].strip(_EDGES)
    tail = lexicon.tail_re.match(rest)
    rest = rest[tail.end() :] if tail else rest
    return lexicon.verb_re.fullmatch(rest) is not None
