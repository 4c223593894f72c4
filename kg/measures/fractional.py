"""Measure 2: fractional load."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.measures.networks import Network


def compute_shares(network: Network) -> sparse.csr_array:
    """Return agencies × tasks, the share that each agency has of each task; every column that is not empty adds up to 1."""
    weights = network.weights
    totals = np.bincount(weights.indices, weights=weights.data, minlength=weights.shape[1])
    return sparse.csr_array((weights.data / totals[weights.indices], weights.indices, weights.indptr), shape=weights.shape)


def compute_fractional_load(network: Network) -> NDArray[np.float64]:
    r"""Divide each task among those it names, by the weights of their roles.

    .. math:: F_a = \sum_{t \ni a} \frac{w_{at}}{\sum_{b \in t} w_{bt}}, \qquad \sum_a F_a = M

    Parameters
    ----------
    network
        The two-mode network of a layer, agencies × tasks. ``weights`` hold the weight of the agency's heaviest role on the task (lead :
        everyone else = 2 : 1 by convention, see :class:`~kg.measures.options.RoleWeights`): a strength, not a distance.

    Returns
    -------
    array
        One number of tasks an agency, from 0 to M (the tasks that name somebody in the layer). The sum over all rows is M, groups included:
        a dropped group still holds the tasks that name nobody but groups.

    Notes
    -----
    Traps: in the lead layer all weights are equal, so F is the number of led tasks, shared tasks divided. F measures what a plan
    *assigns*, not what is done. Not related to ``networkx.load_centrality``.

    References
    ----------
    Fractional counting as in L. Waltman and N. J. van Eck, "Field-normalized citation impact indicators and the choice of an appropriate
    counting method", *Journal of Informetrics* 9 (2015), 872–894, with roles in the place of authors.

    Examples
    --------
    One task, a leader and two others: 2/4, 1/4, 1/4. A second task of the last agency alone adds 1.

    >>> import numpy as np
    >>> from scipy import sparse
    >>> weights = sparse.csr_array(np.array([[2.0, 0], [1, 0], [1, 2]]))
    >>> compute_fractional_load(Network(weights, weights, np.ones(3, bool), np.zeros(2, int))).tolist()
    [0.5, 0.25, 1.25]
    """
    shares = compute_shares(network)
    # bincount adds in the order of the entries (tasks in the order of the page): the same sum whatever the agencies are called.
    return np.bincount(network.rows, weights=shares.data, minlength=shares.shape[0]).astype(np.float64)
