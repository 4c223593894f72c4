"""Brackets that nothing closes, with brackets of names inside."""

from tests.parse.factories import codes, who

R = "responsible"


def test_bracket_of_a_name_inside_an_unclosed_bracket() -> None:
    text = "1.甲。（市教育局负责）\n2.乙。（知识产权局、新闻出版局（版权局）负责"
    assert who(text)["2"] == [("知识产权局", R), ("新闻出版局（版权局）", R)]
    assert codes(text) == ["unclosed-bracket"]


def test_unclosed_bracket_ends_before_a_later_bracket() -> None:
    text = "1.甲。（市教育局负责\n2.乙（试行）。（市财政局负责）"
    assert who(text) == {"1": [("市教育局", R)], "2": [("市财政局", R)]}


def test_bracket_that_only_its_inner_one_closes() -> None:
    text = "1.甲。（责任单位：市发改委（市能源局、市粮食局）推进改革。\n2.乙。（市财政局负责）"
    assert who(text) == {"1": [("市发改委（市能源局、市粮食局）", R)], "2": [("市财政局", R)]}
    assert codes(text) == ["unclosed-bracket"]


def test_unclosed_bracket_ends_before_the_next_unclosed_one() -> None:
    text = "1.甲。（责任单位：市教育局；乙。（责任单位：市财政局"
    assert who(text) == {"1": [("市教育局", R), ("市财政局", R)]}
    assert codes(text) == ["unclosed-bracket", "unclosed-bracket"]
