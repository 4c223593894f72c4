"""Plans with lines and characters lost, doubled, moved or swapped: whatever a page looks like, what was read holds together."""

from __future__ import annotations

import re
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Issue, ResolvedPlan, Span
from kg.pipeline import read_plan
from tests.parse.factories import get_rules

PLANS = (
    """云江市数据工作方案
云政办发〔2021〕7号

各区人民政府，市政府各部门：
为推进工作，制定本方案。
一、主要任务
（一）夯实基础
1.建设平台。年底前建成3个平台。（牵头单位：市大数据局；责任单位：市财政局、发展改革委，各区政府）
2.共享数据。（市司法局牵头，市教育局、民政局配合，2021年6月底前完成）
（二）改进服务（市审批局负责）
3.压缩时限。时限压缩50%以上。
4.公开信息。（市政府办公室会同市有关部门按职责分工负责）
二、保障措施
（三）加强领导。各部门要高度重视，牵头部门要加大协调力度。
云江市人民政府办公室
2021年3月5日
""",
    """2022年重点工作分工
一、扩大投资
1.新建道路20公里。
牵头单位：市交通局
配合单位：市住建局、市财政局
完成时限：2022年10月底
2.由市水利局牵头，市气象局配合，修复水库。
责任单位：各县（市、区）人民政府，高新区管委会
【责任单位】市应急局
二、改善民生
第三条 办好实事【市民政局、市人社局负责】
①发放补贴；②举办招聘会。〔市人社局（市医保局）、市残联，以下均需市审计局参与〕
""",
    """序号\t任务\t牵头单位\t配合单位\t完成时限
1\t建设学校5所\t市教育局\t市财政局、市住建局\t9月底
2\t建设医院\t市卫生健康委\t各区政府\t年底
\t培训医生\t市卫生健康委\t\t长期
3\t改造小区\t市住建局（市房管局）\t供电公司\t2023年
""",
)
PIECES = (
    *"（）〔〕【】、，。；：:;,.()\n\t 　\x00\u200b\ufeff\u202e\u0301\ue000\ud800豈ｱ│|·—和等负责牵头一1①",
    "（市财政局牵头）",
    "责任单位：",
    "（一）",
    "2.",
    "\n\n",
    "会同",
    "以下均需市财政局落实",
    "<b>",
    "2021年",
)
BLANK_RE = re.compile(r"[\s\u200b\ufeff]")
BRACKET_RE = re.compile("[（〔]([^（）〔〕\n]*)[）〕]")
NAME_RE = re.compile("市(?:财政|司法|教育|水利|审批)局")
ROLE_RE = re.compile("牵头|负责|责任单位：")


@st.composite
def mutated_plans(draw: st.DrawFn) -> str:
    """Draw a plan after some accidents."""
    text = draw(st.sampled_from(PLANS))
    for _ in range(draw(st.integers(0, 8))):
        lines = text.split("\n")
        line = draw(st.integers(0, len(lines) - 1))
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        match draw(st.sampled_from(("drop line", "double line", "move line", "join lines", "drop", "double", "insert", "replace"))):
            case "drop line":
                text = "\n".join(lines[:line] + lines[line + 1 :])
            case "double line":
                text = "\n".join(lines[: line + 1] + lines[line:])
            case "move line":
                moved = lines.pop(line)
                lines.insert(draw(st.integers(0, len(lines))), moved)
                text = "\n".join(lines)
            case "join lines":
                text = "\n".join(lines[:line]) + "\n" * (line > 0) + "".join(lines[line : line + 2]) + "\n" + "\n".join(lines[line + 2 :])
            case "drop":
                text = text[:start] + text[end:]
            case "double":
                text = text[:end] + text[start:]
            case "insert":
                text = text[:start] + draw(st.sampled_from(PIECES)) + text[start:]
            case "replace":
                text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


def find_lost_brackets(resolved: ResolvedPlan, issues: tuple[Issue, ...]) -> list[str]:
    """Return the brackets with an agency and a role word that were neither read nor reported."""
    text = resolved.plan.document.text
    known = [mention.evidence for task in resolved.plan.tasks for mention in task.mentions]
    known += [issue.span for issue in issues if issue.span is not None]
    return [
        match.group()
        for match in BRACKET_RE.finditer(text)
        if NAME_RE.search(match.group(1))
        and ROLE_RE.search(match.group(1))
        and not any(span.start < match.end() and match.start() < span.end for span in known)
    ]


def check(text: str) -> None:
    """Read `text`, and hold what was read against the page."""
    resolved, issues = read_plan(text.encode("utf-8", "surrogatepass"), name="plan.txt", document_id="plan", rules=get_rules())
    plan = resolved.plan
    page = plan.document.text
    assert "".join(entry.span.slice(page) for entry in plan.account) == page
    assert [entry.span.start for entry in plan.account] == [0, *(entry.span.end for entry in plan.account[:-1])]
    names = {decision.name for decision in resolved.decisions}
    for task in plan.tasks:
        for mention in task.mentions:
            assert BLANK_RE.sub("", mention.span.slice(page)) == BLANK_RE.sub("", mention.surface)
            assert mention.name.endswith(mention.surface)
            assert mention.name in names
            assert mention.evidence.start <= mention.span.start < mention.span.end <= mention.evidence.end
    for issue in issues:
        assert (issue.span or Span(0, 0)).end <= len(page)
    assert find_lost_brackets(resolved, issues) == []


@given(mutated_plans())
def test_what_was_read_holds_together(text: str) -> None:
    # A page without tasks, or none at all, is refused by an error of our own.
    with suppress(KgError):
        check(text)


def test_joined_cells_of_a_copied_table_are_read() -> None:
    text = PLANS[2].replace("\t培训医生", "\n\t培训医生").replace("局）\t供电", "局）\t供电（市房管局）\t供电")
    check(text)
    resolved, _ = read_plan(text.encode(), name="plan.txt", document_id="plan", rules=get_rules())
    assert [task.path for task in resolved.plan.tasks] == ["1", "2.p1", "2.p2", "3"]


def test_joined_cells_stand_in_the_order_of_the_page() -> None:
    first = "1\t建设学校5所\t市教育局\t市财政局、市住建局\t9月底2\t建设医院\t市卫生健康委\t各区政府\t年底\n\t培"
    last = "生健康委\t\t长期3\t改造小区\t市住建局（市房管局）\t市住建局（市房管局）\t供电公司）\t供电公司\t2023年\n"
    titles = "序号\t任务\t牵头单位\t配合单位\t完成时限"
    check(f"{titles}\n{first}\x00{last}{titles}")
