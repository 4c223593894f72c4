"""The words of a report in one language, and how numbers are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kg.errors import OutputError
from kg.rules.files import read_toml

LANGUAGES = ("zh", "en")
#: The parts of each catalogue: the load report's own has no name, ``ledger.zh.toml`` is the ledger's.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "ledger": ("ledger", "sheet", "column", "width", "status", "note"),
    "comparison": ("page", "counts", "status", "doubt", "headline", "section", "reading", "column", "text", "method"),
    "": (
        "page",
        "counts",
        "headline",
        "scatter",
        "heat",
        "ranking",
        "roles",
        "removal",
        "gaps",
        "gap",
        "uncertainty",
        "method",
        "plans",
        "annex",
        "column",
        "layer",
        "role",
        "collective",
        "sheet",
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A message catalogue.

    Examples
    --------
    >>> load_words("en").say("page.more", count=3)
    'Agencies not drawn: 3; see the annex.'
    """

    lang: str
    messages: Mapping[str, Mapping[str, Any]]

    def say(self, path: str, **values: object) -> str:
        """Return the message at ``part.key`` with its blanks filled in.

        Raises
        ------
        KeyError
            There is no such message: a fault of the code or the catalogue, not of the input.
        """
        part, _, key = path.partition(".")
        message = str(self.messages[part][key])
        return message.format(**values) if values else message

    def join(self, names: list[str]) -> str:
        """Return names as a list in a sentence."""
        return ("、" if self.lang == "zh" else ", ").join(names)

    def join_clauses(self, clauses: list[str]) -> str:
        """Return clauses as one sentence."""
        return ("；" if self.lang == "zh" else "; ").join(clauses) + ("。" if self.lang == "zh" else ".") if clauses else ""


def load_words(lang: str, catalogue: str = "") -> Words:
    """Load a catalogue in a language: the load report's, ``ledger`` or ``comparison``.

    Raises
    ------
    OutputError
        There is none.
    """
    if lang not in LANGUAGES:
        raise OutputError(f"no such language: {lang}; there is {', '.join(LANGUAGES)}")
    folder: Traversable = files("kg.reports") / "messages"
    name = f"{catalogue}.{lang}.toml" if catalogue else f"{lang}.toml"
    return Words(lang, read_toml(folder, name, _PARTS[catalogue]))


def write_number(value: object, digits: int = 2) -> str:
    """Return a number for reading: whole numbers as they are, others with some decimals, nothing for what is not defined.

    Examples
    --------
    >>> write_number(3), write_number(0.5), write_number(None)
    ('3', '0.50', '')
    """
    if value is None:
        return ""
    return f"{value:.{digits}f}" if isinstance(value, float) else str(value)


def shorten(text: str, most: int) -> str:
    """Return a text cut to a length, with an ellipsis for what is left out.

    Examples
    --------
    >>> shorten("市政府办公厅", 4)
    '市政府…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"
