"""Hostile lengths are read to their end, and every character has its place in the account; ``bench.long_texts`` has the times."""

from collections.abc import Callable

import pytest

from bench.long_texts import LONG_TEXTS
from kg.model import AccountKind
from tests.parse.factories import read


@pytest.mark.parametrize("make", LONG_TEXTS, ids=lambda make: repr(make(2)[:20]))
def test_long_text_is_read_to_its_end(make: Callable[[int], str]) -> None:
    text = make(2_000)
    plan, _ = read(text)
    assert plan.account[0].span.start == 0
    assert plan.account[-1].span.end == len(text)


def test_many_names_in_one_bracket() -> None:
    names = [f"市财政{number}局" for number in range(5_000)]
    plan, issues = read("1.甲。（责任单位：" + "、".join(names) + "）")
    assert [mention.name for mention in plan.tasks[0].mentions] == names
    assert [mention.position for mention in plan.tasks[0].mentions] == list(range(1, 5_001))
    assert [entry.kind for entry in plan.account] == [AccountKind.TASK, AccountKind.ASSIGNMENT]
    assert issues == ()


def test_evidence_of_a_very_long_bracket_is_what_stands_around_the_name() -> None:
    text = "1.甲。（责任单位：" + "、".join(f"市财政{number}局" for number in range(1_000)) + "）"
    plan, _ = read(text)
    for mention in plan.tasks[0].mentions:
        assert mention.evidence.start <= mention.span.start < mention.span.end <= mention.evidence.end
        assert mention.evidence.end - mention.evidence.start <= 1_000
    assert plan.account[-1].span.slice(text) == text[4:]


@pytest.mark.parametrize(("names", "handed_down"), [(20, True), (300, False)])
def test_names_of_a_heading_for_very_many_items_are_reported(names: int, handed_down: bool) -> None:
    heading = f"一、总体（责任单位：{'、'.join(f'市第{number}财政局' for number in range(names))}）\n"
    plan, issues = read(heading + "".join(f"{number}.推进工作。\n" for number in range(1, 501)))
    assert len(plan.tasks) == 500
    assert {len(task.mentions) for task in plan.tasks} == {names if handed_down else 0}
    assert [issue.words[:6] for issue in issues if issue.code == "too-many-heirs"] == ([] if handed_down else ["（责任单位："])


def test_rules_for_very_many_later_tasks_are_reported() -> None:
    rule = f"1.甲。（市教育局负责，以下均需{'、'.join(f'市第{number}财政局' for number in range(300))}落实）\n"
    plan, issues = read(rule + "".join(f"{number}.推进工作。（市教育局负责）\n" for number in range(2, 501)))
    assert {len(task.mentions) for task in plan.tasks} == {1}
    assert [issue.code for issue in issues if issue.code == "too-many-heirs"] == ["too-many-heirs"]
