"""What stands between items and is no part of them, and what is said inside the lines of an item."""

from tests.parse.factories import codes, read, who

L, R, C = "lead", "responsible", "cooperate"


def test_bare_titles_of_the_next_items_are_no_part_of_the_item_above() -> None:
    text = (
        "重点改革\n1.推进改革。（市发改委负责）\n宣传培训：\n2.加强宣传。（市文化局负责）\n督查考核\n3.督查。\n责任单位：市政府办\n"
        "强化综合保障，提升服务水平\n4.落实经费。\n责任单位：市财政局"
    )
    plan, _ = read(text)
    assert [(task.path, task.text) for task in plan.tasks] == [
        ("1", "推进改革。"),
        ("2", "加强宣传。"),
        ("3", "督查。"),
        ("4", "落实经费。"),
    ]


def test_sentence_behind_who_does_an_item_is_part_of_it() -> None:
    plan, _ = read(
        "1.推进改革。\n责任单位：市发改委\n改革要分步推进，先试点，再推广。\n2.加强宣传。\n责任单位：市文化局\n宣传要有重点。\n3.督查。"
    )
    assert plan.tasks[0].text == "推进改革。改革要分步推进，先试点，再推广。"


def test_line_of_another_label_that_names_a_lead() -> None:
    text = (
        "1.推进改革。\n工作要求：由市发改委牵头，市财政局配合。\n责任单位：市教育局\n2.加强宣传。\n工作要求：各单位要认真配合。\n"
        "责任单位：市文化局\n3.联合攻关。\n工作要求：由企业牵头，高校配合。\n责任单位：市科技局"
    )
    assert who(text) == {
        "1": [("市发改委", L), ("市财政局", C), ("市教育局", R)],
        "2": [("市文化局", R)],
        "3": [("市科技局", R)],
    }
    assert codes(text) == []


def test_label_of_a_term_right_behind_a_verb() -> None:
    text = "1.推进改革。责任单位：市发改委牵头，市财政局、市数据中心配合完成时限：持续推进2.加强宣传。责任单位：市文化局"
    assert who(text) == {"1": [("市发改委", L), ("市财政局", C), ("市数据中心", C)], "2": [("市文化局", R)]}


def test_measures_of_an_item_in_one_line() -> None:
    text = (
        "一、任务（一）开办企业。工作措施：1.一表填报。2.免费印章。责任单位：市发改委（二）登记财产。工作措施：1.互联网登记。2.一次申报。"
        "责任单位：市财政局二、保障各单位要落实。"
    )
    assert who(text) == {"1.1": [("市发改委", R)], "1.2": [("市财政局", R)]}


def test_office_of_a_river_is_no_person() -> None:
    assert who("1.甲。（市长江办、市水利局负责）\n2.乙。（市文化局负责）")["1"] == [("市长江办", R), ("市水利局", R)]


def test_label_without_colon_behind_a_full_stop() -> None:
    text = "1.推进改革。责任单位为市发改委、财政局。\n2.加强宣传。牵头单位是市文化局。\n3.明确责任。责任单位为牵头推进工作的部门。"
    assert who(text) == {"1": [("市发改委", R), ("市财政局", R)], "2": [("市文化局", L)], "3": []}


def test_names_behind_a_semicolon_before_and_behind_the_next_label() -> None:
    text = "1.改革。\n牵头单位：市发改委；市财政局 责任单位：各区政府；各开发区\n2.宣传。\n牵头单位：市文化局"
    assert who(text)["1"] == [("市发改委", L), ("市财政局", L), ("各区政府", R), ("各开发区", R)]
