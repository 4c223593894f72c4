"""A list of names into names: what separates them, what belongs to them, what is no name."""

import pytest

from kg.model import Role
from kg.parse.responsibility.levels import LevelCarrier
from kg.parse.responsibility.names import NameSplitter
from kg.parse.words.lexicon import make_lexicon
from tests.parse.factories import get_rules, who

LEXICON = make_lexicon(get_rules().notation)


def split(words: str) -> list[str]:
    return [words[name.start : name.end] for name in NameSplitter(LEXICON).split(words, 0, len(words))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # Marks between names.
        ("市公安局、市民政局，市教育局；市水利局", ["市公安局", "市民政局", "市教育局", "市水利局"]),
        # Marks inside one name.
        ("各市、县（区）人民政府", ["各市、县（区）人民政府"]),
        ("各县、市、区政府，市财政局", ["各县、市、区政府", "市财政局"]),
        # 和 begins a place.
        (
            "人行和田市中心支行、市财政局和平安银行、市工信局和和平区政府",
            ["人行和田市中心支行", "市财政局", "平安银行", "市工信局", "和平区政府"],
        ),
        # A tail behind them changes nothing.
        ("省公安厅、各市〔州〕、县〔市、区、特区〕人民政府等部门", ["省公安厅", "各市〔州〕、县〔市、区、特区〕人民政府"]),
        ("市直有关部门、单位等", ["市直有关部门、单位"]),
        ("各区、市有关部门等单位", ["各区", "市有关部门"]),
        # A mark that was lost behind a name's bracket; and brackets in the middle of one name.
        (
            "省商务厅〔省口岸办〕省能源局 市住建局（人防办）各县（市、区）政府",
            ["省商务厅〔省口岸办〕", "省能源局", "市住建局（人防办）", "各县（市、区）政府"],
        ),
        ("市安委会（市应急局）办公室、开发区（投资区）管委会", ["市安委会（市应急局）办公室", "开发区（投资区）管委会"]),
        ("各市〔州〕、县〔市、区、特区〕人民政府", ["各市〔州〕、县〔市、区、特区〕人民政府"]),
        ("县、区政府", ["县、区政府"]),
        ("中、省驻平有关单位", ["中、省驻平有关单位"]),
        ("市直有关部门、单位", ["市直有关部门、单位"]),
        ("市政府各委、办、局", ["市政府各委、办、局"]),
        ("天河、黄埔、南沙区政府", ["天河、黄埔、南沙区政府"]),
        ("各市、州安委会，各县、区委宣传部", ["各市、州安委会", "各县、区委宣传部"]),
        ("各市、县（区）教育局", ["各市、县（区）教育局"]),
        ("各县区委、政府，永安县委、政府", ["各县区委、政府", "永安县委、政府"]),
        # The same marks between groups.
        ("各地区、各部门", ["各地区", "各部门"]),
        ("各区、市教育局，各县、州水利局", ["各区", "市教育局", "各县", "州水利局"]),
        ("各县、区直各部门", ["各县", "区直各部门"]),
        ("各县（区）人民政府、开发区（投资区）管委会", ["各县（区）人民政府", "开发区（投资区）管委会"]),
        ("各市、自治州人民政府，省政府各部门、各直属机构", ["各市、自治州人民政府", "省政府各部门", "各直属机构"]),
        # Brackets that belong to a name.
        ("省政府办公厅〔省大数据局〕、省财政厅", ["省政府办公厅〔省大数据局〕", "省财政厅"]),
        ("市发改委（审改办、大数据局）", ["市发改委（审改办、大数据局）"]),
        # 和 and 及 between names, and inside them.
        ("市发展和改革委员会和市财政局", ["市发展和改革委员会", "市财政局"]),
        ("市自然资源和规划局及各县区", ["市自然资源和规划局", "各县区"]),
        ("市房地产市场和产权交易管理中心", ["市房地产市场和产权交易管理中心"]),
        ("中央和国家机关工委、文化和旅游部", ["中央和国家机关工委", "文化和旅游部"]),
        ("财政部等和各有关省级人民政府", ["财政部", "各有关省级人民政府"]),
        # A mark that was lost where one name filled its cell.
        ("市市场监管局市应急局", ["市市场监管局", "市应急局"]),
        ("省发展改革委省能源局各县（市、区）政府", ["省发展改革委", "省能源局", "各县（市、区）政府"]),
        ("市公安局市区分局", ["市公安局市区分局"]),
        ("市委市政府督查室", ["市委市政府督查室"]),
        # Tails.
        ("市工信局、市商务局等有关部门（单位）", ["市工信局", "市商务局"]),
        ("市教育局等12个部门", ["市教育局"]),
        ("市教育局、各高等学校等", ["市教育局", "各高等学校"]),
        ("市司法局等行政执法有关单位", ["市司法局"]),
        # A / between two names parts them; anywhere else it belongs to the name.
        ("市财政局/市教育局/市水利局、市审计局", ["市财政局", "市教育局", "市水利局", "市审计局"]),
        ("市公安局/教体/民政局", ["市公安局", "教体", "民政局"]),
        ("县/区政府、各县/区人民政府", ["县/区政府", "各县/区人民政府"]),
        ("市</script>局、<b>市财政局</b>", ["市</script>局", "<b>市财政局</b>"]),
        ("<img src=x onerror=y>局 市财政局", ["<img src=x onerror=y>局", "市财政局"]),
        # Quotes and digits.
        ("“12345”热线管理办公室、市“放管服”改革协调小组办公室", ["“12345”热线管理办公室", "市“放管服”改革协调小组办公室"]),
        # Nobody.
        ("无", []),
        ("", []),
    ],
)
def test_list_is_split(words: str, expected: list[str]) -> None:
    assert split(words) == expected


def test_role_in_the_bracket_of_a_name() -> None:
    words = "市财政局（牵头）、市教育局"
    first, second = NameSplitter(LEXICON).split(words, 0, len(words))
    assert (words[first.start : first.end], first.role, second.role) == ("市财政局", Role.LEAD, None)


@pytest.mark.parametrize("words", ["谁主管谁负责", "推进改革的部门", "市政府", "年底前", "张三"])
def test_only_agencies_have_the_shape_of_one(words: str) -> None:
    assert NameSplitter(LEXICON).is_agency(words) is (words == "市政府")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["市公安局", "商务局", "市场监管局"], ["市公安局", "市商务局", "市市场监管局"]),
        (["省科技厅", "工业和信息化厅", "各市政府"], ["省科技厅", "省工业和信息化厅", "各市政府"]),
        (["市财政局", "人民银行某支行", "通海海关", "教育局"], ["市财政局", "人民银行某支行", "通海海关", "市教育局"]),
        (["区建管委", "电力公司", "青浦工业园区", "法院"], ["区建管委", "电力公司", "青浦工业园区", "区法院"]),
        (["市委组织部", "编办", "财政局"], ["市委组织部", "市委编办", "市财政局"]),
        (["财政部", "教育部"], ["财政部", "教育部"]),
        (["市发改委", "住建局(人防办)"], ["市发改委", "市住建局(人防办)"]),
        (["各区县政府", "水务局"], ["各区县政府", "水务局"]),
        (["永安县委", "县政府", "临河区委", "区人民政府"], ["永安县委", "永安县政府", "临河区委", "临河区人民政府"]),
        (["永安县委", "市水利局", "县政府"], ["永安县委", "市水利局", "县政府"]),
        (["市委", "市政府", "各县委", "县政府"], ["市委", "市政府", "各县委", "县政府"]),
        (["市水利局", "长江委", "黄河河务局", "中铁十局", "村两委"], ["市水利局", "长江委", "黄河河务局", "中铁十局", "村两委"]),
    ],
)
def test_level_word_is_carried_on(names: list[str], expected: list[str]) -> None:
    carrier = LevelCarrier(LEXICON)
    assert [carrier.carry(name) for name in names] == expected


def test_level_word_is_not_carried_to_a_name_that_begins_with_the_issuers_place() -> None:
    carrier = LevelCarrier(LEXICON, ("甲乙",))
    assert [carrier.carry(name) for name in ("市财政局", "甲乙公积金中心")] == ["市财政局", "甲乙公积金中心"]


def test_level_word_is_carried_to_the_management_of_a_centre_not_to_that_of_a_zone() -> None:
    carrier = LevelCarrier(LEXICON)
    names = ("市商务局", "港口物流区管委会", "东湖合作区管委会", "行政服务中心管委会")
    assert [carrier.carry(name) for name in names] == ["市商务局", "港口物流区管委会", "东湖合作区管委会", "市行政服务中心管委会"]


def test_units_behind_all_those_concerned_are_one_name() -> None:
    assert split("市商务局，各有关州、市人民政府") == ["市商务局", "各有关州、市人民政府"]


def test_level_word_reaches_over_a_label_but_not_to_bodies_led_from_above() -> None:
    carrier = LevelCarrier(LEXICON)
    assert [carrier.carry(name) for name in ("区财政局", "税务局")] == ["区财政局", "区税务局"]
    carrier.begin_list()
    assert [carrier.carry(name) for name in ("住建局", "税务局", "气象局")] == ["区住建局", "税务局", "气象局"]
    assert [carrier.carry(name) for name in ("市教育局", "税务局")] == ["市教育局", "市税务局"]


@pytest.mark.parametrize(
    "name", ["县纪委监委机关", "各行政执法机关", "各林场", "市第一中学", "各通信运营商", "各水库", "项目业主", "市城投", "各二级院系"]
)
def test_single_name_of_a_body_outside_the_offices_is_read(name: str) -> None:
    text = f"1.推进甲。（{name}负责）\n2.推进乙。（市教育局牵头，{name}配合）"
    assert who(text) == {"1": [(name, "responsible")], "2": [("市教育局", "lead"), (name, "cooperate")]}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("\n牵头单位：区财政局\n责任单位：各街道，税务局，住建局", ["区财政局", "各街道", "税务局", "区住建局"]),
        ("（牵头单位：市财政局；责任单位：税务局、海关、教育局）", ["市财政局", "税务局", "海关", "市教育局"]),
        ("（市财政局牵头，税务局、教育局配合）", ["市财政局", "市税务局", "市教育局"]),
        ("（责任单位：市财政局、税务局）", ["市财政局", "市税务局"]),
    ],
)
def test_level_word_in_lists_of_a_task(words: str, expected: list[str]) -> None:
    assert [name for name, _ in who(f"1.甲。{words}")["1"]] == expected


def test_a_blank_behind_the_bracket_of_a_name() -> None:
    """It parts the name from one that begins with a level or a group, and is a stray one before the name's own end."""
    assert who("1.推进甲。（责任单位：高新园（某镇） 各街道 市教育局）")["1"] == [
        ("高新园（某镇）", "responsible"),
        ("各街道", "responsible"),
        ("市教育局", "responsible"),
    ]
    assert who("1.推进甲。（责任单位：各县（市、区） 人民政府、市教育局）")["1"] == [
        ("各县（市、区）人民政府", "responsible"),
        ("市教育局", "responsible"),
    ]
