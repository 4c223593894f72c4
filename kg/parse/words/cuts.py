"""Where a text is cut: its paragraphs, and the next of some marks."""

from __future__ import annotations

from collections.abc import Iterator


def find_stop(text: str, marks: str, start: int, end: int) -> int:
    """Return where the first of `marks` stands in ``text[start:end]``, or `end`.

    Examples
    --------
    >>> find_stop("甲负责。乙配合；丙", "；。", 4, 9), find_stop("甲负责", "；。", 0, 3)
    (7, 3)
    """
    return next((index for index in range(start, end) if text[index] in marks), end)


def find_paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    r"""Yield where the paragraphs of ``text[start:end]`` begin and end, without those that hold nothing.

    Examples
    --------
    >>> list(find_paragraphs("一\n\n二三\n", 0, 6))
    [(0, 1), (3, 5)]
    """
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1
