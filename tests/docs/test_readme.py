"""What the READMEs and the notebook say is run, as a reader would type it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbclient import NotebookClient

from kg.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
BLOCK_RE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def find_blocks(name: str, language: str) -> list[str]:
    """Return the code blocks of a language in a README."""
    return [code for found, code in BLOCK_RE.findall((ROOT / name).read_text(encoding="utf-8")) if found == language]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder that has the checkout's data but not its output."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", READMES)
@pytest.mark.usefixtures("reader")
def test_console_blocks_run_and_print_what_they_show(name: str) -> None:
    commands = 0
    for block in find_blocks(name, "console"):
        steps = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
        for step in steps:
            line, _, shown = step.partition("\n")
            program, *arguments = shlex.split(line)
            assert program == "kg"
            run = CliRunner().invoke(cli, arguments, catch_exceptions=False)
            assert run.exit_code == 0, f"{line}: {run.output}"
            # What is shown must be what is printed; a command shown without output need only succeed.
            if shown.strip():
                assert run.stdout.strip() == shown.strip()
            commands += 1
    assert commands >= 10


@pytest.mark.parametrize("name", READMES)
def test_shell_blocks_name_commands_and_options_that_exist(name: str) -> None:
    for block in find_blocks(name, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["make"]:
                makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
                assert re.search(rf"^{words[1]}:", makefile, re.MULTILINE)
            elif words:
                assert words[0] == "kg"
                assert words[1] in COMMANDS
                deeper = words[1:3] if words[1] in ("neo4j", "serve") else words[1:2]
                help_text = CliRunner().invoke(cli, [*deeper, "--help"]).output
                for option in (word for word in words if word.startswith("--")):
                    assert option in help_text, f"{line}: {option}"


@pytest.mark.parametrize("name", READMES)
@pytest.mark.usefixtures("reader")
def test_python_blocks_run(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in find_blocks(name, "python"):
        exec(compile(block, name, "exec"), names)  # noqa: S102 - our own page
    assert capsys.readouterr().out.startswith("54\n")


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_command_has_help_and_stands_in_the_readmes() -> None:
    for command in COMMANDS:
        run = CliRunner().invoke(cli, [command, "--help"])
        assert run.exit_code == 0
        assert "Example:" in run.output or command in ("neo4j", "serve"), command
        for name in READMES:
            assert f"kg {command}" in (ROOT / name).read_text(encoding="utf-8"), f"{name}: {command}"


def test_the_notebook_runs(tmp_path: Path) -> None:
    path = ROOT / "notebooks" / "shanghai-egov-2017.ipynb"
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    (tmp_path / "data").symlink_to(ROOT / "data")
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    printed = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in printed if output.output_type == "error"]
    assert any("市政府办公厅" in str(output) for output in printed)
