"""Which characters a lost byte, or two, may have stood for: those that a word or the document has there, and the most frequent ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from kg.repair.language import LanguageModel
from kg.repair.tables import Tables

Option = tuple[str, int]
"""A character that a reading may go on with, and the byte that waits for its other half then."""
IN_STEP = -1
"""Where no byte waits."""
LONE = 0x80
"""A byte that begins no pair of GBK: where it is lost, it is lost alone, and what follows is in step."""
KNOWN = -14.0
"""Score of the rarest word that is looked for where pairs may be gone without a sign."""
AGAIN = 150
"""Most frequent characters that two lost pairs in a row may enclose, beside the numbers of headings."""
NUMBERS = "一二三四五六七八九十"


class Bridges(NamedTuple):
    """Words of two characters whose border is an unassigned pair.

    ``begins`` maps the last byte of such a word to their first characters; ``whole`` the first byte of those whose last one begins such a
    pair too to the first characters and what they go on with.
    """

    begins: Mapping[int, frozenset[str]]
    whole: Mapping[int, Mapping[Option, tuple[Option, ...]]]


@lru_cache(maxsize=2)
def get_bridges(tables: Tables, foreign: frozenset[str]) -> Bridges:
    """Return the words that deleted pairs break, without characters that are `foreign`."""
    zones, forms = tables.zone_next, defaultdict(list)
    for char in tables.to_bytes:
        if char not in foreign:
            forms[tables.simple.get(char, char)].append(char)
    begins: dict[int, set[str]] = defaultdict(set)
    whole: dict[int, dict[Option, tuple[Option, ...]]] = defaultdict(dict)
    words = sorted(word for word, weight in tables.words.items() if len(word) == 2 and weight > KNOWN and word >= "\u4e00")
    for first, second in ((one, two) for word in words for one in forms[word[0]] for two in forms[word[1]]):
        (lead, inner), (other, trail) = tables.to_bytes[first], tables.to_bytes[second]
        if other in zones.get(inner, ()):
            begins[trail].add(first)
            if trail in zones:
                option = (first, -inner)
                whole[lead][option] = (*whole[lead].get(option, ()), (second, -trail))
    return Bridges({trail: frozenset(found) for trail, found in begins.items()}, whole)


class Guesses:
    """Answers for one document, each worked out once; ``foreign`` are the characters of the other script, which it does not have."""

    def __init__(self, tables: Tables, model: LanguageModel, foreign: frozenset[str], *, deleted: bool) -> None:
        self._tables = tables
        self._model = model
        self._foreign = foreign
        self._deleted = deleted
        self._top = tuple(char for char in tables.top_forms if char not in foreign)
        self._nexts: dict[str, frozenset[str]] = {}
        self._read_so: dict[str, tuple[str, ...]] = {}
        self._any: dict[str, tuple[str, ...]] = {}
        self._by_trail: dict[int, tuple[str, ...]] = {}
        self._by_lead: dict[tuple[str, int, str], tuple[Option, ...]] = {}
        self._zones: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self._over: dict[tuple[str, int, int], tuple[Option, ...]] = {}
        self._between: dict[tuple[int, int], tuple[Option, ...]] = {}
        self._bridges = get_bridges(tables, foreign) if deleted else Bridges({}, {})

    def fits(self, char: str, reading: str) -> bool:
        """Say whether `reading`, with tone mark or without, is one of `char`."""
        tables = self._tables
        return reading in tables.readings.get(char, ()) or reading.replace("v", "ü") in tables.bare.get(char, ())

    def any_read(self, reading: str) -> tuple[str, ...]:
        """Return frequent characters that are read so."""
        found = self._read_so.get(reading)
        if found is None:
            frequent, foreign = self._tables.frequent, self._foreign
            found = self._read_so[reading] = tuple(char for char in frequent if char not in foreign and self.fits(char, reading))
        return found

    def any_after(self, last: str) -> tuple[str, ...]:
        """Return characters that may follow `last` where both bytes are lost: the most frequent ones, and what follows it elsewhere."""
        found = self._any.get(last)
        if found is None:
            forms, foreign = self._tables.frequent_forms, self._foreign
            nexts = sorted(forms.keys() & self._get_nexts(last))
            found = tuple(dict.fromkeys([*self._top, *(char for form in nexts for char in forms[form] if char not in foreign)]))
            self._any[last] = found
        return found

    def with_trail(self, trail: int) -> tuple[str, ...]:
        """Return characters with this trail byte."""
        found = self._by_trail.get(trail)
        if found is None:
            found = self._by_trail[trail] = tuple(char for char in self._tables.by_trail.get(trail, ()) if char not in self._foreign)
        return found

    def with_lead(self, last: str, lead: int, reading: str) -> tuple[Option, ...]:
        """Return characters with this lead byte and their trails: those that may follow `last`, or that are read so."""
        found = self._by_lead.get((last, lead, reading))
        if found is None:
            pairs = [(char, trail) for trail, char in self._tables.by_lead.get(lead, ()) if char not in self._foreign]
            if reading:
                found = tuple((char, trail) for char, trail in pairs if self.fits(char, reading))
            else:
                found = tuple((char, trail) for char, trail in pairs if self._may_follow(char, last, self._tables.common))
            self._by_lead[last, lead, reading] = found
        return found

    def get_leads(self, trail: int, reading: str) -> list[int]:
        """Return lead bytes that make a character read so, whose first byte is `trail`: pinyin was set across a border."""
        by_bytes = self._tables.by_bytes
        return [lead for lead in range(0x81, 0xFF) if self.fits(by_bytes.get((trail, lead), ""), reading)]

    def in_zone(self, last: str, first: int, trail: int) -> tuple[str, ...]:
        """Return characters with this trail whose lead pairs with `first` to nothing; only likely ones if without a sign."""
        found = self._zones.get((last, first, trail))
        if found is None:
            tables = self._tables
            leads = tables.zone_next[first]
            chars = [char for char in self.with_trail(trail) if tables.to_bytes[char][0] in leads]
            if self._deleted:
                chars = [char for char in chars if self._may_follow(char, last, tables.common)]
            found = self._zones[last, first, trail] = tuple(chars)
        return found

    def over_border(self, last: str, lead: int, trail: int) -> tuple[Option, ...]:
        """Return characters with this lead whose trail begins an unassigned pair, each with what waits then.

        ``trail`` is the trail byte that comes next: with it ends the second character of a word.
        """
        found = self._over.get((last, lead, trail))
        if found is None:
            tables = self._tables
            begins = self._bridges.begins.get(trail, frozenset())
            options = [(tables.by_bytes.get((lead, second), ""), -second) for second in tables.zone_next]
            found = tuple(option for option in options if option[0] in begins or self._may_follow(option[0], last, tables.top))
            self._over[last, lead, trail] = found
        return found

    def between_borders(self, first: int, trail: int) -> tuple[Option, ...]:
        """Return characters whose lead ends one unassigned pair, begun by `first`, and whose trail begins another.

        They are frequent, or begin a word that ends with the byte ``trail``.
        """
        found = self._between.get((first, trail))
        if found is None:
            tables = self._tables
            likely = [*tables.frequent[:AGAIN], *NUMBERS, *sorted(self._bridges.begins.get(trail, frozenset()))]
            pairs = [(char, tables.to_bytes[char]) for char in dict.fromkeys(likely) if char not in self._foreign]
            zones = tables.zone_next
            found = tuple((char, -pair[1]) for char, pair in pairs if pair[0] in zones[first] and pair[1] in zones)
            self._between[first, trail] = found
        return found

    def whole_words(self, lead: int) -> Mapping[Option, tuple[Option, ...]]:
        """Return words of two characters between unassigned pairs, of which only this lead is left: the first, and what it goes on with."""
        return self._bridges.whole.get(lead, {})

    def _may_follow(self, char: str, last: str, always: frozenset[str]) -> bool:
        """Say whether a character of the document's script is one of `always` (Simplified), or follows `last` elsewhere."""
        form = self._model.simple.get(char, char)
        return char != "" and char not in self._foreign and (form in always or form in self._get_nexts(last))

    def _get_nexts(self, last: str) -> frozenset[str]:
        """Return what follows `last` in a word or in the document, in Simplified."""
        found = self._nexts.get(last)
        if found is None:
            found = self._nexts[last] = self._tables.nexts.get(last, frozenset()).union(self._model.nexts.get(last, ()))
        return found
