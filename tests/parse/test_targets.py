"""Targets: quantities that a task is to reach, and the many numbers that are none."""

import pytest

from kg.model import Target
from tests.parse.factories import read


def targets(text: str) -> tuple[Target, ...]:
    return read(f"2022年工作要点\n1.{text}（市财政局负责）\n2.推进改革。（市民政局负责）\n")[0].tasks[0].targets


def reported(text: str) -> list[tuple[str, str]]:
    found = read(f"2022年工作要点\n1.{text}（市财政局负责）\n2.推进改革。（市民政局负责）\n")[1]
    return [(issue.code, issue.words) for issue in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建站点不少于15个。", ("不少于15个", 15.0, None, "个", ">=")),
        ("建成150-200个站点。", ("150-200个", 150.0, 200.0, "个", "range")),
        ("实现市级部门150—200个项目上云。", ("150—200个", 150.0, 200.0, "个", "range")),
        ("培育企业1,200家。", ("1,200家", 1200.0, 1200.0, "家", "=")),
        ("完成网上大厅、监管平台、办公平台、网站群、信用平台等15个业务系统迁移。", ("15个", 15.0, 15.0, "个", "=")),
        ("网办率达到95%。", ("95%", 95.0, 95.0, "%", "=")),
        ("网办率达到95%以上。", ("95%以上", 95.0, None, "%", ">=")),
        ("减至3个工作日。", ("3个工作日", 3.0, 3.0, "个工作日", "=")),
        ("投资1.2亿元。", ("1.2亿元", 1.2, 1.2, "亿元", "=")),
        ("新建站点不得少于15个。", ("不得少于15个", 15.0, None, "个", ">=")),
        ("网办率超过95％。", ("超过95％", 95.0, None, "％", ">")),
        ("覆盖率100%。", ("100%", 100.0, 100.0, "%", "=")),
        ("抽查比例不低于项目总量的10%。", ("10%", 10.0, None, "%", ">=")),
        ("压缩至3个工作日以内。", ("3个工作日以内", None, 3.0, "个工作日", "<=")),
        ("办理时间由30个工作日压缩至5个工作日。", ("5个工作日", 5.0, 5.0, "个工作日", "=")),
        ("申请在三十个工作日内办结。", ("三十个工作日内", None, 30.0, "个工作日", "<=")),
        ("新增就业1.2万人以上。", ("1.2万人以上", 1.2, None, "万人", ">=")),
        ("培训三万个。", ("三万个", 3.0, 3.0, "万个", "=")),
        ("培训三万五千人。", ("三万五千人", 35000.0, 35000.0, "人", "=")),
        ("网办率达到八成以上。", ("八成以上", 8.0, None, "成", ">=")),
        ("能耗降低百分之八十以上。", ("百分之八十以上", 80.0, None, "%", ">=")),
        ("满意度提高3个百分点。", ("3个百分点", 3.0, 3.0, "个百分点", "=")),
        ("增速不超过5%。", ("不超过5%", None, 5.0, "%", "<=")),
        ("投资约1,200亿元。", ("约1,200亿元", 1200.0, 1200.0, "亿元", "~")),
        ("新增站点20个左右。", ("20个左右", 20.0, 20.0, "个", "~")),
        ("新增站点100余个。", ("100余个", 100.0, None, "个", ">")),
        ("打造两个中心。", ("两个", 2.0, 2.0, "个", "=")),
        ("新增10个县级物流中心。", ("10个", 10.0, 10.0, "个", "=")),
    ],
)
def test_target(text: str, expected: tuple[str, float | None, float | None, str, str]) -> None:
    found = [(target.expression, target.minimum, target.maximum, target.unit, target.comparison) for target in targets(text)]
    assert found == [expected]
    assert reported(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建小学3所（含附设班1所），扩建中学2所。", [(3, "="), (2, "=")]),
        ("组织实施好3个试点县、5个试点组织工作。", [(3, "="), (5, "=")]),
        ("力争新设1家法人机构，3家地区总部。", [(1, "="), (3, "=")]),
        ("补助标准分别不低于8000套、5000套、3000套。", []),
        ("数量分别不低于8000套、5000套、3000套。", [(8000, ">="), (5000, ">="), (3000, ">=")]),
        ("时限分别压缩至2.5、5个工作日以内。", [(2.5, "<="), (5, "<=")]),
    ],
)
def test_several(text: str, expected: list[tuple[float, str]]) -> None:
    found = [(target.minimum if target.minimum is not None else target.maximum, target.comparison) for target in targets(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "落实第5条要求。",
        "按照12号文件办理。",
        "推进3个方面工作。",
        "支持16个区政府深化改革。",
        "完成与“12369”环保热线并线工作，建立与公安110的衔接机制。",
        "落实《关于推进100个项目的通知》（沪府发〔2016〕14号）。",
        "打造“15分钟便民圈”。",
        "给予不超过50万元奖励。",
        "对投资500万元以上的企业提供服务。",
        "发挥9条步行街作用。",
        "依托现有5家实验室开展研究。",
        "在已完成16项事项的基础上深化服务。",
        "提供24小时自助服务。",
        "完善一个平台、一套机制。",
        "落实三项制度。",
        "举办第12届博览会。",
        "于2022年3月15日召开会议。",
        "按余额增量的2%提供资金。",
    ],
)
def test_numbers_that_are_no_target(text: str) -> None:
    assert targets(text) == ()
    assert reported(text) == []


@pytest.mark.parametrize(
    ("text", "words"), [("企业数量翻一番。", "翻一番"), ("新增数百个站点。", "数百个"), ("实现一半以上上云。", "一半以上")]
)
def test_quantities_without_a_value_are_kept_as_text_and_reported(text: str, words: str) -> None:
    assert [(target.expression, target.minimum, target.maximum, target.unit, target.comparison) for target in targets(text)] == [
        (words, None, None, "", "")
    ]
    assert reported(text) == [("unread-target", words)]


@pytest.mark.parametrize(
    ("text", "words"), [("覆盖16个区政府。", "16个"), ("实现16个区全覆盖。", "16个"), ("培育营收超过10亿元的企业。", "超过10亿元")]
)
def test_doubtful_quantities_are_reported_and_not_taken(text: str, words: str) -> None:
    assert targets(text) == ()
    assert reported(text) == [("unsure-target", words)]


def test_quantity_of_a_deadline_is_no_target() -> None:
    assert targets("自印发之日起30个工作日内报送。") == ()


def test_expression_is_what_stands_at_its_span() -> None:
    plan, _ = read("2022年工作要点\n1.新建站点不少于15个，培育企业1,200家。（市财政局负责）\n2.推进。（市民政局负责）\n")
    assert [target.span.slice(plan.document.text) for target in plan.tasks[0].targets] == ["不少于15个", "1,200家"]
