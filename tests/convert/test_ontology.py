"""The ontology and the vocabulary name the same terms, each labelled and explained in English and Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef

from kg.convert.ontology import read_ontology, read_shapes
from kg.convert.property_graph import NODE_SCHEMAS, RELATIONSHIP_SCHEMAS
from kg.convert.reference import render_reference
from kg.convert.vocabulary import DUTY, PREFIXES, ROLE_EDGES, expand, list_classes, list_concepts, list_properties
from kg.model import Role

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"
#: Terms that organise others and that no data have.
ABOUT_TERMS = {"duty:Role", "duty:Roles", "duty:derivedFromRole"}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read_ontology()


def own_terms(graph: Graph) -> set[str]:
    return {f"duty:{str(term).removeprefix(DUTY)}" for term in graph.subjects() if str(term).startswith(DUTY)}


def test_names_the_terms_of_the_vocabulary(ontology: Graph) -> None:
    written = {term for term in (*list_classes(), *list_properties(), *list_concepts()) if term.startswith("duty:")}
    assert own_terms(ontology) - ABOUT_TERMS == written


def test_every_term_is_labelled_and_explained_in_both_languages(ontology: Graph) -> None:
    for curie in own_terms(ontology):
        for predicate in (RDFS.label, RDFS.comment):
            texts = {getattr(text, "language", ""): str(text) for text in ontology.objects(URIRef(expand(curie)), predicate)}
            assert set(texts) == {"en", "zh"}, (curie, predicate)
            assert any("\u4e00" <= character <= "\u9fff" for character in texts["zh"]) or curie == "duty:sha256", curie
            assert texts["en"].isascii() or predicate == RDFS.comment, curie


def test_classes_and_properties_are_what_the_vocabulary_takes_them_for(ontology: Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for curie in list_classes():
        if curie.startswith("duty:"):
            assert (URIRef(expand(curie)), RDF.type, OWL.Class) in ontology, curie
    for curie in list_properties():
        if curie.startswith("duty:"):
            assert any((URIRef(expand(curie)), RDF.type, kind) in ontology for kind in kinds), curie


@pytest.mark.parametrize(
    ("term", "broader"),
    [
        ("Plan", "eli:LegalResource"),
        ("Plan", "prov:Plan"),
        ("Section", "eli:LegalResourceSubdivision"),
        ("Task", "p-plan:Step"),
        ("Agency", "cv:PublicOrganisation"),
        ("CollectiveAgency", "foaf:Group"),
        ("Assignment", "cv:Participation"),
        ("Evidence", "oa:SpecificResource"),
        ("ReorganisationEvent", "org:ChangeEvent"),
        ("Target", "schema:QuantitativeValue"),
    ],
)
def test_stands_on_known_ontologies(ontology: Graph, term: str, broader: str) -> None:
    assert (URIRef(DUTY + term), RDFS.subClassOf, URIRef(expand(broader))) in ontology


def test_roles_are_a_scheme_and_each_has_a_direct_edge(ontology: Graph) -> None:
    concepts = {str(concept).removeprefix(DUTY) for concept in ontology.subjects(SKOS.inScheme, URIRef(DUTY + "Roles"))}
    assert concepts == {role.value for role in Role}
    edges = {
        str(role).removeprefix(DUTY): f"duty:{str(edge).removeprefix(DUTY)}"
        for edge, role in ontology.subject_objects(URIRef(DUTY + "derivedFromRole"))
    }
    assert edges == {role: edge for role, (edge, _) in ROLE_EDGES.items()}


def test_has_no_blank_nodes(ontology: Graph) -> None:
    assert not [term for triple in ontology for term in triple if isinstance(term, BNode)]


def test_shapes_speak_of_terms_that_exist() -> None:
    shapes = read_shapes()
    known = {
        expand(term)
        for term in (*list_classes(), *list_properties(), *list_concepts(), "duty:Role", "duty:derivedFromRole", "prov:wasDerivedFrom")
    }
    used = {term for triple in shapes for term in triple if isinstance(term, URIRef)}
    foreign = (PREFIXES["sh"], PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["owl"], PREFIXES["xsd"], "https://agency-kg.example/shapes")
    assert {str(term) for term in used if not str(term).startswith(foreign)} <= known


def test_shapes_speak_both_languages() -> None:
    shapes = read_shapes()
    for shape in set(shapes.subjects(SH.message)):
        assert sorted(getattr(message, "language", "") for message in shapes.objects(shape, SH.message)) == ["en", "zh"]


def test_labels_and_relationships_follow_the_usual_spelling() -> None:
    assert all(label[0].isupper() and label.isalpha() for label in NODE_SCHEMAS)
    assert all(kind[0].replace("_", "").isupper() for kind in RELATIONSHIP_SCHEMAS)
    assert all(next(iter(schema)) == "iri" for schema in NODE_SCHEMAS.values())


def test_the_reference_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_reference(), "run: python -m kg.convert.reference docs/ontology.md"
