"""Namespaces, roles and the terms that belong to no single column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.model import CollectiveKind, Role

#: Default base of data IRIs. The domain is reserved (RFC 2606) until the project owns one; every function takes another as ``base``.
BASE = "https://agency-kg.example/id/"

#: Namespace of the ontology.
DUTY = "https://agency-kg.example/duty#"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "cv": "http://data.europa.eu/m8g/",
        "dcterms": "http://purl.org/dc/terms/",
        "duty": DUTY,
        "eli": "http://data.europa.eu/eli/ontology#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "p-plan": "http://purl.org/net/p-plan#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "http://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


def expand(curie: str) -> str:
    """Return the IRI of a CURIE.

    Examples
    --------
    >>> expand("duty:Task")
    'https://agency-kg.example/duty#Task'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """Return the CURIE of an IRI; one in none of our namespaces stays as it is.

    Examples
    --------
    >>> shorten("https://agency-kg.example/duty#Task"), shorten("urn:x")
    ('duty:Task', 'urn:x')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


#: The key of a row, as in the tables; reading goes by it, so that it needs no base.
IDENTIFIER = "dcterms:identifier"

#: Another name of an agency (table ``agency_names``).
OTHER_NAME = "skos:altLabel"

#: Terms that follow from others and are written for the reader's sake; reading passes over them.
MEMBER_EDGE = "foaf:member"
EVENT_CLASS = "duty:ReorganisationEvent"
EVENT_LINK = "duty:partOfEvent"
EVENT_FROM = "org:originalOrganization"
EVENT_TO = "org:resultingOrganization"

#: Role -> (predicate of the direct edge in RDF, type of the relationship in the property graph).
ROLE_EDGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Role.LEAD.value: ("duty:leads", "LEADS"),
        Role.JOINT_LEAD.value: ("duty:jointlyLeads", "JOINTLY_LEADS"),
        Role.RESPONSIBLE.value: ("duty:responsibleFor", "RESPONSIBLE_FOR"),
        Role.PARTICIPATE.value: ("duty:participatesIn", "PARTICIPATES_IN"),
        Role.COOPERATE.value: ("duty:cooperatesOn", "COOPERATES_ON"),
        Role.SUPERVISE.value: ("duty:supervises", "SUPERVISES"),
    }
)


def get_agency_class(collective: str) -> str:
    """Return the class of an agency, which is another one for a collective: a group must never pass for an agency."""
    return "duty:Agency" if collective == CollectiveKind.NONE.value else "duty:CollectiveAgency"


@dataclass(frozen=True, slots=True)
class Edge:
    """A table whose rows are relationships between two agencies: (source column)-[type]->(target column)."""

    table: str
    type: str
    source: str
    target: str


EDGES: tuple[Edge, ...] = (
    Edge("memberships", "HAS_MEMBER", "collective_key", "member_key"),
    Edge("reorganisations", "SUCCEEDED_BY", "predecessor_key", "successor_key"),
)

#: Relationship to the plan for rows of these tables, so that each of their nodes can be reached; those of others hang on a section or task.
IN_PLAN = "IN_PLAN"
IN_PLAN_TABLES = ("tasks", "issues", "account", "edits")

#: Relationship from a piece of evidence to the task of its assignment, which is no node itself.
SUPPORTS = "SUPPORTS"

#: Property of an Agency node that holds its other names.
NAMES_PROPERTY = "otherNames"
