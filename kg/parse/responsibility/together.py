"""Roles that one bracket says of several names: behind the last (A、B、C（共同牵头），D), or before the first (（牵头）A、B，（配合）C)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.parse.responsibility.names import RawName
from kg.parse.words.lexicon import Lexicon


def share_roles(view: str, names: Sequence[RawName], lexicon: Lexicon) -> list[RawName]:
    """Give such a role to each name before or behind it, to a mark that is no 、."""
    shared = list(names)
    leads = False
    for place, (last, name) in enumerate(pairwise(names), start=1):
        leads = leads or (last.role is not None and view[last.start - 1 : last.start] in ("）", "〕"))
        leads = leads and name.role is None and view[last.end : name.start] == "、"
        shared[place] = replace(name, role=shared[place - 1].role) if leads else name
    together = tuple(f"{mark}{word}" for mark in "（〔" for word in lexicon.words("together"))
    for index, name in enumerate(names):
        before = index - 1
        while name.role is not None and view.startswith(together, name.end) and before >= 0 and shared[before].role is None:
            if view[shared[before].end : shared[before + 1].start] != "、":
                break
            shared[before] = replace(shared[before], role=name.role)
            before -= 1
    return shared
