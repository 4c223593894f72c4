"""Web pages: what a reader of the page sees, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import BlockKind

from .factories import codes, grid_of, read, table_of
from .samples import SIMPLIFIED

BODY = "".join(f"<p>{sentence}</p>" for sentence in SIMPLIFIED)


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def test_paragraphs_headings_and_breaks() -> None:
    document, issues = read(
        page("<h1>工作要点</h1><h2>一、要求</h2><p>推进&ldquo;一网&rdquo;通办。<br>（牵头单位：市政府办公室）</p><div>尾</div>")
    )
    assert document.text == "工作要点\n一、要求\n推进“一网”通办。\n（牵头单位：市政府办公室）\n尾\n"
    assert [(block.kind, block.level) for block in document.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.PARAGRAPH, 0),
    ]
    assert (document.format, document.encoding, issues) == ("html", "utf-8", ())


def test_menus_breadcrumb_and_footer_go_and_are_reported() -> None:
    menu = "<ul>" + "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(5)) + "</ul>"
    crumb = '<div class="crumb"><a href="/">首页</a> &gt; 文件</div>'
    document, issues = read(page(f'{menu}{crumb}<h1>通知</h1><div>{BODY}</div><div class="footer">网站备案号</div>'))
    assert document.text == "\n".join(("通知", *SIMPLIFIED)) + "\n"
    assert codes(issues) == ["page-furniture"]
    assert "beginning '栏目0栏目1栏目2栏目3栏目4'" in issues[0].message


def test_text_beside_the_main_container_is_kept() -> None:
    annex = "<div><p>" + SIMPLIFIED[2] + "</p></div>"
    document, _ = read(page(f"<div><div>{BODY * 10}</div>{annex}<p>某市人民政府办公室</p></div>"))
    lines = document.text.splitlines()
    assert lines[-2:] == [SIMPLIFIED[2], "某市人民政府办公室"]


def test_hidden_text_is_dropped() -> None:
    body = (
        '<p>甲<span style="display: none">藏</span>乙<span class="ghost">藏</span>丙</p><p hidden>藏</p><script>var 藏=1</script>'
        '<noscript>藏</noscript><p style="visibility:hidden">藏</p><!-- 藏 --><p class="noprint">丁</p>'
    )
    style = "<style>.ghost { display:none } @media print { .noprint { display:none } }</style>"
    document, _ = read(page(body, style))
    assert document.text == "甲乙丙\n丁\n"


def test_readings_above_characters_are_no_text() -> None:
    assert read(page("<p><ruby>区<rp>(</rp><rt>qū</rt><rp>)</rp></ruby>政府</p>"))[0].text == "区政府\n"


def test_source_line_breaks_between_hanzi_are_no_blanks() -> None:
    assert read(page("<p>推进政务\n  数据共享 and\nopen data</p>"))[0].text == "推进政务数据共享 and open data\n"


@pytest.mark.parametrize(
    ("attributes", "labels"),
    [
        ("", ["1. ", "2. "]),
        ("start=3", ["3. ", "4. "]),
        ("type=A", ["A. ", "B. "]),
        ('style="list-style-type:cjk-ideographic"', ["一、", "二、"]),
        ('style="list-style:none"', ["", ""]),
        ("reversed", ["2. ", "1. "]),
    ],
)
def test_list_numbers_are_written_as_drawn(attributes: str, labels: list[str]) -> None:
    document, _ = read(page(f"<ol {attributes}><li>推进改革</li><li>完善机制</li></ol>"))
    assert document.text == f"{labels[0]}推进改革\n{labels[1]}完善机制\n"


def test_list_items_that_bring_their_number_get_no_second_one() -> None:
    assert read(page("<ol><li>（一）推进改革</li><li value=7>完善机制</li></ol>"))[0].text == "（一）推进改革\n7. 完善机制\n"


def test_data_table_with_merged_cells() -> None:
    body = (
        "<table><caption>分工表</caption><thead><tr><th>序号<th>任务<th>牵头单位</thead><tbody>"
        "<tr><td rowspan=2>1<td>甲任务<td>市发改委<br>市财政局<tr><td>乙\t任务<td><tr><td colspan=3>合计</table>"
    )
    document, _ = read(page(body))
    assert document.text == "分工表\n序号\t任务\t牵头单位\n1\t甲任务\t市发改委\n市财政局\n\t乙 任务\t\n合计\t\t\n"
    assert table_of(document) == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 1, "任务"),
        (0, 2, 1, 1, "牵头单位"),
        (1, 0, 2, 1, "1"),
        (1, 1, 1, 1, "甲任务"),
        (1, 2, 1, 1, "市发改委\n市财政局"),
        (2, 1, 1, 1, "乙 任务"),
        (2, 2, 1, 1, ""),
        (3, 0, 1, 3, "合计"),
    ]


def test_layout_table_holds_text_and_a_data_table() -> None:
    inner = "<table><tr><td>任务<td>单位<tr><td>甲任务<td>市财政局</table>"
    document, _ = read(page(f"<table><tr><td>{BODY}<tr><td>{inner}</table>"))
    assert document.text == "\n".join(SIMPLIFIED) + "\n任务\t单位\n甲任务\t市财政局\n"
    assert grid_of(document) == [["任务", "单位"], ["甲任务", "市财政局"]]


def test_page_of_the_table_age() -> None:
    menu = "<table>" + "".join(f'<tr><td><a href="/{n}">栏目{n}</a></td></tr>' for n in range(6)) + "</table>"
    data = "<table border=1><tr><td>任务<td>单位<tr><td>甲任务<td>市财政局<tr><td>乙任务<td>市审计局</table>"
    text = "<br>".join(f"&nbsp;&nbsp;{sentence}" for sentence in SIMPLIFIED)
    body = (
        f"<table><tr><td colspan=2>{menu}</td></tr><tr><td>{menu}</td><td><font size=3><b>通知</b><br>{text}</font>{data}</td></tr></table>"
    )
    document, issues = read(page(body))
    assert document.text.splitlines()[: len(SIMPLIFIED) + 1] == ["通知", *SIMPLIFIED]
    assert grid_of(document) == [["任务", "单位"], ["甲任务", "市财政局"], ["乙任务", "市审计局"]]
    assert codes(issues) == ["page-furniture"]


def test_word_export_with_hidden_marks() -> None:
    body = "<p class=MsoNormal><span style='mso-hide:all'>藏</span><![if !supportLists]>1.<![endif]>推进<o:p></o:p></p>"
    assert read(page(body))[0].text == "1.推进\n"


def test_two_tables_are_told_apart() -> None:
    table = "<table><tr><td>{0}甲<td>乙<tr><td>丙<td>丁</table>"
    document, _ = read(page(table.format("一") + "<p>间</p>" + table.format("二")))
    assert (grid_of(document, 0)[0], grid_of(document, 1)[0]) == (["一甲", "乙"], ["二甲", "乙"])


def test_spans_beyond_the_table_are_cut() -> None:
    document, _ = read(page("<table><tr><td rowspan=9999>甲<td colspan=2>乙<td>丙<tr><td>丁</table>"))
    assert [cell[:4] for cell in table_of(document)] == [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1), (1, 3, 1, 1)]


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_charset_that_lies_is_reported(encoding: str) -> None:
    data = f"<html><head><meta http-equiv=Content-Type content='text/html; charset=utf-8'></head><body>{BODY}</body></html>".encode(
        encoding
    )
    document, issues = read(data, "plan.html")
    assert document.text == "\n".join(SIMPLIFIED) + "\n"
    assert codes(issues) == ([] if encoding == "utf-16" else ["charset-lies"])


def test_page_metadata() -> None:
    head = '<title>要点_某市</title><meta name="ArticleTitle" content="工作要点"><meta name="PubDate" content="2025-01-02 10:00">'
    assert read(page(BODY, head))[0].metadata == (
        ("article_date", "2025-01-02 10:00"),
        ("article_title", "工作要点"),
        ("page_title", "要点_某市"),
    )


def test_nesting_too_deep_is_refused() -> None:
    with pytest.raises(ReadError, match="too deep"):
        read(page("<div>" * 5000 + "文" + "</div>" * 5000))


def test_an_element_with_attributes_without_end_is_refused() -> None:
    with pytest.raises(ReadError, match="10000 attributes"):
        read(page(f"<p {' '.join(f'a{number}=1' for number in range(20_000))}>文</p>"))


def test_a_table_whose_cells_cover_too_much_is_refused() -> None:
    row = "<tr><td rowspan=65534 colspan=250>甲<td>市财政局</tr>"
    with pytest.raises(ReadError, match="too large"):
        read(page(f"<table>{row * 100}</table>"))


def test_page_without_text_is_refused() -> None:
    with pytest.raises(ReadError, match="holds no text"):
        read(page("<script>var x = 1;</script><img src=x.png>"))


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<table>", "<tr>", "<td rowspan=2>", "<td colspan=3>", "</table>", "<ol>", "<li>", "<br>", "甲", "乙丙 "]
        ),
        max_size=40,
    )
)
def test_any_tag_soup_keeps_its_visible_text(pieces: list[str]) -> None:
    try:
        document, _ = read(page("".join(pieces) + "<p>末</p>"))
    except ReadError:
        return
    shown = "".join(piece for piece in pieces if not piece.startswith("<")) + "末"
    assert sorted("".join(document.text.split()).translate({ord(c): None for c in "0123456789."})) == sorted("".join(shown.split()))
    for block in document.blocks:
        assert block.span.end <= len(document.text)


def test_line_separators_break_lines_where_line_feeds_do_not() -> None:
    document, _ = read("<html><body><p>一、任务\u20281.推进\n改革。\v2.编制清单。</p></body></html>".encode())
    assert document.text == "一、任务\n1.推进改革。\n2.编制清单。\n"
