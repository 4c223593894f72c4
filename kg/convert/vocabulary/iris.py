"""Rows → IRIs: readable, stable, and never the same for two rows."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.convert.vocabulary.entities import ENTITIES, Entity

# RFC 3987: what a path may hold unescaped, beside letters and figures. "%" is missing so that escaping stays unambiguous.
_PLAIN = r"A-Za-z0-9\-._~!$&'()*+,;=:@"
# The ranges of `ucschar` (2.2): no private use, no noncharacters, no surrogates. Bidirectional controls are legal but turn an address
# round on the screen (4.1).
_WIDE = r"\u00a0-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"\\U{plane:04x}0000-\\U{plane:04x}fffd" for plane in range(1, 14)
)
_TAGS = r"\U000e1000-\U000efffd"
_UNSAFE_RE = re.compile(f"[^{_PLAIN}{_WIDE}{_TAGS}]")
_UNSAFE_OR_SLASH_RE = re.compile(f"[^{_PLAIN}/{_WIDE}{_TAGS}]")


def encode(value: str, *, slash: bool) -> str:
    """Percent-encode what an IRI's path may not hold; ``slash`` says whether ``/`` stays.

    Examples
    --------
    >>> encode("plan/章节 1?", slash=True)
    'plan/章节%201%3F'
    >>> encode("a/b", slash=False)
    'a%2Fb'
    """
    return (_UNSAFE_OR_SLASH_RE if slash else _UNSAFE_RE).sub(_escape, value)


def _escape(character: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in character.group().encode("utf-8", "surrogatepass"))


@cache
def _get_fields(pattern: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in string.Formatter().parse(pattern) if name)


def make_iri(entity: Entity, row: Mapping[str, Any], base: str) -> str:
    """Return the IRI of a row.

    A pattern with one column keeps that column's ``/`` (ids are paths); where several columns meet, each is one segment, so that no two
    rows share an address. An absent value is an empty segment.
    """
    fields = _get_fields(entity.iri)
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
