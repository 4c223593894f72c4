"""Edits in words, one line each, for ``kg repair --explain``."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Edit


def explain_edits(edits: Iterable[Edit]) -> str:
    r"""Return one line an edit: kind, offsets in the source, before -> after, reason; tabs between.

    Examples
    --------
    >>> from kg.model import Span
    >>> explain_edits([Edit(Span(1, 5), "(qū)", "", "pinyin", "toned")])
    "pinyin\t1-5\t'(qū)' -> ''\ttoned\n"
    """
    return "".join(f"{edit.kind}\t{edit.span.start}-{edit.span.end}\t{edit.before!r} -> {edit.after!r}\t{edit.rule}\n" for edit in edits)
