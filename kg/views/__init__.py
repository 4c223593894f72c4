"""Pictures of the graph: each view is one pure function from tables to a file's content, found through :data:`VIEWS`."""

from kg.views.registry import VIEWS, get_view

__all__ = ["VIEWS", "get_view"]
