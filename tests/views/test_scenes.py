"""kg.views.facts and kg.views.scenes: what is in which picture."""

from __future__ import annotations

from itertools import combinations

from kg.views.facts import collect_facts
from kg.views.scenes import MOST_AGENCIES, MOST_IN_PART, MOST_LINES, MOST_TASKS, Scene, make_scenes
from tests.views.factories import PlanRows, build_large, build_plans, build_seed

SMALL = PlanRows(
    "p",
    "小计划",
    sections=[("1", "一", "推进改革"), ("1.1", "一", "优化服务"), ("2", "二", "加强保障")],
    tasks=[
        ("1.1.1", "1", "建设平台。", [("市发展改革委", "lead"), ("市财政局", "responsible")]),
        ("2.2", "2", "落实经费。", [("市财政局", "lead"), ("各区政府", "responsible"), ("市财政局", "supervise")]),
        ("2.3", "3", "无人负责。", []),
    ],
)


def draw_edges(scene: Scene) -> set[tuple[str, str, str]]:
    labels = {node.key: node.label for node in scene.nodes}
    return {(labels[edge.source], labels[edge.target].replace("\n", ""), edge.role) for edge in scene.edges}


def test_facts_of_a_small_plan() -> None:
    facts = collect_facts(build_plans([SMALL]))
    assert [(section.label, section.title, section.parent) for section in facts.sections] == [
        ("", "小计划", -1),
        ("一、", "推进改革", 0),
        ("（一）", "优化服务", 1),
        ("二、", "加强保障", 0),
    ]
    assert [(task.number, task.section, task.text) for task in facts.tasks] == [
        ("1", 2, "建设平台。"),
        ("2", 3, "落实经费。"),
        ("3", 3, "无人负责。"),
    ]
    assert [(agency.label, agency.collective) for agency in facts.agencies] == [
        ("市发展改革委", False),
        ("市财政局", False),
        ("各区政府", True),
    ]
    for assignment in facts.assignments:
        ((context, start, end),) = assignment.quotes
        assert facts.contexts[context][start:end] == facts.agencies[assignment.agency].label


def test_labels_break_into_lines_of_about_one_length_and_not_before_a_mark_that_closes() -> None:
    names = [
        ("市园林绿化中心（市林长办）", "lead"),
        ("县城市管理和综合执法局", "responsible"),
        ("省住房和城乡建设厅（省人民防空办公室）", "responsible"),
    ]
    plan = PlanRows("p", "小计划", sections=[("1", "一", "着力提升政府效能")], tasks=[("1.1", "1", "建园。", names)])
    (scene,) = make_scenes(collect_facts(build_plans([plan])))
    assert {node.label for node in scene.nodes if node.group in ("agency", "section", "chapter")} == {
        "市园林绿化中\n心（市林长办）",
        "县城市管理和综合执法局",
        "省住房和城乡建设厅\n（省人民防空办公室）",
        "一、着力提\n升政府效能",
    }


def test_the_picture_of_a_small_plan_has_every_task_agency_and_section() -> None:
    (scene,) = make_scenes(collect_facts(build_plans([SMALL])))
    assert {(node.label, node.group) for node in scene.nodes} == {
        ("1", "task"),
        ("2", "task"),
        ("3", "task"),
        ("市发展改革委", "agency"),
        ("市财政局", "agency"),
        ("各区政府", "collective"),
        ("（一）优化服务", "section"),
        ("二、加强保障", "section"),
        ("一、推进改革", "chapter"),
    }
    assert draw_edges(scene) == {
        ("1", "（一）优化服务", "belongs"),
        ("2", "二、加强保障", "belongs"),
        ("3", "二、加强保障", "belongs"),
        ("市发展改革委", "1", "lead"),
        ("市财政局", "1", "responsible"),
        ("市财政局", "2", "lead"),
        ("市财政局", "2", "supervise"),
        ("各区政府", "2", "responsible"),
    }


def test_the_sample_is_one_picture_with_each_assignment_once() -> None:
    (scene,) = make_scenes(collect_facts(build_seed()))
    drawn = sorted(index for edge in scene.edges for index in edge.assignments)
    assert drawn == list(range(128))
    boxes = [node for node in scene.nodes if node.group == "agency"]
    assert not [1 for one, other in combinations(boxes, 2) if (one.x, one.y) == (other.x, other.y)]


def test_several_plans_have_an_overview_and_a_picture_each() -> None:
    other = PlanRows("q", "另一计划", tasks=[("1", "1", "做事。", [("市财政局", "responsible")])])
    scenes = make_scenes(collect_facts(build_plans([SMALL, other])))
    assert [(scene.kind, scene.subject) for scene in scenes] == [("overview", ""), ("plan", "s0"), ("plan", "s1")]
    assert ("市财政局", "另一计划", "several") in draw_edges(scenes[0])


def test_a_large_plan_is_agencies_by_sections_with_pictures_to_switch_to() -> None:
    facts = collect_facts(build_large(tasks=400, sections=12, agencies=90))
    scenes = make_scenes(facts)
    assert len(facts.tasks) > MOST_TASKS
    overview = scenes[0]
    assert overview.kind == "overview"
    assert {node.group for node in overview.nodes} == {"agency", "section", "chapter"}
    assert sum(node.group == "agency" for node in overview.nodes) == MOST_AGENCIES
    assert sum(edge.strong for edge in overview.edges) == min(MOST_LINES, len(overview.edges))
    weakest = min(len(edge.assignments) for edge in overview.edges if edge.strong)
    assert all(len(edge.assignments) <= weakest for edge in overview.edges if not edge.strong)
    # Every assignment can be reached in the picture of its section and in that of its agency.
    for kind in ("section", "agency"):
        reached = sorted(index for scene in scenes if scene.kind == kind for edge in scene.edges for index in edge.assignments)
        assert reached == list(range(len(facts.assignments)))


def test_a_plan_without_sections_is_cut_into_parts() -> None:
    tasks = [(str(number), str(number), f"第{number}项。", [("市财政局", "responsible")]) for number in range(1, 301)]
    scenes = make_scenes(collect_facts(build_plans([PlanRows("flat", "平铺计划", tasks=tasks)])))
    parts = [(scene.kind, scene.part, sum(node.group == "task" for node in scene.nodes)) for scene in scenes]
    assert parts == [
        ("overview", "", 0),
        ("section", "1–120", MOST_IN_PART),
        ("section", "121–240", MOST_IN_PART),
        ("section", "241–300", 60),
        ("agency", "1–120", MOST_IN_PART),
        ("agency", "121–240", MOST_IN_PART),
        ("agency", "241–300", 60),
    ]
