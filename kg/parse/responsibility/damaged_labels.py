"""Labels with one wrong character or mark (贵任单位：, 责任单位；), as a scanner or a hurried hand leaves them, put right in the view.

Only what is certain is put right: one character away from a usual label, no word of its own (龙头单位), and names behind it that only
agencies have. The caller reports each. Another mark in the place of the colon (责任单位|市水务局) is no damage, only another habit.
"""

from __future__ import annotations

import re

from kg.parse.responsibility.names import NameSplitter
from kg.parse.words.lexicon import Lexicon

_BEFORE = "(?:^|(?<=[\n（〔；。，、 \u3000]))"
_LONGEST_VALUE, _MOST_LINES = 300, 4
_VALUE_RE = re.compile(r"(?:（[^（）\n]{0,40}）|〔[^〔〕\n]{0,40}〕|[^\n；。：）〕]){2,200}")


def mend_labels(view: str, lexicon: Lexicon) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Put labels right that have one wrong character before their colon, or a semicolon instead of it.

    Parameters
    ----------
    view
        The view of a whole text, its lines as printed.
    lexicon
        The parser's tables.

    Returns
    -------
    tuple
        The view, of the same length, and where the labels stand that were put right.
    """
    splitter = NameSplitter(lexicon)
    usual = lexicon.words("usual-label")
    letters = list(view)
    found: list[tuple[int, int]] = []
    for match in re.finditer(rf"{_BEFORE}(?P<label>[\u3400-\u9fff]{{4}})[ \u3000]?(?P<mark>[：；])[ \u3000]*", view):
        written = match.group("label")
        label = written if written in usual else _meant(written, lexicon)
        if label is None or (label == written) is (match.group("mark") == "：") or not _has_names(view, match.end(), splitter, lexicon):
            continue
        letters[match.start() : match.start() + len(label)] = label
        letters[match.start("mark")] = "："
        found.append((match.start(), match.end("mark")))
    return ("".join(letters) if found else view), tuple(found)


def give_colons(view: str, lexicon: Lexicon) -> str:
    """Give labels that another mark parts from the names behind them (牵头单位|市水务局) the colon it stands for, in a view as long."""
    splitter = NameSplitter(lexicon)
    labels = list(lexicon.marked_label_re.finditer(view))
    letters = list(view)
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        if _begins_names(view, label.end(), following.start() if following is not None else len(view), splitter, lexicon):
            first, last = label.span("mark")
            letters[first:last] = "：" + " " * (last - first - 1)
    return "".join(letters)


def _begins_names(view: str, start: int, end: int, splitter: NameSplitter, lexicon: Lexicon) -> bool:
    """Say whether names stand from `start` on, up to a mark or `end`; the end of a printed line may break one of them."""
    value = ""
    for line in view[start : min(end, start + _LONGEST_VALUE)].split("\n")[:_MOST_LINES]:
        if not line.strip() and not value:
            continue  # the names begin on the next line
        held = _VALUE_RE.match(line)
        value += held.group().strip() if held is not None else ""
        names = [value[name.start : name.end] for name in splitter.split(value, 0, len(value))]
        sure = len(names) > 1 or any(splitter.is_body(name) or name.startswith(lexicon.words("level")) for name in names)
        if sure and all(splitter.is_agency(name) for name in names):
            return True
        if held is None or held.end() < len(line.rstrip()):
            return False
    return False


def _meant(written: str, lexicon: Lexicon) -> str | None:
    """Return the one usual label that is one character away; None if there is none, or if the word is a word of its own."""
    if written.startswith(lexicon.words("not-damaged-label")) or written.endswith(lexicon.words("not-damaged-label")):
        return None
    if lexicon.label_re.fullmatch(f"{written}：") is not None:
        return None
    near = [label for label in lexicon.words("usual-label") if sum(a != b for a, b in zip(label, written, strict=True)) == 1]
    return near[0] if len(near) == 1 else None


def _has_names(view: str, start: int, splitter: NameSplitter, lexicon: Lexicon) -> bool:
    """Say whether what stands behind a label, up to the next mark or label, is nothing but names."""
    value = _VALUE_RE.match(view, start)
    if value is None:
        return False
    words = re.split("[ \u3000](?=[^ ]{3,10}$)", value.group())[0] if view[value.end() : value.end() + 1] == "：" else value.group()
    return splitter.is_list(words)
