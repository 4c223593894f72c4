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
