"""Word documents as Word shows them."""

from __future__ import annotations

from typing import Any

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import BlockKind

from .factories import WORD, add_item, add_numbering, add_xml, codes, make_docx, patch, read, table_of
from .samples import SIMPLIFIED


def test_paragraphs_headings_and_tables_in_order() -> None:
    def fill(document: Any) -> None:
        document.add_heading("工作要点", 0)
        document.add_heading("一、要求", 1)
        document.add_paragraph(SIMPLIFIED[2])
        table = document.add_table(2, 2)
        for index, text in enumerate(("任务", "牵头单位", "甲任务", "市发改委\n市财政局")):
            table.cell(index // 2, index % 2).text = text
        document.add_paragraph("附则。")

    document, issues = read(make_docx(fill))
    assert document.text == f"工作要点\n一、要求\n{SIMPLIFIED[2]}\n任务\t牵头单位\n甲任务\t市发改委\n市财政局\n附则。\n"
    assert [(block.kind, block.level) for block in document.blocks[:3]] == [
        (BlockKind.HEADING, 0),
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
    ]
    assert (document.format, issues) == ("docx", ())


def test_numbering_of_official_documents() -> None:
    def fill(document: Any) -> None:
        add_numbering(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")], number=90)
        for text, level in (("总则", 0), ("改革", 1), ("甲", 2), ("乙", 2), ("服务", 1), ("丙", 2), ("保障", 0), ("组织", 1)):
            add_item(document, text, 90, level)

    assert read(make_docx(fill))[0].text.splitlines() == [
        "一、总则",
        "（一）改革",
        "1. 甲",
        "2. 乙",
        "（二）服务",
        "1. 丙",
        "二、保障",
        "（一）组织",
    ]


def test_numbers_that_run_on_through_sections() -> None:
    def fill(document: Any) -> None:
        add_numbering(document, [("chineseCounting", "%1、"), ("decimal", "%2．")], number=91, extra='<w:lvlRestart w:val="0"/>')
        for text, level in (("甲", 0), ("一项", 1), ("二项", 1), ("乙", 0), ("三项", 1)):
            add_item(document, text, 91, level)

    assert read(make_docx(fill))[0].text == "一、甲\n1．一项\n2．二项\n二、乙\n3．三项\n"


def test_compound_and_legal_numbers() -> None:
    def fill(document: Any) -> None:
        add_numbering(document, [("chineseCounting", "第%1章"), ("decimal", "%1.%2")], number=92, extra="<w:isLgl/>")
        for text, level in (("总则", 0), ("甲", 1), ("乙", 1)):
            add_item(document, text, 92, level)

    assert read(make_docx(fill))[0].text == "第1章总则\n1.1 甲\n1.2 乙\n"


def test_start_override_begins_anew_and_shared_counters_go_on() -> None:
    def fill(document: Any) -> None:
        add_numbering(document, [("decimal", "%1、")], number=93)
        root = document.part.numbering_part.element
        for number, start in ((94, ""), (95, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')):
            root.append(parse_xml(f'<w:num {WORD} w:numId="{number}"><w:abstractNumId w:val="93"/>{start}</w:num>'))
        for number in (93, 93, 94, 95, 95):
            add_item(document, "项", number)

    assert read(make_docx(fill))[0].text == "1、项\n2、项\n3、项\n5、项\n6、项\n"


def test_numbering_from_a_style_and_switched_off() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("甲", style="List Number")
        document.add_paragraph("乙", style="List Number")
        add_xml(
            document,
            '<w:p><w:pPr><w:pStyle w:val="ListNumber"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>丙</w:t></w:r></w:p>',
        )
        document.add_paragraph("丁", style="List Bullet")

    assert read(make_docx(fill))[0].text == "1. 甲\n2. 乙\n丙\n丁\n"


def test_automatic_numbers_in_table_cells() -> None:
    def fill(document: Any) -> None:
        add_numbering(document, [("decimal", "%1")], number=96)
        item = '<w:p><w:pPr><w:numPr><w:numId w:val="96"/></w:numPr></w:pPr>{}</w:p>'
        rows = "".join(
            f"<w:tr><w:tc>{item.format('<w:r><w:t>号</w:t></w:r>')}</w:tc><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
            for text in ("甲任务", "乙任务")
        )
        add_xml(document, f"<w:tbl>{rows}</w:tbl>")

    assert read(make_docx(fill))[0].text == "1 号\t甲任务\n2 号\t乙任务\n"


def test_row_numbers_that_stand_alone_in_their_cells() -> None:
    def cell(text: str, merge: str = "") -> str:
        item = '<w:pPr><w:numPr><w:numId w:val="97"/></w:numPr></w:pPr>' if not text else f"<w:r><w:t>{text}</w:t></w:r>"
        return f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p>{item}</w:p></w:tc>"

    def fill(document: Any) -> None:
        add_numbering(document, [("decimal", "%1")], number=97)
        start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        rows = [cell("序号") + cell("任务"), cell("", start) + cell("甲"), cell("", on) + cell("乙"), cell("") + cell("丙")]
        add_xml(document, "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")

    assert table_of(read(make_docx(fill))[0]) == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 1, "任务"),
        (1, 0, 2, 1, "1"),
        (1, 1, 1, 1, "甲"),
        (2, 1, 1, 1, "乙"),
        (3, 0, 1, 1, "2"),
        (3, 1, 1, 1, "丙"),
    ]


def test_level_and_numbering_come_from_different_styles() -> None:
    def fill(document: Any) -> None:
        add_numbering(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")], number=98)
        base = document.styles.add_style("条目", WD_STYLE_TYPE.PARAGRAPH)
        base.element.append(parse_xml(f'<w:pPr {WORD}><w:numPr><w:numId w:val="98"/></w:numPr></w:pPr>'))
        lower = document.styles.add_style("小条目", WD_STYLE_TYPE.PARAGRAPH)
        lower.base_style = base
        lower.element.append(parse_xml(f'<w:pPr {WORD}><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'))
        for text, style in (("总则", base), ("甲", lower), ("乙", lower), ("保障", base)):
            document.add_paragraph(text, style=style)

    assert read(make_docx(fill))[0].text == "一、总则\n（一）甲\n（二）乙\n二、保障\n"


def test_merged_cells() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 0).merge(table.cell(0, 2)).text = "分工表"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "1"

    assert table_of(read(make_docx(fill))[0]) == [
        (0, 0, 1, 3, "分工表"),
        (1, 0, 2, 1, "1"),
        (1, 1, 1, 1, "11"),
        (1, 2, 1, 1, "12"),
        (2, 1, 1, 1, "21"),
        (2, 2, 1, 1, "22"),
    ]


def test_tracked_changes_are_accepted() -> None:
    def fill(document: Any) -> None:
        add_xml(
            document,
            '<w:p><w:r><w:t>市</w:t></w:r><w:del w:id="1"><w:r><w:delText>农委</w:delText></w:r></w:del>'
            '<w:ins w:id="2"><w:r><w:t>农业农村局</w:t></w:r></w:ins><w:r><w:t>牵头</w:t></w:r></w:p>',
        )
        add_xml(document, '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>推进</w:t></w:r></w:p>')
        add_xml(document, "<w:p><w:r><w:t>改革</w:t></w:r></w:p>")
        add_xml(document, '<w:p><w:moveFrom w:id="4"><w:r><w:t>搬走</w:t></w:r></w:moveFrom><w:r><w:t>留下</w:t></w:r></w:p>')

    assert read(make_docx(fill))[0].text == "市农业农村局牵头\n推进改革\n留下\n"


def test_fields_breaks_hidden_text_and_text_boxes() -> None:
    def fill(document: Any) -> None:
        add_xml(
            document,
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>甲</w:t><w:br/>'
            "<w:t>乙</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>",
        )
        add_xml(
            document,
            "<w:p><w:r><w:t>框外</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        )

    document, issues = read(make_docx(fill))
    assert document.text == "甲\n乙\n框外\n框内\n"
    assert codes(issues) == ["hidden-text"]


def test_footnotes_stand_below_the_text() -> None:
    def fill(document: Any) -> None:
        add_xml(document, '<w:p><w:r><w:t>推进改革</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
        document.add_paragraph("附则。")
        note = (
            f'<w:footnotes {WORD}><w:footnote w:id="2"><w:p><w:r><w:t>列第一位者为牵头单位。</w:t></w:r></w:p></w:footnote></w:footnotes>'
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, note.encode(), document.part.package)
        document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")

    assert read(make_docx(fill))[0].text == "推进改革\n附则。\n[1] 列第一位者为牵头单位。\n"


def test_table_of_contents_is_furniture() -> None:
    def fill(document: Any) -> None:
        document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("一、要求\t1", style="toc 1")
        document.add_paragraph("一、要求")

    document, _ = read(make_docx(fill))
    assert [(b.kind, b.span.slice(document.text)) for b in document.blocks] == [
        (BlockKind.FURNITURE, "一、要求 1"),
        (BlockKind.PARAGRAPH, "一、要求"),
    ]


def test_page_headers_are_left_out_and_reported() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph(SIMPLIFIED[2])
        document.sections[0].header.paragraphs[0].text = "某市政府办公室文件"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"

    document, issues = read(make_docx(fill))
    assert document.text == SIMPLIFIED[2] + "\n"
    assert [(issue.code, issue.message) for issue in issues] == [
        ("page-furniture", "page headers and footers were left out, beginning '某市政府办公室文件'")
    ]


def test_entities_are_refused() -> None:
    data = make_docx(lambda document: document.add_paragraph("文"))
    evil = patch(data, "word/document.xml", "<w:document", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document')
    with pytest.raises(ReadError, match="declares a document type or entities"):
        read(evil)


def test_broken_member_is_refused() -> None:
    data = make_docx(lambda document: document.add_paragraph("文"))
    with pytest.raises(ReadError, match="broken"):
        read(patch(data, "word/document.xml", "</w:body>", ""))


def test_package_that_lost_bytes_is_refused() -> None:
    data = make_docx(lambda document: document.add_paragraph("文"))
    with pytest.raises(ReadError, match="broken"):
        read(data[:3000] + data[3100:])


SAMPLE = make_docx(lambda document: document.add_paragraph(SIMPLIFIED[2]))


@given(st.integers(min_value=0, max_value=len(SAMPLE) - 1), st.integers(min_value=0, max_value=255))
def test_damaged_documents_give_a_document_or_a_read_error(at: int, byte: int) -> None:
    for data in (SAMPLE[:at], SAMPLE[:at] + bytes((byte,)) + SAMPLE[at + 1 :]):
        try:
            document, _ = read(data, "plan.docx")
        except ReadError:
            continue
        assert document.text.strip()
