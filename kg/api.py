"""The public functions of ``import kg`` that take and give plain things, where the rooms take rule books and tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from kg.extraction import to_json_lines
from kg.model import Plan, ResolvedPlan
from kg.pipeline import find_sources, make_document_id, open_tables
from kg.pipeline import read_plan as read_resolved_plan
from kg.rules import load_rules


def read_plan(source: str | Path | bytes, *, name: str = "document") -> Plan:
    """Read, repair and parse one document.

    Parameters
    ----------
    source
        A file, a folder with a ``meta.toml``, or the bytes of a file.
    name
        What to call bytes; its suffix hints at the format.

    Returns
    -------
    kg.model.Plan
        Sections, tasks and mentions, each with its place in the repaired text ``plan.document.text``.

    Raises
    ------
    ReadError, ParseError
        The source cannot be read, or holds no tasks.
    """
    return _read(source, name).plan


def extract(source: str | Path | bytes, *, name: str = "document") -> list[dict[str, Any]]:
    r"""Read one document and say who is responsible for what.

    Parameters
    ----------
    source, name
        As in :func:`read_plan`.

    Returns
    -------
    list of dict
        One for each task, as the lines of ``kg extract --format jsonl``.

    Raises
    ------
    ReadError, ParseError
        The source cannot be read, or holds no tasks.

    Examples
    --------
    >>> text = "1.推进改革。（市发展改革委牵头，市财政局配合）\n"
    >>> [(a["agency"], a["role"], a["quote"]) for a in extract(text.encode(), name="plan.txt")[0]["assignments"]]
    [('市发展改革委', 'lead', '市发展改革委'), ('市财政局', 'cooperate', '市财政局')]
    """
    return [json.loads(line) for line in to_json_lines(_read(source, name)).splitlines()]


def repair_text(text: str) -> str:
    """Return the clean text of a damaged page; clean text comes back as it is.

    Examples
    --------
    >>> repair_text("市财政局負(fù)責(zé)預(yù)算管理工作。")
    '市财政局负责预算管理工作。'
    """
    from kg.repair import repair_text as repair

    return repair(text, load_rules())[0]


def load(out: str | Path, **options: Any) -> pl.DataFrame:
    """Return the load of each agency in an output folder.

    Parameters
    ----------
    out
        A folder written by :func:`kg.build`.
    **options
        Fields of :class:`kg.measures.LoadOptions`, ``layer`` apart.

    Returns
    -------
    polars.DataFrame
        A row for each agency and layer (lead, responsible, both).

    Raises
    ------
    OutputError, TableError
        The folder is not the output of ``kg build``.
    """
    from kg.measures import LoadOptions, compute_layers

    return compute_layers(open_tables(out), LoadOptions(**options))


def ask(out: str | Path, question: str, *, store: str = "oxigraph", parameters: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Ask a named question of an output folder.

    Parameters
    ----------
    out
        A folder written by :func:`kg.build`.
    question
        A name that ``kg ask --list`` shows.
    store
        Which store answers; all give the same rows.
    parameters
        Values of the question's parameters; they are bound, never pasted into the query.

    Raises
    ------
    QueryError
        No such question, or a parameter is missing or unknown.
    """
    from kg.queries import ask_question

    return ask_question(Path(out), question, store=store, parameters=dict(parameters or {}))


def _read(source: str | Path | bytes, name: str) -> ResolvedPlan:
    rules = load_rules()
    if isinstance(source, bytes):
        plan, _ = read_resolved_plan(source, name=name, document_id=make_document_id(name), rules=rules)
    else:
        (found,) = find_sources([Path(source)])
        plan, _ = read_resolved_plan(found.path, name=found.name, document_id=found.document_id, rules=rules, metadata=found.metadata)
    return plan
