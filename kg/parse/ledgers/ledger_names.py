"""The names of a copied table's cells, checked against each other.

In a copy the mark between two names may be lost (文化股文化馆), and what is no name may stand in the column of names. What stands alone in
other cells says where two names meet; what has not the shape of an agency's name, and could be a task or a figure, is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from kg.parse.ledgers.traits import FIGURES_RE
from kg.parse.responsibility.names import NameSplitter, RawName
from kg.parse.responsibility.readings import Group, Reading
from kg.parse.words.lexicon import Lexicon

_SHORTEST_HALF = 2
_SHORTEST_KNOWN = 3
_LONGEST_ODD = 12
_PLAIN_RE = re.compile(r"[\u4e00-\u9fff（）〔〕“”]+")


def part_glued(view: str, reading: Reading, known: Collection[str], splitter: NameSplitter, lexicon: Lexicon) -> list[RawName]:
    """Part the names of `reading` that are two run together; return those that were parted.

    Both halves stand alone in other cells of the table, or the second does and the first ends as only a small body's name does.
    """
    parted: list[RawName] = []
    for place, group in enumerate(reading.groups):
        names: list[RawName] = []
        for name in group.names:
            seam = _seam(view[name.start : name.end], known, splitter, lexicon)
            if seam:
                parted.append(name)
                names.append(replace(name, end=name.start + seam, shaped=True))
                names.append(replace(name, start=name.start + seam, shaped=True))
            else:
                names.append(name)
        reading.groups[place] = Group(group.role, group.basis, tuple(names))
    return parted


def _seam(words: str, known: Collection[str], splitter: NameSplitter, lexicon: Lexicon) -> int:
    for index in range(_SHORTEST_HALF, len(words) - _SHORTEST_HALF + 1):
        left, right = words[:index], words[index:]
        if right not in known or len(right) < _SHORTEST_KNOWN or right.endswith(lexicon.words("branch-ending")):
            continue
        small = left.endswith(lexicon.words("small-body")) and splitter.is_strong(left) and len(left) >= _SHORTEST_KNOWN
        if (left in known and len(left) >= _SHORTEST_KNOWN and left.endswith(lexicon.words("small-body"))) or small:
            return index
    return 0


def withhold(view: str, reading: Reading, lexicon: Lexicon) -> list[RawName]:
    """Take from `reading` what is surely or maybe no name: a task, figures, a sentence; return it."""
    withheld: list[RawName] = []
    for place, group in enumerate(reading.groups):
        odd = [name for name in group.names if _is_doubtful(view[name.start : name.end], name, lexicon)]
        withheld.extend(odd)
        reading.groups[place] = Group(group.role, group.basis, tuple(name for name in group.names if name not in odd))
    reading.groups[:] = [group for group in reading.groups if group.names]
    return withheld


def _is_doubtful(words: str, name: RawName, lexicon: Lexicon) -> bool:
    if lexicon.begins_task(words) or FIGURES_RE.search(words):
        return True
    return not name.shaped and (len(words) > _LONGEST_ODD or _PLAIN_RE.fullmatch(words) is None)
