"""How likely a stretch of Chinese is: the best cut into known words, and what the document itself puts after the same characters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
MISPLACED = -7.0
"""Score of a mark that cannot follow the mark before it."""
MISPLACED_AFTER = {
    **dict.fromkeys(OPENERS + "，、；：　", frozenset(ENDERS + CLOSERS)),
    **dict.fromkeys("。！？" + LINE_END, frozenset(ENDERS)),
}

INDENT = "　"
BEFORE_INDENT = frozenset(f"{LINE_END}{INDENT} 。；：！？）")
"""What an ideographic blank may follow; it indents, it does not separate words."""

MARKS = frozenset(ENDERS + CLOSERS + INDENT)

OWN_HISTORY = 2
"""Characters before the next one that the document is asked about."""
OWN_SAMPLE = 100_000
"""Characters of the document that are counted."""
OWN_SHARE = 0.7
"""How far the document is trusted against the word list."""

Scores = tuple[float, ...]
"""Scores of the best cut of all prefixes that a word could still reach back to; the last one is the whole."""


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """Scores Simplified text, a character at a time.

    Attributes
    ----------
    words
        Word -> logarithm of its share of running text.
    pairs
        Every two characters that stand side by side in a word.
    simple
        Traditional -> Simplified character.
    counts
        Group of two or three characters -> how often it stands in the document.
    follows
        Group of one or two characters -> how often something follows it there, and how many different things do.
    """

    words: Mapping[str, float]
    pairs: frozenset[str]
    simple: Mapping[str, str]
    counts: Mapping[str, int]
    follows: Mapping[str, tuple[int, int]]
    _asked: dict[str, float] = field(default_factory=dict)

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
        plain = self.simple.get(char, char)
        words = self.words
        best = scores[-1] + words.get(plain, ASCII if char < "\x7f" else UNKNOWN)
        if plain in MARKS and tail and (plain in MISPLACED_AFTER.get(tail[-1], ()) if plain != INDENT else tail[-1] not in BEFORE_INDENT):
            best += MISPLACED
        group = tail[-OWN_HISTORY:] + plain
        own = self._asked.get(group)
        if own is None:
            own = self._asked[group] = self._ask_document(group)
        tail += plain
        if tail[-2:] in self.pairs:
            for length in range(2, len(tail) + 1):
                weight = words.get(tail[-length:])
                if weight is not None:
                    score = scores[-length] + weight
                    best = max(best, score)
        if len(tail) >= LONGEST:
            return (*scores[1 - LONGEST :], best), tail[1 - LONGEST :], own
        return (*scores, best), tail, own

    def _ask_document(self, group: str) -> float:
        """Return how much likelier the document makes the last character of `group` than it is by itself (Witten-Bell smoothing)."""
        char = group[-1]
        share = math.exp(self.words.get(char, ASCII if char < "\x7f" else UNKNOWN))
        ratio = 1.0
        for start in range(len(group) - 2, -1, -1):
            found = self.follows.get(group[start:-1])
            if found is None:
                break
            total, kinds = found
            ratio = (self.counts.get(group[start:], 0) / share + kinds * ratio) / (total + kinds)
        return math.log(1 - OWN_SHARE + OWN_SHARE * ratio)


def build_model(tables: Tables, clean: Iterable[str]) -> LanguageModel:
    """Return a model of general words and of the undamaged stretches `clean` of a document."""
    counts: Counter[str] = Counter()
    total = 0
    simple = {**tables.simple, "\n": LINE_END, "": LINE_END}
    translation = str.maketrans({char: other for char, other in simple.items() if char})
    for stretch in clean:
        text = stretch.translate(translation)
        for length in range(2, OWN_HISTORY + 2):
            counts.update([text[start : start + length] for start in range(len(text) - length + 1)])
        total += len(text)
        if total > OWN_SAMPLE:
            break
    follows: dict[str, tuple[int, int]] = {}
    for group, count in counts.items():
        before, kinds = follows.get(group[:-1], (0, 0))
        follows[group[:-1]] = (before + count, kinds + 1)
    return LanguageModel(tables.words, tables.pairs, simple, counts, follows)
