"""The same graph in rdflib, for notebooks and for tools that expect it. rdflib is imported when it is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph

from kg.convert.reading import from_quads
from kg.convert.triples import to_quads
from kg.convert.vocabulary import BASE, PREFIXES
from kg.errors import TableError
from kg.tables import Tables

if TYPE_CHECKING:
    from rdflib import Dataset


def to_dataset(tables: Tables, base: str = BASE) -> Dataset:
    """Return `tables` as an rdflib Dataset; see :func:`kg.convert.triples.to_quads`.

    Raises
    ------
    TableError
        As :func:`kg.convert.triples.to_quads`.
    """
    from rdflib import Dataset

    dataset = bind_prefixes(Dataset())
    for quad in to_quads(tables, base):
        dataset.add((to_term(quad.subject), to_term(quad.predicate), to_term(quad.object), to_term(quad.graph_name)))
    return dataset


def to_term(term: Any) -> Any:
    """Return a term of pyoxigraph as one of rdflib.

    Raises
    ------
    TableError
        The term is a blank node or a triple, which this package never writes.
    """
    from rdflib import Literal, URIRef

    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise TableError(f"the graph has {term} in it; this package never writes blank nodes or triples as terms")
    if term.language:
        return Literal(term.value, lang=term.language)
    # rdflib keeps a plain text and an xsd:string apart; its own parsers give plain texts.
    plain = term.datatype.value == f"{PREFIXES['xsd']}string"
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))


def from_dataset(dataset: Dataset) -> Tables:
    """Return the tables that an rdflib Dataset holds.

    Raises
    ------
    TableError
        As :func:`kg.convert.reading.from_quads`.
    """
    return from_quads(_to_quads(dataset))


def _to_quads(dataset: Dataset) -> Iterator[pyoxigraph.Quad]:
    from rdflib import Literal, URIRef

    for subject, predicate, target, graph in dataset.quads():
        if not isinstance(subject, URIRef) or not isinstance(target, URIRef | Literal):
            raise TableError(f"a statement of {predicate} has a blank node; this package never writes any")
        if isinstance(target, URIRef):
            term: pyoxigraph.NamedNode | pyoxigraph.Literal = pyoxigraph.NamedNode(str(target))
        elif target.language:
            term = pyoxigraph.Literal(str(target), language=target.language)
        else:
            term = pyoxigraph.Literal(str(target), datatype=pyoxigraph.NamedNode(str(target.datatype or f"{PREFIXES['xsd']}string")))
        name = getattr(graph, "identifier", graph)
        home = pyoxigraph.NamedNode(str(name)) if isinstance(name, URIRef) else pyoxigraph.DefaultGraph()
        yield pyoxigraph.Quad(pyoxigraph.NamedNode(str(subject)), pyoxigraph.NamedNode(str(predicate)), term, home)


def bind_prefixes(dataset: Dataset) -> Dataset:
    """Make the usual prefixes known to a Dataset, and return it."""
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    return dataset
