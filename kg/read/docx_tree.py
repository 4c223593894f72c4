"""Small questions to Word's XML, by local names: the strict and the transitional form of the standard differ in namespaces only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def get_name(element: Any) -> str:
    """Return an element's name without namespace; comments and processing instructions have an empty one."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def get_children(element: Any, name: str) -> Iterator[Any]:
    """Yield the children of that name; none for None."""
    if element is not None:
        yield from (child for child in element if get_name(child) == name)


def get_child(element: Any, name: str) -> Any:
    """Return the first child of that name, or None."""
    return next(get_children(element, name), None)


def get_value(element: Any, name: str, *, attribute: bool = False) -> str:
    """Return an attribute of the element, or of its child of that name the attribute ``val``; an empty string where there is none."""
    if element is None:
        return ""
    if not attribute:
        return get_value(get_child(element, name), "val", attribute=True)
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def is_on(element: Any, name: str) -> bool:
    """Return whether a switch such as ``<w:vanish/>`` stands among the children and is on."""
    child = get_child(element, name)
    return child is not None and get_value(child, "val", attribute=True) not in ("0", "false", "off")
