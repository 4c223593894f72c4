"""Turtle for people: in the order of the page, a block for each thing, short names, without the audit trail.

One damaged page takes thousands of edits, and the account cuts its text into hundreds of stretches; as Turtle they were eight lines in nine
of the sample. Nobody reads them there, so they stay in the files and stores for programs, which hold every statement
(``docs/decisions/0008-turtle.md``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.convert.triples import make_quads
from kg.convert.vocabulary import PREFIXES, expand
from kg.tables import Tables, make_tables

#: Tables that only programs read.
AUDIT_TABLES = frozenset({"account", "edits"})

_HEAD = "# What the plans say, in the order of the page. Every statement, repairs and the account of the text too, is in the N-Quads.\n"
#: Characters of a list that still goes on one line.
_WIDTH = 100
_TYPE = expand("rdf:type")
_INTEGER = expand("xsd:integer")
#: Local names and relative references that need no escape. A segment of dots would be taken for a step upwards.
_LOCAL_RE = re.compile(r"[A-Za-z_][\w-]*")
_RELATIVE_RE = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9_-][\w.~!$&'()*+,;=%@-]*(?:/[\w.~!$&'()*+,;=%@:-]+)*")
_INTEGER_RE = re.compile(r"[+-]?[0-9]+")

Term = NamedNode | BlankNode | Literal | Triple


def to_turtle(tables: Tables, base: str) -> str:
    """Return what `tables` say as Turtle, all named graphs together.

    Parameters
    ----------
    tables
        Of them all but :data:`AUDIT_TABLES`.
    base
        What data IRIs begin with; they are written relative to it.

    Raises
    ------
    TableError
        As :func:`kg.convert.triples.to_quads`.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> print(to_turtle(empty_tables(), "https://example.org/id/").splitlines()[1])
    @base <https://example.org/id/> .
    """
    shown = make_tables({name: frame for name, frame in tables.items() if name not in AUDIT_TABLES})
    blocks = (_write_block(subject, group, base) for subject, group in _group(make_quads(shown, base), base))
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items()))
    return f"{_HEAD}@base <{base}> .\n{prefixes}" + "".join(f"\n{block}" for block in blocks)


def _group(quads: Iterable[Quad], base: str) -> Iterator[tuple[str, list[Quad]]]:
    """Yield each subject with what is said of it: plans first, in the order of the page."""
    plans = f"{base}plan/"
    # Our own quads have no other subjects: no blank nodes, no quoted triples.
    groups = _gather(quads, lambda quad: quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject))
    for subject in sorted(groups, key=lambda subject: (not subject.startswith(plans), _natural(subject), subject)):
        yield subject, groups[subject]


def _gather(quads: Iterable[Quad], key: Callable[[Quad], str]) -> dict[str, list[Quad]]:
    groups: dict[str, list[Quad]] = {}
    for quad in quads:
        groups.setdefault(key(quad), []).append(quad)
    return groups


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort 1.10 behind 1.9: numbers by size, what is between them by its characters."""
    parts = re.split(r"([0-9]+)", text)
    return [(int(part), "") if index % 2 else (0, part) for index, part in enumerate(parts)]


def _write_block(subject: str, quads: Iterable[Quad], base: str) -> str:
    lines: list[str] = []
    groups = _gather(quads, lambda quad: quad.predicate.value)
    for predicate in sorted(groups, key=lambda predicate: (predicate != _TYPE, predicate)):
        values = [_write_term(value, base) for value in _sort(quad.object for quad in groups[predicate])]
        verb = "a" if predicate == _TYPE else _write_iri(predicate, base)
        short = len(values) == 1 or sum(map(len, values)) < _WIDTH
        lines.append(f"    {verb} " + " , ".join(values) if short else f"    {verb}\n        " + " ,\n        ".join(values))
    return f"{_write_iri(subject, base)}\n" + " ;\n".join(lines) + " .\n"


def _sort(values: Iterable[Term]) -> list[Term]:
    """Return values, each once, in their order; a single one, which may be a whole text, is not looked at."""
    found = list(values)
    return found if len(found) == 1 else sorted(set(found), key=lambda value: (_natural(str(value)), str(value)))


def _write_term(term: Term, base: str) -> str:
    if isinstance(term, NamedNode):
        return _write_iri(term.value, base)
    if isinstance(term, Literal) and term.datatype.value == _INTEGER and _INTEGER_RE.fullmatch(term.value):
        return term.value
    if isinstance(term, Literal) and not term.language and term.datatype.value != expand("xsd:string"):
        return f"{Literal(term.value)}^^{_write_iri(term.datatype.value, base)}"
    # N-Triples, which pyoxigraph writes, is Turtle too.
    return str(term)


def _write_iri(iri: str, base: str) -> str:
    if iri.startswith(base) and base.endswith("/") and _RELATIVE_RE.fullmatch(iri.removeprefix(base)):
        return f"<{iri.removeprefix(base)}>"
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL_RE.fullmatch(iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
