"""Every term that the vocabulary writes, so that the ontology and the JSON-LD context can be held against it."""

from __future__ import annotations

from kg.convert.vocabulary.entities import ENTITIES
from kg.convert.vocabulary.terms import EVENT_CLASS, EVENT_FROM, EVENT_LINK, EVENT_TO, IDENTIFIER, MEMBER_EDGE, OTHER_NAME, ROLE_EDGES
from kg.model import Role


def list_link_terms() -> list[str]:
    """Return the predicates that lead from node to node beside those of linking columns, as sorted CURIEs."""
    links = {term for entity in ENTITIES for part in entity.parts for _, term in part.links}
    links |= {term for term, _ in ROLE_EDGES.values()}
    return sorted(links | {MEMBER_EDGE, EVENT_LINK, EVENT_FROM, EVENT_TO})


def list_properties() -> list[str]:
    """Return every predicate but ``rdf:type`` and the members of sequences, as sorted CURIEs."""
    columns = {column.term for entity in ENTITIES for column in entity.columns}
    return sorted(columns | set(list_link_terms()) | {IDENTIFIER, OTHER_NAME})


def list_classes() -> list[str]:
    """Return every class that a node may have, as sorted CURIEs."""
    classes = {name for entity in ENTITIES for name in (*entity.classes, *entity.variants)}
    classes |= {name for entity in ENTITIES for part in entity.parts for name in part.classes}
    return sorted(classes | {EVENT_CLASS, "rdf:Seq"})


def list_concepts() -> list[str]:
    """Return the SKOS concepts of the roles, in the order of :class:`kg.model.Role`."""
    return [f"duty:{role.value}" for role in Role]
