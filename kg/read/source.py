"""From a file or bytes to a document: size, format, decoding, and the issues met on the way."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.errors import ReadError
from kg.model import Document, Issue
from kg.read.content import Content, Finding
from kg.read.formats import get_reader
from kg.read.limits import check_size
from kg.read.sniff import hint_format, sniff_format
from kg.rules import RuleBook


def read_source(source: Path | bytes, *, name: str, document_id: str, rules: RuleBook) -> tuple[Document, tuple[Issue, ...]]:
    """Read a source of any known format.

    Parameters
    ----------
    source
        A file, or its bytes.
    name
        What the source is called; its suffix is a hint of the format.
    document_id
        The identity of the document.
    rules
        The rule book; of it only the severities of the issues.

    Returns
    -------
    tuple of Document and issues
        The spans of the issues point into the text as decoded, which is the text of this document.

    Raises
    ------
    ReadError
        Missing, empty, blank, too large, binary, undecodable, broken or of no known format; the message begins with `name`.
    """
    try:
        data = source if isinstance(source, bytes) else _read_bytes(source)
        check_size(len(data))
        format_name, content = _read_content(data, name)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from error
    document = Document(
        document_id=document_id,
        text=content.text,
        source_name=name,
        source_sha256=hashlib.sha256(data).hexdigest(),
        format=format_name,
        encoding=content.encoding,
        blocks=content.blocks,
        metadata=content.metadata,
    )
    return document, tuple(_to_issue(finding, document, rules) for finding in content.findings)


def _read_bytes(path: Path) -> bytes:
    try:
        check_size(path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("there is no such file") from error
    except IsADirectoryError as error:
        raise ReadError("this is a folder, not a file") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ReadError(f"the file cannot be read ({getattr(error, 'strerror', None) or error})") from error


def _read_content(data: bytes, name: str) -> tuple[str, Content]:
    if not data:
        raise ReadError("the file is empty")
    hint = hint_format(name)
    format_name = sniff_format(data, hint)
    content = get_reader(format_name)(data)
    if not content.text.strip("\ufeff \t\r\n\f\v\u3000\u200b\xa0"):
        raise ReadError("the file holds no text")
    if hint and hint != format_name:
        message = f"the name says {hint}, the bytes are {format_name}"
        mismatch = Finding("format-mismatch", message, candidates=(format_name, hint), detail=f"{hint}、{format_name}")
        content = Content(content.text, content.encoding, content.blocks, content.metadata, (mismatch, *content.findings))
    return format_name, content


def _to_issue(finding: Finding, document: Document, rules: RuleBook) -> Issue:
    return Issue(
        code=finding.code,
        severity=rules.issues[finding.code].severity,
        message=finding.message,
        document_id=document.document_id,
        span=finding.span,
        words=finding.span.slice(document.text) if finding.span is not None else "",
        candidates=finding.candidates,
        detail=finding.detail,
    )
