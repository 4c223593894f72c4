"""Values → ranks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Values that differ by less are equal: 1/3 + 2/3 must tie with 1.
_DECIMALS = 9


def rank_descending(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rank along the last axis, the largest first; equal values share the best of their ranks.

    Parameters
    ----------
    values
        Numbers without NaN; compared after rounding to nine decimals.

    Returns
    -------
    array
        Whole numbers from 1, same shape.

    Examples
    --------
    >>> import numpy as np
    >>> rank_descending(np.array([0.5, 2.0, 0.5, 0.1])).tolist()
    [2, 1, 2, 4]
    """
    rounded = np.round(values, _DECIMALS)
    order = np.argsort(-rounded, axis=-1, kind="stable")
    ordered = np.take_along_axis(rounded, order, axis=-1)
    places = np.broadcast_to(np.arange(values.shape[-1], dtype=np.int64), values.shape)
    new = np.ones(values.shape, dtype=bool)
    new[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    starts = np.maximum.accumulate(np.where(new, places, 0), axis=-1)
    ranks = np.empty(values.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, starts + 1, axis=-1)
    return ranks
