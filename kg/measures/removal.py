"""Measure 9: removal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.measures.networks import Network

Whole = NDArray[np.int64]


def compute_removal(lead: Network) -> tuple[Whole, Whole]:
    r"""Count the tasks and sections that would be left without a lead if an agency were taken away.

    .. math::

        R^{task}_a = |\{t : a \text{ is the only lead of } t\}|, \qquad
        R^{section}_a = |\{s : a \text{ is the only lead of every task in } s \text{ that has one}\}|

    Parameters
    ----------
    lead
        The lead layer, agencies × tasks. Weights are not looked at.

    Returns
    -------
    tasks, sections : arrays
        Two whole numbers an agency, 0 or more. A section counts if some of its tasks have a lead now and none would have one after.

    Notes
    -----
    Traps: tasks without a lead today are gaps of the plan, not the agency's doing, and count for nobody. A section with one led task
    falls with that one lead, so many small sections make large numbers. The value is the same for every layer. Agencies are taken away
    one at a time; the numbers of two agencies do not add up.

    References
    ----------
    Node removal in affiliation networks: R. Albert, H. Jeong and A.-L. Barabási, "Error and attack tolerance of complex networks",
    *Nature* 406 (2000), 378–382.

    Examples
    --------
    a leads t1 alone and t2 with b; t1 and t2 are section 0, t3, led by b alone, is section 1.

    >>> import numpy as np
    >>> from scipy import sparse
    >>> matrix = sparse.csr_array(np.array([[2.0, 2, 0], [0, 2, 2]]))
    >>> tasks, sections = compute_removal(Network(matrix, matrix, np.ones(2, bool), np.array([0, 0, 1])))
    >>> tasks.tolist(), sections.tolist()
    ([1, 1], [0, 1])
    """
    weights = lead.weights
    agencies, columns = weights.shape
    leads = np.bincount(weights.indices, minlength=columns)
    sole = leads[weights.indices] == 1
    tasks = np.bincount(lead.rows[sole], minlength=agencies).astype(np.int64)
    # Solely led tasks by section against all led tasks by section.
    width = int(lead.sections.max(initial=-1)) + 1
    led = np.bincount(lead.sections[leads > 0], minlength=width)
    flat = np.bincount(lead.rows[sole] * width + lead.sections[weights.indices[sole]], minlength=agencies * width)
    falls = (flat.reshape(agencies, width) == led) & (led > 0)
    return tasks, falls.sum(axis=1).astype(np.int64)
