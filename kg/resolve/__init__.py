"""Names on the page → agencies and groups as of the plan's date, with the rule that decided."""

from kg.resolve.names import ResolvedName, resolve_name
from kg.resolve.overrides import Override, Overrides, read_overrides
from kg.resolve.plans import explain_name, resolve_plan
from kg.resolve.pool import share_unknown

__all__ = ["Override", "Overrides", "ResolvedName", "explain_name", "read_overrides", "resolve_name", "resolve_plan", "share_unknown"]
