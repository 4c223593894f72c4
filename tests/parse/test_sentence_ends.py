"""The clauses at the end of an item's only sentence that say who does it, and what stands behind a blank."""

import pytest

from tests.parse.factories import codes, read, who

R, L, C = "responsible", "lead", "cooperate"


@pytest.mark.parametrize(
    ("item", "expected", "words"),
    [
        ("修路，市交通局牵头，市财政局配合。", [("市交通局", L), ("市财政局", C)], "修路"),
        (
            "修路，完善路网，市交通局牵头，市财政局，各县区政府配合；",
            [("市交通局", L), ("市财政局", C), ("各县区政府", C)],
            "修路，完善路网",
        ),
        ("修路，市交通局负责，年底前完成。", [("市交通局", R)], "修路"),
        ("修路 市交通局牵头，市财政局配合", [("市交通局", L), ("市财政局", C)], "修路"),
        ("修路　市交通局、市财政局负责", [("市交通局", R), ("市财政局", R)], "修路"),
        # A sentence of its own that shares the task out among groups.
        ("修路。各县区政府牵头，市直有关部门配合。", [("各县区政府", L), ("市直有关部门", C)], "修路。"),
    ],
)
def test_clauses_at_the_end(item: str, expected: list[tuple[str, str]], words: str) -> None:
    text = f"1.{item}\n2.造林，市林业局负责。"
    assert who(text) == {"1": expected, "2": [("市林业局", R)]}
    assert [task.text for task in read(text)[0].tasks] == [words, "造林"]
    assert [code for code in codes(text) if code != "unread-deadline"] == []  # no year, no day


@pytest.mark.parametrize(
    "item",
    [
        "争取省财政厅支持，完善机制，争取省发改委支持。",
        "做好对接，对市政府负责。",
        "加强与省发改委对接，形成合力，邀请省发改委参加。",
        "完善机制，各部门配合。",
        "完善机制。各部门配合。",
        "完善机制。形成政府负责，部门配合，公众参与。",
        "完善机制。坚持各级政府负责，各部门配合。",
        "加强监管，压实主体责任，确保落实。",
    ],
)
def test_a_sentence_that_only_ends_like_one(item: str) -> None:
    assert who(f"1.{item}\n2.造林。（市林业局负责）\n3.修路。（市交通局负责）")["1"] == []
    assert codes(f"1.{item}\n2.造林。（市林业局负责）\n3.修路。（市交通局负责）") == []


def test_a_sentence_among_items_with_brackets_is_noted() -> None:
    text = "1.修路（市交通局牵头）2.造林，市林业局负责。3.治沙（市林业局牵头）"
    assert who(text) == {"1": [("市交通局", L)], "2": [("市林业局", R)], "3": [("市林业局", L)]}
    assert codes(text) == ["sentence-responsibility"]


@pytest.mark.parametrize(
    "text",
    [
        "（1）修路（市交通局）（2）造林（市林业局、市财政局）",
        "1.修路（市交通局）2.造林（市林业局、市财政局）",
        "1.修路。责任单位：市交通局 2.造林。责任单位：市林业局、市财政局",
        "1.修路（责任单位：市交通局）2.造林（责任单位：市林业局、市财政局）",
    ],
)
def test_items_on_one_line(text: str) -> None:
    assert who(text) == {"1": [("市交通局", R)], "2": [("市林业局", R), ("市财政局", R)]}
    assert [task.text.rstrip("。") for task in read(text)[0].tasks] == ["修路", "造林"]
    assert codes(text) == []


def test_clauses_before_the_last_ones_that_say_who_are_reported() -> None:
    text = "1.整治矿山，煤矿由市能源局牵头，非煤矿山由市应急局牵头，市自然资源局配合。\n2.造林，市林业局负责。"
    assert who(text) == {"1": [("市自然资源局", C)], "2": [("市林业局", R)]}
    assert "unread-responsibility" in codes(text)
