"""The formats that are read: one module each, loaded when a source needs it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType
from typing import cast

from kg.read.content import Content

FORMATS = MappingProxyType(
    {
        "text": "kg.read.text_file:read_text",
    }
)
"""Format → the function that reads its bytes."""


def get_reader(name: str) -> Callable[[bytes], Content]:
    """Return the function that reads a format.

    Raises
    ------
    KeyError
        No such format.
    """
    module, function = FORMATS[name].split(":")
    return cast(Callable[[bytes], Content], getattr(import_module(module), function))
