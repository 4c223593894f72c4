"""The places of GB/T 2260: provinces, prefectures, counties, with the time each name held.

A code may have several rows, one for each name it had; a county that became a district has a new code altogether. Days are known to the
state of the source tables: ``valid_from`` is the first day of the month in which a place is first listed, ``valid_to`` of the month in
which it is first missing; the interval is half-open. Empty means "before the first table" (December 2008) and "still there in the last".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources.abc import Traversable

from kg.errors import RuleError
from kg.rules.files import read_rows
from kg.rules.intervals import holds_on, read_interval

COLUMNS = ("code", "name", "short", "kind", "level", "parent", "label_en", "valid_from", "valid_to", "source")
NATIONAL = "100000"
LEVELS = ("national", "province", "city", "county", "township")


@dataclass(frozen=True, slots=True)
class Place:
    """One name of a place; ``short`` is the name without its kind (``玉溪``), ``kind`` the word that is left (``市``)."""

    code: str
    name: str
    short: str
    kind: str
    level: str
    parent: str
    label_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def alive_on(self, day: date | None) -> bool:
        """Return whether the place had this name on `day`; without a day, whether it has it still."""
        if day is None:
            return self.valid_to is None
        return holds_on(self.valid_from, self.valid_to, day)

    @property
    def municipality(self) -> bool:
        """Whether this is a city directly under the centre: 北京, 天津, 上海, 重庆."""
        return self.level == "province" and self.kind == "市"


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """All places; ``rows`` by code, in the order of time."""

    rows: Mapping[str, tuple[Place, ...]]
    full_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes by full name or short name + kind (``延边州``)."""
    short_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes by short name (``延边``)."""
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find_place(self, code: str, day: date | None = None) -> Place | None:
        """Return the place of `code` under its name on `day`, else under its latest name; None for an unknown code."""
        versions = self.rows.get(code, ())
        alive = [place for place in versions if place.alive_on(day)]
        return alive[-1] if alive else (versions[-1] if versions else None)

    def chain(self, code: str) -> tuple[str, ...]:
        """Return `code` and all places around it, innermost first, without the state itself.

        Examples
        --------
        >>> table = PlaceTable({"310000": (Place("310000", "上海市", "上海", "市", "province", "100000"),)})
        >>> table.chain("310000")
        ('310000',)
        """
        found = []
        place = self.find_place(code)
        while place is not None and place.code != NATIONAL:
            found.append(place.code)
            place = self.find_place(place.parent)
        return tuple(found)

    def descendants(self, code: str, level: str, day: date | None) -> tuple[Place, ...]:
        """Return the places of one `level` below `code` that existed on `day`, by code."""
        found: list[Place] = []
        for child in self.children.get(code, ()):
            found.extend(place for place in self.rows[child] if place.level == level and place.alive_on(day))
            found.extend(self.descendants(child, level, day))
        return tuple(sorted(found, key=lambda place: place.code))


def load_places(folder: Traversable) -> PlaceTable:
    """Load ``places.csv``.

    Raises
    ------
    RuleError
        A parent or level is unknown, or a day is wrong.
    """
    rows: dict[str, list[Place]] = {}
    for row in read_rows(folder, "places.csv", COLUMNS, required=("code", "name", "short", "level")):
        label = f"places.csv, {row['code']} {row['name']}"
        begins, ends = read_interval(row, label)
        if row["level"] not in LEVELS:
            raise RuleError(f"rules: {label}: no such level: {row['level']!r}")
        place = Place(
            code=row["code"],
            name=row["name"],
            short=row["short"],
            kind=row["kind"],
            level=row["level"],
            parent=row["parent"],
            label_en=row["label_en"],
            valid_from=begins,
            valid_to=ends,
        )
        rows.setdefault(row["code"], []).append(place)
    for code, versions in rows.items():
        for place in versions:
            if code != NATIONAL and place.parent not in rows:
                raise RuleError(f"rules: places.csv: {code} {place.name} lies in {place.parent!r}, which is not listed")
    ordered = {code: tuple(sorted(rows[code], key=lambda place: place.valid_from or date.min)) for code in sorted(rows)}
    return _index(ordered)


def _index(rows: Mapping[str, tuple[Place, ...]]) -> PlaceTable:
    full: dict[str, dict[str, None]] = {}
    short: dict[str, dict[str, None]] = {}
    children: dict[str, dict[str, None]] = {}
    for code, versions in rows.items():
        for place in versions:
            if code == NATIONAL:
                continue
            for name in (place.name, place.short + place.kind):
                full.setdefault(name, {})[code] = None
            if place.short != place.name:
                short.setdefault(place.short, {})[code] = None
            children.setdefault(place.parent, {})[code] = None
    return PlaceTable(
        rows,
        {name: tuple(codes) for name, codes in full.items()},
        {name: tuple(codes) for name, codes in short.items()},
        {code: tuple(codes) for code, codes in children.items()},
    )
