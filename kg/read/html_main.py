"""Which part of a web page is its text: what is hidden or only leads elsewhere is taken out of the tree.

Nothing is chosen by the words on the page. Hidden elements go; elements made of links go; from ``body`` the way leads down as long as one
container holds nearly all the text, and of what lies outside that container only text of some length, and what stands next to it or is a
heading before it, is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_INVISIBLE = frozenset(
    """
    head script style noscript template svg math iframe object embed applet canvas audio video map select option button
    input textarea datalist progress meter rt rp nav dialog
    """.split()  # noqa: SIM905 - a word list reads better
)
"""Never text of the page. ``rt`` is the reading (pinyin) above a character, not the text."""

_CONTAINERS = frozenset({"html", "body", "div", "section", "article", "main", "form", "center", "td", "tr", "tbody", "table"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FURNITURE_RE = re.compile(
    r"(?:^|[-_\s])(?:foot(?:er)?|copyright|breadcrumb|crumbs?|nav(?:bar|igation)?|menu|share|sidebar|toolbar|banner|pager|qrcode)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu"})
_HIDDEN_STYLE_RE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_MEDIA_RE = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_HIDING_RULE_RE = re.compile(r"(?:^|[{},])\s*([.#][\w-]+)\s*\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)[^{}]*\}", re.IGNORECASE)

_STYLE_CHARACTERS = 200_000
"""Characters of style sheets that are looked at."""

_NEARLY_ALL = 0.85
"""Share of the text that a container must hold to be the way to the main text."""

_LONG = 60
"""Characters outside links from which text outside the main container is kept."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many characters an element holds (white space apart), how many of them in links, and how many links."""

    text: int
    linked: int
    links: int

    @property
    def plain(self) -> int:
        """Characters outside links."""
        return self.text - self.linked

    @property
    def is_links(self) -> bool:
        """Whether the element is a menu or list of links rather than text."""
        return self.links >= 3 and self.linked > 0.6 * self.text and self.plain < 2 * _LONG


def drop_hidden(root: Any) -> None:
    """Remove what a browser does not show."""
    hiding = _find_hiding_names(root)
    for element in list(root.iter("*")):
        if element is not root and _is_hidden(element, hiding):
            drop(element)


def drop(element: Any) -> None:
    """Remove an element with all in it; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _find_hiding_names(root: Any) -> frozenset[str]:
    sheets = "\n".join(style.text or "" for style in root.iter("style"))
    return frozenset(_HIDING_RULE_RE.findall(_MEDIA_RE.sub("", sheets[:_STYLE_CHARACTERS])))


def _is_hidden(element: Any, hiding: frozenset[str]) -> bool:
    if element.tag in _INVISIBLE or "hidden" in element.attrib:
        return True
    if _HIDDEN_STYLE_RE.search(element.get("style", "")):
        return True
    names = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id', '')}"}
    return bool(hiding & names)


def weigh(root: Any) -> dict[Any, Weight]:
    """Return the weight of each element below and including `root`."""
    weights: dict[Any, Weight] = {}
    for element in reversed(list(root.iter("*"))):
        text = len("".join((element.text or "").split()))
        linked = links = 0
        for child in element.iterchildren("*"):
            below = weights[child]
            text += below.text + len("".join((child.tail or "").split()))
            linked, links = linked + below.linked, links + below.links
        if element.tag == "a" and not element.get("href", "#").startswith("#"):
            linked, links = text, 1
        weights[element] = Weight(text, linked, links)
    return weights


def keep_main(body: Any) -> tuple[int, str]:
    """Remove what is not the main text of a page.

    Returns
    -------
    tuple of int and str
        How many characters were removed, and the first of them.
    """
    weights = weigh(body)
    removed: list[Any] = []
    main = _find_main(body, weights)
    before = True
    below_main: set[Any] = set(main.iter("*"))
    above_main = set(main.iterancestors())
    skip: set[Any] = set()
    for element in body.iter("*"):
        if element in skip or element is body:
            continue
        if element is main:
            before = False
        elif element in above_main:
            continue
        elif element in below_main:
            if _is_menu(element, weights[element]):
                removed.append(element)
                skip |= set(element.iter("*"))
        else:
            if not _is_kept(element, weights[element], main, before=before):
                removed.append(element)
            skip |= set(element.iter("*"))
    words = ["".join("".join(element.itertext()).split()) for element in removed]
    for element in removed:
        drop(element)
    return sum(map(len, words)), next((word for word in words if word), "")[:40]


def _find_main(body: Any, weights: dict[Any, Weight]) -> Any:
    here = body
    while True:
        # A menu next to the text must not stop the way down: only text outside links counts.
        total = sum(weights[child].plain for child in here.iterchildren("*") if not _is_furniture(child))
        heaviest = max(here.iterchildren("*"), key=lambda child: weights[child].plain, default=None)
        if heaviest is None or heaviest.tag not in _CONTAINERS or weights[heaviest].plain < max(_NEARLY_ALL * total, 1):
            return here
        if _is_data_like(heaviest):
            return here
        here = heaviest


def _is_data_like(element: Any) -> bool:
    """Whether a table has several cells with text in most rows: then its rows belong together."""
    if element.tag != "table":
        return False
    rows = [[cell for cell in row.iterchildren("td", "th") if "".join(cell.itertext()).strip()] for row in element.iter("tr")]
    return sum(len(row) > 1 for row in rows) > 1


def _is_furniture(element: Any) -> bool:
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in ("footer", "aside") or element.get("role") in _FURNITURE_ROLES or bool(_FURNITURE_RE.search(named))


def _is_menu(element: Any, weight: Weight) -> bool:
    """Whether an element within the main text is a menu, a breadcrumb or the like; rows, cells and paragraphs of links are text."""
    if element.tag in ("tr", "td", "th", "tbody", "thead", "p", "a"):
        return False
    return weight.is_links or (weight.plain < _LONG and weight.text > 0 and _is_furniture(element))


def _is_kept(element: Any, weight: Weight, main: Any, *, before: bool) -> bool:
    if not weight.text or _is_furniture(element) or weight.linked > 0.5 * weight.text:
        return False
    if before and (element.tag in _HEADINGS or any(element.iter(*_HEADINGS))):
        return True
    return weight.plain >= _LONG or (element.getparent() is main.getparent() and not weight.links)
