"""Plans: replayed, put end to end, and offsets mapped both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Edit, Span
from kg.repair.plan import Change, apply_changes, apply_plan, compose, make_map, to_changes, to_edits


def edit(start: int, before: str, after: str, kind: str = "pinyin", rule: str = "r") -> Edit:
    return Edit(Span(start, start + len(before)), before, after, kind, rule)


def test_apply_plan_carries_out_every_edit() -> None:
    assert apply_plan("市財(cái)政局", [edit(1, "財", "财"), edit(2, "(cái)", "")]) == "市财政局"


@pytest.mark.parametrize("edits", [[edit(1, "x", "y")], [edit(2, "c", "d"), edit(0, "a", "b")], [edit(0, "ab", "x"), edit(1, "b", "y")]])
def test_apply_plan_refuses_another_text_and_wrong_order(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        apply_plan("abc", edits)


def test_compose_keeps_apart_what_does_not_meet() -> None:
    first = to_changes([edit(0, "區", "区", "a"), edit(4, "xx", "y", "b")])
    second = to_changes([edit(2, "縣", "县", "c")])
    assert to_edits(compose("區a縣bxxc", first, second)) == (edit(0, "區", "区", "a"), edit(2, "縣", "县", "c"), edit(4, "xx", "y", "b"))


def test_compose_melts_what_meets_and_keeps_the_first_kind() -> None:
    first = to_changes([edit(1, "?。ㄒ", "（一網", "gbk-shift", "search")])
    second = to_changes([edit(3, "網上", "网上", "script", "t2s")])
    assert compose("a?。ㄒ上", first, second) == [Change(1, 5, "?。ㄒ上", "（一网上", "gbk-shift", "search+t2s")]


@st.composite
def texts_and_plans(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    source = draw(st.text("abcdef", max_size=14))
    first = draw_plan(draw, source)
    return source, first, draw_plan(draw, apply_plan(source, first))


def draw_plan(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [edit(start, text[start:end], draw(st.text("uvwxyz", max_size=4))) for start, end in pairs]


@given(texts_and_plans())
def test_composed_plan_does_what_both_do(case: tuple[str, list[Edit], list[Edit]]) -> None:
    source, first, second = case
    both = compose(source, to_changes(first), to_changes(second))
    assert apply_changes(source, both) == apply_plan(apply_plan(source, first), second)


@given(texts_and_plans())
def test_untouched_characters_map_both_ways(case: tuple[str, list[Edit], list[Edit]]) -> None:
    source, first, _ = case
    target = apply_plan(source, first)
    offsets = make_map(first)
    touched = {index for item in first for index in range(item.span.start, item.span.end)}
    for index in set(range(len(source))) - touched:
        there = offsets.to_target(Span(index, index + 1))
        assert there.slice(target) == source[index]
        assert offsets.to_source(there) == Span(index, index + 1)


@given(texts_and_plans(), st.integers(0, 14), st.integers(0, 14))
def test_spans_stay_spans(case: tuple[str, list[Edit], list[Edit]], one: int, other: int) -> None:
    source, first, _ = case
    start, end = sorted((min(one, len(source)), min(other, len(source))))
    target = apply_plan(source, first)
    there = make_map(first).to_target(Span(start, end))
    assert 0 <= there.start <= there.end <= len(target)


def test_span_within_an_edit_covers_the_whole_edit() -> None:
    offsets = make_map([edit(2, "?。ㄒ唬", "（一）")])
    assert offsets.to_target(Span(3, 4)) == Span(2, 5)
    assert offsets.to_source(Span(2, 3)) == Span(2, 6)
