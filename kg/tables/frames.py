"""The :class:`Tables` themselves: checked, sorted, immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from kg.errors import TableError, first_line
from kg.tables.schema import KEYS, REFERENCES, SCHEMAS, SORT_KEYS


class Tables(Mapping[str, pl.DataFrame]):
    """All tables of one graph, by name.

    Behaves as a read-only mapping from the names in :data:`kg.tables.schema.SCHEMAS` to data frames. Made by :func:`make_tables`, which
    checks and sorts, so that whoever holds a ``Tables`` need not check again.

    Examples
    --------
    >>> tables = make_tables({})
    >>> tables["tasks"].height
    0
    """

    __slots__ = ("_frames",)

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._frames = dict(frames)

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tables):
            return NotImplemented
        return all(self[name].equals(other[name]) for name in SCHEMAS)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Tables({', '.join(f'{name}: {frame.height}' for name, frame in self.items() if frame.height)})"


def make_tables(frames: Mapping[str, pl.DataFrame]) -> Tables:
    """Check `frames` against the schema, fill in missing tables and sort the rows.

    Parameters
    ----------
    frames
        Some or all tables; each may have its columns in any order.

    Raises
    ------
    TableError
        An unknown table, a wrong column or type, a key that stands twice, or a reference to a row that is not there.

    Examples
    --------
    >>> make_tables({"weather": pl.DataFrame()})
    Traceback (most recent call last):
    kg.errors.TableError: no such table: weather
    """
    unknown = sorted(set(frames) - set(SCHEMAS))
    if unknown:
        raise TableError(f"no such table: {', '.join(unknown)}")
    made = {name: _shape(name, frames.get(name)) for name in SCHEMAS}
    for table, column, targets in REFERENCES:
        _check_reference(made, table, column, targets)
    return Tables(made)


def empty_tables() -> Tables:
    """Return tables without rows."""
    return make_tables({})


def list_plan_ids(tables: Tables) -> list[str]:
    """Return the ids of all parts in `tables`, sorted: its plans, and documents of which there are only issues (perhaps without any id)."""
    return sorted({plan_id for name in SCHEMAS if "plan_id" in SCHEMAS[name] for plan_id in tables[name]["plan_id"]})


def select_plans(tables: Tables, plan_ids: list[str]) -> Tables:
    """Return the parts of `tables` that belong to some of :func:`list_plan_ids`, with the agencies they need.

    Raises
    ------
    TableError
        A plan is not there.
    """
    missing = sorted(set(plan_ids) - set(list_plan_ids(tables)))
    if missing:
        raise TableError(f"no such plan: {', '.join(missing)}")
    frames = {
        name: frame.filter(pl.col("plan_id").is_in(plan_ids)) if "plan_id" in frame.columns else frame for name, frame in tables.items()
    }
    return make_tables(drop_unused_agencies(frames))


def drop_unused_agencies(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return `frames` without the agencies that no assignment leads to, by way of membership or reorganisation."""
    used = set(frames["assignments"]["agency_key"])
    members, events = frames["memberships"], frames["reorganisations"]
    members = members.filter(pl.col("collective_key").is_in(list(used)))
    used |= set(members["member_key"])
    # Successors of successors matter too: a body of 2009 may have changed twice by today.
    while True:
        linked = events.filter(pl.col("predecessor_key").is_in(list(used)) | pl.col("successor_key").is_in(list(used)))
        reached = used | set(linked["predecessor_key"]) | set(linked["successor_key"])
        if reached == used:
            break
        used = reached
    kept = dict(frames)
    kept["memberships"] = members
    kept["reorganisations"] = linked
    for name in ("agencies", "agency_names"):
        kept[name] = frames[name].filter(pl.col("agency_key").is_in(list(used)))
    return kept


def _shape(name: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    schema = SCHEMAS[name]
    if frame is None:
        return pl.DataFrame(schema=schema)
    if set(frame.columns) != set(schema):
        odd = sorted(set(frame.columns) ^ set(schema))
        raise TableError(f"table {name}: columns that are missing or too many: {', '.join(odd)}")
    try:
        frame = frame.select([pl.col(column).cast(dtype, strict=True) for column, dtype in schema.items()])
    except pl.exceptions.PolarsError as error:
        raise TableError(f"table {name}: {first_line(error)}") from error
    key = list(KEYS[name])
    if frame.select(key).null_count().row(0) != (0,) * len(key):
        raise TableError(f"table {name}: a key is empty")
    double = frame.filter(frame.select(key).is_duplicated())
    if double.height:
        raise TableError(f"table {name}: the key {' '.join(map(str, double.select(key).row(0)))} stands more than once")
    # The key after the sort columns: no order is left to chance.
    order = list(SORT_KEYS[name]) + [column for column in key if column not in SORT_KEYS[name]]
    return frame.sort(order, maintain_order=True)


def _check_reference(frames: Mapping[str, pl.DataFrame], table: str, column: str, targets: tuple[str, ...]) -> None:
    known = pl.concat([frames[target].get_column(KEYS[target][0]) for target in targets])
    values = frames[table].get_column(column)
    lost = values.filter(~values.is_in(known.implode()))
    if lost.len():
        raise TableError(f"table {table}: {column} {lost[0]} is not in {' or '.join(targets)}")
