"""Lists without a role word in which some names are short forms; names of zones and of port bodies."""

from tests.parse.factories import codes, who

R = "responsible"


def test_short_forms_in_a_list_of_agencies_are_names_and_are_reported() -> None:
    text = "1.甲。（市科技局、市人才办、中科大、安工大）\n2.乙。（市档案馆、市教育局）"
    assert who(text)["1"] == [("市科技局", R), ("市人才办", R), ("中科大", R), ("安工大", R)]
    assert codes(text) == ["odd-name", "odd-name"]


def test_a_name_of_no_known_ending_among_others_is_a_name_and_is_reported() -> None:
    text = "1.甲。（市农业局、市发改委，中央某粮食直属库）\n2.乙。（市档案馆、市教育局）"
    assert [name for name, _ in who(text)["1"]] == ["市农业局", "市发改委", "中央某粮食直属库"]
    assert codes(text) == ["odd-name"]


def test_list_with_words_that_are_no_names_is_reported_not_read() -> None:
    text = "1.甲。（市科技局、市人才办、已经建成的各类重点实验平台若干）\n2.乙。（市档案馆、市教育局）\n3.丙。（市教育局、市民政局）"
    assert who(text)["1"] == []
    assert codes(text) == ["unread-responsibility"]


def test_note_that_lists_things_is_no_list_of_agencies() -> None:
    text = "1.甲。（教育、卫生、养老）\n2.乙。（市档案馆、市教育局）\n3.丙。（市教育局、市民政局）"
    assert who(text)["1"] == []
    assert codes(text) == []


def test_level_word_is_carried_to_port_bodies_not_to_the_management_of_a_zone() -> None:
    text = "1.甲。（责任单位：市口岸办、自贸委、厦门海事局、港口局、东湖先行区管理局）\n2.乙。（责任单位：市教育局）"
    assert [name for name, _ in who(text)["1"]] == ["市口岸办", "市自贸委", "厦门海事局", "市港口局", "东湖先行区管理局"]


def test_duties_of_a_body_are_no_name() -> None:
    text = "（六）加强监管。商务部门负责企业的管理，加强监督。广电部门负责对播放节目进行监督。\n（七）加强配合。海关负责对货物进行查处。"
    assert who(text) == {}
