"""The report as a workbook: a sheet for each table, header frozen, filters on."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.measures import Layer
from kg.reports import sentences, sheets
from kg.reports.cells import LONGEST_CELL, clean_cell, split_cell
from kg.reports.results import Results
from kg.reports.words import Words

if TYPE_CHECKING:
    import xlsxwriter

#: What the file says of its making: a fixed day, for the same input gives the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDEST = 60
_INK, _GREY = "#000000", "#69747F"


def render_xlsx(results: Results, words: Words) -> bytes:
    """Return the workbook.

    Texts are written as texts, never as formulas or links, and neutralised besides, since a sheet may be saved as CSV and opened again.
    What is longer than a cell can be ends in words that say so.
    """
    import xlsxwriter

    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": words.say("page.title"), "created": _CREATED})
    _write_summary(book, results, words)
    layers = [results.options.layer] if results.small else list(Layer)
    for layer in layers:
        _write_sheet(book, f"{words.say('sheet.load')} {words.say(f'layer.{layer}')}", sheets.make_load_sheet(results, words, layer), words)
    _write_sheet(book, words.say("sheet.sections"), sheets.make_section_sheet(results, words), words)
    _write_sheet(book, words.say("sheet.gaps"), sheets.make_gap_sheet(results, words), words)
    if not results.small:
        _write_sheet(book, words.say("sheet.ranks"), sheets.make_rank_sheet(results, words), words)
        _write_sheet(book, words.say("sheet.uncertainty"), sheets.make_null_sheet(results, words), words)
    _write_method(book, results, words)
    book.close()
    return file.getvalue()


def _write_summary(book: xlsxwriter.Workbook, results: Results, words: Words) -> None:
    page = book.add_worksheet(words.say("sheet.summary"))
    bold = book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 90)
    page.set_column(1, 1, 12)
    row = 0
    for number, sentence in enumerate(sentences.write_headline(results, words)):
        page.write_string(row, 0, _fit(sentence, words), wrap if number else bold)
        row += 1
    page.write_string(row, 0, words.say("page.assigned"), wrap)
    row += 1
    if results.small:
        page.write_string(row, 0, words.say("page.small"), wrap)
        row += 1
    for plan in results.plans.iter_rows(named=True):
        row += 1
        issued = plan["issued"].isoformat() if plan["issued"] else ""
        facts = [plan["title"] or plan["plan_id"], plan["issuer"], plan["document_number"], issued]
        page.write_string(row, 0, _fit(" · ".join(fact for fact in facts if fact), words), wrap)
    row += 2
    for key, count in results.counts.items():
        page.write_string(row, 0, words.say(f"counts.{key}"))
        page.write_number(row, 1, count)
        row += 1


def _write_sheet(book: xlsxwriter.Workbook, name: str, sheet: sheets.Sheet, words: Words) -> None:
    page = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"})
    formats = [_make_formats(book, colour) for colour in (_INK, _GREY)]
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, _fit(heading, words), head)
        page.set_column(column, column, _find_width(sheet, column))
    for line, row in enumerate(sheet.rows, 1):
        text, number, finer, whole = formats[line - 1 in sheet.grey]
        for column, (key, cell) in enumerate(zip(sheet.keys, row, strict=True)):
            if isinstance(cell, str):
                page.write_string(line, column, _fit(cell, words), text)
            elif isinstance(cell, float):
                page.write_number(line, column, cell, finer if sheets.DIGITS.get(key) == 3 else number)
            elif cell is not None:
                page.write_number(line, column, cell, whole)
    # The names stay in sight beside the figures.
    page.freeze_panes(1, sheet.keys.index("label") + 1 if "label" in sheet.keys[:2] else 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.headings) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _make_formats(book: xlsxwriter.Workbook, colour: str) -> tuple[Any, Any, Any, Any]:
    """Return the formats of texts, numbers, finer numbers and whole numbers in a colour."""
    shapes: list[dict[str, Any]] = [{"text_wrap": True}, {"num_format": "0.00"}, {"num_format": "0.000"}, {"num_format": "0"}]
    text, number, finer, whole = (book.add_format({"valign": "top", "font_color": colour, **shape}) for shape in shapes)
    return text, number, finer, whole


def _write_method(book: xlsxwriter.Workbook, results: Results, words: Words) -> None:
    page = book.add_worksheet(words.say("sheet.method"))
    page.set_column(0, 0, 110)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    lines = sentences.write_method(results, words)
    if not results.small:
        lines.append(sentences.write_null_finding(results, words))
    for row, line in enumerate(lines):
        page.write_string(row, 0, _fit(line, words), wrap)


def _fit(text: str, words: Words) -> str:
    """Return a text as a cell can hold it; one that is cut says so and where the rest is."""
    cleaned = clean_cell(text)
    if len(split_cell(cleaned)) == 1:
        return cleaned
    note = words.say("page.cut")
    return split_cell(cleaned, LONGEST_CELL - len(note))[0] + note


def _find_width(sheet: sheets.Sheet, column: int) -> float:
    """Return a width in characters; an ideograph takes the room of two."""
    values: list[Any] = [sheet.headings[column][:8], *(row[column] for row in sheet.rows)]
    widest = max(sum(2 if ord(letter) > 0x2E7F else 1 for letter in value) if isinstance(value, str) else 7 for value in values)
    return min(max(8, widest + 2), _WIDEST)
