"""Agencies, their names, groups and reorganisations."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class RegistryRules:
    """What the resolver knows."""


def load_registry_rules(folder: Traversable) -> RegistryRules:
    """Load the registry below `folder`."""
    return RegistryRules()
