"""How long something held: half-open intervals of days. ``valid_from`` is the first day, ``valid_to`` the first after; None is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.errors import RuleError
from kg.rules.files import to_day


def read_interval(row: Mapping[str, str], label: str) -> tuple[date | None, date | None]:
    """Return the columns ``valid_from`` and ``valid_to`` of a row; `label` names the row in errors.

    Raises
    ------
    RuleError
        A field is no ISO day, or ``valid_to`` is not after ``valid_from``.
    """
    begins, ends = to_day(row["valid_from"], label), to_day(row["valid_to"], label)
    if begins is not None and ends is not None and ends <= begins:
        raise RuleError(f"rules: {label}: valid_to {ends} is not after valid_from {begins}")
    return begins, ends


def holds_on(begins: date | None, ends: date | None, day: date) -> bool:
    """Return whether `day` lies in an interval.

    Examples
    --------
    >>> [holds_on(date(2016, 7, 1), date(2018, 11, 1), day) for day in (date(2016, 7, 1), date(2018, 10, 31), date(2018, 11, 1))]
    [True, True, False]
    """
    return (begins or date.min) <= day < (ends or date.max)


def overlap(begins: date | None, ends: date | None, other_begins: date | None, other_ends: date | None) -> bool:
    """Return whether two intervals share a day."""
    return (begins or date.min) < (other_ends or date.max) and (other_begins or date.min) < (ends or date.max)
