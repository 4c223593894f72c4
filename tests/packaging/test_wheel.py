"""The wheel carries the rules and the ontology, and works in an empty environment away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_rules_ontology_templates_and_queries(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, suffixes in (
        ("kg", (".csv", ".toml", ".txt", ".rq", ".cypher", ".j2", ".css", ".js")),
        ("ontology", (".ttl", ".jsonld")),
    ):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in suffixes:
                inside = path.relative_to(ROOT).as_posix()
                assert (inside if folder == "kg" else f"kg/{inside}") in names
    assert not [name for name in names if name.startswith(("tests/", "bench/", "data/"))]


def test_wheel_builds_the_sample_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    # The dependencies are those of this environment, by a path file; the package itself comes from the wheel alone.
    site = Path(
        subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True, text=True
        ).stdout.strip()
    )
    install = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    plan = tmp_path / "plan.txt"
    plan.write_bytes((ROOT / "data/plans/shanghai-egov-2017/source.txt").read_bytes())
    code = "import sys; from kg.cli import main; main(sys.argv[1:])"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    run = subprocess.run(
        [str(python), "-I", "-c", code, "build", "plan.txt", "--out", "out"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    where = subprocess.run(
        [str(python), "-I", "-c", "import kg; print(kg.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(site))
    assert (tmp_path / "out" / "report.html").stat().st_size > 0
    shapes = subprocess.run(
        [str(python), "-I", "-c", code, "validate", "out"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert shapes.returncode == 0, shapes.stderr + shapes.stdout
