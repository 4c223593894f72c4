"""The waist: everything before this room makes these tables, everything after reads them."""

from kg.tables.build import build_tables
from kg.tables.files import read_tables, write_tables
from kg.tables.frames import Tables, drop_unused_agencies, empty_tables, list_plan_ids, make_tables, select_plans
from kg.tables.schema import KEYS, REFERENCES, SCHEMAS, SORT_KEYS
from kg.tables.section_titles import list_section_titles

__all__ = [
    "KEYS",
    "REFERENCES",
    "SCHEMAS",
    "SORT_KEYS",
    "Tables",
    "build_tables",
    "drop_unused_agencies",
    "empty_tables",
    "list_plan_ids",
    "list_section_titles",
    "make_tables",
    "read_tables",
    "select_plans",
    "write_tables",
]
