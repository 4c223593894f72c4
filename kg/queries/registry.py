"""The named questions: each is ``NAME.toml`` (what is asked), ``NAME.rq`` (SPARQL) and ``NAME.cypher``, found by listing the folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from kg.errors import QueryError

ParameterType = Literal["agency", "text", "integer", "day"]

_KEYS = {"title_en", "title_zh", "description", "columns", "order", "parameters"}


@dataclass(frozen=True, slots=True)
class QuestionParameter:
    """A parameter: an agency is any known name or key; a day is ``YYYY-MM-DD``. Without ``default`` it must be given."""

    name: str
    type: ParameterType
    description: str
    default: str | int | None = None

    def parse(self, value: str | int | date) -> str | int | date:
        """Return `value` as this parameter's type.

        Raises
        ------
        QueryError
            It cannot be one.
        """
        try:
            if self.type == "integer":
                return int(value) if not isinstance(value, date) else int(str(value))
            if self.type == "day":
                return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError as error:
            kind = "a whole number" if self.type == "integer" else "a day, YYYY-MM-DD"
            raise QueryError(f"parameter {self.name}: {value!r} is not {kind}") from error
        if self.type == "agency" and not value:
            raise QueryError(f"parameter {self.name}: an agency needs a name or a key")
        return str(value)


@dataclass(frozen=True, slots=True)
class Question:
    """A question in both languages.

    ``columns`` are those of the answer; ``order`` are the columns it is sorted by, a leading ``-`` meaning downwards.
    """

    name: str
    title_en: str
    title_zh: str
    description: str
    columns: tuple[str, ...]
    order: tuple[str, ...]
    parameters: tuple[QuestionParameter, ...]
    sparql: str
    cypher: str


@cache
def list_questions() -> Mapping[str, Question]:
    """Return all questions by name, sorted.

    Raises
    ------
    QueryError
        A question's file has an unknown key or lacks one, or one of its two queries is missing.
    """
    folder = files("kg.queries") / "questions"
    names = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = {}
    for name in names:
        data = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        try:
            texts = [(folder / f"{name}.{suffix}").read_text(encoding="utf-8") for suffix in ("rq", "cypher")]
        except FileNotFoundError as error:
            raise QueryError(f"question {name} needs both a .rq and a .cypher file") from error
        found[name] = _to_question(name, data, texts[0], texts[1])
    return found


def _to_question(name: str, data: Mapping[str, Any], sparql: str, cypher: str) -> Question:
    odd = sorted(set(data) ^ _KEYS - ({"parameters"} - set(data)))
    if odd:
        raise QueryError(f"question {name}: keys that are missing or unknown: {', '.join(odd)}")
    parameters = tuple(QuestionParameter(**parameter) for parameter in data.get("parameters", []))
    for parameter in parameters:
        if parameter.type not in get_args(ParameterType):
            raise QueryError(f"question {name}: no such type of parameter: {parameter.type}")
    return Question(
        name=name,
        title_en=data["title_en"],
        title_zh=data["title_zh"],
        description=data["description"],
        columns=tuple(data["columns"]),
        order=tuple(data["order"]),
        parameters=parameters,
        sparql=sparql,
        cypher=cypher,
    )


def get_question(name: str) -> Question:
    """Return a question by its name.

    Raises
    ------
    QueryError
        There is none of that name.
    """
    questions = list_questions()
    if name not in questions:
        raise QueryError(f"no question is called {name!r}; there are {', '.join(questions)}")
    return questions[name]
