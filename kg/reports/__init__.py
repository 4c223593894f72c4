"""Results → a report to look at or to go on with: one function a format, found through :data:`REPORTS`."""

from kg.reports.registry import REPORTS, get_report, render_report
from kg.reports.rows import to_csv

__all__ = ["REPORTS", "get_report", "render_report", "to_csv"]
