"""What a spreadsheet would take for a formula, written so that it stays text. Knows nothing but strings, so that any part may use it."""

from __future__ import annotations

#: A spreadsheet takes a cell that begins so for a formula; an East Asian one full-width marks too.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def neutralise(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before what would begin one.

    All CSV and XLSX files of this project are neutralised, for they are made to be opened in Excel or LibreOffice; programs that want each
    text as it stands on the page take JSON.

    Examples
    --------
    >>> neutralise("=1+1"), neutralise("市政府")
    ("'=1+1", '市政府')
    """
    return f"'{text}" if text.startswith(("\t", "\r")) or text.lstrip().startswith(_FORMULA_STARTS) else text
