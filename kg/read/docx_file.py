"""Word documents: all changes accepted, automatic numbers written out, notes at the end, page headers left out.

Opening the package is left to python-docx, which resolves no external entities.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from kg.errors import ReadError
from kg.model import Span
from kg.read.content import Content, ContentBuilder
from kg.read.docx_numbering import read_numbering, read_styles
from kg.read.docx_text import DocxWriter
from kg.read.docx_tree import get_children, get_name, get_value
from kg.read.limits import DAMAGE, MAX_DEPTH, Deadline, check_members, open_package

_PAGE_NUMBER_RE = re.compile(r"[\W\d_]*(?:第[\W\d_]*页)?[\W\d_]*(?:共[\W\d_]*页)?[\W\d_]*")


def read_docx(data: bytes) -> Content:
    """Read a Word document.

    Raises
    ------
    ReadError
        The document is broken, encrypted, in the strict form of the standard, nested too deeply or too large.
    """
    deadline = Deadline()
    with open_package(data) as package:
        check_members(package)
    parts = _open_parts(data)
    for root in parts.values():
        _check_depth(root)
    body = next((child for child in parts["document"] if get_name(child) == "body"), None)
    if body is None:
        raise ReadError("broken: the Word document has no body")
    styles = read_styles(parts.get("styles"))
    builder = ContentBuilder()
    writer = DocxWriter(builder, read_numbering(parts.get("numbering"), styles), styles, deadline)
    writer.write(body)
    _write_notes(writer, parts)
    _report(writer, parts)
    return builder.build("utf-8", _read_properties(parts))


def _open_parts(data: bytes) -> dict[str, Any]:
    """Return the roots of the parts that matter, by the last word of their relationship; headers and footers are numbered."""
    from docx.opc.exceptions import OpcError
    from docx.oxml.parser import parse_xml
    from docx.package import Package

    try:
        package = Package.open(BytesIO(data))
        main = next(rel.target_part for rel in package.rels.values() if rel.reltype.endswith("/officeDocument") and not rel.is_external)
        roots = {"document": parse_xml(main.blob)}
        for number, rel in enumerate(main.rels.values()):
            kind = rel.reltype.rpartition("/")[2]
            if not rel.is_external and kind in ("styles", "numbering", "footnotes", "endnotes"):
                roots.setdefault(kind, parse_xml(rel.target_part.blob))
            elif not rel.is_external and kind in ("header", "footer"):
                roots[f"{kind}{number}"] = parse_xml(rel.target_part.blob)
        for rel in package.rels.values():
            if rel.reltype.endswith("/core-properties") and not rel.is_external:
                roots["core"] = parse_xml(rel.target_part.blob)
    except StopIteration as error:
        raise ReadError("broken: the package does not say which part is the document") from error
    except (*DAMAGE, OpcError) as error:
        raise ReadError(f"broken: the Word document cannot be opened ({type(error).__name__})") from error
    return roots


def _check_depth(root: Any) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise ReadError(f"too deep: elements are nested more than {MAX_DEPTH} deep")


def _write_notes(writer: DocxWriter, parts: dict[str, Any]) -> None:
    """Write footnotes and endnotes below the text, in the order in which they are referred to."""
    for number, key in enumerate(list(dict.fromkeys(writer.notes)), start=1):
        kind, _, identity = key.partition(":")
        for note in get_children(parts.get(f"{kind}s"), kind):
            if get_value(note, "id", attribute=True) == identity:
                lines = writer.read_lines(note)
                writer.builder.add_line(f"[{number}] " + "\n".join(lines) if lines else "")


def _report(writer: DocxWriter, parts: dict[str, Any]) -> None:
    builder = writer.builder
    furniture = []
    for name, root in sorted(parts.items()):
        if name.startswith(("header", "footer")):
            furniture += [line for line in writer.read_lines(root) if len(line) > 40 or not _PAGE_NUMBER_RE.fullmatch(line)]
    start = Span(0, 0)
    if furniture:
        words = furniture[0][:40]
        builder.report("page-furniture", f"page headers and footers were left out, beginning {words!r}", span=start, detail=words)
    for count, code, words in (
        (writer.pictures, "picture", "picture(s) whose text, if they hold any, was not read"),
        (writer.symbols, "symbol-character", "character(s) of symbol fonts were left out"),
        (writer.chunks, "embedded-part", "embedded document(s) were not read"),
        (writer.hidden, "hidden-text", "run(s) of hidden text were left out"),
    ):
        if count:
            builder.report(code, f"{count} {words}", span=start, detail=count)


def _read_properties(parts: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    title = next(get_children(parts.get("core"), "title"), None)
    words = " ".join((title.text or "").split()) if title is not None else ""
    return (("page_title", words),) if words else ()
