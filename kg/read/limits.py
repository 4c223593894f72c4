"""How much a source may hold before it is refused: nobody's plan is that large, but somebody's trap is."""

from __future__ import annotations

import struct
import time
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from kg.errors import ReadError

MAX_BYTES = 50 * 1024 * 1024
"""Bytes of a source."""

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""Bytes of all members of a packed source (DOCX, XLSX) together, unpacked."""

MAX_RATIO = 250
"""How many times a member of more than 1 MB may grow when it is unpacked; real ones stay below 60."""

MAX_MEMBERS = 10_000
"""Members of a packed source."""

MAX_DEPTH = 200
"""Elements nested in each other (HTML, DOCX)."""

MAX_ATTRIBUTES = 10_000
"""Attributes of one element (HTML): the library looks for double ones in the square of their number."""

MAX_PAGES = 1_000
"""Pages of a PDF."""

MAX_CELLS = 500_000
"""Cells of a table."""

MAX_COLUMNS = 256
"""Columns of a table."""

MAX_SECONDS = 120.0
"""Seconds a source may take."""


DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the format libraries raise, beside errors of their own, on files that are damaged in one way or another (XML errors are a
``SyntaxError``). Catch it around a call into a library only, never around code of ours."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which a source must be read."""

    at: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)

    def check(self) -> None:
        """Raise when time is up.

        Raises
        ------
        ReadError
            Reading took longer than ``MAX_SECONDS``.
        """
        if time.monotonic() > self.at:
            raise ReadError(f"too slow: reading takes more than {MAX_SECONDS:.0f} seconds")


def check_size(count: int) -> None:
    """Refuse a source of more than ``MAX_BYTES``.

    Raises
    ------
    ReadError
        It is larger.
    """
    if count > MAX_BYTES:
        raise ReadError(f"too large: {count / 1024**2:.0f} MB, at most {MAX_BYTES // 1024**2} MB are read")


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open a packed source after looking at its directory.

    Raises
    ------
    ReadError
        It is broken, encrypted, or would grow beyond the limits when unpacked.
    """
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except DAMAGE as error:
        raise ReadError(
            f"broken: the file begins like a zip package but cannot be opened ({error}); it may be cut short, fetch it again"
        ) from error
    members = package.infolist()
    if len(members) > MAX_MEMBERS:
        raise ReadError(f"too large: a package of {len(members)} members, at most {MAX_MEMBERS} are read")
    if any(member.flag_bits & 1 for member in members):
        raise ReadError("encrypted: save the file without a password")
    total = sum(member.file_size for member in members)
    grown = [m for m in members if m.file_size > 1024**2 and m.file_size > MAX_RATIO * max(m.compress_size, 1)]
    if total > MAX_UNPACKED_BYTES or grown:
        raise ReadError(f"too large: {len(data)} bytes would unpack to {total} bytes")
    return package


def check_members(package: zipfile.ZipFile) -> None:
    """Unpack every XML member once: none may be broken or declare entities, which no Office program ever writes.

    Raises
    ------
    ReadError
        A member is broken, or holds a document type declaration.
    """
    for member in package.infolist():
        if not member.filename.lower().endswith((".xml", ".rels")):
            continue
        try:
            content = package.read(member)
        except (*DAMAGE, RuntimeError) as error:
            raise ReadError(f"broken: {member.filename!r} in the package cannot be unpacked ({error})") from error
        if b"<!DOCTYPE" in (plain := content.replace(b"\0", b"")) or b"<!ENTITY" in plain:
            raise ReadError(f"refused: {member.filename!r} in the package declares a document type or entities")
