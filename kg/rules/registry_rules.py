"""The registry: who exists, under which names, from when to when, and who came after whom.

A key is ``<place code>.<body code>``. Rows of ``agencies.csv`` are bodies that somebody looked up; every other body of
``common_bodies.csv`` in every place of ``places.csv`` exists by rule and is made on demand by :meth:`RegistryRules.find_agency`. Days are
half-open: ``valid_to`` is the first day on which an agency was no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources.abc import Traversable

from kg.errors import RuleError
from kg.model import Agency, CollectiveKind, Reorganisation
from kg.rules.body_rules import FORM_LEVELS, MUNICIPALITY, Body, BodyTable, load_bodies
from kg.rules.collective_rules import Group, GroupTable, load_groups
from kg.rules.files import read_rows, to_day
from kg.rules.folding import fold_name
from kg.rules.intervals import holds_on, overlap, read_interval
from kg.rules.place_rules import NATIONAL, Place, PlaceTable, load_places

AGENCY_COLUMNS = ("key", "label", "full_name", "label_en", "kind", "level", "jurisdiction", "valid_from", "valid_to", "source")
NAME_COLUMNS = ("key", "name", "valid_from", "valid_to", "source")
MEMBER_COLUMNS = ("collective_key", "member_key", "valid_from", "valid_to", "source")
EVENT_COLUMNS = ("event_id", "predecessor_key", "successor_key", "effective", "kind", "source")
KIND_COLUMNS = ("kind", "label_en", "label_zh", "endings", "source")
PLAN_WORD_COLUMNS = ("word", "example", "source")
EVENT_KINDS = ("rename", "merge", "split", "transfer")
ANY_PLACE = "*"

#: What a level word is, for the label of a body whose place is not in the table.
LEVEL_WORDS: Mapping[str, str] = {"national": "", "province": "省", "city": "市", "county": "县", "township": "镇"}


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A name of a registry row, as printed within its own jurisdiction, and when it was used."""

    key: str
    name: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Membership:
    """An agency was a member of a group from one day to before another."""

    collective_key: str
    member_key: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of agency and the endings by which the name of an unknown one is sorted."""

    kind: str
    label_en: str
    label_zh: str
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegistryRules:
    """What the resolver knows.

    ``agencies`` and ``reorganisations`` are the rows that name a place; ``general_events`` have ``*`` for it: what happened to a
    common body in every place that has no row of its own.
    """

    places: PlaceTable
    bodies: BodyTable
    groups: GroupTable
    kinds: Mapping[str, AgencyKind]
    agencies: Mapping[str, Agency]
    names: tuple[AgencyName, ...]
    name_index: Mapping[tuple[str, str], tuple[AgencyName, ...]]
    """Names by jurisdiction and folded name: ``*经济信息化委`` where the name begins with its place, else the whole name."""
    members: Mapping[str, tuple[Membership, ...]]
    reorganisations: tuple[Reorganisation, ...]
    general_events: tuple[Reorganisation, ...]
    plan_words: re.Pattern[str]
    """A folded name that consists of the words of ``plan_words.csv`` alone."""

    def is_of_plan(self, folded: str) -> bool:
        """Return whether a folded name that no rule knows means something within its plan only: 工作专班, 领导小组办公室, 项目单位."""
        return self.plan_words.fullmatch(folded) is not None

    def successors_of(self, key: str) -> tuple[Reorganisation, ...]:
        """Return the events in which `key` passed into another agency, with its own place in them."""
        return self._events_of(key, "predecessor_key")

    def predecessors_of(self, key: str) -> tuple[Reorganisation, ...]:
        """Return the events out of which `key` came, with its own place in them."""
        return self._events_of(key, "successor_key")

    def history_of(self, agencies: Iterable[Agency]) -> tuple[tuple[Agency, ...], tuple[Reorganisation, ...]]:
        """Return every agency that came before or after one of `agencies`, by however many steps, and the events between them, sorted.

        With this the tables of a plan hold what happened to its rule-made agencies too, which no row of ``reorganisations`` names; in a
        place that the table does not know, the bodies before and after are made after the one that the plan names.
        """
        known = {agency.key: agency for agency in agencies}
        linked: dict[str, Agency] = {}
        events: dict[tuple[str, str, str], Reorganisation] = {}
        waiting = sorted(known)
        seen: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            for event in (*self.successors_of(key), *self.predecessors_of(key)):
                sides = (event.predecessor_key, event.successor_key)
                found = [known.get(side) or self.find_agency(side) or self._make_beside(side, known[key]) for side in sides]
                present = [agency for agency in found if agency is not None]
                if len(present) == len(sides):
                    events[event.event_id, *sides] = event
                    linked |= {agency.key: agency for agency in present}
                    known |= linked
                    waiting += sides
        return tuple(linked[key] for key in sorted(linked)), tuple(events[key] for key in sorted(events))

    def _make_beside(self, key: str, other: Agency) -> Agency | None:
        """Make a body of the place of `other`, which is not in the table of places."""
        body, own = (self.bodies.bodies.get(code.rpartition(".")[2]) for code in (key, other.key))
        if body is None or own is None:
            return None
        before, _, after = (own.labels.get(other.level) or own.labels.get("city") or "").partition("*")
        word = other.label.removeprefix(before).removesuffix(after) if before + after else ""
        return make_agency(key, body, None, other.level, word)

    def find_agency(self, key: str) -> Agency | None:
        """Return the agency of a registry or rule-made key; None if it is neither (overrides and plans have keys of their own)."""
        if key in self.agencies:
            return self.agencies[key]
        code, _, body_code = key.rpartition(".")
        body, place = self.bodies.bodies.get(body_code), self.places.find_place(code)
        return make_agency(key, body, place, place.level) if body is not None and place is not None else None

    def members_on(self, collective_key: str, day: date | None) -> tuple[str, ...]:
        """Return the listed members of a group on `day`, sorted; nothing without a day."""
        if day is None:
            return ()
        rows = self.members.get(collective_key, ())
        return tuple(sorted(row.member_key for row in rows if holds_on(row.valid_from, row.valid_to, day)))

    def _events_of(self, key: str, side: str) -> tuple[Reorganisation, ...]:
        own = tuple(event for event in self.reorganisations if getattr(event, side) == key)
        code, _, body = key.rpartition(".")
        # A row of one's own says more than the rule for all places; the national bodies have rows of their own.
        if own or code == NATIONAL or not body:
            return own
        return tuple(
            replace(
                event,
                event_id=f"{code}.{event.event_id}",
                predecessor_key=f"{code}{event.predecessor_key[1:]}",
                successor_key=f"{code}{event.successor_key[1:]}",
            )
            for event in self.general_events
            if getattr(event, side) == f"{ANY_PLACE}.{body}"
        )


def make_agency(key: str, body: Body, place: Place | None, level: str, word: str = "") -> Agency:
    """Make the agency that a common body is in a place.

    Parameters
    ----------
    key
        Its key.
    body, place, level
        What and where it is; `place` is None where the table does not know the place.
    word
        The level word to write before the body without a known place (``市``).
    """
    own = MUNICIPALITY if place is not None and place.municipality else level
    levels = (own, level, "city", min(body.labels, key=FORM_LEVELS.index))
    at = next(known for known in levels if known in body.labels)
    form, full = body.labels[at], body.fulls.get(at, "")
    if place is None:
        return Agency(key, form.replace("*", word), "", body.kind, level, "", label_en=body.label_en)
    national = place.code == NATIONAL
    name = "" if national else place.name
    here = {"level": "" if national else level_word(place), "name": name, "short": "" if national else place.short}[body.label_place]
    if here == "自治区" and form.startswith("*委"):
        # The party committee of an autonomous region is 自治区党委; 自治区委 is not said.
        here = "自治区党"
    where = place.label_en or place.name
    return Agency(
        key=key,
        label=form.replace("*", here),
        full_name=full.replace("*", place.name if body.label_place != "short" and not national else here),
        kind=body.kind,
        level=level,
        jurisdiction=place.code,
        label_en=f"{body.label_en}, {where}",
        valid_from=body.valid_from,
        valid_to=body.valid_to,
    )


def level_word(place: Place) -> str:
    """Return the word by which a plan of `place` calls it: 市, 省, 区, 县 …; empty for the state."""
    return {"新区": "区", "林区": "区", "特区": "区", "特别行政区": "特区"}.get(place.kind, place.kind)


def load_registry_rules(folder: Traversable) -> RegistryRules:
    """Load the registry below `folder`.

    Raises
    ------
    RuleError
        A source is missing, a key dangles, a day is wrong, an interval ends before it begins, or one name leads to two agencies of the same
        jurisdiction alive together.
    """
    kinds = _load_kinds(folder)
    places, bodies, groups = load_places(folder), load_bodies(folder, kinds), load_groups(folder)
    agencies = _load_agencies(folder, kinds, places)
    names = _load_names(folder, agencies)
    events = _load_events(folder)
    rules = RegistryRules(
        places=places,
        bodies=bodies,
        groups=groups,
        kinds=kinds,
        agencies=agencies,
        names=names,
        name_index=_index_names(names, agencies, places),
        members=_load_members(folder),
        reorganisations=tuple(event for event in events if not _is_general(event)),
        general_events=tuple(event for event in events if _is_general(event)),
        plan_words=_load_plan_words(folder),
    )
    _check_groups(rules)
    _check_keys(rules)
    return rules


def _load_kinds(folder: Traversable) -> Mapping[str, AgencyKind]:
    rows = read_rows(folder, "agency_kinds.csv", KIND_COLUMNS, required=("kind", "label_en", "label_zh"))
    return {
        row["kind"]: AgencyKind(row["kind"], row["label_en"], row["label_zh"], tuple(filter(None, row["endings"].split("|"))))
        for row in rows
    }


def _load_plan_words(folder: Traversable) -> re.Pattern[str]:
    rows = read_rows(folder, "plan_words.csv", PLAN_WORD_COLUMNS, required=("word", "example"))
    return re.compile(f"(?:{'|'.join(re.escape(row['word']) for row in rows)})+")


def _load_agencies(folder: Traversable, kinds: Mapping[str, AgencyKind], places: PlaceTable) -> Mapping[str, Agency]:
    agencies: dict[str, Agency] = {}
    for row in read_rows(folder, "agencies.csv", AGENCY_COLUMNS, required=("key", "label", "label_en", "kind", "level", "jurisdiction")):
        label = f"agencies.csv, {row['key']}"
        begins, ends = read_interval(row, label)
        if row["key"] in agencies:
            raise RuleError(f"rules: {label} is listed twice")
        if row["kind"] not in kinds:
            raise RuleError(f"rules: {label}: no such kind: {row['kind']!r}")
        if row["jurisdiction"] not in places.rows:
            raise RuleError(f"rules: {label}: no such place: {row['jurisdiction']!r}")
        if not row["key"].startswith(f"{row['jurisdiction']}."):
            raise RuleError(f"rules: {label}: a key begins with the code of its jurisdiction")
        agencies[row["key"]] = Agency(
            key=row["key"],
            label=row["label"],
            full_name=row["full_name"],
            kind=row["kind"],
            level=row["level"],
            jurisdiction=row["jurisdiction"],
            label_en=row["label_en"],
            valid_from=begins,
            valid_to=ends,
        )
    return agencies


def _load_names(folder: Traversable, agencies: Mapping[str, Agency]) -> tuple[AgencyName, ...]:
    names: list[AgencyName] = []
    for row in read_rows(folder, "agency_names.csv", NAME_COLUMNS, required=("key", "name")):
        label = f"agency_names.csv, {row['name']}"
        begins, ends = read_interval(row, label)
        if row["key"] not in agencies:
            raise RuleError(f"rules: {label} leads to {row['key']!r}, which is not listed")
        names.append(AgencyName(row["key"], row["name"], begins, ends))
    for agency in agencies.values():
        known = {name.name for name in names if name.key == agency.key}
        names.extend(
            AgencyName(agency.key, name, None, None)
            for name in dict.fromkeys((agency.label, agency.full_name))
            if name and name not in known
        )
    _check_names(names, agencies)
    return tuple(sorted(names, key=lambda name: (name.key, name.name)))


def _index_names(
    names: Iterable[AgencyName], agencies: Mapping[str, Agency], places: PlaceTable
) -> Mapping[tuple[str, str], tuple[AgencyName, ...]]:
    index: dict[tuple[str, str], list[AgencyName]] = {}
    for name in names:
        jurisdiction = agencies[name.key].jurisdiction
        folded = fold_name(name.name)
        for place in places.rows[jurisdiction]:
            prefix = next((word for word in (place.name, place.short, level_word(place)) if word and folded.startswith(word)), "")
            key = (jurisdiction, "*" + folded[len(prefix) :] if prefix else folded)
            if name not in index.setdefault(key, []):
                index[key].append(name)
    return {key: tuple(found) for key, found in index.items()}


def _check_names(names: Iterable[AgencyName], agencies: Mapping[str, Agency]) -> None:
    seen: dict[tuple[str, str], list[AgencyName]] = {}
    for name in names:
        agency = agencies[name.key]
        others = seen.setdefault((agency.jurisdiction, fold_name(name.name)), [])
        for other in others:
            if other.key != name.key and overlap(*_life(name, agency), *_life(other, agencies[other.key])):
                raise RuleError(f"rules: agency_names.csv: {name.name} names both {other.key} and {name.key}, alive together")
        others.append(name)


def _life(name: AgencyName, agency: Agency) -> tuple[date | None, date | None]:
    begins = max((day for day in (name.valid_from, agency.valid_from) if day is not None), default=None)
    ends = min((day for day in (name.valid_to, agency.valid_to) if day is not None), default=None)
    return begins, ends


def _load_members(folder: Traversable) -> Mapping[str, tuple[Membership, ...]]:
    members: dict[str, list[Membership]] = {}
    for row in read_rows(folder, "collective_members.csv", MEMBER_COLUMNS, required=("collective_key", "member_key")):
        label = f"collective_members.csv, {row['collective_key']} {row['member_key']}"
        begins, ends = read_interval(row, label)
        members.setdefault(row["collective_key"], []).append(Membership(row["collective_key"], row["member_key"], begins, ends))
    return {key: tuple(rows) for key, rows in members.items()}


def _load_events(folder: Traversable) -> tuple[Reorganisation, ...]:
    events = []
    for row in read_rows(folder, "reorganisations.csv", EVENT_COLUMNS, required=EVENT_COLUMNS):
        effective = to_day(row["effective"], f"reorganisations.csv, {row['event_id']}")
        if row["kind"] not in EVENT_KINDS:
            raise RuleError(f"rules: reorganisations.csv, {row['event_id']}: no such kind: {row['kind']!r}")
        if effective is None:
            raise RuleError(f"rules: reorganisations.csv, {row['event_id']}: no day")
        events.append(Reorganisation(row["event_id"], row["predecessor_key"], row["successor_key"], effective, row["kind"], row["source"]))
    return tuple(sorted(events, key=lambda event: (event.event_id, event.predecessor_key, event.successor_key)))


def _check_groups(rules: RegistryRules) -> None:
    for group in rules.groups.groups:
        if group.body and group.body not in rules.bodies.bodies:
            raise RuleError(f"rules: collectives.csv, {group.code}: no such body: {group.body!r}")
    codes: dict[str, Group] = {group.code: group for group in rules.groups.groups}
    for key in rules.members:
        place, _, code = key.partition(".c-")
        if place not in rules.places.rows or code not in codes or codes[code].kind is not CollectiveKind.CLOSED:
            raise RuleError(f"rules: collective_members.csv: {key} is no closed group of a place")


def _check_keys(rules: RegistryRules) -> None:
    for rows in rules.members.values():
        for row in rows:
            if rules.find_agency(row.member_key) is None:
                raise RuleError(f"rules: collective_members.csv: no such agency: {row.member_key!r}")
    for event in (*rules.reorganisations, *rules.general_events):
        for key in (event.predecessor_key, event.successor_key):
            place, _, body = key.partition(".")
            known = body in rules.bodies.bodies if place == ANY_PLACE else key in rules.agencies
            if not known:
                raise RuleError(f"rules: reorganisations.csv, {event.event_id}: no such agency: {key!r}")


def _is_general(event: Reorganisation) -> bool:
    return event.predecessor_key.startswith(f"{ANY_PLACE}.")
