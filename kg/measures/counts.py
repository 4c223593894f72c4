"""Measure 1: counts, always shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.measures.networks import Network
from kg.measures.options import LAYER_ROLES, Layer
from kg.measures.scope import ROLE_ORDER, Scope
from kg.model import Role

Whole = NDArray[np.int64]

#: Column → roles that it counts.
COUNTED: Mapping[str, tuple[Role, ...]] = MappingProxyType(
    {
        "led": LAYER_ROLES[Layer.LEAD],
        "responsible": (Role.RESPONSIBLE,),
        "participating": (Role.PARTICIPATE,),
        "cooperating": (Role.COOPERATE,),
        "supervised": (Role.SUPERVISE,),
    }
)


def count_tasks(network: Network) -> Whole:
    r"""Count the tasks of each agency in a layer.

    .. math:: k_a = |\{t : a \in t\}|

    Parameters
    ----------
    network
        The two-mode network of a layer; only ``named`` is looked at, so groups are counted even where they take no share.

    Returns
    -------
    array
        One whole number an agency, from 0 to M.

    Notes
    -----
    Traps: adds up to the number of agency–task pairs, not of tasks; an agency that is one of twenty names on a line counts as much as a
    sole leader. Fractional load divides.

    Examples
    --------
    See :func:`count_roles`.
    """
    return np.diff(network.named.indptr).astype(np.int64)


def count_roles(scope: Scope) -> dict[str, Whole]:
    """Count the tasks of each agency by role, over all layers.

    Parameters
    ----------
    scope
        Parties as numbers.

    Returns
    -------
    dict
        Column of :data:`COUNTED` → one whole number an agency. A task that names an agency both as ``lead`` and ``jointLead`` counts once
        in ``led``; one that names it as ``lead`` and ``responsible`` counts in both columns, so the columns may add up to more than the
        agency's tasks.

    Examples
    --------
    >>> import numpy as np
    >>> import polars as pl
    >>> agencies = pl.DataFrame({"agency_key": ["a", "b"]})
    >>> tasks = pl.DataFrame({"task_id": ["t1", "t2"]})
    >>> scope = Scope(agencies, tasks, np.array([0, 0]), ("s",), np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([0, 0, 2]))
    >>> counts = count_roles(scope)
    >>> counts["led"].tolist(), counts["responsible"].tolist()
    ([2, 0], [0, 1])
    """
    shape = (scope.agencies.height, scope.tasks.height)
    counts = {}
    for column, roles in COUNTED.items():
        mine = np.isin(scope.role, [ROLE_ORDER.index(role) for role in roles])
        pairs = np.unique(scope.agency[mine] * max(shape[1], 1) + scope.task[mine])
        counts[column] = np.bincount(pairs // max(shape[1], 1), minlength=shape[0]).astype(np.int64)
    return counts


def count_by_section(incidence: sparse.csr_array, sections: Whole) -> Whole:
    """Count the tasks of each agency in each section.

    Parameters
    ----------
    incidence
        agencies × tasks; an entry is a task of the agency.
    sections
        The section of each task, from 0.

    Returns
    -------
    array
        agencies × sections, the k_s of the other measures.

    Examples
    --------
    >>> import numpy as np
    >>> from scipy import sparse
    >>> count_by_section(sparse.csr_array(np.array([[1, 1, 1], [0, 0, 1]])), np.array([0, 0, 1])).tolist()
    [[2, 1], [0, 1]]
    """
    agencies, width = incidence.shape[0], int(sections.max(initial=-1)) + 1
    rows = np.repeat(np.arange(agencies), np.diff(incidence.indptr))
    flat = np.bincount(rows * width + sections[incidence.indices], minlength=agencies * width)
    return flat.reshape(agencies, width).astype(np.int64)


def count_sections(by_section: Whole) -> Whole:
    """Count the sections that each agency reaches.

    Examples
    --------
    >>> import numpy as np
    >>> count_sections(np.array([[2, 1], [0, 1]])).tolist()
    [2, 1]
    """
    reached: Whole = (by_section > 0).sum(axis=1).astype(np.int64)
    return reached
