"""What holds for all formats: one ledger reads the same from each, and every finding has a listed code."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from kg.errors import ReadError
from kg.read.formats import FORMATS, get_reader
from kg.rules.book import ISSUE_COLUMNS
from kg.rules.files import read_rows

from .factories import grid_of, make_docx, make_pdf, make_xlsx, read, ruled_table

LEDGER = [
    ["序号", "任务", "牵头单位", "责任单位", "时限"],
    ["1", "推进政务数据资源共享，编制共享目录", "市大数据中心", "市财政局、市审计局", "2025年6月底前"],
    ["2", "完善应急机制，开展演练2次", "市应急局", "市公安局\n市消防救援支队", "年底前"],
    ["3", "推动养老服务设施建设", "市民政局", "各县（市、区）人民政府", "持续推进"],
    ["4", "整理档案", "", "", ""],
]


def _to_docx() -> bytes:
    def fill(document: Any) -> None:
        table = document.add_table(len(LEDGER), 5)
        for row, texts in enumerate(LEDGER):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text

    return make_docx(fill)


def _to_xlsx() -> bytes:
    def fill(book: Any) -> None:
        for row in LEDGER:
            book.active.append(row)

    return make_xlsx(fill)


def _to_html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in LEDGER)
    return f"<meta charset=gb2312><table>{rows}</table>".replace("\n", "<br>").encode("gbk")


def _to_csv() -> bytes:
    return "".join(",".join(f'"{text}"' for text in row) + "\r\n" for row in LEDGER).encode("utf-16")


def _to_pdf() -> bytes:
    rows = [[text.replace("\n", "<br/>") for text in row] for row in LEDGER]
    return make_pdf([ruled_table(rows, [35, 170, 80, 100, 80])])


@pytest.mark.parametrize("make", [_to_docx, _to_xlsx, _to_html, _to_csv, _to_pdf])
def test_one_ledger_reads_the_same_from_every_format(make: Callable[[], bytes]) -> None:
    document, issues = read(make())
    assert grid_of(document) == LEDGER
    assert issues == ()
    assert document.format == make.__name__.removeprefix("_to_")


@pytest.mark.parametrize(
    "head",
    [
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://x/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html";\r\n\tboundary="B"\r\n\r\n--B\r\n',
        'From: "Saved by a browser"\r\nSubject: x\r\nMIME-Version: 1.0\r\n',
    ],
)
def test_web_archive_reads_as_the_page_in_it(head: str) -> None:
    body = base64.encodebytes(_to_html()).decode()
    data = f"{head}Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}".encode() + b"\r\n--B--\r\n" * (
        "boundary" in head
    )
    document, issues = read(data, "page.mht")
    assert (grid_of(document), issues, document.format) == (LEDGER, (), "mhtml")
    with pytest.raises(ReadError, match="holds no page"):
        read(head.encode() + b"Content-Type: multipart/related; boundary=B\r\n\r\n--B--\r\n")


def test_text_that_begins_with_labels_is_no_web_archive() -> None:
    document, _ = read("From: the office\nContent-Type: plan\n1.推进改革。\n".encode())
    assert document.format == "text"


def test_same_bytes_give_the_same_document() -> None:
    data = _to_pdf()
    assert read(data) == read(data)


def test_every_format_has_its_reader() -> None:
    assert sorted(FORMATS) == ["csv", "docx", "html", "mhtml", "pdf", "text", "xlsx"]
    for name in FORMATS:
        assert (get_reader(name).__doc__ or "").strip()


def test_every_finding_is_listed_and_every_listed_code_is_used() -> None:
    source = "".join(entry.read_text(encoding="utf-8") for entry in (files("kg") / "read").iterdir() if entry.name.endswith(".py"))
    listed = {row["code"] for row in read_rows(files("kg") / "rules" / "issues", "read.csv", ISSUE_COLUMNS)}
    assert {code for code in listed if f'"{code}"' not in source} == set()
    assert set(re.findall(r'(?:Finding|report)\(\s*"([a-z-]+)"', source)) <= listed


@pytest.mark.parametrize(
    ("head", "advice"),
    [
        ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "an Excel 2003 XML workbook; save it as XLSX"),
        ('<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">', "a Word 2003 XML document; save it as DOCX"),
        (
            '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">',
            "a Word document as one XML file; save it as DOCX",
        ),
    ],
)
def test_xml_of_office_programs_is_refused_with_advice(head: str, advice: str) -> None:
    with pytest.raises(ReadError, match=advice):
        read(f'<?xml version="1.0"?>\n{head}1.推进改革。（市发改委牵头）'.encode())


def test_a_web_page_that_names_an_office_vocabulary_is_a_web_page() -> None:
    page = '<?xml version="1.0"?><html xmlns:x="urn:schemas-microsoft-com:office:spreadsheet"><body><p>推进改革</p></body></html>'
    document, _ = read(page.encode())
    assert (document.format, document.text) == ("html", "推进改革\n")
