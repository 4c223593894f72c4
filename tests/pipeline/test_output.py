"""The output folder appears whole or not at all, and never in the place of something that is not ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.pipeline.output import check_output, read_manifest, write_whole


def _ours(folder: Path) -> Path:
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({"generator": "agency-kg", "format": 1}), encoding="utf-8")
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
    assert read_manifest(out)["format"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
