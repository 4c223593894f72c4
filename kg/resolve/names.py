"""One name → one agency, or none: override, registry, group, common body, in this order; then the same without a closing bracket.

A stage answers only when exactly one candidate is left on the plan's date. What was tried is told in ``Decision.steps``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Agency, CollectiveKind, Decision, Resolution
from kg.resolve.bodies import find_bodies
from kg.resolve.context import Context, PlaceReference, find_places, locate_words
from kg.resolve.groups import KIND, find_groups, find_listed_places, looks_like_group, make_group
from kg.resolve.nearest import find_kind, find_nearest
from kg.resolve.overrides import Override, Overrides
from kg.rules.book import RuleBook
from kg.rules.folding import fold_name, split_bracket
from kg.rules.place_rules import NATIONAL
from kg.rules.registry_rules import AgencyName, RegistryRules

#: The rule of a decision that no rule made.
NO_RULE = "none"
#: 原市工商局 is 市工商局, said when it is no more.
_FORMER = "原"


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """A decision with its agency. ``codes`` are the issues it raises (``kg/rules/issues/resolve.csv``).

    An agency or group that stays in its plan has the key ``<document id>.x`` or ``<document id>.c``; :func:`kg.resolve.resolve_plan` adds
    the count.
    """

    decision: Decision
    agency: Agency
    codes: tuple[str, ...] = ()


def resolve_name(
    name: str,
    *,
    issued: date | None,
    level: str,
    place: str,
    rules: RuleBook,
    overrides: Overrides | None = None,
    document_id: str = "plan",
) -> ResolvedName:
    """Resolve one name outside of any plan.

    Parameters
    ----------
    name
        As :attr:`kg.model.Mention.name`: with the level word carried over.
    issued, level, place
        The date, level and place of the plan in which it stands, as in :class:`kg.model.Plan`.
    rules, overrides
        The rules and the user's own decisions.
    document_id
        The id of the plan: for overrides and for keys that stay within the plan.

    Examples
    --------
    >>> from kg.rules.book import load_rules
    >>> found = resolve_name("市发改委", issued=date(2023, 1, 19), level="city", place="宜春市", rules=load_rules())
    >>> found.decision.agency_key, found.agency.label, str(found.decision.resolution)
    ('360900.development-reform', '市发展改革委', 'rule')
    """
    registry = rules.registry
    context = locate_words((place,), level, document_id, issued, registry.places)
    return resolve_in_context(name, context, registry, overrides or Overrides())


def resolve_in_context(name: str, context: Context, registry: RegistryRules, overrides: Overrides) -> ResolvedName:
    """Resolve `name` as read from `context`; see :func:`resolve_name`."""
    override = overrides.find(name, context.document_id)
    if override is not None:
        return _from_override(name, override, context, registry)
    steps: list[str] = [f"read {name} as {fold_name(name)}, {_describe(context, registry)}"]
    found = _resolve_folded(name, fold_name(name), context, registry, steps)
    if found is not None:
        return found
    outer, inner = split_bracket(fold_name(name))
    if inner:
        steps.append(f"the bracket ({inner}) names other plates or offices of the same house; looked for {outer}")
        found = _resolve_folded(name, outer, context, registry, steps)
        if found is not None:
            return found
    if outer.startswith(_FORMER) and len(outer) > 2:
        steps.append(f"{_FORMER} says that the body is no more; looked for {outer[1:]}")
        found = _resolve_folded(name, outer[1:], context, registry, steps)
        if found is not None:
            return found
    return _unresolved(name, context, registry, steps)


def _resolve_folded(name: str, folded: str, context: Context, registry: RegistryRules, steps: list[str]) -> ResolvedName | None:
    listed = _find_listed(folded, context, registry)
    if listed:
        return _choose(name, listed, Resolution.REGISTRY, "agency_names.csv", context, registry, steps)
    steps.append("no row of the registry has this name here")
    groups = find_groups(folded, context, registry)
    if groups:
        agencies = tuple(candidate.agency for candidate in groups)
        return _choose(name, agencies, Resolution.COLLECTIVE, "collectives.csv", context, registry, steps)
    bodies = find_bodies(folded, context, registry)
    if bodies:
        steps.extend(f"{candidate.form} is a form of {candidate.agency.key}" for candidate in bodies)
        agencies = tuple(candidate.agency for candidate in bodies)
        return _choose(name, agencies, Resolution.RULE, "common_body_names.csv", context, registry, steps)
    steps.append("no common body and no listed group has this name")
    members = find_listed_places(folded, context, registry)
    if members:
        steps.append(f"one body of several places: {', '.join(members)}")
        return _local_group(name, context, steps, members)
    if looks_like_group(folded, context, registry.groups):
        steps.append("its first or last word says that it is a group; it stays a group of this plan")
        return _local_group(name, context, steps)
    return None


def _find_listed(folded: str, context: Context, registry: RegistryRules) -> tuple[Agency, ...]:
    """Return the registry rows that `folded` names: with a place before it, or as it stands in a place around the plan."""
    found: dict[str, AgencyName] = {}
    for reference, rest in find_places(folded, context):
        if reference.code and (reference.written != "own" or reference.level == context.level):
            for row in registry.name_index.get((reference.code, "*" + rest), ()):
                found.setdefault(row.key, row)
    for code in context.chain:
        for row in registry.name_index.get((code, folded), ()):
            found.setdefault(row.key, row)
    if not found:
        # 中央军委政治工作部 is the state's in every plan.
        found = {row.key: row for row in registry.name_index.get((NATIONAL, folded), ())}
    used = [key for key, row in found.items() if _alive(row, context)]
    return tuple(registry.agencies[key] for key in used or found)


def _choose(
    name: str,
    agencies: Sequence[Agency],
    resolution: Resolution,
    table: str,
    context: Context,
    registry: RegistryRules,
    steps: list[str],
) -> ResolvedName:
    left = {agency.key: agency for agency in agencies}
    if len(left) > 1:
        steps.append(f"{table} leaves {', '.join(left)}")
        alive = {key: agency for key, agency in left.items() if _alive(agency, context)}
        if alive and len(alive) < len(left):
            steps.append(f"alive on {context.when}: {', '.join(alive)}")
            left = alive
    if len(left) > 1:
        return _unresolved(name, context, registry, steps, tuple(left))
    agency = next(iter(left.values()))
    if agency.key in registry.agencies:
        resolution = Resolution.REGISTRY
    steps.append(f"{table} leaves exactly one: {agency.key} ({agency.label})")
    if _alive(agency, context):
        return ResolvedName(Decision(name, agency.key, resolution, f"{table}:{agency.key}", tuple(steps)), agency)
    steps.append(f"it did not exist on {context.when}")
    events = (*registry.successors_of(agency.key), *registry.predecessors_of(agency.key))
    others = tuple(dict.fromkeys(key for event in events for key in (event.successor_key, event.predecessor_key) if key != agency.key))
    labels = tuple(other.label for other in map(registry.find_agency, others) if other is not None)
    decision = Decision(name, agency.key, resolution, f"{table}:{agency.key}", tuple(steps), labels)
    return ResolvedName(decision, agency, ("agency-not-alive",))


def _alive(row: Agency | AgencyName, context: Context) -> bool:
    return context.sees(row.valid_from, row.valid_to)


def _from_override(name: str, override: Override, context: Context, registry: RegistryRules) -> ResolvedName:
    step = f"the user's file says so in line {override.line}" + (f": {override.note}" if override.note else "")
    agency = registry.find_agency(override.agency_key)
    if agency is None:
        code, _, group_code = override.agency_key.partition(".c-")
        place = registry.places.find_place(code, context.day)
        group = next(group for group in registry.groups.groups if group.code == group_code)
        agency = make_group(group, PlaceReference(code, place.level if place is not None else "", "full"), context, registry)
    decision = Decision(name, agency.key, Resolution.OVERRIDE, f"override:{override.line}", (step,))
    return ResolvedName(decision, agency, () if _alive(agency, context) else ("agency-not-alive",))


def _local_group(name: str, context: Context, steps: list[str], members: tuple[str, ...] = ()) -> ResolvedName:
    key = f"{context.document_id}.c"
    kind = CollectiveKind.CLOSED if members else CollectiveKind.OPEN
    agency = Agency(key, name, "", KIND, context.level, context.own, kind, members)
    rule = "common_body_names.csv" if members else "collective_shapes.csv"
    decision = Decision(name, key, Resolution.COLLECTIVE, rule, tuple(steps))
    return ResolvedName(decision, agency, () if members else ("local-collective",))


def _unresolved(name: str, context: Context, registry: RegistryRules, steps: list[str], candidates: tuple[str, ...] = ()) -> ResolvedName:
    code = "ambiguous-agency" if candidates else "unknown-agency"
    steps.append("more than one is left" if candidates else "nothing is left")
    key = f"{context.document_id}.x"
    agency = Agency(key, name, "", find_kind(name, registry.kinds), "", "")
    nearest = candidates or find_nearest(name, context, registry)
    rule = "ambiguous" if candidates else NO_RULE
    return ResolvedName(Decision(name, key, Resolution.UNRESOLVED, rule, tuple(steps), nearest), agency, (code,))


def renumber(found: ResolvedName, count: int) -> ResolvedName:
    """Give an agency or group that stays in its plan the `count` that makes its key its own."""
    key = f"{found.agency.key}{count}"
    return ResolvedName(replace(found.decision, agency_key=key), replace(found.agency, key=key), found.codes)


def _describe(context: Context, registry: RegistryRules) -> str:
    place = registry.places.find_place(context.own, context.day) if context.own else None
    where = (
        f"in a plan of {place.name} ({place.code})"
        if place is not None
        else f"in a plan of an unlisted place ({context.level or 'no level'})"
    )
    return f"{where} of {context.when}"
