"""The Oxigraph store as an rdflib Dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Node

import kg
from kg.convert import BASE, from_dataset, to_dataset
from kg.convert.vocabulary import PREFIXES
from kg.errors import StoreError
from kg.stores import locate_store, open_store
from kg.stores.rdflib_view import open_graph
from kg.tables import Tables
from tests.convert.samples import make_two_plans


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Tables]:
    tables = make_two_plans()
    with open_store("oxigraph", locate_store("oxigraph", tmp_path)) as store:
        store.write(tables)
    return tmp_path, tables


def make_plain(term: Node) -> Node:
    return Literal(str(term)) if isinstance(term, Literal) and str(term.datatype).endswith("#string") else term


def test_holds_every_statement(written: tuple[Path, Tables]) -> None:
    out, tables = written
    dataset = kg.open_graph(out)
    assert isinstance(dataset, Dataset)
    # oxrdflib writes the datatype of plain texts out; they are the same terms in RDF 1.1.
    quads = {(quad[0], quad[1], make_plain(quad[2]), quad[3]) for quad in dataset.quads()}
    assert quads == set(to_dataset(tables).quads())
    assert from_dataset(dataset) == tables


def test_answers_over_all_graphs_and_knows_the_prefixes(written: tuple[Path, Tables]) -> None:
    dataset = open_graph(written[0])
    rows = dataset.query("SELECT ?label WHERE { ?a duty:leads/dcterms:identifier 'test-2017/task/1.1' ; skos:prefLabel ?label }")
    assert {str(row[0]) for row in rows} == {"市发展改革委", "Body 310000.dr"}  # type: ignore[index]
    assert {prefix: str(namespace) for prefix, namespace in dataset.namespaces()}.items() >= PREFIXES.items()
    plan = dataset.graph(URIRef(f"{BASE}graph/plan/test-2018"))
    assert (URIRef(f"{BASE}plan/test-2018"), None, None) in plan
    assert (URIRef(f"{BASE}plan/test-2017"), None, None) not in plan


def test_cannot_change_the_output(written: tuple[Path, Tables]) -> None:
    dataset = open_graph(written[0])
    before = len(dataset)
    with pytest.raises(Exception, match=r"read-write|read-only|read only"):
        dataset.add((URIRef("http://x.example/a"), URIRef("http://x.example/b"), URIRef("http://x.example/c")))
    assert len(open_graph(written[0])) == before


def test_says_that_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no Oxigraph store; is .* the output of kg build"):
        open_graph(tmp_path)
