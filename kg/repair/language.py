"""How likely a stretch of Chinese is: the best cut into known words, and what the document itself puts after the same characters."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add, itemgetter
from typing import NamedTuple

from kg.repair.tables import Tables

UNKNOWN = -17.5
"""Score of a character that no table knows: below the rarest word."""

ASCII = -4.5
"""Score of a letter, digit or mark of ASCII."""

NO_WORD = -1e9
"""Score of what is no word."""

LINE_END = "↵"
"""Stands for the end of a line in ``phrases.txt``."""

ENDERS = "。，、；：！？"
OPENERS = "（《“〈‘【〔"
CLOSERS = "）》”〉’】〕"
MISPLACED = -7.0
"""Score of a mark that cannot follow the mark before it."""
MISPLACED_AFTER = {
    **dict.fromkeys(OPENERS + "，、；：　", frozenset(ENDERS + CLOSERS)),
    **dict.fromkeys("。！？" + LINE_END, frozenset(ENDERS)),
}

INDENT = "　"
BEFORE_INDENT = frozenset(f"{LINE_END}{INDENT} 。；：！？）")
"""What an ideographic blank may follow; it indents, it does not separate words."""

DEPENDENT = "的"
"""A particle that never begins a line or a sentence."""
BEFORE_DEPENDENT = frozenset(f"{LINE_END}{INDENT}（《。；！？，：")

MARKS = frozenset(ENDERS + CLOSERS + INDENT)
PLACED = MARKS | {DEPENDENT}
"""Characters whose own score depends on what stands before them."""

OWN_HISTORY = 2
"""Characters before the next one that the document is asked about."""
OWN_SAMPLE = 100_000
"""Characters of the document that are counted."""
BREAK = "\0"
"""Stands between two stretches that are counted apart."""
OWN_SHARE = 0.7
"""How far the document is trusted against the word list."""

Scores = tuple[float, ...]
"""Scores of the best cut of all prefixes that a word could still reach back to; the last one is the whole."""

Row = dict[str, "Follower"]
"""What has been looked up after the same two characters."""


class Follower(NamedTuple):
    """What is known of a character after two others, whatever stood before those.

    ``plain`` is the character in Simplified, ``base`` its own score, ``pair`` that of the word it ends with the one before it (far below
    all where there is none), ``long`` whether it may end a longer word, ``own`` what the document's habits say of it.
    """

    plain: str
    base: float
    pair: float
    long: bool
    own: float


def get_base(words: Mapping[str, float], plain: str) -> float:
    """Return the score of a character in Simplified by itself."""
    return words.get(plain, ASCII if plain < "\x7f" else UNKNOWN)


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """Scores Simplified text, a character at a time.

    Attributes
    ----------
    words
        Word -> logarithm of its share of running text.
    pairs
        Every two characters that stand side by side in a word.
    triples
        Every two characters -> those that stand after them in a word.
    beginnings
        The first characters of words, three and more of them, where more follow.
    simple
        Traditional -> Simplified character.
    counts
        Group of two or three characters -> how often it stands in the document.
    followed, kinds
        Group of one or two characters -> how often something follows it there, and how many different things do.
    nexts
        Character -> what follows it there; ``word_nexts`` -> what follows it in a word.
    """

    words: Mapping[str, float]
    pairs: frozenset[str]
    triples: Mapping[str, str]
    beginnings: frozenset[str]
    simple: Mapping[str, str]
    counts: Mapping[str, int]
    followed: Mapping[str, int]
    kinds: Mapping[str, int]
    nexts: Mapping[str, str]
    word_nexts: Mapping[str, frozenset[str]]
    _unseen: dict[str, float] = field(default_factory=dict)
    _rows: dict[str, Row] = field(default_factory=dict)

    def start(self, context: str) -> tuple[Scores, str]:
        """Return the scores and the tail after `context`, whose own score does not matter."""
        scores: Scores = (0.0,)
        tail = ""
        for char in context:
            scores, tail, _ = self.extend(scores, tail, char)
        return scores, tail

    def extend(self, scores: Scores, tail: str, char: str) -> tuple[Scores, str, float]:
        """Add a character, Simplified or Traditional.

        Parameters
        ----------
        scores, tail
            The state so far: see :data:`Scores`, and the characters between those prefixes.
        char
            The next character; a newline or an empty string is the end of a line.

        Returns
        -------
        scores, tail, own
            The state after it, and what the document's own habits say of it (above 0: likelier than by itself).
        """
        follower = self.get_row(tail).get(char) or self.look_up(tail, char)
        tail += follower.plain
        best = self.weigh(scores, tail, scores[-1] + follower.base, follower.pair)
        tail = self.shorten(tail)
        return (*scores[-len(tail) :], best), tail, follower.own

    def shorten(self, tail: str) -> str:
        """Return the end of `tail` that what follows depends on: what may begin a longer word, and the last two characters."""
        while len(tail) > OWN_HISTORY and tail not in self.beginnings:
            tail = tail[1:]
        return tail

    def get_row(self, tail: str) -> Row:
        """Return what has been looked up after `tail` so far."""
        context = tail[-OWN_HISTORY:]
        row = self._rows.get(context)
        if row is None:
            row = self._rows[context] = {}
        return row

    def look_up(self, tail: str, char: str) -> Follower:
        """Look up a character after `tail`, and keep it in the row."""
        context = tail[-OWN_HISTORY:]
        plain = self.simple.get(char, char)
        base = get_base(self.words, plain)
        last = context[-1:]
        if plain in MARKS and last and (plain in MISPLACED_AFTER.get(last, ()) if plain != INDENT else last not in BEFORE_INDENT):
            base += MISPLACED
        if plain == DEPENDENT and last in BEFORE_DEPENDENT:
            base += MISPLACED
        group = context + plain
        pair, long = NO_WORD, False
        if last + plain in self.pairs:
            pair = self.words.get(last + plain, NO_WORD)
            long = plain in self.triples.get(context, "")
        own = self._ask_document(group) if last + plain in self.counts else self.get_unseen(context)
        follower = self._rows[context][char] = Follower(plain, base, pair, long, own)
        return follower

    def get_unseen(self, tail: str) -> float:
        """Return what the document's habits say of each character that it never has after the last one of `tail`: of all the same."""
        context = tail[-OWN_HISTORY:]
        found = self._unseen.get(context)
        if found is None:
            found = self._unseen[context] = self._ask_document(context + "\0")
        return found

    def weigh(self, scores: Scores, tail: str, best: float, pair: float) -> float:
        """Return the score of the best cut of `tail`, whose last character alone makes `best`, and with the one before it `pair`."""
        if pair != NO_WORD:
            best = max(best, scores[-2] + pair)
        words = self.words
        for length in range(3, len(tail) + 1):
            weight = words.get(tail[-length:])
            if weight is not None:
                best = max(best, scores[-length] + weight)
        return best

    def _ask_document(self, group: str) -> float:
        """Return how much likelier the document makes the last character of `group` than it is by itself (Witten-Bell smoothing)."""
        char = group[-1]
        share = math.exp(get_base(self.words, char))
        ratio = 1.0
        for start in range(len(group) - 2, -1, -1):
            before = group[start:-1]
            kinds = self.kinds.get(before)
            if kinds is None:
                break
            ratio = (self.counts.get(group[start:], 0) / share + kinds * ratio) / (self.followed[before] + kinds)
        return math.log(1 - OWN_SHARE + OWN_SHARE * ratio)


def build_model(tables: Tables, clean: Iterable[str]) -> LanguageModel:
    """Return a model of general words and of the undamaged stretches `clean` of a document."""
    simple, translation = get_forms(tables)
    stretches: list[str] = []
    total = 0
    for stretch in clean:
        stretches.append(stretch.translate(translation))
        total += len(stretch)
        if total > OWN_SAMPLE:
            break
    text = BREAK.join(stretches)
    # Strings of two and three characters are put together and counted without a step of Python for each.
    pairs = list(map(add, text, text[1:]))
    counts = Counter(pairs)
    counts.update(map(add, pairs, text[2:]))
    for group in [group for group in counts if BREAK in group]:
        del counts[group]
    followed = {**counts, **Counter(text)}
    for end in (stretch[-length:] for stretch in stretches for length in range(1, OWN_HISTORY + 1) if len(stretch) >= length):
        followed[end] -= 1
    nexts: dict[str, str] = defaultdict(str)
    for pair in set(pairs) & counts.keys():
        nexts[pair[0]] += pair[1]
    return LanguageModel(
        words=tables.words,
        pairs=tables.pairs,
        triples=tables.triples,
        beginnings=tables.beginnings,
        simple=simple,
        counts=counts,
        followed=followed,
        kinds=Counter(map(itemgetter(slice(-1)), counts)),
        nexts=nexts,
        word_nexts=tables.nexts,
    )


@lru_cache(maxsize=2)
def get_forms(tables: Tables) -> tuple[dict[str, str], dict[int, str]]:
    """Return what the model reads each character as where it is another one, and the same for ``str.translate``."""
    simple = {**tables.simple, "\n": LINE_END, "": LINE_END}
    return simple, str.maketrans({char: other for char, other in simple.items() if char})
