"""Precision, recall and F1 of a reading against gold that was made by reading the page.

Gold is a CSV with the columns ``document, path, number, agency, role`` (``data/gold/README.md`` says how it is read). A row is found when
the same agency name stands in the same role on the task with the same numbering path; a task when its path is there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.model import Plan

COLUMNS = ("document", "path", "number", "agency", "role")

#: (path, agency, role)
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """What a person read on one page."""

    document_id: str
    tasks: tuple[tuple[str, str], ...]
    """(path, number) of each task, in the order of the page."""
    assignments: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Score:
    """Hits and misses of one kind of thing; the shares are 1 where there was nothing to find."""

    name: str
    found: int
    missing: int
    extra: int

    @property
    def precision(self) -> float:
        """Share of what was read that is right, 0 to 1."""
        read = self.found + self.extra
        return self.found / read if read else 1.0

    @property
    def recall(self) -> float:
        """Share of what stands on the page that was read, 0 to 1."""
        there = self.found + self.missing
        return self.found / there if there else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1.

        Examples
        --------
        >>> Score("lead", found=8, missing=2, extra=0).f1
        0.888...
        """
        total = 2 * self.found + self.missing + self.extra
        return 2 * self.found / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a reading compares with gold: scores for each role, all assignments, tasks and numbers; and every difference."""

    scores: tuple[Score, ...]
    missing: tuple[Key, ...]
    extra: tuple[Key, ...]
    missing_tasks: tuple[str, ...]
    extra_tasks: tuple[str, ...]


def read_gold(path: Path) -> Gold:
    """Read one gold file.

    Raises
    ------
    ReadError
        The file is missing, has other columns, or speaks of several documents.
    """
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise ReadError(f"{path}: no gold: its columns are {reader.fieldnames}, not {','.join(COLUMNS)}")
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or 'no UTF-8 text'}") from error
    # A page that assigns nothing has gold too: a header and no rows. Only the file's name says which page it is.
    documents = {row["document"] for row in rows} or {path.stem}
    if len(documents) != 1:
        raise ReadError(f"{path}: gold of {len(documents)} documents; a file is about one")
    return Gold(
        document_id=documents.pop(),
        tasks=tuple(dict.fromkeys((row["path"], row["number"]) for row in rows)),
        assignments=frozenset((row["path"], row["agency"], row["role"]) for row in rows if row["agency"]),
    )


def evaluate_plan(gold: Gold, plan: Plan) -> Evaluation:
    """Compare a parsed plan with gold.

    Returns
    -------
    Evaluation
        Scores in the order: each role that occurs on either side, ``all`` (assignments), ``tasks`` (paths), ``numbers`` (path and number).

    Examples
    --------
    >>> from kg.model import Document
    >>> gold = Gold("d", (("1", "1"),), frozenset({("1", "市财政局", "lead")}))
    >>> document = Document("d", "", "d.txt", "", "text", "utf-8")
    >>> plan = Plan(document, "", "", "", None, (), (), (), (), ())
    >>> [(score.name, score.recall) for score in evaluate_plan(gold, plan).scores]
    [('lead', 0.0), ('all', 0.0), ('tasks', 0.0), ('numbers', 0.0)]
    """
    read = frozenset((task.path, mention.name, str(mention.role)) for task in plan.tasks for mention in task.mentions)
    tasks = {task.path: task.number for task in plan.tasks}
    gold_tasks = dict(gold.tasks)
    roles = sorted({key[2] for key in gold.assignments | read})
    scores = [_score(role, {key for key in gold.assignments if key[2] == role}, {key for key in read if key[2] == role}) for role in roles]
    scores.append(_score("all", gold.assignments, read))
    scores.append(_score("tasks", set(gold_tasks), set(tasks)))
    scores.append(_score("numbers", set(gold_tasks.items()), set(tasks.items())))
    order = {path: index for index, path in enumerate(dict.fromkeys([*gold_tasks, *tasks]))}
    return Evaluation(
        scores=tuple(scores),
        missing=_in_page_order(gold.assignments - read, order),
        extra=_in_page_order(read - gold.assignments, order),
        missing_tasks=tuple(path for path in gold_tasks if path not in tasks),
        extra_tasks=tuple(path for path in tasks if path not in gold_tasks),
    )


def add_scores(evaluations: Iterable[Evaluation]) -> tuple[Score, ...]:
    """Add the scores of several documents (micro average), keeping the order in which names first appear."""
    sums: dict[str, list[int]] = {}
    for evaluation in evaluations:
        for score in evaluation.scores:
            entry = sums.setdefault(score.name, [0, 0, 0])
            entry[0] += score.found
            entry[1] += score.missing
            entry[2] += score.extra
    return tuple(Score(name, *entry) for name, entry in sums.items())


def _score(name: str, gold: Iterable[object], read: Iterable[object]) -> Score:
    there, got = set(gold), set(read)
    return Score(name, found=len(there & got), missing=len(there - got), extra=len(got - there))


def _in_page_order(keys: Iterable[Key], order: Mapping[str, int]) -> tuple[Key, ...]:
    return tuple(sorted(keys, key=lambda key: (order[key[0]], key)))
