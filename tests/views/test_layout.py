"""kg.views.layout: nothing covers anything, everything near its tasks, always the same."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.views.layout import Group, Sketch, lay_out, measure_text

BOX = (90.0, 30.0)


def build_sketch(members: list[int], links: list[list[int]]) -> Sketch:
    """Return a sketch of sections with so many tasks each, and agencies linked to tasks by number (modulo)."""
    tasks = [[f"t{section}.{task}" for task in range(count)] for section, count in enumerate(members)]
    every = [task for some in tasks for task in some]
    groups = tuple(Group(f"s{section}", tuple(some)) for section, some in enumerate(tasks))
    named = {f"a{number}": tuple(every[place % len(every)] for place in places) for number, places in enumerate(links)}
    sizes = {**dict.fromkeys(every, (32.0, 28.0)), **dict.fromkeys(named, BOX), **{group.key: (120.0, 50.0) for group in groups}}
    return Sketch(groups, (), named, (), sizes)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=8),
    st.lists(st.lists(st.integers(0, 50), min_size=1, max_size=6), min_size=1, max_size=40),
)
def test_no_agency_covers_another_and_no_section_another(members: list[int], links: list[list[int]]) -> None:
    sketch = build_sketch(members, links)
    places = lay_out(sketch)
    assert set(places) == set(sketch.sizes)
    for kind in ("a", "s"):
        keys = [key for key in places if key.startswith(kind)]
        for one, other in combinations(keys, 2):
            apart_x = abs(places[one][0] - places[other][0]) - (sketch.sizes[one][0] + sketch.sizes[other][0]) / 2
            apart_y = abs(places[one][1] - places[other][1]) - (sketch.sizes[one][1] + sketch.sizes[other][1]) / 2
            assert apart_x > 0 or apart_y > 0, (one, other)
    assert lay_out(sketch) == places


def test_an_agency_of_one_section_lies_beside_it_and_one_of_all_in_the_middle() -> None:
    sketch = build_sketch([5, 5, 5, 5], [[0, 1, 2], list(range(20))])
    places = lay_out(sketch)
    assert abs(places["a1"][0]) < 20
    assert abs(places["a1"][1]) < 20
    first = [places[f"t0.{task}"] for task in range(3)]
    middle = (sum(x for x, _ in first) / 3, sum(y for _, y in first) / 3)
    assert abs(places["a0"][0] - middle[0]) < abs(middle[0]) / 2 + 60
    assert places["a0"][1] * middle[1] > 0


def test_collectives_stand_below_everything() -> None:
    sketch = build_sketch([3, 3], [[0], [1, 4]])
    apart = Sketch(sketch.groups, (), sketch.links, ("a1",), sketch.sizes)
    places = lay_out(apart)
    assert all(places["a1"][1] > y for key, (_, y) in places.items() if key != "a1")


def test_tasks_follow_the_page_clockwise_from_the_top() -> None:
    places = lay_out(build_sketch([1, 1, 1, 1], [[0]]))
    assert places["t0.0"][0] > 0 > places["t0.0"][1]
    assert min(places["t1.0"]) > 0
    assert places["t2.0"][0] < 0 < places["t2.0"][1]
    assert max(places["t3.0"]) < 0


def test_ideographs_are_twice_as_wide_as_letters() -> None:
    assert measure_text("市政府", 10.0)[0] > measure_text("abc", 10.0)[0]
    assert measure_text("市\n府", 10.0)[1] == 34.0
