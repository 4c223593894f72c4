"""Names of persons, which stand among those of agencies and must never become one."""

from __future__ import annotations

from collections.abc import Callable

from kg.parse.words.lexicon import Lexicon

_LONGEST_OFFICE = 12
_LONGEST_PERSON = 3


def is_person(words: str, lexicon: Lexicon, is_agency: Callable[[str], bool]) -> bool:
    """Say whether `words` are an office (分管副市长), an office and a name, or a name alone that `is_agency` does not take."""
    if _ends_office(words, lexicon):
        return len(words) <= _LONGEST_OFFICE
    office = next((place for place in (len(words) - 3, len(words) - 2) if place > 1 and _ends_office(words[:place], lexicon)), 0)
    if office and words.startswith(lexicon.words("surname"), office) and not is_agency(words):
        return len(words) <= _LONGEST_OFFICE + _LONGEST_PERSON
    if (
        not 2 <= len(words) <= 4
        or words.endswith(lexicon.words("school-ending"))
        or (len(words) == 2 and words.endswith(lexicon.words("school-short")))
        or is_agency(words)
        or words in lexicon.places
        or words in lexicon.rules.places
    ):
        return False
    if words.startswith(lexicon.words("double-surname")):
        return len(words) >= 3
    if len(words) > _LONGEST_PERSON or not words.startswith(lexicon.words("surname")):
        return False
    return len(words) == 3 or not (words.startswith(lexicon.words("surname-unsure")) and words.endswith(lexicon.words("field-ending")))


def _ends_office(words: str, lexicon: Lexicon) -> bool:
    return words.endswith(lexicon.words("office-ending")) and not words.endswith(lexicon.words("not-office"))
