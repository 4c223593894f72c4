"""Where things stand in a picture: sections and tasks on a ring, agencies inside it, each drawn to its tasks.

An agency that serves one section comes to lie beside it, one that serves many near the middle: the picture shows cross-cutting load
before a number is read. Everything is computed here, without chance and without a clock; the browser only draws.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

#: Width of the ring in units of its height; screens are wide.
ASPECT = 1.4
#: Room of a task on the ring, in canvas units (pixels at zoom 1).
PITCH = 34.0
#: How much of the disc agencies may cover at most.
FILL = 0.3
_GAP = 9.0
_STEPS = 4096
#: Distance between the spots that are tried for an agency.
_STEP = 11.0


@dataclass(frozen=True, slots=True)
class Group:
    """A stretch of the ring: a section and the keys of what stands in it (none: the section itself takes one place)."""

    key: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is to be placed.

    ``groups`` in the order of the page; ``outer`` are keys of upper sections with the groups they cover; ``links`` lead from an agency to
    the keys on the ring that it is drawn to; ``apart`` are agencies that stand below the ring; ``sizes`` are (width, height) of every key.
    """

    groups: tuple[Group, ...]
    outer: tuple[tuple[str, tuple[str, ...]], ...]
    links: Mapping[str, tuple[str, ...]]
    apart: tuple[str, ...]
    sizes: Mapping[str, tuple[float, float]]


def measure_text(text: str, size: float, *, padding: float = 12.0) -> tuple[float, float]:
    """Return width and height of a label, in pixels; ideographs are as wide as high, Latin letters about half.

    Examples
    --------
    >>> measure_text("市政府", 10.0)
    (42.0, 22.0)
    """
    lines = text.split("\n")
    width = max(sum(size if ord(letter) > 0x2E7F else size * 0.58 for letter in line) for line in lines)
    return width + padding, len(lines) * size * 1.2 + 10.0


def lay_out(sketch: Sketch) -> dict[str, tuple[int, int]]:
    """Place everything in `sketch`.

    Returns
    -------
    dict
        Key → (x, y), whole canvas units, y downwards, the middle of the ring at (0, 0).

    Examples
    --------
    >>> sizes = {"s": (60.0, 20.0), "t": (20.0, 20.0), "a": (60.0, 20.0)}
    >>> places = lay_out(Sketch((Group("s", ("t",)),), (), {"a": ("t",)}, (), sizes))
    >>> sorted(places)
    ['a', 's', 't']
    """
    radius = _find_radius(sketch)
    angles = _spread_on_ring(sketch.groups, radius)
    places: dict[str, tuple[float, float]] = {
        key: (ASPECT * radius * math.cos(angle), radius * math.sin(angle)) for key, angle in angles.items() if key in _members(sketch)
    }
    anchors = {key: (ASPECT * radius * math.cos(angle), radius * math.sin(angle)) for key, angle in angles.items()}
    places.update(_place_sections(sketch, angles, radius))
    inside = [key for key in sketch.links if key not in sketch.apart]
    places.update(_place_agencies(inside, sketch, anchors, radius))
    places.update(_place_apart(sketch, places))
    return {key: (round(x), round(y)) for key, (x, y) in places.items()}


def _members(sketch: Sketch) -> set[str]:
    return {member for group in sketch.groups for member in group.members}


def _find_radius(sketch: Sketch) -> float:
    slots = sum(max(1, len(group.members)) + 1 for group in sketch.groups) + len(sketch.outer)
    # Ramanujan's approximation for the circumference of an ellipse with the half axes ASPECT and 1.
    h = ((ASPECT - 1) / (ASPECT + 1)) ** 2
    around = math.pi * (ASPECT + 1) * (1 + 3 * h / (10 + math.sqrt(4 - 3 * h)))
    area = sum((sketch.sizes[key][0] + _GAP) * (sketch.sizes[key][1] + _GAP) for key in sketch.links if key not in sketch.apart)
    widest = max((sketch.sizes[key][0] for key in sketch.links), default=0.0)
    return max(slots * PITCH / around, math.sqrt(area / (FILL * math.pi * ASPECT)), widest, 150.0)


def _spread_on_ring(groups: Sequence[Group], radius: float) -> dict[str, float]:
    """Return the angle of each member and of the middle of each group, equal lengths of arc apart, clockwise from the top."""
    slots = sum(max(1, len(group.members)) + 1 for group in groups)
    turns = np.linspace(-math.pi / 2, 1.5 * math.pi, _STEPS + 1)
    xs, ys = ASPECT * radius * np.cos(turns), radius * np.sin(turns)
    arc = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(xs), np.diff(ys)))])
    angles: dict[str, float] = {}
    slot = 0.5
    for group in groups:
        count = max(1, len(group.members))
        for offset, member in enumerate(group.members):
            angles[member] = float(np.interp((slot + offset + 0.5) / slots * arc[-1], arc, turns))
        angles[group.key] = float(np.interp((slot + count / 2) / slots * arc[-1], arc, turns))
        slot += count + 1
    return angles


def _place_sections(sketch: Sketch, angles: Mapping[str, float], radius: float) -> dict[str, tuple[float, float]]:
    """Place sections outside the ring, further out where a label would cover another."""
    placed: dict[str, tuple[float, float]] = {}
    for group in sketch.groups:
        placed[group.key] = _push_outward(group.key, angles[group.key], radius, 26.0, sketch.sizes, placed)
    for key, covered in sketch.outer:
        middle = (angles[covered[0]] + angles[covered[-1]]) / 2
        placed[key] = _push_outward(key, middle, radius, 60.0, sketch.sizes, placed)
    return placed


def _push_outward(
    key: str, angle: float, radius: float, start: float, sizes: Mapping[str, tuple[float, float]], placed: Mapping[str, tuple[float, float]]
) -> tuple[float, float]:
    width, height = sizes[key]
    across, along = math.cos(angle), math.sin(angle)
    distance = start
    while True:
        x = (ASPECT * radius + distance + width / 2) * across
        y = (radius + distance + height / 2) * along
        if not any(
            abs(x - other_x) < (width + sizes[other][0]) / 2 + 4 and abs(y - other_y) < (height + sizes[other][1]) / 2 + 4
            for other, (other_x, other_y) in placed.items()
        ):
            return x, y
        distance += 8.0


def _place_agencies(
    keys: Sequence[str], sketch: Sketch, anchors: Mapping[str, tuple[float, float]], radius: float
) -> dict[str, tuple[float, float]]:
    """Place each agency in the middle of its tasks, or as near to it as there is room; those with most tasks choose first."""
    if not keys:
        return {}
    while True:
        placed = _fill_disc(keys, sketch, anchors, radius)
        if placed is not None:
            return placed
        anchors = {key: (x * 1.1, y * 1.1) for key, (x, y) in anchors.items()}
        radius *= 1.1


def _fill_disc(
    keys: Sequence[str], sketch: Sketch, anchors: Mapping[str, tuple[float, float]], radius: float
) -> dict[str, tuple[float, float]] | None:
    limits = np.array([ASPECT * (radius - 30.0), radius - 30.0])
    ways = _make_spiral(2.0 * radius)
    spots = np.zeros((0, 2))
    halves = np.zeros((0, 2))
    placed: dict[str, tuple[float, float]] = {}
    for key in sorted(keys, key=lambda one: (-len(sketch.links[one]), one)):
        half = (np.array(sketch.sizes[key]) + _GAP) / 2
        wish = np.mean([anchors[place] for place in sketch.links[key]], axis=0) * 0.82
        spot = _find_free(wish + ways, half, limits, spots, halves)
        if spot is None:
            return None
        spots, halves = np.vstack([spots, spot]), np.vstack([halves, half])
        placed[key] = (float(spot[0]), float(spot[1]))
    return placed


def _find_free(tries: Reals, half: Reals, limits: Reals, spots: Reals, halves: Reals) -> Reals | None:
    """Return the first of some spots where a box of this half size lies within the ellipse and covers no other."""
    start, count = 0, 64
    while start < len(tries):
        some = tries[start : start + count]
        inside = np.hypot(*((np.abs(some) + half) / limits).T) <= 1
        covers = np.any(np.all(np.abs(some[:, None, :] - spots[None, :, :]) < half + halves, axis=2), axis=1)
        free = np.flatnonzero(inside & ~covers)
        if free.size:
            found: Reals = some[free[0]]
            return found
        # Most find room at once; only the last to choose have to look far.
        start, count = start + count, count * 2
    return None


def _make_spiral(reach: float) -> Reals:
    """Return steps away from a point, nearest first, an even cover of the disc around it."""
    number = np.arange(int((reach / _STEP) ** 2), dtype=np.float64)
    distance, turn = _STEP * np.sqrt(number), number * math.pi * (3 - math.sqrt(5))
    return np.stack([distance * np.cos(turn) * ASPECT, distance * np.sin(turn)], axis=1)


def _place_apart(sketch: Sketch, places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Place what stands apart in centred rows below everything else."""
    floor = max((y + sketch.sizes[key][1] / 2 for key, (_, y) in places.items()), default=0.0) + 26.0
    rows: list[list[str]] = [[]]
    for key in sketch.apart:
        if sum(sketch.sizes[other][0] + 30 for other in rows[-1]) > 1200:
            rows.append([])
        rows[-1].append(key)
    placed = {}
    for number, row in enumerate(rows):
        x = -sum(sketch.sizes[key][0] + 30 for key in row) / 2
        for key in row:
            placed[key] = (x + (sketch.sizes[key][0] + 30) / 2, floor + number * 50)
            x += sketch.sizes[key][0] + 30
    return placed
