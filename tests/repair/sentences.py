"""Synthetic plan text: sentences put together from lists written for these tests, the same for the same seed."""

from __future__ import annotations

import random

VERBS = (
    "推进",
    "完善",
    "深化",
    "加强",
    "规范",
    "优化",
    "落实",
    "健全",
    "开展",
    "组织",
    "拓展",
    "提升",
    "建立",
    "扩大",
    "加快",
    "探索",
    "保障",
    "整合",
)
THINGS = (
    "电子证照共享应用",
    "河道综合整治",
    "社区养老服务",
    "公共资源交易",
    "安全生产责任制",
    "数据质量检查",
    "办事指南编制",
    "行政审批改革",
    "环境保护督察",
    "海绵城市建设",
    "农村公路养护",
    "义务教育均衡发展",
    "信用信息归集",
    "食品安全抽检",
    "重大项目储备",
    "网络安全等级保护",
    "知识产权保护",
    "垃圾分类收运",
    "职业技能培训",
    "道路停车管理",
    "老旧小区改造",
    "应急预案演练",
    "招标投标监督",
    "政策解读发布",
    "历史建筑修缮",
    "医疗保险结算",
    "失业人员帮扶",
    "绿地林地养护",
    "中小企业融资担保",
    "口岸通关便利化",
    "学校体育场馆开放",
    "权责清单管理",
    "行业协会脱钩",
    "粮食储备轮换",
    "消防设施维护",
    "扬尘污染防治",
    "海上搜救协作",
)
AIMS = (
    "确保按期完成",
    "形成长效机制",
    "切实方便群众办事",
    "实现全市覆盖",
    "不断提高服务水平",
    "做到底数清、情况明",
    "逐步扩大试点范围",
    "推动形成合力",
    "防止问题反弹",
    "力争走在前列",
    "为企业减轻负担",
    "让群众少跑腿",
    "实现“一次受理、全程办结”",
    "达到国家规定标准",
    "建成一批示范项目",
    "完成率保持在百分之九十五以上",
)
BODIES = (
    "市发展改革委",
    "市财政局",
    "市公安局",
    "市教育局",
    "市水务局",
    "市环保局",
    "市交通委",
    "市卫生计生委",
    "市民政局",
    "市农委",
    "市海洋局",
    "市统计局",
    "市规划国土资源局",
    "市人力资源社会保障局",
    "市住房城乡建设管理委",
    "市绿化市容局",
    "市食品药品监管局",
    "市质量技监局",
    "市审计局",
    "市档案局",
    "各区政府",
    "市政府有关部门",
)
DATES = ("年底前", "6月底前", "2018年底前", "第三季度", "上半年", "三年内", "9月30日前")
NUMBERS = "一二三四五六七八九十"


def write_text(size: int, seed: int = 7) -> str:
    """Return about `size` characters of plan text with headings, numbered items and brackets of responsibility."""
    chance = random.Random(seed)
    lines: list[str] = []
    length = number = 0
    while length < size:
        if number % 12 == 0:
            lines.append(f"　　{NUMBERS[number // 12 % 10]}、{chance.choice(VERBS)}{chance.choice(THINGS)}")
        if number % 4 == 0:
            lines.append(f"　　（{NUMBERS[number // 4 % 10]}）{chance.choice(VERBS)}{chance.choice(THINGS)}和{chance.choice(THINGS)}")
        number += 1
        lines.append(f"　　{number}.{_write_item(chance)}")
        length += sum(map(len, lines[-3:])) // 2
    return "\n".join(lines) + "\n"


def _write_item(chance: random.Random) -> str:
    first, second, third = chance.sample(THINGS, 3)
    sentences = [
        f"{chance.choice(VERBS)}{first}，{chance.choice(VERBS)}{second}，{chance.choice(AIMS)}。",
        f"{chance.choice(DATES)}，{chance.choice(VERBS)}{third}；{chance.choice(AIMS)}！"
        if chance.random() < 0.2
        else f"{chance.choice(VERBS)}{third}。",
    ]
    lead, *others = chance.sample(BODIES, chance.randint(2, 4))
    closing = chance.choice(
        (f"（牵头单位：{lead}；责任单位：{'、'.join(others)}）", f"（{lead}牵头，{'、'.join(others)}配合）", f"（责任部门：{lead}）")
    )
    return "".join(sentences) + closing
