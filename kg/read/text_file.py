"""Plain text: decoded, otherwise as it is. No blocks: what the lines are, the text alone must tell."""

from __future__ import annotations

from dataclasses import replace

from kg.read.content import LINE_SEPARATORS, Content, clean_controls
from kg.read.encodings import Decoded, decode_text


def read_text(data: bytes) -> Content:
    """Decode a plain text.

    Raises
    ------
    ReadError
        The bytes are no text in any known encoding.
    """
    return to_content(decode_text(data))


def to_content(decoded: Decoded) -> Content:
    r"""Return the content of a decoded plain text.

    The metadata's ``line_ends`` (``crlf``, ``cr``, ``mixed``) stands there where the source has other line ends than ``\n``, so that
    a writer can give them back.
    """
    text, findings = clean_controls(decoded.text)
    # The place of a doubtful character moves when what stands before it is removed; such a text is odd enough to be looked at anyhow.
    moved = findings or "\r" in decoded.text
    kept = tuple(replace(finding, span=None) if moved else finding for finding in decoded.findings)
    return Content(text, decoded.encoding, metadata=_tell_line_ends(decoded.text), findings=(*kept, *findings))


def _tell_line_ends(text: str) -> tuple[tuple[str, str], ...]:
    crlf = text.count("\r\n")
    cr, lf = text.count("\r") - crlf, text.count("\n") - crlf
    other = sum(map(text.count, LINE_SEPARATORS))
    if not crlf and not cr and not other:
        return ()
    kind = "crlf" if not cr and not lf and not other else "cr" if not crlf and not lf and not other else "mixed"
    return (("line_ends", kind),)
