"""Damaged text → clean Simplified text, with a replayable list of edits; one file for each kind of damage."""

from kg.repair.document import repair_document, repair_text
from kg.repair.explain import explain_edits
from kg.repair.plan import OffsetMap, apply_plan, make_map

__all__ = ["OffsetMap", "apply_plan", "explain_edits", "make_map", "repair_document", "repair_text"]
