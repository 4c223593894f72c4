"""The reference page of the ontology, made from ``ontology/`` and the vocabulary, so that it cannot say anything else.

Write it anew with ``python -m kg.convert.reference docs/ontology.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.convert.ontology import read_ontology
from kg.convert.property_graph import NODE_SCHEMAS, RELATIONSHIP_SCHEMAS, SOURCE, TARGET
from kg.convert.vocabulary import BASE, DUTY, ENTITIES, ROLE_EDGES, expand, list_concepts, shorten

if TYPE_CHECKING:
    from rdflib import Graph

_INTRODUCTION = f"""# Ontology

This page is made from `ontology/duty.ttl`, `ontology/roles.ttl` and `kg/convert/vocabulary`; do not edit it
(`python -m kg.convert.reference docs/ontology.md` writes it).

- Terms: `{DUTY}`, prefix `duty:`.
- Data: `{BASE}` by default, one argument `base` of every function that makes IRIs. The domain is reserved (RFC 2606)
  until the project owns one.
- Graphs: one a plan (`graph/plan/PLAN`), one for agencies, groups and reorganisations (`graph/registry`), one for the direct edges
  (`graph/derived`), each of which has an Assignment behind it.
- No blank nodes. Numbers are `xsd:integer` or `xsd:double`. Offsets are code points of the plan's repaired text, end exclusive.
- A value that is not known, and a text that is empty, is no triple. A list is an `rdf:Seq` with an IRI.
- Shapes: `ontology/shapes.ttl`, for data and ontology in one graph (`kg validate`). JSON-LD context: `ontology/context.jsonld`.
"""


def render_reference() -> str:
    """Return the page as Markdown."""
    graph = read_ontology()
    classes = _list(graph, "owl:Class")
    values = [*_list(graph, "owl:DatatypeProperty"), *(term for term in _list(graph, "owl:AnnotationProperty"))]
    parts = [
        _INTRODUCTION,
        "## Classes\n",
        *_table(("Term", "English", "中文", "Subclass of", "Meaning"), (_describe(graph, term, "rdfs:subClassOf") for term in classes)),
        "\n## Roles\n",
        *_table(("Term", "English", "中文", "Direct edge", "Relationship", "Meaning"), _describe_roles(graph)),
        "\n## Links\n",
        *_table(_PROPERTY_HEAD, (_describe_property(graph, term) for term in _list(graph, "owl:ObjectProperty"))),
        "\n## Values\n",
        *_table(_PROPERTY_HEAD, (_describe_property(graph, term) for term in sorted(values))),
        "\n## Tables\n",
        *_table(("Table", "Class", "IRI below the base", "Graph", "Node label"), _describe_entities()),
        "\n## Property graph: nodes\n\nThe key of each is `iri`.\n",
        *_table(("Label", "Properties"), ((f"`{label}`", _code(schema)) for label, schema in NODE_SCHEMAS.items())),
        "\n## Property graph: relationships\n",
        *_table(("Relationship", "Properties"), _describe_relationships()),
    ]
    return "\n".join(parts) + "\n"


_PROPERTY_HEAD = ("Term", "English", "中文", "From", "To", "Meaning")


def _list(graph: Graph, kind: str) -> list[str]:
    from rdflib import RDF, URIRef

    return sorted(str(term) for term in graph.subjects(RDF.type, URIRef(expand(kind))))


def _text(graph: Graph, term: str, predicate: str, language: str) -> str:
    from rdflib import URIRef

    found = [str(text) for text in graph.objects(URIRef(term), URIRef(expand(predicate))) if getattr(text, "language", "") == language]
    return " ".join(found).replace("|", "\\|")


def _terms(graph: Graph, term: str, predicate: str) -> str:
    from rdflib import URIRef

    return ", ".join(sorted(f"`{shorten(str(found))}`" for found in graph.objects(URIRef(term), URIRef(expand(predicate)))))


def _labels(graph: Graph, term: str) -> tuple[str, str, str]:
    return f"`{shorten(term)}`", _text(graph, term, "rdfs:label", "en"), _text(graph, term, "rdfs:label", "zh")


def _meaning(graph: Graph, term: str) -> str:
    return f"{_text(graph, term, 'rdfs:comment', 'en')}<br>{_text(graph, term, 'rdfs:comment', 'zh')}"


def _describe(graph: Graph, term: str, *predicates: str) -> tuple[str, ...]:
    return (*_labels(graph, term), *(_terms(graph, term, predicate) for predicate in predicates), _meaning(graph, term))


def _describe_property(graph: Graph, term: str) -> tuple[str, ...]:
    return _describe(graph, term, "rdfs:domain", "rdfs:range")


def _describe_roles(graph: Graph) -> Iterator[tuple[str, ...]]:
    for concept in list_concepts():
        term = expand(concept)
        edge, relationship = ROLE_EDGES[concept.removeprefix("duty:")]
        yield (*_labels(graph, term), f"`{edge}`", f"`{relationship}`", _meaning(graph, term))


def _describe_entities() -> Iterator[tuple[str, ...]]:
    for entity in ENTITIES:
        classes = _code(entity.variants or entity.classes)
        yield f"`{entity.table}`", classes, f"`{entity.iri}`", entity.home.value, f"`{entity.label}`" if entity.label else "(relationships)"


def _describe_relationships() -> Iterator[tuple[str, ...]]:
    for (name, source, target), schema in RELATIONSHIP_SCHEMAS.items():
        yield f"`(:{source})-[:{name}]->(:{target})`", _code(column for column in schema if column not in (SOURCE, TARGET))


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def main(arguments: list[str]) -> None:
    """Write the page into the file that the one argument names."""
    Path(arguments[0]).write_text(render_reference(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
