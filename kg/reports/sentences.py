"""The headline, and the other sentences that depend on what was found."""

from __future__ import annotations

import polars as pl

from kg.measures import Layer
from kg.model import Role
from kg.reports.results import Results
from kg.reports.words import Words, write_number

#: An agency's spread is called wider than chance below this q.
SIGNIFICANT = 0.05


def write_headline(results: Results, words: Words) -> tuple[str, ...]:
    """Return the finding in one sentence, and what must be said with it.

    A small plan has no measures: its headline is counts.
    """
    ranked = results.ranked
    if not ranked.height:
        return (words.say("page.empty"),)
    most = int(ranked["tasks"].max())  # type: ignore[arg-type]
    names = words.join(ranked.filter(pl.col("tasks") == most)["label"].head(5).to_list())
    if results.small:
        return (words.say("headline.small", tasks=results.counts["tasks"], agencies=results.counts["agencies"], names=names, most=most),)
    loaded = ranked.filter(pl.col("cross_cutting_load") > 0)
    if not loaded.height:
        return (words.say("headline.none"), words.say("headline.most", names=names, most=most), *_write_way_out(results, words))
    return (_write_first(results, loaded, words), *_write_others(results, loaded, words))


def _write_way_out(results: Results, words: Words) -> list[str]:
    """Return where to look if the level of sections that was chosen parts nothing."""
    below = results.section_counts["section_id"].n_unique()
    if results.options.section_level == 1 and results.top_sections == 1 and results.section_level == 2 and below > 1:
        return [words.say("headline.one-section", count=below)]
    return []


def _write_first(results: Results, loaded: pl.DataFrame, words: Words) -> str:
    """Return who carries most: one agency with its numbers, or all that share the first rank."""
    firsts = loaded.filter(pl.col("rank") == 1)
    first = firsts.row(0, named=True)
    if firsts.height > 1:
        names = words.join(firsts["label"].to_list())
        return words.say("headline.tied", names=names, value=write_number(first["cross_cutting_load"], 1), total=results.counts["tasks"])
    numbers = {"tasks": first["tasks"], "sections": first["sections"]}
    if results.options.layer is Layer.BOTH:
        numbers["led"] = first["led"]
    return words.say(
        f"headline.measured-{results.options.layer}",
        name=first["label"],
        total=results.counts["tasks"],
        all=results.top_sections,
        **numbers,
    )


def _write_others(results: Results, loaded: pl.DataFrame, words: Words) -> list[str]:
    """Return how steady the first rank is, and who follows."""
    sentences = []
    firsts = loaded.filter(pl.col("rank") == 1)
    if firsts.height == 1:
        stable = results.stability.filter(pl.col("agency_key") == firsts["agency_key"][0]).row(0, named=True)
        low, high = stable["rank_low"], stable["rank_high"]
        which = "headline.stable-at" if low == high else "headline.stable"
        sentences.append(words.say(which, share=f"{stable['top_share']:.0%}", low=low, high=high))
    others = loaded.filter((pl.col("rank") > 1) & (pl.col("rank") <= 3))["label"].to_list()
    if others:
        sentences.append(words.say("headline.second", names=words.join(others)))
    return sentences


def write_null_finding(results: Results, words: Words) -> str:
    """Return which agencies are spread wider than chance would have it."""
    wide = results.null_model.filter(pl.col("q_spread") < SIGNIFICANT)["label"].to_list()
    return words.say("uncertainty.null-some", names=words.join(wide)) if wide else words.say("uncertainty.null-none")


#: Sentences on method, in their order; the first also hold for a plan that is too small for measures.
_SMALL_METHOD = ("tasks-rule", "layers", "grey")
_METHOD = (
    "tasks-rule",
    "layers",
    "fractional",
    "spread",
    "sections",
    "cross",
    "coordination",
    "betweenness",
    "holes",
    "removal",
    "null",
    "stability",
    "grey",
    "not-networkx",
)


def write_method(results: Results, words: Words) -> list[str]:
    """Return how the numbers were computed, with the options that were chosen."""
    options = results.options
    weights = options.weights.by_role()
    filled: dict[str, dict[str, object]] = {
        "layers": {"layer": words.say(f"layer.{options.layer}")},
        "sections": {"level": options.section_level},
        "fractional": {"ratio": f"{weights[Role.LEAD] / weights[Role.RESPONSIBLE]:g}"},
    }
    lines = [words.say(f"method.{key}", **filled.get(key, {})) for key in (_SMALL_METHOD if results.small else _METHOD)]
    choices = [words.say(f"method.collectives-{options.collectives}"), words.say(f"method.names-{options.names}")]
    return [lines[0], *choices, *lines[1:], words.say("page.assigned")]
