"""The ledger holds every task with its parties, terms and evidence, and opens as it is meant in a real spreadsheet program."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OutputError, TableError
from kg.reports.cells import LONGEST_CELL, clean_cell, name_sheet, split_cell
from kg.reports.ledger import LEDGERS, collect_ledger, render_ledger
from kg.reports.words import LANGUAGES, load_words
from kg.tables import SCHEMAS, Tables, empty_tables, make_tables
from tests.reports.office import convert, read_sheets
from tests.views.factories import PlanRows, build_plans

DeadlineRow = tuple[str, str, date | None, date | None]

PLAN = PlanRows(
    "plan-2017",
    "2017年重点工作",
    sections=[("1", "一", "推进改革"), ("1.1", "一", "完善平台"), ("2", "二", "加强保障")],
    tasks=[
        ("1.1.1", "1", "建成平台15个。", [("市发展改革委", "lead"), ("市经济信息化委", "jointLead"), ("市财政局", "responsible")]),
        ("1.1.2", "2", "统一标准。", [("各区政府", "responsible"), ("市财政局", "cooperate"), ("市审计局", "supervise")]),
        ("2.3", "3", "总结经验。", []),
    ],
)
DEADLINES: list[DeadlineRow] = [
    ("1.1.1", "6月底前", None, date(2017, 6, 30)),
    ("1.1.1", "年底前", None, date(2017, 12, 31)),
    ("1.1.2", "第三季度", date(2017, 7, 1), date(2017, 9, 30)),
    ("2.3", "每季度", None, None),
]


def _add(tables: Tables, plan: str, deadlines: list[DeadlineRow], targets: list[tuple[str, str]] = []) -> Tables:  # noqa: B006
    """Return the tables with deadlines and targets."""
    rows: dict[str, list[dict[str, Any]]] = {"deadlines": [], "targets": []}
    for ordinal, (path, words, begins, due) in enumerate(deadlines, 1):
        task = f"{plan}/task/{path}"
        row = {"deadline_id": f"{task}/deadline/{ordinal}", "plan_id": plan, "task_id": task, "ordinal": ordinal, "expression": words}
        rows["deadlines"].append({**row, "start": 0, "end": 0, "begins": begins, "due": due, "recurring": ""})
    for ordinal, (path, words) in enumerate(targets, 1):
        task = f"{plan}/task/{path}"
        row = {"target_id": f"{task}/target/{ordinal}", "plan_id": plan, "task_id": task, "ordinal": ordinal, "expression": words}
        rows["targets"].append({**row, "start": 0, "end": 0, "minimum": 15.0, "maximum": 15.0, "unit": "个", "comparison": "="})
    frames = {name: pl.DataFrame(values, schema=SCHEMAS[name], orient="row") for name, values in rows.items()}
    return make_tables({**tables, **{name: pl.concat([tables[name], frame]) for name, frame in frames.items()}})


@pytest.fixture(scope="module")
def tables() -> Tables:
    return _add(build_plans([PLAN]), "plan-2017", DEADLINES, [("1.1.1", "平台15个")])


def _open(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _rows(book: openpyxl.Workbook, sheet: str) -> list[list[Any]]:
    rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [[value.date() if isinstance(value, datetime) else value for value in row] for row in rows]


def test_a_row_for_each_task(tables: Tables) -> None:
    book = _open(render_ledger(tables))
    assert book.sheetnames == ["2017年重点工作", "机构一览", "进展统计"]
    head, *rows = _rows(book, "2017年重点工作")
    assert head == [
        *("序号", "原编号", "章节", "工作任务", "牵头单位", "责任单位", "配合单位", "指导监督单位"),
        *("完成时限", "时限原文", "目标", "责任依据（原文）", "进展情况", "完成情况", "备注", "任务标识"),
    ]
    evidence = "（牵头单位：市发展改革委；共同牵头单位：市经济信息化委；责任单位：市财政局）"
    assert rows[0] == [
        *(1, "1.", "一、推进改革\n（一）完善平台", "建成平台15个。", "市发展改革委、市经济信息化委", "市财政局", None, None),
        *(
            "2017-06-30\n2017-12-31",
            "6月底前（2017-06-30）\n年底前（2017-12-31）",
            "平台15个",
            evidence,
            None,
            None,
            None,
            "plan-2017/task/1.1.1",
        ),
    ]
    evidence = "（责任单位：各区政府；配合单位：市财政局；指导单位：市审计局）"
    assert rows[1] == [
        *(2, "2.", "一、推进改革\n（一）完善平台", "统一标准。", None, "各区政府", "市财政局", "市审计局"),
        *(date(2017, 9, 30), "第三季度（2017-07-01至2017-09-30）", None, evidence, None, None, None, "plan-2017/task/1.1.2"),
    ]
    assert rows[2] == [3, "3.", "二、加强保障", "总结经验。", *[None] * 5, "每季度", *[None] * 5, "plan-2017/task/2.3"]


@pytest.mark.parametrize("name", ["市财政局", "上海市市财政局", "test.003"])
def test_the_ledger_of_an_agency_has_its_tasks_only(tables: Tables, name: str) -> None:
    assert "市财政局" in tables["agencies"].filter(agency_key="test.003")["label"].to_list()
    book = _open(render_ledger(tables, agencies=[name]))
    assert [(row[0], row[3]) for row in _rows(book, "2017年重点工作")[1:]] == [(1, "建成平台15个。"), (2, "统一标准。")]
    assert [(row[0], row[1]) for row in _rows(book, "机构一览")[1:]] == [
        ("市财政局", 2),
        ("市发展改革委", 1),
        ("市经济信息化委", 1),
        ("市审计局", 1),
        ("各区政府", 1),
    ]
    book = _open(render_ledger(tables, agencies=["市审计局"]))
    assert [row[:5] for row in _rows(book, "2017年重点工作")[1:]] == [[2, "2.", "一、推进改革\n（一）完善平台", "统一标准。", None]]
    assert [row[0] for row in _rows(book, "机构一览")[1:]] == ["市财政局", "市审计局", "各区政府"]


def test_the_ledger_of_an_agency_leaves_out_plans_without_it(tables: Tables) -> None:
    other = PlanRows("other", "另一方案", sections=[("1", "一", "章")], tasks=[("1.1", "1", "办事。", [("市水务局", "lead")])])
    both = build_plans([PLAN, other])
    assert [plan.plan_id for plan in collect_ledger(both, agencies=["市水务局"]).plans] == ["other"]
    assert [len(plan.entries) for plan in collect_ledger(both, agencies=["市水务局", "市审计局"]).plans] == [1, 1]
    with pytest.raises(TableError, match="no task names 市外办"):
        collect_ledger(both, agencies=["市外办"])
    with pytest.raises(TableError, match="no task names 市水务局"):
        collect_ledger(both, ["plan-2017"], agencies=["市水务局"])


def test_a_row_for_each_agency(tables: Tables) -> None:
    head, *rows = _rows(_open(render_ledger(tables)), "机构一览")
    assert head == [
        "机构",
        "任务",
        "牵头",
        "责任",
        "配合",
        "指导监督",
        "有时限",
        "最早时限",
        "最晚时限",
        "各时限任务数",
        "说明",
    ]
    second, third, last = date(2017, 6, 30), date(2017, 9, 30), date(2017, 12, 31)
    assert rows == [
        ["市财政局", 2, 0, 1, 1, 0, 2, second, last, "2017-06-30：1项\n2017-09-30：1项\n2017-12-31：1项", None],
        ["市发展改革委", 1, 1, 0, 0, 0, 1, second, last, "2017-06-30：1项\n2017-12-31：1项", None],
        ["市经济信息化委", 1, 1, 0, 0, 0, 1, second, last, "2017-06-30：1项\n2017-12-31：1项", None],
        ["市审计局", 1, 0, 0, 0, 1, 1, third, third, "2017-09-30：1项", None],
        ["各区政府", 1, 0, 1, 0, 0, 1, third, third, "2017-09-30：1项", "集合主体"],
    ]


def test_filters_frozen_header_widths_and_paper(tables: Tables) -> None:
    page = _open(render_ledger(tables))["2017年重点工作"]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == "A1:P4"
    assert [letter for letter, column in page.column_dimensions.items() if column.hidden] == ["P"]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$1"
    # A size of 14, bold, and then the title: its first figures are no part of the size.
    assert page.oddHeader.center.text == "&B2017年重点工作"
    assert page.oddHeader.center.size == 14
    assert all(cell.alignment.wrap_text for row in page.iter_rows() for cell in row if isinstance(cell.value, str))
    widths = {cell.value: page.column_dimensions[cell.column_letter].width for cell in page[1]}
    assert widths["工作任务"] > 35
    assert 25 > widths["牵头单位"] > 10 > widths["序号"]
    assert page["I3"].number_format == "yyyy-mm-dd"


def test_the_status_is_chosen_from_a_list(tables: Tables) -> None:
    page = _open(render_ledger(tables))["2017年重点工作"]
    (rule,) = page.data_validations.dataValidation
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"未启动,推进中,已完成,滞后"', "N2:N4")
    assert page["N1"].value == "完成情况"
    page = _open(render_ledger(tables, lang="en"))["2017年重点工作"]
    (rule,) = page.data_validations.dataValidation
    assert rule.formula1 == '"Not started,Under way,Done,Behind"'


def test_rows_have_a_height_and_may_grow(tables: Tables) -> None:
    with zipfile.ZipFile(io.BytesIO(render_ledger(tables))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r"<row [^>]*>", sheet)
    assert len(rows) == 4
    heights = [float(height) for row in rows for height in re.findall(r' ht="([\d.]+)"', row)]
    assert len(heights) == 4
    # The first task has a bracket of 40 characters in a column of 21: more lines than the last, which has none.
    assert heights[1] > heights[3] > 14
    assert "customHeight" not in sheet


def test_english_headings(tables: Tables) -> None:
    book = _open(render_ledger(tables, lang="en"))
    assert book.sheetnames == ["2017年重点工作", "Agencies", "Progress"]
    assert [cell.value for cell in book["2017年重点工作"][1]][:5] == ["No.", "Printed number", "Section", "Task", "Lead"]
    assert _rows(book, "Agencies")[5][-1] == "group"


def test_csv_has_the_same_cells(tables: Tables) -> None:
    content = render_ledger(tables, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    head, first, _, third = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head[:4] == ["方案", "序号", "原编号", "章节"]
    assert first[9] == "2017-06-30\n2017-12-31"
    assert third == ["2017年重点工作", "3", "3.", "二、加强保障", "总结经验。", *[""] * 5, "每季度", *[""] * 5, "plan-2017/task/2.3"]


def _several() -> Tables:
    second = PlanRows(
        "plan-2018",
        "2017年重点工作",
        tasks=[("1", "1", "继续推进。", [("市财政局", "lead")])],
        issued=date(2018, 3, 1),
    )
    return _add(build_plans([PLAN, second]), "plan-2018", [("1", "年底前", None, date(2018, 12, 31))])


def test_several_plans_have_a_sheet_each_and_come_after_the_sums() -> None:
    book = _open(render_ledger(_several()))
    assert book.sheetnames == ["进展统计", "机构一览", "2017年重点工作", "2017年重点工作 (2)"]
    assert _rows(book, "2017年重点工作 (2)")[1][3:5] == ["继续推进。", "市财政局"]
    assert _rows(book, "机构一览")[1][:4] == ["市财政局", 2, 3, 1]
    # The party columns are the same on every sheet, so that sheets can be pasted together.
    assert _rows(book, "2017年重点工作 (2)")[0] == _rows(book, "2017年重点工作")[0]
    plans = [row[:6] for row in _rows(book, "进展统计")[1:]]
    assert plans == [
        ["2017年重点工作", None, "上海市人民政府办公厅", date(2017, 2, 23), 3, 0],
        ["2017年重点工作", None, "上海市人民政府办公厅", date(2018, 3, 1), 1, 1],
    ]


def test_the_agencies_sheet_tells_bodies_of_one_name_apart() -> None:
    tables = build_plans([PLAN])
    body = pl.col("full_name") == "上海市市审计局"
    agencies = tables["agencies"].with_columns(label=pl.when(body).then(pl.lit("市财政局")).otherwise("label"))
    lines = collect_ledger(make_tables({**tables, "agencies": agencies})).agencies
    assert sorted(line.label for line in lines if line.label.startswith("上海市")) == ["上海市市审计局", "上海市市财政局"]


def test_brackets_are_shown_without_the_line_ends_of_the_page(tables: Tables) -> None:
    wrapped = {"（责任单位：\n  市财政局）": "（责任单位：市财政局）", "责任单位：市财政局\n时限：年底": "责任单位：市财政局\n时限：年底"}
    for context, shown in wrapped.items():
        evidence = tables["evidence"].with_columns(context=pl.lit(context))
        ledger = collect_ledger(make_tables({**tables, "evidence": evidence}))
        assert ledger.plans[0].entries[0].evidence == (shown,)


def test_parties_have_the_names_of_the_page_and_the_agencies_sheet_leads_to_them(tables: Tables) -> None:
    agencies = tables["agencies"].with_columns(label=pl.format("{}（名录）", "label"))
    named = make_tables({**tables, "agencies": agencies})
    ledger = collect_ledger(named)
    assert ledger.plans[0].entries[1].parties == {"responsible": ("各区政府",), "cooperate": ("市财政局",), "supervise": ("市审计局",)}
    assert (ledger.agencies[0].label, ledger.agencies[0].names) == ("市财政局（名录）", ("市财政局",))
    assert _rows(_open(render_ledger(named)), "机构一览")[1][:3] == ["市财政局（名录）", "市财政局", 2]
    assert collect_ledger(named, agencies=["市审计局（名录）"]).plans[0].entries == ledger.plans[0].entries[1:2]


def test_each_of_several_deadlines_stands_in_its_sentence() -> None:
    text = f"制定方案，6月底前印发。{'提' * 60}，12月底前{'全' * 100}完成；建立台账。年底前总结。"
    rows = PlanRows("p", "要点", tasks=[("1", "1", text, [("市财政局", "lead")])])
    # In the order of the page, whatever the order they were read in; the last stands in a bracket of its own.
    terms: list[DeadlineRow] = [
        ("1", "6月底前", None, date(2017, 6, 30)),
        ("1", "12月底前", None, date(2017, 12, 31)),
        ("1", "年底前", None, date(2017, 12, 31)),
        ("1", "2018年1月", date(2018, 1, 1), date(2018, 1, 31)),
    ]
    built = _add(build_plans([rows]), "p", terms)
    starts = built["deadlines"].with_columns(start=pl.col("ordinal") * 10, ordinal=5 - pl.col("ordinal"))
    book = _open(render_ledger(make_tables({**built, "deadlines": starts})))
    due, term = _rows(book, "要点")[1][6:8]
    assert due == "2017-06-30\n2017-12-31\n2018-01-31"
    assert term.split("\n") == [
        "6月底前（2017-06-30）：制定方案，6月底前印发。",
        f"12月底前（2017-12-31）：…{'提' * 39}，12月底前{'全' * 80}…",
        "年底前（2017-12-31）：年底前总结。",
        "2018年1月（2018-01-01至2018-01-31）",
    ]
    alone = _add(build_plans([rows]), "p", terms[:1])
    assert _rows(_open(render_ledger(alone)), "要点")[1][6:8] == [date(2017, 6, 30), "6月底前"]


def test_plans_and_years_are_chosen() -> None:
    tables = _several()
    assert [plan.plan_id for plan in collect_ledger(tables, ["plan-2018"]).plans] == ["plan-2018"]
    assert [plan.plan_id for plan in collect_ledger(tables, year=2017).plans] == ["plan-2017"]
    assert [line.label for line in collect_ledger(tables, year=2018).agencies] == ["市财政局"]
    with pytest.raises(TableError, match="no such plan: nowhere"):
        collect_ledger(tables, ["nowhere"])


def test_the_same_tables_give_the_same_bytes(tables: Tables) -> None:
    for form in LEDGERS:
        assert render_ledger(tables, form) == render_ledger(tables, form)


def test_unknown_format_and_no_tables() -> None:
    with pytest.raises(OutputError, match="no such ledger format: ods; there is xlsx, csv"):
        render_ledger(empty_tables(), "ods")
    assert _open(render_ledger(empty_tables())).sheetnames == ["机构一览", "进展统计"]


def test_both_catalogues_say_the_same() -> None:
    chinese, english = (load_words(lang, "ledger").messages for lang in LANGUAGES)
    assert {part: list(messages) for part, messages in chinese.items()} == {part: list(messages) for part, messages in english.items()}


FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
HOSTILE = [
    "=1+1",
    "+1",
    "＝1＋1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    ' =HYPERLINK("http://a.example")',
    "a\x00b\x08c\x1f",
    "\ufffe\uffff",
    "_x0041_",
    "<b>&amp;</b>",
    "𠮷",
    "http://a.example",
    "2017",
]


def _hostile() -> Tables:
    tasks: list[tuple[str, str, str, list[tuple[str, str]]]] = [
        (str(number), f"{number}", text, [(f"={number}市局", "lead")]) for number, text in enumerate(HOSTILE, 1)
    ]
    return build_plans([PlanRows("hostile", "=cmd|'/c calc'!A1", sections=[], tasks=tasks)])


def test_no_cell_is_a_formula() -> None:
    book = _open(render_ledger(_hostile()))
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    # The only formulas are ours: counts of the statuses.
                    assert page.title == "进展统计"
                    assert re.fullmatch(r"=COUNTIF\('=cmd\|'' c calc''!A1'!\$L\$2:\$L\$16,\"\w+\"\)|=E2-SUM\(G2:J2\)", cell.value)
                elif isinstance(cell.value, str):
                    assert not cell.value.lstrip().startswith(FORMULA_STARTS)
                    assert not cell.hyperlink
    texts = [row[3] for row in _rows(book, "=cmd|' c calc'!A1")[1:]]
    assert texts[0] == "'=1+1"
    assert texts[8] == "a␀b␈c␟"
    assert texts[9] == "\ufffd\ufffd"
    for row in csv.reader(io.StringIO(render_ledger(_hostile(), "csv").decode("utf-8-sig"), newline="")):
        assert not any(cell.lstrip().startswith(FORMULA_STARTS) for cell in row)


def test_nothing_of_a_long_text_is_lost() -> None:
    text = "长" * 32_760 + "𠮷" * 10_000 + "=尾" + "末" * 32_767
    tables = build_plans([PlanRows("long", "长", tasks=[("1", "1", text, [("市财政局", "lead")])])])
    book = _open(render_ledger(tables))
    assert book.sheetnames == ["长", "机构一览", "进展统计", "长文本"]
    cell = book["长"]["D2"].value
    assert cell.endswith("……（本格放不下，全文见“长文本”表）")
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST_CELL
    _, *pieces = _rows(book, "长文本")
    assert [piece[:3] for piece in pieces] == [["长", "D2", 1], ["长", "D2", 2], ["长", "D2", 3]]
    assert all(len(piece[3].encode("utf-16-le")) // 2 <= LONGEST_CELL for piece in pieces)
    assert "".join(piece[3] for piece in pieces) == text


@given(st.text(max_size=60))
def test_cleaned_cells_are_plain_text(text: str) -> None:
    cleaned = clean_cell(text)
    assert not cleaned.lstrip().startswith(FORMULA_STARTS)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", cleaned)
    assert clean_cell(cleaned) == cleaned


@given(st.text(max_size=60), st.integers(min_value=2, max_value=9))
def test_split_cells_lose_nothing(text: str, longest: int) -> None:
    pieces = split_cell(text, longest)
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= longest for piece in pieces)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_sheet_names_are_allowed_and_differ(titles: list[str]) -> None:
    taken: set[str] = set()
    names = [name_sheet(title, taken) for title in titles]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]|^'|'$", name)


def _expect_shown(value: object) -> str:
    return "" if value is None else str(value)


def test_libreoffice_shows_what_was_written(tables: Tables, tmp_path: Path) -> None:
    for name, made in (("plain", tables), ("hostile", _hostile()), ("several", _several())):
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(render_ledger(made))
        shown = read_sheets(file, tmp_path / name / "csv")
        book = openpyxl.load_workbook(file, data_only=True)
        assert len(shown) == len(book.sheetnames)
        for (_, rows), title in zip(sorted(shown.items()), sorted(book.sheetnames), strict=True):
            assert rows == [[_expect_shown(cell) for cell in row] for row in _rows(book, title)], title


def test_libreoffice_counts_the_statuses_that_an_office_sets(tables: Tables, tmp_path: Path) -> None:
    book = _open(render_ledger(tables))
    book["2017年重点工作"]["N2"] = "已完成"
    book["2017年重点工作"]["N4"] = "滞后"
    file = tmp_path / "filled.xlsx"
    book.save(file)
    head, row = read_sheets(file, tmp_path / "filled" / "csv")["进展统计"]
    assert dict(zip(head, row, strict=True)) == {
        **{"方案": "2017年重点工作", "文号": "", "发文机关": "上海市人民政府办公厅", "成文日期": "2017-02-23"},
        **{"任务": "3", "有时限": "2", "未启动": "0", "推进中": "0", "已完成": "1", "滞后": "1", "未填": "1"},
    }


def test_libreoffice_prints_landscape_with_the_header_on_every_page(tmp_path: Path) -> None:
    tasks: list[tuple[str, str, str, list[tuple[str, str]]]] = [
        (str(number), str(number), f"完成第{number}项工作，" + "推进平台建设，" * 12, [("市财政局", "lead")]) for number in range(1, 41)
    ]
    file = tmp_path / "printed.xlsx"
    file.write_bytes(render_ledger(build_plans([PlanRows("printed", "2017年工作&安排", tasks=tasks)])))
    (printed,) = convert(file, "pdf", tmp_path / "printed" / "pdf")
    with pdfplumber.open(printed) as pdf:
        texts = [page.extract_text() for page in pdf.pages if "推进平台建设" in page.extract_text()]
        sizes = {(round(page.width), round(page.height)) for page in pdf.pages}
    assert sizes == {(842, 595)}
    assert len(texts) > 2
    for text in texts:
        assert "工作任务" in text
        assert "2017年工作&安排" in text
    # Every line of every task is on paper: rows are as high as their text.
    assert sum(text.count("平台建设") for text in texts) >= 40 * 9


def test_a_damaged_file_is_noticed(tables: Tables, tmp_path: Path) -> None:
    """The tests above would see a file that LibreOffice cannot load."""
    file = tmp_path / "damaged.xlsx"
    file.write_bytes(render_ledger(tables)[:3000])
    with pytest.raises(AssertionError):
        read_sheets(file, tmp_path / "damaged" / "csv")
