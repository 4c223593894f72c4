"""Which format a source is in: by its bytes first, by its name only where the bytes leave it open."""

from __future__ import annotations

import re
from pathlib import PurePath

from kg.errors import ReadError
from kg.read.csv_file import is_csv
from kg.read.limits import open_package
from kg.read.mhtml_page import is_mhtml

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".htm": "html",
    ".html": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
}
"""Suffix → format; other suffixes say nothing."""

_OFFICE_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_BINARIES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"CAJ\0", "a CAJ document; export it as PDF"),
    (b"Founder CEB", "a CEB document; export it as PDF"),
    (b"{\\rtf", "an RTF document; save it as DOCX"),
)
"""Magic bytes of what cannot be read, and what it is."""

_MEMBERS = (
    ("word/document.xml", "docx", ""),
    ("xl/workbook.xml", "xlsx", ""),
    ("xl/workbook.bin", "", "a binary workbook (XLSB); save it as XLSX"),
    ("ppt/presentation.xml", "", "a presentation; save it as PDF"),
    ("OFD.xml", "", "an OFD document; export it as PDF or DOCX"),
    ("content.xml", "", "an OpenDocument file; save it as DOCX or XLSX"),
)

_XML_DIALECTS = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "an Excel 2003 XML workbook; save it as XLSX"),
    (b"schemas.microsoft.com/office/word/2003/wordml", "a Word 2003 XML document; save it as DOCX"),
    (b"schemas.microsoft.com/office/2006/xmlpackage", "a Word document as one XML file; save it as DOCX"),
    (b"urn:oasis:names:tc:opendocument", "an OpenDocument file; save it as DOCX or XLSX"),
)
"""Names of XML vocabularies of office programs, which look like text; a web page that Word wrote names some of them too."""

_HTML_START_RE = re.compile(
    rb"(?>\s|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body|title|meta|div|table|article|section|p|h[1-6]|span|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_ANYWHERE_RE = re.compile(rb"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_TAG_RE = re.compile(rb"</(?:p|div|td|tr|span|body|html|h[1-6]|li)\s*>", re.IGNORECASE)


def hint_format(name: str) -> str:
    """Return the format that a name's suffix says, or an empty string.

    Examples
    --------
    >>> hint_format("plan.HTM"), hint_format("plan"), hint_format("plan.doc")
    ('html', '', '')
    """
    return SUFFIXES.get(PurePath(name).suffix.lower(), "")


def sniff_format(data: bytes, hint: str) -> str:
    """Return the format of a source by its bytes; ``text`` where they are no other format.

    Parameters
    ----------
    data
        All bytes.
    hint
        What the suffix says; it only decides whether loose tags make a page and loose commas a table.

    Raises
    ------
    ReadError
        The bytes are of a kind that is not read, and the message says what to do; or they are undecodable.
    """
    if known := _sniff_container(data):
        return known
    head = data[:4096]
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _HTML_START_RE.match(plain) or (_HTML_ANYWHERE_RE.search(plain) and _TAG_RE.search(data.replace(b"\0", b""))):
        return "html"
    if plain.lstrip().startswith(b"<?xml"):
        for vocabulary, kind in _XML_DIALECTS:
            if vocabulary in plain.lower():
                raise ReadError(f"not readable: {kind}")
    if hint == "html" and _TAG_RE.search(data.replace(b"\0", b"")):
        return "html"
    if hint in ("", "csv") and is_csv(data, strict=not hint):
        return "csv"
    return "text"


def _sniff_container(data: bytes) -> str:
    """Return the format of what is no bare text, or nothing."""
    head = data[:4096]
    if data.startswith(_OFFICE_97):
        _refuse_office_97(data)
    for magic, kind in _BINARIES:
        if head.startswith(magic):
            raise ReadError(f"not readable: {kind}" if ";" in kind else f"not readable: binary, {kind}")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_package(data)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return "mhtml" if is_mhtml(head) else ""


def _refuse_office_97(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError("encrypted: save the document without a password")
    raise ReadError(
        "an old binary Office document (.doc, .xls, .wps, .et): open it in Word, WPS or LibreOffice and save it as DOCX or XLSX"
    )


def _sniff_package(data: bytes) -> str:
    with open_package(data) as package:
        names = {name.replace("\\", "/").lower() for name in package.namelist()}
    for member, name, advice in _MEMBERS:
        if member.lower() in names:
            if advice:
                raise ReadError(f"not readable: {advice}")
            return name
    raise ReadError("not readable: a zip archive; unpack it and give the documents in it")
