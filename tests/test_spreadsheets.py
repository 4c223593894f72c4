"""kg.spreadsheets, and the CSV that programs print: no cell is a formula."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace

import pytest

from kg.cli.files import print_rows
from kg.extraction import to_csv, to_json_lines
from kg.model import Role
from kg.spreadsheets import neutralise
from tests.factories import make_resolved_plan

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠a", "\t=1", "\r=1", " =1+1", "\u3000＝1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_a_formula_gets_an_apostrophe(text: str) -> None:
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "市政府", "1-2", "a=b", "'=1", "（＝）"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutralise(text) == text


def test_extracted_rows_are_no_formulas_and_json_has_the_words_of_the_page() -> None:
    plan = make_resolved_plan("d", [("=1+1（市甲局）", [("市甲局", Role.LEAD)]), ("＠没有单位", [])])
    header, first, second = csv.reader(io.StringIO(to_csv(plan)))
    assert first[header.index("text")] == "'=1+1（市甲局）"
    assert first[header.index("agency")] == "市甲局"
    assert second[header.index("text")] == "'＠没有单位"
    assert '"text": "=1+1（市甲局）"' in to_json_lines(plan)
    named = replace(plan.plan, document=replace(plan.plan.document, document_id="-d"))
    assert {row[0] for row in csv.reader(io.StringIO(to_csv(replace(plan, plan=named))))} == {"document", "'-d"}


def test_printed_rows_are_no_formulas_and_numbers_stay_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(("words", "whole", "part"), [("=1", -3, -0.5), ("－1", 0, 2.0)], "csv")
    assert capsys.readouterr().out == "words,whole,part\n'=1,-3,-0.5\n'－1,0,2\n"


def test_printing_csv_needs_neither_measures_nor_reports() -> None:
    script = (
        "import sys\nfrom kg.cli.files import print_rows\nprint_rows(['a'], [['=1']], 'csv')\n"
        "print(sorted(name for name in sys.modules if name.startswith(('kg.reports', 'kg.measures', 'kg.tables', 'polars'))))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "a\n'=1\n[]\n"
