"""Measure 6, the headline: cross-cutting load."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


def compute_cross_cutting_load(fractional: Reals, spread: Reals) -> Reals:
    r"""Weigh an agency's load by how far it lies across the sections.

    .. math:: L_a = F_a \cdot P^*_a

    Parameters
    ----------
    fractional
        F, a number of tasks (:func:`~kg.measures.fractional.compute_fractional_load`).
    spread
        P*, a chance (:func:`~kg.measures.spread.compute_spread`); NaN where an agency has one task or none.

    Returns
    -------
    array
        A number of tasks, from 0 to F. 0 where P* is not defined: one task crosses no border between sections.

    Notes
    -----
    Traps: a broad agency with little to do and a narrow one with much to do can have the same value; show F and P* beside it. It depends
    on the convention for role weights and on the level of sections: see :func:`kg.measures.compute_choices`.

    References
    ----------
    This project: size times spread, so that neither a long list in one section nor two tasks far apart are enough.

    Examples
    --------
    >>> import numpy as np
    >>> compute_cross_cutting_load(np.array([3.0, 1.0]), np.array([0.5, np.nan])).tolist()
    [1.5, 0.0]
    """
    return fractional * np.nan_to_num(spread, nan=0.0)
