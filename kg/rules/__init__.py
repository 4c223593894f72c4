"""The rules as data, and their loader.

Every table lies beside this file as CSV or TOML; every row has a source. Code elsewhere holds no word of any one document.
"""

from kg.rules.book import IssueCode, RuleBook, load_rules

__all__ = ["IssueCode", "RuleBook", "load_rules"]
