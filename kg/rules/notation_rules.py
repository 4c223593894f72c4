"""Notations: how plans number their items and say who is responsible.

Kinds of tables, all below ``notations/``: ``roles.csv`` (role words and the part of speech they stand in), ``deadlines.csv`` and
``targets.csv`` (words of time and quantity, with what they stand for), ``parts.csv`` (what 第一… counts), ``words.csv`` (every other
closed list the parser needs) and one TOML file a notation, with its own examples. A new notation of a known shape is one new TOML file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from kg.errors import RuleError
from kg.model import Role
from kg.rules.files import read_rows, read_toml

#: Where the words of a notation stand: in brackets, on lines of their own or after a full stop, in a table's cells, inside a sentence, or
#: in a sentence of their own at the end of a paragraph.
SHAPES = ("bracket", "line", "table", "sentence", "ending")
#: How its words are read: labels before names, verbs after names, names alone.
READINGS = ("labels", "verbs", "names")

_KEYS = ("shape", "reads", "order", "source", "detect", "labels", "verbs", "separators", "several", "examples")
_PARTS = ("label", "verb", "joint", "column", "mark")
#: How a number of parts.csv is told from the same words in a sentence.
PART_FORMS = ("free", "title", "line")
#: Ranks of parts: volumes, parts, chapters and sections above 一、, and items below it.
PART_RANKS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A text and who must be read from it: ``expect`` are (name, role) pairs in the order of the page."""

    text: str
    expect: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Notation:
    """One way of saying who is responsible.

    ``order`` decides which notation is tried first (low before high); ``detect`` are cues of which one must occur in the stretch of text
    (none: always tried); ``labels`` and ``verbs`` are role words of this notation alone, beside those of ``roles.csv``; ``separators``
    are marks between names beside the usual ones; ``several`` says that a document must hold at least so many stretches of this notation
    before one counts.
    """

    name: str
    shape: str
    reads: str
    order: int
    source: str
    detect: tuple[str, ...]
    labels: Mapping[str, Role]
    verbs: Mapping[str, Role]
    separators: tuple[str, ...]
    several: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class PartKind:
    """A noun that 第一, 第二 … count (章, 部分, 件事).

    ``rank`` is 1 for what stands outermost, 5 for items. ``form`` says where such words are a number: anywhere (``free``), as a line that
    is a title (``title``), or at the beginning of a line (``line``); the last two only where the next number goes on with them.
    ``example`` is a first and a second line of a plan that have it.
    """

    word: str
    rank: int
    form: str
    example: str


@dataclass(frozen=True, slots=True, eq=False)
class WordTable:
    """The words of one kind of expression (deadlines, targets): part of the expression -> word -> value, longest word first."""

    parts: Mapping[str, Mapping[str, str]]

    def words(self, *parts: str) -> tuple[str, ...]:
        """Return the words of `parts`, longest first."""
        return _words_of(self, parts)

    def alternatives(self, *parts: str) -> str:
        """Return the words of `parts` as the alternatives of a regular expression, longest first."""
        return to_alternatives(self.words(*parts))


@cache
def _words_of(table: WordTable, parts: tuple[str, ...]) -> tuple[str, ...]:
    return longest_first(word for part in parts for word in table.parts[part])


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Return words, each once, in the order in which a pattern must try them."""
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def to_alternatives(words: Iterable[str]) -> str:
    """Return words as the alternatives of a regular expression, longest first.

    Examples
    --------
    >>> to_alternatives(["局", "分局"])
    '分局|局'
    """
    return "|".join(map(re.escape, longest_first(words)))


@dataclass(frozen=True, slots=True, eq=False)
class NotationRules:
    """What the parser knows.

    ``notations`` are in the order in which they are tried. ``labels``, ``verbs``, ``joints``, ``columns`` and ``marks`` (a character in a
    name's own bracket) map a word to its role; ``words`` maps the name of a list to its words, longest first. ``deadlines`` and
    ``targets`` are the words of expressions of time and of quantity. ``places`` are the short names of places, ``place_names`` their
    whole names (会理, 会理市), ``parts`` the nouns that 第一 counts, longest first.
    """

    notations: tuple[Notation, ...]
    labels: Mapping[str, Role]
    verbs: Mapping[str, Role]
    joints: Mapping[str, Role]
    columns: Mapping[str, Role]
    marks: Mapping[str, Role]
    words: Mapping[str, tuple[str, ...]]
    deadlines: WordTable
    targets: WordTable
    places: frozenset[str]
    parts: tuple[PartKind, ...]
    place_names: frozenset[str]


def load_notation_rules(folder: Traversable) -> NotationRules:
    """Load the notations below `folder`.

    Raises
    ------
    RuleError
        A table is missing, a word has two roles in one part of speech, a notation lacks its source or examples, or has an unknown key.
    """
    base = folder / "notations"
    roles = _load_roles(base)
    names = sorted(entry.name for entry in base.iterdir() if entry.name.endswith(".toml"))
    notations = [_load_notation(base, name) for name in names]
    places, place_names = _load_places(folder)
    return NotationRules(
        notations=tuple(sorted(notations, key=lambda notation: (notation.order, notation.name))),
        labels=roles["label"],
        verbs=roles["verb"],
        joints=roles["joint"],
        columns=roles["column"],
        marks=roles["mark"],
        words=_load_words(base),
        deadlines=_load_table(base, "deadlines.csv"),
        targets=_load_table(base, "targets.csv"),
        places=places,
        parts=_load_parts(base),
        place_names=place_names,
    )


def _load_roles(base: Traversable) -> Mapping[str, Mapping[str, Role]]:
    tables: dict[str, dict[str, Role]] = {part: {} for part in _PARTS}
    for row in read_rows(base, "roles.csv", ("part", "words", "role", "source"), required=("part", "words", "role")):
        if row["part"] not in tables:
            raise RuleError(f"rules: notations/roles.csv: no such part: {row['part']}")
        role = _to_role(row["role"], "roles.csv")
        table = tables[row["part"]]
        for word in row["words"].split():
            if table.get(word, role) is not role:
                raise RuleError(f"rules: notations/roles.csv: {word} has two roles as {row['part']}")
            table[word] = role
    return {part: _longest_first(table) for part, table in tables.items()}


def _load_words(base: Traversable) -> Mapping[str, tuple[str, ...]]:
    lists: dict[str, set[str]] = {}
    for row in read_rows(base, "words.csv", ("list", "words", "source"), required=("list", "words")):
        lists.setdefault(row["list"], set()).update(row["words"].split())
    return MappingProxyType({name: longest_first(words) for name, words in lists.items()})


def _load_parts(base: Traversable) -> tuple[PartKind, ...]:
    parts: dict[str, PartKind] = {}
    columns = ("words", "rank", "form", "example", "source")
    for row in read_rows(base, "parts.csv", columns, required=columns):
        if row["form"] not in PART_FORMS or row["rank"] not in map(str, range(1, PART_RANKS + 1)):
            raise RuleError(
                f"rules: notations/parts.csv: {row['words']}: the form is one of {PART_FORMS}, the rank one from 1 to {PART_RANKS}"
            )
        for word in row["words"].split():
            if word in parts:
                raise RuleError(f"rules: notations/parts.csv: {word} is listed twice")
            parts[word] = PartKind(word, int(row["rank"]), row["form"], row["example"].replace(row["words"].split()[0], word))
    return tuple(parts[word] for word in longest_first(parts))


def _load_table(base: Traversable, name: str) -> WordTable:
    parts: dict[str, dict[str, str]] = {}
    for row in read_rows(base, name, ("part", "words", "value", "source"), required=("part", "words")):
        table = parts.setdefault(row["part"], {})
        for word in row["words"].split():
            if table.get(word, row["value"]) != row["value"]:
                raise RuleError(f"rules: notations/{name}: {word} has two values as {row['part']}")
            table[word] = row["value"]
    return WordTable(
        {part: MappingProxyType(dict(sorted(table.items(), key=lambda item: (-len(item[0]), item[0])))) for part, table in parts.items()}
    )


def _load_places(folder: Traversable) -> tuple[frozenset[str], frozenset[str]]:
    """Read the short and the whole names of places from the registry's table, of which only three columns matter here."""
    try:
        text = (folder / "places.csv").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise RuleError("rules: places.csv is missing") from error
    rows = [row for row in csv.DictReader(text.splitlines()) if row.get("level") != "national"]
    shorts, names = ({(row.get(column) or "").strip() for row in rows} for column in ("short", "name"))
    return frozenset(short for short in shorts if len(short) >= 2), frozenset(names - {""})


def _load_notation(base: Traversable, name: str) -> Notation:
    data = read_toml(base, name, _KEYS)
    stem = name.removesuffix(".toml")
    for key in ("shape", "reads", "order", "source", "examples"):
        if not data.get(key):
            raise RuleError(f"rules: notations/{name}: {key} is missing")
    if data["shape"] not in SHAPES or data["reads"] not in READINGS:
        raise RuleError(f"rules: notations/{name}: shape must be one of {SHAPES}, reads one of {READINGS}")
    return Notation(
        name=stem,
        shape=data["shape"],
        reads=data["reads"],
        order=int(data["order"]),
        source=str(data["source"]),
        detect=tuple(data.get("detect", ())),
        labels=_role_table(data.get("labels", {}), name),
        verbs=_role_table(data.get("verbs", {}), name),
        separators=tuple(data.get("separators", ())),
        several=int(data.get("several", 1)),
        examples=tuple(_to_example(example, name) for example in data["examples"]),
    )


def _to_example(data: Mapping[str, Any], name: str) -> Example:
    unknown = sorted(set(data) - {"text", "expect", "source"})
    if unknown or not data.get("text") or "expect" not in data or not data.get("source"):
        raise RuleError(f"rules: notations/{name}: an example has text, expect and source, and nothing else")
    return Example(
        str(data["text"]), tuple((str(agency), str(_to_role(role, name))) for agency, role in data["expect"]), str(data["source"])
    )


def _role_table(data: Mapping[str, str], name: str) -> Mapping[str, Role]:
    return _longest_first({word: _to_role(role, name) for word, role in data.items()})


def _longest_first(table: Mapping[str, Role]) -> Mapping[str, Role]:
    return MappingProxyType(dict(sorted(table.items(), key=lambda item: (-len(item[0]), item[0]))))


def _to_role(value: str, name: str) -> Role:
    try:
        return Role(value)
    except ValueError as error:
        raise RuleError(f"rules: notations/{name}: no such role: {value!r}") from error
