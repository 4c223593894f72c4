"""Deadlines: what sets a term in a task's text, and by when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Plan
from kg.parse.goals.deadlines import make_plan_time
from kg.parse.words.lexicon import make_lexicon
from kg.parse.words.numerals import to_number, to_year
from kg.parse.words.times import after_time, around_time
from tests.parse.factories import codes, get_rules, read

HEAD = "关于推进工作的通知\n2017年2月23日\n"


def plan_of(text: str, head: str = HEAD) -> Plan:
    return read(f"{head}一、主要任务\n1.抓好落实。{text}。（市财政局负责）\n2.推进改革。（市民政局负责）\n")[0]


def terms(text: str, head: str = HEAD) -> list[tuple[str, str, str, str]]:
    return [
        (deadline.expression, str(deadline.start or ""), str(deadline.end or ""), deadline.recurring)
        for deadline in plan_of(text, head).tasks[0].deadlines
    ]


def unread(text: str, head: str = HEAD) -> list[tuple[str, str]]:
    found = read(f"{head}一、主要任务\n1.抓好落实。{text}。（市财政局负责）\n2.推进改革。（市民政局负责）\n")[1]
    return [(issue.code, issue.words) for issue in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月底前出台方案", ("6月底前", "", "2017-06-30", "")),
        ("6月底建成平台", ("6月底", "", "2017-06-30", "")),
        ("十二月底前建成平台", ("十二月底前", "", "2017-12-31", "")),
        ("2017年10月底前编制清单", ("2017年10月底前", "", "2017-10-31", "")),
        ("2018 年3 月15 日前公布", ("2018年3月15日前", "", "2018-03-15", "")),
        ("明年3月底前完成", ("明年3月底前", "", "2018-03-31", "")),
        ("9月上旬完成", ("9月上旬", "2017-09-01", "2017-09-10", "")),
        ("9月中旬前完成", ("9月中旬前", "", "2017-09-20", "")),
        ("2018年2月下旬启动", ("2018年2月下旬", "2018-02-21", "2018-02-28", "")),
        ("第三季度完成", ("第三季度", "2017-07-01", "2017-09-30", "")),
        ("一季度末报送", ("一季度末", "", "2017-03-31", "")),
        ("上半年完成试点", ("上半年", "2017-01-01", "2017-06-30", "")),
        ("下半年开展督查", ("下半年", "2017-07-01", "2017-12-31", "")),
        ("年底前完成", ("年底前", "", "2017-12-31", "")),
        ("今年年底前完成", ("今年年底前", "", "2017-12-31", "")),
        ("17年底前完成", ("17年底前", "", "2017-12-31", "")),
        ("年内建成", ("年内", "2017-01-01", "2017-12-31", "")),
        ("全年培训干部", ("全年", "2017-01-01", "2017-12-31", "")),
        ("国庆节前完成", ("国庆节前", "", "2017-09-30", "")),
        ("到2020年，建成体系", ("到2020年", "", "2020-12-31", "")),
        ("2017-2019年，开展试点", ("2017-2019年", "2017-01-01", "2019-12-31", "")),
        ("2017年3月至9月，开展试点", ("2017年3月至9月", "2017-03-01", "2017-09-30", "")),
        ("“十三五”期间，建成体系", ("“十三五”期间", "2016-01-01", "2020-12-31", "")),
        ("“十三五”末建成体系", ("“十三五”末", "", "2020-12-31", "")),
        ("每年开展一次评估", ("每年", "", "", "P1Y")),
        ("每半年开展评估", ("每半年", "", "", "P6M")),
        ("每季度通报一次", ("每季度", "", "", "P3M")),
        ("各季度末报送", ("各季度末", "", "", "P3M")),
        ("按月通报", ("按月", "", "", "P1M")),
        ("每两周调度一次", ("每两周", "", "", "P2W")),
        ("每月5日前报送", ("每月5日前", "", "", "P1M")),
        ("每年3月底前报送", ("每年3月底前", "", "", "P1Y")),
    ],
)
def test_term(text: str, expected: tuple[str, str, str, str]) -> None:
    assert terms(text) == [expected]
    assert unread(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("三年内建成体系", "三年内"),
        ("力争用三年时间建成体系", "三年时间"),
        ("2个月内完成", "2个月内"),
        ("自印发之日起30个工作日内报送", "自印发之日起30个工作日内"),
        ("提前一年完成目标", "提前一年"),
        ("春节前完成", "春节前"),
        ("汛期前完成整治", "汛期前"),
        ("2月30日前完成", "2月30日前"),
        ("次年3月底前报送", "次年3月底前"),
    ],
)
def test_what_fixes_no_day_is_kept_as_text_and_reported(text: str, words: str) -> None:
    assert terms(text) == [(words, "", "", "")]
    assert unread(text) == [("unread-deadline", words)]


def test_report_shows_its_place() -> None:
    plan, issues = read(f"{HEAD}一、主要任务\n1.抓好落实。三年内建成体系。（市财政局负责）\n2.推进改革。（市民政局负责）\n")
    (issue,) = issues
    assert issue.span is not None
    assert issue.span.slice(plan.document.text) == issue.words == "三年内"


@pytest.mark.parametrize(
    "text",
    [
        "自2021年1月1日起施行",
        "落实2020年版清单",
        "发布3月份数据",
        "截至2016年底，已完成试点",
        "2016年底前已完成试点",
        "近三年内发生事故的企业要整改",
        "落实《行动计划（2017-2019年）》",
        "开展“每月一主题”活动",
        "为完成全年目标任务打好基础",
        "给予每人每月500元补贴",
        "实行每周7天服务",
        "修改2017年的计划",
        "通过验收后3年内的项目要回访",
        "落实“十三五”规划",
        "2017年各项任务进展顺利",
        "持续推进标准化改革",
    ],
)
def test_times_that_set_no_term(text: str) -> None:
    assert terms(text) == []
    assert unread(text) == []


def test_open_terms_stand_alone() -> None:
    assert terms("深化改革，长期坚持") == [("长期坚持", "", "", "")]
    assert unread("深化改革，长期坚持") == []


def test_year_holds_for_the_rest_of_its_sentence() -> None:
    found = terms("2018年6月底前出台方案，12月底前完成。11月底前总结")
    assert [end for _, _, end, _ in found] == ["2018-06-30", "2018-12-31", "2017-11-30"]


def test_limit_behind_a_list_holds_for_each() -> None:
    assert terms("6月、9月、12月底前分别报送") == [
        ("6月", "", "2017-06-30", ""),
        ("9月", "", "2017-09-30", ""),
        ("12月底前", "", "2017-12-31", ""),
    ]


def test_day_already_over_without_a_year_is_not_guessed() -> None:
    late = "关于推进工作的通知\n2017年11月20日\n"
    assert terms("3月底前完成", late) == [("3月底前", "", "", "")]
    assert unread("3月底前完成", late) == [("unread-deadline", "3月底前")]


def test_without_any_year_days_stay_open() -> None:
    assert terms("6月底前完成", "工作方案\n") == [("6月底前", "", "", "")]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2017年12月30日", [("2017年12月30日", "2017-12-30", "2017-12-30", "")]),
        ("2017 年12 月30 日", [("2017年12月30日", "2017-12-30", "2017-12-30", "")]),
        ("2017.12.30", [("2017.12.30", "2017-12-30", "2017-12-30", "")]),
        ("2017年", [("2017年", "2017-01-01", "2017-12-31", "")]),
        ("第三季度完成", [("第三季度", "2017-07-01", "2017-09-30", "")]),
        ("持续推进", [("持续推进", "", "", "")]),
        ("6月底前，并长期坚持", [("6月底前", "", "2017-06-30", ""), ("并长期坚持", "", "", "")]),
        ("6月底前出台方案，12月底前完成", [("6月底前", "", "2017-06-30", ""), ("12月底前", "", "2017-12-31", "")]),
        ("3月至9月", [("3月至9月", "2017-03-01", "2017-09-30", "")]),
        ("4—9月", [("4—9月", "2017-04-01", "2017-09-30", "")]),
        ("一至三季度", [("一至三季度", "2017-01-01", "2017-09-30", "")]),
        ("2017年6月底至2018年6月底", [("2017年6月底至2018年6月底", "2017-06-30", "2018-06-30", "")]),
        ("二○一八年底前", [("二○一八年底前", "", "2018-12-31", "")]),
        ("2017年10月1日起", [("2017年10月1日起", "2017-10-01", "", "")]),
        ("2017年底前完成80%，2018年底前全部完成", [("2017年底前", "", "2017-12-31", ""), ("2018年底前", "", "2018-12-31", "")]),
        ("持续推进，年底总结", [("持续推进", "", "", ""), ("年底", "", "2017-12-31", "")]),
        ("—", []),
        ("按上级要求", [("按上级要求", "", "", "")]),
    ],
)
def test_label(label: str, expected: list[tuple[str, str, str, str]]) -> None:
    text = f"{HEAD}一、主要任务\n1.抓好落实。（责任单位：市财政局；完成时限：{label}）\n2.推进改革。（责任单位：市民政局）\n"
    found = read(text)[0].tasks[0].deadlines
    assert [(d.expression, str(d.start or ""), str(d.end or ""), d.recurring) for d in found] == expected
    assert codes(text) == (["unread-deadline"] if label == "按上级要求" else [])


def test_day_in_text_and_label_counts_once() -> None:
    plan, _ = read(
        f"{HEAD}一、主要任务\n1.抓好落实，年底前完成。（责任单位：市财政局；完成时限：2017年12月底前）\n2.推进。（责任单位：市民政局）\n"
    )
    assert [(d.expression, d.end) for d in plan.tasks[0].deadlines] == [("2017年12月底前", date(2017, 12, 31))]


def test_expression_is_what_stands_at_its_span() -> None:
    plan = plan_of("2018年6月底前出台方案，每季度通报")
    for deadline in plan.tasks[0].deadlines:
        assert deadline.span.slice(plan.document.text) == deadline.expression


@pytest.mark.parametrize(
    ("title", "issued", "year", "titled"),
    [
        ("2018年工作要点", date(2017, 12, 28), 2018, True),
        ("2018年工作要点", None, 2018, True),
        ("关于推进工作的意见", date(2017, 12, 28), 2017, False),
        ("2016年总结和2017年打算", date(2017, 1, 5), 2017, False),
        ("三年行动计划（2018—2020年）", date(2018, 3, 1), 2018, False),
        ("工作要点", None, None, False),
    ],
)
def test_plan_time(title: str, issued: date | None, year: int | None, titled: bool) -> None:
    time = make_plan_time(title, issued)
    assert (time.year, time.titled) == (year, titled)


@given(st.dates(date(2017, 3, 1), date(2040, 12, 31)))
def test_every_day_is_read_as_itself(day: date) -> None:
    words = f"{day.year}年{day.month}月{day.day}日前"
    assert terms(f"{words}完成") == [(words, "", day.isoformat(), "")]


def _to_hanzi(value: int) -> str:
    digits, steps = "零一二三四五六七八九", ("", "十", "百", "千")
    words = ""
    for place, digit in enumerate(reversed(str(value))):
        words = (digits[int(digit)] + steps[place] if digit != "0" else "零") + words
    while "零零" in words:
        words = words.replace("零零", "零")
    return words.rstrip("零") if value else "零"


@given(st.integers(0, 9999), st.integers(1, 999))
def test_numerals(value: int, myriads: int) -> None:
    assert to_number(_to_hanzi(value)) == value
    assert to_number(f"{value:,}") == value
    assert to_number(f"{_to_hanzi(myriads)}万") == myriads * 10000


def test_what_is_no_number() -> None:
    assert [to_number(words) for words in ("万", "百", "一一", "")] == [None, None, None, None]
    assert to_year("三千") is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [("2023年6月底前", ""), ("年底前完成", "完成"), ("每季度通报", "通报"), ("市民政局", None), ("第一项6月底前", None)],
)
def test_what_follows_a_time_at_the_head(words: str, expected: str | None) -> None:
    assert after_time(words, make_lexicon(get_rules().notation)) == expected


def test_what_stands_around_a_time() -> None:
    lexicon = make_lexicon(get_rules().notation)
    assert around_time("第一项6月底前完成", lexicon) == ("第一项", "完成")
    assert around_time("市民政局", lexicon) == ("", None)
