"""Tables for tests, made without the reading steps: from a gold file with synthetic sentences, or from a few rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kg.tables.frames import Tables, make_tables
from kg.tables.schema import SCHEMAS

REPOSITORY = Path(__file__).parents[2]
ROLE_WORDS = {
    "lead": "牵头单位",
    "jointLead": "共同牵头单位",
    "responsible": "责任单位",
    "participate": "参与单位",
    "cooperate": "配合单位",
    "supervise": "指导单位",
}
SEED = "shanghai-egov-2017"


@dataclass
class PlanRows:
    """What a test says of one plan: sections (path, number, title) and tasks (path, number, text, [(agency, role)])."""

    plan_id: str
    title: str
    sections: list[tuple[str, str, str]] = field(default_factory=list)
    tasks: list[tuple[str, str, str, list[tuple[str, str]]]] = field(default_factory=list)
    issues: list[tuple[str, str, str, str]] = field(default_factory=list)
    issued: date = date(2017, 2, 23)


def build_seed() -> Tables:
    """Return tables with the structure of the sample plan's gold and synthetic sentences."""
    return build_plans([read_gold(SEED)])


def read_gold(document: str) -> PlanRows:
    """Read a gold file into rows; the sentences are synthetic."""
    folder = REPOSITORY / "data" / "gold"
    plan = PlanRows(document, "2017年电子政务重点工作安排")
    sections = folder / f"{document}.sections.csv"
    if sections.exists():
        with sections.open(encoding="utf-8") as file:
            plan.sections = [(row["path"], row["number"], row["title"]) for row in csv.DictReader(file)]
    found: dict[str, tuple[str, str, str, list[tuple[str, str]]]] = {}
    with (folder / f"{document}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            task = found.setdefault(
                row["path"], (row["path"], row["number"], f"推进第{row['number']}项工作。完善机制，年底前建成平台。", [])
            )
            if row["agency"]:
                task[3].append((row["agency"], row["role"]))
    plan.tasks = list(found.values())
    return plan


def build_large(tasks: int = 5000, sections: int = 60, agencies: int = 200) -> Tables:
    """Return tables of a synthetic big plan; everything follows from the numbers."""
    plan = PlanRows("large", "大型计划")
    per_top = 6
    for number in range(sections):
        top, sub = divmod(number, per_top)
        if sub == 0:
            plan.sections.append((str(top + 1), str(top + 1), f"第{top + 1}方面重点工作"))
        plan.sections.append((f"{top + 1}.{sub + 1}", str(sub + 1), f"推进第{number + 1}类任务落实"))
    for number in range(tasks):
        top, sub = divmod(number * sections // tasks, per_top)
        lead = (number * 7 + number // 83) % agencies
        others = sorted({(lead + step * (number % 11 + 1)) % agencies for step in (1, 2)} - {lead})
        names = [(f"第{lead + 1}局", "lead"), *((f"第{other + 1}局", "responsible") for other in others)]
        plan.tasks.append((f"{top + 1}.{sub + 1}.{number + 1}", str(number + 1), f"完成第{number + 1}项工作。", names))
    return build_plans([plan])


def build_plans(plans: Iterable[PlanRows]) -> Tables:
    """Return checked tables for some plans."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    agencies: dict[str, str] = {}
    for plan in plans:
        _add_plan(plan, rows, agencies)
    for name, key in agencies.items():
        kind = "open" if "有关" in name or "各部门" in name else "closed" if name.startswith("各") else "none"
        rows["agencies"].append(
            _row(
                "agencies",
                agency_key=key,
                label=name,
                full_name=f"上海市{name}" if name.startswith("市") else name,
                kind="government",
                collective=kind,
            )
        )
    return make_tables({name: pl.DataFrame(values, schema=SCHEMAS[name], orient="row") for name, values in rows.items()})


def _row(table: str, **values: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {
        column: "" if dtype == pl.String() else [] if dtype == pl.List(pl.String()) else None for column, dtype in SCHEMAS[table].items()
    }
    return {**filled, **values}


def _add_plan(plan: PlanRows, rows: dict[str, list[dict[str, Any]]], agencies: dict[str, str]) -> None:
    text = ""
    section_ids = {path: f"{plan.plan_id}/section/{path}" for path, _, _ in plan.sections}
    for ordinal, (path, number, title) in enumerate(plan.sections, 1):
        parent = path.rpartition(".")[0]
        rows["sections"].append(
            _row(
                "sections",
                section_id=section_ids[path],
                plan_id=plan.plan_id,
                parent_id=section_ids.get(parent, plan.plan_id),
                path=path,
                level=path.count(".") + 1,
                number=number,
                label=f"{number}、" if "." not in path else f"（{number}）",
                title=title,
                kind="heading",
                ordinal=ordinal,
                start=0,
                end=0,
            )
        )
    for ordinal, task in enumerate(plan.tasks, 1):
        text += _add_task(plan, task, ordinal, len(text), section_ids, rows, agencies)
    for ordinal, (code, severity, message, words) in enumerate(plan.issues, 1):
        start = text.find(words) if words else -1
        rows["issues"].append(
            _row(
                "issues",
                plan_id=plan.plan_id,
                ordinal=ordinal,
                code=code,
                severity=severity,
                message=message,
                words=words,
                start=start if start >= 0 else None,
                end=start + len(words) if start >= 0 else None,
            )
        )
    rows["plans"].append(
        _row(
            "plans",
            plan_id=plan.plan_id,
            title=plan.title,
            issuer="上海市人民政府办公厅",
            issued=plan.issued,
            as_of=plan.issued,
            text=text,
            tool_version="0.1.0",
        )
    )


def _add_task(
    plan: PlanRows,
    task: tuple[str, str, str, list[tuple[str, str]]],
    ordinal: int,
    offset: int,
    section_ids: dict[str, str],
    rows: dict[str, list[dict[str, Any]]],
    agencies: dict[str, str],
) -> str:
    path, number, words, names = task
    task_id = f"{plan.plan_id}/task/{path}"
    section = section_ids.get(path.rpartition(".")[0], plan.plan_id)
    printed = f"{number}.{words}"
    spans: list[tuple[str, str, int]] = []
    bracket = len(printed)
    if names:
        printed += "（"
        for index, role in enumerate(dict.fromkeys(role for _, role in names)):
            printed += ("；" if index else "") + ROLE_WORDS[role] + "："
            for position, name in enumerate(name for name, has in names if has == role):
                printed += "、" if position else ""
                spans.append((name, role, len(printed)))
                printed += name
        printed += "）"
    end = len(printed)
    positions: dict[str, int] = {}
    for name, role, start in spans:
        key = agencies.setdefault(name, f"test.{len(agencies) + 1:03d}")
        positions[role] = positions.get(role, 0) + 1
        assignment = f"{task_id}/{role}/{key}"
        rows["assignments"].append(
            _row(
                "assignments",
                assignment_id=assignment,
                plan_id=plan.plan_id,
                task_id=task_id,
                agency_key=key,
                role=role,
                position=positions[role],
                role_basis="label",
                inheritance="own",
                name=name,
                surface_form=name,
                resolution="registry",
                resolution_rule="test",
            )
        )
        rows["evidence"].append(
            _row(
                "evidence",
                evidence_id=f"{assignment}/1",
                assignment_id=assignment,
                plan_id=plan.plan_id,
                ordinal=1,
                start=offset + start,
                end=offset + start + len(name),
                quote=name,
                context_start=offset + bracket,
                context_end=offset + end,
                context=printed[bracket:end],
                notation="bracket-colon",
            )
        )
    rows["tasks"].append(
        _row(
            "tasks",
            task_id=task_id,
            plan_id=plan.plan_id,
            section_id=section,
            path=path,
            number=number,
            label=f"{number}.",
            text=words,
            ordinal=ordinal,
            start=offset,
            end=offset + end,
        )
    )
    return printed + "\n"
