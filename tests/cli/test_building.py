"""``kg build``: what it writes, that it writes the same again, and that bad input never harms an output that is there."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

import kg
from kg.pipeline import count_rows
from kg.pipeline.output import PARTS
from kg.reports import render_report
from kg.stores import locate_store, open_store
from kg.tables import SCHEMAS
from tests.cli.conftest import SAMPLE, Run

PLAN = "某市2017年重点工作安排\n一、优化服务\n1.推进改革。（牵头单位：市发展改革委；责任单位：市财政局、各区政府）\n"


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_part_is_written_and_listed(sample_out: Path) -> None:
    names = {path.name for path in sample_out.iterdir()}
    assert names == {part.name for part in PARTS} | {"manifest.json"}
    manifest = json.loads((sample_out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["plans"][0]["id"] == "shanghai-egov-2017"
    assert manifest["rows"]["assignments"] == 128
    assert {path.stem for path in (sample_out / "tables").iterdir()} == set(SCHEMAS)


def test_a_second_build_gives_the_same_bytes(sample_out: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    kg.build(SAMPLE, again)
    for part in PARTS:
        if part.same_bytes:
            first, second = sample_out / part.name, again / part.name
            assert (_snapshot(first) if first.is_dir() else first.read_bytes()) == (
                _snapshot(second) if second.is_dir() else second.read_bytes()
            )
        else:
            store = "oxigraph" if "oxigraph" in part.name else "ladybug"
            with (
                open_store(store, sample_out / part.name, read_only=True) as one,
                open_store(store, again / part.name, read_only=True) as two,
            ):
                assert one.read() == two.read() == kg.open_tables(sample_out)
    assert (sample_out / "manifest.json").read_bytes() == (again / "manifest.json").read_bytes()


def test_no_part_names_the_machine(sample_out: Path) -> None:
    for path in sample_out.rglob("*"):
        if path.is_file():
            assert str(sample_out.parent).encode() not in path.read_bytes()
            assert str(Path.home()).encode() + b"/" not in path.read_bytes()


def test_counts_of_the_sample(sample_out: Path) -> None:
    tables = kg.open_tables(sample_out)
    assert tables["sections"].group_by("level").len().sort("level").rows() == [(1, 4), (2, 13)]
    assert dict(tables["assignments"].group_by("role").len().rows()) == {"lead": 30, "responsible": 98}
    counts = count_rows(tables)
    assert (counts["agencies"], counts["groups"]) == (31, 3)
    # The report says the same.
    report = json.loads(render_report(tables, "json"))["counts"]
    assert (report["agencies"], report["collectives"]) == (31, 3)
    labels = tables["assignments"].join(tables["agencies"], on="agency_key")
    for label, tasks, leads in (("市政府办公厅", 28, 14), ("市经济信息化委", 21, 9)):
        rows = labels.filter(pl.col("label") == label)
        assert rows["task_id"].n_unique() == tasks
        assert rows.filter(pl.col("role") == "lead").height == leads
    assert tables["issues"].height == 0


def test_the_account_covers_every_character(sample_out: Path) -> None:
    tables = kg.open_tables(sample_out)
    position = 0
    for start, end in tables["account"].select("start", "end").iter_rows():
        assert start == position
        position = end
    assert position == len(tables["plans"]["text"][0])


def test_the_list_of_issues_holds_the_account(sample_out: Path) -> None:
    rows = list(csv.DictReader((sample_out / "issues.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    tables = kg.open_tables(sample_out)
    text = tables["plans"]["text"][0]
    assert rows[0]["code"] == "account"
    sums = dict(part.rsplit(" ", 1) for part in rows[0]["message"].partition(": ")[2].split(", "))
    assert sum(map(int, sums.values())) == len(text)
    skipped = [row for row in rows if row["code"] == "skipped-text"]
    assert [row["words"] for row in skipped] == [text[int(row["start"]) : int(row["end"])].strip() for row in skipped]
    blank = sum(end - start for start, end, kind in tables["account"].select("start", "end", "kind").iter_rows() if kind == "skipped")
    long = sum(int(row["end"]) - int(row["start"]) for row in skipped)
    assert 0 < long <= blank == int(sums["skipped"])
    assert all(row["message"] for row in skipped)
    assert rows[0]["message_zh"].startswith(f"共{len(text)}字：")
    # Every reason of the parser has a Chinese one.
    assert all(row["message_zh"] and not any("a" <= letter <= "z" for letter in row["message_zh"]) for row in rows)


def test_the_summary_is_printed(run: Run) -> None:
    result = run("build", SAMPLE, "--out", "out")
    assert result.returncode == 0
    for words in (
        "tasks                           54",
        "assignments                    128",
        "市政府办公厅",
        "Most cross-cutting load",
        "report.html",
    ):
        assert words in result.stdout


def test_files_folders_and_formats_together(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "甲.txt").write_text(PLAN, encoding="utf-8")
    (folder / "乙.txt").write_bytes(PLAN.encode("gb18030"))
    (folder / "丙.html").write_text(f"<html><body><p>{'</p><p>'.join(PLAN.splitlines())}</p></body></html>", encoding="utf-8")
    result = run("build", "plans", SAMPLE, "--out", "out")
    assert result.returncode == 0, result.stderr
    tables = kg.open_tables(tmp_path / "out")
    assert tables["plans"]["plan_id"].to_list() == sorted(["shanghai-egov-2017", "甲", "乙", "丙"])
    by_plan = tables["assignments"].group_by("plan_id").agg(pl.col("name").sort())
    assert [names for plan, names in sorted(by_plan.iter_rows()) if plan in "甲乙丙"] == [
        sorted(["市发展改革委", "市财政局", "各区政府"])
    ] * 3


def test_a_reorganised_body_of_an_unknown_place_has_its_history(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("一、任务\n1.排查隐患。（市应急局牵头，市市场监管局配合）\n", encoding="utf-8")
    result = run("build", "plan.txt", "--out", "out")
    assert result.returncode == 0, result.stderr
    tables = kg.open_tables(tmp_path / "out")
    events = tables["reorganisations"].select("predecessor_key", "successor_key").rows()
    assert ("plan.city.work-safety", "plan.city.emergency") in events
    assert dict(tables["agencies"].select("agency_key", "label").iter_rows())["plan.city.work-safety"] == "市安全监管局"


#: What is wrong with a document → its bytes (None: there is no file) and a word of the message.
BAD_INPUTS: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "no such file or folder"),
    "empty": (b"", "empty"),
    "blank": (" \n\n\u3000".encode(), "holds no text"),
    "binary": (bytes(range(256)) * 40, "binary"),
    "undecodable": ("推进改革。".encode() * 9 + b"\xff\xfe\xfa" + "推进".encode() * 9, "byte"),
    "no-tasks": ("今天天气很好。\n我们去公园散步。\n".encode(), "no tasks"),
    "english": (b"Work plan\n1. Build parks. (Lead: Parks Department)\n", "only work plans in Chinese are read"),
}


@pytest.mark.parametrize("kind", BAD_INPUTS)
def test_bad_input_is_one_line_and_harms_nothing(kind: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PLAN, encoding="utf-8")
    assert run("build", "good.txt", "--out", "out").returncode == 0
    before = _snapshot(tmp_path / "out")
    content, words = BAD_INPUTS[kind]
    if content is not None:
        (tmp_path / "bad.txt").write_bytes(content)
    for command in (("build", "bad.txt", "--out", "out"), ("build", "bad.txt", "--out", "fresh"), ("extract", "bad.txt")):
        result = run(*command, "--quiet") if command[0] == "build" else run(*command)
        assert result.returncode not in (0, 1)
        assert result.stdout == ""
        lines = result.stderr.strip().splitlines()
        assert len(lines) == 1, result.stderr
        assert lines[0].startswith("kg: ")
        assert words in lines[0]
        assert str(tmp_path) not in lines[0]
    assert _snapshot(tmp_path / "out") == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "bad.txt") == ["good.txt", "out"]


def test_a_folder_that_is_not_ours_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work", encoding="utf-8")
    (tmp_path / "good.txt").write_text(PLAN, encoding="utf-8")
    result = run("build", "good.txt", "--out", "thesis", "--quiet")
    assert result.returncode == 8
    assert (
        result.stderr.strip()
        == "kg: thesis: not the output of kg build (no readable manifest.json); it is left as it is, name another folder"
    )
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]


def test_one_bad_document_among_others_is_told_with_the_way_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "prose.txt").write_text("今天天气很好。\n", encoding="utf-8")
    result = run("build", "good.txt", "prose.txt", "--quiet")
    assert result.returncode == 5
    assert [line[:24] for line in result.stderr.splitlines()] == ["kg: prose.txt: no tasks ", "kg: nothing was built; w"]


def test_an_output_of_an_earlier_version_is_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PLAN, encoding="utf-8")
    assert run("build", "good.txt", "--quiet").returncode == 0
    manifest = tmp_path / "out" / "manifest.json"
    written = manifest.read_text(encoding="utf-8")
    manifest.write_text(written.replace('"format": 2', '"format": 1'), encoding="utf-8")
    result = run("load", "out")
    assert result.stderr == "kg: out: written by another version of kg (format 1, not 2); build it again\n"
    assert run("build", "good.txt", "--quiet").returncode == 0
    assert manifest.read_text(encoding="utf-8") == written
    manifest.write_text(written.replace('"format": 2', '"format": 99'), encoding="utf-8")
    result = run("build", "good.txt", "--quiet")
    assert result.stderr == "kg: out: written by a newer version of kg (format 99); it is left as it is, name another folder\n"


def test_what_is_no_output_folder_is_told_with_the_way_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PLAN, encoding="utf-8")
    assert (
        run("report", "good.txt").stderr == "kg: good.txt: is a file, not an output folder; build it first: kg build good.txt --out out\n"
    )
    assert run("report", "nowhere").stderr == "kg: nowhere: no such folder; kg build writes one: kg build PLANS --out nowhere\n"


def test_several_bad_documents_are_all_named_and_can_be_left_out(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "good.txt").write_text(PLAN, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "prose.txt").write_text("今天天气很好。\n", encoding="utf-8")
    result = run("build", "plans", "--quiet")
    assert result.returncode == 3
    *bad, hint = result.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in bad] == ["empty.txt", "prose.txt"]
    assert hint == "kg: nothing was built; with --skip-bad the other 1 would be, and what is left out reported"
    assert not (tmp_path / "out").exists()
    result = run("build", "plans", "--skip-bad", "--quiet")
    assert result.returncode == 0
    assert result.stderr.splitlines()[0] == "kg: left out empty.txt: the file is empty"
    tables = kg.open_tables(tmp_path / "out")
    issues = tables["issues"].filter(pl.col("code") == "source-left-out")
    assert issues.select("plan_id", "words").rows() == [("empty", "empty.txt"), ("prose", "prose.txt")]
    for name in ("oxigraph", "ladybug"):
        with open_store(name, locate_store(name, tmp_path / "out"), read_only=True) as store:
            assert store.read()["issues"].equals(tables["issues"])


def test_an_unknown_name_is_reported_with_its_place_and_not_guessed(run: Run, tmp_path: Path) -> None:
    plan = PLAN.replace("市财政局", "市星际航行局")
    (tmp_path / "plan.txt").write_text(plan, encoding="utf-8")
    result = run("build", "plan.txt", "--strict", "--quiet")
    tables = kg.open_tables(tmp_path / "out")
    row = tables["assignments"].filter(pl.col("name") == "市星际航行局").row(0, named=True)
    assert row["resolution"] == "unresolved"
    assert row["agency_key"].startswith("plan.x")
    issue = tables["issues"].filter(pl.col("code") == "unknown-agency").row(0, named=True)
    assert tables["plans"]["text"][0][issue["start"] : issue["end"]] == issue["words"] == "市星际航行局"
    assert result.returncode == (2 if "error" in set(tables["issues"]["severity"]) else 0)
