"""Groups: 各区政府 with its members as of the plan's date, 市政府有关部门 without."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Agency, CollectiveKind
from kg.resolve.bodies import find_bodies
from kg.resolve.context import Context, PlaceReference, find_places
from kg.rules.collective_rules import Group, GroupTable
from kg.rules.folding import fold_name
from kg.rules.place_rules import LEVELS, NATIONAL, Place
from kg.rules.registry_rules import RegistryRules, level_word

KIND = "collective"
_COMMAS_RE = re.compile("[、,和及与]")


@dataclass(frozen=True, slots=True)
class GroupCandidate:
    """One reading of a name as a group."""

    agency: Agency
    group: Group


def find_groups(name: str, context: Context, registry: RegistryRules) -> tuple[GroupCandidate, ...]:
    """Return every group that the printed `name` fits, one candidate for each key."""
    folded = fold_name(name)
    found: dict[str, GroupCandidate] = {}
    for reference, rest in find_places(folded, context):
        for candidate in _read_words(registry.groups.fold_words(rest), reference, context, registry):
            found.setdefault(candidate.agency.key, candidate)
    return tuple(found.values())


def find_listed_places(name: str, context: Context, registry: RegistryRules) -> tuple[str, ...]:
    """Return the keys of the bodies in 天河、南沙区政府: one body of several places that are listed before it; nothing for other names."""
    *first, last = _COMMAS_RE.split(fold_name(name))
    keys = _named_bodies(last, context, registry)
    if not first or len(keys) != 1:
        return ()
    body = keys[0].rpartition(".")[2]
    for part in first:
        # What the list shares is a tail of the last name: 区政府 of 南沙区政府.
        readings = (_named_bodies(part + last[start:], context, registry) for start in range(1, len(last)))
        found = next((keys for keys in readings if len(keys) == 1 and keys[0].rpartition(".")[2] == body), ())
        if not found:
            return ()
        keys += found
    return tuple(sorted(set(keys)))


def _named_bodies(name: str, context: Context, registry: RegistryRules) -> tuple[str, ...]:
    candidates = find_bodies(name, context, registry)
    return tuple(found.agency.key for found in candidates if found.reference.code and found.reference.written in {"full", "short"})


def looks_like_group(name: str, context: Context, groups: GroupTable) -> bool:
    """Return whether the first or last word of `name`, or the first behind its place (市直有关医院), says that it is no single agency."""
    words = groups.fold_words(name)
    if words.startswith(groups.starts) or words.endswith(groups.ends):
        return True
    rests = (rest for _, rest in find_places(name, context) if rest != name)
    return any(rest.removeprefix(scope).startswith(groups.starts) for rest in rests for scope in ("", *groups.scopes))


def make_group(group: Group, reference: PlaceReference, context: Context, registry: RegistryRules) -> Agency:
    """Make the agency row of a group of a place, with its members on the day of the context.

    A closed group is an open one where the place is not known or has no such members; without a day it has none either.
    """
    if reference.code == NATIONAL:
        # 有关部门 and 国务院有关部门 are one group of the state's; its own row names it.
        group = next((own for own in registry.groups.groups if own.code == group.code and own.levels == {"national"}), group)
    scope = context.document_id if group.scope == "plan" else reference.key_scope(context)
    key = f"{scope}.c-{group.code}"
    # The name of the place is the latest one, so that two plans of one place say the same of the group.
    place = registry.places.find_place(reference.code) if reference.code else None
    members = _members(key, group, reference.code, context, registry)
    closed = bool(members) or (context.day is None and bool(_places(group, reference.code, context, registry)))
    word = level_word(place) if place is not None else reference.word
    where = (place.label_en or place.name) if place is not None and place.code != NATIONAL else ""
    label = group.label_zh.replace("*", word)
    return Agency(
        key=key,
        label=label,
        full_name=group.label_zh.replace("*", "")
        if place is None or place.code == NATIONAL
        else f"{place.name}{group.label_zh.replace('*', '')}",
        kind=KIND,
        level=reference.level,
        jurisdiction=reference.code,
        collective=CollectiveKind.CLOSED if closed else CollectiveKind.OPEN,
        members=members,
        label_en=f"{group.label_en}, {where}" if where else group.label_en,
    )


def _read_words(words: str, reference: PlaceReference, context: Context, registry: RegistryRules) -> list[GroupCandidate]:
    table = registry.groups
    found = list(_find_at(table, words, reference.level))
    if reference.written in {"full", "short"}:
        # 上海市有关部门 is a group; 公安部门 in the county 公安县 and 丽水开发区管委会 are none.
        found = [group for group in found if group.kind is CollectiveKind.CLOSED or words.startswith(table.starts)]
    if reference.written != "own":
        for scope in table.scopes:
            if words.startswith(scope) and len(words) > len(scope):
                found.extend(_find_at(table, words.removeprefix(scope), reference.level))
    if reference.written == "own" and reference.level == "national" and context.level != "national":
        # 国务院有关部门 are the state's in every plan; 有关部门 are not.
        found = [group for group in found if group.levels == {"national"}]
    groups: dict[str, Group] = {}
    for group in found:
        groups.setdefault(group.code, group)
    return [GroupCandidate(make_group(group, reference, context, registry), group) for group in groups.values()]


def _find_at(table: GroupTable, words: str, level: str) -> tuple[Group, ...]:
    if level:
        return table.find_groups(words, level)
    # A plan of nobody knows what level: only words that mean the same at every level but the state's own.
    found = [group for each in LEVELS if each != "national" for group in table.find_groups(words, each)]
    return tuple(found) if len({group.code for group in found}) == 1 else ()


def _members(key: str, group: Group, code: str, context: Context, registry: RegistryRules) -> tuple[str, ...]:
    if group.kind is not CollectiveKind.CLOSED or not code or context.day is None:
        return ()
    listed = registry.members_on(key, context.day)
    if listed:
        return listed
    return tuple(sorted({f"{place.code}.{group.body}" for place in _places(group, code, context, registry)}))


def _places(group: Group, code: str, context: Context, registry: RegistryRules) -> tuple[Place, ...]:
    found: list[Place] = []
    for word in group.members if code else ():
        level = word if word in LEVELS else "county"
        found.extend(place for place in registry.places.descendants(code, level, context.day) if word in (level, place.kind))
    return tuple(found)
