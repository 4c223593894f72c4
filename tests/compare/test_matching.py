"""Texts are matched one to one; what is not sure is called doubtful."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare import Doubt, MatchOptions, MatchStatus, match_texts

A = "推进公共资源交易服务平台建设和应用，逐步推动公共资源交易向电子化平台转变。"
B = "加快智慧公园示范点建设，完善景区电子门票功能，探索电子导览自助。"
C = "开展银税互动工作，为银行业金融机构提供更具象的信息。"
A_LATER = "推进公共资源交易服务平台建设，全面推动公共资源交易向电子化平台转变。"


def _rows(first: list[str], second: list[str], options: MatchOptions | None = None) -> list[tuple[str, int | None, int | None]]:
    return [(match.status.value, match.first, match.second) for match in match_texts(first, second, options)]


def test_kept_changed_dropped_and_new() -> None:
    assert _rows([A, B], [C, A_LATER]) == [("new", None, 0), ("changed", 0, 1), ("dropped", 1, None)]
    assert _rows([A, B], [B, A]) == [("kept", 1, 0), ("kept", 0, 1)]


def test_marks_and_width_do_not_matter() -> None:
    assert _rows(["建设“文化云”平台，实现100%覆盖。"], ["建设文化云平台,实现100%覆盖"]) == [("kept", 0, 0)]


def test_a_half_alike_text_is_doubtful_and_not_guessed() -> None:
    (match,) = match_texts(["建设和完善全员人口信息数据库"], ["建设和完善法人单位信用信息平台"])
    assert match.status is MatchStatus.DOUBTFUL
    assert match.score is not None
    assert 0.45 <= match.score < 0.6


def test_a_close_rival_makes_a_pair_doubtful() -> None:
    # 11 of 12 characters are shared with either candidate: neither is believed, neither is called new.
    first, second = match_texts(["完善市级网上政务大厅建设"], ["完善区级网上政务大厅建设", "完善省级网上政务大厅建设"])
    assert (first.status, first.first, first.second, first.others_second) == (MatchStatus.DOUBTFUL, 0, 0, (1,))
    assert (second.status, second.first, second.second, second.others_first) == (MatchStatus.DOUBTFUL, None, 1, (0,))


def test_a_rival_that_is_taken_for_good_raises_no_doubt() -> None:
    before = ["完善市级网上政务大厅建设", "完善区级网上政务大厅建设"]
    assert _rows(before, ["完善市级网上政务大厅建设", "完善区级网上政务大厅功能"]) == [("kept", 0, 0), ("changed", 1, 1)]


def test_the_closest_pair_is_not_given_up_for_a_greater_sum() -> None:
    # 0.93 for the pair that belongs together, 0.69 and 0.57 for two that share a half with it: the greatest sum would take these two.
    trade, parks = "推进公共资源交易服务平台建设和应用", "加快智慧公园示范点建设，完善景区电子门票功能"
    before, after = f"{trade}，{parks}。", f"{trade}，{parks}，培训人员队伍。"
    matches = {
        match.second: match for match in match_texts([before, f"{trade}试点。"], [after, f"{parks}试点。"]) if match.second is not None
    }
    assert (matches[0].status, matches[0].first) == (MatchStatus.CHANGED, 0)
    assert matches[0].score is not None
    assert matches[0].score > 0.9


def test_a_changed_figure_is_a_change() -> None:
    assert _rows(["建成15个示范点，覆盖率达到1.5%。"], ["建成20个示范点，覆盖率达到1.5%。"]) == [("changed", 0, 0)]
    assert _rows(["建成15个示范点，覆盖率达到1.5%。"], ["建成15个示范点，覆盖率达到15%。"]) == [("changed", 0, 0)]


def test_a_split_task_is_shown_with_its_pieces() -> None:
    whole = "推进公共资源交易服务平台建设和应用。加快智慧公园示范点建设，完善景区电子门票功能，探索电子导览自助。"
    pieces = ["加快智慧公园示范点建设，完善景区电子门票功能，探索电子导览自助。", "推进公共资源交易服务平台建设和应用。"]
    first, second = match_texts([whole], pieces)
    assert (first.status, first.second) == (MatchStatus.CHANGED, 0)
    assert (second.status, second.first, second.second, second.others_first) == (MatchStatus.DOUBTFUL, None, 1, (0,))
    back = match_texts(pieces, [whole])
    assert [(match.status.value, match.first, match.second, match.others_second) for match in back] == [
        ("changed", 0, 0, ()),
        ("doubtful", 1, None, (0,)),
    ]


def test_short_texts_are_alike_by_chance() -> None:
    assert _rows(["推进改革"], ["推进改造"]) == [("doubtful", 0, 0)]
    assert _rows(["推进改革"], ["推进改革。"]) == [("kept", 0, 0)]


def test_equal_texts_go_by_their_places() -> None:
    assert _rows([A, A, B], [A, A, B]) == [("kept", 0, 0), ("kept", 1, 1), ("kept", 2, 2)]


def test_empty_sides() -> None:
    assert _rows([], [A]) == [("new", None, 0)]
    assert _rows([A], []) == [("dropped", 0, None)]
    assert _rows([], []) == []
    assert _rows([""], [""]) == [("new", None, 0), ("dropped", 0, None)]


def test_thresholds_must_rise() -> None:
    with pytest.raises(ValueError, match="thresholds must rise"):
        MatchOptions(kept=0.5, changed=0.6)


TEXTS = st.lists(st.text(alphabet="推进改革优化服务建设平台完善机制", max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_every_task_appears_exactly_once(first: list[str], second: list[str]) -> None:
    matches = match_texts(first, second)
    assert sorted(match.first for match in matches if match.first is not None) == list(range(len(first)))
    assert [match.second for match in matches if match.second is not None] == list(range(len(second)))


@given(st.lists(st.text(alphabet="推进改革优化服务建设平台完善机制", min_size=4, max_size=12), max_size=6))
def test_a_plan_matches_itself(texts: list[str]) -> None:
    assert all(match.status is MatchStatus.KEPT and match.first == match.second for match in match_texts(texts, texts))


def test_the_same_headline_above_another_text() -> None:
    before = "深化异地办。推进高频政务服务事项跨省通办，统一事项清单和办事指南。"
    after = "深化“异地办”。建立流入地与流出地的工作机制，落实专窗人员并开展培训和考核评比。"
    (match,) = match_texts([before], [after])
    assert (match.status, match.doubt) == (MatchStatus.DOUBTFUL, Doubt.HEADLINE)
    # A short sentence that is all there is, is no headline.
    assert _rows(["深化异地办"], ["深化“异地办”。建立流入地与流出地的工作机制，落实专窗人员并开展培训和考核评比。"])[0][0] == "new"


def test_every_doubt_has_its_reason() -> None:
    pairs = {
        Doubt.SHORT: ("推进改革", "推进改造"),
        Doubt.HALF: ("建设和完善全员人口信息数据库", "建设和完善法人单位信用信息平台"),
        Doubt.PIECE: ("完善景区电子门票功能", B + A + C),
    }
    for doubt, (before, after) in pairs.items():
        (match,) = match_texts([before], [after])
        assert match.doubt is doubt
    assert {
        match.doubt for match in match_texts(["完善市级网上政务大厅建设"], ["完善区级网上政务大厅建设", "完善省级网上政务大厅建设"])
    } == {
        Doubt.RIVALS,
        Doubt.PIECE,
    }
    assert all(match.doubt is None for match in match_texts([A, B], [A_LATER, C]))
