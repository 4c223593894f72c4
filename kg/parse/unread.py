"""What speaks of responsibility and was read by no step, wherever on the page it stands: it is reported, never lost in silence.

The steps report what they meet and cannot read. This one meets what they did not: a bracket in a cell that is no column of names, behind a
deadline, or outside all items.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kg.model import Span
from kg.parse.build import Source, to_span
from kg.parse.responsibility.assignments import Scanner
from kg.parse.responsibility.readings import Trouble
from kg.parse.words.brackets import find_brackets, find_pairs, outermost
from kg.parse.words.cuts import find_paragraphs
from kg.parse.words.lexicon import Lexicon

#: A bracket without end is the text itself.
_LONGEST_BRACKET = 2_000


def find_unread(source: Source, lexicon: Lexicon, met: Iterable[Span]) -> Iterator[Trouble]:
    """Find the brackets of a source that say who is responsible and of which no word was read or reported.

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
        ``unread-responsibility``, in the order of the page.
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


class _Starts:
    """Where stretches begin, in order."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts = sorted({span.start for span in spans})

    def any_within(self, span: Span) -> bool:
        first = bisect_left(self._starts, span.start)
        return first < len(self._starts) and self._starts[first] < span.end
