"""The foot of a web page below a document: lists of links, who runs the site, its number, its telephone; no words of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Span
from kg.parse.page.lines import split_lines
from kg.parse.words.lexicon import Lexicon

_LONGEST = 120
_LONGEST_VERB = 12
#: A list of links below a heading (相关链接) holds at most so many lines.
_MOST_LINKS = 40
#: So many lines of unknown kind may stand below one that leads on.
_MOST_UNKNOWN = 2
_FILE_RE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|jpg|png)$", re.IGNORECASE)
#: Marks that buttons and fields stand between.
_MARKS = " \t\u3000\u00a0|〔〕<>·-"


def find_foot(view: str, lexicon: Lexicon) -> list[Span]:
    """Return the lines at the end of a text that are a site's foot.

    A foot says 主办单位：… and 承办单位：… of the *site*, in the very words in which a plan names who does a task. It is told from the last
    task's own line by what only a site says beside it (its number, its licence, its buttons), or by a label that the plan used nowhere
    above although it says who does its tasks. The titles of other documents below 相关链接 or the like, as a printed page keeps them, and
    names of files are links.
    """
    lines = list(split_lines(view))
    first, said, owned, links = len(lines), False, False, 0
    for index in range(len(lines) - 1, -1, -1):
        words = view[slice(*lines[index])].strip(_MARKS)
        if not words:
            continue
        mark = any(word in words.lower() for word in lexicon.words("foot-mark"))
        owner = words.startswith(lexicon.words("foot-owner")) and "：" in words
        other = words.startswith(lexicon.words("foot-label")) or words in lexicon.words("head-alone")
        heads = words.rstrip("：> ") in lexicon.words("link-head")
        leads = _leads_on(words, lexicon)
        if (heads and links) or (leads and links <= _MOST_UNKNOWN):
            said, first, links = True, index, 0
            continue
        speaks = lexicon.marks.number_re.match(words) is not None or (lexicon.starts_label(words) and not owner)
        row = "\t" in words or words.count("|") > 1
        if len(words) > _LONGEST or "。" in words or speaks or row:
            break
        if links or not (mark or owner or other or heads):
            links += 1
            if links > _MOST_LINKS:
                break
            continue
        said, owned, first = said or mark, owned or owner, index
    above = view[: lines[first][0]] if first < len(lines) else view
    own = any(f"{word}：" in above for word in lexicon.words("foot-owner"))
    if not said and (own or not owned or not _names_roles(above, lexicon)):
        return []
    if own:
        first += _own_labels([view[slice(*line)].strip(_MARKS) for line in lines[first:]], lexicon)
    return [Span(*line) for line in lines[first:] if line[1] > line[0]]


def _leads_on(words: str, lexicon: Lexicon) -> bool:
    """Say whether a line only leads on through a site (上一篇：…, 【打印】【关闭】, 分享到), or is the name of a file."""
    bare = words.strip("（）")
    parts = [part for part in re.split(r"[\s|：:〔〕（）<>·/-]+", bare) if part]
    buttons = bool(parts) and all(part in lexicon.words("foot-button") for part in parts)
    return buttons or bare.startswith(lexicon.words("foot-start")) or _FILE_RE.search(bare) is not None


def _names_roles(above: str, lexicon: Lexicon) -> bool:
    """Say whether a plan says who does a task: by labels, or by verbs at the end of brackets."""
    return lexicon.label_re.search(above) is not None or any(
        lexicon.verb_re.search(above, max(0, closed.start() - _LONGEST_VERB), closed.start() + 1) for closed in re.finditer("[）〕]", above)
    )


def _own_labels(lines: Sequence[str], lexicon: Lexicon) -> int:
    """Return how many lines above a foot are the last task's own, in a plan that uses a foot's labels: each label once, nothing else."""
    seen: set[str] = set()
    for index, words in enumerate(lines):
        if not words:
            continue
        label = next((word for word in lexicon.words("foot-owner") if words.startswith(word)), "")
        if not label or label.removesuffix("单位") in seen or any(word in words.lower() for word in lexicon.words("foot-mark")):
            return index
        seen.add(label.removesuffix("单位"))
    return 0
