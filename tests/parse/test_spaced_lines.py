"""Copies whose lines are all followed by a blank one, and few lines that break a name."""

from tests.parse.factories import who

R = "responsible"

LINES = """1.发展优质小麦。以北部强筋小麦、南部弱筋小麦为重点，建设优
质小麦生产基地。（责任单位：省农业农村厅、财政厅，各省辖市政
府、东湖示范区管委会）
2.发展畜禽产品。做大肉牛产业，做强家禽产业，做优特色养殖业，
支持龙头企业建设标准化养殖场，推进畜禽屠宰加工，加快发展冷链
物流。（责任单位：省农业农村厅、林业局、商务厅，各省辖市政府）
3.招商引资。绘制产业链图谱，编制招商指南，建设一批特色园区，
组织银企对接活动，创新金融服务，扩大信贷投放，引导社会资本参
与。（责任单位：省商务厅、省贸促会、省工商联）
4.强化科技支撑。支持高等学校、科研院所建设中试基地，开展联合
攻关，推广先进技术，选派科技人员到企业服务，落实各项优惠政策
措施。（责任单位：省科技厅、教育厅）"""


def test_blank_lines_behind_every_wrapped_line_part_no_paragraphs() -> None:
    assert who(LINES.replace("\n", "\n\n")) == who(LINES)
    assert who(LINES.replace("\n", "\n\n"))["1"] == [
        ("省农业农村厅", R),
        ("省财政厅", R),
        ("各省辖市政府", R),
        ("东湖示范区管委会", R),
    ]


def test_blank_lines_between_paragraphs_stay() -> None:
    paragraphs = "\n\n".join(f"{number}.推进建桥{number}。\n\n责任单位：市交通局" for number in range(1, 9))
    assert who(paragraphs)["8"] == [("市交通局", R)]


def test_name_broken_in_a_text_of_few_lines() -> None:
    text = (
        "1.优化服务，建设园区大厅。\n责任部门：经济发展局、财政局、企业服\n务中心，配合部门：各街道。\n"
        "2.统计。\n责任单位：综合执法队、派出所，供电所配\n合"
    )
    assert who(text) == {
        "1": [("经济发展局", R), ("财政局", R), ("企业服务中心", R), ("各街道", "cooperate")],
        "2": [("综合执法队", R), ("派出所", R), ("供电所", "cooperate")],
    }


def test_rest_of_a_name_on_the_next_line_of_a_list() -> None:
    text = (
        "1.优化服务。\n责任单位：市财政局、市教育局、某某高新区\n管委会\n2.甲。\n责任单位：市民政局、市水利局、某某高新\n区管委会\n"
        "3.乙。\n责任单位：市财政局、市教育局、各县（市、区）\n人民政府\n4.丙。\n责任单位：市卫健委、市水利局、某某新区管委\n会、市统计局\n"
        "5.丁。\n责任单位：市财政局、市教育局、市政府有关部\n门、市统计局\n6.戊。\n责任单位：市财政局、市教育局、市水利局、市\n统计局"
    )
    assert [names[-1][0] for names in who(text).values()] == [
        "某某高新区管委会",
        "某某高新区管委会",
        "各县（市、区）人民政府",
        "市统计局",
        "市统计局",
        "市统计局",
    ]
    assert (who(text)["4"][2], who(text)["5"][2]) == (("某某新区管委会", R), ("市政府有关部门", R))


def test_names_on_lines_of_their_own_are_not_joined() -> None:
    assert who("1.优化服务，建设大厅。\n责任单位：市财政局、市消保会\n市水务局\n2.统计。\n责任单位：市统计局")["1"] == [
        ("市财政局", R),
        ("市消保会", R),
        ("市水务局", R),
    ]


def test_rule_in_a_bracket_behind_the_title_on_one_line() -> None:
    text = (
        "某省优化消费环境重点任务 （标★的为牵头单位） 1.创建示范。责任单位：★省商务厅、省财政厅 "
        "2.完善网络。责任单位：省教育厅、省水利厅★ 3.整治乱象。责任单位：★省公安厅"
    )
    assert who(text) == {
        "1": [("省商务厅", "lead"), ("省财政厅", R)],
        "2": [("省教育厅", R), ("省水利厅", "lead")],
        "3": [("省公安厅", "lead")],
    }


def test_copies_go_to_whom_is_no_agency_of_the_last_item() -> None:
    assert who("1.推进建桥。责任单位：省财政厅、省水利厅抄送：省委各部门，省人大常委会办公厅。") == {
        "1": [("省财政厅", R), ("省水利厅", R)]
    }
