"""The front of a document: title, document number, issuer, date, addressees; and the documents it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Citation, Document
from kg.parse.layout import Flow
from kg.parse.lexicon import Lexicon
from kg.parse.marks import ANNEX_RE, MARK_RE

_NUMBER_RE = re.compile(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d\d〕\s*第?\d{1,5}号")
_DATE_RE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日?")
_HANZI_DATE_RE = re.compile(r"([二〇○零一九八七六五四三]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_SIGNED_RE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?:（[^（）]*）)?\s*$")
_TITLE_RE = re.compile(r"(?:关于)?(?:印发|发布|下发|转发)《?(?P<inner>[^》]+)》?的通知")
_CITED_RE = re.compile(r"《([^《》\n]{2,120}(?:《[^《》\n]+》[^《》\n]*)?)》(?:（([^（）\n]{2,30}号)）)?")
_ADDRESS_RE = re.compile(r"^[^。；]{2,400}：$")
_FRONT_LINES = 40
_LONG_FIRST_LINE = 400
_HANZI_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Header:
    """What the front matter says; ``end`` is the flow index where the numbered text may begin."""

    title: str
    document_number: str
    issuer: str
    issued: date | None
    addressees: tuple[str, ...]
    level: str
    place: str
    end: int
    year: int | None


def read_header(flow: Flow, document: Document, lexicon: Lexicon) -> Header:
    """Read the front matter; what `document`'s own metadata says wins over the page."""
    given = dict(document.metadata)
    lines = _front_lines(flow, lexicon)
    run_on = _split_run_on(flow, lexicon)
    if run_on is not None:
        lines = [*run_on, *lines[1:]]
    notice, end = _find_notice(flow, lines, lexicon)
    title = given.get("title") or _find_title(flow, lines, notice, lexicon)
    number = given.get("document_number") or _find_number(flow, lines)
    issued = _to_day(given.get("issued", "")) or _find_date(flow, lines, notice)
    issuer = given.get("issuer") or _find_issuer(flow, lines, notice, lexicon)
    addressees = _find_addressees(flow, lines)
    level, place = _find_place(issuer or title, lexicon)
    return Header(
        title=title,
        document_number=number,
        issuer=issuer,
        issued=issued,
        addressees=tuple(given["addressees"].split("\n")) if given.get("addressees") else addressees,
        level=given.get("level") or level,
        place=given.get("place") or place,
        end=end,
        year=issued.year if issued is not None else _find_year(title),
    )


def find_citations(flow: Flow, title: str) -> tuple[Citation, ...]:
    """Find the documents cited in 《…》 but the plan itself (`title`), each once, with its number where one follows it anywhere."""
    found: dict[str, Citation] = {}
    for match in _CITED_RE.finditer(flow.text):
        cited = flow.to_name(match.start(1), match.end(1))
        if cited == title:
            continue
        number = match.group(2) or ""
        if number and not re.search(r"\d号$", number):
            number = ""
        known = found.get(cited)
        if known is None or (number and not known.document_number):
            span = known.span if known is not None else flow.to_span(match.start(), match.end())
            found[cited] = Citation(cited, flow.to_name(match.start(2), match.end(2)) if number else "", span)
    return tuple(found.values())


def _front_lines(flow: Flow, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the paragraphs before the first number that begins the text itself."""
    lines: list[tuple[int, int]] = []
    position = 0
    while position < len(flow.text) and len(lines) < _FRONT_LINES:
        end = flow.text.find("\n", position)
        end = len(flow.text) if end < 0 else end
        mark = MARK_RE.match(flow.text, position, end)
        if mark is not None and (lines or not _begins_title(flow.text, mark.end(), lexicon)):
            break
        if end > position:
            lines.append((position, end))
        position = end + 1
    return lines


def _split_run_on(flow: Flow, lexicon: Lexicon) -> list[tuple[int, int]] | None:
    """Cut the front of a text without line breaks: title, document number, addressees.

    Returns
    -------
    list of (int, int) or None
        None where the text begins with a line of its own.
    """
    end = flow.text.find("\n")
    end = len(flow.text) if end < 0 else end
    if end < _LONG_FIRST_LINE:
        return None
    head = flow.text[:_LONG_FIRST_LINE]
    number = re.search(r"[\u4e00-\u9fff]{1,8}?〔(?:19|20)\d\d〕\s*第?\d{1,5}号", head)
    title = re.search(rf"^[^。，：]{{5,100}}?(?:{'|'.join(lexicon.words('front-end'))})", head)
    if title is None or title.group().count("《") != title.group().count("》"):
        return None
    lines = [(0, title.end())]
    position = title.end()
    if number is not None and number.start() <= position + 12:
        start = max(number.start(), position)
        lines.append((start, number.end()))
        position = number.end()
    colon = flow.text.find("：", position, position + 300)
    if colon >= 0 and "。" not in flow.text[position:colon]:
        lines.append((position, colon + 1))
    return lines


def _begins_title(text: str, start: int, lexicon: Lexicon) -> bool:
    """Say whether a number at the head of the page stands before a title (a number of the collection it was taken from)."""
    head = ""
    for line in text[start : start + 400].split("\n")[:4]:
        head += line
        if re.sub(r"（[^（）]*）$", "", head).endswith(lexicon.words("front-end")) and len(head) < 150:
            return True
    return False


def _find_notice(flow: Flow, lines: Sequence[tuple[int, int]], lexicon: Lexicon) -> tuple[str, int]:
    """Return the title at the head of the page, its parts joined, and where the numbered text may begin."""
    head: list[str] = []
    end = 0
    for index, (start, stop) in enumerate(lines[:4]):
        words = flow.text[start:stop]
        mark = MARK_RE.match(words) if index == 0 else None
        words = words[mark.end() :] if mark else words
        if ANNEX_RE.fullmatch(words):
            continue
        if len(words) > 120 or words.endswith(("：", "。")) or _NUMBER_RE.fullmatch(words) or (index and MARK_RE.match(words)):
            break
        head.append(words)
        end = stop
        if re.sub(r"（[^（）]*）$", "", words).endswith(lexicon.words("title-ending")):
            break
    title = "".join(head)
    return (title, end) if re.sub(r"（[^（）]*）$", "", title).endswith(lexicon.words("title-ending")) else ("", 0)


def _find_title(flow: Flow, lines: Sequence[tuple[int, int]], notice: str, lexicon: Lexicon) -> str:
    """Return the title of the plan itself: what a notice issues, or the title at the head."""
    bare = re.sub(r"（[^（）]*\d日?）$", "", notice)
    inner = _TITLE_RE.search(bare)
    if inner is None:
        for start, stop in lines:
            issued = re.search(r"《([^》]+)》.{0,40}(?:印发|发布|下发)", flow.text[start:stop])
            if issued is not None:
                return _clean(issued.group(1))
    if inner is not None:
        return _clean(inner.group("inner"))
    if bare:
        return _clean(bare)
    for start, stop in lines:
        words = flow.text[start:stop]
        if 6 <= len(words) <= 60 and words.endswith(lexicon.words("title-ending")):
            return _clean(words)
    first = flow.text[lines[0][0] : lines[0][1]] if lines else ""
    return _clean(first) if len(first) <= 60 and not re.search("[。：；]", first) else ""


def _clean(words: str) -> str:
    return words.replace("\n", "").strip(" 。")


def _find_number(flow: Flow, lines: Sequence[tuple[int, int]]) -> str:
    for start, stop in lines:
        match = _NUMBER_RE.fullmatch(flow.text[start:stop]) or _NUMBER_RE.search(flow.text[start:stop])
        if match is not None and "《" not in flow.text[start : start + match.start()]:
            return match.group()
    return ""


def _find_date(flow: Flow, lines: Sequence[tuple[int, int]], notice: str) -> date | None:
    """Return the day below the signature, else the one behind the title, else the last of the text's end."""
    for start, stop in lines:
        words = flow.text[start:stop]
        match = _DATE_RE.fullmatch(words) or _HANZI_DATE_RE.fullmatch(words)
        if match is not None:
            return _from_match(match)
    bracket = _DATE_RE.search(notice)
    if bracket is not None:
        return _from_match(bracket)
    for words in reversed(flow.text.rstrip("\n").split("\n")[-8:]):
        match = _DATE_RE.search(words) if len(words) < 40 else None
        if match is not None:
            return _from_match(match)
    closing = _SIGNED_RE.search(flow.text[-80:])
    return _from_match(closing) if closing is not None else None


def _from_match(match: re.Match[str]) -> date | None:
    try:
        return date(*(_to_int(part) for part in match.groups()))
    except ValueError:
        return None


def _to_int(words: str) -> int:
    if words.isascii():
        return int(words)
    digits = words.translate(str.maketrans("〇○", "零零"))
    if "十" not in digits:
        return int("".join(str(_HANZI_DIGITS.index(character)) for character in digits))
    tens, _, ones = digits.partition("十")
    return (_HANZI_DIGITS.index(tens) if tens else 1) * 10 + (_HANZI_DIGITS.index(ones) if ones else 0)


def _find_year(title: str) -> int | None:
    match = re.search(r"((?:19|20)\d\d)年", title)
    return int(match.group(1)) if match is not None else None


def _to_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _find_issuer(flow: Flow, lines: Sequence[tuple[int, int]], notice: str, lexicon: Lexicon) -> str:
    about = notice.find("关于")
    if about > 3:
        return _clean(notice[:about])
    endings = ("政府", "办公厅", "办公室", *lexicon.strong)
    tail = flow.text.rstrip("\n").split("\n")[-6:]
    texts = [flow.text[start:stop] for start, stop in lines] + tail
    for index, words in enumerate(texts[:-1]):
        if _DATE_RE.fullmatch(texts[index + 1]) and 3 <= len(words) <= 40 and words.endswith(endings):
            return _clean(words)
    return ""


def _find_addressees(flow: Flow, lines: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    for start, stop in lines:
        words = flow.text[start:stop]
        if _ADDRESS_RE.match(words) and ("，" in words or "政府" in words or "、" in words or "单位" in words or "部门" in words):
            return tuple(part for part in re.split(r"[，；]", words.rstrip("：")) if part)
    return ()


def _find_place(issuer: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return level and place of an issuer by the form of its name (GB/T 2260 levels)."""
    if issuer.startswith(("国务院", "中共中央", "国家", "中华人民共和国")) or re.match(r"[\u4e00-\u9fff]{2,8}部(?:办公厅)?$", issuer):
        return "national", ""
    match = re.match(
        r"(?:中共)?((?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|地区|盟))?(?:[^委政办府局厅]{1,8}?(?:自治县|县|区|市|旗))?)", issuer
    )
    place = match.group(1) if match else ""
    if not place:
        return "", ""
    if place.endswith(("省", "自治区")) or place in ("北京市", "上海市", "天津市", "重庆市"):
        return "province", place
    if place.endswith(("县", "区", "旗")):
        return "county", place
    return ("city" if place.endswith(("市", "州", "地区", "盟")) else ""), place
