"""Plans whose line breaks were lost: numbers and labels follow titles, persons and names at once."""

import pytest

from kg.parse.words.marks import Marks
from tests.parse.factories import get_rules, read, who

MARKS = Marks(get_rules().notation.words, get_rules().notation.parts)

R, L, C = "responsible", "lead", "cooperate"

FILLER = "各级各部门要提高认识，" * 40
SECTIONS = (
    "某省政府办公厅关于印发提升行动方案的通知各市政府：现将方案印发给你们。2023年3月8日提升行动重点任务一、实施提升行动1.编制清单。"
    f"（省司法厅牵头，省财政厅配合）2.公布清单。{FILLER}。（省司法厅负责）二、实施公平行动3.清理壁垒。（省商务厅负责）三、工作要求各单位要抓好落实。"
)


def test_sections_behind_a_title_and_items_behind_a_heading() -> None:
    assert who(SECTIONS) == {
        "1.1": [("省司法厅", L), ("省财政厅", C)],
        "1.2": [("省司法厅", R)],
        "2.3": [("省商务厅", R)],
    }
    assert [section.title for section in read(SECTIONS)[0].sections][:2] == ["实施提升行动", "实施公平行动"]


def test_items_without_sections_behind_a_title() -> None:
    text = f"某市若干政策措施1. 减免房租。{FILLER}。（市国资委、市财政局负责）2. 发放消费券。（市商务局负责）"
    assert who(text) == {"1": [("市国资委", R), ("市财政局", R)], "2": [("市商务局", R)]}


def test_chapters_and_short_titles() -> None:
    text = (
        f"某市规划任务分工第一章 科创第一节 强化平台1.建设实验室，{FILLER}。（市科技局负责）第二节 壮大主体2.培育企业。（市税务局负责）"
        "第二章 开放第一节 做强枢纽3.开通航线。（市交通局负责）"
    )
    assert who(text) == {"1.1.1": [("市科技局", R)], "1.2.2": [("市税务局", R)], "2.1.3": [("市交通局", R)]}


@pytest.mark.parametrize("text", ["方案一、二级医院建设", "第一、加强领导", "版本1.5改进", "附表21.修桥"])
def test_numbers_that_begin_no_count(text: str) -> None:
    assert not any(MARKS.first_label(text, place) for place in range(1, len(text)))


def test_a_count_needs_its_second_number() -> None:
    assert MARKS.has_second("一、甲。二、乙。", 2, 8, "一、")
    assert not MARKS.has_second("一、甲。第二、乙。十二、丙。", 2, 14, "一、")


def test_labels_behind_persons_and_titles() -> None:
    text = (
        f"重点工作一、坚持项目为王（一）新签约项目30个，{FILLER}。责任领导：李明、王志强牵头单位：县商务局责任单位：各乡镇（二）续建项目20个。"
        "责任领导：刘芳责任单位：县住建局牵头，县财政局配合二、改善民生（三）推进减负改革牵头单位：县教育局配合单位：县妇联"
    )
    assert who(text) == {
        "1.1": [("县商务局", L), ("各乡镇", R)],
        "1.2": [("县住建局", L), ("县财政局", C)],
        "2.3": [("县教育局", L), ("县妇联", C)],
    }


def test_numbers_of_a_selection_of_items() -> None:
    text = (
        f"某市分工方案一、深化改革3.推进审批改革，{FILLER}。（市政务办负责）5.完善监管。（市发改委牵头，各区配合）"
        "二、优化服务（十）加强宣传。（市文化局负责）（十二）开展培训。（市人社局负责）三、工作要求各单位要抓好落实。"
    )
    assert who(text) == {
        "1.3": [("市政务办", R)],
        "1.5": [("市发改委", L), ("各区", C)],
        "2.10": [("市文化局", R)],
        "2.12": [("市人社局", R)],
    }


def test_selection_of_items_behind_a_letter() -> None:
    text = (
        "厅机关各处室：现将任务分解如下：7.推进建设。牵头处室：科技处；配合处室：运输处15.修路。牵头处室：公路处28.保障春运。（运输处牵头）"
    )
    assert who(text) == {"7": [("科技处", L), ("运输处", C)], "15": [("公路处", L)], "28": [("运输处", L)]}


def test_greater_number_in_the_middle_of_a_sentence_is_none() -> None:
    text = f"某市方案一、深化改革1.改革，{FILLER}。升级到版本5.推广应用。（市政务办负责）2.监管。（市发改委负责）二、保障各单位要落实。"
    assert who(text) == {"1.1": [("市政务办", R)], "1.2": [("市发改委", R)]}
