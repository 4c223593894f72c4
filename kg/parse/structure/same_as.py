"""Items that say 同上: they have the names of the item above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.model import Role
from kg.parse.responsibility.readings import Reading, Same, Trouble
from kg.parse.responsibility.stretches import Stretch
from kg.parse.structure.units import Unit


def resolve_same(units: Sequence[Unit], own: Mapping[int, list[Stretch]]) -> Iterator[Trouble]:
    """Give each unit whose stretches say 同上 the names of the unit of its kind above it, by role where it names one.

    Parameters
    ----------
    units
        In the order of the page.
    own
        The stretches of each unit; those that are found are added.

    Yields
    ------
    Trouble
        ``unread-responsibility`` where nothing above says what is meant.
    """
    above: dict[str, Unit] = {}
    for unit in units:
        kind = unit.mark.kind if unit.mark is not None else ""
        before = own[id(above[kind])] if kind in above and unit.mark is not None else []
        for stretch in list(own[id(unit)]):
            for same in stretch.reading.same:
                found = [copy for each in before if (copy := _copy(each, same, before)) is not None]
                place = own[id(unit)].index(stretch)
                own[id(unit)][place:place] = found
                if not found:
                    yield Trouble("unread-responsibility", same.start, same.end)
        above[kind] = unit


def _copy(stretch: Stretch, same: Same, before: Sequence[Stretch]) -> Stretch | None:
    """Return the part of a stretch that is meant: the names of the role, or of all where none has 责任单位同上's."""
    roles = {group.role for each in before for group in each.reading.groups}
    every = same.role is None or (same.role is Role.RESPONSIBLE and same.role not in roles)
    groups = [group for group in stretch.reading.groups if every or group.role is same.role]
    return Stretch(stretch.start, stretch.end, stretch.notation, Reading(groups)) if groups else None
