"""Which formats a report has. A new one is one module with one function, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.measures import LoadOptions
from kg.reports.formats import find_format
from kg.reports.results import Results, collect_results
from kg.reports.words import Words, load_words
from kg.tables.frames import Tables

Renderer = Callable[[Results, Words], bytes]

#: Name of a format → ``module:function``; the function takes results and words and returns the file's bytes.
REPORTS: Mapping[str, str] = MappingProxyType(
    {
        "html": "kg.reports.html:render_html",
        "md": "kg.reports.markdown:render_markdown",
        "csv": "kg.reports.rows:render_csv",
        "xlsx": "kg.reports.workbook:render_xlsx",
        "json": "kg.reports.rows:render_json",
    }
)


def get_report(name: str) -> Renderer:
    """Return the function of a format, importing its module only now.

    Raises
    ------
    OutputError
        There is no such format.

    Examples
    --------
    >>> get_report("csv").__name__
    'render_csv'
    """
    return find_format(REPORTS, name, "report")


def render_report(tables: Tables, format: str = "html", lang: str = "zh", options: LoadOptions | None = None) -> bytes:  # noqa: A002
    """Measure `tables` and write the report.

    Parameters
    ----------
    tables
        The tables of one or more plans.
    format
        One of :data:`REPORTS`.
    lang
        ``zh`` or ``en``; CSV and JSON have the same keys in both.
    options
        Layer, section level, weights, collectives, names, plans and year; by default the conventions of :class:`~kg.measures.LoadOptions`.

    Returns
    -------
    bytes
        The file; the same tables give the same bytes.

    Raises
    ------
    OutputError
        There is no such format or language.
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> render_report(empty_tables(), "csv").decode("utf-8-sig").split(",")[:3]
    ['layer', 'rank', 'agency_key']
    """
    renderer, words = get_report(format), load_words(lang)
    return renderer(collect_results(tables, options), words)
