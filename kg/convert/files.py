"""RDF files: Turtle, N-Quads, TriG and JSON-LD, the same bytes for the same tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import RdfFormat, serialize

from kg.convert.json_ld import to_json_ld
from kg.convert.triples import to_quads
from kg.convert.turtle import to_turtle
from kg.convert.vocabulary import BASE, PREFIXES
from kg.errors import OutputError
from kg.tables import Tables

#: Suffix -> what it is. Turtle is for people: no named graphs, no repairs, no account; the others hold every statement.
RDF_FORMATS: Mapping[str, str] = MappingProxyType({".ttl": "Turtle", ".nq": "N-Quads", ".trig": "TriG", ".jsonld": "JSON-LD"})


def to_rdf(tables: Tables, suffix: str, base: str = BASE) -> bytes:
    """Return `tables` as a file of the format that `suffix` names, UTF-8, sorted.

    Raises
    ------
    OutputError
        No format has that suffix.
    TableError
        As :func:`kg.convert.triples.to_quads`.
    """
    if suffix not in RDF_FORMATS:
        raise OutputError(f"no RDF format ends in {suffix or 'nothing'}; there are {', '.join(RDF_FORMATS)}")
    if suffix == ".ttl":
        return to_turtle(tables, base).encode()
    quads = to_quads(tables, base)
    if suffix == ".jsonld":
        return to_json_ld(quads)
    if suffix == ".nq":
        return serialize(quads, format=RdfFormat.N_QUADS) or b""
    return serialize(quads, format=RdfFormat.TRIG, prefixes=dict(PREFIXES)) or b""


def write_rdf(tables: Tables, path: Path, base: str = BASE) -> None:
    """Write `tables` into the file `path`, in the format that its suffix names.

    Raises
    ------
    OutputError
        No format has that suffix, or the file cannot be written.
    """
    content = to_rdf(tables, path.suffix, base)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
