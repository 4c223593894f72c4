"""Tables → measures of load, and how sure they are.

One module a measure: :mod:`~kg.measures.counts`, :mod:`~kg.measures.fractional`, :mod:`~kg.measures.coordination`,
:mod:`~kg.measures.spread`, :mod:`~kg.measures.crosscutting`, :mod:`~kg.measures.betweenness`, :mod:`~kg.measures.structural_holes`,
:mod:`~kg.measures.removal`; they work on the networks of :mod:`~kg.measures.networks` and are put together by :mod:`~kg.measures.load`.
Uncertainty is kept apart: :mod:`~kg.measures.null_model`, :mod:`~kg.measures.stability`, :mod:`~kg.measures.choices`. A plan shows
*assigned*, not *done*, load.
"""

from kg.measures.choices import CHOICES_SCHEMA, RANGE_SCHEMA, compute_choices, summarise_choices
from kg.measures.gaps import GAP_KINDS, GAPS_SCHEMA, find_gaps
from kg.measures.labels import tell_labels_apart
from kg.measures.load import LOAD_SCHEMA, MEASURE_COLUMNS, compute_layers, compute_load, rank_cross_cutting
from kg.measures.networks import to_networkx
from kg.measures.null_model import NULL_SCHEMA, compute_null_model
from kg.measures.options import WEIGHT_CONVENTIONS, Collectives, Layer, LoadOptions, Names, RoleWeights
from kg.measures.section_counts import count_agency_sections
from kg.measures.stability import STABILITY_SCHEMA, compute_stability

__all__ = [
    "CHOICES_SCHEMA",
    "GAPS_SCHEMA",
    "GAP_KINDS",
    "LOAD_SCHEMA",
    "MEASURE_COLUMNS",
    "NULL_SCHEMA",
    "RANGE_SCHEMA",
    "STABILITY_SCHEMA",
    "WEIGHT_CONVENTIONS",
    "Collectives",
    "Layer",
    "LoadOptions",
    "Names",
    "RoleWeights",
    "compute_choices",
    "compute_layers",
    "compute_load",
    "compute_null_model",
    "compute_stability",
    "count_agency_sections",
    "find_gaps",
    "rank_cross_cutting",
    "summarise_choices",
    "tell_labels_apart",
    "to_networkx",
]
