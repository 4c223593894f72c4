r"""Characters that are not what a page shows: invisible ones (soft hyphens, marks of writing direction, joiners), and stand-ins for others.

They come with text that is copied from web pages, chat programs and PDF files, and part a name from itself: a search for 市财政局 does not
find 市财政\u200b局. Blanks, line ends, emoji and full-width forms are printed and stay.
"""

from __future__ import annotations

import re
import unicodedata

from kg.repair.plan import Change
from kg.rules.stand_ins import STAND_INS, to_plain

#: Unicode's default ignorable code points but for those of Mongolian script; annotation marks; what stands for an object of a program.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_MARKS = "\u0300-\u036f"
_ODD_RE = re.compile(
    rf"(?P<keycap>(?<=[0-9])\ufe0f?\u20e3)|(?P<invisible>[{_INVISIBLE}]+)|(?P<stand_in>[{STAND_INS}]+)"
    rf"|(?P<composed>[A-Za-z\u00c0-\u024f][{_MARKS}]+)|(?P<loose>(?<=[\u2e80-\U0003134f])[{_MARKS}]+)"
)


def may_hold_stand_ins(text: str) -> bool:
    """Say at little cost whether there is anything to do."""
    return not text.isascii() and _ODD_RE.search(text) is not None


def find_stand_ins(text: str) -> list[Change]:
    r"""Return the changes that take out what is invisible and put what is shown for what stands for it.

    Examples
    --------
    >>> [change[2:] for change in find_stand_ins("市财\u00ad政局⼯作")]
    [('\xad', '', 'invisible', 'U+00AD'), ('⼯', '工', 'stand-in', 'U+2F2F')]
    """
    return [change for match in _ODD_RE.finditer(text) if (change := _make_change(match)).before != change.after]


def _make_change(match: re.Match[str]) -> Change:
    before, kind = match.group(), "stand-in"
    if match.lastgroup == "keycap":
        after = "."  # 1️⃣ is the number of an item
    elif match.lastgroup == "stand_in":
        after = to_plain(before)
    elif match.lastgroup == "composed":
        after = unicodedata.normalize("NFC", before)
    else:
        after, kind = "", "invisible"
    return Change(*match.span(), before, after, kind, f"U+{ord(before[0]):04X}")
