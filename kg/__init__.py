r"""Knowledge graphs of who is responsible for what in Chinese government work plans.

One flow, one waist: ``read → repair → parse → resolve → TABLES → convert → stores | measures → reports | views``. Everything before the
tables makes them; everything after reads them, so RDF, Neo4j and the measures cannot disagree.

``kg.model``, ``kg.errors``
    What every room speaks of; one tree of errors.
``kg.rules``
    The rules as data: notations, agencies, groups, reorganisations, repair tables. Loaded, checked and frozen once.
``kg.read``
    Bytes → document. The only place that decodes.
``kg.repair``
    Damaged text → clean text and the edits, replayable.
``kg.parse``
    Text → sections, tasks, and who stands on them in which role.
``kg.resolve``
    Name and date → agency or group, with the rule that decided.
``kg.tables``
    The waist.
``kg.convert``, ``kg.stores``, ``kg.queries``
    Tables ⇄ RDF and property graph, pure; SPARQL and Cypher stores; named questions.
``kg.neo4j_server``
    A real Neo4j without Docker, for the store that needs one.
``kg.measures``, ``kg.compare``
    Load and its uncertainty; what changed from plan to plan.
``kg.reports``, ``kg.views``
    Report, ledger and comparison; the interactive graph.
``kg.extraction``, ``kg.evaluate``
    A plan as lines for other programs; a reading against gold.
``kg.pipeline``, ``kg.api``, ``kg.cli``
    The order of the steps; the functions below, which take and give plain things; the command line.

Examples
--------
>>> import kg
>>> text = "2017年重点工作安排\n一、优化服务\n1.推进改革。（牵头单位：市发展改革委；责任单位：市财政局）\n"
>>> plan = kg.read_plan(text.encode(), name="plan.txt")
>>> [(mention.name, str(mention.role)) for task in plan.tasks for mention in task.mentions]
[('市发展改革委', 'lead'), ('市财政局', 'responsible')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.version import __version__

if TYPE_CHECKING:
    from kg.api import ask, extract, load, read_plan, repair_text
    from kg.pipeline import build, open_tables
    from kg.stores.rdflib_view import open_graph

#: Public name → module. Imported when first used, so that ``import kg`` costs nothing and no room below can close a circle through it.
_PUBLIC = {
    "ask": "kg.api",
    "build": "kg.pipeline",
    "extract": "kg.api",
    "load": "kg.api",
    "open_graph": "kg.stores.rdflib_view",
    "open_tables": "kg.pipeline",
    "read_plan": "kg.api",
    "repair_text": "kg.api",
}

__all__ = ["__version__", "ask", "build", "extract", "load", "open_graph", "open_tables", "read_plan", "repair_text"]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_PUBLIC))
