"""What every store can do: one protocol, so that a new store is one module and one line of :mod:`kg.stores.registry`.

A store holds *parts*: one a plan (everything with its ``plan_id``) and one registry (agencies, their names, memberships, reorganisations),
which the plans share. :func:`kg.stores.parts.merge_registry` decides once, for all stores, which rows the registry holds after a change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, Self, runtime_checkable

if TYPE_CHECKING:
    from types import TracebackType

    from kg.tables import Tables

Language = Literal["sparql", "cypher"]

#: What a parameter of a query may be. It is bound by the driver and never pasted into the text.
Parameter = str | int | float | bool | date | None

#: What a cell of a result may be: an IRI is its text, a day a ``date``, a list a tuple of texts.
Value = str | int | float | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: plain Python values, in the order the store gave them.

    Examples
    --------
    >>> Rows(("task", "position"), (("t1", 1), ("t2", 2))).to_dicts()
    [{'task': 't1', 'position': 1}, {'task': 't2', 'position': 2}]
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return one dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@runtime_checkable
class Store(Protocol):
    """A place that keeps tables as a graph and answers queries.

    Every method raises :class:`kg.errors.StoreError` when the store cannot do it; :meth:`query` raises :class:`kg.errors.QueryError` when
    the *query* is at fault. A store is a context manager that closes itself.
    """

    #: The query language that :meth:`query` understands.
    language: ClassVar[Language]

    @classmethod
    def open(cls, location: Path, *, read_only: bool = False) -> Self:
        """Open the store that lies at `location`, and make it if it is not there and may be written.

        A server's store does not lie in any folder; it may ignore `location` and find its address elsewhere.
        """
        ...

    def write(self, tables: Tables) -> None:
        """Put `tables` in, replacing the part of each plan they hold; writing twice is writing once.

        Plans that `tables` do not hold stay. Agencies of the registry are updated; those that nothing names any more go.
        """
        ...

    def read(self) -> Tables:
        """Return everything, equal to the tables that were written."""
        ...

    def plans(self) -> list[str]:
        """Return the ids of the plans, sorted."""
        ...

    def withdraw(self, plan_id: str) -> None:
        """Remove a plan's part and the agencies that only it named; nothing happens if the plan is not there."""
        ...

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Rows:
        """Run a *reading* query with bound parameters (written ``$name`` in both languages)."""
        ...

    def close(self) -> None:
        """Release files and connections; closing twice is allowed."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
