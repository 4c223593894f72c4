"""What is read when files and folders are named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.pipeline import find_sources, make_document_id


def _touch(path: Path, content: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_a_folder_with_meta_is_one_plan(tmp_path: Path) -> None:
    _touch(tmp_path / "plan" / "page.txt")
    _touch(tmp_path / "plan" / "other.txt")
    _touch(tmp_path / "plan" / "meta.toml", 'id = "the plan"\nsource = "page.txt"\nissued = 2017-02-23\n')
    for path in (tmp_path / "plan", tmp_path / "plan" / "meta.toml", tmp_path):
        (source,) = find_sources([path])
        assert source.document_id == "the-plan"
        assert source.path.name == "page.txt"
        assert source.metadata == (("issued", "2017-02-23"),)


def test_a_folder_is_searched_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.docx", "sub/c.html", ".hidden.txt", "~$a.docx", "README.md", "readme.zh-CN.md", "a.json", "plan.md"):
        _touch(tmp_path / name)
    assert [source.document_id for source in find_sources([tmp_path])] == ["a", "b", "c", "plan"]


def test_an_output_is_never_read_as_plans(tmp_path: Path) -> None:
    _touch(tmp_path / "plan.txt")
    _touch(tmp_path / "out" / "graph.nq")
    _touch(tmp_path / "out" / "manifest.json", '{"generator": "agency-kg", "format": 0}')
    assert [source.document_id for source in find_sources([tmp_path])] == ["plan"]
    with pytest.raises(ReadError, match="is an output of kg build"):
        find_sources([tmp_path / "out"])


def test_links_that_lead_back_are_not_followed(tmp_path: Path) -> None:
    _touch(tmp_path / "plans" / "a" / "plan.txt")
    (tmp_path / "plans" / "a" / "loop").symlink_to("..")
    (tmp_path / "plans" / "other").symlink_to(tmp_path / "elsewhere")
    _touch(tmp_path / "elsewhere" / "far.txt")
    assert [source.document_id for source in find_sources([tmp_path / "plans"])] == ["far", "plan"]


def test_a_level_that_is_none_is_refused(tmp_path: Path) -> None:
    _touch(tmp_path / "page.txt")
    _touch(tmp_path / "meta.toml", 'source = "page.txt"\nlevel = "provincial"\n')
    with pytest.raises(ReadError, match="'level' is one of national, province, city, county, township"):
        find_sources([tmp_path])


def test_a_name_in_another_encoding_is_shown_as_text(tmp_path: Path) -> None:
    for raw in ("要点.txt".encode("gb18030"), b"\xff.txt"):
        path = tmp_path / os.fsdecode(raw)
        path.write_text("x", encoding="utf-8")
    assert [(source.document_id, source.name) for source in find_sources([tmp_path])] == [("document", "\ufffd.txt"), ("要点", "要点.txt")]


def test_a_document_named_twice_is_read_once(tmp_path: Path) -> None:
    path = _touch(tmp_path / "a.txt")
    assert len(find_sources([path, tmp_path, path])) == 1


def test_same_names_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    _touch(tmp_path / "2016" / "plan.txt")
    _touch(tmp_path / "2017" / "plan.txt")
    assert [source.document_id for source in find_sources([tmp_path])] == ["2016-plan", "2017-plan"]


def test_documents_that_cannot_be_told_apart_are_refused(tmp_path: Path) -> None:
    _touch(tmp_path / "x" / "2017" / "plan.txt")
    _touch(tmp_path / "y" / "2017" / "plan.txt")
    with pytest.raises(ReadError, match="two documents would both be called 2017-plan"):
        find_sources([tmp_path])


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        ("source = 'nowhere.txt'", "no such file"),
        ("id = 'x'", "'source' is missing"),
        ("source = 'page.txt'\nsauce = 'x'", "unknown keys: sauce"),
        ("source = ", "meta.toml"),
        ("source = 'page.txt'\nissued = '2017'", "'issued' is no day"),
    ],
)
def test_wrong_meta_is_refused(tmp_path: Path, meta: str, words: str) -> None:
    _touch(tmp_path / "page.txt")
    _touch(tmp_path / "meta.toml", meta)
    with pytest.raises(ReadError, match=words):
        find_sources([tmp_path])


def test_missing_and_empty_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file or folder"):
        find_sources([tmp_path / "nowhere"])
    with pytest.raises(ReadError, match="no documents in this folder"):
        find_sources([tmp_path])


@pytest.mark.parametrize(
    ("name", "document_id"),
    [
        ("a b.txt", "a-b"),
        ("../x", "x"),
        ("计划 (2017).pdf", "计划-2017"),
        ("...", "document"),
        ("v1.2.txt", "v1.2"),
        ("a/b?c#d.txt", "a-b-c-d"),
    ],
)
def test_document_ids_are_fit_for_iris(name: str, document_id: str) -> None:
    assert make_document_id(name) == document_id
