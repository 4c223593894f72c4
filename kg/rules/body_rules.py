"""Bodies that every place has, and how their names are built: the other half of a rule-made agency beside the place.

A form is a name with a star where the place stands: ``*财政局``, ``团*委``, ``国家税务总局*税务局``. Its column ``place`` says what may
stand there: empty for anything (``市``, ``玉溪市``, ``玉溪`` or nothing), ``full`` for a level word or a full name, ``short`` for a name
without its kind (甘肃金融监管局 is the national regulator's office, 甘肃省金融监管局 the province's own), ``absolute`` for a
full name only, ``home`` for nothing, and only in plans of that level (铁路局 is the state's in a plan of the State Council alone).
Its column ``label`` marks the preferred form of a level (``yes``) and the unabridged one (``full``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources.abc import Traversable

from kg.errors import RuleError
from kg.rules.files import read_rows
from kg.rules.folding import fold_name
from kg.rules.intervals import overlap, read_interval
from kg.rules.place_rules import LEVELS

BODY_COLUMNS = ("code", "kind", "label_en", "label_place", "valid_from", "valid_to", "source")
FORM_COLUMNS = ("code", "levels", "place", "form", "label", "source")
LABEL_WORDS = frozenset({"yes", "full"})
PLACE_WORDS = ("", "full", "short", "absolute", "home")
MUNICIPALITY = "municipality"
#: The level word of forms that only cities directly under the centre share with ordinary cities: 北京市商务局, but no 省商务局.
FORM_LEVELS = (*LEVELS, MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class Body:
    """A common body.

    ``labels`` are its preferred forms by level, ``label_place`` says how the place is written in them: ``level``, ``name`` or ``short``.
    ``fulls`` are its unabridged forms by level, where they are the same in every place: 大数据局 has none, as it may be a
    大数据管理局 or a 大数据发展局.
    """

    code: str
    kind: str
    label_en: str
    label_place: str
    valid_from: date | None
    valid_to: date | None
    labels: Mapping[str, str]
    fulls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BodyForm:
    """One way to write a body's name at some levels; ``head`` and ``tail`` stand before and after the place."""

    code: str
    levels: frozenset[str]
    place: str
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class BodyTable:
    """All common bodies; ``forms`` by (head, tail)."""

    bodies: Mapping[str, Body]
    forms: Mapping[tuple[str, str], tuple[BodyForm, ...]]
    heads: tuple[str, ...]
    """Every distinct head, the longest first."""


def load_bodies(folder: Traversable, kinds: Mapping[str, object]) -> BodyTable:
    """Load ``common_bodies.csv`` and ``common_body_names.csv``.

    Raises
    ------
    RuleError
        An unknown kind, level or code; a body without a preferred form; one form for two bodies alive together at one level.
    """
    names = read_rows(folder, "common_body_names.csv", FORM_COLUMNS, required=("code", "levels", "form"))
    labels: dict[str, dict[str, str]] = {}
    fulls: dict[str, dict[str, str]] = {}
    forms: list[BodyForm] = []
    for row in names:
        form = _to_form(row)
        forms.append(form)
        for word, table in (("yes", labels), ("full", fulls)):
            if word in row["label"].split():
                for level in row["levels"].split():
                    table.setdefault(form.code, {}).setdefault(level, row["form"])
    bodies: dict[str, Body] = {}
    for row in read_rows(folder, "common_bodies.csv", BODY_COLUMNS, required=("code", "kind", "label_en", "label_place")):
        label = f"common_bodies.csv, {row['code']}"
        begins, ends = read_interval(row, label)
        if row["code"] in bodies:
            raise RuleError(f"rules: {label} is listed twice")
        if row["kind"] not in kinds:
            raise RuleError(f"rules: {label}: no such kind: {row['kind']!r}")
        if row["label_place"] not in {"level", "name", "short"}:
            raise RuleError(f"rules: {label}: label_place is {row['label_place']!r}")
        if row["code"] not in labels:
            raise RuleError(f"rules: {label} has no preferred form in common_body_names.csv")
        full = fulls.get(row["code"], {})
        bodies[row["code"]] = Body(row["code"], row["kind"], row["label_en"], row["label_place"], begins, ends, labels[row["code"]], full)
    _check_forms(forms, bodies)
    index: dict[tuple[str, str], list[BodyForm]] = {}
    for form in forms:
        index.setdefault((form.head, form.tail), []).append(form)
    heads = sorted({form.head for form in forms}, key=lambda head: (-len(head), head))
    return BodyTable(bodies, {key: tuple(value) for key, value in index.items()}, tuple(heads))


def _to_form(row: Mapping[str, str]) -> BodyForm:
    label = f"common_body_names.csv, {row['code']} {row['form']}"
    levels = frozenset(row["levels"].split())
    if not levels <= set(FORM_LEVELS):
        raise RuleError(f"rules: {label}: no such level among {row['levels']!r}")
    if not set(row["label"].split()) <= LABEL_WORDS:
        raise RuleError(f"rules: {label}: label is {row['label']!r}")
    if row["place"] not in PLACE_WORDS:
        raise RuleError(f"rules: {label}: place is {row['place']!r}")
    if row["form"].count("*") != 1:
        raise RuleError(f"rules: {label}: a form has exactly one star for the place")
    head, tail = fold_name(row["form"]).split("*")
    return BodyForm(row["code"], levels, row["place"], head, tail)


def _check_forms(forms: list[BodyForm], bodies: Mapping[str, Body]) -> None:
    seen: dict[tuple[str, str, str, str], str] = {}
    for form in forms:
        body = bodies.get(form.code)
        if body is None:
            raise RuleError(f"rules: common_body_names.csv: {form.head}*{form.tail} belongs to {form.code!r}, which is not listed")
        for level in sorted(form.levels):
            key = (form.head, form.tail, level, form.place)
            other = bodies[seen.setdefault(key, form.code)]
            if other.code != body.code and overlap(body.valid_from, body.valid_to, other.valid_from, other.valid_to):
                both = f"{other.code} and {body.code}, alive together"
                raise RuleError(f"rules: common_body_names.csv: {form.head}*{form.tail} ({level}) names both {both}")
