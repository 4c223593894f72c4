"""Tables ⇄ RDF and tables ⇄ property graph: pure, in both directions, led by one vocabulary."""

from kg.convert.datasets import from_dataset, to_dataset
from kg.convert.files import RDF_FORMATS, to_rdf, write_rdf
from kg.convert.property_graph import PropertyGraph, from_property_graph, to_property_graph
from kg.convert.reading import from_quads
from kg.convert.triples import sort_quads, to_quads
from kg.convert.vocabulary import BASE

__all__ = [
    "BASE",
    "RDF_FORMATS",
    "PropertyGraph",
    "from_dataset",
    "from_property_graph",
    "from_quads",
    "sort_quads",
    "to_dataset",
    "to_property_graph",
    "to_quads",
    "to_rdf",
    "write_rdf",
]
