"""Tables are checked, sorted and complete whoever makes them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from kg.errors import TableError
from kg.model import Role
from kg.tables import KEYS, REFERENCES, SCHEMAS, Tables, build_tables, empty_tables, make_tables, read_tables, select_plans, write_tables
from tests.factories import make_resolved_plan

LINES = [
    ("推进改革。（牵头单位：市发展改革委；责任单位：市财政局）", [("市发展改革委", Role.LEAD), ("市财政局", Role.RESPONSIBLE)]),
    ("优化服务。（责任单位：市财政局）", [("市财政局", Role.RESPONSIBLE)]),
]


def _tables() -> Tables:
    return build_tables([make_resolved_plan("b", LINES), make_resolved_plan("a", LINES[:1])], tool_version="1", rules_sha256="f")


def test_every_table_is_there_and_typed() -> None:
    tables = empty_tables()
    assert list(tables) == list(SCHEMAS)
    assert all(tables[name].schema == schema for name, schema in SCHEMAS.items())


def test_ids_follow_document_and_path() -> None:
    tables = _tables()
    assert tables["tasks"]["task_id"].to_list() == ["a/task/1.1", "b/task/1.1", "b/task/1.2"]
    assert tables["sections"]["parent_id"].to_list() == ["a", "b"]
    assert tables["assignments"].filter(pl.col("plan_id") == "b")["assignment_id"].to_list() == [
        "b/task/1.1/lead/k.1",
        "b/task/1.1/responsible/k.2",
        "b/task/1.2/responsible/k.2",
    ]


def test_evidence_quotes_the_text() -> None:
    tables = _tables()
    texts = dict(tables["plans"].select("plan_id", "text").iter_rows())
    for row in tables["evidence"].iter_rows(named=True):
        assert texts[row["plan_id"]][row["start"] : row["end"]] == row["quote"]
        assert texts[row["plan_id"]][row["context_start"] : row["context_end"]] == row["context"]


def test_order_of_plans_and_rows_does_not_matter() -> None:
    first, second = make_resolved_plan("a", LINES), make_resolved_plan("b", LINES)
    tables = build_tables([first, second])
    assert tables == build_tables([second, first])
    assert tables == make_tables({name: frame.reverse() for name, frame in tables.items()})


def test_same_agency_twice_in_one_role_is_one_assignment_with_two_pieces_of_evidence() -> None:
    line = "推进改革。（市财政局负责）优化服务。（市财政局负责）"
    plan = make_resolved_plan("a", [(line, [("市财政局", Role.RESPONSIBLE), ("市财政局", Role.RESPONSIBLE)])])
    tables = build_tables([plan])
    assert tables["assignments"].height == 1
    assert tables["evidence"]["evidence_id"].to_list() == ["a/task/1.1/responsible/k.1/1", "a/task/1.1/responsible/k.1/2"]


def test_written_tables_come_back_and_have_the_same_bytes(tmp_path: Path) -> None:
    tables = _tables()
    write_tables(tables, tmp_path / "one")
    write_tables(_tables(), tmp_path / "two")
    assert read_tables(tmp_path / "one") == tables
    for name in SCHEMAS:
        assert (tmp_path / "one" / f"{name}.parquet").read_bytes() == (tmp_path / "two" / f"{name}.parquet").read_bytes()


def test_select_plans_takes_only_the_agencies_it_needs() -> None:
    part = select_plans(_tables(), ["a"])
    assert part["plans"]["plan_id"].to_list() == ["a"]
    assert part["agencies"]["agency_key"].to_list() == ["k.1", "k.2"]
    with pytest.raises(TableError, match="no such plan: c"):
        select_plans(_tables(), ["c"])


def _without_column(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop("text")


def _doubled(frame: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([frame, frame])


def _dangling(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(plan_id=pl.lit("nowhere"))


def _keyless(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(task_id=pl.lit(None, dtype=pl.String))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_without_column, "columns that are missing or too many: text"),
        (_doubled, "stands more than once"),
        (_dangling, "plan_id nowhere is not in plans"),
        (_keyless, "a key is empty"),
    ],
)
def test_spoilt_tables_are_refused(spoil: object, words: str) -> None:
    frames = dict(_tables())
    assert callable(spoil)
    frames["tasks"] = spoil(frames["tasks"])
    with pytest.raises(TableError, match=words):
        make_tables(frames)


def test_damaged_file_is_refused(tmp_path: Path) -> None:
    write_tables(_tables(), tmp_path)
    (tmp_path / "tasks.parquet").write_bytes(b"no parquet")
    with pytest.raises(TableError, match="no table"):
        read_tables(tmp_path)
    (tmp_path / "tasks.parquet").unlink()
    with pytest.raises(TableError, match="missing"):
        read_tables(tmp_path)


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("tasks", "section_id", "is not in sections or plans"),
        ("sections", "parent_id", "is not in sections or plans"),
        ("assignments", "plan_id", "is not in plans"),
        ("assignments", "agency_key", "is not in agencies"),
        ("evidence", "assignment_id", "is not in assignments"),
    ],
)
def test_every_reference_is_checked(table: str, column: str, words: str) -> None:
    frames = dict(_tables())
    frames[table] = frames[table].with_columns(pl.lit("nowhere").alias(column))
    with pytest.raises(TableError, match=f"table {table}: {column} nowhere {words}"):
        make_tables(frames)


def test_every_column_of_ids_is_a_key_or_a_reference() -> None:
    free = {("issues", "plan_id")}
    checked = {(table, column) for table, column, _ in REFERENCES}
    columns = {(table, column) for table, schema in SCHEMAS.items() for column in schema if column.endswith(("_id", "_key"))}
    keys = {(table, KEYS[table][0]) for table in SCHEMAS if len(KEYS[table]) == 1} | {("reorganisations", "event_id")}
    assert columns - checked - keys == free
