"""Web archives: a page as browsers and Word save it in one file (RFC 2557), of which the first HTML part is read."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from kg.errors import ReadError
from kg.read.content import Content
from kg.read.html_page import read_html
from kg.read.limits import DAMAGE

_HEAD_RE = re.compile(rb"(?:[A-Za-z][\w-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}")
"""Mail headers at the beginning of a file."""

_KIND_RE = re.compile(rb"^Content-Type:\s*(?:multipart/related|text/html)\b", re.IGNORECASE | re.MULTILINE)
_VERSION_RE = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)


def is_mhtml(head: bytes) -> bool:
    r"""Return whether a file begins as a web archive does.

    Examples
    --------
    >>> is_mhtml(b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n")
    True
    """
    headers = _HEAD_RE.match(head)
    return headers is not None and all(pattern.search(headers.group()) for pattern in (_KIND_RE, _VERSION_RE))


def read_mhtml(data: bytes) -> Content:
    """Read a web archive.

    Raises
    ------
    ReadError
        It holds no web page, or the page cannot be read.
    """
    try:
        page = next((part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"), None)
        body = _decode(page) if page is not None else b""
    except DAMAGE as error:
        raise ReadError(f"broken: the web archive cannot be opened ({type(error).__name__})") from error
    if not body.strip():
        raise ReadError("broken: the web archive holds no page; save it again, as HTML")
    return read_html(body)


def _decode(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""
