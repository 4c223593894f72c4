"""The store in a Neo4j server, over Bolt: any Neo4j from version 5, the one of ``kg neo4j start`` or another.

A plan's part is replaced in one transaction by a function that may run again, so that a connection lost half-way leaves the old part or
the new one, whole. Rows go in batches as parameters, nodes are merged on ``iri`` alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self

import polars as pl
from neo4j import READ_ACCESS, WRITE_ACCESS, GraphDatabase, exceptions
from neo4j.graph import Node, Relationship
from neo4j.graph import Path as GraphPath
from neo4j.time import Date

from kg.convert import BASE, PropertyGraph, from_property_graph, to_property_graph
from kg.convert.checking import check_tables
from kg.convert.property_graph import NODE_SCHEMAS, PLAN_LABELS, RELATIONSHIP_SCHEMAS, SOURCE, TARGET, Kind
from kg.errors import QueryError, StoreError
from kg.stores import neo4j_queries as queries
from kg.stores.base import Language, Parameter, Rows, Value
from kg.stores.neo4j_connection import ConnectionOptions, Neo4jConnection, find_connection
from kg.stores.parts import merge_registry, refuse_other_meaning
from kg.tables import Tables, list_plan_ids, make_tables, select_plans

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

#: Rows a statement: enough that round trips do not count, few enough for a small heap.
BATCH_ROWS = 1_000

#: Neo4j's indexes take keys of a little over 8,000 bytes, and the constraint on ``iri`` is such an index.
LONGEST_IRI = 8_000

_REGISTRY_KINDS: tuple[Kind, ...] = tuple(kind for kind in RELATIONSHIP_SCHEMAS if kind[1:] == ("Agency", "Agency"))

_LOST = (exceptions.ServiceUnavailable, exceptions.SessionExpired, OSError)


class Neo4jStore:
    """A property graph in a Neo4j, asked in Cypher.

    Parameters
    ----------
    connection
        Where it answers.
    read_only
        Refuse to write.
    base
        What the ``iri`` of each node begins with; nodes of any other beginning are not touched.

    Raises
    ------
    StoreError
        Nothing answers there, or user and password are refused.
    """

    language: ClassVar[Language] = "cypher"

    def __init__(self, connection: Neo4jConnection, *, read_only: bool = False, base: str = BASE) -> None:
        self._connection = connection
        self._read_only = read_only
        self._base = base
        with self._speaking("connecting"):
            try:
                self._driver = _connect(connection, notifications_min_severity="OFF")
            except exceptions.ConfigurationError:
                self._driver = _connect(connection)

    @classmethod
    def open(cls, location: Path, *, read_only: bool = False) -> Self:
        """Open the Neo4j that ``NEO4J_URI`` names, or the one that ``kg neo4j start`` started."""
        return cls(find_connection(ConnectionOptions(), os.environ), read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    @property
    def uri(self) -> str:
        """Where the server answers."""
        return self._connection.uri

    def write(self, tables: Tables, progress: Callable[[int, int], None] | None = None) -> None:
        """Put `tables` in, a transaction a plan; see :meth:`kg.stores.base.Store.write`.

        Parameters
        ----------
        tables
            What to write.
        progress
            Told the number of plans written and of all.

        Raises
        ------
        StoreError
            The connection was lost (the message says what was written and how to go on), an address is too long, or the store is read-only.
        TableError
            The tables hold what a graph cannot give back.
        """
        self._refuse_read_only()
        check_tables(tables, self._base)
        plan_ids = list_plan_ids(tables)
        _refuse_long_iris(to_property_graph(tables, self._base))
        with self._speaking("preparing the database"), self._session() as session:
            for text in queries.list_schema_queries():
                session.run(text).consume()
            refuse_other_meaning(session.execute_read(self._read_registry, plan_ids)[1], tables)
        for done, plan_id in enumerate(plan_ids):
            part = select_plans(tables, [plan_id])
            # The last plan takes all of the registry with it; those before take what they need. One plan is one transaction, all in all.
            last = done == len(plan_ids) - 1
            gone, registry = (plan_ids, tables) if last else ([plan_id], part)
            self._replace(done, plan_ids, partial(self._put_part, plan_id=plan_id, part=part, gone=gone, registry=registry))
            if progress is not None:
                progress(done + 1, len(plan_ids))

    def read(self) -> Tables:
        """Return everything that was written, read in one transaction."""
        with self._speaking("reading"), self._session(reading=True) as session:
            graph = session.execute_read(lambda tx: self._read_graph(tx, tuple(NODE_SCHEMAS), tuple(RELATIONSHIP_SCHEMAS)))
        return from_property_graph(graph)

    def plans(self) -> list[str]:
        """Return the ids of the plans, sorted."""
        with self._speaking("reading"), self._session(reading=True) as session:
            found: list[str] = session.execute_read(lambda tx: [row["id"] for row in tx.run(queries.PLANS_QUERY, base=self._base)])
        return sorted(found)

    def withdraw(self, plan_id: str) -> None:
        """Remove a plan's part and the agencies that only it named, in one transaction."""
        self._refuse_read_only()
        with self._speaking(f"plan {plan_id!r} was being withdrawn; say the same again to make sure"), self._session() as session:
            session.execute_write(self._take_out, plan_id)

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Rows:
        """Run a reading query with bound parameters; the server refuses one that writes.

        Raises
        ------
        QueryError
            The query is no Cypher, writes, or lacks a parameter.
        """
        with self._speaking("asking", asking=True), self._session(reading=True) as session:
            return session.execute_read(lambda tx: _to_rows(tx.run(text, dict(parameters or {}))))

    def execute(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Rows:
        """Run any statement, writing ones among them, each in a transaction of its own; for a person at a prompt.

        Raises
        ------
        QueryError
            The statement is at fault.
        """
        if self._read_only:
            return self.query(text, parameters)
        with self._speaking("asking", asking=True), self._session() as session:
            return _to_rows(session.run(text, dict(parameters or {})))

    def _session(self, *, reading: bool = False) -> Session:
        access = READ_ACCESS if reading or self._read_only else WRITE_ACCESS
        return self._driver.session(database=self._connection.database or None, default_access_mode=access)

    @contextmanager
    def _speaking(self, doing: str, *, asking: bool = False) -> Iterator[None]:
        """Turn what the driver raises into errors of ours; nothing in them shows the password."""
        uri = self._connection.uri
        try:
            yield
        except exceptions.AuthError as error:
            raise StoreError(f"{uri}: user or password refused ({self._connection.user})") from error
        except _LOST as error:
            raise StoreError(f"{uri}: no answer while {doing}") from error
        except exceptions.Neo4jError as error:
            if "OutOfMemory" in (error.code or ""):
                raise StoreError(f"{uri}: the server has too little memory ({doing}); see kg neo4j start --heap") from error
            if error.is_retryable():  # and was retried, for as long as the connection says
                raise StoreError(f"{uri}: no answer while {doing}") from error
            if asking and (error.code or "").startswith(("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.")):
                raise QueryError(_line(error)) from error
            raise StoreError(f"{uri}: {_line(error)}") from error
        except exceptions.DriverError as error:
            raise StoreError(f"{uri}: {_line(error)}") from error

    def _refuse_read_only(self) -> None:
        if self._read_only:
            raise StoreError(f"{self._connection.uri}: opened for reading only")

    def _replace(self, done: int, plan_ids: Sequence[str], work: Callable[[ManagedTransaction], None]) -> None:
        doing = (
            f"plan {plan_ids[done]!r} was being replaced ({done} of {len(plan_ids)} written before it): "
            "it is there as before or as new, whole; say the same again to finish, what is written already is not harmed"
        )
        with self._speaking(doing), self._session() as session:
            session.execute_write(work)

    def _put_part(self, tx: ManagedTransaction, *, plan_id: str, part: Tables, gone: Sequence[str], registry: Tables) -> None:
        """Replace a plan's part; the registry becomes what it must be once the plans `gone` have been replaced."""
        self._remove_part(tx, plan_id)
        self._put_registry(tx, gone, registry)
        graph = to_property_graph(part, self._base)
        for label in PLAN_LABELS:
            _merge_nodes(tx, label, graph.nodes[label])
        for kind, frame in graph.relationships.items():
            if kind not in _REGISTRY_KINDS:
                _merge_edges(tx, kind, frame)

    def _remove_part(self, tx: ManagedTransaction, plan_id: str) -> None:
        for label in PLAN_LABELS:
            tx.run(queries.make_remove_plan_query(label), plan=plan_id, base=self._base).consume()

    def _take_out(self, tx: ManagedTransaction, plan_id: str) -> None:
        if tx.run(queries.PLAN_IS_THERE_QUERY, plan=plan_id, base=self._base).single(strict=True)["there"]:
            self._remove_part(tx, plan_id)
            self._put_registry(tx, [plan_id], {})

    def _put_registry(self, tx: ManagedTransaction, gone: Sequence[str], new: Mapping[str, pl.DataFrame]) -> None:
        """Bring the registry to what :func:`kg.stores.parts.merge_registry` says, with `new` coming in and the plans `gone` replaced."""
        before, stored = self._read_registry(tx, gone)
        after = to_property_graph(make_tables(merge_registry(stored, new)), self._base)
        for kind in _REGISTRY_KINDS:
            old, kept = before.relationships[kind], after.relationships[kind]
            for iris in _batches(sorted(set(old["iri"]) - set(kept["iri"]))):
                tx.run(queries.make_remove_edges_query(kind), iris=iris, base=self._base).consume()
        for iris in _batches(sorted(set(before.nodes["Agency"]["iri"]) - set(after.nodes["Agency"]["iri"]))):
            tx.run(queries.REMOVE_AGENCIES_QUERY, iris=iris).consume()
        _merge_nodes(tx, "Agency", _select_changed(before.nodes["Agency"], after.nodes["Agency"]))
        for kind in _REGISTRY_KINDS:
            _merge_edges(tx, kind, _select_changed(before.relationships[kind], after.relationships[kind]))

    def _read_registry(self, tx: ManagedTransaction, gone: Sequence[str]) -> tuple[PropertyGraph, dict[str, pl.DataFrame]]:
        """Return the registry, as a graph and as tables with the assignees of the plans that stay once those `gone` are replaced."""
        graph = self._read_graph(tx, ("Agency",), _REGISTRY_KINDS)
        staying = [row["agency_key"] for row in tx.run(queries.STAYING_AGENCIES_QUERY, plans=list(gone), base=self._base)]
        assignees = pl.DataFrame({"agency_key": staying}, schema={"agency_key": pl.String})
        return graph, dict(from_property_graph(graph)) | {"assignments": assignees}

    def _read_graph(self, tx: ManagedTransaction, labels: Sequence[str], kinds: Sequence[Kind]) -> PropertyGraph:
        nodes = {label: pl.DataFrame(schema=schema) for label, schema in NODE_SCHEMAS.items()}
        relationships = {kind: pl.DataFrame(schema=schema) for kind, schema in RELATIONSHIP_SCHEMAS.items()}
        for label in labels:
            nodes[label] = self._read_frame(tx, queries.make_read_nodes_query(label), NODE_SCHEMAS[label])
        for kind in kinds:
            relationships[kind] = self._read_frame(tx, queries.make_read_edges_query(kind), RELATIONSHIP_SCHEMAS[kind])
        return PropertyGraph(nodes, relationships)

    def _read_frame(self, tx: ManagedTransaction, text: str, schema: pl.Schema) -> pl.DataFrame:
        rows = [[_to_native(value) for value in record.values()] for record in tx.run(text, base=self._base)]
        return pl.DataFrame(rows, schema=schema, orient="row")


def _connect(connection: Neo4jConnection, **settings: Any) -> Driver:
    """Open a driver and make sure that the server answers.

    Notifications (a property that no node has yet, and the like) are turned off by the caller where the server, from 5.7, knows how: the
    driver would log each of them on stderr.
    """
    driver = GraphDatabase.driver(
        connection.uri,
        auth=(connection.user, connection.password),
        connection_timeout=15,
        max_transaction_retry_time=connection.retry_seconds,
        **settings,
    )
    try:
        driver.verify_connectivity()
    except (exceptions.DriverError, exceptions.Neo4jError, OSError):
        driver.close()
        raise
    return driver


def _merge_nodes(tx: ManagedTransaction, label: str, frame: pl.DataFrame) -> None:
    for rows in _batches(frame.rows(named=True)):
        _merge_batch(tx, queries.make_merge_nodes_query(label), rows, label)


def _merge_edges(tx: ManagedTransaction, kind: Kind, frame: pl.DataFrame) -> None:
    edges = [{SOURCE: row.pop(SOURCE), TARGET: row.pop(TARGET), "properties": row} for row in frame.rows(named=True)]
    for rows in _batches(edges):
        _merge_batch(tx, queries.make_merge_edges_query(kind), rows, kind[0])


def _select_changed(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `after` that are not in `before` just so: most of a registry stays as it is."""
    old = {row["iri"]: row for row in before.iter_rows(named=True)}
    return after.filter(pl.Series([old.get(row["iri"]) != row for row in after.iter_rows(named=True)], dtype=pl.Boolean))


def _merge_batch(tx: ManagedTransaction, text: str, rows: Sequence[Any], what: str) -> None:
    made = tx.run(text, rows=rows).single(strict=True)["made"]
    if made != len(rows):
        # A MATCH that finds nothing makes no relationship and raises nothing; raising here rolls the transaction back.
        raise StoreError(f"of {len(rows)} {what} only {made} could be written: a node at one end is not there")


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH_ROWS):
        yield rows[start : start + BATCH_ROWS]


def _refuse_long_iris(graph: PropertyGraph) -> None:
    for frame in graph.nodes.values():
        for iri in frame["iri"]:
            if len(iri.encode()) > LONGEST_IRI:
                raise StoreError(f"an address of {len(iri.encode())} bytes is too long for Neo4j, which takes {LONGEST_IRI}: {iri[:80]}…")


def _to_rows(result: Any) -> Rows:
    columns = tuple(result.keys())
    return Rows(columns, tuple(tuple(_to_value(value) for value in record.values()) for record in result))


def _to_native(value: object) -> object:
    return value.to_native() if isinstance(value, Date) else value


def _to_value(value: object) -> Value:
    """Return a plain value; a node or relationship is its iri (or its labels, if it is not ours), a path the iris along it."""
    plain: Value
    match value:
        case None | str() | int() | float() | bool():
            plain = value
        case Date():
            plain = value.to_native()
        case Node():
            plain = str(value.get("iri") or f"(:{':'.join(sorted(value.labels))})")
        case Relationship():
            plain = str(value.get("iri") or f"[:{value.type}]")
        case GraphPath():
            steps = [part for pair in zip(value.nodes, value.relationships, strict=False) for part in pair]
            plain = tuple(str(_to_value(part)) for part in [*steps, value.end_node])
        case list():
            plain = tuple(str(_to_value(part)) for part in value)
        case dict():
            plain = json.dumps(value, ensure_ascii=False, default=lambda part: str(_to_value(part)))
        case _:
            plain = str(value)
    return plain


def _line(error: Exception) -> str:
    message = error.message if isinstance(error, exceptions.Neo4jError) else str(error)
    return (message or type(error).__name__).splitlines()[0]
