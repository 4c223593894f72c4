"""Groups: 各区政府 with its members as of the plan's date, 市政府有关部门 without."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Agency, CollectiveKind
from kg.resolve.context import Context, PlaceReference, find_references
from kg.rules.collective_rules import Group, GroupTable
from kg.rules.folding import fold_name
from kg.rules.place_rules import LEVELS, NATIONAL, Place
from kg.rules.registry_rules import RegistryRules, level_word

KIND = "collective"


@dataclass(frozen=True, slots=True)
class GroupCandidate:
    """One reading of a name as a group."""

    agency: Agency
    group: Group


def find_groups(name: str, context: Context, registry: RegistryRules) -> tuple[GroupCandidate, ...]:
    """Return every group that the printed `name` fits, one candidate for each key."""
    folded = fold_name(name)
    found: dict[str, GroupCandidate] = {}
    for end in range(len(folded)):
        references = find_references(folded[:end], context)
        if not references:
            continue
        words = registry.groups.fold_words(folded[end:])
        for reference in references:
            if reference.written == "own" and reference.level == "national" and context.level != "national":
                continue
            for candidate in _read_words(words, end > 0, reference, context, registry):
                found.setdefault(candidate.agency.key, candidate)
    return tuple(found.values())


def looks_like_group(name: str, groups: GroupTable) -> bool:
    """Return whether the first or last word of `name` says that it is no single agency."""
    words = groups.fold_words(name)
    return words.startswith(groups.starts) or words.endswith(groups.ends)


def make_group(group: Group, reference: PlaceReference, context: Context, registry: RegistryRules) -> Agency:
    """Make the agency row of a group of a place, with its members on the day of the context.

    A closed group is an open one where the place is not known or has no such members; without a day it has none either.
    """
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


def _read_words(words: str, placed: bool, reference: PlaceReference, context: Context, registry: RegistryRules) -> list[GroupCandidate]:
    variants = [words]
    if placed:
        variants += [words.removeprefix(scope) for scope in registry.groups.scopes if words.startswith(scope) and len(words) > len(scope)]
    groups: dict[str, Group] = {}
    for variant in variants:
        for group in registry.groups.find_groups(variant, reference.level):
            groups.setdefault(group.code, group)
    return [GroupCandidate(make_group(group, reference, context, registry), group) for group in groups.values()]


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
