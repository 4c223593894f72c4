"""Labels that tell agencies apart: 市发展改革委 of two cities are two bodies, and a ranking of both must say which is which."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kg.measures.options import Collectives, LoadOptions, Names
from kg.measures.scope import list_successors, select_scope_plans


def tell_labels_apart(tables: Mapping[str, pl.DataFrame], options: LoadOptions | None = None) -> Mapping[str, pl.DataFrame]:
    """Give the agencies of a scope labels that occur once.

    Parameters
    ----------
    tables
        The tables of one or more plans.
    options
        Scope (``plans``, ``year``), and whether members or successors are counted, which then need labels of their own too.

    Returns
    -------
    mapping
        The same tables, but for ``agencies``: where several agencies named in scope share a label, each gets its full name
        (宜春市发展改革委); one without, or with one that is taken, gets the place of the first plan that names it, or else its key, in
        brackets behind the label. A label that only one agency has stays.

    Raises
    ------
    TableError
        A plan that is asked for is not there, or no plan is of the year asked for.

    Examples
    --------
    >>> from kg.tables import empty_tables
    >>> tell_labels_apart(empty_tables())["agencies"].height
    0
    """
    options = options or LoadOptions()
    plans = select_scope_plans(tables["plans"], options)
    places = dict(plans.select("plan_id", "place").iter_rows())
    named: dict[str, str] = {}
    for key, plan_id in tables["assignments"].select("agency_key", "plan_id").iter_rows():
        if plan_id in places:
            named.setdefault(key, places[plan_id] or "")
    if options.names is Names.SUCCESSOR or options.collectives is Collectives.EXPAND:
        for pair in list_successors(tables, options).iter_rows():
            for key in pair:
                named.setdefault(key, "")
    agencies = tables["agencies"]
    rows = [row for row in agencies.select("agency_key", "label", "full_name").iter_rows() if row[0] in named]
    bearers: dict[str, list[tuple[str, str]]] = {}
    for key, label, full_name in rows:
        bearers.setdefault(label, []).append((key, full_name or ""))
    taken = set(bearers)
    renamed: dict[str, str] = {}
    for label, same in bearers.items():
        for key, full_name in same if len(same) > 1 else ():
            choices = (full_name, f"{label}（{named[key]}）" if named[key] else "", f"{label}（{key}）")
            renamed[key] = next(choice for choice in choices if choice and choice not in taken)
            taken.add(renamed[key])
    if not renamed:
        return tables
    label = pl.col("agency_key").replace_strict(renamed, default=pl.col("label"), return_dtype=pl.String)
    return {**tables, "agencies": agencies.with_columns(label=label)}
