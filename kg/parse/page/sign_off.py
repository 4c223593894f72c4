"""Who issued a document, and when: the prefix of its title, the signature above a day, the day itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.parse.words.forms import CLOSING_DAY_RE, DAY, DAY_RE, to_day
from kg.parse.words.lexicon import Lexicon

_ISSUES_RE = re.compile(r"关于|印发《|转发《|发布《|印发〈")
#: A title that begins with who it is of, and the year: 市教育局2024年工作要点.
_OWN_RE = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{3,20}?)(?:19|20)\d\d年")
_BETWEEN_RE = re.compile(r"（[^（）]*）|〔[^〔〕]*〕")
_INNER_SIGNATURE_RE = re.compile(rf"[。！](?P<name>[\u4e00-\u9fff]{{3,40}}?)(?P<day>{DAY})")
_LONGEST_HEAD = 3000
_LONGEST_SIGNATURE = 40
_MOST_SIGNATURES = 6
_LAST_LINES = 8


def find_issuer(notice: str, lines: Sequence[str], lexicon: Lexicon) -> str:
    """Return who issued a document.

    Parameters
    ----------
    notice
        The title at its head: an issuer before 关于 or 印发《 wins.
    lines
        All lines of the front and of the end; a signature is a body's name above a day.
    lexicon
        The parser's tables.

    Returns
    -------
    str
        The issuer; several joined by 、; empty where the page names none.
    """
    issues = _ISSUES_RE.search(notice)
    if issues is not None and issues.start() > 2 and not re.search("[《》：。，]", notice[: issues.start()]):
        return join_names(notice[: issues.start()].removesuffix("文件"), lexicon)
    signed = _find_signature(lines, lexicon)
    if signed:
        return signed
    own = _OWN_RE.match(notice)
    return own.group("issuer") if own is not None and own.group("issuer").endswith((*lexicon.strong, *lexicon.words("school"))) else ""


def find_day(lines: Sequence[str], notice: str, last: Sequence[str], lexicon: Lexicon) -> date | None:
    """Return the day below the signature, else the one behind the title, else the last of the text's end."""
    for words in lines:
        day = to_day(words)
        if day is not None:
            return day
    bracket = DAY_RE.search(notice)
    if bracket is not None:
        return to_day(bracket.group())
    for words in reversed(last[-_LAST_LINES:]):
        match = CLOSING_DAY_RE.search(words) if len(words) < _LONGEST_SIGNATURE and lexicon.marks.number_re.match(words) is None else None
        if match is not None:
            return to_day(match.group("day"))
    closing = CLOSING_DAY_RE.search(last[-1][-80:]) if last else None
    return to_day(closing.group("day")) if closing is not None else None


def find_signed(words: str) -> list[str]:
    """Return the first signature and its day inside a text without line breaks (….甲市人民政府2019年3月8日), as two lines; or nothing."""
    signed = _INNER_SIGNATURE_RE.search(words[:_LONGEST_HEAD])
    return [signed.group("name"), signed.group("day")] if signed is not None else []


def join_names(words: str, lexicon: Lexicon) -> str:
    """Return several issuers, parted by blanks or not at all, joined by 、.

    Examples
    --------
    >>> from kg.rules.book import load_rules
    >>> from kg.parse.words.lexicon import make_lexicon
    >>> join_names("中共甲州市委办公室甲州市人民政府办公室", make_lexicon(load_rules().notation))
    '中共甲州市委办公室、甲州市人民政府办公室'
    """
    words = words.strip(" 。、")
    parts = [part for part in re.split("[ 、]", words) if part]
    if len(parts) > 1:
        return "、".join(parts) if all(part.endswith(lexicon.strong) for part in parts) else "".join(parts)
    party = re.match(r"(?:中共)?(?P<place>.{2,8}?[省市县区州盟旗])委", words)
    second = words.find(party.group("place"), party.end()) if party is not None else -1
    return f"{words[:second]}、{words[second:]}" if second > 0 and words[:second].endswith(lexicon.strong) else words


def _find_signature(lines: Sequence[str], lexicon: Lexicon) -> str:
    for index, words in enumerate(lines):
        if to_day(words) is None:
            continue
        names: list[str] = []
        for above in reversed(lines[max(0, index - _MOST_SIGNATURES) : index]):
            if _BETWEEN_RE.fullmatch(above):
                continue
            if not 2 < len(above) <= _LONGEST_SIGNATURE or not above.endswith(lexicon.strong) or re.search("[，。：；]", above):
                break
            names.insert(0, join_names(above, lexicon))
        if names:
            return "、".join(names)
    return _run_on_signature(lines[-1] if lines else "", lexicon)


def _run_on_signature(words: str, lexicon: Lexicon) -> str:
    """Return the body whose name stands right before the day that ends a text without line breaks."""
    closing = CLOSING_DAY_RE.search(words[-80:])
    before = words[-80:][: closing.start()] if closing is not None else ""
    name = re.split("[。！）；：，]", before)[-1].strip()
    return name if 3 < len(name) <= _LONGEST_SIGNATURE and name.endswith(lexicon.strong) else ""
