"""Which views there are. A new view is one module with one function, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from kg.errors import OutputError
from kg.tables.frames import Tables

#: Name of a view → ``module:function``; the function takes tables and returns the text of ``<name>.html``.
VIEWS: Mapping[str, str] = MappingProxyType({"graph": "kg.views.graph:render_graph"})


def get_view(name: str) -> Callable[[Tables], str]:
    """Return the function of a view, importing its module only now.

    Raises
    ------
    OutputError
        There is no such view.

    Examples
    --------
    >>> get_view("graph").__name__
    'render_graph'
    """
    try:
        module, _, function = VIEWS[name].partition(":")
    except KeyError as error:
        raise OutputError(f"no such view: {name}; there is {', '.join(VIEWS)}") from error
    return cast("Callable[[Tables], str]", getattr(import_module(module), function))
