"""The :class:`RuleBook`: every table of rules, loaded, checked and frozen once, then passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from kg.errors import RuleError
from kg.model import Severity
from kg.rules.files import get_rules_folder, hash_rules, read_rows
from kg.rules.notation_rules import NotationRules, load_notation_rules
from kg.rules.registry_rules import RegistryRules, load_registry_rules
from kg.rules.repair_rules import RepairRules, load_repair_rules


@dataclass(frozen=True, slots=True)
class IssueCode:
    """What an issue code means, and how much it matters."""

    code: str
    severity: Severity
    meaning: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules. ``sha256`` is the hash over every table, written into each run's manifest."""

    notation: NotationRules
    registry: RegistryRules
    repair: RepairRules
    issues: Mapping[str, IssueCode]
    sha256: str


def load_rules(folder: Traversable | None = None) -> RuleBook:
    """Load and check all rules.

    Parameters
    ----------
    folder
        A folder laid out as ``kg/rules``; by default the packaged one.

    Raises
    ------
    RuleError
        A table is missing or contradicts itself.
    """
    base = folder if folder is not None else get_rules_folder()
    return RuleBook(
        notation=load_notation_rules(base),
        registry=load_registry_rules(base),
        repair=load_repair_rules(base),
        issues=_load_issue_codes(base),
        sha256=hash_rules(base),
    )


def _load_issue_codes(base: Traversable) -> Mapping[str, IssueCode]:
    codes: dict[str, IssueCode] = {}
    folder = base / "issues"
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".csv")):
        for row in read_rows(folder, name, ("code", "severity", "meaning"), required=("code", "severity", "meaning")):
            if row["code"] in codes:
                raise RuleError(f"rules: issues/{name}: {row['code']} is listed twice")
            codes[row["code"]] = IssueCode(row["code"], Severity(row["severity"]), row["meaning"])
    return codes
