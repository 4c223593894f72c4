"""What must hold of tables before they become a graph, in either world."""

from __future__ import annotations

import polars as pl

from kg.convert.vocabulary import BASE, ENTITIES, ROLE_EDGES, make_iri
from kg.errors import TableError
from kg.tables import Tables


def check_tables(tables: Tables, base: str = BASE) -> None:
    """Refuse tables that a graph cannot give back as they are.

    Raises
    ------
    TableError
        A text or list is null (an empty one is meant to be empty), a list has a null in it, a role is unknown, or two rows would share an
        address.
    """
    owners: dict[str, str] = {}
    for name, frame in tables.items():
        _refuse_nulls(name, frame)
    for entity in ENTITIES:
        for row in tables[entity.table].iter_rows(named=True):
            iri = make_iri(entity, row, base)
            if iri in owners:
                raise TableError(f"two rows share the address {iri}: one of {owners[iri]}, one of {entity.table}")
            owners[iri] = entity.table
    unknown = sorted(set(tables["assignments"]["role"]) - set(ROLE_EDGES))
    if unknown:
        raise TableError(f"table assignments: no such role: {', '.join(unknown)}")


def _refuse_nulls(name: str, frame: pl.DataFrame) -> None:
    for column, dtype in frame.schema.items():
        values = frame[column]
        if isinstance(dtype, pl.List):
            if values.null_count() or values.list.eval(pl.element().is_null()).list.any().any():
                raise TableError(f"table {name}: {column} has a null list or a null in a list")
        elif dtype == pl.String() and values.null_count():
            raise TableError(f"table {name}: {column} is null; a text that is not there is the empty text")
