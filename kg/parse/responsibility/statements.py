"""The statements of a stretch of words: what stands between semicolons, full stops and line breaks outside its brackets."""

from __future__ import annotations

from kg.parse.words.masks import MASK, mask_inner

#: Marks and blanks at the ends of names and clauses.
ENDS = "，；。、 "


def find_statements(view: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the statements of ``view[start:end]``, without those that hold nothing.

    Examples
    --------
    >>> find_statements("甲牵头；乙（丙；丁）配合。", 0, 13)
    [(0, 3), (4, 12)]
    """
    masked = mask_inner(view, start, end)
    found: list[tuple[int, int]] = []
    begun = 0
    for index, character in enumerate([*masked, "。"]):
        if character in "；。\n":
            if masked[begun:index].strip(ENDS + MASK) or MASK in masked[begun:index]:
                found.append((start + begun, start + index))
            begun = index + 1
    return found
