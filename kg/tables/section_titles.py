"""Where a task stands in its plan: the titles of the sections above it."""

from __future__ import annotations

import polars as pl


def list_section_titles(sections: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return for each section the titles from the top down to its own, each with its printed number.

    Parameters
    ----------
    sections
        The table ``sections``.

    Returns
    -------
    dict
        Section id → titles; a plan's own id, which a task without a heading bears, is not in it.

    Examples
    --------
    >>> rows = {"section_id": ["p/1", "p/1.1"], "parent_id": ["p", "p/1"], "label": ["一、", "（一）"], "title": ["改革", "平台"]}
    >>> list_section_titles(pl.DataFrame(rows))["p/1.1"]
    ('一、改革', '（一）平台')
    """
    above: dict[str, str] = {}
    own: dict[str, str] = {}
    for section, parent, label, title in sections.select("section_id", "parent_id", "label", "title").iter_rows():
        above[section] = parent
        own[section] = f"{label or ''}{title or ''}" or section
    titles: dict[str, tuple[str, ...]] = {}
    for section in own:
        way: list[str] = []
        step = section
        while step in own and step not in way:
            way.append(step)
            step = above[step]
        titles[section] = tuple(own[part] for part in reversed(way))
    return titles
