"""LibreOffice for tests: what a person sees who opens a workbook, without a screen."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

#: LibreOffice says this when no Java is installed; a workbook needs none.
_JAVA_NOTE = "Warning: failed to launch javaldx"
#: Comma, double quote, UTF-8, from row 1, quotes only where needed, cells as shown, and every sheet (-1) in a file of its own.
_CSV_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def find_office() -> str:
    """Return the program; a test never passes without it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.fail("LibreOffice is missing; on Debian: apt-get install --no-install-recommends libreoffice-calc fonts-noto-cjk")
    return program


def convert(book: Path, target: str, folder: Path) -> list[Path]:
    """Open a workbook and write it in another format; the call fails on any word of complaint."""
    folder.mkdir(parents=True)
    profile = folder.parent / "profile"
    command = [find_office(), "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", target, "--outdir", str(folder)]
    done = subprocess.run([*command, str(book)], capture_output=True, text=True, timeout=180, check=False)
    complaints = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith(_JAVA_NOTE)]
    assert done.returncode == 0, done.stderr
    assert complaints == []
    return sorted(folder.iterdir())


def read_sheets(book: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Return the cells of every sheet as LibreOffice shows them, by the sheet's name."""
    files = convert(book, _CSV_FILTER, folder)
    assert files, "LibreOffice could not load the file"
    sheets = {}
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            sheets[file.stem.removeprefix(f"{book.stem}-")] = list(csv.reader(stream))
    return sheets
