"""Sentences at the end of a paragraph that are nothing but who does it (推进建桥。市财政局牵头，市教育局配合。)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Role, RoleBasis
from kg.parse.responsibility.own_roles import has_role
from kg.parse.responsibility.phrases import begins_phrase
from kg.parse.responsibility.reading import Reader
from kg.parse.responsibility.readings import Reading, Trouble
from kg.parse.responsibility.terms import is_term
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import MASK, mask_inner

_MARKS = "。；："
_LONGEST_SENTENCE = 200
_MOST_SENTENCES = 4
_MOST_CLAUSES = 8
_BRACKET_RE = re.compile(r"[（〔][^（）〔〕]*[）〕]")
_EDGES = "，。；、 "


def find_endings(view: str, start: int, end: int, reader: Reader, lexicon: Lexicon) -> Iterator[tuple[int, int, Reading]]:
    """Yield where each such sentence of a paragraph begins and ends and what it says, from the last one on.

    The clauses at the end of a sentence count as one (推进建桥，市财政局牵头，市教育局配合，年底前完成。), and what stands behind a blank.
    A name that only an agency can have must stand among its names (各部门配合 is no task), or a whole sentence share the task out among
    groups (各地区牵头，各部门配合。).
    """
    masked = mask_inner(view, max(start, end - _MOST_SENTENCES * _LONGEST_SENTENCE), end)
    offset = end - len(masked)
    stop = len(masked)
    for _ in range(_MOST_SENTENCES):
        closed = stop
        while stop and masked[stop - 1] in _EDGES:
            stop -= 1
        begun = max((masked.rfind(mark, 0, stop) + len(mark) for mark in (*_MARKS, "——") if masked.rfind(mark, 0, stop) >= 0), default=0)
        said = _without_terms(masked, begun, stop, reader, lexicon)
        ends = masked[:said].endswith(tuple(lexicon.rules.verbs)) or (
            masked[:said].endswith(MASK) and has_role(view, offset + begun, offset + said, lexicon)
        )
        if said - begun > _LONGEST_SENTENCE or not ends:
            return
        for place in [*([begun] if begun else []), *_clause_starts(masked, begun, said, lexicon)]:
            reading = reader.read(view, offset + place, offset + said)
            sure = names_one(view, reading, reader, lexicon) or (place == begun and _shares_out(view, reading, lexicon))
            if sure and is_whole(view, reading, offset + said, lexicon):
                left = masked.rfind("。", 0, begun) + 1
                if place != begun and _says_more(masked, left, place, reader, lexicon):
                    reading.troubles.append(Trouble("unread-responsibility", offset + left, offset + place))
                yield offset + place - (masked[place - 1 : place] == "，"), offset + closed, reading
                break
        else:
            return
        if place != begun:
            return  # what stands before the clauses is the task itself
        stop = begun


def _says_more(masked: str, start: int, end: int, reader: Reader, lexicon: Lexicon) -> bool:
    """Say whether other words before the clauses that were read say who does something, too (甲由A牵头，乙由B牵头，C配合)."""
    for verb in lexicon.verb_re.finditer(masked, start, end):
        clause = max(masked.rfind(mark, start, verb.start()) for mark in "，；") + 1
        if reader.splitter.is_strong(masked[max(clause, start) : verb.start()].rpartition("由")[2].strip(_EDGES)):
            return True
    return False


def _without_terms(masked: str, begun: int, stop: int, reader: Reader, lexicon: Lexicon) -> int:
    """Return where a sentence ends without the clauses at its end that say by when (年底前完成), and nothing of what is done."""
    last = (*lexicon.words("term-verb"), *lexicon.words("term-ending"), *lexicon.rules.deadlines.words("open"))
    while (comma := masked.rfind("，", begun, stop)) > begun and masked[comma:stop].endswith(last):
        if not is_term(masked[comma + 1 : stop], lexicon, reader.splitter):
            break
        stop = comma
    return stop


def _clause_starts(masked: str, begun: int, stop: int, lexicon: Lexicon) -> list[int]:
    """Return where the last clauses of a sentence begin: behind commas, and behind blanks that do not part names."""
    found = [place.end() for place in re.finditer("[， ]", masked[begun:stop]) if place.start() > 1]
    return [
        begun + place
        for place in found[-_MOST_CLAUSES:]
        if masked[begun + place - 1] == "，" or not lexicon.ends_agency(masked[begun:][: place - 1])
    ]


def names_one(view: str, reading: Reading, reader: Reader, lexicon: Lexicon) -> bool:
    """Say whether a name that only an agency can have stands in what was read: 各部门配合 is no task."""
    return any(
        reader.splitter.is_strong(name) and not name.startswith(lexicon.words("group-lead"))
        for name in (view[raw.start : raw.end] for raw in reading.names())
    )


def _shares_out(view: str, reading: Reading, lexicon: Lexicon) -> bool:
    """Say whether a reading names groups only, some of which lead or are responsible while others do something else."""
    roles = {group.role for group in reading.groups}
    names = [view[name.start : name.end] for name in reading.names()]
    return all(_is_group(name, lexicon) for name in names) and len(roles) > 1 and bool(roles & {Role.LEAD, Role.RESPONSIBLE})


def _is_group(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name begins as that of a group does: 各地区, 市直有关部门."""
    leads = lexicon.words("group-lead")
    return name.startswith(leads) or (name.startswith(lexicon.words("level")) and any(lead in name for lead in leads))


def is_whole(view: str, reading: Reading, end: int, lexicon: Lexicon) -> bool:
    """Say whether a reading is nothing but names and verbs: more than a verb behind the last name makes a sentence of it."""
    names = reading.names()
    if not names or reading.troubles or not all(name.shaped for name in names):
        return False
    owned = any(name.role is not None for name in names)  # A（牵头）、B（配合）、C
    verbs = owned or all(group.basis is RoleBasis.VERB for group in reading.groups)
    if not verbs or any(begins_phrase(view, name.start, lexicon) for name in names):
        return False
    last = max(names, key=lambda name: name.end)
    rest = view[last.end : end].strip(_EDGES)
    noun, mark, bracket = rest.partition("（") if owned else (rest, "", "")
    tail = lexicon.tail_re.match(noun)
    rest = (noun[tail.end() :] if tail else noun) + mark + bracket
    if owned and (not rest or (last.role is not None and _BRACKET_RE.fullmatch(rest) is not None)):
        return True
    return lexicon.verb_re.fullmatch(rest) is not None
