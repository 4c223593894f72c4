"""Web pages: decoded with the charset they declare as a hint, hidden parts and menus dropped, the rest set as a browser does."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kg.errors import ReadError
from kg.read.content import LINE_SEPARATORS, Content, ContentBuilder, clean_controls
from kg.read.encodings import decode_text
from kg.read.html_lines import LineWriter
from kg.read.html_main import drop_hidden, keep_main
from kg.read.limits import MAX_ATTRIBUTES, MAX_DEPTH

_CHARSET_RE = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)
_LONG_TAG_RE = re.compile(r"<[A-Za-z][^<>]{20000,}")
_DECLARATION_RE = re.compile(r"^\s*<\?xml[^>]*>")

_SEPARATOR_RE = re.compile(f"[{LINE_SEPARATORS}]")
"""A browser breaks the line at them, where a plain line feed is white space."""

_META = {
    "articletitle": "article_title",
    "pubdate": "article_date",
    "contentsource": "article_source",
    "sitename": "site",
    "columnname": "column",
}
"""Names that Chinese government sites give in ``meta`` (网站标签规范) → our names in the metadata. They are told, not taken: a
copy's head is as damaged as its page, and only the page is repaired."""


def read_html(data: bytes) -> Content:
    """Read a web page.

    Raises
    ------
    ReadError
        The bytes are undecodable, elements are nested too deeply, or one has too many attributes.
    """
    declared = _CHARSET_RE.search(data[:4096])
    decoded = decode_text(data, (declared.group(1) or declared.group(2)).decode("ascii", "replace") if declared else "")
    text, controls = clean_controls(_SEPARATOR_RE.sub("<br>", decoded.text))
    root = _parse(text)
    if root is None:
        return Content("", decoded.encoding)
    metadata = _read_metadata(root)
    builder = ContentBuilder()
    builder.findings += [replace(finding, span=None) for finding in (*decoded.findings, *controls)]
    drop_hidden(root)
    body = next(root.iter("body"), root)
    count, words = keep_main(body)
    if count:
        builder.report("page-furniture", f"{count} characters of menus and the like were left out, beginning {words!r}", detail=words)
    writer = LineWriter(builder)
    writer.walk(body)
    writer.flush()
    return builder.build(decoded.encoding, metadata)


def _parse(text: str) -> Any:
    from lxml import etree, html

    if any(tag.group().count("=") > MAX_ATTRIBUTES for tag in _LONG_TAG_RE.finditer(text)):
        raise ReadError(f"too large: an element has more than {MAX_ATTRIBUTES} attributes")
    # huge_tree only lifts libxml2's limit on depth, beyond which it would stop in silence; ours is checked below.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(_DECLARATION_RE.sub("", text).encode("utf-8", "surrogatepass"), parser=parser)
    except etree.ParserError:
        return None  # nothing but white space and comments
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(f"broken: the page cannot be parsed ({type(error).__name__})") from error
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise ReadError(f"too deep: elements are nested more than {MAX_DEPTH} deep")
    return root


def _read_metadata(root: Any) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = _META.get(meta.get("name", "").strip().lower())
        value = " ".join(meta.get("content", "").split())
        if key and value:
            found.setdefault(key, value)
    for title in root.iter("title"):
        words = " ".join("".join(title.itertext()).split())
        if words:
            found.setdefault("page_title", words)
    return tuple(sorted(found.items()))
