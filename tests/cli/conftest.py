"""The sample, built once for all tests of the command line; and the command line itself."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import kg
from kg.cli import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "plans" / "shanghai-egov-2017"


@dataclass(frozen=True, slots=True)
class Result:
    """What a command printed and how it ended."""

    returncode: int
    stdout: str
    stderr: str


#: Runs ``kg`` with some arguments, as a user does in a folder of his own.
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def sample_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample."""
    out = tmp_path_factory.mktemp("sample") / "out"
    kg.build(SAMPLE, out)
    return out


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs ``kg`` in an empty folder, through the same door as the installed command."""
    monkeypatch.chdir(tmp_path)

    def run_kg(*arguments: str | Path, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        code = ended.value.code
        return Result(code if isinstance(code, int) else int(code is not None), printed.out, printed.err)

    return run_kg
