"""Labels with a wrong character or mark: put right where that is certain, and reported always."""

import pytest

from kg.model import Span
from tests.parse.factories import codes, read, who

_AFTER = "\n2.加强宣传。\n责任单位：市文化局"


@pytest.mark.parametrize("label", ["贵任单位：", "责任单泣：", "责任革位:", "责任单位；"])
def test_label_with_one_wrong_character_or_mark_is_read_and_reported(label: str) -> None:
    text = f"1.推进建桥。\n{label}市交通局、市财政局{_AFTER}"
    plan, issues = read(text)
    assert [(mention.name, mention.role.value) for mention in plan.tasks[0].mentions] == [
        ("市交通局", "responsible"),
        ("市财政局", "responsible"),
    ]
    assert [(issue.code, issue.words) for issue in issues] == [("damaged-label", label)]
    assert issues[0].span == Span(text.index(label), text.index(label) + len(label))


def test_semicolon_behind_a_label_inside_a_bracket() -> None:
    assert who("1.推进建桥。（牵头单位：市交通局、市财政局；责任单位；各镇党委、政府）") == {
        "1": [("市交通局", "lead"), ("市财政局", "lead"), ("各镇党委、政府", "responsible")]
    }


@pytest.mark.parametrize("colon", ["∶", "꞉"])
def test_marks_that_look_like_a_colon_are_one(colon: str) -> None:
    text = f"1.推进建桥。\n牵头单位{colon}市交通局\n配合单位{colon}市财政局"
    assert who(text) == {"1": [("市交通局", "lead"), ("市财政局", "cooperate")]}
    assert codes(text) == []


@pytest.mark.parametrize("label", ["龙头单位：", "施工单位："])
def test_words_of_their_own_are_no_damaged_labels(label: str) -> None:
    text = f"1.推进建桥。\n{label}市建设公司、市路桥公司\n责任单位：市交通局{_AFTER}"
    assert who(text)["1"] == [("市交通局", "responsible")]
    assert codes(text) == ["unknown-label"]


def test_label_too_damaged_to_be_known_is_reported() -> None:
    assert codes(f"1.推进建桥。\n贵仕单位：市交通局、市财政局{_AFTER}") == ["unknown-label"]


def test_label_behind_its_own_semicolon_never_becomes_a_name() -> None:
    text = "1.推进建桥。（牵头单位：市交通局；责任单位；做好协调）"
    assert who(text) == {"1": [("市交通局", "lead")]}
    assert "unread-responsibility" in codes(text)


def test_label_in_a_bracket_behind_a_name_that_a_label_governs() -> None:
    assert who("1.推进建桥。\n牵头单位：市交通局（责任单位：市财政局、市公安局）") == {
        "1": [("市财政局", "responsible"), ("市公安局", "responsible"), ("市交通局", "lead")]
    }
