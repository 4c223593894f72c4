"""Measure 3: coordination load."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.measures.networks import Network


def compute_coordination_load(lead: Network, both: Network) -> NDArray[np.int64]:
    r"""Count the partners that each leader has to bring together.

    .. math:: C_a = \sum_{t : a \text{ leads } t} (n_t - 1)

    with :math:`n_t` the number of agencies on task t in any role but ``supervise``.

    Parameters
    ----------
    lead
        The lead layer, agencies × tasks: who leads.
    both
        Both layers over the same rows and columns: who is on the task. Weights are not looked at.

    Returns
    -------
    array
        One whole number of partner–task pairs an agency, 0 or more; 0 for those who lead nothing.

    Notes
    -----
    Traps: a partner on three tasks counts three times, since it is to be coordinated three times. The value is the same for every layer:
    partners mostly stand in the other one. Groups that take no share (see :class:`~kg.measures.options.Collectives`) are no partners;
    under ``NODE`` a group is one, under ``EXPAND`` each member is one.

    References
    ----------
    Cross-agency coordination as the cost of the leader: R. Agranoff and M. McGuire, *Collaborative Public Management*, 2003.

    Examples
    --------
    a leads t1 with b and c, and t2 alone: (3 − 1) + (1 − 1) = 2.

    >>> import numpy as np
    >>> from scipy import sparse
    >>> def network(rows):
    ...     matrix = sparse.csr_array(np.array(rows, dtype=float))
    ...     return Network(matrix, matrix, np.ones(3, bool), np.zeros(2, int))
    >>> lead, both = network([[2, 2], [0, 0], [0, 0]]), network([[2, 2], [1, 0], [1, 0]])
    >>> compute_coordination_load(lead, both).tolist()
    [2, 0, 0]
    """
    present = np.bincount(both.weights.indices, minlength=both.weights.shape[1])
    partners = present[lead.weights.indices] - 1
    return np.bincount(lead.rows, weights=partners, minlength=lead.weights.shape[0]).astype(np.int64)
