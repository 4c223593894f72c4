"""Role verbs in a stretch of words: where each stands, what it says of the names before it, and what is done by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Role
from kg.parse.responsibility.names import NameSplitter
from kg.parse.responsibility.phrases import begins_name, find_task
from kg.parse.responsibility.statements import ENDS
from kg.parse.words.cuts import find_stop
from kg.parse.words.lexicon import Lexicon, strongest


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, by indices of the words it was sought in: it governs the names before ``start``, and what follows begins at ``end``.

    ``role`` is None for an adverb alone (A、B按职责分工). The words from ``done`` to ``end`` are what is done (接听 in A负责接听) or,
    where it ``helps``, who is helped (B配合A). Where it ``passes`` the task on (A督促B落实), the names behind it have a verb of their own.
    """

    start: int
    end: int
    role: Role | None
    done: int
    helps: bool = False
    passes: bool = False

    @property
    def tells(self) -> bool:
        """Whether it tells what somebody does."""
        return self.done < self.end and not self.helps


class VerbFinder:
    """Finds the verbs of a lexicon, each with the role that `verbs` gives it."""

    def __init__(self, lexicon: Lexicon, splitter: NameSplitter, verbs: Mapping[str, Role]) -> None:
        self._lexicon = lexicon
        self._splitter = splitter
        self._verbs = verbs

    def may_stand(self, view: str, start: int, end: int) -> bool:
        """Say at little cost whether a verb may stand in ``view[start:end]``."""
        return any(pattern.search(view, start, end) is not None for pattern in (self._lexicon.verb_re, self._lexicon.object_verb_re))

    def find(self, masked: str, view: str, start: int) -> Iterator[Verb]:
        """Yield the verbs of `masked`, which is the stretch of `view` from `start` on without what brackets hold."""
        position = 0
        may_pass = any(word in masked for word in self._lexicon.words("verb-passing"))
        while position < len(masked):
            verb = self._lexicon.verb_re.search(masked, position)
            before = verb.start() if verb else len(masked)
            thing = self._with_object(masked, position, before, view, start)
            passing = self._passing(masked, position, before, view, start) if may_pass else []
            adverb = self._lexicon.adverb_re.search(masked, position, before)
            if passing and (thing is None or passing[0].start <= thing.start()):
                yield from passing[:-1]
                found = passing[-1]
            elif thing is not None:
                found = self._to_verb(masked, thing)
            elif adverb is not None and adverb.start() > position and (verb is None or adverb.end() < before):
                found = Verb(adverb.start(), adverb.end(), None, adverb.end())
            elif verb is not None:
                found = Verb(before, verb.end(), self._role(verb.group()), verb.end())
            else:
                return
            yield found
            position = found.end

    def _with_object(self, masked: str, position: int, stop: int, view: str, start: int) -> re.Match[str] | None:
        """Find 负责 in A负责编制: a role verb with an object, behind a name that can only be an agency's or a group's."""
        for match in self._lexicon.object_verb_re.finditer(masked, position, stop):
            if self._splitter.is_body(_words_before(masked, position, match.start(), view, start)):
                return match
        return None

    def _passing(self, masked: str, position: int, stop: int, view: str, start: int) -> list[Verb]:
        """Find 督促 in A督促B落实: a verb between agencies, or before some whom one that was said already has act (A牵头，督促B落实).

        Where words of no role (开展) say what they do, these are a verb of their own behind it.
        """
        for match in self._lexicon.passing_verb_re.finditer(masked, position, stop):
            before = _words_before(masked, position, match.start(), view, start)
            said = not before or before in self._lexicon.words("passing-lead")
            clause = find_stop(masked, "，；。", match.end(), len(masked))
            own = self._lexicon.verb_re.search(masked, match.end(), clause)
            ended = (
                own.start()
                if own is not None
                else find_task(view, start + match.end(), start + clause, self._splitter, self._lexicon) - start
            )
            passed = self._splitter.split(view, start + match.end(), start + ended)
            named = passed and all(name.shaped and self._is_named(view[name.start : name.end], said=said) for name in passed)
            if not named or not (said or self._splitter.is_list(before)) or not begins_name(view, start + match.end(), self._lexicon):
                continue
            alone = ended == clause  # 督促B: what B does is not said
            begun = match.start() - len(before) if said else match.start()
            passing = Verb(begun, clause if alone else match.end(), self._role(match.group()), match.end(), alone, passes=True)
            return [passing] if own is not None or alone else [passing, Verb(ended, clause, Role.RESPONSIBLE, ended)]
        return []

    def _is_named(self, words: str, *, said: bool) -> bool:
        """Say whether a task can be passed on to a name: not to 企业, and, where who passes it on was said before, only to a sure one."""
        return words not in self._lexicon.words("tail-noun") and (not said or self._splitter.is_body(words))

    def _to_verb(self, masked: str, thing: re.Match[str]) -> Verb:
        stop = find_stop(masked, "，；。", thing.end(), len(masked))
        done = masked[thing.end() : stop]
        own = self._lexicon.verb_re.search(done)
        if own is not None and self._splitter.is_strong(done[: own.start()]):
            stop = thing.end()  # B配合A落实: what follows is an agency with a verb of its own
        leads = self._lexicon.name_leads
        helps = stop > thing.end() and self._splitter.is_strong(done) and done.startswith(leads)
        return Verb(thing.start(), stop, self._role(thing.group()), thing.end(), helps)

    def _role(self, phrase: str) -> Role | None:
        return strongest(role for word, role in self._verbs.items() if word in phrase)


def _words_before(masked: str, position: int, place: int, view: str, start: int) -> str:
    """Return the words between the last mark before `place` and there, from `position` on."""
    begun = max((masked.rfind(mark, position, place) for mark in "，；。、"), default=-1) + 1
    return view[start + max(begun, position) : start + place].strip(ENDS)
