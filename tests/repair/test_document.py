"""A document through repair: the same object where nothing is damaged, else text, edits and block spans that fit together."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Block, BlockKind, Document, Span
from kg.repair import apply_plan, explain_edits, repair_document, repair_text
from kg.rules.book import RuleBook
from tests.repair.damage import Damage, damage
from tests.repair.sentences import write_text


def make_document(text: str) -> Document:
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))]
    blocks = tuple(Block(BlockKind.PARAGRAPH, Span(start, start + len(line))) for start, line in zip(starts, lines, strict=True))
    return Document("d", text, "d.txt", "0" * 64, "text", "utf-8", blocks=blocks)


def test_clean_document_comes_back_as_it_is(rules: RuleBook) -> None:
    document = make_document(write_text(2000))
    repaired, issues = repair_document(document, rules)
    assert repaired is document
    assert issues == ()


def test_blocks_cover_the_same_lines_after_repair(rules: RuleBook) -> None:
    wanted = write_text(3000)
    document = make_document(damage(wanted, Damage()))
    repaired, _ = repair_document(document, rules)
    assert repaired.text == wanted
    assert apply_plan(document.text, repaired.edits) == wanted
    assert [block.span.slice(repaired.text) for block in repaired.blocks] == wanted.split("\n")
    assert repaired == replace(document, text=wanted, edits=repaired.edits, blocks=repaired.blocks)


def test_ambiguous_stretch_is_reported_with_its_candidates(rules: RuleBook) -> None:
    # The last byte of the stretch is lost: 查 and 察 have the same first one, and both make a word with 督.
    document, issues = repair_document(make_document("区(qū)县(xiàn)负责植物?；ざ讲?，按期完成。\n"), rules)
    assert document.text in ("区县负责植物保护督查，按期完成。\n", "区县负责植物保护督察，按期完成。\n")
    (issue,) = issues
    assert (issue.code, issue.document_id, issue.words) == ("ambiguous-repair", "d", issue.candidates[0])
    assert issue.span is not None
    assert issue.span.slice(document.text) == issue.words
    assert {"保护督查", "保护督察"} <= set(issue.candidates)


def test_private_use_character_that_stays_is_reported(rules: RuleBook) -> None:
    text = "一、推进\ue123改革。"
    assert repair_text(text, rules)[:2] == (text, ())
    (issue,) = repair_text(text, rules)[2]
    assert (issue.code, issue.span, issue.words) == ("unreadable-character", Span(4, 5), "\ue123")


def test_explanation_has_a_line_for_each_edit(rules: RuleBook) -> None:
    _, edits, _ = repair_text("区(qū)和县(xiàn)负责。", rules)
    assert explain_edits(edits) == "pinyin\t1-5\t'(qū)' -> ''\ttoned\npinyin\t7-13\t'(xiàn)' -> ''\ttoned\n"
