"""Which characters a lost byte, or two, may have stood for: those that a word or the document has there, and the most frequent ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.repair.language import LanguageModel
from kg.repair.tables import Tables

AMONG_TRAIL = 40
"""Most frequent characters of one trail byte that may stand after any other."""
AGAIN = 150
"""Most frequent characters that two lost pairs in a row may enclose, beside the numbers of headings."""
NUMBERS = "一二三四五六七八九十"


class Guesses:
    """Answers for one document, each worked out once."""

    def __init__(self, tables: Tables, model: LanguageModel, *, deleted: bool) -> None:
        self._tables = tables
        self._model = model
        self._deleted = deleted
        self._nexts: dict[str, frozenset[str]] = {}
        self._read_so: dict[str, tuple[str, ...]] = {}
        self._any: dict[str, tuple[str, ...]] = {}
        self._by_trail: dict[tuple[str, int], tuple[str, ...]] = {}
        self._by_lead: dict[tuple[str, int], tuple[tuple[int, str], ...]] = {}
        self._zones: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self._over: dict[tuple[str, int], tuple[tuple[str, int], ...]] = {}
        self._between: dict[int, tuple[tuple[str, int], ...]] = {}

    def fits(self, char: str, reading: str) -> bool:
        """Say whether `reading`, with tone mark or without, is one of `char`."""
        tables = self._tables
        return reading in tables.readings.get(char, ()) or reading.replace("v", "ü") in tables.bare.get(char, ())

    def any_read(self, reading: str) -> tuple[str, ...]:
        """Return frequent characters that are read so."""
        found = self._read_so.get(reading)
        if found is None:
            found = self._read_so[reading] = tuple(char for char in self._tables.frequent if self.fits(char, reading))
        return found

    def any_after(self, last: str) -> tuple[str, ...]:
        """Return characters that may follow `last` where both bytes are lost."""
        found = self._any.get(last)
        if found is None:
            tables = self._tables
            found = self._any[last] = self._select(last, tables.frequent_forms, tables.top_forms)
        return found

    def with_trail(self, last: str, trail: int) -> tuple[str, ...]:
        """Return characters with this trail byte that may follow `last`."""
        found = self._by_trail.get((last, trail))
        if found is None:
            tables = self._tables
            frequent = tables.by_trail.get(trail, ())[:AMONG_TRAIL]
            found = self._select(last, tables.trail_forms.get(trail, {}), frequent)
            self._by_trail[last, trail] = found
        return found

    def with_lead(self, last: str, lead: int, reading: str) -> tuple[tuple[int, str], ...]:
        """Return trail bytes and the characters they make with this lead byte that may follow `last`, or that are read so."""
        pairs = self._tables.by_lead.get(lead, ())
        if reading:
            return tuple(pair for pair in pairs if self.fits(pair[1], reading))
        found = self._by_lead.get((last, lead))
        if found is None:
            common, simple, nexts = self._tables.common, self._model.simple, self._get_nexts(last)
            plain = ((pair, simple.get(pair[1], pair[1])) for pair in pairs)
            found = self._by_lead[last, lead] = tuple(pair for pair, char in plain if char in common or char in nexts)
        return found

    def get_leads(self, trail: int, reading: str) -> list[int]:
        """Return lead bytes that make a character read so, whose first byte is `trail`: pinyin was set across a border."""
        by_bytes = self._tables.by_bytes
        return [lead for lead in range(0x81, 0xFF) if self.fits(by_bytes.get((trail, lead), ""), reading)]

    def in_zone(self, last: str, first: int, trail: int) -> tuple[str, ...]:
        """Return characters with this trail whose lead pairs with `first` to nothing; only likely ones if without a sign."""
        found = self._zones.get((last, first, trail))
        if found is None:
            tables, simple, nexts = self._tables, self._model.simple, self._get_nexts(last)
            leads = tables.zone_next[first]
            chars = [char for char in tables.by_trail.get(trail, ()) if tables.to_bytes[char][0] in leads]
            if self._deleted:
                chars = [char for char in chars if simple.get(char, char) in tables.common or simple.get(char, char) in nexts]
            found = self._zones[last, first, trail] = tuple(chars)
        return found

    def over_border(self, last: str, lead: int) -> tuple[tuple[str, int], ...]:
        """Return characters with this lead whose trail begins an unassigned pair, and the trail."""
        found = self._over.get((last, lead))
        if found is None:
            tables, simple, nexts = self._tables, self._model.simple, self._get_nexts(last)
            pairs = [(tables.by_bytes.get((lead, trail)), trail) for trail in tables.zone_next]
            plain = [(char, trail, simple.get(char, char)) for char, trail in pairs if char is not None]
            found = tuple((char, trail) for char, trail, form in plain if form in tables.top or form in nexts)
            self._over[last, lead] = found
        return found

    def between_borders(self, first: int) -> tuple[tuple[str, int], ...]:
        """Return frequent characters whose lead ends one unassigned pair, begun by `first`, and whose trail begins another."""
        found = self._between.get(first)
        if found is None:
            tables = self._tables
            pairs = [(char, tables.to_bytes[char]) for char in dict.fromkeys([*tables.frequent[:AGAIN], *NUMBERS])]
            zones = tables.zone_next
            found = tuple((char, pair[1]) for char, pair in pairs if pair[0] in zones[first] and pair[1] in zones)
            self._between[first] = found
        return found

    def _get_nexts(self, last: str) -> frozenset[str]:
        """Return what follows `last` in a word or in the document, in Simplified."""
        found = self._nexts.get(last)
        if found is None:
            found = self._nexts[last] = self._tables.nexts.get(last, frozenset()).union(self._model.nexts.get(last, ()))
        return found

    def _select(self, last: str, forms: Mapping[str, tuple[str, ...]], always: Iterable[str]) -> tuple[str, ...]:
        """Return `always`, and of `forms` (Simplified -> characters) what may follow `last`."""
        nexts = sorted(forms.keys() & self._get_nexts(last))
        return tuple(dict.fromkeys([*always, *(char for form in nexts for char in forms[form])]))
