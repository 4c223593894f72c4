"""All names of a plan → agencies, with an issue for each name that a person must look at."""

from __future__ import annotations

from kg.model import Agency, Decision, Issue, Mention, Plan, ResolvedPlan
from kg.resolve.context import Context, locate, strip_own_place
from kg.resolve.names import ResolvedName, renumber, resolve_in_context
from kg.resolve.overrides import Overrides
from kg.rules.book import RuleBook
from kg.rules.folding import fold_name
from kg.rules.registry_rules import RegistryRules


def resolve_plan(plan: Plan, rules: RuleBook, overrides: Overrides | None = None) -> tuple[ResolvedPlan, tuple[Issue, ...]]:
    """Lead every distinct name of `plan` to an agency or group.

    Parameters
    ----------
    plan
        A parsed plan.
    rules
        The rules, with the registry.
    overrides
        The user's own decisions, replayed before any rule.

    Returns
    -------
    tuple
        The resolved plan (one decision for each distinct :attr:`kg.model.Mention.name` in the order of the page; the agencies they lead to
        and the members of closed groups on the plan's date, by key) and the issues.
    """
    registry = rules.registry
    kept = overrides or Overrides()
    context = locate(plan, registry.places)
    first: dict[str, Mention] = {}
    for task in plan.tasks:
        for mention in task.mentions:
            first.setdefault(mention.name, mention)
    found = _resolve_all(tuple(first), context, registry, kept)
    issues = _plan_issues(plan, context, rules)
    for mention, name in zip(first.values(), found, strict=True):
        issues.extend(_issue(code, rules, plan, mention, name.decision) for code in name.codes)
    issues.extend(_unused_overrides(plan, tuple(first), kept, rules))
    decisions = tuple(name.decision for name in found)
    return ResolvedPlan(plan, _agencies(found, registry), decisions), tuple(issues)


def explain_name(name: str, plan: Plan, rules: RuleBook, overrides: Overrides | None = None) -> ResolvedName:
    """Resolve any name as if it stood in `plan`, whether or not it does."""
    return resolve_in_context(name, locate(plan, rules.registry.places), rules.registry, overrides or Overrides())


def _resolve_all(names: tuple[str, ...], context: Context, registry: RegistryRules, overrides: Overrides) -> list[ResolvedName]:
    found: list[ResolvedName] = []
    counts: dict[str, int] = {}
    own: dict[tuple[str, str], int] = {}
    for name in names:
        resolved = resolve_in_context(name, context, registry, overrides)
        key = resolved.agency.key
        if key in {f"{context.document_id}.x", f"{context.document_id}.c"}:
            # 各县〔市〕区 and 各县（市）区 are one name, and so are 城发集团 and 市城发集团 in a plan of that 市: one node.
            same = (key, strip_own_place(fold_name(name), context))
            if same not in own:
                counts[key] = counts.get(key, 0) + 1
                own[same] = counts[key]
            resolved = renumber(resolved, own[same])
        found.append(resolved)
    return found


def _agencies(found: list[ResolvedName], registry: RegistryRules) -> tuple[Agency, ...]:
    agencies: dict[str, Agency] = {}
    for name in found:
        known = agencies.setdefault(name.agency.key, name.agency)
        if not known.jurisdiction and len(name.agency.label) > len(known.label):
            # In a plan of an unlisted place 市财政局 says more than 财政局, whichever comes first.
            agencies[known.key] = name.agency
        for key in name.agency.members:
            member = registry.find_agency(key)
            if member is not None:
                agencies.setdefault(key, member)
    return tuple(agencies[key] for key in sorted(agencies))


def _plan_issues(plan: Plan, context: Context, rules: RuleBook) -> list[Issue]:
    issues = []
    if plan.issued is None:
        issues.append(_plan_issue("unknown-date" if plan.year is None else "assumed-date", rules, plan, plan.title, str(plan.year or "")))
    if not context.own:
        issues.append(_plan_issue("unknown-place", rules, plan, plan.place or plan.issuer, plan.place or plan.issuer))
    return issues


def _unused_overrides(plan: Plan, names: tuple[str, ...], overrides: Overrides, rules: RuleBook) -> list[Issue]:
    document_id = plan.document.document_id
    folded = {fold_name(name) for name in names}
    # A pattern may fit many plans, of which not every one holds the name; only a decision for this very plan is expected to be used.
    return [
        _plan_issue("unused-override", rules, plan, row.name, row.name)
        for row in overrides.rows
        if row.plan == document_id and fold_name(row.name) not in folded
    ]


def _plan_issue(code: str, rules: RuleBook, plan: Plan, words: str, detail: str = "") -> Issue:
    return Issue(code, rules.issues[code].severity, _say(code, rules, detail), plan.document.document_id, None, words, detail=detail)


def _issue(code: str, rules: RuleBook, plan: Plan, mention: Mention, decision: Decision) -> Issue:
    text = plan.document.text
    return Issue(
        code=code,
        severity=rules.issues[code].severity,
        message=_say(code, rules, decision.name),
        document_id=plan.document.document_id,
        span=mention.span,
        words=mention.span.slice(text),
        candidates=decision.candidates,
        detail=decision.name,
    )


def _say(code: str, rules: RuleBook, detail: str) -> str:
    meaning = rules.issues[code].meaning
    return f"{meaning} ({detail})" if detail else meaning
