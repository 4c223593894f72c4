"""Comparison of plans → a page to look at or rows to go on with: one function a format, found through :data:`COMPARISONS`."""

from kg.reports.comparison.registry import COMPARISONS, render_comparison

__all__ = ["COMPARISONS", "render_comparison"]
