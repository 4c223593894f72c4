"""Words of a sentence beside names: what is done, and what only begins like a name."""

from __future__ import annotations

from kg.parse.responsibility.names import NameSplitter
from kg.parse.words.lexicon import Lexicon


def find_task(view: str, start: int, end: int, splitter: NameSplitter, lexicon: Lexicon) -> int:
    """Return where the words begin behind a list of names that tell what is done (市教育局、市财政局制定办法), or `end`."""
    words = lexicon.words
    begins, names = (*words("task-verb"), *words("done-verb")), words("not-task-verb")
    places = [end, *(place for place in range(start + 2, end) if view.startswith(begins, place) and not view.startswith(names, place))]
    named = (place for place in places if (found := splitter.split(view, start, place)) and all(name.shaped for name in found))
    return next(named, end)


def begins_phrase(view: str, place: int, lexicon: Lexicon) -> bool:
    """Say whether words at `place` begin as a part of a sentence does (争取省财政厅, 对市政府), not as a name (建设局)."""
    words = lexicon.words
    return view.startswith((*words("task-verb"), *words("not-name-start")), place) and not view.startswith(words("not-task-verb"), place)


def begins_name(view: str, place: int, lexicon: Lexicon) -> bool:
    """Say whether a whole name may begin at `place`: with a level, a unit, a group or a place, not 办公室 in 市政府督查办公室."""
    words = lexicon.words
    leads = (*lexicon.name_leads, *words("unit"), *words("name-start"))
    return view.startswith(leads, place) or any(view[place : place + length] in lexicon.places for length in (2, 3, 4))
