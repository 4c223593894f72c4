"""``kg build``: any number of documents → one output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kg.errors import KgError, ParseError, ReadError
from kg.model import CollectiveKind, Issue, ResolvedPlan, Severity
from kg.pipeline.output import PARTS, check_output, write_parts, write_whole
from kg.pipeline.sources import Source, find_sources
from kg.pipeline.steps import read_plan
from kg.resolve import Overrides, read_overrides, share_unknown
from kg.rules import RuleBook, load_rules
from kg.tables import Tables, build_tables
from kg.version import __version__

#: Called as ``progress(done, total, what)`` before each step.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: the folder, the tables in it, and the sources that could not be read (with ``skip_bad`` only)."""

    out: Path
    tables: Tables
    skipped: tuple[tuple[str, str], ...] = ()


class BadSourcesError(ReadError):
    """Several sources cannot be read; ``reasons`` has a line for each."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(self.reasons))


def build(
    paths: str | Path | Iterable[str | Path],
    out: str | Path = "out",
    *,
    overrides: str | Path | None = None,
    skip_bad: bool = False,
    progress: Progress | None = None,
    rules: RuleBook | None = None,
) -> BuildResult:
    """Read plans and write their knowledge graph into a folder.

    Parameters
    ----------
    paths
        Files and folders; a folder with a ``meta.toml`` is one plan, any other is searched.
    out
        The folder to write. It appears whole or not at all; an earlier output in its place is replaced, anything else is refused.
    overrides
        A CSV of the user's own decisions about names.
    skip_bad
        Leave out documents that cannot be read or hold no tasks, and report each as an issue, instead of stopping.
    progress
        Called before each step.
    rules
        Rules to use instead of the packaged ones.

    Returns
    -------
    BuildResult

    Raises
    ------
    ReadError, ParseError
        A document cannot be read or holds no tasks (without `skip_bad`, or when nothing else is left).
    OutputError
        `out` is not ours to replace, or cannot be written.

    Examples
    --------
    >>> import kg
    >>> result = kg.build("data/plans/shanghai-egov-2017", "out")  # doctest: +SKIP
    >>> result.tables["tasks"].height  # doctest: +SKIP
    54
    """
    folder = Path(out)
    check_output(folder)
    sources = find_sources([Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)])
    book = rules if rules is not None else load_rules()
    decided = read_overrides(Path(overrides), book) if overrides is not None else None
    total = len(sources) + len(PARTS)
    report = progress or (lambda done, total, what: None)
    plans, issues, skipped = _read_all(sources, book, decided, skip_bad=skip_bad, progress=lambda done, what: report(done, total, what))
    tables = make_graph_tables(plans, issues, book)
    done = iter(range(len(sources), total + 1))
    with write_whole(folder) as work:
        write_parts(tables, work, lambda what: report(next(done), total, what))
    report(total, total, "done")
    return BuildResult(folder, tables, skipped)


def make_graph_tables(plans: Iterable[ResolvedPlan], issues: Iterable[Issue], rules: RuleBook) -> Tables:
    """Make the tables of some plans with what the registry adds: successors, predecessors, this version and the hash of the rules.

    A name that no rule knows is one node in all plans of its place.
    """
    plans = share_unknown(plans, rules.registry)
    agencies, events = rules.registry.history_of(agency for plan in plans for agency in plan.agencies)
    return build_tables(
        plans,
        issues,
        registry=agencies,
        reorganisations=events,
        say_zh=rules.say_zh,
        tool_version=__version__,
        rules_sha256=rules.sha256,
    )


def _read_all(
    sources: Iterable[Source],
    rules: RuleBook,
    overrides: Overrides | None,
    *,
    skip_bad: bool,
    progress: Callable[[int, str], None],
) -> tuple[list[ResolvedPlan], list[Issue], tuple[tuple[str, str], ...]]:
    plans: list[ResolvedPlan] = []
    issues: list[Issue] = []
    bad: list[tuple[Source, KgError]] = []
    for done, source in enumerate(sources):
        progress(done, source.name)
        try:
            plan, found = read_plan(
                source.path,
                name=source.name,
                document_id=source.document_id,
                rules=rules,
                metadata=source.metadata,
                overrides=overrides,
            )
        except (ReadError, ParseError) as error:
            bad.append((source, error))
            continue
        plans.append(plan)
        issues.extend(found)
    if bad and (not skip_bad or not plans):
        reasons = [str(reason) for _, reason in bad]
        if plans:
            reasons.append(f"nothing was built; with --skip-bad the other {len(plans)} would be, and what is left out reported")
        if len(bad) > 1:
            raise BadSourcesError(reasons)
        raise type(bad[0][1])("\n".join(reasons))
    for source, reason in bad:
        why = str(reason)
        issues.append(
            Issue("source-left-out", Severity.ERROR, f"left out: {why}", document_id=source.document_id, words=source.name, detail=why)
        )
    return plans, issues, tuple((source.name, str(reason)) for source, reason in bad)


def count_rows(tables: Tables) -> dict[str, int]:
    """Return the figures of the summary: plans, sections, tasks, agencies and groups named, assignments by role, issues by severity.

    The keys are in the order they are printed.
    """
    assignments = tables["assignments"]
    parties = tables["agencies"].join(assignments, on="agency_key", how="semi")
    agencies = parties.filter(pl.col("collective") == CollectiveKind.NONE).height
    counts = {
        "plans": tables["plans"].height,
        "sections": tables["sections"].height,
        "tasks": tables["tasks"].height,
        "agencies": agencies,
        "groups": parties.height - agencies,
        "assignments": assignments.height,
    }
    for role, number in assignments.group_by("role").len().sort("len", "role", descending=[True, False]).iter_rows():
        counts[f"assignments, {role}"] = number
    issues = tables["issues"]
    counts["issues"] = issues.height
    for severity in Severity:
        number = issues.filter(pl.col("severity") == severity).height
        if number:
            counts[f"issues, {severity}"] = number
    return counts


def count_characters(tables: Tables) -> dict[str, int]:
    """Return how many characters of all plans were read as what: the account that proves nothing was lost.

    The values add up to the characters of the repaired texts.
    """
    lengths = tables["account"].with_columns(length=pl.col("end") - pl.col("start"))
    return dict(lengths.group_by("kind").agg(pl.col("length").sum()).sort("length", "kind", descending=[True, False]).iter_rows())
