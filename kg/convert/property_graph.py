"""Tables ⇄ property graph, column by column: one data frame a node label, one a relationship type between two labels.

An assignment is a relationship ``(:Agency)-[:LEADS {iri, role, position, …, quote, start, end}]->(:Task)``; ``quote``, ``start`` and
``end`` are those of its first evidence, and every piece of evidence is a node ``(:Evidence)-[:SUPPORTS]->(:Task)`` that names its
assignment. Each node has the key ``iri``; each node of a plan's part has its ``planId``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from kg.convert.checking import check_tables
from kg.convert.vocabulary import (
    BASE,
    EDGES,
    ENTITIES,
    IN_PLAN,
    IN_PLAN_TABLES,
    NAMES_PROPERTY,
    ROLE_EDGES,
    SUPPORTS,
    Column,
    Entity,
    Home,
    make_iri,
    make_key_iri,
)
from kg.errors import TableError
from kg.tables import SCHEMAS, Tables, make_tables

#: (type, label of the source, label of the target)
Kind = tuple[str, str, str]

SOURCE, TARGET = "source_iri", "target_iri"

_BY_TABLE = {entity.table: entity for entity in ENTITIES}
_TEXT = pl.String()
_QUOTE = {"quote": _TEXT, "start": pl.Int64(), "end": pl.Int64()}


def to_property_name(column: str) -> str:
    """Return the property name of a column.

    Examples
    --------
    >>> to_property_name("role_basis")
    'roleBasis'
    """
    first, *rest = column.split("_")
    return first + "".join(word.capitalize() for word in rest)


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes by label, relationships by (type, source label, target label).

    Every label of :data:`NODE_SCHEMAS` and every kind of :data:`RELATIONSHIP_SCHEMAS` is there, perhaps without rows. The columns
    ``source_iri`` and ``target_iri`` of a relationship are its ends; all other columns are properties.
    """

    nodes: Mapping[str, pl.DataFrame]
    relationships: Mapping[Kind, pl.DataFrame]


def _node_columns(entity: Entity) -> dict[str, str]:
    """Property -> column of the table, for what is kept on the node itself."""
    kept = {"id": entity.key} if entity.key else {}
    if entity.home is Home.PLAN:
        kept["planId"] = "plan_id"
    kept |= {to_property_name(column.name): column.name for column in entity.columns if not column.relationship}
    return kept


def _node_schema(entity: Entity) -> pl.Schema:
    schema = {"iri": _TEXT} | {name: SCHEMAS[entity.table][column] for name, column in _node_columns(entity).items()}
    return pl.Schema(schema | ({NAMES_PROPERTY: pl.List(_TEXT)} if entity.table == "agencies" else {}))


def _edge_columns(table: str, ends: tuple[str, ...]) -> dict[str, str]:
    """Property -> column of the table, for what is kept on a relationship."""
    key = _BY_TABLE[table].key
    return {"id" if column == key else to_property_name(column): column for column in SCHEMAS[table] if column not in ends}


def _edge_schema(table: str, ends: tuple[str, ...]) -> pl.Schema:
    columns = {name: SCHEMAS[table][column] for name, column in _edge_columns(table, ends).items()}
    return pl.Schema({SOURCE: _TEXT, TARGET: _TEXT, "iri": _TEXT} | columns | (_QUOTE if table == "assignments" else {}))


_ASSIGNMENT_ENDS = ("agency_key", "task_id")
_BARE = pl.Schema({SOURCE: _TEXT, TARGET: _TEXT})


def _structural(entity: Entity, column: Column) -> Iterator[tuple[Kind, str]]:
    """Yield the kinds that a linking column makes, each with the table of the other end."""
    for table in column.targets:
        other = _BY_TABLE[table].label
        ends = (other, entity.label) if column.inverse else (entity.label, other)
        yield (column.relationship, *ends), table


def _list_relationship_schemas() -> dict[Kind, pl.Schema]:
    schemas: dict[Kind, pl.Schema] = {}
    for _, kind in ROLE_EDGES.values():
        schemas[kind, "Agency", "Task"] = _edge_schema("assignments", _ASSIGNMENT_ENDS)
    for entity in ENTITIES:
        for column in entity.columns:
            if column.relationship:
                schemas |= {kind: _BARE for kind, _ in _structural(entity, column)}
    for edge in EDGES:
        schemas[edge.type, "Agency", "Agency"] = _edge_schema(edge.table, (edge.source, edge.target))
    schemas[SUPPORTS, "Evidence", "Task"] = _BARE
    for table in IN_PLAN_TABLES:
        schemas[IN_PLAN, _BY_TABLE[table].label, "Plan"] = _BARE
    return schemas


#: Label -> properties and their types; ``iri`` is the key.
NODE_SCHEMAS: Mapping[str, pl.Schema] = MappingProxyType({entity.label: _node_schema(entity) for entity in ENTITIES if entity.label})

#: (type, source label, target label) -> ends, properties and their types.
RELATIONSHIP_SCHEMAS: Mapping[Kind, pl.Schema] = MappingProxyType(_list_relationship_schemas())

#: Labels whose nodes belong to one plan's part and carry its ``planId``.
PLAN_LABELS: tuple[str, ...] = tuple(entity.label for entity in ENTITIES if entity.label and entity.home is Home.PLAN)


def to_property_graph(tables: Tables, base: str = BASE) -> PropertyGraph:
    """Return `tables` as nodes and relationships, rows sorted as in the tables.

    Parameters
    ----------
    tables
        What :func:`kg.tables.make_tables` made.
    base
        What the ``iri`` of each node begins with.

    Raises
    ------
    TableError
        As :func:`kg.convert.checking.check_tables`.
    """
    check_tables(tables, base)
    nodes = {entity.label: _make_nodes(entity, tables, base) for entity in ENTITIES if entity.label}
    relationships = {kind: pl.DataFrame(schema=schema) for kind, schema in RELATIONSHIP_SCHEMAS.items()}
    relationships |= dict(_make_assignments(tables, base))
    for entity in ENTITIES:
        for column in entity.columns:
            if column.relationship:
                relationships |= dict(_make_structure(entity, column, tables, base))
    for edge in EDGES:
        ends = (edge.source, edge.target)
        frame = _with_iri(tables[edge.table], _BY_TABLE[edge.table], base)
        kind = (edge.type, "Agency", "Agency")
        relationships[kind] = _make_edges(frame, kind, {SOURCE: ends[0], TARGET: ends[1]}, ("agencies", "agencies"), base)
    tasks = tables["evidence"].join(tables["assignments"].select("assignment_id", "task_id"), on="assignment_id", how="left")
    kind = (SUPPORTS, "Evidence", "Task")
    relationships[kind] = _make_edges(tasks, kind, {SOURCE: "evidence_id", TARGET: "task_id"}, ("evidence", "tasks"), base)
    for table in IN_PLAN_TABLES:
        kind = (IN_PLAN, _BY_TABLE[table].label, "Plan")
        frame = _with_iri(tables[table].filter(pl.col("plan_id").is_in(tables["plans"]["plan_id"].to_list())), _BY_TABLE[table], base)
        relationships[kind] = frame.select(pl.col("iri").alias(SOURCE), _to_iris("plans", base)(frame["plan_id"]).alias(TARGET))
    return PropertyGraph(MappingProxyType(nodes), MappingProxyType(relationships))


def _with_iri(frame: pl.DataFrame, entity: Entity, base: str) -> pl.DataFrame:
    iris = [make_iri(entity, row, base) for row in frame.iter_rows(named=True)]
    return frame.with_columns(pl.Series("iri", iris, dtype=_TEXT))


def _to_iris(table: str, base: str) -> Callable[[pl.Series], pl.Series]:
    return lambda keys: pl.Series([make_key_iri(table, key, base) for key in keys], dtype=_TEXT)


def _make_nodes(entity: Entity, tables: Tables, base: str) -> pl.DataFrame:
    frame = _with_iri(tables[entity.table], entity, base)
    made = frame.select("iri", *(pl.col(column).alias(name) for name, column in _node_columns(entity).items()))
    if entity.table == "agencies":
        names = tables["agency_names"].group_by("agency_key", maintain_order=True).agg(pl.col("name").alias(NAMES_PROPERTY))
        made = made.join(names, left_on="id", right_on="agency_key", how="left", maintain_order="left")
        made = made.with_columns(pl.col(NAMES_PROPERTY).fill_null([]))
    return made


def _make_edges(frame: pl.DataFrame, kind: Kind, ends: Mapping[str, str], tables: tuple[str, str], base: str) -> pl.DataFrame:
    schema = RELATIONSHIP_SCHEMAS[kind]
    columns = {SOURCE: _to_iris(tables[0], base)(frame[ends[SOURCE]]), TARGET: _to_iris(tables[1], base)(frame[ends[TARGET]])}
    rest = [name for name in schema if name not in (SOURCE, TARGET)]
    renamed = frame.rename({name: _to_edge_property(name, frame) for name in frame.columns})
    return renamed.select(*(values.alias(name) for name, values in columns.items()), *rest)


def _to_edge_property(column: str, frame: pl.DataFrame) -> str:
    return "id" if column == "assignment_id" and "role" in frame.columns else to_property_name(column)


def _make_assignments(tables: Tables, base: str) -> Iterator[tuple[Kind, pl.DataFrame]]:
    first = tables["evidence"].group_by("assignment_id", maintain_order=True).first().select("assignment_id", "quote", "start", "end")
    frame = _with_iri(tables["assignments"], _BY_TABLE["assignments"], base)
    frame = frame.join(first, on="assignment_id", how="left", maintain_order="left")
    for role, (_, name) in ROLE_EDGES.items():
        kind = (name, "Agency", "Task")
        part = frame.filter(pl.col("role") == role)
        yield kind, _make_edges(part, kind, {SOURCE: "agency_key", TARGET: "task_id"}, ("agencies", "tasks"), base)


def _make_structure(entity: Entity, column: Column, tables: Tables, base: str) -> Iterator[tuple[Kind, pl.DataFrame]]:
    frame = _with_iri(tables[entity.table], entity, base)
    for kind, table in _structural(entity, column):
        keys = tables[table][_BY_TABLE[table].key].to_list()
        part = frame.filter(pl.col(column.name).is_in(keys))
        own, other = part["iri"], _to_iris(table, base)(part[column.name])
        source, target = (other, own) if column.inverse else (own, other)
        yield kind, pl.DataFrame({SOURCE: source, TARGET: target}, schema=_BARE)


def from_property_graph(graph: PropertyGraph) -> Tables:
    """Return the tables that a property graph holds.

    A store that keeps no empty texts or lists may leave them null; they come back empty.

    Raises
    ------
    TableError
        A node or relationship lacks what its table needs, or the tables contradict themselves.
    """
    keys = pl.concat(graph.nodes[entity.label].select("iri", "id") for entity in ENTITIES if entity.label and entity.key)
    frames = {entity.table: _read_nodes(entity, graph, keys) for entity in ENTITIES if entity.label}
    names = graph.nodes["Agency"].select(agency_key="id", name=NAMES_PROPERTY)
    frames["agency_names"] = names.filter(pl.col("name").list.len() > 0).explode("name")
    for edge in EDGES:
        frame = graph.relationships[edge.type, "Agency", "Agency"]
        frames[edge.table] = _read_edges(frame, edge.table, (edge.source, edge.target), keys)
    parts = [
        _read_edges(graph.relationships[name, "Agency", "Task"], "assignments", _ASSIGNMENT_ENDS, keys) for _, name in ROLE_EDGES.values()
    ]
    frames["assignments"] = pl.concat(parts)
    return make_tables({name: _fill(name, frame) for name, frame in frames.items()})


def _fill(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    empty = {name: pl.lit([], dtype=dtype) if isinstance(dtype, pl.List) else pl.lit("") for name, dtype in SCHEMAS[table].items()}
    texts = [name for name, dtype in SCHEMAS[table].items() if isinstance(dtype, pl.List) or dtype == _TEXT]
    return frame.with_columns(pl.col(name).fill_null(empty[name]) for name in texts)


def _read_nodes(entity: Entity, graph: PropertyGraph, keys: pl.DataFrame) -> pl.DataFrame:
    nodes = graph.nodes[entity.label]
    frame = nodes.select("iri", *(pl.col(name).alias(column) for name, column in _node_columns(entity).items() if name != "planId"))
    if entity.home is Home.PLAN and entity.table != "plans":
        frame = frame.with_columns(plan_id=nodes["planId"])
    for column in entity.columns:
        if column.relationship and column.name != "plan_id":
            frame = _join_link(entity, column, graph, keys, frame)
    return frame.select(SCHEMAS[entity.table].names())


def _join_link(entity: Entity, column: Column, graph: PropertyGraph, keys: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    own, other = (TARGET, SOURCE) if column.inverse else (SOURCE, TARGET)
    links = pl.concat(graph.relationships[kind].select(iri=own, other=other) for kind, _ in _structural(entity, column))
    links = links.join(keys, left_on="other", right_on="iri", how="left").select("iri", pl.col("id").alias(column.name))
    joined = frame.join(links, on="iri", how="left")
    if joined.height != frame.height or joined[column.name].null_count():
        raise TableError(f"table {entity.table}: a {entity.label} has no {column.relationship}, or more than one")
    return joined


def _read_edges(frame: pl.DataFrame, table: str, ends: tuple[str, str], keys: pl.DataFrame) -> pl.DataFrame:
    columns = _edge_columns(table, ends)
    for end, column in zip((SOURCE, TARGET), ends, strict=True):
        frame = frame.join(keys.rename({"id": f"_{column}"}), left_on=end, right_on="iri", how="left")
    frame = frame.select(*(pl.col(name).alias(column) for name, column in columns.items()), **{column: f"_{column}" for column in ends})
    if frame.null_count().select(ends).row(0) != (0, 0):
        raise TableError(f"table {table}: a relationship leads to a node that is not there")
    return frame
