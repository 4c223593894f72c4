"""Feet of pages below a plan: who runs the site is responsible for no task."""

import pytest

from tests.parse.factories import read, who

PLAN = "一、优化服务\n1.推进改革。\n牵头单位：县发展改革局\n责任单位：县财政局\n2.修路。\n牵头单位：县交通局\n"
ROLES = {"1.1": [("县发展改革局", "lead"), ("县财政局", "responsible")], "1.2": [("县交通局", "lead")]}


@pytest.mark.parametrize(
    "foot",
    [
        "主办单位：甲县人民政府\n承办单位：甲县数据局\n网站标识码：5301000001\n",
        "主办：甲县人民政府 承办：甲县数据局\n",
        "【打印】 【关闭】\n上一篇：甲县公报\n\n主办单位：甲县人民政府\n地址：甲县大街1号\n滇ICP备05000000号\n",
        "版权所有：甲县人民政府 技术支持：乙公司\n",
        "上一篇：没有了\n下一篇：二、关于某县工作要点的通知\n",
        "【打印本页】 【关闭窗口】\n",
        "打印 | 收藏 | 关闭\n",
        "分享到：微信 微博\n返回顶部\n",
        "扫一扫在手机打开当前页\n",
        "（责任编辑：王某）\n来源：甲县人民政府办公室\n您是第123位访问者\n",
        "附件下载：\n1.任务分工表.docx\n2.任务清单.xlsx\n",
    ],
)
def test_a_foot_is_no_part_of_the_last_task(foot: str) -> None:
    assert who(PLAN + foot) == ROLES
    plan, _ = read(PLAN + foot)
    assert plan.tasks[-1].text == "修路。"
    assert [entry.reason for entry in plan.account if entry.kind == "skipped" and entry.reason == "page furniture"]


LINKS = "【图解】一图读懂某方案（责任单位：市政府办公室）2023-02-11\n关于某方案的政策解读\n"


@pytest.mark.parametrize("below", ["", "主办单位：甲县人民政府\n网站标识码：5301000001\n"])
@pytest.mark.parametrize("heads", ["相关链接", "附件下载：某方案.docx\n相关稿件：\n县政府某通知2023-01-11\n\n热点推荐 >>"])
def test_links_below_a_plan_are_no_part_of_the_last_task(heads: str, below: str) -> None:
    assert who(f"{PLAN}{heads}\n{LINKS}{below}") == ROLES


@pytest.mark.parametrize("words", ["3.整理相关文件", "3.提供\n友情链接", "3.更新\n相关解读\n责任单位：县政府办"])
def test_words_of_a_list_of_links_in_a_plan_are_read(words: str) -> None:
    plan, _ = read(PLAN + words)
    assert [task.number for task in plan.tasks] == ["1", "2", "3"]
    assert not [entry for entry in plan.account if entry.reason == "page furniture" and entry.kind == "skipped"]


@pytest.mark.parametrize("last", ["3.打印材料", "3.分享到社区的服务", "3.关闭矿山\n返回岗位", "3.更新来源数据"])
def test_words_of_buttons_in_a_plan_are_read(last: str) -> None:
    plan, _ = read(PLAN + last + "\n责任单位：县政府办\n")
    assert plan.tasks[-1].text == last[2:].replace("\n", "")
    assert [mention.name for mention in plan.tasks[-1].mentions] == ["县政府办"]


def test_buttons_above_a_table_take_no_row_of_it() -> None:
    assert who("打印 关闭\n相关链接\n序号\t任务\t责任单位\n1\t修路\t县交通局\n") == {"1": [("县交通局", "responsible")]}


def test_labels_of_the_plan_at_its_end_are_read() -> None:
    text = "一、优化服务\n1.推进改革。\n主办单位：县发展改革局\n2.修路。\n主办单位：县交通局\n承办单位：县公路局\n"
    assert who(text)["1.2"][0] == ("县交通局", "lead")
    assert who("一、优化服务\n1.修路。\n主办单位：县交通局\n承办单位：县公路局\n")["1.1"][0] == ("县交通局", "lead")


@pytest.mark.parametrize("last", ["3.提供技术支持：县科技局负责", "3.建设网站地图（县数据局）", "责任单位：县网站地图中心"])
def test_lines_of_the_plan_that_hold_words_of_a_foot_are_read(last: str) -> None:
    names = [name for roles in who(PLAN + last).values() for name, _ in roles]
    assert names[3:] == [name for name in ("县科技局", "县数据局", "县网站地图中心") if name in last]


def test_a_foot_below_a_plan_that_says_who_does_it_by_verbs() -> None:
    text = "1.推进改革。（县发改局牵头，县财政局配合）\n2.修路。（县交通局负责）\n主办单位：甲县人民政府\n承办单位：甲县数据局\n"
    assert who(text)["2"] == [("县交通局", "responsible")]


def test_labels_of_the_last_task_above_a_foot_that_has_the_same() -> None:
    text = "1.推进改革。\n主办单位：县发改局\n2.修路。\n主办单位：县交通局\n承办单位：县公路局\n"
    text += "主办：甲县人民政府 承办：甲县数据局 滇ICP备05000000号\n"
    assert who(text)["2"] == [("县交通局", "lead"), ("县公路局", "responsible")]
    assert who(text.replace("承办单位：县公路局\n", "主办单位：甲县人民政府\n"))["2"] == [("县交通局", "lead")]
