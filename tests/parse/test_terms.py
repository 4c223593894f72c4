"""Deadlines and quantified targets."""

import pytest

from tests.parse.factories import read


def task_of(text: str):  # type: ignore[no-untyped-def]
    plan, _ = read(f"2022年工作要点\n1.{text}（市财政局负责）")
    return plan.tasks[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月底前完成。", ("6月底前", None, "2022-06-30", "")),
        ("2023年2月底前完成。", ("2023年2月底前", None, "2023-02-28", "")),
        ("年底前完成。", ("年底前", None, "2022-12-31", "")),
        ("2024年3月15日前完成。", ("2024年3月15日前", None, "2024-03-15", "")),
        ("第三季度前完成。", ("第三季度前", None, "2022-09-30", "")),
        ("上半年内完成。", ("上半年内", "2022-01-01", "2022-06-30", "")),
        ("到2025年，建成体系。", ("到2025年", None, "2025-12-31", "")),
        ("每季度通报一次。", ("每季度", None, None, "P3M")),
    ],
)
def test_deadline(text: str, expected: tuple[str, str | None, str | None, str]) -> None:
    (deadline,) = task_of(text).deadlines
    days = tuple(str(day) if day is not None else None for day in (deadline.start, deadline.end))
    assert (deadline.expression, *days, deadline.recurring) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("4—9月", ("2022-04-01", "2022-09-30", "")),
        ("一至三季度", ("2022-01-01", "2022-09-30", "")),
        ("2022—2025年", ("2022-01-01", "2025-12-31", "")),
        ("2022年6月底至2023年6月底", ("2022-06-30", "2023-06-30", "")),
        ("“十四五”末", (None, "2025-12-31", "")),
        ("明年3月底前", (None, "2023-03-31", "")),
        ("十月底前", (None, "2022-10-31", "")),
        ("二○二三年底前", (None, "2023-12-31", "")),
        ("2022.06.30", ("2022-06-30", "2022-06-30", "")),
        ("2022年10月1日起", ("2022-10-01", None, "")),
        ("每年12月底前", (None, None, "P1Y")),
        ("按季度", (None, None, "P3M")),
        ("2022年底前完成80%，2023年底前全部完成", (None, "2023-12-31", "")),
        ("持续推进，年底总结", (None, "2022-12-31", "")),
        ("持续推进", (None, None, "")),
    ],
)
def test_term_behind_a_label(words: str, expected: tuple[str | None, str | None, str]) -> None:
    plan, issues = read(f"2022年工作要点\n1.甲。（责任单位：市财政局；完成时限：{words}）")
    (deadline,) = plan.tasks[0].deadlines
    days = tuple(str(day) if day is not None else None for day in (deadline.start, deadline.end))
    assert (deadline.expression, *days, deadline.recurring) == (words, *expected)
    assert issues == ()


def test_term_that_fixes_no_day_is_kept_and_noted() -> None:
    plan, issues = read("2022年工作要点\n1.甲。\n责任单位：市财政局\n完成时限：按上级要求")
    assert [(d.expression, d.start, d.end) for d in plan.tasks[0].deadlines] == [("按上级要求", None, None)]
    assert [(issue.code, issue.words) for issue in issues] == [("unread-deadline", "按上级要求")]


@pytest.mark.parametrize("text", ["自2021年1月1日起施行。", "落实2020年版清单。", "发布3月份数据。"])
def test_dates_that_set_no_term(text: str) -> None:
    assert task_of(text).deadlines == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建站点不少于15个。", (15.0, None, "个", ">=")),
        ("建成150-200个站点。", (150.0, 200.0, "个", "range")),
        ("网办率达到95%。", (95.0, None, "%", ">=")),
        ("覆盖率100%。", (100.0, 100.0, "%", "=")),
        ("压缩至3个工作日以内。", (None, 3.0, "个工作日", "<=")),
        ("新增就业1.2万人以上。", (1.2, None, "万人", ">=")),
        ("增速不超过5%。", (None, 5.0, "%", "<=")),
        ("投资约1,200亿元。", (1200.0, 1200.0, "亿元", "~")),
        ("减至3个工作日。", (None, 3.0, "个工作日", "<=")),
        ("投资1.2亿元。", (1.2, 1.2, "亿元", "=")),
    ],
)
def test_target(text: str, expected: tuple[float | None, float | None, str, str]) -> None:
    (target,) = task_of(text).targets
    assert (target.minimum, target.maximum, target.unit, target.comparison) == expected


@pytest.mark.parametrize("text", ["落实第5条要求。", "按照12号文件办理。", "推进3个方面工作。"])
def test_numbers_that_are_no_target(text: str) -> None:
    assert task_of(text).targets == ()


def test_day_that_does_not_exist_is_kept_as_text_and_noted() -> None:
    plan, issues = read("2022年工作要点\n1.2月30日前推进甲。（市财政局负责）")
    assert [(d.expression, d.start, d.end) for d in plan.tasks[0].deadlines] == [("2月30日前", None, None)]
    assert [(issue.code, issue.words) for issue in issues] == [("unread-deadline", "2月30日前")]


def test_period_in_running_text() -> None:
    (deadline,) = task_of("2022年3月至9月开展检查。").deadlines
    assert (str(deadline.start), str(deadline.end)) == ("2022-03-01", "2022-09-30")
