"""Hard line wraps: line ends that a page of fixed width put in, and that end no sentence."""

from __future__ import annotations

from collections import Counter

from kg.repair.tokens import ANY_PINYIN_RE, WRAP

LEAST = 40
"""Width of a line, in half-width characters, from which on it may be a full one."""
SLACK = 6
"""By how much a full line may differ from the common width: what damage takes away or puts in, and marks that no line begins with."""
FULL_LINES, FULL_SHARE, LONGER_SHARE = 5, 0.3, 0.1
"""A page is wrapped if so many lines, and this share of the wide ones, are full, and no more than the other share are wider still."""


def mark_wraps(text: str) -> str:
    r"""Return `text` with :data:`WRAP` for each line end that only wraps, so that offsets stay.

    Examples
    --------
    >>> page = "各部门要高度重视推进政务公开工作加强组织领导落实工作责任切实抓好落\n实。\n"
    >>> mark_wraps(page * 6).count(WRAP), mark_wraps(page).count(WRAP)
    (6, 0)
    """
    if WRAP in text:
        return text
    lines = text.split("\n")
    widths = [_get_width(line) for line in lines]
    wide = Counter(width // 2 for width in widths if width >= LEAST)
    if not wide:
        return text
    # The common width is that of most lines with those just beside it: damage and half-width characters blur it.
    common = 2 * max(sorted(wide), key=lambda half: wide[half - 1] + wide[half] + wide[half + 1])
    full = [abs(width - common) <= SLACK for width in widths]
    longer = sum(width > common + SLACK for width in widths)
    total = wide.total()
    if sum(full) < max(FULL_LINES, FULL_SHARE * total) or longer > LONGER_SHARE * total:
        return text
    parts = []
    for line, is_full, following in zip(lines, full, [*lines[1:], ""], strict=True):
        parts += [line, WRAP if is_full and following[:1].strip() else "\n"]
    return "".join(parts[:-1])


def _get_width(line: str) -> int:
    """Return the width in half-width characters, without inserted pinyin."""
    line = ANY_PINYIN_RE.sub("", line)
    return 2 * len(line) - sum(char < "\x7f" for char in line)
