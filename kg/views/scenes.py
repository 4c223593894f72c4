"""Which pictures a page holds.

A plan of some hundred tasks is one picture; a larger one is agencies × sections, with a picture of the tasks of each section and of each
agency to switch to, so that no picture is a hairball.
"""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.views.facts import Facts
from kg.views.layout import Group, Sketch, lay_out, measure_text

#: More tasks than this, and tasks leave the first picture.
MOST_TASKS = 180
#: Most tasks in a picture of one section or one agency; more are cut into several pictures.
MOST_IN_PART = 120
#: Most agencies in an aggregated picture, those with most tasks; the others have pictures of their own.
MOST_AGENCIES = 70
#: Most lines drawn at first in an aggregated picture, the strongest; all lines of an agency or section appear when it is chosen.
MOST_LINES = 240
#: Most sections on the ring of an aggregated picture; with more, the level above is shown.
MOST_SECTIONS = 70

#: Size of the letters in a task's square.
TASK_FONT = 15.0
_TASK_SIZE = (32.0, 28.0)
#: Marks that begin no line of a label, and marks that end none.
_NEVER_FIRST = "）)」』”’》〉】、，。；：！？"
_NEVER_LAST = "（(「『“‘《〈【"
#: Height of the diamond above a section's words.
_DIAMOND = 24.0


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a picture.

    ``key`` is a letter (a agency, t task, s section) and the index of its fact; ``size`` is that of its letters, ``above`` says that they
    stand above it.
    """

    key: str
    group: str
    label: str
    size: float
    x: int
    y: int
    above: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A line in a picture: the assignments behind it; none for a task's line to its section. A line that is not ``strong`` waits."""

    source: str
    target: str
    assignments: tuple[int, ...]
    role: str
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. ``kind`` is plan, overview, section or agency; ``subject`` the key of what it is about, ``part`` "1–120" or empty."""

    kind: str
    subject: str
    part: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(slots=True)
class _Draft:
    """A picture while it is put together."""

    labels: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, float] = field(default_factory=dict)
    sizes: dict[str, tuple[float, float]] = field(default_factory=dict)

    def add(self, key: str, group: str, label: str, font: float, size: tuple[float, float] | None = None) -> None:
        self.labels[key], self.groups[key], self.fonts[key] = label, group, font
        self.sizes[key] = size or measure_text(label, font)


def make_scenes(facts: Facts) -> tuple[Scene, ...]:
    """Return all pictures of `facts`, the one to open with first."""
    scenes: list[Scene] = []
    if facts.plan_count > 1:
        scenes.append(_draw_overview(facts, range(len(facts.tasks)), ""))
    for plan in range(facts.plan_count):
        tasks = [index for index, task in enumerate(facts.tasks) if task.plan == plan]
        if len(tasks) <= MOST_TASKS:
            scenes.append(_draw_tasks(facts, "plan", f"s{plan}", "", tasks, None))
            continue
        scenes.append(_draw_overview(facts, tasks, f"s{plan}"))
        scenes.extend(_draw_parts(facts, tasks))
    return tuple(scenes)


def _draw_parts(facts: Facts, tasks: Sequence[int]) -> Iterable[Scene]:
    level = _choose_level(facts, tasks)
    by_section: dict[int, list[int]] = {}
    for task in tasks:
        by_section.setdefault(facts.find_ancestor(facts.tasks[task].section, level), []).append(task)
    by_agency: dict[int, dict[int, None]] = {}
    wanted = set(tasks)
    for assignment in facts.assignments:
        if assignment.task in wanted:
            by_agency.setdefault(assignment.agency, {})[assignment.task] = None
    for section, members in by_section.items():
        for part, some in _cut(members):
            yield _draw_tasks(facts, "section", f"s{section}", part, some, None)
    for agency in sorted(by_agency, key=lambda index: (-len(by_agency[index]), index)):
        for part, some in _cut(sorted(by_agency[agency])):
            yield _draw_tasks(facts, "agency", f"a{agency}", part, some, agency)


def _cut(members: Sequence[int]) -> Iterable[tuple[str, Sequence[int]]]:
    if len(members) <= MOST_IN_PART:
        yield "", members
        return
    for start in range(0, len(members), MOST_IN_PART):
        some = members[start : start + MOST_IN_PART]
        yield f"{start + 1}–{start + len(some)}", some


def _choose_level(facts: Facts, tasks: Sequence[int]) -> int:
    """Return the deepest level of sections of which the ring can show all."""
    deepest = max((facts.sections[facts.tasks[task].section].level for task in tasks), default=0)
    for level in range(deepest, 0, -1):
        if len({facts.find_ancestor(facts.tasks[task].section, level) for task in tasks}) <= MOST_SECTIONS:
            return level
    return 0


def _draw_tasks(facts: Facts, kind: str, subject: str, part: str, tasks: Sequence[int], only: int | None) -> Scene:
    """Draw tasks on the ring and the agencies (or the `only` one) that serve them."""
    draft = _Draft()
    members: dict[int, list[str]] = {}
    for task in tasks:
        members.setdefault(facts.tasks[task].section, []).append(f"t{task}")
        draft.add(f"t{task}", "task", _shorten(facts.tasks[task].number, 4), TASK_FONT, _TASK_SIZE)
    groups = tuple(Group(f"s{section}", tuple(keys)) for section, keys in members.items())
    outer = _add_sections(facts, draft, list(members))
    wanted = set(tasks)
    chosen = [
        index
        for index, assignment in enumerate(facts.assignments)
        if assignment.task in wanted and (only is None or assignment.agency == only)
    ]
    links: dict[str, list[str]] = {}
    for index in chosen:
        links.setdefault(f"a{facts.assignments[index].agency}", []).append(f"t{facts.assignments[index].task}")
    _add_agencies(facts, draft, links)
    edges = [Edge(key, group.key, (), "belongs") for group in groups for key in group.members]
    edges += [
        Edge(f"a{facts.assignments[index].agency}", f"t{facts.assignments[index].task}", (index,), facts.assignments[index].role)
        for index in chosen
    ]
    return _finish(draft, groups, outer, links, edges, (kind, subject, part))


def _draw_overview(facts: Facts, tasks: Sequence[int], subject: str) -> Scene:
    """Draw agencies × sections; a line stands for all assignments between the two."""
    draft = _Draft()
    level = _choose_level(facts, tasks)
    section_of = {task: facts.find_ancestor(facts.tasks[task].section, level) for task in tasks}
    sections = list(dict.fromkeys(section_of.values()))
    groups = tuple(Group(f"s{section}") for section in sections)
    outer = _add_sections(facts, draft, sections)
    behind: dict[tuple[int, int], list[int]] = {}
    shown = _find_busiest(facts, section_of)
    links: dict[str, list[str]] = {}
    for index, assignment in enumerate(facts.assignments):
        if assignment.task in section_of and assignment.agency in shown:
            behind.setdefault((assignment.agency, section_of[assignment.task]), []).append(index)
            links.setdefault(f"a{assignment.agency}", []).append(f"s{section_of[assignment.task]}")
    _add_agencies(facts, draft, links)
    strong = set(sorted(behind, key=lambda pair: (-len(behind[pair]), pair))[:MOST_LINES])
    edges = [Edge(f"a{pair[0]}", f"s{pair[1]}", tuple(some), "several", pair in strong) for pair, some in behind.items()]
    return _finish(draft, groups, outer, links, edges, ("overview", subject, ""))


def _find_busiest(facts: Facts, tasks: Container[int]) -> set[int]:
    """Return the agencies with most assignments to some tasks."""
    counts = Counter(assignment.agency for assignment in facts.assignments if assignment.task in tasks)
    return {agency for agency, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_AGENCIES]}


def _add_sections(facts: Facts, draft: _Draft, sections: Sequence[int]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Add the sections on the ring and, outside them, the upper sections they lie in."""
    upper: dict[int, list[str]] = {}
    several = len({facts.sections[section].plan for section in sections}) > 1
    for section in sections:
        label = _wrap(facts.sections[section].label + facts.sections[section].title, 9, 3)
        draft.add(f"s{section}", "section", label, 16.0, _measure_section(label, 16.0))
        top = facts.find_ancestor(section, 0 if several else 1)
        if top not in sections:
            upper.setdefault(top, []).append(f"s{section}")
    for top in upper:
        label = _wrap(facts.sections[top].label + facts.sections[top].title, 10, 3)
        draft.add(f"s{top}", "chapter", label, 20.0, _measure_section(label, 20.0))
    return tuple((f"s{top}", tuple(keys)) for top, keys in upper.items())


def _measure_section(label: str, font: float) -> tuple[float, float]:
    width, height = measure_text(label, font)
    return width, height + _DIAMOND


def _add_agencies(facts: Facts, draft: _Draft, links: dict[str, list[str]]) -> None:
    most = max((len(keys) for keys in links.values()), default=1)
    for key, keys in links.items():
        agency = facts.agencies[int(key[1:])]
        font = round(17.0 + 9.0 * (len(keys) / most) ** 0.5) if not agency.collective else 17.0
        draft.add(key, "collective" if agency.collective else "agency", _wrap(agency.label, 12, 2), font)


def _finish(
    draft: _Draft,
    groups: tuple[Group, ...],
    outer: tuple[tuple[str, tuple[str, ...]], ...],
    links: dict[str, list[str]],
    edges: Sequence[Edge],
    name: tuple[str, str, str],
) -> Scene:
    apart = tuple(key for key in links if draft.groups[key] == "collective")
    places = lay_out(Sketch(groups, outer, {key: tuple(keys) for key, keys in links.items()}, apart, draft.sizes))
    nodes = []
    for key, label in draft.labels.items():
        x, y = places[key]
        above = False
        if draft.groups[key] in ("section", "chapter"):
            # The diamond looks to the ring, the words away from it: above it in the upper half, below it in the lower.
            above = y < 0
            y += round((draft.sizes[key][1] - _DIAMOND) / 2) * (1 if above else -1)
        nodes.append(Node(key, draft.groups[key], label, draft.fonts[key], x, y, above))
    return Scene(name[0], name[1], name[2], tuple(nodes), tuple(edges))


def _wrap(text: str, width: int, lines: int) -> str:
    """Break a label into lines; what does not fit ends in an ellipsis (the panel has it whole)."""
    clean = " ".join(text.split())
    broken = textwrap.wrap(clean, width) if " " in clean else _break_evenly(clean, width)
    if len(broken) > lines:
        broken = [*broken[: lines - 1], _shorten(broken[lines - 1] + "…", width)]
    return "\n".join(_shorten(line, 2 * width) for line in broken) or "–"


def _break_evenly(text: str, width: int) -> list[str]:
    # Lines of about one length: a last line of one character looks like a slip. No line begins with what closes or ends with what opens.
    count = max(1, math.ceil(len(text) / width))
    ends = [round(len(text) * number / count) for number in range(count + 1)]
    for number in range(1, count):
        while ends[number] > ends[number - 1] + 1 and (text[ends[number]] in _NEVER_FIRST or text[ends[number] - 1] in _NEVER_LAST):
            ends[number] -= 1
    return [text[start:end] for start, end in pairwise(ends)]


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
