"""Asking a named question of a store: parameters checked and bound, rows in one order whatever the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kg.errors import QueryError
from kg.queries.registry import Question, get_question
from kg.stores import Parameter, Rows, Store, Value, locate_store, open_store

#: Places after the point in an answer: the stores add up in different orders, and the last bits of a double differ.
_PLACES = 6


def ask_store(store: Store, name: str, parameters: Mapping[str, str | int | date] | None = None) -> Rows:
    """Ask a question of an open store.

    Parameters
    ----------
    store
        Any store; all give the same rows in the same order.
    name
        The question.
    parameters
        Values by parameter name; texts are read as the parameter's type. They are bound by the driver, never pasted into the query.

    Raises
    ------
    QueryError
        No such question; a parameter is missing, unknown or not of its type; or no agency goes by the name given.
    """
    question = get_question(name)
    bound = _bind(question, parameters or {})
    for parameter in question.parameters:
        if parameter.type == "agency" and not _run(store, get_question("find-agency"), {"agency": bound[parameter.name]}).rows:
            raise QueryError(
                f"parameter {parameter.name}: no agency goes by the name {bound[parameter.name]!r}; kg load lists those that have tasks"
            )
    return _run(store, question, bound)


def ask_question(
    out: Path, name: str, *, store: str = "oxigraph", parameters: Mapping[str, str | int | date] | None = None
) -> pl.DataFrame:
    """Ask a question of the store `store` of an output folder; see :func:`ask_store`.

    Raises
    ------
    StoreError
        There is no such store in the folder.
    QueryError
        As :func:`ask_store`.
    """
    get_question(name)
    with open_store(store, locate_store(store, out), read_only=True) as opened:
        return to_frame(ask_store(opened, name, parameters))


def to_frame(rows: Rows) -> pl.DataFrame:
    """Return rows as a data frame."""
    return pl.DataFrame([list(row) for row in rows.rows], schema=list(rows.columns), orient="row", infer_schema_length=None)


def _bind(question: Question, given: Mapping[str, str | int | date]) -> dict[str, Parameter]:
    known = [parameter.name for parameter in question.parameters]
    unknown = [name for name in given if name not in known]
    if unknown:
        raise QueryError(f"question {question.name}: no parameter {', '.join(unknown)}; there are {', '.join(known) or 'none'}")
    bound: dict[str, Parameter] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"question {question.name}: parameter {parameter.name} is missing ({parameter.description})")
        bound[parameter.name] = parameter.parse(value)
    return bound


def _run(store: Store, question: Question, bound: Mapping[str, Parameter]) -> Rows:
    rows = store.query(question.sparql if store.language == "sparql" else question.cypher, bound)
    if rows.columns != question.columns:
        raise QueryError(f"question {question.name}: the {store.language} text gives the columns {', '.join(rows.columns)}")
    made = [tuple(round(value, _PLACES) if isinstance(value, float) else value for value in row) for row in rows.rows]
    for column in reversed(question.order):
        index = question.columns.index(column.removeprefix("-"))
        made.sort(key=lambda row, index=index: _order(row[index]), reverse=column.startswith("-"))  # type: ignore[misc]
    return Rows(rows.columns, tuple(made))


def _order(value: Value) -> tuple[bool, Any]:
    # Nothing comes first.
    return (value is not None, value if value is not None else 0)
