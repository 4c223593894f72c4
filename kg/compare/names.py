"""Parties that have a key of their own plan only: led to one key by their names, so that the same words are the same party.

A name that no rule resolves has the key of the first plan of its place that names it (``<plan id>.x1``), a group that nobody defined
that of its plan (``<plan id>.c1``). That is right within what was built together; between two builds, or two plans, the same words
would look dropped and new at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kg.model import Resolution
from kg.rules.folding import fold_name

Rows = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Unified:
    """Both sides with keys that can be compared; ``by_name`` are the names that only their words lead to each other, sorted."""

    first: Rows
    second: Rows
    by_name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Party:
    """An agency as one side's plans name it; ``own`` says that the key is a plan's own and means nothing elsewhere."""

    key: str
    name: str
    place: str
    own: bool

    @property
    def words(self) -> tuple[str, str]:
        """The place and the name, however its brackets are written."""
        return self.place, fold_name(self.name)


def unify_names(first: Rows, second: Rows) -> Unified:
    """Give parties of the same name and place one key.

    A name that one plan resolves and another does not takes the key of the one that does, if only one agency of that place bears the name
    there. A name means a party of the place of its plan: the same words in plans of two cities are two parties.

    Parameters
    ----------
    first, second
        Tables, already cut down to the plans that are compared. A plan may have the same id on both sides.
    """
    sides = [_list_parties(rows) for rows in (first, second)]
    known: dict[tuple[str, str], set[str]] = {}
    for party in (party for side in sides for party in side if not party.own):
        known.setdefault(party.words, set()).add(party.key)
    keys = [{party.key: _find_key(party, known) for party in reversed(side) if party.own} for side in sides]
    present = [{side_keys.get(party.key, party.key): party.name for party in side} for side, side_keys in zip(sides, keys, strict=True)]
    led = {key for side_keys in keys for key in side_keys.values()}
    by_name = sorted(present[1][key] for key in led & set(present[0]) & set(present[1]))
    return Unified(_rekey(first, keys[0]), _rekey(second, keys[1]), tuple(by_name))


def _list_parties(rows: Rows) -> list[_Party]:
    """Return the distinct parties of a side, in the order of the plans."""
    places = dict(rows["plans"].select("plan_id", "place").iter_rows())
    named = rows["assignments"].select("agency_key", "name", "plan_id", "resolution").unique(maintain_order=True)
    return [
        _Party(key, name, places.get(plan_id) or "", key.startswith(f"{plan_id}.") or resolution == Resolution.UNRESOLVED)
        for key, name, plan_id, resolution in named.iter_rows()
    ]


def _find_key(party: _Party, known: Mapping[tuple[str, str], set[str]]) -> str:
    keys = known.get(party.words, set())
    return next(iter(keys)) if len(keys) == 1 else "/".join(("name", *party.words))


def _rekey(rows: Rows, keys: Mapping[str, str]) -> Rows:
    assignments, agencies = (rows[table].with_columns(pl.col("agency_key").replace(keys)) for table in ("assignments", "agencies"))
    return {**rows, "assignments": assignments, "agencies": agencies.unique("agency_key", keep="first", maintain_order=True)}
