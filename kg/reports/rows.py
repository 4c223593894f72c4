"""The report for other programs: CSV and JSON, with the keys of the code in both languages."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import polars as pl

from kg.reports.results import Results
from kg.reports.sentences import write_headline
from kg.reports.words import Words
from kg.spreadsheets import neutralise


def neutralise_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with all its texts neutralised."""
    return frame.with_columns(pl.col(pl.String).map_elements(neutralise, return_dtype=pl.String))


def to_csv(frame: pl.DataFrame) -> bytes:
    """Return a frame as a CSV that Excel opens as it is meant.

    UTF-8 with a byte order mark, without which Excel takes Chinese for something else; lines end in CR LF (RFC 4180); no cell is a formula.

    Examples
    --------
    >>> to_csv(pl.DataFrame({"label": ["=1+1"], "tasks": [3]})).decode("utf-8-sig").split()
    ['label,tasks', "'=1+1,3"]
    """
    file = StringIO()
    neutralise_frame(frame).write_csv(file, line_terminator="\r\n", float_precision=6)
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8")


def render_csv(results: Results, words: Words) -> bytes:
    """Return the load table of all layers with, for the chosen layer, the ranks over resamples and conventions."""
    ranks = results.stability.select("agency_key", "rank_low", "rank_high", "top_share")
    ranks = ranks.join(results.choices.select("agency_key", "best_rank", "worst_rank"), on="agency_key", how="left")
    ranks = ranks.with_columns(layer=pl.lit(str(results.options.layer), dtype=pl.String))
    return to_csv(results.load.join(ranks, on=["layer", "agency_key"], how="left", maintain_order="left"))


def render_json(results: Results, words: Words) -> bytes:
    """Return everything, one object; numbers with six decimals, dates in ISO form."""
    options = results.options
    content: dict[str, Any] = {
        "headline": list(write_headline(results, words)),
        "small": results.small,
        "counts": dict(results.counts),
        "options": {
            "layer": options.layer,
            "section_level": options.section_level,
            "collectives": options.collectives,
            "names": options.names,
            "weights": {str(role): weight for role, weight in options.weights.by_role().items()},
            "plans": list(options.plans),
            "year": options.year,
        },
        "plans": _to_rows(results.plans),
        "load": _to_rows(results.load),
        "section_level_of_counts": results.section_level,
        "section_counts": _to_rows(results.section_counts),
        "stability": _to_rows(results.stability),
        "null_model": _to_rows(results.null_model),
        "choices": _to_rows(results.choices),
        "gaps": _to_rows(results.gaps),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, default=str, allow_nan=False) + "\n").encode("utf-8")


def _to_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.with_columns(pl.col(pl.Float64).round(6)).to_dicts()
