"""Tables → RDF quads: one named graph a plan, one for the registry, one for derived direct edges; no blank nodes.

Quads are those of pyoxigraph, which is quick and keeps every character; :func:`kg.convert.datasets.to_dataset` says the same in rdflib. The
way back is :mod:`kg.convert.reading`.

Texts and lists are never null in the tables. An empty text is written as no triple, an empty list likewise; a list is an ``rdf:Seq`` with
an IRI of its own, because an RDF collection would need blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.convert.checking import check_tables
from kg.convert.vocabulary import (
    BASE,
    ENTITIES,
    EVENT_CLASS,
    EVENT_FROM,
    EVENT_LINK,
    EVENT_TO,
    IDENTIFIER,
    MEMBER_EDGE,
    OTHER_NAME,
    PREFIXES,
    ROLE_EDGES,
    Column,
    Entity,
    Home,
    encode,
    expand,
    get_agency_class,
    make_derived_graph_iri,
    make_graph_iri,
    make_iri,
    make_key_iri,
)
from kg.tables import Tables

Row = Mapping[str, Any]


@cache
def _make_term(curie: str) -> NamedNode:
    return NamedNode(expand(curie))


_TYPE = _make_term("rdf:type")
_SEQ = _make_term("rdf:Seq")
_MEMBER = PREFIXES["rdf"] + "_"
_DATE = _make_term("xsd:date")
_IDENTIFIER = _make_term(IDENTIFIER)


def to_quads(tables: Tables, base: str = BASE) -> list[Quad]:
    """Return every statement of `tables`, sorted, the derived edges among them; see :func:`make_quads`.

    Parameters
    ----------
    tables
        What :func:`kg.tables.make_tables` made.
    base
        What data IRIs begin with; it should end in ``/`` or ``#``.

    Raises
    ------
    TableError
        As :func:`kg.convert.checking.check_tables`.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> to_quads(empty_tables())
    []
    """
    return sort_quads(make_quads(tables, base))


def make_quads(tables: Tables, base: str = BASE) -> set[Quad]:
    """Return every statement of `tables`, for those who need no order; see :func:`to_quads`."""
    check_tables(tables, base)
    quads: set[Quad] = set()
    for entity in ENTITIES:
        for row in tables[entity.table].iter_rows(named=True):
            quads.update(_row_quads(entity, row, make_iri(entity, row, base), base))
    quads.update(_name_quads(tables, base))
    quads.update(_derived_quads(tables, base))
    return quads


def sort_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return quads by graph, then subject, predicate and object, so that files have the same bytes each time."""
    # Most of the way is the comparing of addresses that begin alike: each subject is compared once, not once a statement.
    groups: dict[tuple[str, str], list[Quad]] = {}
    for quad in quads:
        groups.setdefault((str(quad.graph_name), str(quad.subject)), []).append(quad)
    return [quad for _, group in sorted(groups.items()) for quad in sorted(group, key=lambda quad: (str(quad.predicate), str(quad.object)))]


def _graph_of(entity: Entity, row: Row, base: str) -> NamedNode:
    return NamedNode(make_graph_iri(base, row["plan_id"] if entity.home is Home.PLAN else None))


def _row_quads(entity: Entity, row: Row, iri: str, base: str) -> Iterator[Quad]:
    graph = _graph_of(entity, row, base)
    subject = NamedNode(iri)
    nodes = {"": subject}
    for name in (get_agency_class(row["collective"]),) if entity.variants else entity.classes:
        yield Quad(subject, _TYPE, _make_term(name), graph)
    if entity.key:
        yield Quad(subject, _IDENTIFIER, Literal(row[entity.key]), graph)
    if entity.home is Home.PLAN:
        # Said in every graph of a plan, even one that holds only issues of a document that could not be parsed.
        yield Quad(NamedNode(make_key_iri("plans", row["plan_id"], base)), _IDENTIFIER, Literal(row["plan_id"]), graph)
    for part in entity.parts:
        nodes[part.name] = NamedNode(f"{iri}/{part.name}")
        for name in part.classes:
            yield Quad(nodes[part.name], _TYPE, _make_term(name), graph)
    for part in entity.parts:
        for owner, term in part.links:
            yield Quad(nodes[owner], _make_term(term), nodes[part.name], graph)
    for column in entity.columns:
        yield from _column_quads(entity, column, row, nodes[column.part], graph, base)


def _column_quads(entity: Entity, column: Column, row: Row, node: NamedNode, graph: NamedNode, base: str) -> Iterator[Quad]:
    value = row[column.name]
    predicate = _make_term(column.term)
    if value is None:
        return
    if column.targets:
        target = NamedNode(make_key_iri(column.targets[0], value, base))
        yield Quad(target, predicate, node, graph) if column.inverse else Quad(node, predicate, target, graph)
    elif column.concept:
        yield Quad(node, predicate, _make_term(f"duty:{value}"), graph)
    elif isinstance(value, list):
        yield from _list_quads(column, value, node, graph)
    elif value != "":
        yield Quad(node, predicate, _to_literal(value, column.language), graph)


def _list_quads(column: Column, values: list[str], node: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    if not values:
        return
    sequence = NamedNode(f"{node.value}/{column.name}")
    yield Quad(node, _make_term(column.term), sequence, graph)
    yield Quad(sequence, _TYPE, _SEQ, graph)
    for number, value in enumerate(values, start=1):
        yield Quad(sequence, NamedNode(f"{_MEMBER}{number}"), Literal(value), graph)


def _to_literal(value: str | int | float | date, language: str) -> Literal:
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=_DATE)
    if isinstance(value, str):
        return Literal(value, language=language) if language else Literal(value)
    # An int becomes xsd:integer, a float xsd:double; xsd:decimal never occurs.
    return Literal(value)


def _name_quads(tables: Tables, base: str) -> Iterator[Quad]:
    graph = NamedNode(make_graph_iri(base))
    for key, name in tables["agency_names"].iter_rows():
        yield Quad(NamedNode(make_key_iri("agencies", key, base)), _make_term(OTHER_NAME), Literal(name, language="zh"), graph)


def _derived_quads(tables: Tables, base: str) -> Iterator[Quad]:
    graph = NamedNode(make_derived_graph_iri(base))
    for agency, task, role in tables["assignments"].select("agency_key", "task_id", "role").iter_rows():
        subject, target = make_key_iri("agencies", agency, base), make_key_iri("tasks", task, base)
        yield Quad(NamedNode(subject), _make_term(ROLE_EDGES[role][0]), NamedNode(target), graph)
    graph = NamedNode(make_graph_iri(base))
    for collective, member in tables["memberships"].select("collective_key", "member_key").iter_rows():
        subject, target = (make_key_iri("agencies", key, base) for key in (collective, member))
        yield Quad(NamedNode(subject), _make_term(MEMBER_EDGE), NamedNode(target), graph)
    entity = next(entity for entity in ENTITIES if entity.table == "reorganisations")
    for row in tables["reorganisations"].iter_rows(named=True):
        event = NamedNode(f"{base}event/{encode(row['event_id'], slash=False)}")
        old, new = (NamedNode(make_key_iri("agencies", row[f"{end}_key"], base)) for end in ("predecessor", "successor"))
        yield Quad(event, _TYPE, _make_term(EVENT_CLASS), graph)
        yield Quad(event, _make_term(EVENT_FROM), old, graph)
        yield Quad(event, _make_term(EVENT_TO), new, graph)
        yield Quad(NamedNode(make_iri(entity, row, base)), _make_term(EVENT_LINK), event, graph)
