"""Names that a list counts (责任单位：1.市教育局 2.市财政局): their numbers are no items, and no part of the names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.parse.words.lexicon import Lexicon

_COUNT = r"(?:\d{1,2}|[一二三四五六七八九十])"
_COUNT_RE = re.compile(rf"(?:（{_COUNT}）[.、]?|(?P<number>\d{{1,2}})[.、](?!\d)|{_COUNT}[.、](?!\d))")
#: A number before a name, at the beginning or behind a mark, or glued to the name before it.
_BEFORE_NAME_RE = re.compile(
    rf"(?:^|(?<=[、，；。： \n]))(?:{_COUNT}[.、]|（{_COUNT}）)(?=[^\d、.])"
    rf"|(?<=[\u4e00-\u9fff）])(?:\d{{1,2}}\.|（\d{{1,2}}）)(?=[\u4e00-\u9fff])"
)
_LONGEST_NAME = 45


def blank_counts(words: str, masked: str) -> str:
    """Return `masked`, a list of names whose brackets are masked, with blanks for the numbers before the names.

    `words` is the same list unmasked.

    Examples
    --------
    >>> blank_counts("1.市教育局2.市财政局、12345热线", "1.市教育局2.市财政局、12345热线")
    '  市教育局  市财政局、12345热线'
    >>> blank_counts("（1）市教育局（2）市财政局", "***市教育局***市财政局")
    '   市教育局   市财政局'
    """
    kept = list(masked)
    for count in _BEFORE_NAME_RE.finditer(words):
        first, last = count.span()
        # A number inside a name's own bracket (市发改委（1.审改办）) parts nothing.
        outer = first == 0 or masked[first - 1] == words[first - 1] or words[first - 1] == "）"
        if masked[first:last] == words[first:last] or (words[first] == "（" and outer):
            kept[first:last] = " " * (last - first)
    return "".join(kept)


def is_counted_name(view: str, lexicon: Lexicon) -> bool:
    """Say whether a line is a number and a name (2.市财政局)."""
    count = _COUNT_RE.match(view)
    name = view[count.end() :].rstrip("，、；。 ") if count is not None else ""
    return 2 <= len(name) <= _LONGEST_NAME and not re.search("[。；：]", name) and name.endswith(lexicon.strong)


def find_counted(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a paragraph in which numbers count names: each runs from its label to the end of the last name."""
    for label in lexicon.label_re.finditer(text, start, end):
        position = label.end()
        read_to = position
        while (count := _COUNT_RE.match(text, position, end)) is not None:
            following = _next_count(text, count, end)
            if not lexicon.ends_agency(text[count.end() : following].rstrip("，、；。 ")):
                break
            position = read_to = following
        if read_to > label.end():
            yield label.start(), read_to


def _next_count(text: str, count: re.Match[str], end: int) -> int:
    """Return where the next number stands, or the end of the list."""
    stop = min(end, count.end() + _LONGEST_NAME)
    if count.group("number"):
        value = int(count.group("number")) + 1
        following = re.compile(rf"(?<!\d){value}[.、](?!\d)").search(text, count.end(), stop)
    else:
        following = _COUNT_RE.search(text, count.end(), stop)
    if following is not None:
        return following.start()
    closing = re.compile("[。；\n]").search(text, count.end(), stop)
    return closing.start() if closing is not None else stop
