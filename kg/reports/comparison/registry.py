"""Which formats a comparison has. A new one is one function of a comparison and words that gives bytes, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.compare import Comparison
from kg.reports.formats import find_format
from kg.reports.words import Words, load_words

Renderer = Callable[[Comparison, Words], bytes]

#: Name of a format → ``module:function``.
COMPARISONS: Mapping[str, str] = MappingProxyType(
    {
        "html": "kg.reports.comparison.html:render_html",
        "md": "kg.reports.comparison.markdown:render_markdown",
        "csv": "kg.reports.comparison.rows:render_csv",
        "json": "kg.reports.comparison.rows:render_json",
    }
)


def render_comparison(comparison: Comparison, format: str = "html", lang: str = "zh") -> bytes:  # noqa: A002
    """Write a comparison.

    Parameters
    ----------
    comparison
        From :func:`kg.compare.compare_tables`.
    format
        One of :data:`COMPARISONS`.
    lang
        ``zh`` or ``en``; CSV and JSON have the same keys in both.

    Returns
    -------
    bytes
        The file; the same comparison gives the same bytes.

    Raises
    ------
    OutputError
        There is no such format or language.

    Examples
    --------
    >>> from kg.compare import compare_tables
    >>> from kg.tables import empty_tables
    >>> render_comparison(compare_tables(empty_tables(), empty_tables()), "csv").decode("utf-8-sig").split(",")[:3]
    ['status', 'score', 'doubt']
    """
    renderer: Renderer = find_format(COMPARISONS, format, "comparison")
    return renderer(comparison, load_words(lang, "comparison"))
