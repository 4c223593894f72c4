"""Logical lines out of printed ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Block, BlockKind, Span
from kg.parse import parse_document
from kg.parse.page.layout import make_flow
from kg.parse.words.lexicon import make_lexicon
from tests.parse.factories import get_rules, make_document, read, who

LEXICON = make_lexicon(get_rules().notation)
ITEMS = [
    "1.推进政务服务事项标准化建设，编制并公布事项清单，及时在平台公布办事指南，逐项明确监管主体和监管措施。（市政务服务局牵头，市财政局、市教育局配合）",
    "2.完善市场主体退出机制，拓展简易注销登记适用范围，对符合条件的企业实现注销登记全程网办，提升变更登记效率。（牵头单位：市市场监管局；责任单位：各县（市、区）人民政府，市直有关部门、单位）",
    "3.落实歇业备案制度，加强部门间信息共享，根据企业需要统一办理歇业备案手续，降低市场主体维持成本和退出成本。（市税务局、市医疗保障局等部门按职责分工负责）",
]
WHO = who("\n".join(ITEMS))


def wrap(text: str, width: int) -> str:
    return "\n".join(line[start : start + width] for line in text.split("\n") for start in range(0, len(line), width))


@given(width=st.integers(min_value=18, max_value=60))
def test_hard_wraps_do_not_change_who_is_responsible(width: int) -> None:
    assert who(wrap("\n".join(ITEMS * 1), width)) == WHO


@given(width=st.integers(min_value=18, max_value=60))
def test_surface_is_the_text_at_the_span_without_wraps(width: int) -> None:
    plan, _ = read(wrap("\n".join(ITEMS), width))
    for task in plan.tasks:
        for mention in task.mentions:
            assert mention.span.slice(plan.document.text).replace("\n", "") == mention.surface


def test_page_marks_and_numbers_are_furniture() -> None:
    text = wrap("\n".join(ITEMS), 30).replace("拓展简易", "\n\n# Page 12:\n拓展简易")
    flow = make_flow(make_document(text), LEXICON)
    assert "Page" not in flow.text
    assert [span.slice(text) for span in flow.furniture] == ["# Page 12:"]
    assert who(text) == WHO


def test_blanks_inside_words_are_dropped_and_those_between_names_kept() -> None:
    flow = make_flow(make_document("到2023 年，推进A 级景区。\n责任单位：市财政局 市教育局"), LEXICON)
    assert flow.text == "到2023年，推进A级景区。\n责任单位：市财政局 市教育局\n"


@pytest.mark.parametrize("names", ["市财政局、各县（市、区）政府、市高新区管委会", "市财政局（市国资办）、市教育局、市大数据管理局"])
def test_a_bracket_that_says_who_ends_its_paragraph_at_the_end_of_a_full_line(names: str) -> None:
    ending = f"，提升服务。（责任单位：{names}）"
    paragraphs = [("完善措施" * 30)[: 120 - len(ending)] + ending for _ in range(4)]
    text = "一、重点任务\n" + wrap("\n".join(paragraphs), 30)
    assert {len(line) for line in text.split("\n")[1:]} == {30}
    assert list(who(text)) == ["1.p1", "1.p2", "1.p3", "1.p4"]


def test_a_blank_before_a_bracket_parts_no_name() -> None:
    text = "1.甲。 (牵头单位: 市财政局 (市国资办); 责任单位: 市教育局, 各县 (市、区) 政府、高新区 (开发区) 管委会)\n2.乙。 (市水利局负责)"
    assert who(text) == {
        "1": [
            ("市财政局(市国资办)", "lead"),
            ("市教育局", "responsible"),
            ("各县(市、区)政府", "responsible"),
            ("高新区(开发区)管委会", "responsible"),
        ],
        "2": [("市水利局", "responsible")],
    }


def test_wide_gaps_part_paragraphs_of_text_on_one_line() -> None:
    text = "　　".join(["某市工作要点", "一、任务", *ITEMS])
    assert list(who(text)) == ["1.1", "1.2", "1.3"]


def test_every_character_of_the_flow_leads_back_to_its_place() -> None:
    text = wrap("\n".join(ITEMS), 25)
    flow = make_flow(make_document(text), LEXICON)
    assert flow.wrapped
    assert all(text[place] == printed for place, printed in zip(flow.offsets, flow.printed, strict=True) if printed != "\n")


@given(st.text(alphabet="一二（）()〔〕1.2、，。；：\n 　\t市财政局牵头责任单位负责各区县“”《》", max_size=200))
def test_any_text_is_accounted_for_without_gap_or_overlap(text: str) -> None:
    plan, issues = read(text)
    places = [0, *(entry.span.end for entry in plan.account)]
    assert [entry.span.start for entry in plan.account] == places[:-1]
    assert places[-1] == len(text)
    assert all(issue.span is None or issue.span.end <= len(text) for issue in issues)
    assert len({task.path for task in plan.tasks}) == len(plan.tasks)


def test_furniture_inside_a_bracket_ends_nothing() -> None:
    text = (
        "1.甲。（责任单位：市教育局、\nfile:///a.html 3/9\n11/24/26, 12:42 PM\n市人社局；完成时限：2022年10月底前）\n"
        "2.乙。（责任单位：市财政局）"
    )
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in ("file:///a.html 3/9", "11/24/26, 12:42 PM")]
    blocks = tuple(Block(BlockKind.FURNITURE, span) for span in spans)
    plan, issues = parse_document(make_document(text, blocks=blocks), get_rules())
    assert [[m.name for m in task.mentions] for task in plan.tasks] == [["市教育局", "市人社局"], ["市财政局"]]
    assert issues == ()


@pytest.mark.parametrize("title", ["甲市公平公正环境建设工程实施方案", "甲市贯彻落实促进经济高质量发展和改善\n营商环境任务分工方案"])
@pytest.mark.parametrize("behind", [0, 3, 20])
def test_a_title_below_a_full_line_begins_a_part(title: str, behind: int) -> None:
    width = 30
    first = wrap("一、总体要求\n" + "\n".join(ITEMS) + "\n二、保障措施\n1." + "强" * (2 * width - behind - 3) + "。", width)
    assert len(first.split("\n")[-1]) == width - behind
    lead = wrap("为改善环境，按照有关部署，结合本市实际，制定本方案，请各单位认真落实。", width)
    plan, _ = read(f"{first}\n{title}\n{lead}\n" + wrap("一、主要任务\n" + "\n".join(ITEMS[:2]), width))
    assert [(section.path, section.title) for section in plan.sections if section.path[0] == "p" or "-" in section.path] == [
        ("part2", title.replace("\n", "")),
        ("part2.1", "主要任务"),
    ]
    assert [task.path for task in plan.tasks if task.path.startswith("part2")] == ["part2.1.1", "part2.1.2"]


@pytest.mark.parametrize("end", ["制定实施方案", "制定本市营商环境改善实施方案。"])
def test_a_sentence_that_names_a_plan_goes_on_behind_a_full_line(end: str) -> None:
    width = 30
    first = "1." + "强" * (width - 3) + "。"
    plan, _ = read("一、总体要求\n" + wrap("\n".join(ITEMS), width).replace("1.", "3.", 1) + f"\n{first}\n{end}")
    assert not [section for section in plan.sections if section.path.startswith("part")]


def test_a_line_of_responsibility_beside_page_numbers_is_no_running_head() -> None:
    item = "{0}.推进第{0}项改革。\n牵头单位：市教育局\n— {0} —\n责任单位：各县区政府\n"
    text = "".join(item.format(number) for number in range(1, 6))
    assert who(text) == {str(number): [("市教育局", "lead"), ("各县区政府", "responsible")] for number in range(1, 6)}
    marked = Block(BlockKind.FURNITURE, Span(text.index("责任单位"), text.index("责任单位") + len("责任单位：各县区政府")))
    assert parse_document(make_document(text, blocks=(marked,)), get_rules())[0].tasks[0].mentions[1].name == "各县区政府"
    # The second halves of brackets that a page break cut stand first on many pages.
    halves = "".join(f"{number}.推进第{number}项改革。（市教育局、\n— {number} —\n各县区政府负责）\n" for number in range(1, 6))
    assert who(halves)["4"] == [("市教育局", "responsible"), ("各县区政府", "responsible")]
    heads = "".join(f"{number}.推进第{number}项改革。（市教育局负责）\n— {number} —\n某市工作要点\n" for number in range(1, 6))
    assert who(heads)["5"] == [("市教育局", "responsible")]
    assert "工作要点" not in make_flow(make_document(heads), LEXICON).text
