"""Terms that name a day without 前, several years, or no day at all; and days to which a document is in force."""

import pytest

from tests.parse.factories import read

HEAD = "2022年工作要点\n2021年12月20日\n"


def terms(text: str) -> list[tuple[str, str, str]]:
    plan, _ = read(f"{HEAD}1.甲。{text}。（市财政局负责）\n2.乙。（市教育局负责）")
    return [(deadline.expression, str(deadline.start or ""), str(deadline.end or "")) for deadline in plan.tasks[0].deadlines]


def unread(text: str) -> list[str]:
    _, issues = read(f"{HEAD}1.甲。{text}。（市财政局负责）\n2.乙。（市教育局负责）")
    return [issue.words for issue in issues if issue.code == "unread-deadline"]


@pytest.mark.parametrize("text", ["建成大桥，2022年8月31日", "建成大桥（2022年8月31日）", "2022年8月31日建成大桥"])
def test_day_in_the_place_of_a_term(text: str) -> None:
    assert terms(text) == [("2022年8月31日", "2022-08-31", "2022-08-31")]


@pytest.mark.parametrize("text", ["建成大桥，2021年8月31日", "根据2022年8月31日会议精神建桥", "2022年8月31日以来"])
def test_day_that_is_no_term(text: str) -> None:
    assert terms(text) == []


@pytest.mark.parametrize("first", ["2022年", "2022"])
def test_each_year_of_a_list_is_a_term(first: str) -> None:
    expected = [(first, "2022-01-01", "2022-12-31"), ("2023年", "2023-01-01", "2023-12-31")]
    assert terms(f"力争{first}、2023年分别完成30%、60%") == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [("尽快完成建桥", "尽快"), ("近期启动建桥", "近期"), ("下周完成建桥", "下周"), ("2025年前后建成大桥", "2025年前后")],
)
def test_term_without_a_day_is_kept_and_reported(text: str, words: str) -> None:
    assert terms(text) == [(words, "", "")]
    assert unread(text) == [words]


@pytest.mark.parametrize("text", ["近期目标是建桥", "坚持近期和远期结合"])
def test_words_of_time_that_set_no_term(text: str) -> None:
    assert terms(text) == []
    assert unread(text) == []


@pytest.mark.parametrize(
    "text", ["有效期至2025年12月31日", "政策执行至2022年12月31日", "政策延续到2023年12月31日", "实施期限至2022年12月31日"]
)
def test_days_to_which_a_document_is_in_force_are_no_terms(text: str) -> None:
    assert terms(text) == []


def test_day_in_the_last_item_is_not_the_day_of_the_plan() -> None:
    plan, _ = read("工作要点\n1.甲。（市财政局负责）\n2.2022年8月31日完成乙。（市教育局负责）")
    assert plan.issued is None
