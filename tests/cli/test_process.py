"""What only a process of its own can show: locales, signals, names in other encodings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.conftest import ROOT

PLAN = "2017年重点工作安排\n一、优化服务\n1.推进改革。（牵头单位：市发展改革委；责任单位：市财政局）\n"
KG = (sys.executable, "-m", "kg")


def _run(*arguments: str | bytes, cwd: Path, env: dict[str, str] | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    return subprocess.run(
        [*KG, *arguments], cwd=cwd, env=environment, input=stdin, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def test_a_locale_without_chinese_changes_nothing(tmp_path: Path, sample_out: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (tmp_path / "计划 一.txt").write_text(PLAN, encoding="utf-8")
    read = _run("extract", "计划 一.txt", "--format", "csv", cwd=tmp_path, env=env)
    assert "市发展改革委" in read.stdout
    asked = _run("ask", "agency-leads", "--out", str(sample_out), "-p", "agency=市委网信办", "--format", "csv", cwd=tmp_path, env=env)
    assert asked.returncode == 0
    assert "组织电子政务云项目申请网络安全审查。" in asked.stdout
    query = 'SELECT ?a WHERE { ?a skos:prefLabel "市财政局"@zh }'
    found = _run("sparql", str(sample_out), "-", "--format", "csv", cwd=tmp_path, env=env, stdin=query)
    assert found.stdout == "a\nhttps://agency-kg.example/id/agency/310000.finance\n"
    missing = _run("extract", "没有.txt", cwd=tmp_path, env=env)
    assert (missing.returncode, missing.stderr) == (3, "kg: 没有.txt: no such file or folder\n")


def test_a_stdout_that_lacks_a_character_shows_an_escape(tmp_path: Path, sample_out: Path) -> None:
    shown = _run("load", str(sample_out), "--top", "1", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert shown.returncode == 0
    assert "\\u5e02\\u653f\\u5e9c\\u529e\\u516c\\u5385" in shown.stdout


def test_bytes_that_are_no_text_are_refused_as_words_and_taken_as_file_names(tmp_path: Path, sample_out: Path) -> None:
    asked = _run("ask", "agency-leads", "--out", str(sample_out), "-p", b"agency=\xff", cwd=tmp_path)
    assert (asked.returncode, asked.stderr) == (9, "kg: --param agency is no UTF-8 text\n")
    name = "要点.txt".encode("gb18030")
    (tmp_path / os.fsdecode(name)).write_text(PLAN, encoding="utf-8")
    assert '"document": "要点"' in _run("extract", name, cwd=tmp_path).stdout


def _kill_a_build(folder: Path, number: signal.Signals) -> None:
    """Begin a build in `folder`, and send it a signal once it writes."""
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    with subprocess.Popen([*KG, "build", "plan.txt", "--out", "out"], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        end = time.monotonic() + 60
        while not list(folder.glob(".out-*/graph.nq")):
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < end
            time.sleep(0.01)
        process.send_signal(number)
        assert process.wait(60) == -number


def test_a_kill_leaves_nothing_behind(tmp_path: Path) -> None:
    _kill_a_build(tmp_path, signal.SIGTERM)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_what_a_hard_kill_left_is_cleared_by_the_next_build(tmp_path: Path) -> None:
    _kill_a_build(tmp_path, signal.SIGKILL)
    assert list(tmp_path.glob(".out-*"))
    assert _run("build", "plan.txt", "--out", "out", cwd=tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "plan.txt"]
