"""A graph small enough to answer every question by hand.

Plan p17: section 1 平台 has the tasks 1.1 and 1.2, section 2 数据 has 2.1, 2.2 and 2.3. Plan p18 has the task 1 and no section.

====== ============================================== =========================================
task   lead                                           others
====== ============================================== =========================================
1.1    经信委 (ei)                                    财政局 (fin), 教委 (edu) responsible
1.2    经信委 (ei)                                    财政局 (fin) responsible
2.1    规土局 (old)                                   经信委 (ei) cooperates
2.2    –                                              各区政府 (districts), 有关部门 (some) responsible
2.3    –                                              –
p18 1  教委 (edu) and 自资局 (new), jointly           不明中心 (p18.x1) responsible
====== ============================================== =========================================

规土局 became 规资局 (mid) and that 自资局 (new). 教委 and 规土局 share no task; 经信委 stands between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kg.tables import Tables
from tests.convert.samples import make_agency_row, make_assignment_row, make_rows, to_tables

Rows = dict[str, list[dict[str, Any]]]

_ASSIGNMENTS = (
    ("p17", "1.1", "lead", "ei", "经信委"),
    ("p17", "1.1", "responsible", "fin", "财政局"),
    ("p17", "1.1", "responsible", "edu", "教委"),
    ("p17", "1.2", "lead", "ei", "经信委"),
    ("p17", "1.2", "responsible", "fin", "市财政"),
    ("p17", "2.1", "lead", "old", "规土局"),
    ("p17", "2.1", "cooperate", "ei", "经信委"),
    ("p17", "2.2", "responsible", "districts", "各区政府"),
    ("p17", "2.2", "responsible", "some", "有关部门"),
    ("p18", "1", "jointLead", "edu", "教委"),
    ("p18", "1", "jointLead", "new", "自资局"),
    ("p18", "1", "responsible", "p18.x1", "不明中心"),
)


def make_scenario(more: Sequence[tuple[str, str, str, str, str]] = ()) -> Tables:
    """Return the graph that the module describes, with `more` assignments (plan, task, role, key, name)."""
    rows: Rows = {name: [] for name in make_rows("p17")}
    for plan_id in ("p17", "p18"):
        _add_plan(rows, plan_id)
    for plan_id, path, role, key, name in (*_ASSIGNMENTS, *more):
        _add_assignment(rows, plan_id, path, role, key, name)
    rows["agencies"] = [
        *(make_agency_row(key, label, "government") for key, label in [("ei", "经信委"), ("fin", "财政局"), ("edu", "教委")]),
        *(make_agency_row(key, label, "government") for key, label in [("old", "规土局"), ("mid", "规资局"), ("new", "自资局")]),
        make_agency_row("huangpu", "黄浦区政府", "district"),
        make_agency_row("districts", "各区政府", "collective", "closed"),
        make_agency_row("some", "有关部门", "collective", "open"),
        make_agency_row("p18.x1", "不明中心", "unknown"),
    ]
    rows["agency_names"] = [{"agency_key": "fin", "name": "市财政"}]
    rows["memberships"] = [{"collective_key": "districts", "member_key": "huangpu", "as_of": date(2017, 2, 23)}]
    rows["reorganisations"] = [
        {"event_id": f"{old}-{new}", "predecessor_key": old, "successor_key": new, "effective": day, "kind": "merge", "source": "synthetic"}
        for old, new, day in (("old", "mid", date(2018, 11, 1)), ("mid", "new", date(2023, 1, 1)))
    ]
    return to_tables(rows)


def _add_plan(rows: Rows, plan_id: str) -> None:
    sample = make_rows(plan_id)
    rows["plans"] += sample["plans"]
    sections = [("1", "平台"), ("2", "数据")] if plan_id == "p17" else []
    for ordinal, (path, title) in enumerate(sections, start=1):
        section = {**sample["sections"][0], "section_id": f"{plan_id}/section/{path}", "path": path, "title": title, "ordinal": ordinal}
        rows["sections"].append(section)
    paths = ["1.1", "1.2", "2.1", "2.2", "2.3"] if plan_id == "p17" else ["1"]
    for ordinal, path in enumerate(paths, start=1):
        section_id = f"{plan_id}/section/{path[0]}" if sections else plan_id
        task = {"task_id": f"{plan_id}/task/{path}", "section_id": section_id, "path": path, "text": f"办好{path}", "ordinal": ordinal}
        rows["tasks"].append({**sample["tasks"][0], **task})
    if plan_id == "p17":
        for number, (path, due) in enumerate([("1.1", date(2017, 6, 30)), ("2.2", date(2017, 12, 31)), ("2.1", None)], start=1):
            deadline = {"deadline_id": f"p17/task/{path}/deadline/{number}", "task_id": f"p17/task/{path}", "ordinal": number, "due": due}
            rows["deadlines"].append({**sample["deadlines"][0], **deadline})
        rows["targets"].append({**sample["targets"][0], "target_id": "p17/task/1.2/target/1", "task_id": "p17/task/1.2"})
        for number, (title, printed) in enumerate([("规划", "国发〔2016〕1号"), ("意见", "")], start=1):
            citation = {"citation_id": f"p17/citation/{number}", "ordinal": number, "title": title, "document_number": printed}
            rows["citations"].append({**sample["citations"][0], **citation})


def _add_assignment(rows: Rows, plan_id: str, path: str, role: str, key: str, name: str) -> None:
    task = f"{plan_id}/task/{path}"
    assignment = make_assignment_row(f"{task}/{role}/{key}", plan_id, task, key, role, name)
    if key == "p18.x1":
        assignment["resolution"] = "unresolved"
    rows["assignments"].append(assignment)
    evidence = {
        **make_rows(plan_id)["evidence"][0],
        "evidence_id": f"{task}/{role}/{key}/1",
        "assignment_id": f"{task}/{role}/{key}",
        "quote": name,
        "context": f"（{name}……）",
    }
    rows["evidence"].append(evidence)
