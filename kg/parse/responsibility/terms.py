"""Terms among names: clauses that say by when, and name nobody."""

from __future__ import annotations

from kg.parse.responsibility.names import NameSplitter
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.times import around_time


def is_term(words: str, lexicon: Lexicon, splitter: NameSplitter) -> bool:
    """Say whether a clause is a term (年底前完成, 年内持续推进, 持续推进), no name."""
    lasting = next((word for word in lexicon.rules.deadlines.words("open") if words.endswith(word)), None)
    if lasting is not None:
        before = words.removesuffix(lasting)
        return not any(splitter.is_body(before[name.start : name.end]) for name in splitter.split(before, 0, len(before)))
    before, rest = around_time(words, lexicon)
    if rest is None or splitter.is_strong(words) or splitter.is_agency(before):
        return False
    return (not rest and not before) or any(verb in rest for verb in lexicon.words("term-verb"))
