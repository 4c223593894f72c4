"""``kg extract``, ``kg repair`` and ``kg evaluate``, as a user types them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import ROOT, SAMPLE, Run

SOURCE = SAMPLE / "source.txt"
GOLD = ROOT / "data" / "gold"


def test_extract_quotes_the_repaired_text(run: Run) -> None:
    text = run("repair", SOURCE).stdout
    lines = [json.loads(line) for line in run("extract", SOURCE, "--format", "jsonl").stdout.splitlines()]
    assert [line["number"] for line in lines] == [str(number) for number in range(1, 55)]
    for line in lines:
        for assignment in line["assignments"]:
            assert text[assignment["start"] : assignment["end"]] == assignment["quote"] == assignment["agency"]
            assert assignment["quote"] in assignment["context"]["quote"]
    first = lines[0]
    assert first["section"] == ["优化“互联网+政务服务”体系", "完善网上政务大厅建设"]
    assert [(a["agency"], a["role"], a["position"]) for a in first["assignments"]] == [
        ("市政府办公厅", "lead", 1),
        ("各区政府", "responsible", 1),
        ("市政府有关部门", "responsible", 2),
    ]


def test_stdin_and_stdout(run: Run, tmp_path: Path) -> None:
    page = SOURCE.read_text(encoding="utf-8")
    from_file = run("repair", SOURCE)
    from_stdin = run("repair", "-", "--output", "-", stdin=page)
    assert from_file.stdout == from_stdin.stdout
    assert from_file.stdout == (GOLD / "shanghai-egov-2017.txt").read_text(encoding="utf-8")
    assert run("repair", SOURCE, "--output", "clean.txt").stdout == ""
    assert (tmp_path / "clean.txt").read_text(encoding="utf-8") == from_file.stdout
    assert len(run("extract", "-", stdin=page).stdout.splitlines()) == 54


def test_clean_text_comes_through_byte_for_byte(run: Run, tmp_path: Path) -> None:
    clean = "某市工作要点\n1.建设“APP”？（CA）参见 http://example.org/a?b=1 。（市财政局负责）\n"
    (tmp_path / "clean.txt").write_text(clean, encoding="utf-8")
    assert run("repair", "clean.txt").stdout == clean
    assert run("repair", "clean.txt", "--explain").stdout == ""


def test_line_ends_and_byte_order_mark_of_clean_text_are_kept(tmp_path: Path) -> None:
    for mark in (b"\xef\xbb\xbf", b""):
        clean = mark + "第一行。\r\n\r\n第二行，没有损坏。\r\n".encode()
        (tmp_path / "clean.txt").write_bytes(clean)
        for source in ("clean.txt", "-"):
            command = [sys.executable, "-m", "kg", "repair", source]
            assert subprocess.run(command, cwd=tmp_path, input=clean, capture_output=True, check=True).stdout == clean


def test_repair_explains_every_edit(run: Run) -> None:
    explained = run("repair", SOURCE, "--explain").stdout
    assert {line.split("\t")[0] for line in explained.splitlines()} >= {"gbk-shift", "pinyin", "script"}


def test_extract_as_csv(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("extract", SAMPLE, "--format", "csv").stdout)))
    assert len(rows) == 128
    assert {row["role"] for row in rows} == {"lead", "responsible"}
    assert len({row["agency"] for row in rows}) == 34


def test_evaluate_prints_scores(run: Run) -> None:
    result = run("evaluate", GOLD / "shanghai-egov-2017.csv", SAMPLE, "--format", "json")
    scores = {row["what"]: row for row in json.loads(result.stdout)}
    assert scores["lead"] == {"what": "lead", "found": 30, "missing": 0, "extra": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert scores["responsible"]["found"] == 98
    assert result.stderr == ""


def test_evaluate_names_each_difference(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("1.推进改革。（牵头单位：市财政局）\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("document,path,number,agency,role\nd,1,1,市审计局,lead\n", encoding="utf-8")
    result = run("evaluate", "d.csv", "d.txt", "--format", "csv")
    assert "missing: 1 市审计局 lead" in result.stderr
    assert "extra: 1 市财政局 lead" in result.stderr
    assert "lead,0,1,1,0,0,0" in result.stdout.replace(".0", "")


def test_evaluate_counts_a_page_without_tasks_as_all_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("今天天气很好。\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("document,path,number,agency,role\nd,1,1,市审计局,lead\n", encoding="utf-8")
    result = run("evaluate", "d.csv", "d.txt", "--format", "csv")
    assert result.returncode == 0
    assert result.stderr == "d: missing task: 1\nd: missing: 1 市审计局 lead\n"


def test_unknown_commands_and_files_are_refused(run: Run) -> None:
    assert run("frobnicate").returncode == 2
    assert run("extract", "nowhere.txt").stderr.strip() == "kg: nowhere.txt: no such file or folder"
    assert run("evaluate", "nowhere.csv", SAMPLE).returncode == 3
    assert run("load", "nowhere").returncode == 8


def test_the_package_runs_as_a_module_and_help_is_quick_to_load(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "kg", "--help"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout.startswith("Usage: kg [OPTIONS] COMMAND")
    for heavy in ("polars", "rdflib", "pyvis", "neo4j", "altair", "pyshacl", "networkx"):
        assert f"| {heavy}\n" not in result.stderr.replace("|   ", "| ").replace("  ", "")
