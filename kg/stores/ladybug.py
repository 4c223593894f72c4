"""The embedded Cypher store: a Ladybug database in one file. It keeps every character of a text, NUL among them.

Data comes in through Parquet files and ``COPY``, within one transaction: an order of magnitude quicker than a statement a row, and texts
never become part of a statement.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import ladybug
import polars as pl

from kg.convert import BASE, PropertyGraph, from_property_graph, to_property_graph
from kg.convert.property_graph import NODE_SCHEMAS, PLAN_LABELS, RELATIONSHIP_SCHEMAS, SOURCE, TARGET, Kind
from kg.errors import QueryError, StoreError, first_line
from kg.stores.base import Language, Parameter, Rows, Value
from kg.stores.parts import REGISTRY_TABLES, merge_registry, refuse_other_meaning
from kg.tables import KEYS, SCHEMAS, Tables, list_plan_ids, make_tables

_TYPES: Mapping[pl.DataType, str] = {
    pl.String(): "STRING",
    pl.Int64(): "INT64",
    pl.Float64(): "DOUBLE",
    pl.Date(): "DATE",
    pl.List(pl.String()): "STRING[]",
}

#: What holds no parameter in a statement (texts, quoted names, comments), and a parameter.
_NO_CODE_RE = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|//[^\n]*|/\*.*?\*/""", re.DOTALL)
_PARAMETER_RE = re.compile(r"\$(\w+)")

#: Enough for plans by the thousand, and little enough for a small machine (bytes).
_BUFFER = 512 * 1024 * 1024


class LadybugStore:
    """A property graph in a file, asked in Cypher.

    Parameters
    ----------
    location
        The database's file; a log lies beside it while it is open for writing.
    read_only
        Open it for reading; the file must be there.
    base
        What the ``iri`` of each node begins with.

    Raises
    ------
    StoreError
        The file is no Ladybug database, is not there, or another process has it open for writing.
    """

    language: ClassVar[Language] = "cypher"

    def __init__(self, location: Path, *, read_only: bool = False, base: str = BASE) -> None:
        self._location = location
        self._base = base
        if read_only and not location.is_file():
            raise StoreError(f"{location}: no Ladybug store")
        try:
            self._database = ladybug.Database(str(location), read_only=read_only, buffer_pool_size=_BUFFER)
            self._connection = ladybug.Connection(self._database)
        except (RuntimeError, OSError) as error:
            raise StoreError(f"{location}: {first_line(error)}") from error
        self._closed = False

    @classmethod
    def open(cls, location: Path, *, read_only: bool = False) -> Self:
        """Open the store; see the class."""
        return cls(location, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Write everything out and release the file."""
        if not self._closed:
            self._connection.close()
            self._database.close()
            self._closed = True

    def write(self, tables: Tables) -> None:
        """Replace the parts of the plans in `tables` and bring the registry up to date, in one transaction.

        Raises
        ------
        StoreError
            The store is read-only or its disk is full; nothing has changed then.
        """
        plan_ids = list_plan_ids(tables)
        with self._transaction():
            after = {name: tables[name] for name in SCHEMAS}
            after |= self._clear(plan_ids, tables)
            self._copy(to_property_graph(make_tables(after), self._base))

    def withdraw(self, plan_id: str) -> None:
        """Remove a plan's part; see :meth:`kg.stores.base.Store.withdraw`."""
        if not self._is_there():
            return
        with self._transaction():
            self._copy(to_property_graph(make_tables(self._clear([plan_id], {})), self._base))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not self._is_there():
            self._make_schema()
        self._run("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self._run("ROLLBACK")
            raise
        self._run("COMMIT")

    def _is_there(self) -> bool:
        return "Plan" in {row[1] for row in self._run("CALL show_tables() RETURN *")}

    def _make_schema(self) -> None:
        for label, schema in NODE_SCHEMAS.items():
            columns = ", ".join(f"`{name}` {_TYPES[dtype]}" for name, dtype in schema.items())
            self._run(f"CREATE NODE TABLE IF NOT EXISTS `{label}`({columns}, PRIMARY KEY(iri))")
        for name in dict.fromkeys(kind[0] for kind in RELATIONSHIP_SCHEMAS):
            kinds = [kind for kind in RELATIONSHIP_SCHEMAS if kind[0] == name]
            ends = [f"FROM `{source}` TO `{target}`" for _, source, target in kinds]
            properties = [f"`{column}` {_TYPES[dtype]}" for column, dtype in _properties(kinds[0]).items()]
            self._run(f"CREATE REL TABLE IF NOT EXISTS `{name}`({', '.join(ends + properties)})")

    def _clear(self, plan_ids: list[str], new: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """Delete the parts of some plans and all that changes in the registry; return the registry as it shall be."""
        stored = {name: frame for name, frame in from_property_graph(self._read_registry()).items() if name in REGISTRY_TABLES}
        keys = self._run("MATCH (a:Agency)-[r]->(:Task) WHERE NOT r.planId IN $plans RETURN DISTINCT a.id", {"plans": plan_ids})
        stored["assignments"] = pl.DataFrame({"agency_key": [row[0] for row in keys]}, schema={"agency_key": pl.String()})
        refuse_other_meaning(stored, new)
        after = merge_registry(stored, new)
        for label in PLAN_LABELS:
            self._run(f"MATCH (n:`{label}`) WHERE n.planId IN $plans DETACH DELETE n", {"plans": plan_ids})
        for kind in RELATIONSHIP_SCHEMAS:
            if kind[1:] == ("Agency", "Agency"):
                self._run(f"MATCH (:Agency)-[r:`{kind[0]}`]->(:Agency) DELETE r")
        kept = after["agencies"][KEYS["agencies"][0]].to_list()
        self._run("MATCH (a:Agency) WHERE NOT a.id IN $kept DETACH DELETE a", {"kept": kept})
        return after

    def _copy(self, graph: PropertyGraph) -> None:
        known = {row[0] for row in self._run("MATCH (a:Agency) RETURN a.iri")}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rows.parquet"
            for label, frame in graph.nodes.items():
                rows = frame if label != "Agency" else frame.filter(~pl.col("iri").is_in(known))
                self._copy_file(rows, file, f"COPY `{label}` FROM {_quote(file)}")
            old = graph.nodes["Agency"].filter(pl.col("iri").is_in(known))
            names = [name for name in old.columns if name != "iri"]
            # Agencies that stay keep their relationships to other plans, so they are changed in place.
            settings = ", ".join(f"a.`{name}` = `new_{name}`" for name in names)
            merge = f"LOAD FROM {_quote(file)} MATCH (a:Agency) WHERE a.iri = new_iri SET {settings}"
            self._copy_file(old.rename(lambda name: f"new_{name}"), file, merge)
            for (name, source, target), frame in graph.relationships.items():
                self._copy_file(frame, file, f"COPY `{name}` FROM {_quote(file)} (from='{source}', to='{target}')")

    def _copy_file(self, frame: pl.DataFrame, file: Path, statement: str) -> None:
        if frame.height:
            frame.write_parquet(file)
            self._run(statement)

    def read(self) -> Tables:
        """Return everything in the store as tables."""
        return from_property_graph(self._read_graph(tuple(NODE_SCHEMAS), tuple(RELATIONSHIP_SCHEMAS)))

    def _read_registry(self) -> PropertyGraph:
        return self._read_graph(("Agency",), tuple(kind for kind in RELATIONSHIP_SCHEMAS if kind[1:] == ("Agency", "Agency")))

    def _read_graph(self, labels: tuple[str, ...], kinds: tuple[Kind, ...]) -> PropertyGraph:
        there = self._is_there()
        nodes = {}
        for label, schema in NODE_SCHEMAS.items():
            properties = ", ".join(f"n.`{name}`" for name in schema)
            rows = self._run(f"MATCH (n:`{label}`) RETURN {properties}") if there and label in labels else []
            nodes[label] = pl.DataFrame(rows, schema=schema, orient="row")
        relationships = {}
        for kind, schema in RELATIONSHIP_SCHEMAS.items():
            name, source, target = kind
            properties = "".join(f", r.`{column}`" for column in _properties(kind))
            query = f"MATCH (a:`{source}`)-[r:`{name}`]->(b:`{target}`) RETURN a.iri, b.iri{properties}"
            rows = self._run(query) if there and kind in kinds else []
            relationships[kind] = pl.DataFrame(rows, schema=schema, orient="row")
        return PropertyGraph(nodes, relationships)

    def plans(self) -> list[str]:
        """Return the ids of the plans, sorted."""
        return sorted(row[0] for row in self._run("MATCH (p:Plan) RETURN p.id")) if self._is_there() else []

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Rows:
        """Run a Cypher query; a node or relationship in the answer becomes JSON.

        Raises
        ------
        QueryError
            The query is not Cypher, speaks of an unknown label, or lacks a parameter.
        """
        self._check_open()
        # The driver takes a parameter that nobody gave for null, and the answer would be empty instead of wrong.
        missing = sorted(set(_PARAMETER_RE.findall(_NO_CODE_RE.sub(" ", text))) - set(parameters or {}))
        if missing:
            raise QueryError(f"Cypher: parameter {', '.join(missing)} is missing")
        try:
            result = self._connection.execute(text, dict(parameters or {}))
        except RuntimeError as error:
            raise QueryError(f"Cypher: {first_line(error)}") from error
        if isinstance(result, list):
            result = result[-1]
        types = result.get_column_data_types()
        rows = tuple(tuple(_to_value(value, kind) for value, kind in zip(row, types, strict=True)) for row in result.get_all())
        return Rows(tuple(result.get_column_names()), rows)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError(f"{self._location}: the store is closed")

    def _run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[list[Any]]:
        self._check_open()
        try:
            result = self._connection.execute(statement, dict(parameters or {}))
        except RuntimeError as error:
            raise StoreError(f"{self._location}: {first_line(error)}") from error
        return [] if isinstance(result, list) else [list(row) for row in result.get_all()]


def _properties(kind: Kind) -> dict[str, pl.DataType]:
    return {name: dtype for name, dtype in RELATIONSHIP_SCHEMAS[kind].items() if name not in (SOURCE, TARGET)}


def _quote(file: Path) -> str:
    return "'" + str(file).replace("\\", "\\\\").replace("'", "\\'") + "'"


def _to_value(value: Any, kind: str) -> Value:
    if kind == "INT128" and value is not None:
        # The sum of whole numbers, which the driver gives as a text.
        return int(value)
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    if value is None or isinstance(value, str | int | float | date):
        return value
    if isinstance(value, dict):
        shown = {key: item for key, item in value.items() if not key.startswith("_") or key == "_LABEL"}
        return json.dumps(shown, ensure_ascii=False, default=str)
    return str(value)
