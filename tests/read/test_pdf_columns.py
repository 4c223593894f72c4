"""Pages of gazettes: two columns, read one after the other."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg.model import BlockKind

from .factories import FONT, read

LEFT = [
    "一、推进改革，任务由市发改委牵头办",
    "理，市财政局按职责分工配合，六月底",
    "前完成清单编制并向社会公布执行情况",
    "，各县区政府参照办理并按时报送情况",
    "，市审计局对资金使用情况开展监督检",
    "查，对进展慢的单位予以通报。",
    "二、强化服务，推动事项一次办成，压",
]
RIGHT = [
    "减时限三成以上，市政务服务局牵头落",
    "实，各县区政府负责本地区窗口建设与",
    "人员培训，年底前实现全覆盖并开展一",
    "次评估，评估结果纳入年度考核的内容",
    "，市统计局负责数据汇总与发布工作，",
    "市档案局负责资料归档。",
]


def set_page(left: Sequence[str], right: Sequence[str], *, title: str = "", shift: float = 0.0, number: float = 290.0) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setFont(FONT, 12)
    if title:
        canvas.drawCentredString(A4[0] / 2, 790, title)
    for x, lines, down in ((70, left, 0.0), (310, right, shift)):
        for row, line in enumerate(lines):
            canvas.drawString(x, 740 - 20 * row - down, line)
    canvas.drawString(number, 40, "- 7 -")
    canvas.save()
    return stream.getvalue()


def lines_of(data: bytes) -> list[str]:
    document, _ = read(data)
    return [b.span.slice(document.text) for b in document.blocks if b.kind is not BlockKind.FURNITURE]


def test_the_left_column_is_read_before_the_right_one() -> None:
    title = "某市人民政府办公室关于印发年度任务分工方案的通知"
    for shift in (0.0, 7.0):  # the lines of both columns need not stand at the same height
        assert lines_of(set_page(LEFT, RIGHT, title=title, shift=shift)) == [title, *LEFT, *RIGHT]


def test_a_page_number_in_either_corner_is_no_line_of_its_column() -> None:
    for number in (70.0, 500.0):
        document, _ = read(set_page(LEFT, RIGHT, number=number))
        assert document.text.splitlines() == [*LEFT, *RIGHT, "- 7 -"]
        assert document.blocks[-1].kind is BlockKind.FURNITURE


def test_labels_and_values_beside_each_other_are_no_columns() -> None:
    labels = ["牵头单位", "责任单位", "配合单位", "完成时限", "联系人员", "备注"]
    values = ["市发改委", "市财政局、市审计局", "各县区政府", "六月底前", "办公室", "无"]
    assert lines_of(set_page(labels, values)) == [f"{label} {value}" for label, value in zip(labels, values, strict=True)]
