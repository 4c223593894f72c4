"""Notations: how plans number their items and say who is responsible."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class NotationRules:
    """What the parser knows."""


def load_notation_rules(folder: Traversable) -> NotationRules:
    """Load the notations below `folder`."""
    return NotationRules()
