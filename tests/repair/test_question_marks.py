"""Question marks in a row are what a program writes that cannot write Chinese: nothing is left to search for."""

from __future__ import annotations

import re

import pytest

from kg.repair import repair_text
from kg.rules import load_rules


@pytest.mark.parametrize("text", ["推进改革工作。????????。", "????????????????????,市财政局\n" * 10])
def test_a_row_of_question_marks_stays_and_is_reported(text: str) -> None:
    repaired, edits, issues = repair_text(text, load_rules())
    assert (repaired, edits) == (text, ())
    assert {issue.code for issue in issues} == {"unreadable-character"}
    assert [issue.words for issue in issues] == re.findall(r"\?+", text)


def test_one_question_mark_is_still_a_sign_of_loss() -> None:
    damaged = "一、優化服務\n ?。ㄒ唬┩晟凭W(wǎng)上政務大廳建設\n"
    assert "（一）完善网上政务大厅建设" in repair_text(damaged, load_rules())[0]
