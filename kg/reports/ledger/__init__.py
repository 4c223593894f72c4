"""The ledger of supervision (督查台账): tables → a row a task, to be filled in by the office that follows the work."""

from kg.reports.ledger.entries import Ledger, collect_ledger
from kg.reports.ledger.registry import LEDGERS, carry_over_ledger, render_ledger

__all__ = ["LEDGERS", "Ledger", "carry_over_ledger", "collect_ledger", "render_ledger"]
