"""Clauses among names that only tell what is done, and numbers: they must never become an agency's name."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.parse.words.lexicon import Lexicon

#: A telephone's number, also with its digits hidden.
_NUMBER_RE = re.compile(r"[\d×xX*＊()（）+—–-]{5,}")


def is_clause(words: str, lexicon: Lexicon, is_agency: Callable[[str], bool], is_strong: Callable[[str], bool]) -> bool:
    """Say whether `words` tell what is done (委托第三方机构, 指导市县, 报分管副局长审定), or are a number.

    Where they end as only an agency's name does, they are one (指导中心), unless what stands behind the verb is one (指导市教育局).
    """
    if _NUMBER_RE.fullmatch(words) is not None:
        return True
    verb = next((verb for verb in lexicon.words("clause-verb") if words.startswith(verb)), "")
    rest = words[len(verb) :]
    if lexicon.begins_task(words) and not is_agency(words):
        return True  # 整治乱象
    return bool(verb) and (not is_strong(words) or (rest.startswith(lexicon.words("level")) and is_strong(rest)))
