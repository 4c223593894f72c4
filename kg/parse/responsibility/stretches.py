"""Stretches of words that say who does something, and the readers of the notations by which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.parse.responsibility.reading import Reader
from kg.parse.responsibility.readings import Reading, Trouble
from kg.parse.words.lexicon import Lexicon
from kg.rules.notation_rules import Notation


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of words that was read: flow indices (marks included), its notation and what it says."""

    start: int
    end: int
    notation: Notation
    reading: Reading


class Readers:
    """One reader for each notation of a lexicon, in the order in which they are tried."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._readers = [
            (notation, Reader(lexicon, notation.separators, notation.labels, notation.verbs)) for notation in lexicon.rules.notations
        ]

    def of_shape(self, shape: str) -> Iterator[tuple[Notation, Reader]]:
        """Yield the notations of a shape, each with its reader."""
        return ((notation, reader) for notation, reader in self._readers if notation.shape == shape)


def choose(readings: Iterable[Stretch]) -> Stretch | None:
    """Return the first reading that leaves no word unread, or the first of all if each leaves some."""
    first: Stretch | None = None
    for stretch in readings:
        if not stretch.reading.troubles:
            return stretch
        first = first or stretch
    return first


def troubles_of(stretch: Stretch) -> list[Trouble]:
    """Return what is odd about a reading and its names."""
    odd = [Trouble("odd-name", name.start, name.end) for name in stretch.reading.names() if not name.shaped]
    persons = [Trouble("person-name", name.start, name.end) for name in stretch.reading.persons]
    return [*stretch.reading.troubles, *odd, *persons]
