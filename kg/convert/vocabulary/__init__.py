"""The only home of IRIs, labels and relationship types.

:mod:`kg.convert.triples` and :mod:`kg.convert.property_graph` follow this data in both directions, so a new column is one line in
``entities.py`` and one term in ``ontology/duty.ttl``. Terms are written as CURIEs; :func:`expand` makes IRIs of them.
"""

from kg.convert.vocabulary.entities import ENTITIES, Column, Entity, Home, Part
from kg.convert.vocabulary.iris import encode, make_derived_graph_iri, make_graph_iri, make_iri, make_key_iri
from kg.convert.vocabulary.listing import list_classes, list_concepts, list_link_terms, list_properties
from kg.convert.vocabulary.terms import (
    BASE,
    DUTY,
    EDGES,
    EVENT_CLASS,
    EVENT_FROM,
    EVENT_LINK,
    EVENT_TO,
    IDENTIFIER,
    IN_PLAN,
    IN_PLAN_TABLES,
    MEMBER_EDGE,
    NAMES_PROPERTY,
    OTHER_NAME,
    PREFIXES,
    ROLE_EDGES,
    SUPPORTS,
    Edge,
    expand,
    get_agency_class,
    shorten,
)

__all__ = [
    "BASE",
    "DUTY",
    "EDGES",
    "ENTITIES",
    "EVENT_CLASS",
    "EVENT_FROM",
    "EVENT_LINK",
    "EVENT_TO",
    "IDENTIFIER",
    "IN_PLAN",
    "IN_PLAN_TABLES",
    "MEMBER_EDGE",
    "NAMES_PROPERTY",
    "OTHER_NAME",
    "PREFIXES",
    "ROLE_EDGES",
    "SUPPORTS",
    "Column",
    "Edge",
    "Entity",
    "Home",
    "Part",
    "encode",
    "expand",
    "get_agency_class",
    "list_classes",
    "list_concepts",
    "list_link_terms",
    "list_properties",
    "make_derived_graph_iri",
    "make_graph_iri",
    "make_iri",
    "make_key_iri",
    "shorten",
]
