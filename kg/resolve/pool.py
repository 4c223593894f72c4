"""Several plans together: a name that no rule knows is one node in all plans of its place.

The key stays that of the first plan that names it, by document id; it is never made from the name. What decides is the place and the name:
plans of different places never share a node, nor do plans whose place the table does not know. A name of words like 工作专班 and 领导小组
办公室 alone means another body in each plan and stays with it, and so do names that could be several agencies, and groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Agency, Decision, Resolution, ResolvedPlan
from kg.resolve.context import Context, locate, strip_own_place
from kg.resolve.names import NO_RULE
from kg.rules.folding import fold_name
from kg.rules.registry_rules import RegistryRules


def share_unknown(plans: Iterable[ResolvedPlan], registry: RegistryRules) -> tuple[ResolvedPlan, ...]:
    """Give the unknown names that several plans of a place have in common one key.

    Parameters
    ----------
    plans
        Resolved plans, in any order.
    registry
        The registry by which they were resolved.

    Returns
    -------
    tuple of ResolvedPlan
        The plans by document id, the same whatever the order they came in.
    """
    first: dict[tuple[str, str], Agency] = {}
    return tuple(_share(plan, first, registry) for plan in sorted(plans, key=lambda plan: plan.plan.document.document_id))


def _share(resolved: ResolvedPlan, first: dict[tuple[str, str], Agency], registry: RegistryRules) -> ResolvedPlan:
    context = locate(resolved.plan, registry.places)
    own = {agency.key: agency for agency in resolved.agencies}
    shared: dict[str, Agency] = {}
    for decision in resolved.decisions:
        words = _find_words(decision, context, registry)
        if words:
            shared[decision.agency_key] = first.setdefault((context.own, words), own[decision.agency_key])
    if all(key == agency.key for key, agency in shared.items()):
        return resolved
    agencies = {agency.key: agency for agency in (shared.get(key, agency) for key, agency in own.items())}
    decisions = (
        replace(decision, agency_key=shared[decision.agency_key].key) if decision.agency_key in shared else decision
        for decision in resolved.decisions
    )
    return replace(resolved, agencies=tuple(agencies[key] for key in sorted(agencies)), decisions=tuple(decisions))


def _find_words(decision: Decision, context: Context, registry: RegistryRules) -> str:
    """Return what other plans of the place must say for the same body; empty where nothing they say is the same for sure."""
    if not context.own or decision.resolution is not Resolution.UNRESOLVED or decision.rule != NO_RULE:
        return ""
    words = strip_own_place(fold_name(decision.name), context)
    return "" if registry.is_of_plan(words) else words
