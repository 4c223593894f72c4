"""How likely a stretch of Chinese is: the best cut into known words, with the document's own word groups as further words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.repair.tables import Tables

LONGEST = 7
"""Words longer than this are scored in pieces."""

UNKNOWN = -17.5
"""Score of a character that no table knows: below the rarest word."""

ASCII = -4.5
"""Score of a letter, digit or mark of ASCII."""

OWN_LENGTHS = (2, 3, 4, 5)
OWN_SAMPLE = 200_000
"""Characters of the document that its own word groups are taken from."""


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """Scores Simplified text, a character at a time.

    A *state* is ``(scores, tail)``: the scores of the best cut of all prefixes that a word could still reach back to, the last one being
    the whole, and the characters between them.
    """

    words: Mapping[str, float]
    simple: Mapping[str, str]

    def start(self, context: str) -> tuple[tuple[float, ...], str]:
        """Return the state after `context`, whose own score does not matter."""
        state: tuple[tuple[float, ...], str] = ((0.0,), "")
        for char in context:
            state = self.extend(state, char)
        return state

    def extend(self, state: tuple[tuple[float, ...], str], char: str) -> tuple[tuple[float, ...], str]:
        """Return the state after one more character, Simplified or Traditional."""
        scores, tail = state
        words = self.words
        tail += self.simple.get(char, char)
        best = scores[-1] + words.get(tail[-1], ASCII if char < "\x7f" else UNKNOWN)
        for length in range(2, len(tail) + 1):
            weight = words.get(tail[-length:])
            if weight is not None:
                score = scores[-length] + weight
                best = max(best, score)
        if len(tail) >= LONGEST:
            return (*scores[1 - LONGEST :], best), tail[1 - LONGEST :]
        return (*scores, best), tail


def build_model(tables: Tables, clean: Iterable[str]) -> LanguageModel:
    """Return a model of general words and of the word groups in the undamaged stretches `clean` of a document."""
    counts: Counter[str] = Counter()
    total = 0
    simple = tables.simple
    for stretch in clean:
        text = "".join(simple.get(char, char) for char in stretch)
        for length in OWN_LENGTHS:
            counts.update(text[start : start + length] for start in range(len(text) - length + 1))
        total += len(text)
        if total > OWN_SAMPLE:
            break
    words = dict(tables.words)
    base = math.log(total + 3000) + 1.0
    for group, count in counts.items():
        weight = math.log(count) - base
        if weight > words.get(group, -99.0):
            words[group] = weight
    return LanguageModel(words, simple)
