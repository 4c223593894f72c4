"""kg load and kg report."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import reporting
from kg.measures import compute_layers, compute_load
from kg.reports import render_report
from tests.views.factories import build_seed


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a folder that stands for a build of the sample's structure; opening real folders is tested with the pipeline."""
    monkeypatch.setattr(reporting, "open_tables", lambda _: build_seed())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_load_prints_a_table_for_people(out: Path) -> None:
    result = CliRunner().invoke(reporting.load, [str(out), "--top", "2"])
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0][:3] == ["rank", "agency", "tasks"]
    assert [line[:4] for line in lines[2:]] == [["1", "市政府办公厅", "28", "14"], ["2", "市经济信息化委", "21", "9"]]


def test_load_as_csv_and_json_has_every_column_and_row(out: Path) -> None:
    expected = compute_load(build_seed())
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(reporting.load, [str(out), "--format", "csv"]).stdout)))
    assert [row["agency_key"] for row in rows] == expected["agency_key"].to_list()
    assert list(rows[0]) == expected.columns
    data = json.loads(CliRunner().invoke(reporting.load, [str(out), "--format", "json", "--layer", "all"]).stdout)
    assert [(row["layer"], row["agency_key"]) for row in data] == list(
        compute_layers(build_seed()).select("layer", "agency_key").iter_rows()
    )


def test_load_options_change_what_is_measured(out: Path) -> None:
    plain = CliRunner().invoke(reporting.load, [str(out), "--format", "json"]).stdout
    for more in (["--layer", "lead"], ["--section-level", "2"], ["--collectives", "node"], ["--weights", "5:1"]):
        result = CliRunner().invoke(reporting.load, [str(out), "--format", "json", *more])
        assert result.exit_code == 0, result.output
        assert result.stdout != plain, more


def test_report_writes_a_file_here_or_where_it_is_told(out: Path) -> None:
    result = CliRunner().invoke(reporting.report, [str(out), "--format", "md", "--lang", "en"])
    assert result.exit_code == 0, result.output
    assert (out / "report.md").read_bytes() == render_report(build_seed(), "md", "en")
    assert "wrote report.md" in result.stderr
    CliRunner().invoke(reporting.report, [str(out), "--output", "named.JSON"])
    assert (out / "named.JSON").read_bytes() == render_report(build_seed(), "json")
    CliRunner().invoke(reporting.report, [str(out), "--format", "csv", "--output", "load-report.csv"])
    assert (out / "load-report.csv").read_bytes() == render_report(build_seed(), "csv")


def test_report_to_stdout_is_the_report_and_nothing_else(out: Path) -> None:
    result = CliRunner().invoke(reporting.report, [str(out), "--format", "json", "--output", "-"])
    assert result.stdout_bytes == render_report(build_seed(), "json")


def test_unknown_choices_are_refused_with_the_list(out: Path) -> None:
    result = CliRunner().invoke(reporting.report, [str(out), "--format", "pdf"])
    assert result.exit_code == 2
    assert "'html', 'md', 'csv', 'xlsx', 'json'" in result.stderr
