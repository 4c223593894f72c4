"""The loader of notations refuses what cannot be defended; a new notation needs one file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import kg.parse
from kg.errors import RuleError
from kg.parse import parse_document
from kg.rules.book import load_rules
from kg.rules.files import get_rules_folder
from kg.rules.notation_rules import load_notation_rules
from tests.parse.factories import get_rules, make_document

GOOD = """
shape = "bracket"
reads = "labels"
order = 15
source = "synthetic"
detect = ["："]
labels = { "会商" = "supervise" }

[[examples]]
text = "1.推进改革。（会商单位：市政府督查室）"
expect = [["市政府督查室", "supervise"]]
source = "synthetic"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(str(get_rules_folder()), tmp_path / "rules")
    return tmp_path / "rules"


def test_new_notation_is_one_file(folder: Path) -> None:
    (folder / "notations" / "supervision.toml").write_text(GOOD, encoding="utf-8")
    rules = load_rules(folder)
    notation = next(notation for notation in rules.notation.notations if notation.name == "supervision")
    plan, issues = parse_document(make_document(notation.examples[0].text), rules)
    assert [(m.name, m.role.value, m.notation) for task in plan.tasks for m in task.mentions] == [
        ("市政府督查室", "supervise", "supervision")
    ]
    assert issues == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('source = "synthetic"\ndetect', "detect"),
        lambda text: text.split("[[examples]]")[0],
        lambda text: text + 'colour = "red"\n',
        lambda text: "colour = 1\n" + text,
        lambda text: text.replace('"supervise" }', '"overlord" }'),
        lambda text: text.replace('"bracket"', '"balloon"'),
        lambda text: text.replace("order = 15", "order ="),
    ],
    ids=["no source", "no example", "unknown key of an example", "unknown key", "unknown role", "unknown shape", "no TOML"],
)
def test_faulty_notation_is_refused(folder: Path, spoil: Callable[[str], str]) -> None:
    (folder / "notations" / "faulty.toml").write_text(spoil(GOOD), encoding="utf-8")
    with pytest.raises(RuleError, match=r"faulty\.toml"):
        load_notation_rules(folder)


def test_word_with_two_roles_is_refused(folder: Path) -> None:
    table = folder / "notations" / "roles.csv"
    table.write_text(table.read_text(encoding="utf-8") + "verb,牵头,cooperate,synthetic\n", encoding="utf-8")
    with pytest.raises(RuleError, match="牵头 has two roles as verb"):
        load_notation_rules(folder)


def test_words_without_a_source_are_refused(folder: Path) -> None:
    table = folder / "notations" / "words.csv"
    table.write_text(table.read_text(encoding="utf-8") + "adverb,火速,\n", encoding="utf-8")
    with pytest.raises(RuleError, match="source is empty"):
        load_notation_rules(folder)


def test_every_list_of_words_is_read_by_the_code() -> None:
    folder = Path(kg.parse.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
    notation = get_rules().notation
    lists = {*notation.words, *notation.deadlines.parts, *notation.targets.parts}
    assert sorted(name for name in lists if f'"{name}"' not in code and f"'{name}'" not in code) == []
