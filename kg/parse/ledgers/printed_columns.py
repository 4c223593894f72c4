"""The columns of a table that blanks keep: their titles, which may be broken over several lines, and where on the lines they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.parse.ledgers.columns import names_columns, squeeze_title, title_kind
from kg.parse.ledgers.printed_lines import PrintedLine, Word
from kg.parse.words.lexicon import Lexicon

_MOST_TITLE_LINES = 4
_LONGEST_TITLE = 14
_LONGEST_BROKEN = 10
_LONGEST_OVER = 6
_LEAST_TITLES = 3
_LEAST_SHARE = 2 / 3
_NO_TITLE_RE = re.compile(r"[。；：，、]|^\d+$")
#: Columns drift by so many places from row to row; a word outside its column by more stands in none.
#: Columns drift by so many places from row to row, and one row in so many by more; a word outside its column by more stands in none.
_DRIFT = 2
_DRIFTING = 6
_OUTSIDE = 3.0
#: Where columns stand is found in rounds, in each of which words teach that stand outside by no more.
_ACCEPTED = (99.0, 6.0, _OUTSIDE, _OUTSIDE)
#: So many lines with a word in each column teach where these stand; with fewer, the titles do.
_LEAST_WHOLE = 2
#: What it costs that two words of a line share a column, for each blank between them.
_SHARING = 2.5
#: What it costs that words stand in the column of numbers.
_ODD = 20.0
#: What it is worth that a word stands just below one of its column, in one of so many lines.
_BELOW = 1.5
_ABOVE = 2
_NO_WAY = 1e9


@dataclass(frozen=True, slots=True)
class Head:
    """The titles of a printed table: the words of each, from left to right, and how many lines they take."""

    titles: tuple[tuple[Word, ...], ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    lines: int


def find_head(lines: Sequence[PrintedLine], index: int, view: str, lexicon: Lexicon) -> Head | None:
    """Return the titles that begin at a line; a title may be broken over several, or stand over others, which then are the titles."""
    best: Head | None = None
    most = 0
    for count in range(1, _MOST_TITLE_LINES + 1):
        held = lines[index : index + count]
        texts = [word.span.slice(view) for line in held for word in line.words]
        if len(held) < count or any(len(text) > _LONGEST_TITLE or _NO_TITLE_RE.search(text) for text in texts):
            break
        head = _to_head(held, view, lexicon)
        named = {word for title, kind in zip(head.titles, head.kinds, strict=True) if kind for word in title}
        held_by = {word for title in head.titles for word in title}
        if not any(word in named or (word not in held_by and _is_over(word, view)) for word in held[0].words):
            # What stands above titles is none of them.
            break
        known = sum(bool(kind) for kind in head.kinds)
        sure = known * 2 - len(head.kinds)
        if len(head.names) < _LEAST_TITLES or known < _LEAST_SHARE * len(head.kinds) or not names_columns(head.names, lexicon):
            continue
        if sure >= most:
            best, most = head, sure
    return best


def _to_head(lines: Sequence[PrintedLine], view: str, lexicon: Lexicon) -> Head:
    stacks: list[list[Word]] = []
    for line in lines:
        for word in line.words:
            over = [stack for stack in stacks if any(word.left < other.right and other.left < word.right for other in stack)]
            if not over:
                stacks.append([word])
                continue
            over[0].append(word)
            for other in over[1:]:
                # A title that stands over several is none itself: the later ones are.
                over[0].extend(other)
                stacks.remove(other)
    titles: list[tuple[Word, ...]] = []
    for stack in stacks:
        titles.extend(_titles_of(sorted(stack, key=lambda word: word.span), view, lexicon))
    titles.sort(key=lambda title: min(word.left for word in title))
    titles = _without_over(titles, view, lexicon)
    names = tuple(_name(title, view) for title in titles)
    return Head(tuple(titles), names, tuple(title_kind(name, lexicon) for name in names), len(lines))


def _titles_of(stack: Sequence[Word], view: str, lexicon: Lexicon) -> list[tuple[Word, ...]]:
    """Return the titles that words one below another are: one, or those below a title that stands over them."""
    if len(stack) == 1 or (len(_name(stack, view)) <= _LONGEST_BROKEN and title_kind(_name(stack, view), lexicon)):
        return [tuple(stack)]
    if title_kind(_name(stack[:1], view), lexicon) not in ("role", "") or not _is_over(stack[0], view):
        return [tuple(stack)]
    below = [word for word in stack[1:] if not (word.left < stack[0].right and stack[0].left < word.right)]
    rest = stack[1:]
    overlap = any(left is not right and left.left < right.right and right.left < left.right for left in rest for right in rest)
    if len(rest) > 1 and not overlap and all(title_kind(_name([word], view), lexicon) for word in rest):
        return [(word,) for word in rest]
    if rest and not below and title_kind(_name(rest, view), lexicon):
        return [tuple(rest)]
    return [tuple(stack)]


def _without_over(titles: Sequence[tuple[Word, ...]], view: str, lexicon: Lexicon) -> list[tuple[Word, ...]]:
    """Drop a title that stands above the gap between two others of roles or persons (责任分工 over 牵头单位 and 配合单位)."""

    def is_below(place: int, title: Sequence[Word]) -> bool:
        if not 0 <= place < len(titles):
            return False
        kind = title_kind(_name(titles[place], view), lexicon)
        return kind in ("role", "person") and titles[place][0].span.start > title[-1].span.end

    return [
        title
        for place, title in enumerate(titles)
        if not (is_below(place - 1, title) and is_below(place + 1, title) and title_kind(_name(title, view), lexicon) in ("role", ""))
    ]


def _is_over(word: Word, view: str) -> bool:
    """Say whether a word is short enough to stand over several titles as one itself."""
    return len(_name([word], view)) <= _LONGEST_OVER


def _name(title: Sequence[Word], view: str) -> str:
    return squeeze_title("".join(word.span.slice(view) for word in title))


@dataclass(frozen=True, slots=True)
class Fit:
    """Where columns stand: the left and right edge of each.

    ``misfit`` is by how much words stand outside, on average; ``aligned`` the share of words that begin below one another, or whose middles
    stand so.
    """

    edges: tuple[tuple[int, int], ...]
    misfit: float
    aligned: float

    @property
    def overlap(self) -> int:
        """By how many places neighbouring columns overlap at most."""
        return max((before[1] - after[0] for before, after in pairwise(self.edges)), default=0)


def fit_columns(lines: Sequence[PrintedLine], head: Head) -> Fit | None:
    """Return where the columns below `head` stand; None if the words of `lines` stand in no columns."""
    count = len(head.titles)
    whole = [line.words for line in lines if len(line.words) == count]
    edges = _edges([[*title, *(words[column] for words in whole)] for column, title in enumerate(head.titles)])
    if len(whole) < _LEAST_WHOLE:
        edges = _between(_edges(head.titles))
    misfit = 0.0
    for most in _ACCEPTED:
        seen = [list(title) for title in head.titles]
        misfit = 0.0
        laid = lay_lines(lines, edges, head.kinds)
        for held in laid:
            for column, words in held.items():
                misfit += _OUTSIDE * sum(after.left - before.right > _DRIFT for before, after in pairwise(words))
                for word in words:
                    outside = _outside(word, edges[column])
                    misfit += min(outside, 2 * _OUTSIDE)
                    if outside <= most:
                        seen[column].append(word)
        edges = _edges(seen)
    count = sum(len(line.words) for line in lines)
    fit = Fit(tuple(edges), misfit / max(1, count), _aligned(laid))
    return fit if fit.overlap <= _DRIFT else None


def lay_lines(lines: Sequence[PrintedLine], edges: Sequence[tuple[int, int]], kinds: Sequence[str]) -> list[dict[int, list[Word]]]:
    """Return for each line its words by the column they stand in: a word that stands just below another goes on with its column."""
    laid: list[dict[int, list[Word]]] = []
    for line in lines:
        above = {column: words[0].left for held in laid[-_ABOVE:] for column, words in held.items()}
        by_column: dict[int, list[Word]] = {}
        for word, column in zip(line.words, _lay_words(line.words, edges, kinds, above), strict=True):
            by_column.setdefault(column, []).append(word)
        laid.append(by_column)
    return laid


def _lay_words(words: Sequence[Word], edges: Sequence[tuple[int, int]], kinds: Sequence[str], above: Mapping[int, int]) -> list[int]:
    """Return for each word of a line the column it stands in, in their order; a column of numbers holds nothing else."""
    ways: Mapping[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for place, word in enumerate(words):
        gap = word.left - words[place - 1].right if place else 0
        following: dict[int, tuple[float, list[int]]] = {}
        for column, edge in enumerate(edges):
            near = [
                (cost + (_SHARING * gap if laid and laid[-1] == column else 0.0), laid)
                for last, (cost, laid) in ways.items()
                if last <= column
            ]
            cost, laid = min(near, default=(_NO_WAY, []))
            odd = _ODD if kinds[column] == "number" and not word.number else 0.0
            below = _BELOW if above.get(column) == word.left else 0.0
            following[column] = (cost + odd + _outside(word, edge) - below, [*laid, column])
        ways = following
    return min(ways.values())[1] if words else []


def _aligned(laid: Sequence[Mapping[int, Sequence[Word]]]) -> float:
    """Return the share of first words in their columns that begin below one another, or whose middles do."""
    by_column: dict[int, list[Word]] = {}
    for line in laid:
        for column, words in line.items():
            by_column.setdefault(column, []).append(words[0])
    found = total = 0
    for first in by_column.values():
        left, middle = (sorted(places)[len(first) // 2] for places in ([w.left for w in first], [w.left + w.right for w in first]))
        found += max(
            sum(abs(word.left - left) <= _DRIFT for word in first),
            sum(abs(word.left + word.right - middle) <= 2 * _DRIFT - 1 for word in first),
        )
        total += len(first)
    return found / total if total else 0.0


def _between(edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return edges that reach halfway to the neighbouring columns."""
    cuts = [0, *((before[1] + after[0]) // 2 for before, after in pairwise(edges)), edges[-1][1]]
    return [(left, max(left, right)) for left, right in pairwise(cuts)]


def _outside(word: Word, edge: tuple[int, int]) -> float:
    return float(max(0, edge[0] - word.left) + max(0, word.right - edge[1]))


def _edges(seen: Sequence[Sequence[Word]]) -> list[tuple[int, int]]:
    """Return the edges within which most words stand: rows drift."""
    return [
        (sorted(word.left for word in words)[len(words) // _DRIFTING], sorted(word.right for word in words)[-1 - len(words) // _DRIFTING])
        for words in seen
    ]
