"""Which characters a lost byte, or two, may have stood for: those that a word or the document has there, and the most frequent ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.repair.brackets import BRACKETS
from kg.repair.language import PLACED, get_base
from kg.repair.tables import Tables
from kg.repair.tokens import LOST, MARKS, NUMBERS

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
SPECIAL = BRACKETS.union(LOST, MARKS, NUMBERS, "\n")
"""Characters that a reading weighs in another way too."""


class Guess(NamedTuple):
    """A character, ``form`` in Simplified, and its score alone.

    ``pending`` is what waits for its other half then, if its second byte begins an unassigned pair: the negative of that byte.
    """

    score: float
    char: str
    form: str
    pending: int


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Characters that the bytes allow, put in order once for all that may stand before them.

    ``free`` may stand after any other, likeliest first; ``special`` too, but each must be weighed. What is ``bound`` stands only where it
    follows the character before in a word or in the document. All but the special ones are in ``by_form`` too, by the Simplified form.
    """

    free: tuple[Guess, ...]
    special: tuple[Guess, ...]
    bound: frozenset[str]
    by_form: Mapping[str, list[Guess]]


def make_pool(guesses: Iterable[Guess], always: Container[str] | None) -> Pool:
    """Return the pool of `guesses`, of which those that are ``always`` possible may stand after any other character; None is all."""
    free, special, bound = [], [], []
    by_form: dict[str, list[Guess]] = {}
    for guess in guesses:
        possible = always is None or guess.char in always
        if possible and (guess.char in SPECIAL or guess.form in PLACED):
            special.append(guess)
        else:
            by_form.setdefault(guess.form, []).append(guess)
            if possible:
                free.append(guess)
            else:
                bound.append(guess.char)
    return Pool(tuple(sorted(free, key=get_order)), tuple(special), frozenset(bound), by_form)


def get_order(guess: Guess) -> tuple[float, str]:
    """Return the place of a guess among others, the likeliest first."""
    return -guess.score, guess.char


class Bridges(NamedTuple):
    """Words of two characters whose border is an unassigned pair.

    ``begins`` maps the last byte of such a word to their first characters; ``whole`` the first byte of those whose last one begins such a
    pair too to the first characters and what they go on with.
    """

    begins: Mapping[int, tuple[str, ...]]
    whole: Mapping[int, Mapping[str, tuple[str, ...]]]


@lru_cache(maxsize=2)
def get_bridges(tables: Tables, foreign: frozenset[str]) -> Bridges:
    """Return the words that deleted pairs break, without characters that are `foreign`."""
    zones, forms = tables.zone_next, defaultdict(list)
    for char in tables.to_bytes:
        if char not in foreign:
            forms[tables.simple.get(char, char)].append(char)
    begins: dict[int, dict[str, None]] = defaultdict(dict)
    whole: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    words = sorted(word for word, weight in tables.words.items() if len(word) == 2 and weight > KNOWN and word >= "\u4e00")
    for first, second in ((one, two) for word in words for one in forms[word[0]] for two in forms[word[1]]):
        (lead, inner), (other, trail) = tables.to_bytes[first], tables.to_bytes[second]
        if other in zones.get(inner, ()):
            begins[trail][first] = None
            if trail in zones:
                whole[lead][first] = (*whole[lead].get(first, ()), second)
    return Bridges({trail: tuple(found) for trail, found in begins.items()}, whole)


@lru_cache(maxsize=4)
def get_guesses(tables: Tables, foreign: frozenset[str], *, deleted: bool) -> Guesses:
    """Return the guesses for all documents of one script."""
    return Guesses(tables, foreign, deleted=deleted)


class Guesses:
    """Answers for documents of one script, each worked out once; ``foreign`` are the characters of the other script.

    ``deleted`` says that pairs of the Private Use zones may be gone without a sign.
    """

    def __init__(self, tables: Tables, foreign: frozenset[str], *, deleted: bool) -> None:
        self._tables = tables
        self._foreign = foreign
        self._deleted = deleted
        self._pools: dict[Hashable, Pool] = {}
        self._guesses: dict[str, Guess] = {}
        self._bridges = get_bridges(tables, foreign) if deleted else Bridges({}, {})
        self._pair_trails = frozenset(tables.zone_next)
        self._lone_trails = self._pair_trails | {LONE}

    def fits(self, char: str, reading: str) -> bool:
        """Say whether `reading`, with tone mark or without, is one of `char`."""
        tables = self._tables
        return reading in tables.readings.get(char, ()) or reading.replace("v", "ü") in tables.bare.get(char, ())

    def any_read(self, reading: str) -> Pool:
        """Return frequent characters that are read so."""
        return self._get(reading, lambda: (char for char in self._tables.frequent if self.fits(char, reading)))

    def any_after(self) -> Pool:
        """Return characters where both bytes are lost: the most frequent ones stand after any other."""
        return self._get("", lambda: self._tables.frequent, self._tables.top)

    def with_trail(self, trail: int) -> Pool:
        """Return characters with this trail byte."""
        return self._get(trail, lambda: self._tables.by_trail.get(trail, ()))

    def with_lead(self, lead: int, reading: str, *, alone: bool) -> Pool:
        """Return characters with this lead byte, read so if there is a reading, where a sign of loss stands for the other byte.

        If it stands `alone`, the text goes on in step whatever the byte was; else only after one that begins no pair, or an unassigned one.
        """
        return self._with_lead(lead, reading, None if alone else self._lone_trails)

    def with_border(self, lead: int) -> Pool:
        """Return characters with this lead byte whose trail begins an unassigned pair."""
        return self._with_lead(lead, "", self._pair_trails)

    def _with_lead(self, lead: int, reading: str, trails: frozenset[int] | None) -> Pool:
        def find() -> Iterable[str]:
            pairs = self._tables.by_lead.get(lead, ())
            chars = (char for trail, char in pairs if trails is None or trail in trails)
            return (char for char in chars if self.fits(char, reading)) if reading else chars

        return self._get((lead, reading, trails), find, None if reading else self._tables.common)

    def get_leads(self, trail: int, reading: str) -> list[int]:
        """Return lead bytes that make a character read so, whose first byte is `trail`: pinyin was set across a border."""
        by_bytes = self._tables.by_bytes
        return [lead for lead in range(0x81, 0xFF) if self.fits(by_bytes.get((trail, lead), ""), reading)]

    def in_zone(self, first: int, trail: int) -> Pool:
        """Return characters with this trail whose lead pairs with `first` to nothing; only likely ones if without a sign."""

        def find() -> Iterable[str]:
            tables, leads = self._tables, self._tables.zone_next[first]
            return (char for char in tables.by_trail.get(trail, ()) if tables.to_bytes[char][0] in leads)

        return self._get((first, trail), find, self._tables.common if self._deleted else None)

    def over_border(self, lead: int) -> Pool:
        """Return characters with this lead, rare ones too, whose trail begins an unassigned pair."""

        def find() -> Iterable[str]:
            return filter(None, (self._tables.by_bytes.get((lead, trail)) for trail in self._tables.zone_next))

        return self._get(("over", lead), find, self._tables.top)

    def begin_over_border(self, lead: int, trail: int) -> Pool:
        """Return those of them that begin a word of two which ends with the byte `trail`."""
        pairs, begins = self._tables.to_bytes, self._bridges.begins
        return self._get(("over", lead, trail), lambda: (char for char in begins.get(trail, ()) if pairs[char][0] == lead))

    def between_borders(self, first: int) -> Pool:
        """Return frequent characters whose lead ends one unassigned pair, begun by `first`, and whose trail begins another."""
        return self._get(("between", first), lambda: self._get_between(first, [*self._tables.frequent[:AGAIN], *NUMBERS]))

    def begin_between_borders(self, first: int, trail: int) -> Pool:
        """Return characters like them that begin a word of two which ends with the byte `trail`."""
        return self._get(("between", first, trail), lambda: self._get_between(first, self._bridges.begins.get(trail, ())))

    def _get_between(self, first: int, chars: Iterable[str]) -> Iterable[str]:
        pairs, zones = self._tables.to_bytes, self._tables.zone_next
        return (char for char in chars if pairs[char][0] in zones[first] and pairs[char][1] in zones)

    def word_begins(self, lead: int) -> Pool:
        """Return first characters, with this lead, of words of two that stood between unassigned pairs, with another within."""
        return self._get(("word", lead), lambda: self._bridges.whole.get(lead, ()))

    def word_ends(self, first: str) -> Pool:
        """Return what those words go on with after `first`."""
        return self._get(("word", first), lambda: self._bridges.whole[self._tables.to_bytes[first][0]][first])

    def _get(self, key: Hashable, find: Callable[[], Iterable[str]], always: frozenset[str] | None = None) -> Pool:
        """Return the pool of this key, made once of what `find` finds, of which those that are ``always`` possible; None is all."""
        pool = self._pools.get(key)
        if pool is None:
            chars = dict.fromkeys(char for char in find() if char not in self._foreign)
            pool = self._pools[key] = make_pool(map(self._get_guess, chars), always)
        return pool

    def _get_guess(self, char: str) -> Guess:
        guess = self._guesses.get(char)
        if guess is None:
            form = self._tables.simple.get(char, char)
            guess = self._guesses[char] = Guess(get_base(self._tables.words, form), char, form, -self._tables.to_bytes[char][1])
        return guess
