"""Tables from wherever they are: an output folder, or documents that are read on the fly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.model import Issue, ResolvedPlan
from kg.pipeline.build import make_graph_tables
from kg.pipeline.output import MANIFEST_NAME, open_tables
from kg.pipeline.sources import find_sources
from kg.pipeline.steps import read_plan
from kg.rules import RuleBook, load_rules
from kg.tables import Tables


def load_tables(path: Path | str, *, rules: RuleBook | None = None, progress: Callable[[str], None] | None = None) -> Tables:
    """Return the tables of an output folder of ``kg build``, or of a document or a folder of documents, which is read now.

    Parameters
    ----------
    path
        The folder or file.
    rules
        Rules to use instead of the packaged ones; an output folder was made by its own.
    progress
        Called with the name of each document before it is read.

    Raises
    ------
    ReadError, ParseError
        A document cannot be read or holds no tasks.
    OutputError, TableError
        The output folder is of another version, or was damaged.
    """
    path = Path(path)
    if (path / MANIFEST_NAME).is_file():
        return open_tables(path)
    book = rules if rules is not None else load_rules()
    plans: list[ResolvedPlan] = []
    issues: list[Issue] = []
    for source in find_sources([path]):
        if progress is not None:
            progress(source.name)
        plan, found = read_plan(source.path, name=source.name, document_id=source.document_id, rules=book, metadata=source.metadata)
        plans.append(plan)
        issues.extend(found)
    return make_graph_tables(plans, issues, book)
