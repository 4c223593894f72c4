"""Any tables at all come back, in both worlds and in every file."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.convert import from_property_graph, from_quads, to_property_graph, to_quads, to_rdf
from kg.convert.turtle import AUDIT_TABLES
from kg.model import Role
from kg.tables import SCHEMAS, Tables, make_tables
from tests.convert.samples import make_rows, to_tables

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    pl.String(): TEXT,
    pl.Int64(): st.integers(-(2**63), 2**63 - 1),
    pl.Float64(): st.none() | st.floats(allow_nan=False, allow_infinity=False),
    pl.Date(): st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
    pl.List(pl.String()): st.lists(TEXT, max_size=3),
}
#: Columns that hold the tables together; everything else may be anything.
FIXED = {"ordinal", "collective", "event_id", "as_of"}


@st.composite
def any_tables(draw: st.DrawFn) -> Tables:
    """Return the tables of one plan whose id and free columns are anything."""
    rows = make_rows(draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)))
    for table, part in rows.items():
        for row in part:
            for column, dtype in SCHEMAS[table].items():
                if column in FIXED or column.endswith(("_id", "_key")) or (table == "account" and column in ("start", "end")):
                    continue
                if table == "assignments" and column == "role":
                    row[column] = draw(st.sampled_from([role.value for role in Role]))
                elif not (table == "agency_names" and column == "name"):
                    row[column] = draw(VALUES[dtype])
    return to_tables(rows)


@settings(max_examples=60)
@given(any_tables())
def test_tables_come_back(tables: Tables) -> None:
    assert from_quads(to_quads(tables)) == tables
    assert from_property_graph(to_property_graph(tables)) == tables


@settings(max_examples=30)
@given(any_tables())
def test_files_hold_every_statement(tables: Tables) -> None:
    quads = set(to_quads(tables))
    for suffix, form in ((".nq", RdfFormat.N_QUADS), (".trig", RdfFormat.TRIG), (".jsonld", RdfFormat.JSON_LD)):
        content = to_rdf(tables, suffix)
        assert set(parse(content, format=form)) == quads, suffix
        assert to_rdf(tables, suffix) == content


@settings(max_examples=60)
@given(any_tables())
def test_turtle_holds_every_statement_but_the_audit_trail(tables: Tables) -> None:
    shown = make_tables({name: frame for name, frame in tables.items() if name not in AUDIT_TABLES})
    read = {quad.triple for quad in parse(to_rdf(tables, ".ttl"), format=RdfFormat.TURTLE)}
    assert read == {quad.triple for quad in to_quads(shown)}
