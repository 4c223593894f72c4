"""Roles that a bracket behind the last of several names says of them all: A、B、C（共同牵头），D."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.parse.responsibility.names import RawName
from kg.parse.words.lexicon import Lexicon


def share_roles(view: str, names: Sequence[RawName], lexicon: Lexicon) -> list[RawName]:
    """Give such a role to each name before it, back to a mark that is no 、."""
    shared = list(names)
    together = tuple(f"{mark}{word}" for mark in "（〔" for word in lexicon.words("together"))
    for index, name in enumerate(names):
        before = index - 1
        while name.role is not None and view.startswith(together, name.end) and before >= 0 and shared[before].role is None:
            if view[shared[before].end : shared[before + 1].start] != "、":
                break
            shared[before] = replace(shared[before], role=name.role)
            before -= 1
    return shared
