"""The SPARQL store: an Oxigraph database in a folder. It keeps every character of a text, NUL among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import polars as pl
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
    Variable,
)
from pyoxigraph import Store as Database

from kg.convert import BASE, from_quads, sort_quads, to_quads
from kg.convert.vocabulary import PREFIXES, expand, make_derived_graph_iri, make_graph_iri
from kg.errors import QueryError, StoreError, first_line
from kg.stores.base import Language, Parameter, Rows, Value
from kg.stores.parts import REGISTRY_TABLES, merge_registry, refuse_other_meaning
from kg.tables import Tables, list_plan_ids, make_tables

_XSD = PREFIXES["xsd"]
_READERS: Mapping[str, Callable[[str], Value]] = {
    "integer": int,
    "double": float,
    "float": float,
    "decimal": float,
    "date": date.fromisoformat,
    "boolean": lambda text: text in ("true", "1"),
}
_ON_TASK = NamedNode(expand("duty:onTask"))


class OxigraphStore:
    """RDF in a folder, asked in SPARQL 1.1.

    Parameters
    ----------
    location
        The database's folder.
    read_only
        Open it for reading; the folder must be there. Several processes may read at once.
    base
        What data IRIs begin with.

    Raises
    ------
    StoreError
        The folder is no Oxigraph database, is not there, or another process writes to it.
    """

    language: ClassVar[Language] = "sparql"

    def __init__(self, location: Path, *, read_only: bool = False, base: str = BASE) -> None:
        self._location = location
        self._read_only = read_only
        self._base = base
        if read_only and not (location / "CURRENT").is_file():
            raise StoreError(f"{location}: no Oxigraph store")
        try:
            self._database: Database | None = Database.read_only(str(location)) if read_only else Database(str(location))
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"{location}: {first_line(error)}") from error

    @classmethod
    def open(cls, location: Path, *, read_only: bool = False) -> Self:
        """Open the store; see the class."""
        return cls(location, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Release the folder."""
        # Oxigraph has no close: the lock goes with the last reference.
        self._database = None
        if not self._read_only:
            # RocksDB keeps a diary that names this machine's folders and the hour; nothing reads it again.
            for diary in self._location.glob("LOG*"):
                diary.unlink(missing_ok=True)

    @property
    def _open(self) -> Database:
        if self._database is None:
            raise StoreError(f"{self._location}: the store is closed")
        return self._database

    def write(self, tables: Tables) -> None:
        """Replace the parts of the plans in `tables` and bring the registry up to date, in one transaction.

        Raises
        ------
        StoreError
            The store is read-only or its disk is full; nothing has changed then.
        """
        if len(self._open):
            self._replace(list_plan_ids(tables), tables)
        else:
            # The first writing goes past the log and is several times as quick.
            quads = to_quads(tables, self._base)
            self._run(lambda database: database.bulk_extend(quads))
        self._run(lambda database: database.flush())

    def withdraw(self, plan_id: str) -> None:
        """Remove a plan's part; see :meth:`kg.stores.base.Store.withdraw`."""
        self._replace([plan_id], {})
        self._run(lambda database: database.flush())

    def _replace(self, plan_ids: list[str], new: Mapping[str, pl.DataFrame]) -> None:
        graphs = [NamedNode(make_graph_iri(self._base, plan_id)) for plan_id in plan_ids]
        registry, derived = NamedNode(make_graph_iri(self._base)), NamedNode(make_derived_graph_iri(self._base))
        stored = {name: frame for name, frame in from_quads(self._find(registry)).items() if name in REGISTRY_TABLES}
        stored["assignments"] = self._find_assignees(graphs)
        refuse_other_meaning(stored, new)
        after = {name: frame for name, frame in new.items() if name not in REGISTRY_TABLES} | merge_registry(stored, new)
        wanted = set(to_quads(make_tables(after), self._base))
        there = {quad for graph in (registry, *graphs) for quad in self._find(graph)}
        tasks = {quad.object for quad in there if quad.predicate == _ON_TASK}
        there |= {quad for quad in self._find(derived) if quad.object in tasks}
        changes = [f"DELETE DATA {_to_data(there - wanted)}", f"INSERT DATA {_to_data(wanted - there)}"]
        self._run(lambda database: database.update(" ;\n".join(changes)))

    def _find(self, graph: NamedNode) -> Iterator[Quad]:
        return self._open.quads_for_pattern(None, None, None, graph)

    def _find_assignees(self, left_out: list[NamedNode]) -> pl.DataFrame:
        query = "SELECT DISTINCT ?graph ?key WHERE { GRAPH ?graph { ?a duty:assignee ?agency } ?agency dcterms:identifier ?key }"
        gone = {graph.value for graph in left_out}
        keys = sorted({str(key) for graph, key in self.query(query).rows if graph not in gone})
        return pl.DataFrame({"agency_key": keys}, schema={"agency_key": pl.String()})

    def _run(self, action: Any) -> None:
        try:
            action(self._open)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{self._location}: {first_line(error)}") from error

    def read(self) -> Tables:
        """Return everything in the store as tables."""
        return from_quads(self._open)

    def quads(self) -> Iterator[Quad]:
        """Return every statement, in no order."""
        return self._open.quads_for_pattern(None, None, None, None)

    def plans(self) -> list[str]:
        """Return the ids of the plans, sorted."""
        found = self.query("SELECT ?id WHERE { ?plan a duty:Plan ; dcterms:identifier ?id } ORDER BY ?id")
        return sorted({str(row[0]) for row in found.rows})

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Rows:
        """Run a SPARQL query over all named graphs at once; the usual prefixes are known.

        A parameter ``$name`` must stand in the query's ``SELECT`` (SEP-0007 substitutes only what is projected); its column is left out of
        the answer. ``ASK`` gives one column ``answer``, ``CONSTRUCT`` and ``DESCRIBE`` give ``subject``, ``predicate``, ``object``.

        Raises
        ------
        QueryError
            The query is not SPARQL, or a parameter does not stand in it.
        """
        bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
            Variable(name): _to_term(value) for name, value in (parameters or {}).items() if value is not None
        }
        try:
            answer = self._open.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True, substitutions=bound)
            return _to_rows(answer, set(parameters or {}))
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(f"SPARQL: {first_line(error)}") from error
        except OSError as error:
            raise StoreError(f"{self._location}: {first_line(error)}") from error


def _to_data(quads: Iterable[Quad]) -> str:
    """Write quads as SPARQL data; pyoxigraph escapes each term, and escapes of N-Triples are those of SPARQL."""
    by_graph: dict[str, list[str]] = {}
    for quad in sort_quads(quads):
        by_graph.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .")
    return "{ " + " ".join(f"GRAPH {graph} {{ {' '.join(triples)} }}" for graph, triples in by_graph.items()) + " }"


def _to_rows(answer: QuerySolutions | QueryBoolean | QueryTriples, hidden: set[str]) -> Rows:
    if isinstance(answer, QueryBoolean):
        return Rows(("answer",), ((bool(answer),),))
    if isinstance(answer, QueryTriples):
        return Rows(("subject", "predicate", "object"), tuple(tuple(_to_value(term) for term in triple) for triple in answer))
    names = [variable.value for variable in answer.variables]
    kept = [index for index, name in enumerate(names) if name not in hidden]
    rows = tuple(tuple(_to_value(solution[index]) for index in kept) for solution in answer)
    return Rows(tuple(names[index] for index in kept), rows)


def _to_term(value: str | int | float | bool | date) -> Literal:
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=NamedNode(f"{_XSD}date"))
    return Literal(value)


def _to_value(term: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    if isinstance(term, Literal):
        return _to_plain(term)
    if term is None or isinstance(term, Triple):
        return None if term is None else str(term)
    return str(term.value)


def _to_plain(literal: Literal) -> Value:
    text, kind = literal.value, literal.datatype.value.removeprefix(_XSD)
    if kind not in _READERS:
        return text
    try:
        return _READERS[kind](text)
    except ValueError:
        # "2017-02-23Z" and the like: legal in XSD, beyond Python; the text says what it is.
        return text
