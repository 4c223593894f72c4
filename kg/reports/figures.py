"""What is drawn on the page: two charts, and the tables that are pictures themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from kg.reports.charts import SCATTER_HEIGHT, SCATTER_WIDTH, Chart, draw, make_ranking, make_scatter
from kg.reports.results import Results
from kg.reports.sheets import list_sections, list_sections_above
from kg.reports.words import Words, shorten, write_number

#: Most agencies in a picture; the annex has all.
MOST_ROWS = 15
MOST_HEAT_ROWS = 20
_NAME = 14
ROLE_COLOURS: Mapping[str, str] = {"led": "#c1440e", "responsible": "#0b4f7d", "participating": "#00785a", "cooperating": "#8a4f9e"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of bars: parts are (role, value, per cent of the longest bar)."""

    name: str
    parts: tuple[tuple[str, int, float], ...]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of the heat map: cells are (tasks, shade from 0 to 5)."""

    name: str
    cells: tuple[tuple[int, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Agencies × sections; ``above`` are (title, columns covered) of the sections above, ``left_out`` counts agencies."""

    above: tuple[tuple[str, int], ...]
    sections: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    left_out: int


def draw_scatter(results: Results, words: Words) -> Chart:
    """Draw breadth × depth; agencies at one point share a circle."""
    top = set(results.ranked.filter(pl.col("rank") <= 3)["agency_key"])
    points: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in results.ranked.iter_rows(named=True):
        points.setdefault((row["sections"], row["tasks"]), []).append(row)
    rows: list[dict[str, Any]] = []
    for (sections, tasks), there in sorted(points.items(), key=lambda item: (-item[0][1], -item[0][0])):
        names = [shorten(row["label"], _NAME) for row in there]
        name = words.join(names) if len(there) <= 2 else words.say("scatter.several", count=len(there))
        kind = "grey" if all(row["grey"] for row in there) else "top" if any(row["agency_key"] in top for row in there) else "plain"
        rows.append({"sections": sections, "tasks": tasks, "count": len(there), "words": name, "kind": kind, "name": name})
    _hide_covered(rows)
    told = [words.say("scatter.point", words=row["name"], sections=row["sections"], tasks=row["tasks"]) for row in rows[:MOST_ROWS]]
    spec = make_scatter(rows, {"x": words.say("scatter.x"), "y": words.say("scatter.y")})
    return draw("scatter", words.say("scatter.heading"), words.say("scatter.description", points=words.join_clauses(told)), spec)


def _hide_covered(rows: list[dict[str, Any]]) -> None:
    """Take away the words that would stand on others'; the points with most tasks keep theirs."""
    across = SCATTER_WIDTH / (max((row["sections"] for row in rows), default=1) + 1)
    up = SCATTER_HEIGHT / max((row["tasks"] for row in rows), default=1)
    kept: list[tuple[float, float, float]] = []
    for row in rows:
        left, height = row["sections"] * across, row["tasks"] * up
        right = left + 13 * len(row["words"]) + 14
        if any(left < other_right and other_left < right and abs(height - other) < 12 for other_left, other_right, other in kept):
            row["words"] = ""
        else:
            kept.append((left, right, height))


def draw_ranking(results: Results, words: Words) -> Chart | None:
    """Draw the agencies with cross-cutting load, each with its intervals of ranks; None where there is none."""
    ranges = {row["agency_key"]: row for row in results.choices.iter_rows(named=True)}
    grey = dict(results.chosen.select("agency_key", "grey").iter_rows())
    rows = []
    for row in results.stability.filter(pl.col("cross_cutting_load") > 0).head(MOST_ROWS).iter_rows(named=True):
        among = ranges[row["agency_key"]]
        rows.append(
            {
                "name": row["label"],
                "value": row["cross_cutting_load"],
                "rank": row["rank"],
                "low": row["rank_low"],
                "high": row["rank_high"],
                "best": among["best_rank"],
                "worst": among["worst_rank"],
                "grey": grey[row["agency_key"]],
            }
        )
    if not rows:
        return None
    told = [words.say("ranking.point", **{**row, "value": write_number(row["value"], 1)}) for row in rows]
    shown = [{**row, "name": shorten(row["name"], _NAME)} for row in _tell_apart(rows)]
    titles = {key: words.say(f"ranking.{key}") for key in ("value", "stability", "choices")}
    description = words.say("ranking.description", points=words.join_clauses(told))
    return draw("ranking", words.say("ranking.heading"), description, make_ranking(shown, titles))


def _tell_apart(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give a number to names that would be one row of a chart: two agencies may bear one name, or differ only in what is cut off."""
    seen: dict[str, int] = {}
    told = []
    for row in rows:
        short = shorten(row["name"], _NAME)
        seen[short] = seen.get(short, 0) + 1
        told.append({**row, "name": short if seen[short] == 1 else f"{shorten(short, _NAME - 4)} ({seen[short]})"})
    return told


def make_heat_map(results: Results) -> HeatMap:
    """Return agencies × sections, the agencies with most tasks first."""
    sections = list_sections(results)
    cells = {(row["agency_key"], row["section_id"]): row["tasks"] for row in results.section_counts.iter_rows(named=True)}
    agencies = results.ranked.sort("tasks", "sections", "agency_key", descending=[True, True, False])
    most = max((cells.get((key, section), 0) for key in agencies["agency_key"] for section, _ in sections), default=1) or 1
    rows = []
    for key, label, tasks in agencies.head(MOST_HEAT_ROWS).select("agency_key", "label", "tasks").iter_rows():
        counts = [cells.get((key, section), 0) for section, _ in sections]
        rows.append(HeatRow(label, tuple((count, -(-count * 5 // most)) for count in counts), tasks))
    above = list_sections_above(results) if results.section_level > 1 else []
    return HeatMap(tuple(above), tuple(title for _, title in sections), tuple(rows), max(0, agencies.height - MOST_HEAT_ROWS))


def make_role_bars(results: Results) -> tuple[list[str], list[Bar]]:
    """Return the roles that occur and a stacked bar for each of the agencies with most tasks."""
    roles = [role for role in ROLE_COLOURS if results.ranked[role].sum()]
    agencies = results.ranked.sort("tasks", "led", "agency_key", descending=[True, True, False]).head(MOST_ROWS)
    longest = max((sum(row[role] for role in roles) for row in agencies.iter_rows(named=True)), default=1) or 1
    return roles, [
        Bar(row["label"], tuple((role, row[role], round(100 * row[role] / longest, 2)) for role in roles if row[role]))
        for row in agencies.iter_rows(named=True)
    ]


def make_removal_bars(results: Results) -> list[Bar]:
    """Return tasks and sections left without a lead, for the agencies whose removal leaves any."""
    hit = results.chosen.filter(pl.col("tasks_without_lead") > 0)
    hit = hit.sort("tasks_without_lead", "sections_without_lead", "agency_key", descending=[True, True, False]).head(MOST_ROWS)
    longest = max(hit["tasks_without_lead"], default=1)
    return [
        Bar(
            row["label"],
            tuple(
                (kind, row[f"{kind}_without_lead"], round(100 * row[f"{kind}_without_lead"] / longest, 2)) for kind in ("tasks", "sections")
            ),
        )
        for row in hit.iter_rows(named=True)
    ]
