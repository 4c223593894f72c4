"""第一部分, 第一篇, 第一件事 …: what counts parts and items, and what only begins a sentence."""

import pytest

from tests.parse.factories import codes, get_rules, read, who

R = "responsible"


@pytest.mark.parametrize("part", get_rules().notation.parts, ids=lambda part: part.word)
def test_the_example_of_each_kind_is_read(part) -> None:  # type: ignore[no-untyped-def]
    first, second = part.example.split("/")
    text = f"{first}\n1.推进改革。（市发改委负责）\n{second}\n2.修路。（市交通局负责）\n3.造林。（市林业局负责）"
    assert who(text) == {"1.1": [("市发改委", R)], "2.2": [("市交通局", R)], "2.3": [("市林业局", R)]}
    assert [(section.path, section.title) for section in read(text)[0].sections] == [("1", "优化服务"), ("2", "强化监管")]
    assert codes(text) == []


def test_parts_above_sections() -> None:
    text = (
        "第一部分 优化服务\n一、改革\n1.推进改革。（市发改委负责）\n二、宣传\n2.加强宣传。（市文化局负责）\n"
        "第二部分 强化监管（牵头单位：市公安局；责任单位：市林业局）\n一、路\n3.修路。\n二、林\n4.造林。\n"
    )
    assert list(who(text)) == ["1.1.1", "1.2.2", "2.1.3", "2.2.4"]
    assert who(text)["2.1.3"] == [("市公安局", "lead"), ("市林业局", R)]


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("第001号", "第002号", "第001号"),
        ("第一件事：", "第二件事：", "第一件事："),
        ("第1项 ", "第2项 ", "第1项"),
        ("任务1：", "任务2：", "任务1："),
        ("（任务一）", "（任务二）", "（任务一）"),
        ("板块一 ", "板块二 ", "板块一"),
        ("No.1 ", "No.2 ", "No.1"),
        ("1★.", "2.", "1★."),
    ],
)
def test_numbers_of_items(first: str, second: str, label: str) -> None:
    text = f"{first}修路。（市交通局负责）\n{second}造林。（市林业局负责）"
    assert who(text) == {"1": [("市交通局", R)], "2": [("市林业局", R)]}
    assert read(text)[0].tasks[0].label == label
    assert [task.text for task in read(text)[0].tasks] == ["修路。", "造林。"]


def test_cards_that_count_by_their_heads() -> None:
    text = "第001号\n案由：修路\n主办单位：市交通局\n第002号\n案由：造林\n主办单位：市林业局\n会办单位：市财政局"
    assert who(text) == {"1": [("市交通局", "lead")], "2": [("市林业局", "lead"), ("市财政局", "cooperate")]}


@pytest.mark.parametrize(
    "line",
    [
        "第一部分工作已完成。",
        "第一部分资金到位",
        "第一项改革深入推进",
        "第一件事是修订办法。",
        "其中第一部分、第二部分由各县区落实。",
    ],
)
def test_such_words_in_a_sentence_count_nothing(line: str) -> None:
    text = f"一、优化服务\n1.推进改革。\n{line}\n（市发改委负责）\n2.修路。（市交通局负责）\n二、强化监管\n3.造林。（市林业局负责）"
    assert who(text) == {"1.1": [("市发改委", R)], "1.2": [("市交通局", R)], "2.3": [("市林业局", R)]}
    assert codes(text) == []
