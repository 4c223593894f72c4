"""Rules that a document states once and that change how every later list is read.

排在第一位的为牵头单位，下同: the first of each list leads. 其余为配合单位: what the others do. 无牵头单位的，责任单位即为牵头单位: the
units of a list without a leader lead. 带★的为牵头单位: a mark says who leads. They stand in a bracket, behind a list, or in the notice
above the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.model import Role
from kg.parse.words.brackets import find_pairs
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import mask_inner

#: A mark, and what may stand between it and what it says: 标有“★”号的单位为.
_MARKED_RE = re.compile(r"(?P<mark>[^\w\s])[”’]?(?:号|标记|标识|符号)?[的者]?(?:责任)?(?:单位|部门)?(?:为|是|即|表示|代表)")


@dataclass(frozen=True, slots=True)
class ListRule:
    """How a list is read that names no leader.

    Its first name leads, or (``all_lead``) all do, or (``mark``) those beside which the mark stands; ``rest`` is the role of the others.
    By an ``unseen`` rule those lead that look otherwise (黑体字为牵头单位), which a text does not keep.
    """

    all_lead: bool = False
    rest: Role | None = None
    mark: str = ""
    unseen: bool = False


def find_rule(words: str, lexicon: Lexicon) -> tuple[ListRule, int, int] | None:
    """Find a rule in the words of a list or bracket.

    Returns
    -------
    tuple or None
        The rule, and the indices where its clauses begin and end.
    """
    clauses = list(re.finditer(r"[^，。；\n]+", _mask(words)))
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
        return replace(rule, rest=rest), clauses[begin].start(), clauses[end].end()
    return None


def _mask(words: str) -> str:
    """Mask brackets and quotes but those around a mark (标有“★”的)."""
    masked = list(mask_inner(words, 0, len(words)))
    for quoted in re.finditer(r"[“‘][^\w\s][”’]", words):
        masked[slice(*quoted.span())] = quoted.group()
    return "".join(masked)


def _goes_on(clause: str, lexicon: Lexicon) -> bool:
    return (
        clause.strip() == "下同"
        or _to_rule(clause, lexicon) is not None
        or (any(cue in clause for cue in (*lexicon.words("rest-cue"), *lexicon.words("order-lead"))) and "：" not in clause)
    )


def states_rule(view: str, lexicon: Lexicon, head: int = 0) -> tuple[ListRule, int, int] | None:
    """Return the rule that running text states outside any bracket, and where: a whole sentence, not the name of a list.

    In the first `head` characters, which hold no lists, a bracket may state it too: …重点任务（标★的为牵头单位）1.…
    """
    for opened, closed in find_pairs(view, 0, head, {"（": "）", "〔": "〕"}):
        said = find_rule(view[opened + 1 : closed - 1], lexicon)
        if said is not None:
            return said[0], opened, closed
    cues = tuple(cue for name in ("order-cue", "no-lead-cue", "name-mark", "look-cue") for cue in lexicon.words(name))
    says = re.compile(f"(?:[为是即]|表示|代表)(?:{'|'.join(lexicon.words('order-lead'))})")
    bare = mask_inner(view, 0, len(view))
    for sentence in re.finditer(r"[^。；\n]+", bare) if says.search(bare) is not None else ():
        if says.search(sentence.group()) is not None and any(cue in view[slice(*sentence.span())] for cue in cues):
            said = find_rule(view[slice(*sentence.span())], lexicon)
            if said is not None:
                return said[0], *sentence.span()
    return None


def _to_rule(clause: str, lexicon: Lexicon) -> ListRule | None:
    if not any(lead in clause for lead in lexicon.words("order-lead")):
        return None
    if _is_condition(clause, lexicon):
        return ListRule(all_lead=True) if re.search("即?[为是]", clause) else None
    marked = _MARKED_RE.search(clause)
    if marked is not None and marked.group("mark") in lexicon.words("name-mark"):
        return ListRule(mark=marked.group("mark"))
    if any(cue in clause for cue in lexicon.words("look-cue")) and re.search("[为是]", clause):
        return ListRule(unseen=True)
    return ListRule() if any(cue in clause for cue in lexicon.words("order-cue")) else None


def _is_condition(clause: str, lexicon: Lexicon) -> bool:
    return any(cue in clause for cue in lexicon.words("no-lead-cue"))


def _rest_role(clause: str, lexicon: Lexicon) -> Role | None:
    """Return the role that a rule gives to the names that do not lead (其余为配合单位)."""
    place = max((clause.find(cue) for cue in lexicon.words("rest-cue")), default=-1)
    return lexicon.label_role(clause[place:]) if place >= 0 else None
