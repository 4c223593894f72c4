"""The front of a document: title, document number, issuer, date, addressees; and the documents it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Citation, Document
from kg.parse.page.layout import Flow
from kg.parse.page.page_fields import FieldReader, PageFields
from kg.parse.page.sign_off import find_day, find_issuer, find_signed
from kg.parse.words.forms import DOCUMENT_NUMBER_RE, to_day
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.numerals import to_year

_TITLE_RE = re.compile(r"(?:关于)?(?:印发|发布|下发|转发)《?(?P<inner>[^》]+)》?的通知")
#: A plan that a notice's text issues: 现将《…》印发给你们, 《…》已经市政府同意，现印发给你们.
_ISSUED_RE = re.compile(r"(?:^|[，。将])[^《，。]{0,8}《([^《》]+)》(?:[、和及]《[^《》]+》)*[^《]{0,40}(?:印发|发布|下发)")
#: 甲政发〔2023〕5号; 2023年, 2023年度, 二〇二三年, the first year of 2021—2023年.
_NUMBER_YEAR_RE = re.compile(r"[〔（]((?:19|20)\d\d)[〕）]")
_TITLE_YEAR_RE = re.compile(r"(?<![\d—–~～至到-])((?:19|20)\d\d|[二〇○零一九八七六五四三]{4})(?:年?[—–~～至到-]{1,2}(?:19|20)\d\d)?年")
_ADDED_YEAR_RE = re.compile(r"[和及暨](?:19|20)\d\d年")
_BEHIND_TITLE_RE = re.compile(r"（[^（）]*）$|0$")
_QUOTED_RE = re.compile(r"《[^《》]*》")
#: What stands before the place in the title of a plan that names no issuer.
_PERIOD_RE = re.compile(r"^《?(?:(?:19|20)\d\d年度?)?")
#: A subject (关于进一步帮助市场主体…) names no place.
_PLACE_RE = re.compile(
    r"(?:中共)?(?!关于)((?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|地区|盟))?"
    r"(?:(?:(?![委政办府局厅年])[\u4e00-\u9fff]){1,8}?(?:自治县|县|区|市|旗))?)"
)
_NOTICE_LINES = 8
_INNER_MARKS = "〈〉<>＜＞"
_INNER_MARKS_OUT = str.maketrans("〈〉<>＜＞", "《》《》《》")
_CITED_RE = re.compile(r"《([^《》\n]{2,120}(?:《[^《》\n]+》[^《》\n]*)?)》(?:（([^（）\n]{2,30}号)）)?")
_ADDRESS_RE = re.compile(r"^[^。；]{2,400}：$")
_FRONT_LINES = 40
_LONG_FIRST_LINE = 250
#: Days and signatures are sought in so many lines of the head, and in so many of the end.
_HEAD_LINES, _END_LINES = 60, 8


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
    fields = PageFields()
    lines = _read_page(flow, _front_lines(flow, lexicon), fields, lexicon)
    run_on = _split_run_on(flow, lexicon)
    if run_on is not None:
        lines = [*run_on, *lines[1:]]
    notice, end = _find_notice(flow, lines, lexicon)
    title = given.get("title") or _find_title(flow, lines, notice, lexicon) or _to_title(fields.title)
    paragraphs = flow.text.rstrip("\n").split("\n")
    number = given.get("document_number") or fields.document_number or _find_number(flow, lines, paragraphs[-_END_LINES:])
    head = [flow.text[start:stop] for start, stop in lines] + find_signed(paragraphs[0]) if run_on else paragraphs[:_HEAD_LINES]
    issued = (
        _to_day(given.get("issued", ""))
        or find_day(head, notice, [], lexicon)
        or to_day(fields.issued)
        or find_day([], "", paragraphs, lexicon)
    )
    issuer = given.get("issuer") or find_issuer(notice, [*head, *paragraphs[_HEAD_LINES:][-_END_LINES:]], lexicon) or fields.issuer
    addressees = _find_addressees(flow, lines)
    level, place = _find_place(issuer or _PERIOD_RE.sub("", title), lexicon)
    return Header(
        title=title,
        document_number=number,
        issuer=issuer,
        issued=issued,
        addressees=tuple(given["addressees"].split("\n")) if given.get("addressees") else addressees,
        level=given.get("level") or level,
        place=given.get("place") or place,
        end=end,
        year=issued.year if issued is not None else _find_year(number, title),
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
        mark = lexicon.marks.number_re.match(flow.text, position, end)
        if mark is not None and (lines or not _begins_title(flow.text, mark.end(), lexicon)):
            break
        if end > position:
            lines.append((position, end))
        position = end + 1
    return lines


def _read_page(flow: Flow, lines: Sequence[tuple[int, int]], fields: PageFields, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Take the fields of a web page into `fields`; return the lines that belong to the document."""
    reader = FieldReader(lexicon)
    kept: list[tuple[int, int]] = []
    for start, stop in lines:
        words = flow.text[start:stop]
        if not reader.read(words, fields) and not reader.is_furniture(words):
            left = len(words) - len(words.lstrip("| "))
            kept.append((start + left, start + len(words.rstrip("| "))))
    return kept


def _split_run_on(flow: Flow, lexicon: Lexicon) -> list[tuple[int, int]] | None:
    """Cut the front of a text without line breaks: title, document number, addressees.

    Returns
    -------
    list of (int, int) or None
        None where the text begins with a line of its own.
    """
    end = flow.text.find("\n")
    end = len(flow.text) if end < 0 else end
    if end < _LONG_FIRST_LINE and "：" not in flow.text[: end - 1]:
        return None
    head = flow.text[:_LONG_FIRST_LINE]
    number = DOCUMENT_NUMBER_RE.search(head)
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
    for index, (start, stop) in enumerate(lines[:_NOTICE_LINES]):
        words = _words(flow, start, stop)
        mark = lexicon.marks.number_re.match(words) if index == 0 else None
        words = words[mark.end() :] if mark else words
        if lexicon.marks.annex_re.fullmatch(words) or (
            not head and (DOCUMENT_NUMBER_RE.fullmatch(words) or words.endswith(lexicon.words("title-lead")))
        ):
            continue
        annex = lexicon.marks.annex_re.match(words)
        if not head and (_QUOTED_RE.fullmatch(words) or (annex is not None and lexicon.marks.number_re.match(words, annex.end()))):
            continue  # the name of a news item, a list of annexes
        words = lexicon.marks.annex_re.sub("", words, count=1) if not head else words
        if (
            len(words) > 120
            or words.endswith(("：", "。"))
            or DOCUMENT_NUMBER_RE.fullmatch(words)
            or (index and lexicon.marks.number_re.match(words))
        ):
            break
        apart = head and head[-1].endswith(lexicon.strong) and words.endswith(lexicon.strong)
        head.extend((" ", words) if apart else (words,))
        end = stop
        if _BEHIND_TITLE_RE.sub("", words).endswith(lexicon.words("title-ending")):
            break
    title = "".join(head)
    return (title, end) if _BEHIND_TITLE_RE.sub("", title).endswith(lexicon.words("title-ending")) else ("", 0)


def _find_title(flow: Flow, lines: Sequence[tuple[int, int]], notice: str, lexicon: Lexicon) -> str:
    """Return the title of the plan itself: what a notice issues, or the title at the head."""
    bare = re.sub(r"（[^（）]*\d日?）$", "", notice)
    inner = _TITLE_RE.search(bare)
    if inner is None:
        for start, stop in lines:
            issued = _ISSUED_RE.search(_words(flow, start, stop))
            if issued is not None:
                return _to_title(issued.group(1))
    if inner is not None:
        return _to_title(inner.group("inner"))
    if bare:
        return _to_title(bare)
    for start, stop in lines:
        words = _words(flow, start, stop)
        if lexicon.marks.annex_re.match(words):
            continue
        if 6 <= len(words) <= 60 and words.endswith(lexicon.words("title-ending")):
            return _to_title(words)
    first = _words(flow, *lines[0]) if lines else ""
    named = len(first) <= 60 and not re.search("[。：；]", first) and DOCUMENT_NUMBER_RE.fullmatch(first) is None
    return _to_title(first) if named else ""


def _words(flow: Flow, start: int, stop: int) -> str:
    """Return the view of a line, inner marks of titles (〈〉) as printed."""
    view = flow.text[start:stop]
    printed = flow.printed[start:stop]
    return "".join(mark if mark in _INNER_MARKS else character for character, mark in zip(view, printed, strict=True))


def _to_title(words: str) -> str:
    """Return a title without wraps, blanks, a pair of marks around all of it, and 的通知 behind what is a title without it."""
    title = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", words.replace("\n", "")).strip(" 。")
    title = title.translate(_INNER_MARKS_OUT)
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        title = title[1:-1]
    return title.removesuffix("的通知") if "关于" not in title and "印发" not in title else title


def _find_number(flow: Flow, lines: Sequence[tuple[int, int]], paragraphs: Sequence[str]) -> str:
    """Return the document number: on a line of its own or in a bracket behind the title; a number in a sentence is another document's."""
    for start, stop in lines:
        words = flow.text[start:stop]
        match = DOCUMENT_NUMBER_RE.fullmatch(words) or DOCUMENT_NUMBER_RE.search(words)
        if match is not None and ("《" not in words[: match.start()] or words.endswith(f"（{match.group()}）")):
            return match.group()
    return next((words for words in paragraphs if DOCUMENT_NUMBER_RE.fullmatch(words)), "")


def _find_year(number: str, title: str) -> int | None:
    """Return the year of issue as the document number has it, else the year that the title says, of a period (2021—2023年) its first."""
    numbered = _NUMBER_YEAR_RE.search(number)
    if numbered is not None:
        return to_year(numbered.group(1))
    own = _QUOTED_RE.sub("", title)
    years = {to_year(match.group(1)) for match in _TITLE_YEAR_RE.finditer(own)}
    # What is added to another matter (规划和2035年远景目标) is not when the plan is from.
    return years.pop() if len(years) == 1 and not _ADDED_YEAR_RE.search(own) else None


def _to_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _find_addressees(flow: Flow, lines: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    for start, stop in lines:
        words = flow.text[start:stop]
        if _ADDRESS_RE.match(words) and ("，" in words or "政府" in words or "、" in words or "单位" in words or "部门" in words):
            return tuple(part for part in re.split(r"[，；]", words.rstrip("：")) if part)
    return ()


def _find_place(issuer: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return level and place of an issuer by the form of its name (GB/T 2260 levels)."""
    if issuer.startswith(lexicon.words("central-issuer")) or re.match(r"[\u4e00-\u9fff]{2,8}部(?:办公厅)?$", issuer):
        return "national", ""
    match = _PLACE_RE.match(issuer)
    place = match.group(1) if match else ""
    if not place:
        return "", ""
    if place.endswith(("省", "自治区")) or place in lexicon.words("municipality"):
        return "province", place
    if place.endswith(("市", "州", "地区", "盟")):
        return "city", place
    return "county", place
