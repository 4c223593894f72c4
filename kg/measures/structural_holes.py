"""Measure 8: Burt's constraint and effective size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Reals = NDArray[np.float64]


def compute_constraint(projection: sparse.csr_array) -> Reals:
    r"""Tell how much an agency's partners are each other's partners.

    .. math:: c_a = \sum_{b \in V(a)} \Big(p_{ab} + \sum_q p_{aq} p_{qb}\Big)^2, \qquad p_{ab} = \frac{w_{ab}}{\sum_q w_{aq}}

    Parameters
    ----------
    projection
        Agencies × agencies, undirected, without loops; w is the number of tasks two agencies share
        (:func:`~kg.measures.networks.project`): a strength of tie, not a distance.

    Returns
    -------
    array
        Above 0, around 1 for an agency whose partners all work together, small for one that bridges; it can exceed 1 in a small clique.
        NaN for an agency without partners.

    Notes
    -----
    Traps: projection turns one task with many names into a clique, which raises the constraint of everybody on it. Low means bridging; do
    not rank it downwards. Equal to ``networkx.constraint(G, weight="weight")``.

    References
    ----------
    R. S. Burt, "Structural holes and good ideas", *American Journal of Sociology* 110 (2004), 349–399.

    Examples
    --------
    A path b – a – c with equal ties: a has (1/2)² + (1/2)², b and c have 1.

    >>> import numpy as np
    >>> from scipy import sparse
    >>> compute_constraint(sparse.csr_array(np.array([[0.0, 1, 1], [1, 0, 0], [1, 0, 0]]))).tolist()
    [0.5, 1.0, 1.0]
    """
    ties = projection.toarray()
    share = _divide_rows(ties, ties.sum(axis=1))
    local = np.where(ties > 0, share + share @ share, 0.0) ** 2
    return np.where(ties.any(axis=1), local.sum(axis=1), np.nan)


def compute_effective_size(projection: sparse.csr_array) -> Reals:
    r"""Count an agency's partners, less what they have of one another.

    .. math:: e_a = \sum_{b \in V(a)} \Big(1 - \sum_{q \in V(b)} p_{aq} m_{bq}\Big), \qquad m_{bq} = \frac{w_{bq}}{\max_r w_{br}}

    with :math:`p` as in :func:`compute_constraint`.

    Parameters
    ----------
    projection
        Agencies × agencies, undirected, without loops; w is the number of tasks two agencies share: a strength of tie, not a distance.

    Returns
    -------
    array
        A number of partners, from 0 to the degree; NaN for an agency without partners.

    Notes
    -----
    Traps: the weighted form, not degree − 2·ties/degree, which holds for ties without weights only. Equal to ``networkx.effective_size(G,
    nodes=list(G), weight="weight")``; without ``nodes`` networkx 3.6 divides by the strongest tie of the wrong node (its pull request
    8906 repairs that).

    References
    ----------
    R. S. Burt, *Structural Holes*, 1992; S. P. Borgatti, "Structural holes: unpacking Burt's redundancy measures", *Connections* 20
    (1997), 35–38.

    Examples
    --------
    >>> import numpy as np
    >>> from scipy import sparse
    >>> compute_effective_size(sparse.csr_array(np.array([[0.0, 1, 1], [1, 0, 0], [1, 0, 0]]))).tolist()
    [2.0, 1.0, 1.0]
    """
    ties = projection.toarray()
    share = _divide_rows(ties, ties.sum(axis=1))
    against_strongest = _divide_rows(ties, ties.max(axis=1, initial=0.0))
    redundancy = share @ against_strongest.T
    size = np.where(ties > 0, 1 - redundancy, 0.0).sum(axis=1)
    return np.where(ties.any(axis=1), size, np.nan)


def _divide_rows(matrix: Reals, by: Reals) -> Reals:
    divided: Reals = matrix / np.where(by > 0, by, 1.0)[:, None]
    return divided
