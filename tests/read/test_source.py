"""The door of the room: sizes, kinds, names, controls."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Document, Issue, Severity
from kg.read import limits, read_source
from kg.rules import load_rules

from .samples import SIMPLIFIED

RULES = load_rules()


def read(data: bytes, name: str = "plan") -> tuple[Document, tuple[Issue, ...]]:
    return read_source(data, name=name, document_id="d", rules=RULES)


def package(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def test_clean_text_comes_through_byte_for_byte(tmp_path: Path) -> None:
    data = ("\n\n  ".join(SIMPLIFIED) + "\f\n\t 末行 \u3000\n").encode()
    path = tmp_path / "plan.txt"
    path.write_bytes(data)
    document, issues = read_source(path, name="plan.txt", document_id="plan", rules=RULES)
    assert document.text.encode() == data
    assert (document.document_id, document.source_name, document.format, document.encoding) == ("plan", "plan.txt", "text", "utf-8")
    assert (document.source_sha256, document.blocks, document.edits, document.metadata) == (hashlib.sha256(data).hexdigest(), (), (), ())
    assert issues == ()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("甲\r\n乙\r\n", "crlf"),
        ("甲\r乙\r", "cr"),
        ("甲\r\n乙\n", "mixed"),
        ("甲\v乙\n", "mixed"),
        ("甲\x85乙\x85", "mixed"),
        ("甲\u2028乙\u2029", "mixed"),
    ],
)
def test_line_ends_become_line_feeds_and_are_noted(data: str, kind: str) -> None:
    document, issues = read(data.encode())
    assert (document.text, document.metadata, issues) == ("甲\n乙\n", (("line_ends", kind),), ())


def test_nul_characters_are_removed_and_reported() -> None:
    document, issues = read(f"{SIMPLIFIED[1]}\0{SIMPLIFIED[2]}\0".encode())
    assert document.text == SIMPLIFIED[1] + SIMPLIFIED[2]
    (issue,) = issues
    assert (issue.code, issue.severity, issue.document_id) == ("control-characters", Severity.WARNING, "d")
    assert issue.message == "2 control character(s) removed, the first U+0000"
    assert issue.span is not None
    assert issue.span.start == len(SIMPLIFIED[1])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n", "the file holds no text"),
        ("\ufeff\u3000\n".encode(), "the file holds no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "binary, a PNG image"),
        (b"\x7fELF" + bytes(40), "binary, a program"),
        (b"{\\rtf1\\ansi}", "RTF document; save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "save it as DOCX or XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "without a password"),
        (package(**{"readme.txt": b"x"}), "a zip archive; unpack it"),
        (package(**{"OFD.xml": b"x"}), "an OFD document; export it as PDF or DOCX"),
        (package(xl__workbook=b"x", **{"xl__workbook.bin": b"x"}), "XLSB"),
        (b"PK\x03\x04" + bytes(30), "broken"),
    ],
    # Not the bytes: a zip archive holds the time, and two workers would not know the same test by the same name.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_so_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read(data, "plan.txt")
    assert str(caught.value).startswith("plan.txt: ")
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.txt", "there is no such file"), (tmp_path, "this is a folder, not a file")):
        with pytest.raises(ReadError, match=words):
            read_source(path, name="none.txt", document_id="d", rules=RULES)


def test_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(limits.MAX_BYTES + 1)
    with pytest.raises(ReadError, match="too large"):
        read_source(path, name="large.txt", document_id="d", rules=RULES)


def test_zip_bomb_is_refused() -> None:
    with pytest.raises(ReadError, match="would unpack to"):
        read(package(**{"word__document.xml": bytes(20 * 1024 * 1024)}), "plan.docx")


def test_many_comments_before_a_tag_are_no_trap() -> None:
    assert read(b"<!-- x --> " * 300 + SIMPLIFIED[2].encode())[0].format == "text"


def test_name_and_bytes_disagree() -> None:
    document, issues = read(SIMPLIFIED[2].encode(), "plan.pdf")
    assert document.format == "text"
    assert [(issue.code, issue.candidates) for issue in issues] == [("format-mismatch", ("text", "pdf"))]


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_a_read_error(data: bytes) -> None:
    try:
        document, issues = read(data)
    except ReadError:
        return
    assert document.text.strip()
    assert all(issue.code in RULES.issues for issue in issues)


@given(st.binary(max_size=200), st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<html><table>", b"<!DOCTYPE html><p>", b"\xff\xfe"]))
def test_any_bytes_after_a_known_beginning(data: bytes, beginning: bytes) -> None:
    try:
        document, _ = read(beginning + data)
    except ReadError:
        return
    assert document.text.strip()
