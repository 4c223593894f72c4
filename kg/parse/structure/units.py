"""Units: the numbered stretches of a text as a tree, their paths, and which kind of number is usually the outer one."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.parse.words.marks import Mark

#: From the outermost kind of number to the innermost, where a document does not show another order.
_USUAL = (
    "part1",
    "part2",
    "part3",
    "part4",
    "hanzi",
    "named",
    "part5",
    "hanziparen",
    "arabic",
    "dotted",
    "arabicparen",
    "halfparen",
    "circled",
)


@dataclass(slots=True)
class Unit:
    """A numbered unit, or (``mark`` None) a whole part. ``end`` is where the next unit that is no child begins."""

    mark: Mark | None
    parent: Unit | None
    start: int
    body: int
    end: int = 0
    path: str = ""
    title: str = ""
    children: list[Unit] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    """The kinds of number its children have."""

    @property
    def own_end(self) -> int:
        """Where the first child begins, or the end."""
        return self.children[0].start if self.children else self.end

    @property
    def depth(self) -> int:
        """Number of numbered units above and including this one."""
        return 0 if self.parent is None else self.parent.depth + 1

    def walk(self) -> list[Unit]:
        """Return this unit and all below it, in the order of the page."""
        found = [self]
        for child in self.children:
            found.extend(child.walk())
        return found


@dataclass(frozen=True, slots=True)
class Oddity:
    """An odd number: an issue code, flow indices and which number was expected (empty: none)."""

    code: str
    start: int
    end: int
    expected: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a document, each a root unit, and what is odd about its numbers."""

    parts: tuple[Unit, ...]
    oddities: tuple[Oddity, ...]


def outranks(above: Mark, below: Mark) -> bool:
    """Say whether the kind of a number is usually an outer one, seen from another."""
    return rank(above.kind) < rank(below.kind)


def name_paths(part: Unit, number: int) -> None:
    """Give the units of a part their paths, which begin with ``part2``, ``part3`` and so on in every part but the first."""
    part.path = "" if number == 1 else f"part{number}"
    _name_children(part)


def _name_children(unit: Unit) -> None:
    seen: dict[str, int] = {}
    for child in unit.children:
        assert child.mark is not None  # noqa: S101 - only roots lack a mark
        number = str(child.mark.value)
        if child.mark.kind.startswith("dotted") and not f".{unit.path}".endswith("." + child.mark.number.rsplit(".", 1)[0]):
            number = child.mark.number
        path = f"{unit.path}.{number}" if unit.path else number
        seen[path] = seen.get(path, 0) + 1
        child.path = path if seen[path] == 1 else f"{path}-{seen[path]}"
        _name_children(child)


def rank(kind: str) -> int:
    """Return how far in a kind of number usually stands: 0 for the outermost."""
    # part2部分: the rank of the noun that 第一 counts (parts.csv), and the noun.
    return _USUAL.index(kind[:5] if kind.startswith("part") else kind.rstrip("0123456789"))
