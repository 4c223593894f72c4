"""``kg resolve``: the explanation a user sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.resolving import resolve
from kg.errors import RuleError

SAMPLE = Path(__file__).parents[2] / "data" / "plans" / "shanghai-egov-2017"
THERE = ["--place", "上海市", "--level", "province", "--date", "2020-01-01"]


def test_place_and_date_by_hand() -> None:
    result = CliRunner().invoke(resolve, ["市工商局", *THERE])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "市工商局 → 市工商局 [310000.industry-commerce], registry"
    assert "  → 市市场监管局 [310000.market-regulation] (merge, 2018-11-11)" in lines
    assert any(line.endswith("it did not exist on 2020-01-01") for line in lines)


def test_plan_as_the_place_of_a_name() -> None:
    result = CliRunner().invoke(resolve, ["各区政府", "--plan", str(SAMPLE)])
    assert result.exit_code == 0
    assert "[310000.c-districts], collective" in result.output.splitlines()[0]
    assert "浦东新区政府 [310115.government]" in result.output


def test_json_holds_the_steps() -> None:
    result = CliRunner().invoke(resolve, ["市教委", *THERE, "--format", "json"])
    found = json.loads(result.output)
    assert (found["agency_key"], found["resolution"], found["label_en"]) == ("310000.education", "rule", "Education Department, Shanghai")
    assert found["steps"]


def test_override_file_wins(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("name,plan,agency_key,note\n市工商局,*,310000.market-regulation,say the successor\n", encoding="utf-8")
    result = CliRunner().invoke(resolve, ["市工商局", *THERE, "--overrides", str(file)])
    assert result.output.splitlines()[:2] == [
        "市工商局 → 市市场监管局 [310000.market-regulation], override",
        "  1. the user's file says so in line 2: say the successor",
    ]


def test_neither_plan_nor_place_is_a_usage_error() -> None:
    result = CliRunner().invoke(resolve, ["市工商局"])
    assert result.exit_code == 2
    assert "give either --plan, or --place" in result.output


def test_an_empty_name_is_a_usage_error() -> None:
    result = CliRunner().invoke(resolve, [" ", *THERE])
    assert result.exit_code == 2
    assert "the name is empty" in result.output


def test_wrong_override_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot read"):
        CliRunner().invoke(resolve, ["市工商局", *THERE, "--overrides", str(tmp_path / "none.csv")], catch_exceptions=False)


def test_the_last_day_of_a_body_is_told() -> None:
    result = CliRunner().invoke(resolve, ["市工商局", *THERE])
    assert "kind government; until 2018-11-10" in result.output
