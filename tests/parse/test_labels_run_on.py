"""Labels that run on in one paragraph, with labels of no list between them."""

from tests.parse.factories import codes, who

R, L, C = "responsible", "lead", "cooperate"

RUN_ON = (
    "1.开通轻轨。 牵头领导:张某某 责任单位:市轨道指挥部 项目责任人:尹某某 实际完成情况:4月30日通车,形成、完善、延伸三条线路。 "
    "2.安装设备。 责任单位:市公安局 项目责任人:王某某 配合单位:市城管局、市财政局 实际完成情况:设备安装、线路铺设完成过半,按计划推进。"
)


def test_unknown_label_ends_the_names_before_it() -> None:
    assert who(RUN_ON) == {
        "1": [("市轨道指挥部", R)],
        "2": [("市公安局", R), ("市城管局", C), ("市财政局", C)],
    }


def test_unknown_label_is_reported() -> None:
    assert "unknown-label" in codes(RUN_ON)


def test_colon_inside_a_bracket_of_a_name_ends_nothing() -> None:
    text = "1.甲。（责任单位：市教育局（电教组：校外组）、市民政局）\n2.乙。（责任单位：市财政局）"
    assert who(text)["1"] == [("市教育局（电教组：校外组）", R), ("市民政局", R)]
