"""How likely a stretch of Chinese is: the best cut into known words, and what the document itself puts after the same characters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.repair.tables import Tables

LONGEST = 7
"""Words longer than this are not looked for."""

UNKNOWN = -17.5
"""Score of a character that no table knows: below the rarest word."""

ASCII = -4.5
"""Score of a letter, digit or mark of ASCII."""

LINE_END = "↵"
"""Stands for the end of a line in ``phrases.txt``."""

ENDERS = "。，、；：！？"
OPENERS = "（《“〈‘【〔"
CLOSERS = "）》”〉’】〕"
MARKS = frozenset(ENDERS + CLOSERS)
MISPLACED = -7.0
"""Score of a mark that cannot follow the mark before it."""
MISPLACED_AFTER = {
    **dict.fromkeys(OPENERS + "，、；：　", frozenset(ENDERS + CLOSERS)),
    **dict.fromkeys("。！？" + LINE_END, frozenset(ENDERS)),
}

OWN_HISTORY = 3
"""Characters before the next one that the document is asked about."""
OWN_SAMPLE = 300_000
"""Characters of the document that are counted."""
OWN_SHARE = 0.7
"""How far the document is trusted against the word list."""


class State(NamedTuple):
    """Where a reading stands: the scores of the best cut of all prefixes that a word could still reach back to, the last one being the
    whole, the characters between them, and what the document's own habits add.
    """  # noqa: D205

    scores: tuple[float, ...]
    tail: str
    own: float

    @property
    def score(self) -> float:
        """The score of all that was read."""
        return self.scores[-1] + self.own


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """Scores Simplified text, a character at a time.

    Attributes
    ----------
    words
        Word -> logarithm of its share of running text.
    simple
        Traditional -> Simplified character.
    counts
        Group of two to four characters -> how often it stands in the document.
    follows
        Group of one to three characters -> how often something follows it there, and how many different things do.
    """

    words: Mapping[str, float]
    simple: Mapping[str, str]
    counts: Mapping[str, int]
    follows: Mapping[str, tuple[int, int]]

    def start(self, context: str) -> State:
        """Return the state after `context`, whose own score does not matter."""
        state = State((0.0,), "", 0.0)
        for char in context:
            state = self.extend(state, char)
        return state

    def extend(self, state: State, char: str) -> State:
        """Return the state after one more character, Simplified or Traditional."""
        scores, tail, own = state
        words = self.words
        plain = self.simple.get(char, char)
        single = words.get(plain, ASCII if char < "\x7f" else UNKNOWN)
        best = scores[-1] + single
        if plain in MARKS and plain in MISPLACED_AFTER.get(tail[-1:], ()):
            best += MISPLACED
        own += self._ask_document(tail[-OWN_HISTORY:], plain, single)
        tail += plain
        for length in range(2, len(tail) + 1):
            weight = words.get(tail[-length:])
            if weight is not None:
                score = scores[-length] + weight
                best = max(best, score)
        if len(tail) >= LONGEST:
            return State((*scores[1 - LONGEST :], best), tail[1 - LONGEST :], own)
        return State((*scores, best), tail, own)

    def _ask_document(self, history: str, char: str, single: float) -> float:
        """Return how much more likely the document makes `char` after `history` than it is by itself (Witten-Bell smoothing)."""
        base = ratio = 1.0
        share = math.exp(single)
        for length in range(1, len(history) + 1):
            group = history[-length:]
            found = self.follows.get(group)
            if found is None:
                break
            total, kinds = found
            ratio = (self.counts.get(group + char, 0) / share + kinds * ratio) / (total + kinds)
        return math.log((1 - OWN_SHARE) * base + OWN_SHARE * ratio)


def build_model(tables: Tables, clean: Iterable[str]) -> LanguageModel:
    """Return a model of general words and of the undamaged stretches `clean` of a document."""
    counts: Counter[str] = Counter()
    total = 0
    simple = {**tables.simple, "\n": LINE_END, "": LINE_END}
    for stretch in clean:
        text = "".join([simple.get(char, char) for char in stretch])
        for length in range(2, OWN_HISTORY + 2):
            counts.update([text[start : start + length] for start in range(len(text) - length + 1)])
        total += len(text)
        if total > OWN_SAMPLE:
            break
    follows: dict[str, tuple[int, int]] = {}
    for group, count in counts.items():
        before, kinds = follows.get(group[:-1], (0, 0))
        follows[group[:-1]] = (before + count, kinds + 1)
    return LanguageModel(tables.words, simple, counts, follows)
