"""Groups that plans name instead of agencies: 各区政府 (closed: its members are known as of a date), 有关部门 (open).

The words of a group are listed without place, brackets and separators, after the replacements of ``collective_shapes.csv``; a star stands
for any characters. The shapes also tell a group that no row names by its first or last word, so that it is never taken for an agency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from kg.errors import RuleError
from kg.model import CollectiveKind
from kg.rules.files import read_rows
from kg.rules.folding import fold_name
from kg.rules.place_rules import LEVELS

COLUMNS = ("code", "kind", "levels", "members", "body", "scope", "words", "label_zh", "label_en", "example", "source")
SHAPE_COLUMNS = ("use", "word", "becomes", "source")
USES = ("replace", "scope", "start", "end")
_SEPARATORS = str.maketrans(dict.fromkeys("()、,，;；·/和及与", None))


@dataclass(frozen=True, slots=True)
class Group:
    """A sort of group.

    ``levels`` are the levels of the place it is said of (empty: any), ``members`` levels or kinds of places below it whose ``body`` is a
    member, ``scope`` is ``place`` where the group is the same in every plan of a place and ``plan`` where each has its own (各成员单位).
    """

    code: str
    kind: CollectiveKind
    levels: frozenset[str]
    members: tuple[str, ...]
    body: str
    scope: str
    label_zh: str
    label_en: str
    example: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """All groups; ``words`` leads from folded words to groups, ``patterns`` from (before the star, after it)."""

    groups: tuple[Group, ...]
    words: Mapping[str, tuple[Group, ...]]
    patterns: Mapping[tuple[str, str], tuple[Group, ...]]
    replacements: tuple[tuple[str, str], ...]
    scopes: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]

    def fold_words(self, name: str) -> str:
        """Return the words of a group's name without brackets and separators.

        Examples
        --------
        >>> GroupTable((), {}, {}, (("人民政府", "政府"),), (), (), ()).fold_words("各县（市、区）人民政府")
        '各县市区政府'
        """
        folded = fold_name(name).translate(_SEPARATORS)
        for word, becomes in self.replacements:
            folded = folded.replace(word, becomes)
        return folded

    def find_groups(self, words: str, level: str) -> tuple[Group, ...]:
        """Return the groups that `words` name in a place of `level`."""
        found = [group for group in self.words.get(words, ()) if not group.levels or level in group.levels]
        for (before, after), groups in self.patterns.items():
            if len(words) > len(before) + len(after) and words.startswith(before) and words.endswith(after):
                found.extend(group for group in groups if group not in found and (not group.levels or level in group.levels))
        return tuple(found)


def load_groups(folder: Traversable) -> GroupTable:
    """Load ``collectives.csv`` and ``collective_shapes.csv``.

    Raises
    ------
    RuleError
        An unknown kind, level, use or scope; a closed group without members; one word for two groups at one level.
    """
    uses: dict[str, list[tuple[str, str]]] = {use: [] for use in USES}
    for row in read_rows(folder, "collective_shapes.csv", SHAPE_COLUMNS, required=("use", "word")):
        if row["use"] not in uses:
            raise RuleError(f"rules: collective_shapes.csv: no such use: {row['use']!r}")
        uses[row["use"]].append((row["word"], row["becomes"]))
    parts = {use: tuple(word for word, _ in rows) for use, rows in uses.items()}
    table = GroupTable((), {}, {}, tuple(uses["replace"]), parts["scope"], parts["start"], parts["end"])
    groups: list[Group] = []
    words: dict[str, list[Group]] = {}
    patterns: dict[tuple[str, str], list[Group]] = {}
    for row in read_rows(
        folder, "collectives.csv", COLUMNS, required=("code", "kind", "scope", "words", "label_zh", "label_en", "example")
    ):
        group = _to_group(row)
        groups.append(group)
        for word in row["words"].split("|"):
            folded = table.fold_words(word)
            _add_word(folded, group, words, patterns)
    return GroupTable(
        tuple(groups),
        {word: tuple(found) for word, found in words.items()},
        {key: tuple(found) for key, found in patterns.items()},
        table.replacements,
        table.scopes,
        table.starts,
        table.ends,
    )


def _to_group(row: Mapping[str, str]) -> Group:
    label = f"collectives.csv, {row['code']}"
    if row["kind"] not in {CollectiveKind.CLOSED, CollectiveKind.OPEN}:
        raise RuleError(f"rules: {label}: kind is {row['kind']!r}")
    if row["scope"] not in {"place", "plan"}:
        raise RuleError(f"rules: {label}: scope is {row['scope']!r}")
    levels = frozenset(row["levels"].split())
    if not levels <= set(LEVELS):
        raise RuleError(f"rules: {label}: no such level among {row['levels']!r}")
    members = tuple(row["members"].split())
    if (row["kind"] == CollectiveKind.CLOSED) != bool(members) or bool(members) != bool(row["body"]):
        raise RuleError(f"rules: {label}: closed groups, and only they, have members and a body")
    kind = CollectiveKind(row["kind"])
    return Group(row["code"], kind, levels, members, row["body"], row["scope"], row["label_zh"], row["label_en"], row["example"])


def _add_word(word: str, group: Group, words: dict[str, list[Group]], patterns: dict[tuple[str, str], list[Group]]) -> None:
    if "*" in word:
        before, after = word.split("*")
        target = patterns.setdefault((before, after), [])
    else:
        target = words.setdefault(word, [])
    for other in target:
        shared = not other.levels or not group.levels or other.levels & group.levels
        if other.code != group.code and shared:
            raise RuleError(f"rules: collectives.csv: {word} names both {other.code} and {group.code}")
    if group not in target:
        target.append(group)
