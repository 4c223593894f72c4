"""Rules that a document states once and that change how every later list is read.

排在第一位的为牵头单位，下同: the first of each list leads. 其余为配合单位: what the others do. 无牵头单位的，责任单位即为牵头单位: the
units of a list without a leader lead. They stand in a bracket, behind a list, or in the notice above the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Role
from kg.parse.lexicon import Lexicon
from kg.parse.names import mask_inner


@dataclass(frozen=True, slots=True)
class ListRule:
    """How a list is read that names no leader: its first name leads or (``all_lead``) all do; ``rest`` is the role of the others."""

    all_lead: bool = False
    rest: Role | None = None


def find_rule(words: str, lexicon: Lexicon) -> tuple[ListRule, int, int] | None:
    """Find a rule in the words of a list or bracket.

    Returns
    -------
    tuple or None
        The rule, and the indices where its clauses begin and end.
    """
    clauses = list(re.finditer(r"[^，。；\n]+", mask_inner(words, 0, len(words))))
    for index, clause in enumerate(clauses):
        rule = _to_rule(clause.group(), lexicon)
        if rule is None and index + 1 < len(clauses) and _is_condition(clause.group(), lexicon):
            rule = _to_rule(clause.group() + clauses[index + 1].group(), lexicon)
        if rule is None:
            continue
        begin = end = index
        while begin and clauses[begin - 1].group().startswith(lexicon.words("rule-lead")):
            begin -= 1
        rest = _rest_role(clause.group(), lexicon)
        while end + 1 < len(clauses) and _goes_on(clauses[end + 1].group(), lexicon):
            end += 1
            rest = rest or _rest_role(clauses[end].group(), lexicon)
        return ListRule(rule.all_lead, rest), clauses[begin].start(), clauses[end].end()
    return None


def _goes_on(clause: str, lexicon: Lexicon) -> bool:
    return (
        clause.strip() == "下同"
        or _to_rule(clause, lexicon) is not None
        or (any(cue in clause for cue in (*lexicon.words("rest-cue"), *lexicon.words("order-lead"))) and "：" not in clause)
    )


def states_rule(view: str, lexicon: Lexicon) -> ListRule | None:
    """Return the rule that running text states outside any bracket: a whole sentence, not the name of a list."""
    cues = (*lexicon.words("order-cue"), *lexicon.words("no-lead-cue"))
    bare = mask_inner(view, 0, len(view))
    for sentence in re.split(r"[。；\n]", bare) if any(cue in view for cue in cues) else ():
        if any(cue in sentence for cue in cues):
            said = find_rule(sentence, lexicon)
            if said is not None and any(f"{verb}{lead}" in sentence for verb in "为是即" for lead in lexicon.words("order-lead")):
                return said[0]
    return None


def _to_rule(clause: str, lexicon: Lexicon) -> ListRule | None:
    if not any(lead in clause for lead in lexicon.words("order-lead")):
        return None
    if _is_condition(clause, lexicon):
        return ListRule(all_lead=True) if re.search("即?[为是]", clause) else None
    return ListRule() if any(cue in clause for cue in lexicon.words("order-cue")) else None


def _is_condition(clause: str, lexicon: Lexicon) -> bool:
    return any(cue in clause for cue in lexicon.words("no-lead-cue"))


def _rest_role(clause: str, lexicon: Lexicon) -> Role | None:
    """Return the role that a rule gives to the names that do not lead (其余为配合单位)."""
    place = max((clause.find(cue) for cue in lexicon.words("rest-cue")), default=-1)
    return lexicon.label_role(clause[place:]) if place >= 0 else None
