"""RDF quads → tables, by ``rdf:type`` and ``dcterms:identifier``, so that no base is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from pyoxigraph import Literal, NamedNode, Quad

from kg.convert.vocabulary import DUTY, ENTITIES, IDENTIFIER, OTHER_NAME, PREFIXES, Column, Entity, expand
from kg.errors import TableError
from kg.tables import SCHEMAS, Tables, make_tables

Term = NamedNode | Literal
#: node -> predicate -> terms
Statements = dict[str, dict[str, dict[Term, None]]]

_TYPE = expand("rdf:type")
_MEMBER = PREFIXES["rdf"] + "_"


def from_quads(quads: Iterable[Quad]) -> Tables:
    """Return the tables that `quads` hold.

    Statements that no table knows are passed over; so are the derived edges, which follow from the rest.

    Raises
    ------
    TableError
        There is a blank node, a value is not of its column's kind or stands twice, a link leads to nothing, or the tables contradict
        themselves.
    """
    graph, typed = _index(quads)
    frames = {}
    for entity in ENTITIES:
        classes = entity.variants or entity.classes[:1]
        subjects = dict.fromkeys(subject for name in classes for subject in typed.get(expand(name), []))
        rows = [graph.read_row(entity, subject) for subject in subjects]
        frames[entity.table] = _frame(entity.table, rows)
        if entity.table == "agencies":
            frames["agency_names"] = _frame("agency_names", [row for subject in subjects for row in graph.read_names(subject)])
    return make_tables(frames)


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMAS[table], orient="row")


def _index(quads: Iterable[Quad]) -> tuple[_Graph, dict[str, list[str]]]:
    about: Statements = {}
    into: Statements = {}
    typed: dict[str, list[str]] = {}
    for quad in quads:
        subject, predicate, target = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(target, NamedNode | Literal):
            raise TableError(f"a statement of {predicate} has a blank node or a triple in it; this package never writes any")
        if predicate == _TYPE and isinstance(target, NamedNode):
            typed.setdefault(target.value, []).append(subject.value)
        # A dictionary as an ordered set: the same statement may stand in several graphs.
        about.setdefault(subject.value, {}).setdefault(predicate, {})[target] = None
        if isinstance(target, NamedNode):
            into.setdefault(target.value, {}).setdefault(predicate, {})[subject] = None
    return _Graph(about, into), typed


@dataclass(frozen=True, slots=True)
class _Graph:
    about: Statements
    into: Statements

    def read_row(self, entity: Entity, subject: str) -> dict[str, Any]:
        nodes = {"": subject}
        waiting = list(entity.parts)
        while waiting:
            # A part may hang on another part that is listed after it.
            part = next(part for part in waiting if part.links[0][0] in nodes)
            waiting.remove(part)
            owner, term = part.links[0]
            node = self._one(nodes[owner], expand(term), entity.table)
            if node is None:
                raise TableError(f"table {entity.table}: {nodes[owner]} has no {term}")
            nodes[part.name] = node.value
        row = {column.name: self._value(entity, column, nodes[column.part]) for column in entity.columns}
        if entity.key:
            row[entity.key] = self._identifier(subject)
        return row

    def read_names(self, subject: str) -> list[dict[str, Any]]:
        names = self.about[subject].get(expand(OTHER_NAME), {})
        return [{"agency_key": self._identifier(subject), "name": name.value} for name in names]

    def _one(self, node: str, predicate: str, table: str, language: str = "") -> Term | None:
        terms = list(self.about.get(node, {}).get(predicate, {}))
        if language:
            terms = [term for term in terms if isinstance(term, Literal) and term.language == language]
        if len(terms) > 1:
            raise TableError(f"table {table}: {node} has {len(terms)} values of {predicate}")
        return terms[0] if terms else None

    def _identifier(self, node: str) -> str:
        term = self._one(node, expand(IDENTIFIER), "")
        if term is None:
            raise TableError(f"a link leads to {node}, of which nothing is known")
        return term.value

    def _value(self, entity: Entity, column: Column, node: str) -> Any:
        dtype = SCHEMAS[entity.table][column.name]
        predicate = expand(column.term)
        if column.inverse:
            owners = list(self.into.get(node, {}).get(predicate, {}))
            if len(owners) != 1:
                raise TableError(f"table {entity.table}: {len(owners)} nodes point to {node} by {column.term}, not one")
            return self._identifier(owners[0].value)
        term = self._one(node, predicate, entity.table, column.language)
        if isinstance(dtype, pl.List):
            return [] if term is None else self._read_list(term.value)
        if term is None:
            return "" if dtype == pl.String() else None
        if column.targets:
            return self._identifier(term.value)
        if column.concept:
            return term.value.removeprefix(DUTY)
        return _to_python(term, dtype, entity, column)

    def _read_list(self, sequence: str) -> list[str]:
        members = self.about.get(sequence, {})
        numbers = sorted(int(name.removeprefix(_MEMBER)) for name in members if name.removeprefix(_MEMBER).isdecimal())
        return [next(iter(members[f"{_MEMBER}{number}"])).value for number in numbers]


def _to_python(term: Term, dtype: pl.DataType, entity: Entity, column: Column) -> str | int | float | date:
    try:
        if dtype == pl.Int64():
            return int(term.value)
        if dtype == pl.Float64():
            return float(term.value)
        if dtype == pl.Date():
            return date.fromisoformat(term.value)
    except ValueError as error:
        raise TableError(f"table {entity.table}: {column.name} cannot be {term.value!r}") from error
    return term.value
