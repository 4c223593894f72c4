"""A plan small enough to be computed by hand; the arithmetic stands in test_load.py."""

from __future__ import annotations

from kg.measures.networks import Network, build_network
from kg.measures.options import Collectives, Layer, LoadOptions, RoleWeights
from kg.measures.scope import Scope, build_scope
from kg.model import CollectiveKind
from kg.tables import Tables
from tests.measures.factories import Line, make_load_tables

HAND_LINES: list[Line] = [
    ("1", "a:lead b:responsible c:responsible"),
    ("1", "a:lead"),
    ("2", "a:jointLead b:lead"),
    ("2", "b:responsible c:cooperate d:supervise"),
    ("3", "c:lead a:responsible"),
    ("3", "g:responsible"),
    ("1", "b:lead g:responsible"),
]

#: 24 tasks of as many agencies in a section of their own lift the plan over the threshold and touch nothing of a, b, c, d and g.
FILLER_LINES: list[Line] = [("4", f"z{number:02d}:lead") for number in range(24)]


def make_hand_tables(*, filled: bool = True) -> Tables:
    """Return the hand plan, with or without the filler."""
    lines = HAND_LINES + (FILLER_LINES if filled else [])
    return make_load_tables({"hand": lines}, groups={"g": CollectiveKind.CLOSED}, members={"g": ["m1", "m2"]})


def make_hand_network(layer: Layer = Layer.BOTH, collectives: Collectives = Collectives.DROP) -> tuple[Scope, Network]:
    """Return the network of the hand plan without filler."""
    scope = build_scope(make_hand_tables(filled=False), LoadOptions(collectives=collectives))
    return scope, build_network(scope, layer, RoleWeights(), collectives)
