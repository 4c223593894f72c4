"""The user's own file: what it may say, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.model import CollectiveKind
from kg.resolve import read_overrides, resolve_name
from kg.rules import RuleBook

HEADER = "name,plan,agency_key,note\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "overrides.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,plan,agency_key\n", "has the columns"),
        (HEADER + "市大数据局,*\n", "line 2: 2 fields, not 4"),
        (HEADER + "市大数据局,,360900.big-data,\n", "may not be empty"),
        (HEADER + "市大数据局,*,360900.nothing,\n", "no such agency: '360900.nothing'"),
        (HEADER + "市大数据局,*,999999.big-data,\n", "no such agency: '999999.big-data'"),
        (HEADER + "市大数据局,*,360900.c-member-units,\n", "no such agency"),
        (HEADER + "市大数据局,*,360900.big-data,\n市大数据局,*,360900.data,\n", "leads to two agencies"),
    ],
)
def test_wrong_files_are_refused(text: str, message: str, rules: RuleBook, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=message):
        read_overrides(write(tmp_path, text), rules)


def test_missing_and_undecodable_files_are_refused(rules: RuleBook, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"cannot read .*none\.csv: No such file or directory$"):
        read_overrides(tmp_path / "none.csv", rules)
    path = tmp_path / "broken.csv"
    path.write_bytes(HEADER.encode() + b"\xff\xff,*,360900.data,\n")
    with pytest.raises(RuleError, match="save it as CSV in UTF-8"):
        read_overrides(path, rules)


def test_a_file_as_excel_saves_it_is_read(rules: RuleBook, tmp_path: Path) -> None:
    text = HEADER + "数据办,*,360900.big-data,旧称\n"
    for encoding in ("utf-8", "utf-8-sig", "gbk"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        (row,) = read_overrides(path, rules).rows
        assert (row.name, row.agency_key, row.note) == ("数据办", "360900.big-data", "旧称")


def test_patterns_choose_plans_and_the_first_row_holds(rules: RuleBook, tmp_path: Path) -> None:
    text = HEADER + "数据办,yichun_2023,360900.big-data,\n数据办,*_2023,360900.data,\n"
    overrides = read_overrides(write(tmp_path, text), rules)
    found = {plan: overrides.find("数据办", plan) for plan in ("yichun_2023", "other_2023", "other_2022")}
    assert {plan: row.agency_key if row else None for plan, row in found.items()} == {
        "yichun_2023": "360900.big-data",
        "other_2023": "360900.data",
        "other_2022": None,
    }


def test_an_override_may_lead_to_a_group(rules: RuleBook, tmp_path: Path) -> None:
    overrides = read_overrides(write(tmp_path, HEADER + "十六区,*,310000.c-districts,\n"), rules)
    found = resolve_name("十六区", issued=date(2017, 2, 23), level="province", place="上海市", rules=rules, overrides=overrides)
    assert (found.agency.key, found.agency.collective, len(found.agency.members)) == ("310000.c-districts", CollectiveKind.CLOSED, 16)
