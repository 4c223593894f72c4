"""Where a plan stands: its place, the places around it, its date. Level words (市, 区, 省) mean something only from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Plan
from kg.rules.intervals import holds_on, overlap
from kg.rules.place_rules import LEVELS, NATIONAL, PlaceTable
from kg.rules.registry_rules import LEVEL_WORDS

#: Level words and the kinds of places (``places.csv``) they stand for.
_KINDS_OF_WORDS = {
    "省": ("省",),
    "自治区": ("自治区",),
    "市": ("市",),
    "州": ("州",),
    "自治州": ("州",),
    "盟": ("盟",),
    "地区": ("地区",),
    "区": ("区", "新区", "林区", "特区"),
    "县": ("县",),
    "旗": ("旗",),
}
#: The level a level word means where the table does not know the place of the plan.
_LEVELS_OF_WORDS = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    "州": "city",
    "自治州": "city",
    "盟": "city",
    "地区": "city",
    "区": "county",
    "县": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "街道": "township",
}
_OWN_PREFIXES = ("本", "我", "全")
#: How many names, and what share of them, begin with the word of one level before a plan of no known place is taken for one of it.
_ENOUGH_NAMES = 3
_NEARLY_ALL = 0.8
_SHORTEST_REST = 3
_LONGEST_PLACE_NAME = 16
#: Province, prefecture, county and township, each with its name; whatever is longer begins with no place.
LONGEST_PLACE = 4 * _LONGEST_PLACE_NAME


@dataclass(frozen=True, slots=True)
class Context:
    """From where names are read.

    ``own`` is the code of the issuer's place, empty where the table does not know it; ``chain`` are the codes of the places around it,
    innermost first, with `own`; ``level`` is the issuer's level. ``day`` is the day of the plan; where only its year is known, the first
    day of it, and ``until`` is the first day after it.
    """

    document_id: str
    day: date | None
    level: str
    own: str
    chain: tuple[str, ...]
    places: PlaceTable
    until: date | None = None

    @property
    def when(self) -> str:
        """The day or the year of the plan, for people."""
        return str(self.day.year if self.day is not None and self.until is not None else self.day or "no known date")

    def sees(self, begins: date | None, ends: date | None) -> bool:
        """Return whether what held in an interval of days held on the plan's day, or on a day of its year if no more is known."""
        if self.day is None:
            return True
        return holds_on(begins, ends, self.day) if self.until is None else overlap(begins, ends, self.day, self.until)


@dataclass(frozen=True, slots=True)
class PlaceReference:
    """What the words before a body mean.

    ``written`` is ``own`` (no words), ``relative`` (a level word), ``full`` or ``short`` (a name with or without its kind). A place
    that the table does not know has no code and stays within the plan.
    """

    code: str
    level: str
    written: str
    word: str = ""

    def key_scope(self, context: Context) -> str:
        """Return the first part of the keys of bodies of this place."""
        if self.code:
            return self.code
        same = self.level == context.level
        return context.document_id if same else f"{context.document_id}.{self.level}"


def locate(plan: Plan, places: PlaceTable) -> Context:
    """Return the context of `plan`, from its place, else its issuer, else its title.

    A plan of a town (上海市青浦区夏阳街道) knows the places around it but not its own code.
    """
    words = (plan.place, plan.issuer, plan.title)
    context = locate_words(words, plan.level, plan.document.document_id, plan.as_of, places)
    if plan.issued is None and plan.year is not None:
        context = replace(context, until=date(plan.year + 1, 1, 1))
    if context.own or context.level:
        return context
    return replace(context, level=_guess_level({mention.name for task in plan.tasks for mention in task.mentions}))


def locate_words(words: Iterable[str], level: str, document_id: str, day: date | None, places: PlaceTable) -> Context:
    """Return the context that the first of `words` with a known place gives; see :func:`locate`."""
    if level == "national":
        return Context(document_id, day, level, NATIONAL, (), places)
    unknown = Context(document_id, day, level, "", (), places)
    for text in words:
        codes, rest = _read_path_prefix(text.removeprefix("中共").removeprefix("中国共产党"), unknown)
        codes = _narrow(codes, unknown)
        if len(codes) != 1:
            continue
        place = places.find_place(codes[0], day)
        if place is None:
            continue
        # 夏阳街道 is left over from 上海市青浦区夏阳街道: the plan is one of a place below the one that is known.
        below = level in LEVELS and LEVELS.index(level) > LEVELS.index(place.level) and not (place.municipality and level == "city")
        if below and (level == "township" or _may_be_place(rest)):
            return Context(document_id, day, level, "", places.chain(place.code), places)
        return Context(document_id, day, place.level, place.code, places.chain(place.code), places)
    return unknown


def _guess_level(names: Iterable[str]) -> str:
    """Return the level whose word begins nearly all names that begin with one (市公安局, 市财政局 …); empty if they differ or are few."""
    words = sorted(_LEVELS_OF_WORDS, key=lambda word: (-len(word), word))
    levels = [next((_LEVELS_OF_WORDS[word] for word in words if name.startswith(word)), "") for name in names]
    counts = Counter(filter(None, levels))
    level, count = max(sorted(counts.items()), key=lambda item: item[1], default=("", 0))
    return level if count >= _ENOUGH_NAMES and count >= _NEARLY_ALL * sum(counts.values()) else ""


def _may_be_place(rest: str) -> bool:
    """Return whether what is left after the known places ends as a place of its own does."""
    return rest.endswith(tuple("镇乡道县区市旗州盟"))


def find_references(words: str, context: Context) -> tuple[PlaceReference, ...]:
    """Return what `words` before a body may mean; nothing if they are no place, several if they are ambiguous.

    Examples
    --------
    >>> from kg.rules.place_rules import Place
    >>> table = PlaceTable({"310000": (Place("310000", "上海市", "上海", "市", "province", "100000"),)}, {"上海市": ("310000",)})
    >>> context = Context("d", None, "province", "310000", ("310000",), table)
    >>> [reference.written for word in ("市", "上海市", "广") for reference in find_references(word, context)]
    ['relative', 'full']
    """
    if not words:
        own = PlaceReference(context.own, context.level, "own", _own_word(context))
        return (own,) if context.own == NATIONAL else (own, PlaceReference(NATIONAL, "national", "own"))
    relative = _find_relative(words, context)
    if relative is not None:
        return (relative,)
    if words in _LEVELS_OF_WORDS:
        return ()
    codes, rest = _read_path_prefix(words, context)
    if rest:
        return ()
    references = []
    for code in _narrow(codes, context):
        place = context.places.find_place(code, context.day)
        if place is not None:
            written = "short" if words.endswith(place.short) and not words.endswith((place.name, place.short + place.kind)) else "full"
            references.append(PlaceReference(code, place.level, written))
    return tuple(references)


def find_places(name: str, context: Context) -> Iterator[tuple[PlaceReference, str]]:
    """Yield what the beginnings of the folded `name` may mean, the shortest first (none: the issuer's own place), and what follows each."""
    for end in range(min(len(name), LONGEST_PLACE)):
        for reference in find_references(name[:end], context):
            yield reference, name[end:]


def strip_own_place(name: str, context: Context) -> str:
    """Return the folded `name` without the issuer's own place before it, if three characters or more are left."""
    own = [rest for reference, rest in find_places(name, context) if (reference.code, reference.level) == (context.own, context.level)]
    return next((rest for rest in reversed(own) if len(rest) >= _SHORTEST_REST), name)


def _own_word(context: Context) -> str:
    # Of a place that the table does not know, the level alone does not tell the word: a county-level plan may be one of a 区.
    return LEVEL_WORDS.get(context.level, "") if context.own else ""


def _find_relative(words: str, context: Context) -> PlaceReference | None:
    word = words[1:] if words.startswith(_OWN_PREFIXES) else words
    if word == "国家":
        return None
    for code in context.chain:
        place = context.places.find_place(code, context.day)
        if place is not None and place.kind in _KINDS_OF_WORDS.get(word, ()):
            return PlaceReference(code, place.level, "relative", word)
    if word == "区" and context.own and context.level == "province":
        # A plan of an autonomous region may call it 区 for short.
        place = context.places.find_place(context.own, context.day)
        return PlaceReference(context.own, "province", "relative", word) if place is not None and place.kind == "自治区" else None
    if (
        not context.own
        and word in _LEVELS_OF_WORDS
        and not any(_level_of(code, context) == _LEVELS_OF_WORDS[word] for code in context.chain)
    ):
        level = "province" if word == "市" and context.level == "province" else _LEVELS_OF_WORDS[word]
        return PlaceReference("", level, "relative", word)
    return None


def _level_of(code: str, context: Context) -> str:
    place = context.places.find_place(code, context.day)
    return place.level if place is not None else ""


def _read_path_prefix(text: str, context: Context) -> tuple[tuple[str, ...], str]:
    """Read the longest path of places that begins `text`; return the innermost codes and the text that is left."""
    places = context.places
    best: tuple[tuple[str, ...], str] = ((), text)
    for length in range(min(len(text), _LONGEST_PLACE_NAME), 1, -1):
        name = text[:length]
        codes = tuple(dict.fromkeys((*places.full_names.get(name, ()), *places.short_names.get(name, ()))))
        if not codes:
            continue
        rest = text[length:]
        inner, left = _read_path_prefix(rest, context) if rest else ((), rest)
        below = tuple(code for code in inner if set(codes) & set(places.chain(code)[1:]))
        found = (below, left) if below else (codes, rest)
        if len(found[1]) < len(best[1]):
            best = found
    return best


def _narrow(codes: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """Keep the places nearest to the context: around it, else within it, else the only one of a province or prefecture."""
    places = context.places
    if len(codes) > 1:
        alive = tuple(code for code in codes if any(place.alive_on(context.day) for place in places.rows[code]))
        codes = alive or codes
    tests: tuple[Callable[[str], bool], ...] = (
        lambda code: code in context.chain,
        lambda code: context.own in places.chain(code),
        lambda code: bool(set(context.chain) & set(places.chain(code))),
        lambda code: _level_of(code, context) == "province",
        lambda code: _level_of(code, context) == "city",
    )
    for test in tests:
        if len(codes) <= 1:
            break
        codes = tuple(code for code in codes if test(code)) or codes
    return codes
