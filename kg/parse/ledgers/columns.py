"""What the columns of a table are, by their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Role
from kg.parse.responsibility.document_rules import ListRule, find_rule
from kg.parse.words.lexicon import Lexicon

_LONGEST_TITLE = 24
_LISTS = ("column-number", "column-task", "column-section", "column-deadline", "column-person", "column-body", "column-other")

_BY_ENDING = (
    ("column-person-ending", "person"),
    ("column-other-ending", "other"),
    ("column-deadline-ending", "deadline"),
    ("column-task-ending", "task"),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a ledger: role columns with their role, and the others by kind; ``row`` is the row of the titles."""

    row: int
    roles: tuple[tuple[int, Role], ...]
    numbers: tuple[int, ...]
    tasks: tuple[int, ...]
    sections: tuple[int, ...]
    deadlines: tuple[int, ...]
    rule: ListRule | None


def to_columns(row: int, titles: Sequence[str], lexicon: Lexicon) -> Columns | None:
    """Return what columns with these `titles` are; None unless at least two have titles, one names a role and one can hold the tasks.

    The right half of a sheet printed over two pages (责任单位, 完成时限, 备注) says who, but not what for.
    """
    roles = [(column, role) for column, title in enumerate(titles) if title and (role := title_role(title, lexicon)) is not None]
    if not roles or len([title for title in titles if title]) < 2:
        return None
    kinds = [title_kind(title, lexicon) for title in titles]
    if not {"number", "task", "section", ""} & set(kinds):
        return None
    rules = [said[0] for title in titles for words in _with_inner(title) if (said := find_rule(words, lexicon)) is not None]

    def of(kind: str) -> tuple[int, ...]:
        return tuple(column for column, known in enumerate(kinds) if known == kind)

    return Columns(row, tuple(roles), of("number"), of("task"), of("section"), of("deadline"), rules[0] if rules else None)


def title_kind(title: str, lexicon: Lexicon) -> str:
    """Return ``role``, ``number``, ``task``, ``section``, ``deadline``, ``person``, ``body``, ``other`` or nothing.

    A ``body`` is one that is named but has no role (业主单位); the title of no known column is nothing.
    """
    if not title or len(title) > _LONGEST_TITLE:
        return ""
    if title_role(title, lexicon) is not None:
        return "role"
    bare = _bare(title)
    for name in _LISTS:
        if title in lexicon.words(name) or bare in lexicon.words(name):
            return name.removeprefix("column-")
    return next((kind for name, kind in _BY_ENDING if bare.endswith(lexicon.words(name))), "")


def title_role(title: str, lexicon: Lexicon) -> Role | None:
    """Return the role a title names."""
    if len(title) > _LONGEST_TITLE:
        return None
    bare = _bare(title)
    if bare in lexicon.words("column-person") or bare.endswith(lexicon.words("column-person-ending")):
        return None
    for words in (title, bare):
        if words in lexicon.rules.columns:
            return lexicon.rules.columns[words]
        match = lexicon.label_re.fullmatch(words + "：")
        if match is not None and match.group("label"):
            return lexicon.label_role(match.group("label"))
    return Role.RESPONSIBLE if _is_double(bare, lexicon) else None


def _is_double(title: str, lexicon: Lexicon) -> bool:
    """Say whether a title is two titles of role columns (责任主体与协同单位), which does not say who has which role."""
    halves = [title.split(word) for word in lexicon.words("connector") if title.count(word) == 1]
    return any(all(half in lexicon.rules.columns for half in pair) for pair in halves)


def squeeze_title(words: str) -> str:
    """Return a title's words without blanks, line breaks and bars."""
    return re.sub(r"[\s|\u3000\ufeff\u200b*_]+", "", words).strip("：")


def names_columns(titles: Iterable[str], lexicon: Lexicon) -> bool:
    """Say whether `titles` are surely those of a ledger: a role and something that is done or counted."""
    kinds = {title_kind(title, lexicon) for title in titles}
    return "role" in kinds and bool(kinds & {"number", "task", "section", "deadline"})


def _bare(title: str) -> str:
    return re.sub(r"（[^）]*）|〔[^〕]*〕", "", title)


def _with_inner(title: str) -> list[str]:
    return [title, *re.findall(r"[（〔]([^（）〔〕]*)[）〕]", title)]
