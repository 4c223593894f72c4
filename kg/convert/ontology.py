"""The ontology's files: the terms, the roles, the shapes and the JSON-LD context."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

#: Terms and roles; the shapes are apart.
ONTOLOGY_FILES = ("duty.ttl", "roles.ttl")
SHAPES_FILE = "shapes.ttl"
CONTEXT_FILE = "context.jsonld"


def get_ontology_folder() -> Traversable:
    """Return the folder of the ontology: inside the package once installed, at the top of the repository before."""
    packaged = files("kg") / "ontology"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "ontology"


def read_ontology() -> Graph:
    """Return the terms and roles as one rdflib graph."""
    from rdflib import Graph

    graph = Graph()
    for name in ONTOLOGY_FILES:
        graph.parse(data=(get_ontology_folder() / name).read_text(encoding="utf-8"), format="turtle")
    return graph


def read_shapes() -> Graph:
    """Return the SHACL shapes as an rdflib graph."""
    from rdflib import Graph

    return Graph().parse(data=(get_ontology_folder() / SHAPES_FILE).read_text(encoding="utf-8"), format="turtle")
