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
        "html": "kg.read.html_page:read_html",
        "mhtml": "kg.read.mhtml_page:read_mhtml",
        "docx": "kg.read.docx_file:read_docx",
        "pdf": "kg.read.pdf_file:read_pdf",
        "xlsx": "kg.read.xlsx_file:read_xlsx",
        "csv": "kg.read.csv_file:read_csv",
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
