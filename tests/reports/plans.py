"""Plans for tests of reports."""

from __future__ import annotations

from kg.tables.frames import Tables
from tests.views.factories import PlanRows, build_plans


def build_small() -> Tables:
    """Return a plan that is too small for measures, with a gap of most kinds."""
    return build_plans(
        [
            PlanRows(
                "small",
                "小计划",
                sections=[("1", "一", "推进改革"), ("2", "二", "加强保障")],
                tasks=[
                    ("1.1", "1", "建设平台。", [("市发展改革委", "lead"), ("市财政局", "responsible")]),
                    ("1.2", "2", "统一标准。", [("市发展改革委", "lead"), ("市经济信息化委", "lead")]),
                    ("2.3", "3", "落实经费。", [("市财政局", "responsible"), ("各区政府", "responsible")]),
                    ("2.4", "4", "加强宣传。", [("市政府有关部门", "responsible")]),
                    ("2.5", "5", "总结经验。", []),
                ],
                issues=[("unread-responsibility", "warning", "A bracket could not be read.", "总结经验")],
            )
        ]
    )


def build_middle() -> Tables:
    """Return a plan just large enough for measures: 36 tasks, 12 agencies, 4 sections."""
    names = [f"市{letter}局" for letter in "甲乙丙丁戊己庚辛壬癸子丑"]
    tasks = []
    for number in range(36):
        section = number // 9 + 1
        lead = names[number % 3] if section < 4 else names[3]
        other = names[4 + (number * 5 + section) % 8]
        tasks.append((f"{section}.{number + 1}", str(number + 1), f"完成第{number + 1}项工作。", [(lead, "lead"), (other, "responsible")]))
    sections = [(str(number), "一二三四"[number - 1], f"第{number}方面") for number in range(1, 5)]
    return build_plans([PlanRows("middle", "中等计划", sections=sections, tasks=tasks)])
