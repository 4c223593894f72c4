"""Heads of pages as sites show them: furniture, fields, joint issuers, signatures."""

from datetime import date

import pytest

from tests.parse.factories import read

BODY = "一、总体安排\n1.甲。（市财政局负责）\n2.乙。（市教育局负责）\n"


def head(text: str) -> tuple[str, str, date | None, str]:
    plan, _ = read(text)
    return plan.title, plan.issuer, plan.issued, plan.document_number


def test_furniture_before_the_title_is_no_part_of_it() -> None:
    text = (
        "返回首页\n当前位置：首页 > 政务公开 > 文件\n甲州新闻网\n"
        "智能问答 | 无障碍浏览 | |\n甲州市人民政府关于印发《甲州市河道整治方案》的通知\n"
        "来源：甲州日报 发布时间：2021-05-09 字体大小：\n甲政发〔2021〕3号\n各县（市、区）人民政府，市政府各部门：\n现印发给你们。\n"
        "甲州市人民政府\n2021年4月30日\n" + BODY
    )
    assert head(text) == ("甲州市河道整治方案", "甲州市人民政府", date(2021, 4, 30), "甲政发〔2021〕3号")
    assert read(text)[0].addressees == ("各县（市、区）人民政府", "市政府各部门")


def test_fields_of_a_page_fill_what_the_document_does_not_say() -> None:
    text = (
        "索引号：0021-33 公开方式：主动公开\n"
        "发文字号：甲办发〔2021〕7号 发布机构：甲州市教育局\n成文日期：2021-05-10\n甲州市校园安全工作方案\n" + BODY
    )
    assert head(text) == ("甲州市校园安全工作方案", "甲州市教育局", date(2021, 5, 10), "甲办发〔2021〕7号")


def test_day_on_which_a_page_was_shown_is_not_the_day_of_its_document() -> None:
    assert head("甲州市校园安全工作方案\n发布时间：2023-02-21 来源：本网\n" + BODY)[2] is None


@pytest.mark.parametrize(
    ("before", "issuer"),
    [
        ("中共甲州市委办公室　甲州市人民政府办公室\n印发《甲州市河道整治方案》的通知", "中共甲州市委办公室、甲州市人民政府办公室"),
        ("中共甲州市委办公室甲州市人民政府办公室关于印发《甲州市河道整治方案》的通知", "中共甲州市委办公室、甲州市人民政府办公室"),
        ("乙县教育局　乙县财政局\n乙县水利局\n关于印发《甲州市河道整治方案》的通知", "乙县教育局、乙县财政局、乙县水利局"),
        ("甲政发〔2021〕3号\n甲州市人民政府\n关于印发甲州市河道整治方案的通知", "甲州市人民政府"),
    ],
)
def test_issuer_before_the_title(before: str, issuer: str) -> None:
    assert head(f"{before}\n各县区人民政府：\n{BODY}")[:2] == ("甲州市河道整治方案", issuer)


@pytest.mark.parametrize(
    "signature", ["甲州市人民政府办公室\n2021年4月30日", "甲州市人民政府办公室\n（甲州市外事办公室代章）\n二〇二一年四月三十日"]
)
def test_issuer_from_the_signature(signature: str) -> None:
    before = "各县区人民政府：\n《甲州市河道整治方案》《甲州市渡口方案》已经市政府同意，现印发给你们。"
    text = f"{before}\n{signature}\n甲州市河道整治方案\n{BODY}"
    assert head(text)[1:3] == ("甲州市人民政府办公室", date(2021, 4, 30))


def test_several_bodies_sign() -> None:
    before = "关于印发《甲州市河道整治方案》的通知\n各县区：\n请遵照执行。"
    text = f"{before}\n乙县教育局\n乙县财政局\n2021年4月30日\n甲州市河道整治方案\n{BODY}"
    assert head(text)[1] == "乙县教育局、乙县财政局"


def test_issuer_whose_plan_the_title_says_it_is() -> None:
    assert head("东岭师范大学2024年工作要点\n校发〔2024〕5号\n" + BODY)[1] == "东岭师范大学"


def test_inner_marks_of_a_title_stay_marks_of_a_title() -> None:
    text = "关于印发《2020年〈政府工作报告〉责任分解方案》的通知\n各县区：\n请遵照执行。\n" + BODY
    assert head(text)[0] == "2020年《政府工作报告》责任分解方案"


def test_head_of_a_text_on_one_line() -> None:
    text = (
        "甲州市人民政府办公室关于印发2019年城市管理工作要点的通知 甲政办发(2019)12号 各县区人民政府,市政府各部门: 现印发给你们,请认真落实. "
        "甲州市人民政府办公室 2019年3月8日 2019年城市管理工作要点 一、甲 1.乙.(市财政局负责) 2.丙.(市教育局负责)"
    )
    assert head(text) == ("2019年城市管理工作要点", "甲州市人民政府办公室", date(2019, 3, 8), "甲政办发（2019）12号")


def test_number_of_another_document_is_not_its_own() -> None:
    text = "甲州市河道整治方案\n为贯彻《省河道整治方案》（省政发〔2020〕1号），制定本方案。\n" + BODY
    assert head(text)[3] == ""
