"""Bytes to characters: UTF-8, UTF-16, UTF-32 (by mark), GB18030, Big5; strict, and never silently wrong.

A byte order mark decides. Otherwise all encodings are tried, each reading is scored for how much it looks like Chinese prose
(:mod:`kg.read.plausibility`), and the most plausible one is taken **if it decodes without any broken byte**; if it does not, that is
an error that names the byte, even where a less plausible encoding would have swallowed the bytes. So a UTF-8 text with one broken byte
is refused rather than read as GB18030 nonsense. Readings that are nearly as plausible are reported with their words.

What cannot be told: GB18030 from EUC-KR, which is no encoding of Chinese plans and is not tried; a few characters of UTF-16 without
mark from the ASCII that the same bytes are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kg.errors import ReadError
from kg.model import Span
from kg.read.content import CONTROL_RE, Finding
from kg.read.plausibility import mean_foreign_score, score_text

ENCODINGS = {
    "utf-8": ("utf-8",),
    "gb18030": ("gb18030",),
    "big5": ("big5", "cp950", "big5hkscs"),
    "utf-16-le": ("utf-16-le",),
    "utf-16-be": ("utf-16-be",),
}
"""Name as reported → codecs, tried in turn: Big5 has variants that differ in a few characters."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_SURE_UTF8 = 8
"""So many multi-byte sequences, all valid, do not happen by chance: 1 in 7 two-byte characters of GB18030 is valid UTF-8."""

_MARGIN = 7.0
"""Nats (about 1,100 : 1) by which a reading must win to be beyond doubt."""

_ODD, _NONSENSE = -10.5, -13.0
"""Mean scores of characters outside ASCII: damaged Chinese text stays above the first, anything Chinese above the second."""

_CONTROL_STRAY, _CONTROL_SHARE = 4, 0.02
"""So many control characters, and this share of the text, may be stray (they are removed and reported); bytes with more are no text."""

_SAMPLE = 1 << 18
"""Number of bytes that are scored; the whole text is still decoded strictly."""

_DECLARED_NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "cp936": "gb18030",
    "big5-hkscs": "big5",
    "utf8": "utf-8",
}
_CONTROL_BYTES_RE = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_HIGH_RE = re.compile(rb"[\x80-\xff\x00]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, the encoding, and what is to be said about it."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    encoding: str
    codec: str
    sample: str
    score: float


def decode_text(data: bytes, declared: str = "") -> Decoded:
    """Decode bytes of unknown encoding.

    Parameters
    ----------
    data
        All bytes of a text.
    declared
        What the text says of itself (the charset of an HTML page); believed unless the bytes tell otherwise, which is reported.

    Raises
    ------
    ReadError
        The bytes are no text in any of the encodings; the message names the first broken byte under the most plausible one.

    Examples
    --------
    >>> decode_text("牵头单位：市发展改革委".encode("gbk")).encoding
    'gb18030'
    >>> decode_text("牽頭單位：市發展改革委".encode("big5")).text
    '牽頭單位：市發展改革委'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, len(mark), declared)
    sample = _take_sample(data)
    if not _CONTROL_BYTES_RE.search(sample):  # UTF-16 of Chinese punctuation has control bytes, and may be all ASCII
        sure = _decode_sure_utf8(data)
        if sure is not None:
            _refuse_binary(sure)
            return Decoded(sure, "utf-8", _check_declared(declared, "utf-8"))
    readings = _rank_readings(sample)
    best = _prefer_declared(readings, declared)
    text, codec = _decode_strictly(data, best)
    _refuse_binary(text)
    mean = mean_foreign_score(best.sample)
    if mean < _NONSENSE and best.encoding != "utf-8":
        _refuse_nonsense(data)
    findings = [*_check_declared(declared, best.encoding), *_check_rivals(data, best, readings, mean)]
    if best.encoding == "big5":
        findings += _check_variants(data, text, codec)
    return Decoded(text, best.encoding, tuple(findings))


def _take_sample(data: bytes) -> bytes:
    """Return the part that is scored: it begins near the first byte outside ASCII, at an even offset because of UTF-16."""
    if len(data) <= _SAMPLE:
        return data
    first = _HIGH_RE.search(data)
    start = max(0, (first.start() if first else 0) - 64) & ~1
    # In a multi-byte encoding any ASCII byte before the first high byte is a border; in UTF-16 every even offset is one.
    return data[start : start + _SAMPLE]


def _decode_sure_utf8(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    multi = sum(1 for _, _ in zip(range(_SURE_UTF8), (c for c in text if c > "\x7f"), strict=False))
    return text if multi in (0, _SURE_UTF8) else None


def _decode_marked(body: bytes, encoding: str, offset: int, declared: str) -> Decoded:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(_tell_broken(body, error, encoding, offset, " (the byte order mark says so)")) from error
    _refuse_binary(text)
    return Decoded(text, encoding, _check_declared(declared, encoding))


def _rank_readings(sample: bytes) -> list[_Reading]:
    readings = []
    for encoding, names in ENCODINGS.items():
        for codec in names:
            text = sample.decode(codec, "replace")
            cut = text[:-1] if len(sample) == _SAMPLE and text.endswith("\ufffd") else text
            bonus = 2.0 * sum(1 for c in cut if c > "\x7f" and c != "\ufffd") if encoding == "utf-8" else 0.0
            readings.append(_Reading(encoding, codec, cut, score_text(cut) + bonus))
    readings.sort(key=lambda reading: -reading.score)  # stable: at equal scores the order of ENCODINGS
    best: dict[str, _Reading] = {}
    for reading in readings:
        best.setdefault(reading.encoding, reading)
    return list(best.values())


def _prefer_declared(readings: list[_Reading], declared: str) -> _Reading:
    name = normalise_declared(declared)
    for reading in readings:
        if reading.encoding == name and "\ufffd" not in reading.sample and reading.score > readings[0].score - _MARGIN:
            return reading
    return readings[0]


def normalise_declared(declared: str) -> str:
    """Return our name for a declared charset, or an empty string for one that is not ours.

    Examples
    --------
    >>> normalise_declared("GB2312"), normalise_declared("UTF-8"), normalise_declared("x-unknown")
    ('gb18030', 'utf-8', '')
    """
    name = declared.strip().lower()
    name = _DECLARED_NAMES.get(name, name)
    return name if name in ENCODINGS or name == "utf-16" else ""


def _decode_strictly(data: bytes, best: _Reading) -> tuple[str, str]:
    names = ENCODINGS[best.encoding]
    failure: UnicodeDecodeError | None = None
    for codec in (best.codec, *(name for name in names if name != best.codec)):
        try:
            return data.decode(codec), codec
        except UnicodeDecodeError as error:
            failure = failure if failure is not None and failure.start >= error.start else error
    assert failure is not None  # noqa: S101 - every encoding has at least one codec
    if mean_foreign_score(best.sample.replace("\ufffd", "")) < _NONSENSE:
        _refuse_nonsense(data)
    raise ReadError(_tell_broken(data, failure, best.encoding, 0, "")) from failure


def _tell_broken(data: bytes, error: UnicodeDecodeError, encoding: str, offset: int, why: str) -> str:
    at = error.start
    shown = data[at : at + 4].hex(" ").upper()
    cut = ": the text breaks off within a character" if len(data) - at < 4 and error.end >= len(data) else ""
    return f"undecodable: as {encoding.upper()}{why} the text breaks at byte {at + offset} ({shown}){cut}"


def _refuse_binary(text: str) -> None:
    controls = len(CONTROL_RE.findall(text))
    if controls > _CONTROL_STRAY + _CONTROL_SHARE * len(text):
        raise ReadError(f"no text but binary: {controls} of {len(text)} characters are control characters")


def _refuse_nonsense(data: bytes) -> None:
    controls = len(_CONTROL_BYTES_RE.findall(data))
    if controls > _CONTROL_STRAY + _CONTROL_SHARE * len(data):
        raise ReadError(f"no text but binary: {controls} of {len(data)} bytes are control characters")
    first = _HIGH_RE.search(data)
    at = first.start() if first else 0
    raise ReadError(
        f"undecodable: no text in UTF-8, UTF-16, GB18030 or Big5; the first byte that is no ASCII is at byte {at} "
        f"({data[at : at + 4].hex(' ').upper()})"
    )


def _check_declared(declared: str, used: str) -> tuple[Finding, ...]:
    name = normalise_declared(declared)
    if not declared or name == used or (name == "utf-16" and used.startswith("utf-16")):
        return ()
    return (
        Finding(
            "charset-lies", f"the page says {declared}, its bytes are {used}", candidates=(used, declared), detail=f"{declared}、{used}"
        ),
    )


def _check_rivals(data: bytes, best: _Reading, readings: list[_Reading], mean: float) -> list[Finding]:
    rivals = [r for r in readings if r is not best and r.score > best.score - _MARGIN and r.sample != best.sample and _decodes(data, r)]
    if rivals:
        shown = tuple(f"{reading.encoding}: {_show(reading.sample)}" for reading in (best, *rivals))
        return [
            Finding(
                "doubtful-encoding", f"read as {best.encoding}; other encodings read nearly as well", candidates=shown, detail=best.encoding
            )
        ]
    if mean < _ODD and best.encoding != "utf-8":
        shown = (f"{best.encoding}: {_show(best.sample)}",)
        return [
            Finding("doubtful-encoding", f"read as {best.encoding}, which gives unusual characters", candidates=shown, detail=best.encoding)
        ]
    return []


def _decodes(data: bytes, reading: _Reading) -> bool:
    try:
        data.decode(reading.codec)
    except UnicodeDecodeError:
        return False
    return True


def _show(text: str) -> str:
    foreign = next((index for index, c in enumerate(text) if c > "\x7f"), 0)
    return " ".join(text[foreign : foreign + 20].split())


def _check_variants(data: bytes, text: str, codec: str) -> list[Finding]:
    """Report the first stretch that another variant of Big5 (Microsoft, Hong Kong) would read differently."""
    for other in ENCODINGS["big5"]:
        if other == codec:
            continue
        try:
            rival = data.decode(other)
        except UnicodeDecodeError:
            continue
        if rival == text:
            continue
        if len(rival) != len(text):
            return [
                Finding("doubtful-characters", f"Big5 variants {codec} and {other} read this text differently", candidates=(codec, other))
            ]
        places = [index for index, (one, two) in enumerate(zip(text, rival, strict=True)) if one != two]
        span = Span(places[0], places[0] + 1)
        message = f"{len(places)} character(s) differ between the Big5 variants {codec} and {other}"
        return [Finding("doubtful-characters", message, span, (text[places[0]], rival[places[0]]))]
    return []
