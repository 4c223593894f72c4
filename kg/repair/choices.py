"""What a document and its words say may follow a character, out of the characters that the bytes allow."""

from __future__ import annotations

from typing import NamedTuple

from kg.repair.guesses import Guess, Pool, get_order
from kg.repair.language import LanguageModel


class Choices(NamedTuple):
    """What a reading may go on with after one character, in parts that each come likeliest first; a character may be in two of them.

    ``weighed`` must be weighed one by one, in no order: it stands after that character in the document (``known``, in Simplified), or is
    special. ``joined`` ends a word of two with that character, and has the score of the word. ``near`` stands after it in a word, and
    ``free`` may stand after any other; both have their own score.
    """

    weighed: tuple[Guess, ...]
    joined: tuple[Guess, ...]
    near: tuple[Guess, ...]
    free: tuple[Guess, ...]
    known: frozenset[str]


class Chooser:
    """Chooses for one document, after each character once."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._choices: dict[tuple[Pool, str], Choices] = {}

    def choose(self, pool: Pool, last: str) -> Choices:
        """Return what of `pool` may follow `last`."""
        found = self._choices.get((pool, last))
        if found is None:
            found = self._choices[pool, last] = self._find(pool, last)
        return found

    def find_longer(self, pool: Pool, context: str) -> list[Guess]:
        """Return what may end a word of three or more after two characters: what comes before those decides its score."""
        by_form = pool.by_form
        return [guess for form in self._model.triples.get(context, "") if form in by_form for guess in by_form[form]]

    def _find(self, pool: Pool, last: str) -> Choices:
        model, by_form = self._model, pool.by_form
        known = frozenset(model.nexts.get(last, ""))
        weighed = [*pool.special, *(guess for form in sorted(by_form.keys() & known) for guess in by_form[form])]
        joined, near = [], []
        for form in by_form.keys() & model.word_nexts.get(last, frozenset()) - known:
            pair = model.words.get(last + form)
            for guess in by_form[form]:
                if guess.char in pool.bound:
                    near.append(guess)
                if pair is not None:
                    joined.append(guess._replace(score=pair))
        near.sort(key=get_order)
        joined.sort(key=get_order)
        return Choices(tuple(weighed), tuple(joined), tuple(near), pool.free, known)
