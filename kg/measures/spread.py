"""Measures 4 and 5: spread over the sections, alone and against the plan."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]


def compute_spread(by_section: Whole) -> Reals:
    r"""Give the chance that two tasks of an agency, drawn without putting back, lie in different sections.

    .. math:: P^*_a = 1 - \frac{\sum_s k_{as} (k_{as} - 1)}{k_a (k_a - 1)}, \qquad k_a \ge 2

    Parameters
    ----------
    by_section
        agencies × sections, the number of tasks of the agency there (k_s); a row of the agency × section network, weights are counts.

    Returns
    -------
    array
        One chance an agency, from 0 (all in one section) to 1 (each task in a section of its own); NaN where k < 2.

    Notes
    -----
    Traps: the plain participation coefficient 1 − Σ (k_s/k)² mostly ranks by size, because it draws with putting back and can find the
    same task twice. P* has the same expectation D for every k when tasks are dealt at random (see :func:`compute_plan_spread`), but it is
    coarse for small k: with k = 2 it can only be 0 or 1.

    References
    ----------
    E. H. Simpson, "Measurement of diversity", *Nature* 163 (1949), 688 (the unbiased form). Participation coefficient: R. Guimerà and L.
    A. N. Amaral, *Nature* 433 (2005), 895–900.

    Examples
    --------
    k = 4 as 2 + 1 + 1: 1 − 2·1 / (4·3) = 5/6. k = 2 in one section: 0. k = 1: not defined.

    >>> import numpy as np
    >>> compute_spread(np.array([[2, 1, 1], [0, 2, 0], [1, 0, 0]])).round(4).tolist()
    [0.8333, 0.0, nan]
    """
    total = by_section.sum(axis=-1)
    same = (by_section * (by_section - 1)).sum(axis=-1)
    pairs = total * (total - 1)
    return np.where(pairs > 0, 1 - same / np.maximum(pairs, 1), np.nan)


def compute_plan_spread(sizes: Whole) -> float:
    r"""Give the chance that two tasks of the whole plan lie in different sections.

    .. math:: D = 1 - \frac{\sum_s m_s (m_s - 1)}{M (M - 1)}

    Parameters
    ----------
    sizes
        The number of tasks in each section (m_s) that name somebody in the layer.

    Returns
    -------
    float
        From 0 (one section) to 1; NaN below two tasks. It is the expectation of P* when tasks are dealt at random, whatever k is.

    Examples
    --------
    >>> import numpy as np
    >>> compute_plan_spread(np.array([2, 2]))  # 1 − (2 + 2) / 12
    0.6666666666666667
    """
    return float(compute_spread(sizes[None, :])[0])


def compute_relative_spread(spread: Reals, plan_spread: float) -> Reals:
    r"""Divide an agency's spread by the plan's.

    .. math:: X_a = P^*_a / D

    Parameters
    ----------
    spread
        P* of each agency.
    plan_spread
        D.

    Returns
    -------
    array
        0 or more; 1 is what chance gives, above 1 is spread wider than chance, at most 1/D. NaN where P* or D is not defined or D is 0.

    Notes
    -----
    Traps: X orders agencies as P* does; it makes plans with different sections comparable. Whether a value above 1 means anything for a
    small k is a question for :func:`kg.measures.compute_null_model`.

    Examples
    --------
    >>> import numpy as np
    >>> compute_relative_spread(np.array([0.5, 0.8]), 0.8).tolist()
    [0.625, 1.0]
    """
    if not plan_spread > 0:
        return np.full(spread.shape, np.nan)
    return spread / plan_spread
