"""What became of every character: the stretches of an account cover a document without gap or overlap."""

from __future__ import annotations

from collections.abc import Iterable

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
    seen: list[tuple[AccountKind, str]] = [(AccountKind.SKIPPED, "outside any item")] * length
    for span, kind, reason in layers:
        seen[span.start : span.end] = [(kind, reason)] * (min(span.end, length) - span.start)
    entries: list[AccountEntry] = []
    start = 0
    for index in range(1, length + 1):
        if index == length or seen[index] != seen[start]:
            entries.append(AccountEntry(Span(start, index), *seen[start]))
            start = index
    return tuple(entries)
