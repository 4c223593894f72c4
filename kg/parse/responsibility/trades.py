"""Branches of trade that share the noun behind the last of them: 供水、供电、供气企业 is one name."""

from __future__ import annotations

import re

from kg.parse.words.lexicon import Lexicon


def shares_trade(words: str, lexicon: Lexicon) -> bool:
    """Say whether a run of trades at the beginning of `words` ends in one with a noun (供电、供气企业)."""
    trades, nouns = lexicon.words("trade"), lexicon.words("trade-noun")
    run = re.match(r"[\u4e00-\u9fff、]+", words)
    last = next((word for word in run.group().split("、") if word not in trades), "") if run is not None else ""
    return last.startswith(tuple(trade + noun for trade in trades for noun in nouns))
