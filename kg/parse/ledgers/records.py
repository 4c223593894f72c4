"""Records that a page's script holds (``{"task": "…", "lead": "…"}``): a row for each, with their keys for titles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span
from kg.parse.ledgers.columns import names_columns
from kg.parse.ledgers.grids import Grid
from kg.parse.words.lexicon import Lexicon

_RECORD_RE = re.compile(r"\{[^{}]*\}")
_PAIR_RE = re.compile(r"""["']?(?P<key>[A-Za-z_\u4e00-\u9fff]\w*)["']?\s*:\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\d+))""")
_LEAST_RECORDS = 2


def find_records(text: str, lexicon: Lexicon) -> Iterator[Grid]:
    """Yield the records with the same keys that follow one another as tables, if their keys name a role and what is done."""
    run: list[dict[str, Span]] = []
    titles: list[Span] = []
    begun = end = 0
    for match in [*_RECORD_RE.finditer(text), None]:
        pairs = list(_PAIR_RE.finditer(text, match.start(), match.end())) if match is not None else []
        record = {pair.group("key"): Span(*pair.span(pair.lastgroup or "key")) for pair in pairs}
        if match is not None and run and list(record) == list(run[0]):
            run.append(record)
            end = match.end()
            continue
        if len(run) >= _LEAST_RECORDS and names_columns(run[0], lexicon):
            yield _to_grid(run, titles, Span(begun, end))
        run = [record] if record else []
        titles = [Span(*pair.span("key")) for pair in pairs]
        begun, end = (match.start(), match.end()) if match is not None else (0, 0)


def _to_grid(run: list[dict[str, Span]], titles: list[Span], whole: Span) -> Grid:
    cells = {(0, column): title for column, title in enumerate(titles)}
    for row, record in enumerate(run, start=1):
        cells.update({(row, column): cell for column, cell in enumerate(record.values()) if cell.start < cell.end})
    return Grid(cells, 1 + len(run), len(run[0]), whole)
