"""Which formats a ledger has. A new one is one function of a ledger and words that gives bytes, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from kg.reports.formats import find_format
from kg.reports.ledger.carrying import Carried, carry_over
from kg.reports.ledger.entries import Ledger, collect_ledger
from kg.reports.ledger.filled import read_filled
from kg.reports.words import Words, load_words
from kg.tables.frames import Tables

Renderer = Callable[[Ledger, Words], bytes]

#: Name of a format → ``module:function``.
LEDGERS: Mapping[str, str] = MappingProxyType(
    {
        "xlsx": "kg.reports.ledger.workbook:render_xlsx",
        "csv": "kg.reports.ledger.rows:render_csv",
    }
)


def render_ledger(
    tables: Tables,
    format: str = "xlsx",  # noqa: A002
    lang: str = "zh",
    plans: Iterable[str] = (),
    year: int | None = None,
    agencies: Iterable[str] = (),
) -> bytes:
    """Write the ledger of some plans.

    Parameters
    ----------
    tables
        The tables of one or more plans.
    format
        One of :data:`LEDGERS`.
    lang
        ``zh`` or ``en``: headings and statuses; what the plan says stays as it is.
    plans, year
        Which plans; by default all.
    agencies
        Only tasks that name one of these; by default all.

    Returns
    -------
    bytes
        The file; the same tables give the same bytes.

    Raises
    ------
    OutputError
        There is no such format or language.
    TableError
        A plan that is asked for is not there, no plan is of the year asked for, or no task names an agency asked for.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> render_ledger(empty_tables(), "csv").decode("utf-8-sig").split(",")[:3]
    ['方案', '序号', '原编号']
    """
    renderer: Renderer = find_format(LEDGERS, format, "ledger")
    return renderer(collect_ledger(tables, plans, year, agencies), load_words(lang, "ledger"))


def carry_over_ledger(
    tables: Tables,
    content: bytes,
    lang: str = "zh",
    plans: Iterable[str] = (),
    year: int | None = None,
    agencies: Iterable[str] = (),
) -> tuple[bytes, Carried]:
    """Write the ledger of some plans as a workbook with what an office filled into an older one.

    Parameters
    ----------
    tables, lang, plans, year, agencies
        As in :func:`render_ledger`.
    content
        The older ledger, an XLSX workbook in either language.

    Returns
    -------
    bytes, Carried
        The file, and what became of the older ledger.

    Raises
    ------
    ReadError
        The older ledger is none.
    OutputError, TableError
        As in :func:`render_ledger`.
    """
    words = load_words(lang, "ledger")
    filled = read_filled(content)
    ledger = carry_over(collect_ledger(tables, plans, year, agencies), collect_ledger(tables), filled, words)
    if ledger.carried is None:
        raise AssertionError("a ledger that was carried over says so")
    renderer: Renderer = find_format(LEDGERS, "xlsx", "ledger")
    return renderer(ledger, words), ledger.carried
