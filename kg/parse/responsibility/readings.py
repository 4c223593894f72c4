"""What a stretch of words says of who is responsible, and what of it could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Role, RoleBasis
from kg.parse.responsibility.document_rules import ListRule
from kg.parse.responsibility.names import RawName


@dataclass(frozen=True, slots=True)
class Group:
    """Names that share a role."""

    role: Role
    basis: RoleBasis
    names: tuple[RawName, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Words in a stretch that could not be read: an issue code and flow indices."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Same:
    """Words that stand for the names of the item above (同上): flow indices, and the role whose names they are; None: of all roles."""

    role: Role | None
    start: int
    end: int


@dataclass(slots=True)
class Reading:
    """What a stretch says. ``standing`` are names for all later tasks, ``rule`` says how later lists are read."""

    groups: list[Group] = field(default_factory=list)
    standing: list[Group] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    deadlines: list[tuple[int, int]] = field(default_factory=list)
    rule: ListRule | None = None
    persons: list[RawName] = field(default_factory=list)
    """Names of persons, which are left out."""
    tells: bool = False
    """Whether a verb has an object (A负责接听): the words tell what somebody does, and need not say who does the task."""
    labelled: bool = False
    """Whether a label of a role stood there, even without names."""
    same: list[Same] = field(default_factory=list)

    def names(self) -> list[RawName]:
        """Return all names, standing ones last."""
        return [name for group in (*self.groups, *self.standing) for name in group.names]
