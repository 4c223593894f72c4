"""The :class:`RuleBook`: every table of rules, loaded, checked and frozen once, then passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from kg.errors import RuleError
from kg.model import Issue, Severity
from kg.rules.files import get_rules_folder, hash_rules, read_rows
from kg.rules.notation_rules import NotationRules, load_notation_rules
from kg.rules.registry_rules import RegistryRules, load_registry_rules
from kg.rules.repair_rules import RepairRules, load_repair_rules

ISSUE_COLUMNS = ("code", "severity", "meaning", "meaning_zh", "detail_zh")


@dataclass(frozen=True, slots=True)
class IssueCode:
    """What an issue code means, in English and Chinese, and how much it matters; ``detail_zh`` is a sentence about an issue's detail."""

    code: str
    severity: Severity
    meaning: str
    meaning_zh: str
    detail_zh: str

    def say_zh(self, detail: str) -> str:
        """Return the message of an issue with this detail in Chinese.

        Examples
        --------
        >>> IssueCode("missing-number", Severity.WARNING, "a number is missing", "此编号之前缺号", "应为{detail}").say_zh("4")
        '此编号之前缺号：应为4'
        """
        return f"{self.meaning_zh}：{self.detail_zh.replace('{detail}', detail)}" if detail and self.detail_zh else self.meaning_zh


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules. ``sha256`` is the hash over every table, written into each run's manifest."""

    notation: NotationRules
    registry: RegistryRules
    repair: RepairRules
    issues: Mapping[str, IssueCode]
    sha256: str

    def say_zh(self, issue: Issue) -> str:
        """Return the message of an issue in Chinese; empty for a code that no table lists."""
        known = self.issues.get(issue.code)
        return known.say_zh(issue.detail) if known is not None else ""


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
        for row in read_rows(folder, name, ISSUE_COLUMNS, required=ISSUE_COLUMNS[:-1]):
            if row["code"] in codes:
                raise RuleError(f"rules: issues/{name}: {row['code']} is listed twice")
            codes[row["code"]] = IssueCode(row["code"], Severity(row["severity"]), row["meaning"], row["meaning_zh"], row["detail_zh"])
    return codes
