"""Two sets of tables → what was kept, changed, dropped and new: two plans, or two years."""

from kg.compare.comparison import LOAD_CHANGE_SCHEMA, TASK_CHANGE_SCHEMA, Comparison, compare_tables
from kg.compare.differences import Change, Piece, find_differences
from kg.compare.matching import Doubt, MatchOptions, MatchStatus, match_texts

__all__ = [
    "LOAD_CHANGE_SCHEMA",
    "TASK_CHANGE_SCHEMA",
    "Change",
    "Comparison",
    "Doubt",
    "MatchOptions",
    "MatchStatus",
    "Piece",
    "compare_tables",
    "find_differences",
    "match_texts",
]
