"""Names that no rule resolves are the same party where place and words are the same, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

from kg.compare import Comparison, compare_tables
from kg.model import CollectiveKind, Resolution, ResolvedPlan, Role
from kg.tables import build_tables
from tests.factories import make_resolved_plan

TEXT = "推进公共资源交易服务平台建设和应用，逐步推动向电子化平台转变。"


def _make(
    plan_id: str,
    parties: dict[str, Role],
    *,
    own: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
    place: str = "测试市",
) -> ResolvedPlan:
    """Return a plan of one task; `own` names get keys of the plan alone, in the order given, others keys of a registry."""
    plan = make_resolved_plan(plan_id, [(f"{TEXT}（{'、'.join(parties)}）", list(parties.items()))])
    keys = {name: f"{plan_id}.x{own.index(name) + 1}" if name in own else f"r.{name}" for name in parties}
    keys |= {name: f"{plan_id}.c{number}" for number, name in enumerate(groups, 1)}
    agencies = tuple(
        replace(agency, key=keys[agency.label], collective=CollectiveKind.OPEN if agency.label in groups else CollectiveKind.NONE)
        for agency in plan.agencies
    )
    decisions = tuple(
        replace(decision, agency_key=keys[decision.name], resolution=Resolution.UNRESOLVED if decision.name in own else Resolution.REGISTRY)
        for decision in plan.decisions
    )
    return replace(plan, plan=replace(plan.plan, place=place), agencies=agencies, decisions=decisions)


def _compare(first: ResolvedPlan, second: ResolvedPlan) -> Comparison:
    return compare_tables(build_tables([first]), build_tables([second]))


def _parties(comparison: Comparison) -> tuple[bool, list[str], list[str]]:
    row = comparison.tasks.row(0, named=True)
    return row["lead_changed"], row["partners_added"], row["partners_dropped"]


def test_the_same_unknown_name_is_the_same_party() -> None:
    # The numbers of the keys differ: in the second plan the lead is x2.
    first = _make("a", {"市甲中心": Role.LEAD, "市乙中心": Role.RESPONSIBLE}, own=("市甲中心", "市乙中心"))
    second = _make("b", {"市乙中心": Role.RESPONSIBLE, "市甲中心": Role.LEAD}, own=("市乙中心", "市甲中心"))
    comparison = _compare(first, second)
    assert _parties(comparison) == (False, [], [])
    assert comparison.by_name == ("市乙中心", "市甲中心")
    assert comparison.load.sort("label").select("label", "tasks_a", "tasks_b").rows() == [("市乙中心", 1, 1), ("市甲中心", 1, 1)]


def test_a_name_that_plans_of_a_place_share_is_its_own_still() -> None:
    # In a build with an earlier plan the name has the key of that one; here only the later plan is compared.
    shared = _make("b", {"市甲中心": Role.LEAD}, own=("市甲中心",))
    decision, agency = shared.decisions[0], shared.agencies[0]
    first = replace(shared, agencies=(replace(agency, key="a.x3"),), decisions=(replace(decision, agency_key="a.x3"),))
    comparison = _compare(first, _make("c", {"市甲中心": Role.LEAD}, own=("市甲中心",)))
    assert _parties(comparison) == (False, [], [])
    assert comparison.by_name == ("市甲中心",)


def test_one_key_of_two_builds_may_mean_two_names() -> None:
    comparison = _compare(_make("a", {"市甲中心": Role.LEAD}, own=("市甲中心",)), _make("a", {"市乙中心": Role.LEAD}, own=("市乙中心",)))
    assert _parties(comparison) == (True, [], [])
    assert comparison.tasks.row(0, named=True)["leads_b"] == ["市乙中心"]
    assert comparison.by_name == ()


def test_a_name_that_one_side_resolves() -> None:
    comparison = _compare(_make("a", {"市甲中心": Role.LEAD}, own=("市甲中心",)), _make("b", {"市甲中心": Role.LEAD}))
    assert _parties(comparison) == (False, [], [])
    assert comparison.by_name == ("市甲中心",)
    assert comparison.load["agency_key"].to_list() == ["r.市甲中心"]


def test_the_same_words_of_two_places_are_two_parties() -> None:
    first = _make("a", {"市甲中心": Role.LEAD}, own=("市甲中心",), place="测试市")
    second = _make("b", {"市甲中心": Role.LEAD}, own=("市甲中心",), place="另一市")
    assert _parties(_compare(first, second)) == (True, [], [])


def test_groups_that_nobody_defined() -> None:
    first = _make("a", {"各成员单位": Role.RESPONSIBLE}, groups=("各成员单位",))
    second = _make("b", {"各成员单位": Role.RESPONSIBLE, "市财政局": Role.RESPONSIBLE}, groups=("各成员单位",))
    comparison = _compare(first, second)
    assert _parties(comparison) == (False, ["市财政局"], [])
    assert comparison.by_name == ("各成员单位",)


def test_resolved_names_need_no_words() -> None:
    assert _compare(_make("a", {"市财政局": Role.LEAD}), _make("b", {"市财政局": Role.LEAD})).by_name == ()
