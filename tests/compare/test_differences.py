"""The pieces of a difference make both texts again, and are of a size that a person can read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.compare import Change, find_differences

WORDS = st.text(alphabet="推进改革优化服务建设平台15%，。 ab", max_size=30)


def _show(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.change.value, piece.text) for piece in find_differences(before, after)]


def test_figures_and_latin_words_change_as_a_whole() -> None:
    assert _show("达到95.5%", "达到95.8%") == [("same", "达到"), ("removed", "95.5%"), ("added", "95.8%")]
    assert _show("移动APP", "移动APK") == [("same", "移动"), ("removed", "APP"), ("added", "APK")]


def test_a_single_common_character_is_no_common_ground() -> None:
    assert _show("推动数据的开放", "推动系统的整合") == [("same", "推动"), ("removed", "数据的开放"), ("added", "系统的整合")]


def test_equal_and_empty_texts() -> None:
    assert _show("推进改革", "推进改革") == [("same", "推进改革")]
    assert _show("", "") == []
    assert _show("", "推进") == [("added", "推进")]
    assert _show("推进", "") == [("removed", "推进")]


@given(WORDS, WORDS)
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = find_differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == after
    assert all(piece.text for piece in pieces)
