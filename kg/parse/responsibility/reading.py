"""One stretch of words about responsibility, read: labels before names, verbs after names, or names alone.

The stretch is the inside of a bracket, a line, a sentence or a cell. What is found are groups of names with a role and the reason for
it; what cannot be read is returned as trouble, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from kg.model import Role, RoleBasis
from kg.parse.responsibility.document_rules import find_rule
from kg.parse.responsibility.labels import find_labels
from kg.parse.responsibility.names import NameSplitter, RawName
from kg.parse.responsibility.phrases import begins_phrase, find_task
from kg.parse.responsibility.readings import Group, Reading, Same, Trouble
from kg.parse.responsibility.statements import ENDS, find_statements
from kg.parse.responsibility.terms import is_term
from kg.parse.responsibility.together import share_roles
from kg.parse.responsibility.verbs import VerbFinder
from kg.parse.words.brackets import find_pairs
from kg.parse.words.lexicon import Lexicon, strongest
from kg.parse.words.masks import mask_inner

_MOST_JOINTS = 8
#: Words that stand for the names of another item or cell: 同第1项, 同左.
REFERENCE_RE = re.compile(r"同(?:第?[\d一二三四五六七八九十]{1,4}|[左右下])(?:项|条|款|号|行|列|栏)?$")
#: So many clauses of names may wait for their verb: each is read together with those before it.
_MOST_CLAUSES = 40


class Reader:
    """Reads stretches by the tables of a lexicon, and role words of a notation's own."""

    def __init__(
        self,
        lexicon: Lexicon,
        separators: Sequence[str] = (),
        labels: Mapping[str, Role] | None = None,
        verbs: Mapping[str, Role] | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._splitter = NameSplitter(lexicon, separators)
        self._labels = {**lexicon.rules.labels, **(labels or {})}
        self._verbs = VerbFinder(lexicon, self._splitter, {**lexicon.rules.verbs, **(verbs or {})})

    @property
    def splitter(self) -> NameSplitter:
        """The splitter of this reader."""
        return self._splitter

    def read(self, view: str, start: int, end: int, role: Role | None = None, basis: RoleBasis = RoleBasis.LABEL) -> Reading:
        """Read ``view[start:end]``.

        Parameters
        ----------
        view
            The flow's view.
        start, end
            Flow indices of the stretch, its brackets not included.
        role, basis
            The role of names that have no word of their own (a table's column); None where there is none.
        """
        reading = Reading()
        carried = role
        for piece in self._outside_rules(view, start, end, reading):
            for statement in find_statements(view, *piece):
                first, last = self._take_standing(view, *statement, reading)
                if first < last:
                    carried = self._read_statement(view, first, last, carried, basis, reading)
        return reading

    def read_clauses(self, view: str, start: int, end: int, *, led: bool = True) -> tuple[Reading, int]:
        """Read A牵头，B配合 at the beginning of a sentence, clause by clause, as far as each clause is names and a verb.

        Parameters
        ----------
        view
            The flow's view.
        start, end
            Flow indices of the rest of the sentence.
        led
            Whether a word leads in (由A牵头). Without one, what somebody does (A负责接听) is not read.

        Returns
        -------
        tuple
            What was read, and the flow index behind the last clause read (`start`: nothing).
        """
        reading = Reading()
        if not self._verbs.may_stand(view, start, end):
            return reading, start
        masked = mask_inner(view, start, end)
        begun: int | None = None
        read_to, waiting = start, 0
        for clause in re.finditer(r"[^，]+", masked):
            place = start + clause.start()
            waiting = 1 if begun is None else waiting + 1
            begun = place if begun is None else begun
            if self._joins(view, place, clause.group(), reading):
                begun, read_to = None, start + clause.end()
                continue
            verbs = list(self._verbs.find(clause.group(), view, place))
            if waiting > _MOST_CLAUSES or any(verb.role is None for verb in verbs):
                break
            stop = place + (verbs[0].start if verbs else len(clause.group()))
            names = self._splitter.split(view, begun, stop)
            if verbs and names and all(self._splitter.is_person(view[name.start : name.end]) for name in names):
                # 由副市长某某负责，A牵头: persons are left out, the clauses behind them are read.
                reading.persons.extend(names)
                begun, read_to = None, start + clause.end()
                continue
            sure = bool(verbs) and (led or bool(reading.groups))
            if (not led and any(verb.tells for verb in verbs)) or not self._are_named(view, names, led=sure):
                if reading.groups and self._speaks_of(clause.group(), view, place):
                    reading.troubles.append(Trouble("unread-responsibility", place, start + clause.end()))
                break
            if not verbs:
                continue
            self._add(view, begun, stop, verbs[0].role, RoleBasis.VERB, None, reading)
            begun, read_to = None, start + clause.end()
            if verbs[0].passes and len(verbs) > 1:
                self._add(view, place + verbs[0].end, place + verbs[1].start, verbs[1].role, RoleBasis.VERB, None, reading)
            elif verbs[0].end < len(clause.group()):
                self._joins(view, place + verbs[0].end, clause.group()[verbs[0].end :], reading)
                break
        return reading, read_to

    def _are_named(self, view: str, names: Sequence[RawName], *, led: bool) -> bool:
        """Say whether the names of a clause are those of agencies; led in, before a verb, 公安部门 and 市委督查室 are (由公安部门负责)."""
        words = [view[name.start : name.end] for name in names]
        if not led and any(begins_phrase(view, name.start, self._lexicon) for name in names):
            return False
        sure = any(
            self._splitter.is_body(word)
            or (led and (word.endswith(self._lexicon.words("field-body")) or word.startswith(self._lexicon.words("level"))))
            for word in words
        )
        tells = bool(words) and self._lexicon.begins_task(words[0])  # 争取国家部委支持: what is to be done
        return sure and not tells and (all(name.shaped for name in names) or (bool(names) and self._splitter.are_agencies(words)))

    def _speaks_of(self, clause: str, view: str, start: int) -> bool:
        """Say whether a clause ends in a role verb behind a name that only an agency has, or words that begin with one."""
        verb = next((verb for verb in self._verbs.find(clause, view, start) if verb.end == len(clause) and verb.role is not None), None)
        names = self._splitter.split(view, start, start + verb.start) if verb is not None else ()
        return any(self._splitter.is_strong(view[name.start : end]) for name in names for end in range(name.start + 3, name.end + 1))

    def _joins(self, view: str, start: int, clause: str, reading: Reading) -> bool:
        """Take a clause of its own behind one that was read (由A牵头，会同B，制定办法), or its beginning (会同B制定办法)."""
        joint = self._lexicon.joint_re.match(clause) if reading.groups else None
        if joint is None or self._lexicon.begins_name("，" + clause, 1, joint.end() + 1):
            return False
        stop = find_task(view, start + joint.end(), start + len(clause), self._splitter, self._lexicon)
        names = self._splitter.split(view, start + joint.end(), stop)
        if not names or not all(name.shaped for name in names):
            if view.startswith(self._lexicon.name_leads, start + joint.end()):
                reading.troubles.append(Trouble("unread-responsibility", start, start + len(clause)))
            return False
        self._append(view, names, self._lexicon.rules.joints[joint.group()], RoleBasis.VERB, reading)
        return True

    def is_body(self, view: str, name: RawName) -> bool:
        """Say whether a name surely is an agency's or a group's."""
        return self._splitter.is_body(view[name.start : name.end])

    def _outside_rules(self, view: str, start: int, end: int, reading: Reading) -> list[tuple[int, int]]:
        """Cut away what says how lists are read, in a bracket of its own or not; return what is left."""
        said = find_rule(view[start:end], self._lexicon)
        place = (start + said[1], start + said[2]) if said is not None else None
        for opened, closed in find_pairs(view, start, end, {"（": "）", "〔": "〕"}) if said is None else ():
            said = find_rule(view[opened + 1 : closed - 1], self._lexicon)
            if said is not None:
                place = (opened, closed)
                break
        if said is None or place is None:
            return [(start, end)]
        if said[0].unseen:
            reading.troubles.append(Trouble("unread-rule", *place))
        else:
            reading.rule = said[0]
        if view.startswith("：", place[1]):
            return [(start, end)]  # 责任单位（第一位为牵头单位）：A、B: the rule is a note in the label
        return [piece for piece in ((start, place[0]), (place[1], end)) if piece[0] < piece[1]]

    def _take_standing(self, view: str, start: int, end: int, reading: Reading) -> tuple[int, int]:
        """Cut away names that hold for all later tasks, and 下同."""
        masked = mask_inner(view, start, end)
        words = self._lexicon.words
        for cue in words("standing-cue"):
            place = masked.find(cue)
            if place >= 0 and any(word in masked[place:] for word in words("standing-must")) and (place == 0 or masked[place - 1] in ENDS):
                self._read_standing(view, start + place, end, reading)
                return start, start + place
        same = masked.rfind("下同")
        if same >= 0 and masked[same:].rstrip(ENDS) == "下同":
            return start, start + same
        return start, end

    def _read_standing(self, view: str, start: int, end: int, reading: Reading) -> None:
        masked = mask_inner(view, start, end)
        must = min(
            (masked.find(word) + len(word) for word in self._lexicon.words("standing-must") if word in masked),
            default=0,
        )
        verb = self._lexicon.verb_re.search(masked, must) or self._lexicon.object_verb_re.search(masked, must)
        stop = verb.start() if verb else len(masked)
        names = self._splitter.split(view, start + must, start + stop)
        role = self._lexicon.verb_role(verb.group()) if verb else Role.RESPONSIBLE
        if names and all(name.shaped for name in names):
            reading.standing.append(Group(role or Role.RESPONSIBLE, RoleBasis.VERB, names))
        else:
            reading.troubles.append(Trouble("unread-rule", start, end))

    def _read_statement(self, view: str, start: int, end: int, carried: Role | None, basis: RoleBasis, reading: Reading) -> Role | None:
        """Read a statement; return the role that names of a next statement without a word of their own have."""
        masked = mask_inner(view, start, end)
        labels = find_labels(view, start, masked, self._lexicon, self._splitter)
        first = labels[0].start() if labels else len(masked)
        if masked[:first].strip(ENDS):
            carried = self._read_unlabelled(view, start, start + first, carried, basis, reading)
        for index, match in enumerate(labels):
            stop = labels[index + 1].start() if index + 1 < len(labels) else len(masked)
            value = (start + match.end(), start + stop)
            if "foreign" in match.re.groupindex:
                reading.troubles.append(Trouble("unknown-label", start + match.start("foreign"), start + match.end("foreign")))
                carried = None
                continue
            label = match.group("label")
            if label is None:
                self._skip_value(match.group("other"), value, reading)
                carried = None
                continue
            carried = self._label_role(label)
            if carried is None:
                # A label that only another notation knows.
                reading.troubles.append(Trouble("unknown-label", start + match.start("label"), start + match.end("label")))
                continue
            reading.labelled = True
            self._read_clauses(view, *value, carried, RoleBasis.LABEL, reading)
        return carried

    def _label_role(self, label: str) -> Role | None:
        return strongest(role for word, role in self._labels.items() if word in label)

    def _skip_value(self, label: str, value: tuple[int, int], reading: Reading) -> None:
        if label in self._lexicon.words("deadline-label"):
            reading.deadlines.append(value)

    def _read_unlabelled(self, view: str, start: int, end: int, carried: Role | None, basis: RoleBasis, reading: Reading) -> Role | None:
        unknown = self._lexicon.unknown_label_re.match(view, start, end)
        if unknown is not None:
            noun = unknown.group("label").endswith((*self._lexicon.words("label-noun"), "人", "领导"))
            reading.troubles.append(Trouble("unknown-label", unknown.start("label"), unknown.end("label")))
            # 责任单位：城区：市城管局: a word before names that a label governs; 主要指标：报道百篇 is no list of names.
            named = carried is None or all(name.shaped for name in self._splitter.split(view, unknown.end(), end))
            if noun or not named:
                return None
            start = unknown.end()
        self._read_clauses(view, start, end, carried, basis, reading)
        return carried

    def _read_clauses(self, view: str, start: int, end: int, label_role: Role | None, basis: RoleBasis, reading: Reading) -> None:
        """Cut a stretch at its verbs; each governs the names to its left, back to the previous one."""
        masked = mask_inner(view, start, end)
        for clause in re.finditer(r"[^，]+", masked):
            if is_term(clause.group().strip(ENDS), self._lexicon, self._splitter):
                reading.deadlines.append((start + clause.start(), start + clause.end()))
                self._read_clauses(view, start, start + clause.start(), label_role, basis, reading)
                self._read_clauses(view, start + clause.end(), end, label_role, basis, reading)
                return
        position = 0
        for verb in self._verbs.find(masked, view, start):
            if label_role is not None and verb.role is not None and not position:
                # 责任单位：A、B，C配合: the label holds up to the comma, the verb for the names behind it.
                comma = max(masked.rfind("，", 0, verb.start), 0)
                if masked[:comma].strip(ENDS) and masked[comma + 1 : verb.start].strip(ENDS):
                    self._add(view, start, start + comma, label_role, basis, None, reading)
                    position = comma + 1
            self._add(view, start + position, start + verb.start, verb.role, RoleBasis.VERB, label_role, reading)
            reading.tells = reading.tells or verb.tells
            if verb.passes and verb.role is None:
                reading.troubles.append(Trouble("unsure-role", start + verb.start, start + verb.done))
            if verb.helps:
                # B配合A: the role of A is not said.
                reading.troubles.append(Trouble("unread-responsibility", start + verb.done, start + verb.end))
            position = verb.end
        if not masked[position:].strip(ENDS):
            return
        if label_role is not None:
            self._add(view, start + position, end, label_role, basis, None, reading)
        else:
            self._add(view, start + position, end, Role.RESPONSIBLE, RoleBasis.BARE, None, reading)

    def _add(self, view: str, start: int, end: int, role: Role | None, basis: RoleBasis, label_role: Role | None, reading: Reading) -> None:
        """Add the names before a verb; 会同 divides them once more."""
        if role is None:
            role, basis = (label_role, RoleBasis.LABEL) if label_role is not None else (Role.RESPONSIBLE, RoleBasis.VERB)
        masked = mask_inner(view, start, end)
        begun = 0
        for asked in self._lexicon.request_re.finditer(masked):
            if masked[begun : asked.start()].strip(ENDS):
                # A、B，并请C指导: the verb is that of the one who is asked.
                unasked = (label_role, RoleBasis.LABEL) if label_role is not None else (Role.RESPONSIBLE, RoleBasis.VERB)
                self._add_joint(view, start + begun, start + asked.start(), *unasked, reading)
                begun = asked.end()
        self._add_joint(view, start + begun, end, role, basis, reading)

    def _add_joint(self, view: str, start: int, end: int, role: Role, basis: RoleBasis, reading: Reading) -> None:
        masked = mask_inner(view, start, end)
        for joint in islice(self._lexicon.joint_re.finditer(masked), _MOST_JOINTS):
            if self._lexicon.begins_name(masked, joint.start(), joint.end()):
                continue
            left, right = view[start : start + joint.start()].strip(ENDS), view[start + joint.end() : end].strip(ENDS)
            before = self._splitter.split(view, start, start + joint.start())
            after = self._splitter.split(view, start + joint.end(), end)
            sure = joint.group() in self._lexicon.words("sure-joint")  # 会同 is no part of a name: 市直有关单位会同各县政府
            parts = before and (before[-1].shaped if sure else self.is_body(view, before[-1]))
            if after and after[0].shaped and right and (not left or parts):
                self._append(view, before, role, basis, reading)
                self._append(view, after, self._lexicon.rules.joints[joint.group()], RoleBasis.VERB, reading)
                return
        self._append(view, self._splitter.split(view, start, end), role, basis, reading)

    def _append(self, view: str, names: Sequence[RawName], role: Role, basis: RoleBasis, reading: Reading) -> None:
        kept: list[RawName] = []
        for name in names:
            if self._lexicon.line_label_re.fullmatch(view, name.start, name.end) is not None:
                # 牵头单位：A；责任单位；B: a label whose mark is wrong is no name.
                reading.troubles.append(Trouble("unread-responsibility", name.start, name.end))
                continue
            words = view[name.start : name.end].strip("（）")
            if words in self._lexicon.words("same-as"):
                reading.same.append(Same(role if basis is not RoleBasis.BARE else None, name.start, name.end))
                continue
            if REFERENCE_RE.match(words) is not None and not name.shaped:
                # 同第1项, 同左: whose names these are is said elsewhere.
                reading.troubles.append(Trouble("unread-responsibility", name.start, name.end))
                continue
            if self._splitter.is_clause(view[name.start : name.end]):
                reading.troubles.append(Trouble("clause-left-out", name.start, name.end))
                continue
            bare = self._without_note(view, name, reading)
            if self._splitter.is_person(view[bare.start : bare.end]):
                reading.persons.append(bare)
            else:
                kept.append(bare)
        kept = share_roles(view, kept, self._lexicon)
        plain = tuple(name for name in kept if name.role is None)
        if plain:
            reading.groups.append(Group(role, basis, plain))
        for name in kept:
            if name.role is not None:
                reading.groups.append(Group(name.role, RoleBasis.VERB, (name,)))

    def _without_note(self, view: str, name: RawName, reading: Reading) -> RawName:
        """Take a bracket from a name that holds a term, a person or a short form (县交通局（王某某）, 市财政局（以下简称甲局）)."""
        opened = find_pairs(view, name.start, name.end, {"（": "）", "〔": "〕"})
        if not opened or opened[-1][1] != name.end or opened[-1][0] == name.start:
            return name
        first, last = opened[-1][0] + 1, name.end - 1
        words = view[first:last]
        # A（以下简称甲局）; A、B（以下均需B落实，不再列出) says nothing more once it is taken.
        if not self._splitter.shortens(words) and self._take_standing(view, first, last, reading) != (first, first):
            if self._lexicon.label_re.match(words) is not None:
                # 牵头单位：A（责任单位：B、C）
                self._read_statement(view, first, last, None, RoleBasis.LABEL, reading)
            elif self._splitter.is_person(words):
                reading.persons.append(RawName(first, last, shaped=False))
            elif is_term(words, self._lexicon, self._splitter):
                reading.deadlines.append((first, last))
            else:
                return name
        return replace(name, end=first - 1, shaped=self._splitter.is_agency(view[name.start : first - 1]))
