"""``kg ledger`` and ``kg compare`` from end to end on the sample plan and a later version of it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from kg.cli.ledger import compare, ledger
from kg.errors import OutputError, ReadError, TableError
from kg.pipeline import build, find_sources, read_repaired
from kg.rules import load_rules

SEED = Path(__file__).parents[2] / "data" / "plans" / "shanghai-egov-2017"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of the sample plan."""
    folder = tmp_path_factory.mktemp("ledger") / "out"
    build(SEED, folder)
    return folder


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plan of 2019 made from the sample: tasks swapped, changed, dropped, new; bodies merged in 2018 under their new names."""
    (source,) = find_sources([SEED])
    document, _ = read_repaired(source.path, name=source.path.name, document_id=source.document_id, rules=load_rules())
    lines = document.text.split("\n")

    def find(number: int) -> int:
        return next(place for place, line in enumerate(lines) if re.match(rf"\s*{number}\.", line))

    def replace(number: int, before: str, after: str) -> None:
        place = find(number)
        assert before in lines[place]
        lines[place] = lines[place].replace(before, after)

    first, second = find(1), find(2)
    lines[first], lines[second] = lines[second].replace("2.", "1.", 1), lines[first].replace("1.", "2.", 1)
    replace(6, "2017年底前", "2019年6月底前")
    replace(12, "市经济信息化委、", "")
    replace(13, "15个", "20个")
    replace(21, "市国资委", "市税务局")
    lines[find(16)] = "  16.建设“一网通办”总门户,统一受理各类网上事项。(责任部门:市政府办公厅)"
    text = "\n".join(lines).replace("2017", "2019")
    for old, new in (("市工商局", "市市场监管局"), ("市质量技监局", "市市场监管局"), ("市地税局", "市税务局")):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path_factory.mktemp("later") / "later-2019.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _run(command: str, *arguments: object) -> Result:
    result = CliRunner().invoke({"ledger": ledger, "compare": compare}[command], [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_ledger_of_the_sample(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "ledger.xlsx"
    result = _run("ledger", out, "--output", target)
    assert (result.exit_code, result.stderr) == (0, f"kg: wrote {target}\n")
    book = openpyxl.load_workbook(target)
    page = book["2017年上海市政府电子政务重点工作安排"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert len(rows) == 55
    head = rows[0]
    task = dict(zip(head, rows[6], strict=True))
    assert (task["序号"], task["原编号"], task["时限原文"]) == (6, "6.", "2017年底前")
    assert task["完成时限"].date().isoformat() == "2017-12-31"
    assert task["责任单位"] == "市发展改革委、市经济信息化委、市政府办公厅"
    assert task["责任依据（原文）"] == "(责任部门:市发展改革委、市经济信息化委、市政府办公厅)"
    agencies = [[cell.value for cell in row][:4] for row in book["机构一览"].iter_rows()]
    assert agencies[1:3] == [["市政府办公厅", 28, 14, 14], ["市经济信息化委", 21, 9, 12]]


def test_the_format_follows_the_name_and_dash_is_stdout(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "ledger.csv"
    assert _run("ledger", out, "-o", target, "--lang", "en").exit_code == 0
    written = target.read_bytes()
    assert written.decode("utf-8-sig").startswith("Plan,No.,Printed number,Section,Task,Lead,Responsible,Due,")
    result = _run("ledger", out, "--format", "csv", "--lang", "en", "--output", "-")
    assert (result.stdout_bytes, result.stderr) == (written, "")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_ledger_that_was_filled_in_is_not_written_over(out: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"ledger.{form}"
    assert _run("ledger", out, "-o", target).exit_code == 0
    written = target.read_bytes()
    # The same again destroys nothing.
    assert _run("ledger", out, "-o", target).exit_code == 0
    if form == "xlsx":
        book = openpyxl.load_workbook(target)
        book.worksheets[0]["K2"] = "已开展"
        book.save(target)
    else:
        target.write_bytes(written + "已开展".encode())
    filled = target.read_bytes()
    with pytest.raises(OutputError, match="holds something else, perhaps what was filled in"):
        _run("ledger", out, "-o", target)
    assert target.read_bytes() == filled
    assert _run("ledger", out, "-o", target, "--overwrite").exit_code == 0
    assert target.read_bytes() == written


def test_a_ledger_that_was_filled_in_is_carried_over(out: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    assert _run("ledger", out, "-o", old).exit_code == 0
    book = openpyxl.load_workbook(old)
    page = book.worksheets[0]
    place = {cell.value: cell.column for cell in page[1]}
    page.cell(7, place["完成情况"]).value = "推进中"
    page.cell(60, place["工作任务"]).value = "领导交办事项"
    book.create_sheet("会议记录")["A1"] = "x"
    book.save(old)
    filled = old.read_bytes()
    result = _run("ledger", out, "--carry-over", old, "-o", new)
    assert result.stderr.splitlines() == [
        "kg: carried over the entries of 1 tasks",
        "kg: 1 rows match no task for sure; they stand on the sheet 未对应条目",
        f"kg: sheets that are no part of a ledger stay in {old}: 会议记录",
        f"kg: wrote {new}",
    ]
    assert openpyxl.load_workbook(new).worksheets[0].cell(7, place["完成情况"]).value == "推进中"
    assert old.read_bytes() == filled
    with pytest.raises(OutputError, match="is the ledger to carry over; name another file"):
        _run("ledger", out, "--carry-over", old, "-o", old, "--overwrite")
    with pytest.raises(ReadError, match=r"nowhere\.xlsx: no such file"):
        _run("ledger", out, "--carry-over", tmp_path / "nowhere.xlsx", "-o", new)
    result = _run("ledger", out, "--carry-over", old, "-o", tmp_path / "new.csv")
    assert result.exit_code == 2
    assert "name a file that ends in .xlsx" in result.stderr
    (tmp_path / "other.xlsx").write_bytes(b"PK")
    with pytest.raises(ReadError, match=r"other\.xlsx: cannot be opened as an XLSX workbook"):
        _run("ledger", out, "--carry-over", tmp_path / "other.xlsx", "-o", tmp_path / "third.xlsx")


def test_a_ledger_needs_an_output_folder_and_a_plan_that_is_there(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "ledger.xlsx"
    with pytest.raises(OutputError, match="not the output of kg build"):
        _run("ledger", tmp_path, "-o", target)
    with pytest.raises(TableError, match="no plan was issued in 1999"):
        _run("ledger", out, "--year", "1999", "-o", target)
    assert not target.exists()


def test_compare_an_output_folder_with_a_document(out: Path, later: Path, tmp_path: Path) -> None:
    target = tmp_path / "comparison.json"
    result = _run("compare", out, later, "-o", target)
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == "kg: tasks: kept 51, changed 2, doubtful 0, dropped 1, new 1"
    content = json.loads(target.read_text(encoding="utf-8"))
    rows = {row["number_b"]: row for row in content["tasks"] if row["number_b"]}
    assert (rows["1"]["number_a"], rows["2"]["number_a"], rows["1"]["status"]) == ("2", "1", "kept")
    assert (rows["6"]["status"], rows["6"]["deadlines_a"], rows["6"]["deadlines_b"]) == ("changed", ["2017年底前"], ["2019年6月底前"])
    assert (rows["13"]["status"], rows["13"]["lead_changed"]) == ("changed", False)
    assert ["removed", "15"] in rows["13"]["differences"]
    assert rows["12"]["lead_changed"] is True
    assert (rows["21"]["partners_added"], rows["21"]["partners_dropped"]) == (["市税务局"], ["市国资委"])
    assert rows["16"]["status"] == "new"
    assert [row["number_a"] for row in content["tasks"] if row["status"] == "dropped"] == ["16"]
    # Merged bodies are no change: only the two tasks edited above have other parties.
    touched = [
        row["number_b"]
        for row in content["tasks"]
        if row["lead_changed"] or row["partners_added"] or row["partners_dropped"] or row["roles_changed"]
    ]
    assert touched == ["12", "21"]
    steps = {(step["label"], step["successor"]) for step in content["successors"]}
    assert {("市工商局", "市市场监管局"), ("市质量技监局", "市市场监管局"), ("市地税局", "市税务局")} <= steps
    shares = {row["label"]: (row["tasks_a"], row["tasks_b"], row["share_a"] > 0) for row in content["load"]}
    # 4 tasks of one body, 1 of another and 1 of the third that was merged into it, on the old names too.
    assert shares["市市场监管局"] == (6, 6, True)
    assert "市工商局" not in shares


def test_compare_two_documents_as_csv_on_stdout(later: Path) -> None:
    result = _run("compare", SEED, later, "--format", "csv", "-o", "-")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))
    assert sum(row["status"] == "kept" for row in rows) == 51
    assert len(rows) == 55


def test_compare_the_same_with_the_same_is_refused(out: Path) -> None:
    result = _run("compare", out, out)
    assert result.exit_code == 2
    assert "A and B are the same; tell them apart with --plan-a" in result.stderr


def test_compare_years_of_one_folder(later: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    build([SEED, later], folder)
    target = tmp_path / "comparison.html"
    result = _run("compare", folder, folder, "--year-a", 2017, "--plan-b", "later-2019", "--lang", "en", "-o", target)
    assert result.stderr.splitlines() == ["kg: tasks: kept 51, changed 2, doubtful 0, dropped 1, new 1", f"kg: wrote {target}"]
    page = target.read_text(encoding="utf-8")
    assert "54 tasks before, 54 after: 51 kept as they were, 2 changed in words, 1 dropped, 1 new." in page


def test_compare_with_what_is_not_there(out: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file or folder"):
        _run("compare", out, tmp_path / "nowhere.txt")
    with pytest.raises(TableError, match="no such plan: nowhere"):
        _run("compare", out, SEED, "--plan-a", "nowhere", "-o", tmp_path / "comparison.html")
    assert not (tmp_path / "comparison.html").exists()
