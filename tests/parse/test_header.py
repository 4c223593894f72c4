"""Title, number, issuer, day, addressees and cited documents."""

from dataclasses import replace
from datetime import date

import pytest

from kg.parse import parse_document
from tests.parse.factories import get_rules, make_document, read

NOTICE = (
    "甲市人民政府办公室关于印发《甲市2023年\n政务公开工作要点》的通知\n甲政办发〔2023〕6号\n"
    "各区人民政府，市政府各委、办、局：\n现将《甲市2023年政务公开工作要点》印发给你们。\n甲市人民政府办公室\n2023年2月16日\n"
    "甲市2023年政务公开工作要点\n根据《公开条例》和《省工作要点》（某政办〔2023〕2号），制定本要点。\n"
    "一、任务\n1.推进甲。（市政府办公室负责）\n"
)


def test_notice_is_read() -> None:
    plan, _ = read(NOTICE)
    assert plan.title == "甲市2023年政务公开工作要点"
    assert plan.document_number == "甲政办发〔2023〕6号"
    assert plan.issuer == "甲市人民政府办公室"
    assert plan.issued == date(2023, 2, 16)
    assert plan.addressees == ("各区人民政府", "市政府各委、办、局")
    assert [(citation.title, citation.document_number) for citation in plan.citations] == [
        ("公开条例", ""),
        ("省工作要点", "某政办〔2023〕2号"),
    ]


def test_front_on_one_line() -> None:
    tail = "为推进工作，提出如下意见。" + "坚持原则，把握方向。" * 40
    plan, _ = read(
        f"乙市人民政府关于推进改革的实施意见乙府发〔2021〕8号各区县人民政府，市政府各部门：{tail}一、任务（一）甲。（市财政局负责）"
    )
    assert (plan.title, plan.document_number, plan.level, plan.place) == (
        "乙市人民政府关于推进改革的实施意见",
        "乙府发〔2021〕8号",
        "city",
        "乙市",
    )
    assert plan.addressees == ("各区县人民政府", "市政府各部门")


def test_level_and_place() -> None:
    def issued_by(issuer: str) -> tuple[str, str]:
        plan, _ = read(f"{issuer}关于加强管理的通知\n1.甲。（财政部负责）")
        return plan.level, plan.place

    assert issued_by("国务院办公厅") == ("national", "")
    assert issued_by("浙江省人民政府") == ("province", "浙江省")
    assert issued_by("上海市青浦区人民政府办公室") == ("county", "上海市青浦区")
    assert issued_by("上海市人民政府") == ("province", "上海市")
    assert issued_by("中共甲乙市委办公室") == ("city", "甲乙市")
    assert issued_by("甲乙地区行署") == ("city", "甲乙地区")


@pytest.mark.parametrize(
    ("title", "place"),
    [("2023年甲乙市重点工作安排", "甲乙市"), ("关于进一步帮助市场主体的工作方案", ""), ("2023年市政府重点工作安排", "")],
)
def test_place_of_a_plan_without_issuer(title: str, place: str) -> None:
    plan, _ = read(f"{title}\n1.甲。（财政部负责）")
    assert plan.place == place


def test_metadata_wins_over_the_page() -> None:
    document = replace(make_document(NOTICE), metadata=(("issued", "2023-02-20"), ("title", "另一标题")))
    plan, _ = parse_document(document, get_rules())
    assert (plan.issued, plan.title) == (date(2023, 2, 20), "另一标题")


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("甲市2023年政务公开工作要点", 2023),
        ("甲市2023年度重点工作安排", 2023),
        ("甲市二〇二三年工作要点", 2023),
        ("甲市数字政府建设三年行动计划（2021—2023年）", 2021),
        ("甲市数字政府建设三年行动计划（2021年-2023年）", 2021),
        ("甲市2022年重点任务和2023年工作要点", None),
        ("甲市国民经济和社会发展第十四个五年规划和2035年远景目标纲要", None),
        ("甲市到2025年实现全覆盖的工作方案", None),
        ("甲市贯彻落实《某省2022年若干措施》工作方案", None),
        ("甲市政务公开工作要点", None),
    ],
)
def test_year_of_a_plan_without_a_day(title: str, year: int | None) -> None:
    plan, _ = read(f"{title}\n一、任务\n1.推进甲。（市财政局负责）\n")
    assert (plan.issued, plan.year) == (None, year)
    assert plan.as_of == (date(year, 1, 1) if year else None)


def test_year_of_the_document_number_comes_before_that_of_the_title() -> None:
    plan, _ = read("甲市2024年政务公开工作要点\n甲政办发〔2023〕60号\n一、任务\n1.推进甲。（市财政局负责）\n")
    assert (plan.issued, plan.year, plan.as_of) == (None, 2023, date(2023, 1, 1))


def test_a_day_of_issue_is_no_assumption() -> None:
    plan, _ = read(NOTICE)
    assert plan.as_of == plan.issued == date(2023, 2, 16)
