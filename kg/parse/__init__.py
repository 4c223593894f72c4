"""Text to plan: logical lines, numbering, who is responsible for what, deadlines and targets."""

from kg.parse.document import parse_document

__all__ = ["parse_document"]
