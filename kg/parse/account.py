"""What became of every character: the stretches of an account cover a document without gap or overlap."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import pairwise

from kg.model import AccountEntry, AccountKind, Span


def make_account(length: int, layers: Iterable[tuple[Span, AccountKind, str]]) -> tuple[AccountEntry, ...]:
    """Lay stretches over each other, later ones on top, and return what is seen from above.

    Parameters
    ----------
    length
        Length of the text in code points.
    layers
        Stretches with their kind and reason, from the lowest to the highest.

    Returns
    -------
    tuple of AccountEntry
        Sorted, touching each other, covering ``[0, length)``. What no layer covers is skipped, as text outside any item.

    Examples
    --------
    >>> [(entry.span.start, entry.span.end, entry.kind.value) for entry in make_account(4, [(Span(1, 3), AccountKind.TASK, "")])]
    [(0, 1, 'skipped'), (1, 3, 'task'), (3, 4, 'skipped')]
    """
    laid = [(span.start, min(span.end, length), kind, reason) for span, kind, reason in layers if span.start < min(span.end, length)]
    by_start = sorted(range(len(laid)), key=lambda layer: laid[layer][0])
    places = sorted({0, length, *(layer[0] for layer in laid), *(layer[1] for layer in laid)})
    active: list[int] = []  # a heap of layers that have begun, the highest first
    begun = 0
    entries: list[AccountEntry] = []
    for start, end in pairwise(places):
        while begun < len(by_start) and laid[by_start[begun]][0] <= start:
            heappush(active, -by_start[begun])
            begun += 1
        while active and laid[-active[0]][1] <= start:
            heappop(active)
        kind, reason = laid[-active[0]][2:] if active else (AccountKind.SKIPPED, "outside any item")
        if entries and (entries[-1].kind, entries[-1].reason) == (kind, reason):
            entries[-1] = AccountEntry(Span(entries[-1].span.start, end), kind, reason)
        else:
            entries.append(AccountEntry(Span(start, end), kind, reason))
    return tuple(entries)
