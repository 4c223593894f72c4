"""A page of few wrapped paragraphs: its longest lines show that it is hard-wrapped."""

from tests.parse.factories import who

R = "responsible"

PAGE = """1.发展优质小麦。以北部强筋小麦、南部弱筋小麦为重点，建设基地。
责任单位：省农业农村厅、财政厅，各省辖市政府、东湖示范区管委会、港口物流区管
委会
2.发展畜禽产品。做大肉牛产业。
责任单位：省农业农村厅、林业局
3.招商引资。绘制产业链图谱。
责任单位：省商务厅、工业和信息化厅、省贸促会、省工商联，各省辖市政府、山区农
业局
4.支持企业上市。
责任单位：省金融监管局
5.强化科技支撑。支持省农业大学、省工业大学、省科学院等建设中试基地，开展联合攻
关。
责任单位：省科技厅
"""


def test_names_broken_at_the_end_of_a_full_line_are_joined() -> None:
    read = who(PAGE)
    assert read["1"] == [
        ("省农业农村厅", R),
        ("省财政厅", R),
        ("各省辖市政府", R),
        ("东湖示范区管委会", R),
        ("港口物流区管委会", R),
    ]
    assert read["3"][-1] == ("省山区农业局", R)
