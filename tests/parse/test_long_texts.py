"""Hostile lengths: what costs more than its length would never end."""

import time

import pytest

from kg.model import AccountKind
from tests.parse.factories import read

#: Seconds within which each text must be read; work that grows with the square of the length takes minutes.
_LIMIT = 25.0


@pytest.mark.parametrize(
    "text",
    [
        "1.甲。" + "（" * 20_000 + "市财政局牵头",
        "1.甲。" + "（市财政局牵头" * 4_000,
        "1.甲。" + "（市财政局、" * 4_000,
        "1.甲。" + "）" * 20_000,
        "1.甲。" + "（" * 10_000 + "市财政局牵头" + "）" * 10_000,
        "1.甲。" + "（〔" * 5_000 + "市财政局牵头" + "）〕" * 5_000,
        "1." + "市" * 50_000,
        "a" * 200_000,
        "1.甲。（" + "市财政局按职责分工" * 3_000 + "）",
        "1.甲。（市财政局" + "负责落实并" * 3_000 + "）",
        "1.甲。（责任单位：" + "和".join(f"市财政{number}局" for number in range(5_000)) + "）",
        "1.甲。（" + "市财政局会同" * 4_000 + "市教育局负责）",
        "1.甲。（" + "市财政局，请市教育局，" * 3_000 + "牵头）",
        "1.甲。（市财政局负责，以下均需市教育局落实）\n" * 3_000,
        "".join(f"1.甲。（市财政局负责，以下均需市教育{number}局落实）\n" for number in range(2_000)),
        "1.甲。" + "2022年、" * 5_000 + "分别完成。（市财政局负责）",
        "1.甲。" + "【责任单位】市财政局" * 4_000,
        "1.甲。\n责任单位：\n" + "".join(f"{number % 99 + 1}.市财政局\n" for number in range(5_000)),
        "1.甲。" + "市财政局负责。" * 5_000,
        "市财政局\n" * 20_000,
        "1.甲。\n" * 20_000,
        "推进改革，加强管理，" * 20_000,
    ],
    ids=lambda text: f"{text[:12]!r} x{len(text)}",
)
def test_time_grows_with_the_length(text: str) -> None:
    begun = time.perf_counter()
    plan, _ = read(text)
    assert time.perf_counter() - begun < _LIMIT
    assert plan.account[-1].span.end == len(text)


def test_many_names_in_one_bracket() -> None:
    names = [f"市财政{number}局" for number in range(5_000)]
    plan, issues = read("1.甲。（责任单位：" + "、".join(names) + "）")
    assert [mention.name for mention in plan.tasks[0].mentions] == names
    assert [mention.position for mention in plan.tasks[0].mentions] == list(range(1, 5_001))
    assert [entry.kind for entry in plan.account] == [AccountKind.TASK, AccountKind.ASSIGNMENT]
    assert issues == ()
