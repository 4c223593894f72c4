"""How a format is found by its name, the same for load reports, ledgers and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from kg.errors import OutputError


def find_format(formats: Mapping[str, str], name: str, what: str) -> Callable[..., bytes]:
    """Return the function of a format, importing its module only now.

    Parameters
    ----------
    formats
        Name → ``module:function``.
    name
        The format that is asked for.
    what
        What the formats are of, for the message.

    Raises
    ------
    OutputError
        There is no such format.

    Examples
    --------
    >>> find_format({"csv": "kg.reports.rows:render_csv"}, "csv", "report").__name__
    'render_csv'
    """
    if name not in formats:
        raise OutputError(f"no such {what} format: {name}; there is {', '.join(formats)}")
    module, _, function = formats[name].partition(":")
    found: Callable[..., bytes] = getattr(import_module(module), function)
    return found
