"""RDF files: every statement in each, the same bytes each time, and readable by rdflib too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Dataset, Graph

from kg.convert import BASE, RDF_FORMATS, to_dataset, to_rdf, write_rdf
from kg.convert.json_ld import make_context
from kg.convert.ontology import CONTEXT_FILE, get_ontology_folder
from kg.convert.turtle import AUDIT_TABLES, _group
from kg.errors import OutputError
from kg.tables import make_tables
from tests.convert.samples import HOSTILE, make_sample, make_two_plans

NAMES = {".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld", ".ttl": "turtle"}


@pytest.mark.parametrize("suffix", RDF_FORMATS)
def test_rdflib_reads_the_same(suffix: str, tmp_path: Path) -> None:
    tables = make_two_plans()
    path = tmp_path / f"graph{suffix}"
    write_rdf(tables, path)
    if suffix == ".ttl":
        expected = to_dataset(make_tables({name: frame for name, frame in tables.items() if name not in AUDIT_TABLES}))
        assert set(Graph().parse(path, format="turtle")) == {(quad[0], quad[1], quad[2]) for quad in expected.quads()}
    else:
        read = Dataset()
        read.parse(path, format=NAMES[suffix])
        assert set(read.quads()) == set(to_dataset(tables).quads())


@pytest.mark.parametrize("suffix", RDF_FORMATS)
def test_the_same_bytes_whatever_the_order(suffix: str) -> None:
    tables = make_two_plans()
    turned = make_tables({name: frame.reverse() for name, frame in tables.items()})
    assert to_rdf(turned, suffix) == to_rdf(tables, suffix)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_json_ld_keeps_hostile_names(name: str) -> None:
    tables = make_sample(name=name)
    read = Dataset()
    read.parse(data=to_rdf(tables, ".jsonld"), format="json-ld")
    assert set(read.quads()) == set(to_dataset(tables).quads())


def test_json_ld_says_it_plainly() -> None:
    document = json.loads(to_rdf(make_sample(), ".jsonld"))
    nodes = {node["@id"]: node for graph in document["@graph"] for node in graph["@graph"]}
    lead = nodes["https://agency-kg.example/id/plan/test-2017/task/1.1/lead/310000.dr"]
    assert lead["@type"] == "Assignment"
    assert lead["role"] == "lead"
    assert lead["position"] == 1
    assert lead["surfaceForm"] == {"zh": "市发展改革委"}
    assert lead["assignee"] == "https://agency-kg.example/id/agency/310000.dr"


def test_the_published_context_is_the_one_in_use() -> None:
    published = json.loads((get_ontology_folder() / CONTEXT_FILE).read_text(encoding="utf-8"))
    assert published == {"@context": make_context()}


def test_turtle_is_for_people() -> None:
    text = to_rdf(make_sample(), ".ttl").decode()
    head, *blocks = text.split("\n\n")
    assert "@base <https://agency-kg.example/id/> ." in head.splitlines()
    assert "@prefix duty: <https://agency-kg.example/duty#> ." in head.splitlines()
    subjects = [block.splitlines()[0] for block in blocks]
    assert len(subjects) == len(set(subjects))
    assert subjects[0] == "<plan/test-2017>"
    assert subjects.index("<plan/test-2017/task/1.1>") < subjects.index("<plan/test-2017/task/1.1/lead/310000.dr>")
    assert max(subjects.index(name) for name in subjects if name.startswith("<plan/")) < subjects.index("<agency/310000.dr>")
    task = blocks[subjects.index("<plan/test-2017/task/1.1>")].splitlines()
    assert task[1] == "    a duty:Task ;"
    assert not [line for line in text.splitlines() if "duty:Edit" in line or "duty:AccountEntry" in line]


def test_turtle_counts_as_people_do() -> None:
    quads = [Quad(NamedNode(f"{BASE}plan/p/task/1.{number}"), NamedNode(BASE + "x"), Literal(number)) for number in (10, 9, 1)]
    assert [subject.rsplit("/")[-1] for subject, _ in _group(quads, BASE)] == ["1.1", "1.9", "1.10"]


def test_refuses_other_formats(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no RDF format ends in \.xml; there are \.ttl, \.nq, \.trig, \.jsonld"):
        write_rdf(make_sample(), tmp_path / "graph.xml")


def test_says_where_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written: No such file"):
        write_rdf(make_sample(), tmp_path / "nowhere" / "graph.nq")
