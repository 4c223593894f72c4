"""Which rows the shared registry holds after a plan came or went: decided once here, for every store."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kg.tables import KEYS, SCHEMAS, drop_unused_agencies

#: The tables that plans share.
REGISTRY_TABLES = ("agencies", "agency_names", "memberships", "reorganisations")


def merge_registry(stored: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the registry's tables after a change.

    Parameters
    ----------
    stored
        The registry's tables as they are in the store, and the ``assignments`` of the plans that *stay* (at least their ``agency_key``).
    new
        The tables that come in; an empty mapping when a plan is withdrawn.

    Returns
    -------
    dict
        Every row that comes in, and those stored rows that an assignment of the plans that stay still leads to. Where both have a row of
        the same key, the one that comes in wins.
    """
    kept = drop_unused_agencies(stored)
    merged = {}
    for name in REGISTRY_TABLES:
        rows = [frames[name].select(SCHEMAS[name].names()) for frames in (new, kept) if name in frames]
        merged[name] = pl.concat(rows).unique(list(KEYS[name]), keep="first", maintain_order=True)
    return merged
