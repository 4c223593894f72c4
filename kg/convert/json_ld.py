"""JSON-LD with the context that lies in ``ontology/context.jsonld``: own terms by their bare names, all others with a prefix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from pyoxigraph import Literal, NamedNode, Quad

from kg.convert.triples import sort_quads
from kg.convert.vocabulary import DUTY, ENTITIES, OTHER_NAME, PREFIXES, Column, expand, list_link_terms, shorten
from kg.tables import SCHEMAS

_TYPES = {pl.Int64(): "xsd:integer", pl.Float64(): "xsd:double", pl.Date(): "xsd:date"}
_XSD = PREFIXES["xsd"]
_TYPE = expand("rdf:type")


def make_context() -> dict[str, Any]:
    """Return the JSON-LD context: prefixes, and for each term what its values are."""
    terms: dict[str, Any] = {}
    for entity in ENTITIES:
        for column in entity.columns:
            kind = _describe(column, SCHEMAS[entity.table][column.name])
            if kind:
                terms[_shorten(expand(column.term))] = {"@id": column.term} | kind
    for term in list_link_terms():
        terms[_shorten(expand(term))] = {"@id": term, "@type": "@id"}
    terms[OTHER_NAME] = {"@id": OTHER_NAME, "@container": "@language"}
    return {"@version": 1.1, "@vocab": DUTY, **PREFIXES, **dict(sorted(terms.items()))}


def _describe(column: Column, dtype: pl.DataType) -> dict[str, str]:
    if column.targets or isinstance(dtype, pl.List):
        return {"@type": "@id"}
    if column.concept:
        return {"@type": "@vocab"}
    if column.language:
        return {"@container": "@language"}
    return {"@type": _TYPES[dtype]} if dtype in _TYPES else {}


def to_json_ld(quads: Iterable[Quad]) -> bytes:
    """Write quads as JSON-LD, one named graph after another, nodes and keys sorted."""
    context = make_context()
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for quad in sort_quads(quads):
        graph = graphs.setdefault(quad.graph_name.value, {})  # type: ignore[union-attr]
        node = graph.setdefault(quad.subject.value, {"@id": quad.subject.value})  # type: ignore[union-attr]
        _add(node, quad.predicate.value, quad.object, context)  # type: ignore[arg-type]
    parts = [{"@id": name, "@graph": list(nodes.values())} for name, nodes in graphs.items()]
    return (json.dumps({"@context": context, "@graph": parts}, ensure_ascii=False, indent=1) + "\n").encode()


def _add(node: dict[str, Any], predicate: str, target: NamedNode | Literal, context: Mapping[str, Any]) -> None:
    if predicate == _TYPE:
        _append(node, "@type", _shorten(target.value))
        return
    key = _shorten(predicate)
    kind = context.get(key, {})
    if isinstance(target, NamedNode):
        coerced = kind.get("@type")
        value: Any = _shorten(target.value) if coerced == "@vocab" else target.value
        _append(node, key, value if coerced in ("@id", "@vocab") else {"@id": target.value})
    elif kind.get("@container") == "@language" and target.language:
        _append(node.setdefault(key, {}), target.language, target.value)
    else:
        _append(node, key, _to_json(target, kind.get("@type", "")))


def _to_json(literal: Literal, coerced: str) -> Any:
    datatype = literal.datatype.value
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    if coerced and expand(coerced) == datatype:
        # Whole doubles would turn into integers if written as JSON numbers; integers cannot go wrong.
        return int(literal.value) if datatype == f"{_XSD}integer" else literal.value
    return literal.value if datatype == f"{_XSD}string" and not coerced else {"@value": literal.value, "@type": datatype}


def _append(node: dict[str, Any], key: str, value: Any) -> None:
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _shorten(iri: str) -> str:
    return shorten(iri).removeprefix("duty:")
