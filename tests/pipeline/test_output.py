"""The output folder appears whole or not at all, and never in the place of something that is not ours."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.pipeline.output import FORMAT, GENERATOR, check_output, read_manifest, write_whole


def _ours(folder: Path) -> Path:
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({"generator": GENERATOR, "format": FORMAT}), encoding="utf-8")
    (folder / "load.csv").write_text("old", encoding="utf-8")
    return folder


def test_missing_empty_and_own_folders_may_be_written(tmp_path: Path) -> None:
    check_output(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    check_output(tmp_path / "empty")
    check_output(_ours(tmp_path / "out"))


@pytest.mark.parametrize("manifest", [None, "no json", "[]", '{"generator": "somebody"}', '{"generator": "agency-kg", "format": 99}'])
def test_other_folders_are_refused(tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(OutputError):
        check_output(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        check_output(tmp_path / "out")


def test_files_of_others_in_an_output_are_not_deleted(tmp_path: Path) -> None:
    out = _ours(tmp_path / "out")
    (out / ".DS_Store").write_bytes(b"")
    check_output(out)
    (out / "ledger, filled in.xlsx").write_bytes(b"weeks of work")
    with pytest.raises(OutputError, match=r"did not write \(ledger, filled in\.xlsx\)"):
        check_output(out)


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = _ours(tmp_path / "out")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(OutputError, match="read-only"):
        check_output(out)


def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    real = _ours(tmp_path / "real")
    for name, leads_to in (("link", real), ("dangling", tmp_path / "new")):
        (tmp_path / name).symlink_to(leads_to)
        check_output(tmp_path / name)
        with write_whole(tmp_path / name) as work:
            (work / "load.csv").write_text("new", encoding="utf-8")
        assert (tmp_path / name).is_symlink()
        assert (leads_to / "load.csv").read_text(encoding="utf-8") == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dangling", "link", "new", "real"]


def test_an_output_below_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    def write() -> None:
        with write_whole(tmp_path / "file" / "out"):
            raise AssertionError

    with pytest.raises(OutputError, match="cannot write here"):
        write()


def test_a_finished_block_replaces_the_folder_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    out = _ours(tmp_path / "out")
    with write_whole(out) as work:
        (work / "new").write_text("new", encoding="utf-8")
    assert [path.name for path in out.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failing_block_leaves_the_old_folder_untouched(tmp_path: Path) -> None:
    out = _ours(tmp_path / "out")

    def fail() -> None:
        with write_whole(out) as work:
            (work / "new").write_text("new", encoding="utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (out / "load.csv").read_text(encoding="utf-8") == "old"
    assert read_manifest(out)["format"] == FORMAT
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
