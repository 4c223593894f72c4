"""Names on the page → agencies and groups as of the plan's date, with the rule that decided."""

from kg.resolve.names import ResolvedName, resolve_name
from kg.resolve.overrides import Override, Overrides, load_overrides
from kg.resolve.plans import resolve_plan

__all__ = ["Override", "Overrides", "ResolvedName", "load_overrides", "resolve_name", "resolve_plan"]
