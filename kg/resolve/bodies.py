"""A name as place + common body: 市发改委 is the body ``development-reform`` of the place that 市 means here."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Agency
from kg.resolve.context import LONGEST_PLACE, Context, PlaceReference, find_references
from kg.rules.body_rules import FORM_LEVELS, MUNICIPALITY, BodyForm
from kg.rules.registry_rules import RegistryRules, make_agency

#: A body of a government may name it: 市政府金融办 is 市金融办.
_GOVERNMENT_WORDS = ("人民政府", "政府")


@dataclass(frozen=True, slots=True)
class BodyCandidate:
    """One reading of a name: the agency, where it was looked for, and the form that fits."""

    agency: Agency
    reference: PlaceReference
    form: str


def find_bodies(name: str, context: Context, registry: RegistryRules) -> tuple[BodyCandidate, ...]:
    """Return every common body that the folded `name` fits, one candidate for each key.

    A name without a place is one of the issuer's own government if that has such a body, else one of the state's.
    """
    found: dict[str, BodyCandidate] = {}
    for head in registry.bodies.heads:
        if not name.startswith(head):
            continue
        for end in range(len(head), min(len(name), len(head) + LONGEST_PLACE) + 1):
            for tail in _tails(name[end:]):
                forms = registry.bodies.forms.get((head, tail), ())
                if forms:
                    for candidate in _read_forms(name[len(head) : end], forms, context, registry):
                        found.setdefault(candidate.agency.key, candidate)
    candidates = tuple(found.values())
    own = tuple(candidate for candidate in candidates if not _is_far(candidate, context))
    return own or candidates


def _is_far(candidate: BodyCandidate, context: Context) -> bool:
    return candidate.reference.written == "own" and candidate.reference.level == "national" and context.level != "national"


def _tails(tail: str) -> tuple[str, ...]:
    shorter = next((tail.removeprefix(word) for word in _GOVERNMENT_WORDS if tail.startswith(word) and len(tail) > len(word) + 1), "")
    return (tail, shorter) if shorter else (tail,)


def _read_forms(words: str, forms: tuple[BodyForm, ...], context: Context, registry: RegistryRules) -> list[BodyCandidate]:
    candidates = []
    for reference in find_references(words, context):
        # What is said at the very level comes before what only municipalities share with it.
        for form in sorted(forms, key=lambda form: reference.level not in form.levels):
            if not _fits(form, reference, context):
                continue
            body = registry.bodies.bodies[form.code]
            key = f"{reference.key_scope(context)}.{form.code}"
            agency = registry.find_agency(key) if reference.code else None
            if agency is None:
                # Only of a municipality is this form said, so the city is one: its high court is no 市中级人民法院.
                level = "province" if reference.level and reference.level not in form.levels else reference.level
                agency = make_agency(key, body, None, level, reference.word)
            candidates.append(BodyCandidate(agency, reference, f"{form.head}*{form.tail}"))
    return candidates


def _fits(form: BodyForm, reference: PlaceReference, context: Context) -> bool:
    if not form.levels & _levels(reference, context):
        return False
    if reference.written == "own" and form.head:
        # 人民银行*中心支行 asks for a place within the name.
        return False
    allowed = {
        "": True,
        "full": reference.written != "short",
        "short": reference.written == "short",
        "absolute": reference.written == "full",
        "home": reference.written == "own" and reference.level == context.level,
    }
    return allowed[form.place]


def _levels(reference: PlaceReference, context: Context) -> frozenset[str]:
    if not reference.level:
        # A plan of nobody knows what level: any but the state's own.
        return frozenset(FORM_LEVELS) - {"national"}
    place = context.places.find_place(reference.code) if reference.code else None
    # A city that the table does not know may be a municipality: 市高院 is no name of other cities.
    municipality = place.municipality if place is not None else reference.level == "city"
    return frozenset({reference.level, MUNICIPALITY} if municipality else {reference.level})
