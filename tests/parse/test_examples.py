"""Every notation's own examples, read from its file: a new notation brings its tests along."""

import pytest

from kg.parse import parse_document
from kg.rules.book import RuleBook, load_rules
from kg.rules.files import get_rules_folder
from kg.rules.notation_rules import Example, load_notation_rules
from tests.parse.factories import make_document

CASES = [
    pytest.param(notation.name, example, id=f"{notation.name}-{index}")
    for notation in load_notation_rules(get_rules_folder()).notations
    for index, example in enumerate(notation.examples, start=1)
]


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return load_rules()


@pytest.mark.parametrize(("name", "example"), CASES)
def test_example_is_read_as_expected(name: str, example: Example, rules: RuleBook) -> None:
    plan, _ = parse_document(make_document(example.text), rules)
    mentions = [mention for task in plan.tasks for mention in task.mentions]
    assert [(mention.name, mention.role.value) for mention in mentions] == list(example.expect)
    assert {mention.notation for mention in mentions} == ({name} if mentions else set())
