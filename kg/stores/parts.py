"""Which rows the shared registry holds after a plan came or went: decided once here, for every store."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kg.errors import StoreError
from kg.tables import KEYS, SCHEMAS, drop_unused_agencies

#: The tables that plans share.
REGISTRY_TABLES = ("agencies", "agency_names", "memberships", "reorganisations")


def refuse_other_meaning(stored: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame]) -> None:
    """Refuse plans that give a key of their own another meaning, while plans that stay lead to it.

    A name that no rule knows has the key of the first plan of its place, and is numbered there in the order of the page: when that plan
    changes and comes in without the others, theirs would silently name another body.

    Parameters
    ----------
    stored, new
        As in :func:`merge_registry`, with all plans that come in.

    Raises
    ------
    StoreError
        They do.
    """
    own = tuple(f"{plan_id}." for plan_id in new["plans"]["plan_id"]) if new else ()
    before, after = (dict(frames["agencies"].select("agency_key", "label").iter_rows()) if frames else {} for frames in (stored, new))
    for key in sorted(set(stored["assignments"]["agency_key"]) & set(before) & set(after)):
        if key.startswith(own) and before[key] != after[key]:
            raise StoreError(
                f"plans that are there and do not come in know {key} as {before[key]}, now it would be {after[key]}: "
                "build all plans of the place together and write them at once"
            )


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
