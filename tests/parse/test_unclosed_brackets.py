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
