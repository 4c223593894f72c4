"""What an unresolved name may have meant: the nearest names, and the kind its ending tells."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from kg.resolve.context import Context, PlaceReference, find_places
from kg.rules.folding import fold_name
from kg.rules.registry_rules import AgencyKind, RegistryRules, make_agency

#: Names less alike than this are no help to anybody.
CUTOFF = 0.6
COUNT = 3


def find_nearest(name: str, context: Context, registry: RegistryRules) -> tuple[str, ...]:
    """Return up to three labels of known agencies whose names are most like `name`, best first."""
    folded = fold_name(name)
    found = list(find_places(folded, context))
    if not found:
        return ()
    # The longest beginning that is a place, and the first of what it may mean.
    rest = found[-1][1]
    reference = next(reference for reference, left in found if left == rest)
    scores: dict[str, float] = {}
    for (head, tail), forms in registry.bodies.forms.items():
        for form in forms:
            if reference.level in form.levels:
                _keep_best(scores, _label(form.code, reference, registry), _likeness(rest, head + tail))
    for agency_name in registry.names:
        agency = registry.agencies[agency_name.key]
        if agency.jurisdiction in context.chain or agency.jurisdiction == reference.code:
            _keep_best(scores, agency.label, _likeness(folded, fold_name(agency_name.name)))
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return tuple(label for label, score in ranked[:COUNT] if score >= CUTOFF)


def find_kind(name: str, kinds: Mapping[str, AgencyKind]) -> str:
    """Return the kind whose longest ending `name` has, or ``unknown``."""
    folded = fold_name(name)
    fitting = [(len(ending), kind.kind) for kind in kinds.values() for ending in kind.endings if folded.endswith(ending)]
    return max(fitting, default=(0, "unknown"))[1]


def _label(code: str, reference: PlaceReference, registry: RegistryRules) -> str:
    place = registry.places.find_place(reference.code) if reference.code else None
    agency = registry.find_agency(f"{reference.code}.{code}") if reference.code else None
    return (agency or make_agency("", registry.bodies.bodies[code], place, reference.level, reference.word)).label


def _keep_best(scores: dict[str, float], label: str, score: float) -> None:
    scores[label] = max(score, scores.get(label, 0.0))


def _likeness(left: str, right: str) -> float:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    # The two cheap upper bounds spare the slow comparison of most of the 1,500 forms.
    if matcher.real_quick_ratio() < CUTOFF or matcher.quick_ratio() < CUTOFF:
        return 0.0
    return matcher.ratio()
