"""The columns and keys of every table: the waist of the house.

Everything before this room makes these tables; everything after reads them and nothing else. Row order is the order of :data:`SORT_KEYS`,
so that the same plans give the same bytes whatever order they were read in.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

_TEXT = pl.String()
_INT = pl.Int64()
_DAY = pl.Date()
_REAL = pl.Float64()
_TEXTS = pl.List(pl.String())

#: Column names and types of each table, in the order they are written.
SCHEMAS: Mapping[str, pl.Schema] = MappingProxyType(
    {
        # One row a document. `text` is the repaired text: every offset in every table points into it. `as_of` is the day as of which names
        # are resolved: `issued`, or the first day of the year that the document number or the title says.
        "plans": pl.Schema(
            {
                "plan_id": _TEXT,
                "title": _TEXT,
                "document_number": _TEXT,
                "issuer": _TEXT,
                "issued": _DAY,
                "as_of": _DAY,
                "level": _TEXT,
                "place": _TEXT,
                "addressees": _TEXTS,
                "notations": _TEXTS,
                "source_name": _TEXT,
                "source_sha256": _TEXT,
                "format": _TEXT,
                "encoding": _TEXT,
                "tool_version": _TEXT,
                "rules_sha256": _TEXT,
                "text": _TEXT,
            }
        ),
        # `parent_id` is a section or, at the top, the plan.
        "sections": pl.Schema(
            {
                "section_id": _TEXT,
                "plan_id": _TEXT,
                "parent_id": _TEXT,
                "path": _TEXT,
                "level": _INT,
                "number": _TEXT,
                "label": _TEXT,
                "title": _TEXT,
                "kind": _TEXT,
                "ordinal": _INT,
                "start": _INT,
                "end": _INT,
            }
        ),
        # `section_id` is a section or, for a plan without headings, the plan.
        "tasks": pl.Schema(
            {
                "task_id": _TEXT,
                "plan_id": _TEXT,
                "section_id": _TEXT,
                "path": _TEXT,
                "number": _TEXT,
                "label": _TEXT,
                "text": _TEXT,
                "ordinal": _INT,
                "start": _INT,
                "end": _INT,
            }
        ),
        # Every agency that an assignment, a membership or a reorganisation names.
        "agencies": pl.Schema(
            {
                "agency_key": _TEXT,
                "label": _TEXT,
                "full_name": _TEXT,
                "label_en": _TEXT,
                "kind": _TEXT,
                "level": _TEXT,
                "jurisdiction": _TEXT,
                "collective": _TEXT,
                "valid_from": _DAY,
                "valid_to": _DAY,
            }
        ),
        # Every other name of an agency, from the registry or from the pages.
        "agency_names": pl.Schema({"agency_key": _TEXT, "name": _TEXT}),
        # Members of closed collectives as of the plan's date.
        "memberships": pl.Schema({"collective_key": _TEXT, "member_key": _TEXT, "as_of": _DAY}),
        "reorganisations": pl.Schema(
            {"event_id": _TEXT, "predecessor_key": _TEXT, "successor_key": _TEXT, "effective": _DAY, "kind": _TEXT, "source": _TEXT}
        ),
        # One row for each (task, role, agency). `position` counts from 1 within task and role.
        "assignments": pl.Schema(
            {
                "assignment_id": _TEXT,
                "plan_id": _TEXT,
                "task_id": _TEXT,
                "agency_key": _TEXT,
                "role": _TEXT,
                "position": _INT,
                "role_basis": _TEXT,
                "inheritance": _TEXT,
                "name": _TEXT,
                "surface_form": _TEXT,
                "resolution": _TEXT,
                "resolution_rule": _TEXT,
            }
        ),
        # Where an assignment was read: `quote` is exactly text[start:end] of the plan; so is `context` with its offsets (the whole bracket
        # or line).
        "evidence": pl.Schema(
            {
                "evidence_id": _TEXT,
                "assignment_id": _TEXT,
                "plan_id": _TEXT,
                "ordinal": _INT,
                "start": _INT,
                "end": _INT,
                "quote": _TEXT,
                "context_start": _INT,
                "context_end": _INT,
                "context": _TEXT,
                "notation": _TEXT,
            }
        ),
        "deadlines": pl.Schema(
            {
                "deadline_id": _TEXT,
                "plan_id": _TEXT,
                "task_id": _TEXT,
                "ordinal": _INT,
                "expression": _TEXT,
                "start": _INT,
                "end": _INT,
                "begins": _DAY,
                "due": _DAY,
                "recurring": _TEXT,
            }
        ),
        "targets": pl.Schema(
            {
                "target_id": _TEXT,
                "plan_id": _TEXT,
                "task_id": _TEXT,
                "ordinal": _INT,
                "expression": _TEXT,
                "start": _INT,
                "end": _INT,
                "minimum": _REAL,
                "maximum": _REAL,
                "unit": _TEXT,
                "comparison": _TEXT,
            }
        ),
        "citations": pl.Schema(
            {
                "citation_id": _TEXT,
                "plan_id": _TEXT,
                "ordinal": _INT,
                "title": _TEXT,
                "document_number": _TEXT,
                "start": _INT,
                "end": _INT,
            }
        ),
        # `start` is null for an issue that has no place in a text.
        "issues": pl.Schema(
            {
                "plan_id": _TEXT,
                "ordinal": _INT,
                "code": _TEXT,
                "severity": _TEXT,
                "message": _TEXT,
                "message_zh": _TEXT,
                "start": _INT,
                "end": _INT,
                "words": _TEXT,
                "candidates": _TEXTS,
            }
        ),
        "account": pl.Schema({"plan_id": _TEXT, "start": _INT, "end": _INT, "kind": _TEXT, "reason": _TEXT}),
        # Repairs, with offsets into the text as decoded (source), not into the repaired text.
        "edits": pl.Schema(
            {
                "plan_id": _TEXT,
                "ordinal": _INT,
                "source_start": _INT,
                "source_end": _INT,
                "before": _TEXT,
                "after": _TEXT,
                "kind": _TEXT,
                "rule": _TEXT,
            }
        ),
    }
)

#: The columns that identify a row; a table never holds two rows with the same key.
KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "plans": ("plan_id",),
        "sections": ("section_id",),
        "tasks": ("task_id",),
        "agencies": ("agency_key",),
        "agency_names": ("agency_key", "name"),
        "memberships": ("collective_key", "member_key", "as_of"),
        "reorganisations": ("event_id", "predecessor_key", "successor_key"),
        "assignments": ("assignment_id",),
        "evidence": ("evidence_id",),
        "deadlines": ("deadline_id",),
        "targets": ("target_id",),
        "citations": ("citation_id",),
        "issues": ("plan_id", "ordinal"),
        "account": ("plan_id", "start", "end"),
        "edits": ("plan_id", "ordinal"),
    }
)

#: The order of rows. Plans by id; within a plan the order of the page.
SORT_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "plans": ("plan_id",),
        "sections": ("plan_id", "ordinal"),
        "tasks": ("plan_id", "ordinal"),
        "agencies": ("agency_key",),
        "agency_names": ("agency_key", "name"),
        "memberships": ("collective_key", "as_of", "member_key"),
        "reorganisations": ("event_id", "predecessor_key", "successor_key"),
        "assignments": ("plan_id", "task_id", "role", "position", "agency_key"),
        "evidence": ("plan_id", "assignment_id", "ordinal"),
        "deadlines": ("plan_id", "task_id", "ordinal"),
        "targets": ("plan_id", "task_id", "ordinal"),
        "citations": ("plan_id", "ordinal"),
        "issues": ("plan_id", "ordinal"),
        "account": ("plan_id", "start", "end"),
        "edits": ("plan_id", "ordinal"),
    }
)

#: (table, column, tables it may point to): every value of the column is a key of one of them. The ``plan_id`` of issues is not among
#: them: a document without a plan has issues too.
REFERENCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("sections", "plan_id", ("plans",)),
    # The parent of a top section, and the section of a task without a heading, is the plan.
    ("sections", "parent_id", ("sections", "plans")),
    ("tasks", "plan_id", ("plans",)),
    ("tasks", "section_id", ("sections", "plans")),
    ("memberships", "collective_key", ("agencies",)),
    ("memberships", "member_key", ("agencies",)),
    ("reorganisations", "predecessor_key", ("agencies",)),
    ("reorganisations", "successor_key", ("agencies",)),
    ("agency_names", "agency_key", ("agencies",)),
    ("assignments", "plan_id", ("plans",)),
    ("assignments", "task_id", ("tasks",)),
    ("assignments", "agency_key", ("agencies",)),
    ("evidence", "plan_id", ("plans",)),
    ("evidence", "assignment_id", ("assignments",)),
    ("deadlines", "plan_id", ("plans",)),
    ("deadlines", "task_id", ("tasks",)),
    ("targets", "plan_id", ("plans",)),
    ("targets", "task_id", ("tasks",)),
    ("citations", "plan_id", ("plans",)),
    ("account", "plan_id", ("plans",)),
    ("edits", "plan_id", ("plans",)),
)
