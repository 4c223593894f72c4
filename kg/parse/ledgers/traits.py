"""What a cell of a copied table looks like, and how well it fits a column.

A number fits the column of numbers, a list of agencies one that names a role, a person's name none of these. What cells of one table have
in common says more than a cell alone: where every task ends with a full stop, words without one are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Role, RoleBasis
from kg.parse.responsibility.reading import Reader
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.marks import Marks
from kg.parse.words.times import after_time

#: What a cell costs in a column: by the column's kind and the cell's trait. ``*`` is any other trait.
_COSTS: Mapping[str, Mapping[str, float]] = {
    "number": {"number": 0, "empty": 0.2, "*": 6},
    "role": {"duty": 0, "agencies": 0, "perhaps": 0.5, "nobody": 0, "empty": 0.3, "short": 2.5, "person": 4, "*": 6},
    "body": {"agencies": 0, "perhaps": 0, "short": 1.5, "nobody": 0, "empty": 0.2, "person": 2, "*": 4},
    "deadline": {"time": 0, "empty": 0.2, "nobody": 0, "short": 1.5, "agencies": 5, "*": 3},
    "person": {"person": 0, "empty": 0.2, "nobody": 0, "short": 2.5, "agencies": 4, "*": 6},
    "section": {"heading": 0, "short": 0.5, "perhaps": 0.8, "text": 1.5, "empty": 0.3, "person": 2, "agencies": 3, "*": 4},
    "task": {
        "text": 0,
        "short": 0.4,
        "number": 2,
        "perhaps": 0.5,
        "heading": 0.5,
        "empty": 0.5,
        "nobody": 1,
        "agencies": 2.5,
        "time": 2.5,
        "*": 4,
    },
    "other": {"empty": 0.1, "nobody": 0.2, "text": 0.5, "short": 0.5, "perhaps": 2.2, "time": 0.7, "number": 1, "heading": 1.5, "*": 2},
}
#: What it costs more that a cell is unlike the others of its column, and what a name costs whose end got lost.
_ODD = 2.0
_BROKEN_NAME = 0.8
#: Marks beside a number that single out an item; what they mean stands in a note below the table.
STARS = "★☆*△▲※◆"
_NUMBER_RE = re.compile(rf"[{STARS}]?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[{STARS}]?")
#: Figures that no name holds (甲镇280乙乡15).
FIGURES_RE = re.compile(r"\d\D+\d|\d$")
_LONGEST_SHORT = 14
#: A heading that ends as a sentence does is shorter than one that does not.
_LONGEST_SENTENCE = 45
_LONGEST_HEADING = 80
_LONGEST_TIME = 24
_LONGEST_REST = 6
_SHORTEST_NAME = 3
#: A table is said to end its tasks with a stop if it has so many long cells, and this share of them ends so.
_LEAST_CELLS = 3
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class Habits:
    """What the cells of one table have in common: tasks end with a full stop; agencies' names begin with the name of a level."""

    stops: bool = False
    levels: bool = False


class Judge:
    """Says how well words fit a column."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._reader = Reader(lexicon)
        self._known: dict[str, str] = {}
        self._habits = Habits()

    @property
    def marks(self) -> Marks:
        """The numbers that count items."""
        return self._lexicon.marks

    def learn(self, words: Sequence[str]) -> None:
        """Take in what the cells of one table have in common; `words` are all its cells."""
        long = [cell for cell in words if self.trait(cell) == "text" and len(cell) > _LONGEST_SHORT]
        named = [cell for cell in words if self.trait(cell) == "agencies"]
        leads = self._lexicon.name_leads
        self._habits = Habits(
            stops=len(long) >= _LEAST_CELLS and sum(cell.endswith(("。", "；")) for cell in long) >= _MOST * len(long),
            levels=len(named) >= _LEAST_CELLS and sum(cell.startswith(leads) for cell in named) >= _MOST * len(named),
        )

    def cost(self, kind: str, words: str) -> float:
        """Return what it costs to lay a cell of `words` (of the view) on a column of `kind`."""
        costs = _COSTS[kind or "other"]
        trait = self.trait(words)
        cost = costs.get(trait, costs["*"])
        if kind == "task" and self._habits.stops and trait in ("short", "perhaps") and not words.endswith(("。", "；")):
            return cost + _ODD
        if self._habits.levels and trait == "short" and words.startswith(self._lexicon.words("level")):
            # 省人口计生委 without its end among names that all begin with 省.
            return _BROKEN_NAME if kind == "role" else cost + _ODD
        return cost

    def ends_surely(self, words: str) -> bool:
        """Say whether `words` end as a whole name does: not with a place, which may begin another (国网甲县⏎供电公司)."""
        return self._reader.splitter.is_strong(words) or words.endswith(self._lexicon.words("weak-split"))

    def is_name(self, words: str) -> bool:
        """Say whether a line of a cell is a whole name, or one whose end got lost."""
        return self.is_whole_name(words) or (self._habits.levels and words.startswith(self._lexicon.words("level")))

    def is_whole_name(self, words: str) -> bool:
        """Say whether `words` are a whole name, none of whose end got lost."""
        return self.trait(words) in ("agencies", "duty", "perhaps")

    def begins_name(self, words: str, before: str) -> bool:
        """Say whether a line of a cell begins another name, and is not the second half of the one before."""
        if not self.is_name(words):
            return False
        if before.endswith(self._lexicon.words("small-body")):
            # 综合科⏎办公室 are two.
            return True
        if self._habits.levels and self.begins_with_level(words):
            return True
        return not words.startswith(self._lexicon.words("second-half"))

    def begins_with_level(self, words: str) -> bool:
        """Say whether `words` begin with the name of a level, or as a group does (市…, 各…)."""
        return words.startswith(self._lexicon.name_leads)

    def is_half(self, words: str) -> bool:
        """Say whether `words` are only the end of a name (集团, 办公室)."""
        return words in self._lexicon.words("second-half") or words in self._lexicon.words("bare-body")

    def trait(self, words: str) -> str:
        """Return what a cell looks like.

        One of ``number``, ``agencies``, ``duty``, ``perhaps``, ``nobody``, ``person``, ``time``, ``heading``, ``empty``,
        ``text`` and ``short``.
        """
        if words not in self._known:
            self._known[words] = self._find_trait(words)
        return self._known[words]

    def _find_trait(self, words: str) -> str:
        mark = self._lexicon.marks.find(words, 0, len(words))
        short = mark is None and len(words) <= _LONGEST_SHORT and not words.endswith(("。", "；"))
        traits = (
            ("empty", not words),
            ("nobody", words in self._lexicon.words("nobody") or words.rstrip("。") in self._lexicon.words("same-as")),
            ("number", bool(_NUMBER_RE.fullmatch(words)) or (mark is not None and mark.end == len(words))),
        )
        listed = mark is None or mark.kind == "circled"
        sure = next((trait for trait, holds in traits if holds), "") or (self._agencies(words) if listed else "")
        if sure:
            return sure
        if all(self._reader.splitter.is_person(part) for part in re.split(r"[、，；\s]+", words) if part):
            return "person"
        if self._is_time(words):
            return "time"
        longest = _LONGEST_SENTENCE if words.endswith("。") else _LONGEST_HEADING
        if mark is not None and mark.kind in ("hanzi", "hanziparen", "named") and len(words) <= longest:
            return "heading"
        return "short" if short else "text"

    def _is_time(self, words: str) -> bool:
        if words in self._lexicon.rules.deadlines.parts["open"]:
            return True
        rest = after_time(words, self._lexicon) if len(words) <= _LONGEST_TIME else None
        # 全年组织开展演出不少于100场。 begins with a time, but is a task.
        return rest is not None and not (words.endswith("。") and len(rest) > _LONGEST_REST)

    def _agencies(self, words: str) -> str:
        """Return ``agencies`` for names some of which are surely agencies', ``duty`` where a verb says what they do.

        ``perhaps`` are names that only end like an agency's.
        """
        reading = self._reader.read(words, 0, len(words), Role.RESPONSIBLE)
        names = reading.names()
        if not names or reading.troubles or not all(name.shaped and self._is_long(words[name.start : name.end]) for name in names):
            return ""
        if any(self._lexicon.begins_task(name) or FIGURES_RE.search(name) for name in (words[name.start : name.end] for name in names)):
            return ""
        if not any(self._reader.is_body(words, name) for name in names):
            return "perhaps"
        return "duty" if any(group.basis is RoleBasis.VERB for group in reading.groups) else "agencies"

    def _is_long(self, name: str) -> bool:
        """Say whether a name is long enough to be sure of: 各区 is, 社区 or 全区 is not."""
        all_of_a_kind = name.startswith("各") and self._reader.splitter.is_body(name)
        return len(name) >= _SHORTEST_NAME or name in self._lexicon.strong or all_of_a_kind
