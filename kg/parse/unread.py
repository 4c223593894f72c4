"""What speaks of responsibility and was read by no step, wherever on the page it stands: it is reported, never lost in silence.

The steps report what they meet and cannot read. This one meets what they did not: a bracket in a cell that is no column of names, behind a
deadline, or outside all items.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kg.model import Span
from kg.parse.build import Source, to_span
from kg.parse.responsibility.assignments import Scanner
from kg.parse.responsibility.names import NameSplitter
from kg.parse.responsibility.readings import Trouble
from kg.parse.words.brackets import find_brackets, find_pairs, outermost
from kg.parse.words.cuts import find_paragraphs
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import mask_inner
from kg.rules.notation_rules import to_alternatives

#: A bracket without end is the text itself.
_LONGEST_BRACKET = 2_000
_LONGEST_RULE = 300


def find_unread(source: Source, lexicon: Lexicon, met: Iterable[Span]) -> Iterator[Trouble]:
    """Find what a source says of who is responsible and of which no word was read or reported: brackets, and names for all later tasks.

    Parameters
    ----------
    source
        A way of writing of the document, read.
    lexicon
        The tables of words.
    met
        What was read or reported, as stretches of the document.

    Yields
    ------
    Trouble
        ``unread-responsibility`` and ``unread-rule``.
    """
    flow = source.flow
    scanner = Scanner(flow.text, lexicon)
    reported = _Starts(met)
    read = _Starts(Span(stretch.start, stretch.end) for stretch in source.work.stretches)
    for start, end in find_paragraphs(flow.text, 0, len(flow.text)):
        brackets = find_brackets(flow.text, start, end)[0]
        # 「责任单位：A」: corner brackets are quotes to the notations.
        for opened, closed in outermost([*brackets, *find_pairs(flow.text, start, end, {"“": "”"})]):
            known = closed - opened > _LONGEST_BRACKET or read.any_within(Span(opened, closed))
            if known or reported.any_within(to_span(flow, opened, closed)) or not scanner.names_somebody(opened, closed):
                continue
            yield Trouble("unread-responsibility", opened, closed)
    for start, end in _find_standing(flow.text, lexicon):
        if not reported.any_within(to_span(flow, start, end)):
            yield Trouble("unread-rule", start, end)


def _find_standing(view: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Find clauses that name somebody for all later tasks (以下均需各县政府落实), wherever they stand; a lost bracket hides them."""
    cue, must = to_alternatives(lexicon.words("standing-cue")), to_alternatives(lexicon.words("standing-must"))
    splitter = NameSplitter(lexicon)
    for said in re.finditer(
        rf"(?:^|(?<=[，。；、（〔\n ]))(?:{cue})[^，。；、\n]{{0,12}}?(?:{must})(?P<rest>[^。；\n]{{2,{_LONGEST_RULE}}})", view
    ):
        start, end = said.span("rest")
        verb = lexicon.verb_re.search(mask_inner(view, start, end))
        names = splitter.split(view, start, start + verb.start()) if verb is not None else ()
        if verb is not None and names and all(splitter.is_body(view[name.start : name.end]) for name in names):
            yield said.start(), start + verb.end()


class _Starts:
    """Where stretches begin, in order."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts = sorted({span.start for span in spans})

    def any_within(self, span: Span) -> bool:
        first = bisect_left(self._starts, span.start)
        return first < len(self._starts) and self._starts[first] < span.end
