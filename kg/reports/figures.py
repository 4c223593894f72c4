"""What is drawn on the page: two charts, and the tables that are pictures themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from kg.reports.charts import LABEL_GAP, SCATTER_HEIGHT, SCATTER_WIDTH, Chart, draw, make_ranking, make_scatter
from kg.reports.results import Results
from kg.reports.sheets import list_sections, list_sections_above
from kg.reports.words import Words, shorten, write_number

#: Most agencies in a picture; the annex has all.
MOST_ROWS = 15
MOST_HEAT_ROWS = 20
#: Most sections in the heat map, the rest summed up in one more column, and most characters of a section's title there.
MOST_HEAT_COLUMNS = 16
_SECTION, _NARROW_SECTION, _FEW_COLUMNS = 28, 14, 8
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
    top = set(results.ranked.filter((pl.col("rank") <= 3) & (pl.col("cross_cutting_load") > 0))["agency_key"])
    points: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in results.ranked.iter_rows(named=True):
        points.setdefault((row["sections"], row["tasks"]), []).append(row)
    rows: list[dict[str, Any]] = []
    for (sections, tasks), there in sorted(points.items(), key=lambda item: (-item[0][1], -item[0][0])):
        names = [shorten(row["label"], _NAME) for row in there]
        name = words.join(names) if len(there) <= 2 else words.say("scatter.several", count=len(there))
        # Few tasks make a rank no finding, also one of the first three.
        kind = "grey" if there[0]["grey"] else "top" if any(row["agency_key"] in top for row in there) else "plain"
        rows.append({"sections": sections, "tasks": tasks, "count": len(there), "words": name, "kind": kind, "name": name})
    _hide_covered(rows)
    told = [words.say("scatter.point", words=row["name"], sections=row["sections"], tasks=row["tasks"]) for row in rows[:MOST_ROWS]]
    spec = make_scatter(rows, {"x": words.say("scatter.x"), "y": words.say("scatter.y")})
    return draw("scatter", words.say("scatter.heading"), words.say("scatter.description", points=words.join_clauses(told)), spec)


def _hide_covered(rows: list[dict[str, Any]]) -> None:
    """Take away the words that would stand on others' or on a circle; the first three and then the points with most tasks keep theirs."""
    across = SCATTER_WIDTH / (max((row["sections"] for row in rows), default=1) + 1)
    up = SCATTER_HEIGHT / max((row["tasks"] for row in rows), default=1)
    circles = [(row["sections"] * across, row["tasks"] * up) for row in rows]
    kept: list[tuple[float, float, float]] = []
    for row in sorted(rows, key=lambda row: row["kind"] != "top"):
        centre, height = row["sections"] * across, row["tasks"] * up
        left, right = centre + LABEL_GAP, centre + LABEL_GAP + 13 * len(row["words"])
        on_words = any(left < other_right and other_left < right and abs(height - other) < 14 for other_left, other_right, other in kept)
        on_circle = any(left - 5 < x < right + 5 and abs(height - y) < 10 for x, y in circles)
        if on_words or (on_circle and row["kind"] != "top"):
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


def make_heat_map(results: Results, words: Words) -> HeatMap:
    """Return agencies × sections, the agencies with most tasks first.

    Of many sections, as several plans together have them, those in which the agencies shown have most tasks have a column, in the order of
    the page; the last column sums up the others.
    """
    cells = {(row["agency_key"], row["section_id"]): row["tasks"] for row in results.section_counts.iter_rows(named=True)}
    agencies = results.ranked.sort("tasks", "sections", "agency_key", descending=[True, True, False])
    shown = agencies.head(MOST_HEAT_ROWS).select("agency_key", "label", "tasks").rows()
    sections, others = _choose_sections(list_sections(results), [key for key, _, _ in shown], cells)
    counted = {key: [cells.get((key, section), 0) for section, _ in sections] for key, _, _ in shown}
    most = max((count for counts in counted.values() for count in counts), default=1) or 1
    rows = []
    for key, label, tasks in shown:
        shaded = [(count, -(-count * 5 // most)) for count in counted[key]]
        rest = [(sum(cells.get((key, section), 0) for section, _ in others), 0)] if others else []
        rows.append(HeatRow(label, (*shaded, *rest), tasks))
    # Among many columns a title has room for two characters a line, or for four over two columns.
    longest = _SECTION if len(sections) <= _FEW_COLUMNS else _NARROW_SECTION
    titles = [shorten(title, longest if others else _SECTION) for _, title in sections] + (
        [words.say("heat.rest", count=len(others))] if others else []
    )
    above = []
    if results.section_level > 1 or results.plans.height > 1:
        spans = list_sections_above(results, [section for section, _ in sections])
        above = [(shorten(title, longest * columns), columns) for title, columns in spans] + ([("", 1)] if others else [])
    return HeatMap(tuple(above), tuple(titles), tuple(rows), max(0, agencies.height - MOST_HEAT_ROWS))


def _choose_sections(
    sections: list[tuple[str, str]], agencies: list[str], cells: Mapping[tuple[str, str], int]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Part the sections into those with a column of their own and the others."""
    if len(sections) <= MOST_HEAT_COLUMNS:
        return sections, []
    busy = {section: sum(cells.get((key, section), 0) for key in agencies) for section, _ in sections}
    chosen = {section for section, _ in sorted(sections, key=lambda pair: -busy[pair[0]])[:MOST_HEAT_COLUMNS]}
    return [pair for pair in sections if pair[0] in chosen], [pair for pair in sections if pair[0] not in chosen]


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
