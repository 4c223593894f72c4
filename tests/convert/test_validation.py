"""What the shapes find, and the sentence behind it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.convert import BASE, to_quads
from kg.convert.ontology import read_shapes
from kg.convert.validation import Finding, validate, validate_quads
from kg.convert.vocabulary import expand
from tests.convert.samples import make_rows, to_tables

Rows = dict[str, list[dict[str, Any]]]
TASK = f"{BASE}plan/test-2017/task/1.1"


def make_clean() -> Rows:
    """Return rows that the shapes have nothing to say against."""
    rows = make_rows("test-2017")
    rows["tasks"] = rows["tasks"][:1]
    for piece in rows["evidence"]:
        text = rows["plans"][0]["text"]
        assert text[piece["start"] : piece["end"]] == piece["quote"]
    return rows


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str]]:
    return [(found.level, found.node.removeprefix(BASE), found.message, found.sentence) for found in findings]


def test_a_clean_plan_has_no_findings() -> None:
    assert validate(to_tables(make_clean())) == ()


def drop_lead(rows: Rows) -> None:
    rows["assignments"][0] |= {"role": "responsible"}
    extra = {**rows["tasks"][0], "task_id": "test-2017/task/2", "path": "2", "ordinal": 2, "text": "别的事"}
    lead = {**rows["assignments"][0], "assignment_id": "test-2017/task/2/lead/310000.dr", "task_id": "test-2017/task/2", "role": "lead"}
    rows["tasks"].append(extra)
    rows["assignments"].append(lead)
    rows["evidence"].append(
        {**rows["evidence"][0], "evidence_id": "test-2017/task/2/lead/310000.dr/1", "assignment_id": lead["assignment_id"]}
    )


def two_leads(rows: Rows) -> None:
    rows["assignments"][1]["role"] = "lead"


def nobody(rows: Rows) -> None:
    rows["tasks"].append({**rows["tasks"][0], "task_id": "test-2017/task/2", "path": "2", "ordinal": 2, "text": "无人之事"})


def unresolved(rows: Rows) -> None:
    rows["assignments"][0]["resolution"] = "unresolved"


def no_members(rows: Rows) -> None:
    rows["memberships"] = []


def no_day(rows: Rows) -> None:
    rows["deadlines"][0]["due"] = None


def no_date(rows: Rows) -> None:
    rows["plans"][0]["issued"] = rows["plans"][0]["as_of"] = None


def no_day_but_a_year(rows: Rows) -> None:
    rows["plans"][0] |= {"issued": None, "as_of": date(2017, 1, 1)}


def wrong_quote(rows: Rows) -> None:
    rows["evidence"][0]["start"] += 1
    rows["evidence"][0]["end"] += 1


def wrong_context(rows: Rows) -> None:
    rows["evidence"][0]["context"] = "（市财政局牵头）"


def no_evidence(rows: Rows) -> None:
    rows["evidence"] = [piece for piece in rows["evidence"] if "responsible" not in piece["assignment_id"]]


def wrong_way_round(rows: Rows) -> None:
    rows["targets"][0] |= {"minimum": 20.0, "maximum": 10.0}


def odd_basis(rows: Rows) -> None:
    rows["assignments"][0]["role_basis"] = "guess"


WORDS = "（市发展改革委牵头）"
CASES: list[tuple[Callable[[Rows], None], list[tuple[str, str, str, str]]]] = [
    (
        drop_lead,
        [
            (
                "warning",
                "plan/test-2017/task/1.1",
                "Others are named, but nobody leads the task, in a plan that names leads.",
                "市发展改革委",
            )
        ],
    ),
    (two_leads, [("warning", "plan/test-2017/task/1.1", "Several agencies lead the task.", "市发展改革委")]),
    (nobody, [("warning", "plan/test-2017/task/2", "Nobody is responsible for the task.", "无人之事")]),
    (unresolved, [("warning", "plan/test-2017/task/1.1/lead/310000.dr", "The name leads to no known agency.", WORDS)]),
    (no_members, [("warning", "agency/310000.districts", "The group is closed, but its members are not known.", WORDS)]),
    (no_day, [("warning", "plan/test-2017/task/1.1/deadline/1", "The deadline could not be read as a date.", "市发展改革委")]),
    (
        no_date,
        [
            ("warning", "plan/test-2017", "The plan has no day of issue.", "市发展改革委"),
            ("warning", "plan/test-2017", "The plan has no date, so its names are resolved without one.", "市发展改革委"),
        ],
    ),
    (no_day_but_a_year, [("warning", "plan/test-2017", "The plan has no day of issue.", "市发展改革委")]),
    (
        wrong_quote,
        [("violation", "plan/test-2017/task/1.1/lead/310000.dr/1", "The quote is not what stands at its place in the plan's text.", WORDS)],
    ),
    (
        wrong_context,
        [
            (
                "violation",
                "plan/test-2017/task/1.1/lead/310000.dr/1",
                "The context is not what stands at its place in the plan's text.",
                "（市财政局牵头）",
            )
        ],
    ),
    (
        no_evidence,
        [
            (
                "violation",
                "plan/test-2017/task/1.1/responsible/310000.districts",
                "No assignment without the characters it was read from.",
                "市发展改革委",
            )
        ],
    ),
    (
        wrong_way_round,
        [("violation", "plan/test-2017/task/1.1/target/1", "The least value is not above the greatest.", "市发展改革委")],
    ),
    (odd_basis, [("violation", "plan/test-2017/task/1.1/lead/310000.dr", "The basis of the role is none of the known ones.", WORDS)]),
]


@pytest.mark.parametrize(("damage", "expected"), CASES, ids=[damage.__name__ for damage, _ in CASES])
def test_finds(damage: Callable[[Rows], None], expected: list[tuple[str, str, str, str]]) -> None:
    rows = make_clean()
    damage(rows)
    assert brief(validate(to_tables(rows))) == expected


def test_says_it_in_chinese_too() -> None:
    rows = make_clean()
    two_leads(rows)
    (found,) = validate(to_tables(rows))
    assert found.message_zh == "任务有多个牵头单位。"


def test_finds_a_direct_edge_without_an_assignment() -> None:
    quads = to_quads(to_tables(make_clean()))
    edge = Quad(NamedNode(f"{BASE}agency/310101"), NamedNode(expand("duty:leads")), NamedNode(TASK), NamedNode(f"{BASE}graph/derived"))
    (found,) = validate_quads([*quads, edge])
    assert (found.level, found.node, found.path, found.sentence) == ("violation", TASK, "duty:leads", "市发展改革委")
    assert found.message == "A direct edge to the task has no assignment behind it."


def test_finds_an_assignment_whose_direct_edge_is_missing() -> None:
    quads = to_quads(to_tables(make_clean()))
    edge = [quad for quad in quads if quad.predicate == NamedNode(expand("duty:leads")) and quad.object == NamedNode(TASK)]
    assert edge
    (found,) = validate_quads([quad for quad in quads if quad not in edge])
    assert (found.level, found.node, found.message) == (
        "violation",
        f"{TASK}/lead/310000.dr",
        "An assignment has no direct edge from its agency to its task.",
    )
    assert found.path == "duty:leads"


def test_every_property_has_a_target_of_its_own() -> None:
    """Properties of a node shape are checked node by node, which takes many times as long; so is a SPARQL constraint put to every node."""
    from rdflib import RDF, SH

    shapes = read_shapes()
    assert set(shapes.subjects(SH.property)) == set()
    properties = list(shapes.subjects(RDF.type, SH.PropertyShape))
    assert len(properties) > 30
    assert [shape for shape in properties if not list(shapes.objects(shape, SH.targetClass))] == []


def test_finds_a_role_that_is_no_concept() -> None:
    quads = [quad for quad in to_quads(to_tables(make_clean())) if quad.object != NamedNode(expand("duty:lead"))]
    lead = NamedNode(f"{TASK}/lead/310000.dr")
    found = validate_quads([*quads, Quad(lead, NamedNode(expand("duty:role")), NamedNode(expand("duty:boss")))])
    assert ("violation", "An assignment has exactly one of the roles.") in {(finding.level, finding.message) for finding in found}


def test_finds_an_agency_that_is_also_a_group() -> None:
    quads = to_quads(to_tables(make_clean()))
    both = Quad(NamedNode(f"{BASE}agency/310000.dr"), NamedNode(expand("rdf:type")), NamedNode(expand("duty:CollectiveAgency")))
    assert "An agency is no group." in {finding.message for finding in validate_quads([*quads, both])}


def test_finds_two_labels_in_one_language() -> None:
    quads = to_quads(to_tables(make_clean()))
    label = Quad(NamedNode(f"{BASE}agency/310000.dr"), NamedNode(expand("skos:prefLabel")), Literal("别名", language="zh"))
    (found,) = validate_quads([*quads, label])
    assert (found.level, found.message, found.path) == (
        "violation",
        "An agency has one preferred label in each language.",
        "skos:prefLabel",
    )


def test_a_plan_as_large_as_real_ones_takes_seconds() -> None:
    """Patterns in the wrong order made a plan of 54 tasks and 3,000 edits take many minutes."""
    rows = make_clean()
    task, lead, piece, edit = rows["tasks"][0], rows["assignments"][0], rows["evidence"][0], rows["edits"][0]
    for number in range(2, 102):
        task_id = f"test-2017/task/{number}"
        rows["tasks"].append({**task, "task_id": task_id, "path": str(number), "ordinal": number})
        for role in ("lead", "responsible"):
            assignment_id = f"{task_id}/{role}/310000.dr"
            rows["assignments"].append({**lead, "assignment_id": assignment_id, "task_id": task_id, "role": role})
            rows["evidence"].append({**piece, "evidence_id": f"{assignment_id}/1", "assignment_id": assignment_id})
    rows["edits"] += [{**edit, "ordinal": number} for number in range(2, 3002)]
    tables = to_tables(rows)
    begun = time.process_time()
    assert validate(tables) == ()
    assert time.process_time() - begun < 20
