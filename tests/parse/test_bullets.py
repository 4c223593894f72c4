"""Paragraphs with bullets that say who does them: tasks of their own beside the items, or steps of an item."""

from tests.parse.factories import read, who

ITEMS = "一、任务\n1.推进改革。（市发改委负责）\n2.加强宣传。（市文化局负责）\n"


def test_paragraphs_with_bullets_below_the_last_item_are_tasks_beside_it() -> None:
    text = f"{ITEMS}★开展培训。（市人社局牵头，市教育局配合）\n★落实经费。（市财政局负责）\n二、保障\n3.加强督查。（市政府办负责）"
    plan, _ = read(text)
    assert {task.path: [mention.name for mention in task.mentions] for task in plan.tasks} == {
        "1.1": ["市发改委"],
        "1.2": ["市文化局"],
        "1.p1": ["市人社局", "市教育局"],
        "1.p2": ["市财政局"],
        "2.3": ["市政府办"],
    }
    assert [task.text for task in plan.tasks][1:4] == ["加强宣传。", "开展培训。", "落实经费。"]


def test_bullets_in_several_items_are_their_steps() -> None:
    text = "1.改革。（市发改委负责）\n●试点。（市财政局负责）\n2.宣传。（市文化局负责）\n●活动。（市教育局负责）"
    assert list(who(text)) == ["1", "2"]
    assert [name for name, _ in who(text)["2"]] == ["市文化局", "市教育局"]


def test_item_over_paragraphs_with_bullets_is_a_heading() -> None:
    text = "1.改革。（市发改委负责）\n2.宣传：\n●活动。（市文化局负责）\n●报道。（市教育局负责）"
    assert list(who(text)) == ["1", "2.p1", "2.p2"]
