"""A view of a text for matching: Simplified characters and full-width punctuation, each character in its place.

The parser's tables are written once, in Simplified characters with full-width marks. The view has the length of the text, so that every
match leads back to the characters as printed. Only a text that really is in Traditional script is folded whole: in Simplified text 著 or 乾
are letters in their own right and must not become 着 or 干. A character that GB/T 2312 lacks (發, 財) is none of Simplified text and folded
wherever it stands.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from kg.rules.notation_rules import NotationRules

_PUNCTUATION = str.maketrans(
    {
        "(": "（",
        ")": "）",
        ":": "：",
        ";": "；",
        ",": "，",
        "﹕": "：",
        "／": "/",
        "︰": "：",
        "∶": "：",
        "꞉": "：",
        "﹔": "；",
        "﹐": "，",
        "､": "、",
        "﹑": "、",
        "｡": "。",
        "﹙": "（",
        "﹚": "）",
        **dict.fromkeys("❨❪⦅⸨⁽︵", "（"),
        **dict.fromkeys("❩❫⦆⸩⁾︶", "）"),
        **dict.fromkeys("〖〘〚⟦❲︹︻︗", "〔"),
        **dict.fromkeys("〗〙〛⟧❳︺︼︘", "〕"),
        "﹝": "〔",
        "﹞": "〕",
        "[": "〔",
        "]": "〕",
        "{": "〔",
        "}": "〕",
        "｛": "〔",
        "｝": "〕",
        "［": "〔",
        "］": "〕",
        "【": "〔",
        "】": "〕",
        "〈": "（",
        "〉": "）",
        "．": ".",
        "﹒": ".",
        "․": ".",
        "•": "·",
        "‧": "·",
        "?": "？",
        "!": "！",
        "「": "“",
        "」": "”",
        "『": "‘",
        "』": "’",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    }
)

#: A Latin full stop that ends a Chinese sentence; behind a numeral it belongs to the number.
_STOP_RE = re.compile(r"(?<=[\u4e00-\u9fff）〕”》%])(?<![一二三四五六七八九十])\.(?=[\s（〔\u4e00-\u9fff“《]|$)")

#: Share of Chinese characters that must be Traditional before a text counts as Traditional. Quotations of old titles stay far below.
_TRADITIONAL_SHARE = 0.02


def make_view(text: str, rules: NotationRules) -> tuple[str, bool]:
    """Return the view of a whole text, and whether the text is written in Traditional characters."""
    return _make_view(text, rules.words["traditional"])


@lru_cache(maxsize=2)  # each table of a document asks for the document's view
def _make_view(text: str, cues: tuple[str, ...]) -> tuple[str, bool]:
    traditional = _is_traditional(text, cues)
    return fold_text(text, traditional=traditional), traditional


def _is_traditional(text: str, cues: tuple[str, ...]) -> bool:
    """Say whether `text` is written in Traditional characters, which `cues` are some of."""
    found = sum(text.count(cue) for cue in cues)
    return found > 0 and found > _TRADITIONAL_SHARE * sum("\u4e00" <= character <= "\u9fff" for character in text)


def fold_text(text: str, *, traditional: bool) -> str:
    """Return the view of `text`: the same length, marks full-width, and Simplified if the text is Traditional.

    Examples
    --------
    >>> fold_text("(牽頭單位:市財政局)", traditional=True)
    '（牵头单位：市财政局）'
    >>> fold_text("市財政局、著名", traditional=False)
    '市财政局、著名'
    """
    view = _STOP_RE.sub("。", text.translate(_PUNCTUATION))
    foreign = [character for character in set(view) if "\u3400" <= character <= "\U0003134f" and (traditional or _is_foreign(character))]
    return view.translate({ord(character): _to_simplified(character) for character in foreign}) if foreign else view


def simplify_name(name: str, *, traditional: bool) -> str:
    """Return an agency's name in Simplified characters, phrase by phrase where the text is in Traditional ones."""
    if traditional:
        return str(_converter().convert(name))
    return "".join(_to_simplified(character) if _is_foreign(character) else character for character in name)


@cache
def _is_foreign(character: str) -> bool:
    """Say whether a character is none of Simplified text: an ideograph that GB/T 2312 lacks."""
    try:
        return "\u3400" <= character <= "\U0003134f" and not character.encode("gb2312")
    except UnicodeEncodeError:
        return True


@cache
def _to_simplified(character: str) -> str:
    converted = str(_converter().convert(character))
    return converted if len(converted) == 1 else character


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
