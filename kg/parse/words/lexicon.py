"""The tables of words, compiled once for a document into the patterns the steps share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Role
from kg.parse.words.marks import Marks
from kg.rules.notation_rules import NotationRules, longest_first, to_alternatives

#: Roles from the one that decides in a compound (牵头负责, 配合落实) to the one that yields.
_STRENGTH = (Role.LEAD, Role.SUPERVISE, Role.COOPERATE, Role.PARTICIPATE, Role.RESPONSIBLE)
#: Marks between a label and names, beside the colon.
_LABEL_MARKS = r"|｜/→⇒➡>＞=＝－–—―─-"


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Patterns over the view of a text (Simplified, full-width marks), and the lists behind them."""

    rules: NotationRules
    marks: Marks
    """The numbers that count items."""
    label_re: re.Pattern[str]
    """A label with its colon; ``label`` names a role, ``other`` none."""
    line_label_re: re.Pattern[str]
    """The same at the beginning of a line, where a blank may stand for the colon."""
    boxed_label_re: re.Pattern[str]
    """A label in a bracket of its own, before names: 【牵头单位】市水务局."""
    bare_label_re: re.Pattern[str]
    """A label without a colon: 牵头单位市水务局, 牵头单位为市水务局."""
    marked_label_re: re.Pattern[str]
    """A label with another mark than a colon before names: 牵头单位|市水务局, 牵头单位→市水务局."""
    unknown_label_re: re.Pattern[str]
    """Anything else that looks like a label."""
    verb_re: re.Pattern[str]
    """Role verbs with their adverbs, ending at a mark or at the end."""
    object_verb_re: re.Pattern[str]
    """A role verb followed by what is done: A负责编制."""
    passing_verb_re: re.Pattern[str]
    """A verb by which an agency has others act: A督促B落实."""
    adverb_re: re.Pattern[str]
    """Adverbs alone at the end: A、B按职责分工."""
    joint_re: re.Pattern[str]
    request_re: re.Pattern[str]
    """Words before one who is asked to help: A，并请B指导."""
    tail_re: re.Pattern[str]
    """等, 等部门, 等有关部门（单位） at the end of a name."""
    total_re: re.Pattern[str]
    """What begins the row of a table that adds up the others: 合计3项, 小计（共2项）."""
    unit_re: re.Pattern[str]
    """A part of 各市、县（区）人民政府 that needs what follows."""
    unit_end_re: re.Pattern[str]
    """A part that may follow such a part, or end it."""
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    name_leads: tuple[str, ...]
    """What a name begins with that says no place: the word of a level (市…), or that of a group (各…, 有关…)."""
    places: frozenset[str]
    """Short names of places, without those that begin the names of bodies (公安, 资源)."""
    lead_places: Mapping[str, tuple[str, ...]]
    """For each word that leads in or joins, the places and nouns it begins: 和 is a part of the name in 和田地区, 暨 in 暨南大学."""

    def starts_label(self, view: str) -> bool:
        """Say whether a line begins with a label."""
        match = self.line_label_re.match(view)
        return match is not None and (match.end() < len(view) or view[-1] in "： ")

    def ends_label(self, view: str) -> bool:
        """Say whether a line ends with a label whose names must follow on the next."""
        return view.endswith("：") and any(match.end() == len(view) for match in self.label_re.finditer(view))

    def ends_agency(self, view: str) -> bool:
        """Say whether words end as an agency's name does, a bracket or a tail behind it not counted."""
        words = re.sub(r"(?:（[^（）]*）|〔[^〔〕]*〕)$", "", view)
        return words.endswith((*self.strong, *self.weak, "等"))

    def begins_name(self, words: str, start: int, end: int) -> bool:
        """Say whether a word that joins names, ``words[start:end]``, only begins a name: a place (商丘市) or another (协同创新中心).

        At the head of a list or behind 、 nothing stands before it to be joined but by 会同. Behind ， it joins (A牵头，会同县财政局),
        unless its one character begins a place. 会同县政府 is the county's at the head and behind 、; A、会同县财政局 joins.
        """
        before = words[start - 1 : start].strip()
        at_head = before in ("", "、")
        if at_head and words[start:end] not in self.words("joint-at-head"):
            return True
        if not at_head and not (before == "，" and end == start + 1):
            return False
        places = [length for length in range(2, _LONGEST_PLACE + 1) if words[start : start + length] in self.rules.place_names]
        if end == start + 1:
            return bool(places) or any(words.startswith(place + "、", start) for place in self.places if place.startswith(words[start]))
        return any(not before or _OF_PLACE_RE.match(words, start + length) is not None for length in places)

    def begins_task(self, words: str) -> bool:
        """Say whether `words` begin as a task does and no agency's name (鼓励企业, not 推进办)."""
        return words.startswith(self.words("task-verb")) and not words.startswith(self.words("not-task-verb"))

    def names_role(self, words: str) -> bool:
        """Say whether `words` hold a role word at all."""
        return any(word in words for word in self.rules.verbs) or self.label_re.search(words) is not None

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of ``words.csv``, longest word first."""
        return self.rules.words[name]

    def label_role(self, label: str) -> Role | None:
        """Return the role a label names: the strongest of its role words."""
        return strongest(role for word, role in self.rules.labels.items() if word in label)

    def verb_role(self, phrase: str) -> Role | None:
        """Return the role a verb phrase gives."""
        return strongest(role for word, role in self.rules.verbs.items() if word in phrase)


#: What follows a place that stands for itself.
_OF_PLACE_RE = re.compile("$|[、，；。]|人民政府|政府|委")
_LONGEST_PLACE = 7


def strongest(roles: Iterable[Role]) -> Role | None:
    """Return the role that decides among those of a compound.

    Examples
    --------
    >>> strongest([Role.RESPONSIBLE, Role.LEAD])
    <Role.LEAD: 'lead'>
    """
    found = set(roles)
    return next((role for role in _STRENGTH if role in found), None)


@lru_cache(maxsize=4)
def make_lexicon(rules: NotationRules) -> Lexicon:
    """Compile the tables of `rules`."""
    words = rules.words
    labels = dict(rules.labels)
    verbs = dict(rules.verbs)
    for notation in rules.notations:
        labels.update(notation.labels)
        verbs.update(notation.verbs)
    stem, noun, prefix = to_alternatives(labels), to_alternatives(words["label-noun"]), to_alternatives(words["label-prefix"])
    persons = to_alternatives((*words["person-label"], "责任人"))
    # Every repetition has a limit: no line of hostile text may cost more than its length.
    nouns = rf"(?:（(?:{noun}|人)）)?(?:{noun})(?:（(?:{noun}|人)）|[、和及或/](?:{noun}|{persons})){{0,6}}"
    body = rf"(?:{prefix}){{0,4}}?(?:{stem})(?:（(?:{stem})）|[、和及]?(?:{stem})){{0,6}}"
    note = r"(?:（[^（）：]{2,16}）(?=：))?"
    alone = to_alternatives(words["label-alone"])
    others = (*words["deadline-label"], *words["person-label"], *words["other-label"])
    other = to_alternatives(others)
    here, role_here = (
        _beginning(labels, words["label-prefix"], words["label-alone"], others),
        _beginning(labels, words["label-prefix"], words["label-bare"]),
    )
    unit = to_alternatives(words["unit"])
    bracket = r"(?:（[^）]*）|〔[^〕]*〕)"
    endings = to_alternatives(words["unit-ending"])
    adverb, verb = to_alternatives(words["adverb"]), _guarded(verbs, (*words["verb-in-noun"], *words["verb-in-duty"]))
    title = rf"(?:作)?为(?:主要)?(?:{stem})(?:{noun}|人)"
    adverbs = rf"(?:{adverb}){{0,6}}"
    phrase = rf"{adverbs}(?:{verb})(?:[并、和及，]?{adverbs}(?:{verb})){{0,8}}"
    objects, passing = _guarded(words["verb-object"], words["verb-in-noun"]), to_alternatives(words["verb-passing"])
    name_leads = (*words["level"], *words["group-lead"])
    begins = to_alternatives(name_leads)
    tail = to_alternatives(words["tail-noun"])
    joint_after = "|".join(rf"(?<={body})会" for body in words["joint-after"])
    return Lexicon(
        rules=rules,
        marks=Marks(words, rules.parts),
        label_re=re.compile(rf"{here}(?:(?P<label>{body}(?:{nouns})|(?:{alone})){note}|(?P<other>{other}))(?:：{{1,2}}|——)"),
        line_label_re=re.compile(rf"(?:(?P<label>{body}(?:{nouns})|(?:{alone})(?=：)){note}|(?P<other>{other})(?=：))(?:：{{1,2}}|——| |$)"),
        boxed_label_re=re.compile(rf"〔(?P<label>(?:{body}(?:{nouns})|(?:{alone})|{other}))：?〕(?=[^，。；、）〔\n])"),
        bare_label_re=re.compile(
            rf"{role_here}(?P<label>{body}(?:{noun})|(?:{to_alternatives(words['label-bare'])})(?={begins}))[为是]?(?!：)"
        ),
        marked_label_re=re.compile(
            rf"(?:^|(?<=[\n（〔；。，、 \t\u3000]))(?P<label>{body}(?:{nouns}))[ \t\u3000]*(?P<mark>[{_LABEL_MARKS}]{{1,3}})[ \t\u3000]*"
        ),
        unknown_label_re=re.compile(r"(?P<label>[\u4e00-\u9fff][\u4e00-\u9fff、（）]{1,13})："),
        verb_re=re.compile(rf"{_beginning(verbs, words['adverb'], '作为')}(?:{title}|{phrase})(?=$|[，；。、 ）〕]|会同|联合)"),
        object_verb_re=re.compile(
            rf"{_beginning(words['verb-object'], words['adverb'])}{adverbs}"
            rf"(?P<verb>{objects})(?!{to_alternatives(words['not-verb-before'])})"
        ),
        passing_verb_re=re.compile(
            rf"{_beginning(words['verb-object'], words['verb-passing'], words['adverb'])}"
            rf"{adverbs}(?:{objects}){{0,2}}(?:{passing}){{1,3}}"
        ),
        adverb_re=re.compile(rf"{_beginning(words['adverb'])}(?:{adverb}){{1,6}}(?=$|[，；。 ])"),
        joint_re=re.compile(
            rf"{_beginning(rules.joints, '会')}(?:{_guarded(rules.joints, words['joint-in-noun'])}|{joint_after})(?=[^，、；。 ）〕])"
        ),
        request_re=re.compile(rf"，(?:{to_alternatives(words['request'])})"),
        tail_re=re.compile(
            rf"(?<![高中初平对均])等(?!级|院校|学校)(?:[^、，；。（）〔〕及和与]{{0,20}}?(?:{tail})(?:[、和及与](?:{tail})){{0,8}}{bracket}?|\d*[个家]?)$"
        ),
        total_re=re.compile(rf"(?:{to_alternatives(words['column-total'])})[：（〔]?共?\d"),
        unit_re=re.compile(rf"(?:各有关|各相关|各|全|全市|有关|相关|其他|其余)?(?:{unit}){bracket}?"),
        unit_end_re=re.compile(rf"(?:{unit}){bracket}?(?:{endings})?{bracket}?"),
        strong=words["strong-ending"],
        weak=words["weak-ending"],
        name_leads=name_leads,
        places=rules.places - {*words["not-place"]},
        lead_places={
            lead: tuple(sorted(word for word in (*rules.places, *words["not-lead-in"]) if len(lead) == 1 and word.startswith(lead)))
            for lead in (*words["lead-in"], *words["connector"])
        },
    )


def _beginning(*words: Iterable[str]) -> str:
    """Return a look-ahead for the characters that `words` begin with: at any other a pattern need not try them one by one."""
    return f"(?=[{''.join(sorted({re.escape(word[0]) for group in words for word in group}))}])"


def _guarded(verbs: Iterable[str], nouns: Iterable[str]) -> str:
    """Return a pattern of `verbs`, each of which is none at the end or beginning of a noun (组织 in 群团组织, 商 in 商务)."""
    found: list[str] = []
    for verb in longest_first(verbs):
        heads = sorted(noun.removesuffix(verb) for noun in nouns if noun.endswith(verb) and noun != verb)
        tails = sorted(noun.removeprefix(verb) for noun in nouns if noun.startswith(verb) and noun != verb)
        before, after = (f"(?<!{re.escape(head)})" for head in heads), (f"(?!{re.escape(tail)})" for tail in tails)
        found.append("".join((*before, re.escape(verb), *after)))
    return "|".join(found)
