"""Tables ⇄ Parquet files, one a table."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from kg.errors import TableError, first_line
from kg.tables.frames import Tables, make_tables
from kg.tables.schema import SCHEMAS


def write_tables(tables: Tables, folder: Path) -> None:
    """Write each table to ``<folder>/<name>.parquet``; the same tables give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)


def read_tables(folder: Path) -> Tables:
    """Read what :func:`write_tables` wrote.

    Raises
    ------
    TableError
        A file is missing, is no Parquet, or does not fit the schema.
    """
    frames = {}
    for name in SCHEMAS:
        path = folder / f"{name}.parquet"
        try:
            frames[name] = pl.read_parquet(path)
        except FileNotFoundError as error:
            raise TableError(f"{path}: missing; is this the output of kg build?") from error
        except (pl.exceptions.PolarsError, OSError) as error:
            raise TableError(f"{path}: no table: {first_line(error)}") from error
    return make_tables(frames)
