"""What a web page says about a document above and beside it: fields (索引号：… 成文日期：…), and lines that are no part of it at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.parse.words.lexicon import Lexicon
from kg.rules.notation_rules import to_alternatives

_LONGEST_SITE = 24


@dataclass(slots=True)
class PageFields:
    """The values of a page's fields: as printed, empty where the page names none."""

    title: str = ""
    document_number: str = ""
    issuer: str = ""
    issued: str = ""


class FieldReader:
    """Tells the fields and the furniture of a page from the lines of its document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        names = ("head-title", "head-number", "head-issuer", "head-day", "head-other")
        self._kinds = {word: name.removeprefix("head-") for name in names for word in lexicon.words(name)}
        labels = to_alternatives(self._kinds)
        self._label_re = re.compile(rf"[〔（·]?(?P<label>{labels})(?:〕：?|：+)")

    def is_furniture(self, words: str) -> bool:
        """Say whether a line is a page's own: a way through the site, the site's name, a button."""
        bare = words.strip("|<>·- ")
        alone = self._lexicon.words("head-alone")
        if not bare or bare in alone or bare.startswith(self._lexicon.words("head-path")):
            return True
        if "。" in words or "《" in words:
            return False
        cells = [cell for cell in words.split("|") if cell]
        path = ">" in words or (len(cells) > 1 and all(len(cell) <= _LONGEST_SITE for cell in cells))
        return path or (len(bare) <= _LONGEST_SITE and (bare.endswith("网") or "网--" in bare))

    def read(self, words: str, fields: PageFields) -> bool:
        """Take the fields of a line into `fields`, the first value of a kind counting; say whether the line consists of fields."""
        labels = list(self._label_re.finditer(words))
        if not labels or labels[0].start() > 0:
            return False
        ends = [*(label.start() for label in labels[1:]), len(words)]
        for label, end in zip(labels, ends, strict=True):
            kind, value = self._kinds[label.group("label")], words[label.end() : end].strip(" |；，〔")
            target = {"title": "title", "number": "document_number", "issuer": "issuer", "day": "issued"}.get(kind)
            if target is not None and not getattr(fields, target):
                setattr(fields, target, value)
        return True
