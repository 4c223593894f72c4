"""Decoding: right, or refused, or reported; never silently wrong."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read.encodings import decode_text

from .samples import SIMPLIFIED, TRADITIONAL

UNMARKED = ("utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be")
NAMES = {"gbk": "gb18030", "cp950": "big5", "big5hkscs": "big5", "utf-8-sig": "utf-8"}


@st.composite
def passages(draw: st.DrawFn, sentences: tuple[str, ...], shortest: int) -> str:
    """Draw a window of running text, at least `shortest` characters long and not plain ASCII."""
    text = "\n".join(draw(st.lists(st.sampled_from(sentences), min_size=2, max_size=5)))
    size = draw(st.integers(min_value=shortest, max_value=max(shortest, len(text))))
    start = draw(st.integers(min_value=0, max_value=max(0, len(text) - size)))
    window = text[start : start + size]
    return window if len(window) >= shortest else (text * shortest)[start : start + shortest]


@given(passages(SIMPLIFIED, 30), st.sampled_from(UNMARKED))
def test_simplified_text_comes_back_from_every_encoding(text: str, encoding: str) -> None:
    decoded = decode_text(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.findings) == (text, NAMES.get(encoding, encoding), ())


@given(passages(TRADITIONAL, 30), st.sampled_from((*UNMARKED, "big5", "cp950", "big5hkscs")))
def test_traditional_text_comes_back_from_every_encoding(text: str, encoding: str) -> None:
    decoded = decode_text(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.findings) == (text, NAMES.get(encoding, encoding), ())


@given(st.sampled_from((SIMPLIFIED, TRADITIONAL)).flatmap(lambda s: passages(s, 1)), st.sampled_from((*UNMARKED, "big5")))
def test_short_text_is_right_or_doubted(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return  # Simplified characters that Big5 lacks
    if data.isascii():
        return  # 智 in UTF-16 is "zf", and nobody can tell
    try:
        decoded = decode_text(data)
    except ReadError:
        return  # refused is not silently wrong
    assert decoded.text == text or decoded.findings


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_decides_and_is_dropped(mark: bytes, encoding: str) -> None:
    decoded = decode_text(mark + "责任".encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.findings) == ("责任", encoding, ())


def test_plain_ascii_is_utf8() -> None:
    assert decode_text(b"1. Plan (lead: A)\n").encoding == "utf-8"


def test_gbk_that_is_valid_utf8_is_doubted() -> None:
    # 一些 in GBK is D2 BB D0 A9, which is valid UTF-8 for two Cyrillic letters.
    decoded = decode_text("一些".encode("gbk"))
    assert decoded.text == "一些"
    assert [(finding.code, finding.candidates) for finding in decoded.findings] == []
    assert decode_text("һЩ牵头单位".encode()).text == "һЩ牵头单位"


def test_nearly_equal_readings_are_reported_with_their_words() -> None:
    decoded = decode_text("县".encode("gbk"))
    assert decoded.findings[0].code == "doubtful-encoding"
    assert decoded.findings[0].candidates[0].startswith(f"{decoded.encoding}: {decoded.text}")
    assert any(candidate == "gb18030: 县" for candidate in decoded.findings[0].candidates)


def test_big5_variants_that_differ_are_reported() -> None:
    text = TRADITIONAL[2]
    decoded = decode_text(text.encode("big5") + b"\xa1\x45")  # • or ‧, as the variant has it
    assert decoded.text == text + "•"
    (finding,) = decoded.findings
    assert (finding.code, finding.candidates) == ("doubtful-characters", ("•", "‧"))
    assert finding.span is not None
    assert finding.span.slice(decoded.text) == "•"


def test_characters_only_microsofts_big5_has() -> None:
    text = TRADITIONAL[3] + "恒"
    assert decode_text(text.encode("cp950")).text == text


@pytest.mark.parametrize("declared", ["big5", "utf-8"])
def test_declared_charset_that_lies(declared: str) -> None:
    decoded = decode_text(SIMPLIFIED[2].encode("gbk"), declared)
    assert decoded.text == SIMPLIFIED[2]
    assert [(f.code, f.candidates) for f in decoded.findings] == [("charset-lies", ("gb18030", declared))]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "GB18030"])
def test_declared_charset_that_is_true(declared: str) -> None:
    assert decode_text(SIMPLIFIED[0].encode("gbk"), declared).findings == ()


def test_declared_charset_settles_a_doubt() -> None:
    assert decode_text("县".encode("gbk"), "gbk").text == "县"


def test_utf8_cut_within_its_last_character() -> None:
    data = SIMPLIFIED[1].encode()[:-1]
    with pytest.raises(ReadError, match=rf"^undecodable: as UTF-8 the text breaks at byte {len(data) - 2} \(E3 80\): the text breaks off"):
        decode_text(data)


def test_utf8_with_one_broken_byte_is_refused_not_read_as_gb18030() -> None:
    data = bytearray("\n".join(SIMPLIFIED).encode())
    data[301] = 0xFF
    with pytest.raises(ReadError, match=r"as UTF-8 the text breaks at byte (299|300|301) "):
        decode_text(bytes(data))


@given(st.integers(min_value=0, max_value=len("\n".join(SIMPLIFIED).encode()) - 1))
def test_utf8_that_lost_any_byte_is_refused_as_utf8_or_still_valid(at: int) -> None:
    data = "\n".join(SIMPLIFIED).encode()
    lost = data[:at] + data[at + 1 :]
    try:
        decoded = decode_text(lost)
    except ReadError as error:
        assert "as UTF-8" in str(error)  # noqa: PT017 - the message must name the encoding whichever byte is lost
    else:
        assert decoded.text == lost.decode()


def test_gb18030_with_a_broken_byte_names_the_place() -> None:
    data = "\n".join(SIMPLIFIED).encode("gb18030")
    broken = data[:200] + b"\xff" + data[200:]
    with pytest.raises(ReadError, match=r"as GB18030 the text breaks at byte (199|200|201) \("):
        decode_text(broken)


def test_mark_that_lies_is_refused() -> None:
    with pytest.raises(ReadError, match=r"as UTF-8 \(the byte order mark says so\) the text breaks at byte 3 \(D4 F0"):
        decode_text(codecs.BOM_UTF8 + "责任单位".encode("gbk"))


@pytest.mark.parametrize("text", ["Un été déjà passé à la forêt, où êtes-vous né ?", "Größe, Übermut und Ärger"])
def test_other_languages_are_refused_not_guessed(text: str) -> None:
    with pytest.raises(ReadError, match=r"^undecodable"):
        decode_text(text.encode("latin-1"))


def test_binary_is_refused() -> None:
    with pytest.raises(ReadError, match="binary"):
        decode_text(bytes(range(32)) * 20)


def test_large_text_is_decoded_whole() -> None:
    text = "plan text, all ASCII.\n" * 20_000 + "\n".join(SIMPLIFIED) * 200
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        decoded = decode_text(text.encode(encoding))
        assert (decoded.text == text, decoded.encoding, decoded.findings) == (True, encoding, ())


def test_break_behind_the_scored_sample_is_found() -> None:
    data = ("\n".join(SIMPLIFIED) * 400).encode("gb18030")
    with pytest.raises(ReadError, match=rf"as GB18030 the text breaks at byte {len(data)} "):
        decode_text(data + b"\xff\xff")
