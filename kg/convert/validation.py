"""Data against the SHACL shapes, each finding with the sentence of the plan behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph

from kg.convert.datasets import to_term
from kg.convert.ontology import read_ontology, read_shapes
from kg.convert.triples import make_quads
from kg.convert.vocabulary import BASE, DUTY, expand, shorten
from kg.tables import Tables

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Level = Literal["violation", "warning", "info"]

#: Ways from a node to the words on the page, tried in this order; ``^`` goes backwards.
_WAYS_TO_WORDS: tuple[tuple[str, ...], ...] = (
    ("duty:evidence", "duty:contextSelector", "oa:exact"),
    ("duty:contextSelector", "oa:exact"),
    ("duty:onTask", "duty:text"),
    ("^duty:deadline", "duty:text"),
    ("^duty:target", "duty:text"),
    ("duty:words",),
    ("duty:expression",),
    ("dcterms:title",),
    ("duty:text",),
    ("^duty:assignee", "duty:evidence", "duty:contextSelector", "oa:exact"),
    ("skos:prefLabel",),
)

_LEVELS: dict[str, Level] = {"Violation": "violation", "Warning": "warning", "Info": "info"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that the shapes do not allow.

    ``node`` is the IRI found fault with, ``path`` the property (a CURIE or IRI, empty where the node as a whole is meant), ``value`` what
    stands there, ``sentence`` the words of the plan behind the node (empty where there are none).
    """

    level: Level
    node: str
    path: str
    value: str
    message: str
    message_zh: str
    sentence: str


def validate(tables: Tables, base: str = BASE) -> tuple[Finding, ...]:
    """Hold `tables` as RDF against the shapes.

    Returns
    -------
    tuple of Finding
        Violations before warnings, then by node; empty if all is well.

    Raises
    ------
    TableError
        As :func:`kg.convert.triples.make_quads`.
    """
    return validate_quads(make_quads(tables, base))


def validate_quads(quads: Iterable[pyoxigraph.Quad]) -> tuple[Finding, ...]:
    """Hold any quads against the shapes; see :func:`validate`."""
    import pyshacl

    # One graph with the ontology in it: pySHACL does not look for classes of SKOS concepts in a separate ontology graph.
    graph = read_ontology()
    # Most terms stand in several statements.
    convert = cache(to_term)
    for quad in quads:
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    shapes = read_shapes()
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    found = _read_report(report, graph, shapes)
    return tuple(sorted(found, key=lambda finding: (list(_LEVELS.values()).index(finding.level), finding)))


def _read_report(report: Graph, data: Graph, shapes: Graph) -> Iterable[Finding]:
    from rdflib import SH, URIRef

    # The same fault may be found by way of several shapes.
    for result in dict.fromkeys(report.objects(None, SH.result)):
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        node = report.value(result, SH.focusNode)
        if path is None and isinstance(value, URIRef):
            # A constraint that is put once a plan, or once a kind of edge, names the task or evidence it means as the value.
            path = node if str(node).startswith(DUTY) else None
            node, value = value, None
        # The shape's own messages come last: pySHACL reports one language of a SPARQL constraint only.
        shape = report.value(result, SH.sourceShape)
        said = [*report.objects(result, SH.resultMessage), *shapes.objects(shape, SH.message)]
        messages = {getattr(message, "language", None): str(message) for message in said}
        english = messages.get("en") or next(iter(messages.values()), "")
        yield Finding(
            level=_LEVELS[str(report.value(result, SH.resultSeverity)).rsplit("#", 1)[1]],
            node=str(node),
            path=shorten(str(path)) if isinstance(path, URIRef) else "",
            value=_cut(value),
            message=english,
            message_zh=messages.get("zh", english),
            sentence=_find_sentence(data, node),
        )


def _cut(value: Any, length: int = 200) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= length else text[: length - 1] + "…"


def _find_sentence(graph: Graph, node: Node | None) -> str:
    for way in _WAYS_TO_WORDS:
        nodes: list[Any] = [node]
        for step in way:
            nodes = [found for here in nodes for found in _follow(graph, here, step)]
        if nodes:
            return _cut(min(str(found) for found in nodes))
    return ""


def _follow(graph: Graph, node: Node, step: str) -> Iterable[Node]:
    from rdflib import URIRef

    if step.startswith("^"):
        return graph.subjects(URIRef(expand(step[1:])), node)
    return graph.objects(node, URIRef(expand(step)))
