"""The wheel asks for every library it imports: the smoke test of the wheel borrows the libraries of this environment and cannot tell."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]


def list_imports(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def to_name(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_imported_library_is_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {to_name(re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0]) for line in project["dependencies"]}
    owners = packages_distributions()
    foreign = {name for name in list_imports(ROOT / "kg") if name not in sys.stdlib_module_names and name != "kg"}
    assert {"click", "polars", "rdflib"} <= foreign
    assert {name: owners.get(name, []) for name in foreign if not declared & {to_name(owner) for owner in owners.get(name, [])}} == {}
