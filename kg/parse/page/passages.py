"""A stretch of a flow as one line: breaks inside a sentence are taken out, and each character knows its place."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Span
from kg.parse.page.layout import Flow

#: A break behind one of these ends what is said; any other only wraps it.
_ENDING = "。；：！？\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """``view`` is the text to match in; ``places[i]`` is the flow index of its character ``i``."""

    flow: Flow
    view: str
    places: tuple[int, ...]

    def to_flow(self, start: int, end: int) -> tuple[int, int]:
        """Return the flow indices of the characters ``[start, end)``."""
        return self.places[start], self.places[end - 1] + 1

    def to_span(self, start: int, end: int) -> Span:
        """Return where the characters ``[start, end)`` stand in the document."""
        return self.flow.to_span(*self.to_flow(start, end))

    def printed(self, start: int, end: int) -> str:
        """Return the characters ``[start, end)`` as printed."""
        return "".join(self.flow.printed[place] for place in self.places[start:end])


def make_passage(flow: Flow, start: int, end: int) -> Passage:
    """Return the flow's text ``[start, end)`` without the breaks that wrap it."""
    kept: list[int] = []
    for place in range(start, end):
        if flow.text[place] != "\n" or not kept or flow.text[kept[-1]] in _ENDING:
            kept.append(place)
    return Passage(flow, "".join(flow.text[place] for place in kept), tuple(kept))
