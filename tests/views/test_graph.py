"""kg.views.graph: the page as a file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from kg.errors import OutputError
from kg.model import Inheritance, Resolution, Role, RoleBasis
from kg.tables.frames import empty_tables
from kg.views import VIEWS, get_view
from kg.views.graph import LANGUAGES, load_messages, render_graph
from tests.views.factories import PlanRows, build_plans, build_seed

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "\"'><svg onload=alert(3)>",
    "javascript:alert(4)",
    "<!-- <script>",
    "{{ 7*7 }}",
    "名\u2028称",
]


class Page(HTMLParser):
    """What a browser would make of the page: elements, attributes, and the text of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.scripts[-1] += data
        self.texts.append(data)

    @property
    def data(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.scripts[0])
        return loaded


@pytest.fixture(scope="module")
def seed_html() -> str:
    return render_graph(build_seed())


def build_hostile() -> PlanRows:
    names = [(name, "lead" if number == 0 else "responsible") for number, name in enumerate(HOSTILE)]
    return PlanRows("h", HOSTILE[0], sections=[("1", "一", HOSTILE[1])], tasks=[("1.1", "1", HOSTILE[1] + HOSTILE[2], names)])


def test_nothing_in_the_page_points_outside(seed_html: str) -> None:
    for tag, attributes in Page(seed_html).elements:
        assert not {"src", "srcset", "action", "poster", "ping"} & set(attributes), tag
        assert attributes.get("href", "data:,") == "data:,", tag
    assert "sourceMappingURL" not in seed_html
    assert not re.search(r"@import|url\(", seed_html.partition("<body>")[0])


def test_the_policy_allows_these_scripts_and_no_request(seed_html: str) -> None:
    page = Page(seed_html)
    policy = next(attributes["content"] for tag, attributes in page.elements if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    hashes = re.findall(r"'sha256-([^']+)'", policy)
    # The first script is data and never runs.
    assert hashes == [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in page.scripts[1:]]


def test_the_page_holds_every_assignment_with_its_words(seed_html: str) -> None:
    data = Page(seed_html).data
    fields = {name: number for number, name in enumerate(data["fields"]["assignments"])}
    assert len(data["assignments"]) == 128
    for row in data["assignments"]:
        for context, start, end in row[fields["quotes"]]:
            assert data["contexts"][context][start:end] == row[fields["name"]]


def test_hostile_names_stay_text() -> None:
    html = render_graph(build_plans([build_hostile()]))
    page = Page(html)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 3
    assert not [tag for tag in tags if tag in ("img", "iframe", "object", "embed")]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    labels = [row[page.data["fields"]["agencies"].index("label")] for row in page.data["agencies"]]
    assert sorted(labels) == sorted(HOSTILE)
    assert "49" not in [text.strip() for text in page.texts]


def test_the_same_tables_give_the_same_bytes(seed_html: str) -> None:
    assert render_graph(build_seed()) == seed_html


def test_tables_without_rows_make_a_page() -> None:
    assert Page(render_graph(empty_tables())).data["scenes"] == []


def test_both_languages_have_all_words() -> None:
    chinese, english = (load_messages(lang) for lang in LANGUAGES)
    assert {part: set(words) for part, words in chinese.items()} == {part: set(words) for part, words in english.items()}
    for enum, part in ((Role, "role"), (RoleBasis, "basis"), (Inheritance, "inheritance"), (Resolution, "resolution")):
        assert {str(member) for member in enum} <= set(english[part])
    blank = re.compile(r"\{(\w+)\}")
    for part, words in chinese.items():
        for key, word in words.items():
            assert set(blank.findall(word)) == set(blank.findall(english[part][key])), (part, key)


def test_each_view_of_the_registry_is_found_and_an_unknown_one_refused() -> None:
    for name in VIEWS:
        assert get_view(name).__doc__
    with pytest.raises(OutputError, match="no such view: map; there is graph"):
        get_view("map")
