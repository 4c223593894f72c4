"""Tables for the repair of damaged text."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class RepairRules:
    """What the repair step knows."""


def load_repair_rules(folder: Traversable) -> RepairRules:
    """Load the repair tables below `folder`."""
    return RepairRules()
