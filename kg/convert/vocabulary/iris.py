"""Rows → IRIs: readable, stable, and never the same for two rows."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from kg.convert.vocabulary.entities import ENTITIES, Entity

# RFC 3987: what a path may hold unescaped, beside letters and figures. "%" is missing so that escaping stays unambiguous.
_PLAIN = frozenset(string.ascii_letters + string.digits + "-._~!$&'()*+,;=:@")

# The ranges of `ucschar` (RFC 3987, 2.2): no private use, no noncharacters, no surrogates.
_WIDE = ((0xA0, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFEF), *((plane * 0x10000, plane * 0x10000 + 0xFFFD) for plane in range(1, 14)))
_TAGS = (0xE1000, 0xEFFFD)

# Bidirectional controls are legal but turn an address round on the screen (RFC 3987, 4.1).
_CONTROLS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def encode(value: str, *, slash: bool) -> str:
    """Percent-encode what an IRI's path may not hold; ``slash`` says whether ``/`` stays.

    Examples
    --------
    >>> encode("plan/章节 1?", slash=True)
    'plan/章节%201%3F'
    >>> encode("a/b", slash=False)
    'a%2Fb'
    """
    return "".join(c if c in _PLAIN or (slash and c == "/") or _is_wide(c) else _escape(c) for c in value)


def _is_wide(character: str) -> bool:
    code = ord(character)
    return character not in _CONTROLS and (any(low <= code <= high for low, high in _WIDE) or _TAGS[0] <= code <= _TAGS[1])


def _escape(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def make_iri(entity: Entity, row: Mapping[str, Any], base: str) -> str:
    """Return the IRI of a row.

    A pattern with one column keeps that column's ``/`` (ids are paths); where several columns meet, each is one segment, so that no two
    rows share an address. An absent value is an empty segment.
    """
    fields = [name for _, name, _, _ in string.Formatter().parse(entity.iri) if name]
    slash = len(fields) == 1
    values = {name: encode("" if row[name] is None else str(row[name]), slash=slash) for name in fields}
    return base + entity.iri.format(**values)


def make_key_iri(table: str, key: str, base: str) -> str:
    """Return the IRI of the row of `table` whose single key is `key`."""
    entity = _BY_TABLE[table]
    return make_iri(entity, {entity.key: key}, base)


def make_graph_iri(base: str, plan_id: str | None = None) -> str:
    """Return the name of a plan's graph, or of the registry's if there is no `plan_id`.

    Examples
    --------
    >>> make_graph_iri("https://agency-kg.example/id/", "shanghai-egov-2017")
    'https://agency-kg.example/id/graph/plan/shanghai-egov-2017'
    """
    return f"{base}graph/registry" if plan_id is None else f"{base}graph/plan/{encode(plan_id, slash=True)}"


def make_derived_graph_iri(base: str) -> str:
    """Return the name of the graph of direct edges, each of which has an Assignment behind it."""
    return f"{base}graph/derived"


_BY_TABLE: Mapping[str, Entity] = {entity.table: entity for entity in ENTITIES}
