"""Tables that exercise every column: two plans, a collective with members, a reorganisation, empty and hostile values."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from kg.tables import SCHEMAS, Tables, make_tables

HOSTILE = {
    "quotes": 'it\'s "so" ```{}``` $x',
    "backslash": "a\\b\\n\\u0041\\'",
    "newline": "a\nb\r\nc\td\u2028e",
    "nul": "a\0b",
    "four-byte": "𠀀😀\U0010fffd",
    "long": "长" * 10_000,
    "markup": "</script><b>&amp;",
    "injection": "x'}) DETACH DELETE n //",
    "sparql": 'x" } ; DROP ALL #',
    "template": "{{x}} {0} %s %00",
}


def make_rows(plan_id: str, name: str = "市发展改革委") -> dict[str, list[dict[str, Any]]]:
    """Return the rows of one plan in which `name` stands wherever a name or a text can stand."""
    text = f"一、{name}\n1.办好{name}。（{name}牵头）\n"
    at = text.rindex(name)
    task = f"{plan_id}/task/1.1"
    lead = f"{task}/lead/310000.dr"
    duty = f"{task}/responsible/310000.districts"
    return {
        "plans": [
            {
                "plan_id": plan_id,
                "title": name,
                "document_number": "测发〔2017〕1号",
                "issuer": name,
                "issued": date(2017, 2, 23),
                "as_of": date(2017, 2, 23),
                "level": "city",
                "place": "",
                "addressees": [name, "", name],
                "notations": [],
                "source_name": name,
                "source_sha256": "0" * 64,
                "format": "text",
                "encoding": "utf-8",
                "tool_version": "0.1.0",
                "rules_sha256": "1" * 64,
                "text": text,
            }
        ],
        "sections": [
            {
                "section_id": f"{plan_id}/section/{path}",
                "plan_id": plan_id,
                "parent_id": f"{plan_id}/section/1" if path == "1.1" else plan_id,
                "path": path,
                "level": path.count(".") + 1,
                "number": "一",
                "label": "一、",
                "title": name,
                "kind": "heading",
                "ordinal": path.count(".") + 1,
                "start": 0,
                "end": 3,
            }
            for path in ("1", "1.1")
        ],
        "tasks": [
            {
                "task_id": f"{plan_id}/task/{path}",
                "plan_id": plan_id,
                "section_id": section,
                "path": path,
                "number": "1",
                "label": "1.",
                "text": name,
                "ordinal": ordinal,
                "start": 4,
                "end": 9,
            }
            for ordinal, (path, section) in enumerate([("1.1", f"{plan_id}/section/1.1"), ("p1", plan_id)], start=1)
        ],
        "agencies": [
            make_agency_row("310000.dr", name, "government"),
            make_agency_row("310000.districts", "各区政府", "collective", "closed"),
            make_agency_row("310101", "黄浦区政府", "district"),
            make_agency_row("310000.old", "市计委", "government"),
        ],
        "agency_names": [{"agency_key": "310000.dr", "name": other} for other in ("市发改委", f"{name}(旧)")],
        "memberships": [{"collective_key": "310000.districts", "member_key": "310101", "as_of": date(2017, 2, 23)}],
        "reorganisations": [
            {
                "event_id": "2003-1",
                "predecessor_key": "310000.old",
                "successor_key": "310000.dr",
                "effective": date(2003, 9, 1),
                "kind": "rename",
                "source": "synthetic",
            }
        ],
        "assignments": [
            make_assignment_row(lead, plan_id, task, "310000.dr", "lead", name),
            make_assignment_row(duty, plan_id, task, "310000.districts", "responsible", "各区政府"),
        ],
        "evidence": [
            {
                "evidence_id": f"{assignment}/{ordinal}",
                "assignment_id": assignment,
                "plan_id": plan_id,
                "ordinal": ordinal,
                "start": at,
                "end": at + len(name),
                "quote": name,
                "context_start": at - 1,
                "context_end": at + len(name) + 3,
                "context": f"（{name}牵头）",
                "notation": "verbs",
            }
            for assignment, ordinal in ((lead, 1), (lead, 2), (duty, 1))
        ],
        "deadlines": [
            {
                "deadline_id": f"{task}/deadline/1",
                "plan_id": plan_id,
                "task_id": task,
                "ordinal": 1,
                "expression": "年底前",
                "start": 4,
                "end": 7,
                "begins": None,
                "due": date(2017, 12, 31),
                "recurring": "",
            }
        ],
        "targets": [
            {
                "target_id": f"{task}/target/1",
                "plan_id": plan_id,
                "task_id": task,
                "ordinal": 1,
                "expression": "不少于15.5个",
                "start": 4,
                "end": 7,
                "minimum": 15.5,
                "maximum": None,
                "unit": "个",
                "comparison": ">=",
            }
        ],
        "citations": [
            {
                "citation_id": f"{plan_id}/citation/1",
                "plan_id": plan_id,
                "ordinal": 1,
                "title": name,
                "document_number": "",
                "start": 0,
                "end": 1,
            }
        ],
        "issues": [make_issue_row(plan_id, 1, name, 0), make_issue_row(plan_id, 2, name, None)],
        "account": [
            {"plan_id": plan_id, "start": 0, "end": 4, "kind": "heading", "reason": ""},
            {"plan_id": plan_id, "start": 4, "end": len(text), "kind": "skipped", "reason": name},
        ],
        "edits": [
            {
                "plan_id": plan_id,
                "ordinal": 1,
                "source_start": 0,
                "source_end": 5,
                "before": f"{name}(wéi)",
                "after": "",
                "kind": "pinyin",
                "rule": name,
            }
        ],
    }


def make_agency_row(key: str, label: str, kind: str, collective: str = "none") -> dict[str, Any]:
    return {
        "agency_key": key,
        "label": label,
        "full_name": f"上海市{label}",
        "label_en": "" if kind == "collective" else f"Body {key}",
        "kind": kind,
        "level": "city",
        "jurisdiction": "310000",
        "collective": collective,
        "valid_from": date(2003, 9, 1) if key == "310000.dr" else None,
        "valid_to": date(2003, 8, 31) if key == "310000.old" else None,
    }


def make_assignment_row(assignment_id: str, plan_id: str, task: str, agency: str, role: str, name: str) -> dict[str, Any]:
    return {
        "assignment_id": assignment_id,
        "plan_id": plan_id,
        "task_id": task,
        "agency_key": agency,
        "role": role,
        "position": 1,
        "role_basis": "verb",
        "inheritance": "own",
        "name": name,
        "surface_form": name,
        "resolution": "registry",
        "resolution_rule": "agencies.csv:310000.dr",
    }


def make_issue_row(plan_id: str, ordinal: int, name: str, start: int | None) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "ordinal": ordinal,
        "code": "unknown-name",
        "severity": "warning",
        "message": f"Nothing fits {name}.",
        "message_zh": f"{name}没有对应的机构。",
        "start": start,
        "end": None if start is None else start + 1,
        "words": name,
        "candidates": [name, "市财政局"] if start is not None else [],
    }


def to_tables(rows: dict[str, list[dict[str, Any]]]) -> Tables:
    """Return tables of plain rows."""
    return make_tables({table: pl.DataFrame(part, schema=SCHEMAS[table], orient="row") for table, part in rows.items()})


def make_sample(plan_id: str = "test-2017", name: str = "市发展改革委") -> Tables:
    """Return the tables of one plan."""
    return to_tables(make_rows(plan_id, name))


def make_two_plans() -> Tables:
    """Return two plans that share agencies, an agency that only the second names, and an issue of a document that was left out."""
    first, second = make_rows("test-2017"), make_rows("test-2018", "市发展改革委")
    rows = {table: [*first[table], *(row for row in second[table] if row not in first[table])] for table in first}
    rows["agencies"].append(make_agency_row("310000.ed", "市教委", "government"))
    rows["assignments"].append(
        make_assignment_row(
            "test-2018/task/p1/responsible/310000.ed", "test-2018", "test-2018/task/p1", "310000.ed", "responsible", "市教委"
        )
    )
    taught = {**second["evidence"][0], "evidence_id": "test-2018/task/p1/responsible/310000.ed/1"}
    rows["evidence"].append({**taught, "assignment_id": "test-2018/task/p1/responsible/310000.ed"})
    rows["issues"].append({**make_issue_row("", 1, "x", None), "code": "source-left-out"})
    return to_tables(rows)
