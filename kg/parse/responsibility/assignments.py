"""Where in an item's text it is said who is responsible, and by which notation it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import RoleBasis
from kg.parse.responsibility.endings import find_endings, names_one
from kg.parse.responsibility.reading import REFERENCE_RE, Reader
from kg.parse.responsibility.readings import Reading, Same, Trouble
from kg.parse.responsibility.role_lines import LineScanner
from kg.parse.responsibility.stretches import Readers, Stretch, choose, troubles_of
from kg.parse.words.brackets import find_brackets
from kg.parse.words.cuts import find_paragraphs, find_stop
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import mask_inner
from kg.rules.notation_rules import Notation

_SENTENCE_END = "。；！？”》\n"
_SENTENCE_STOPS = "。；\n"
_LONGEST_LINE = 300
_LONGEST_NAME = 45
#: At most so many marks are tried as the end of a bracket that nothing closes, from the last one on.
_MOST_ENDS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found in a unit's own text, in the order of the page."""

    stretches: tuple[Stretch, ...]
    troubles: tuple[Trouble, ...]


class Scanner:
    """Finds and reads the stretches of an item by the notations of the rules."""

    def __init__(self, view: str, lexicon: Lexicon) -> None:
        self._view = view
        self._lexicon = lexicon
        self._plain = Reader(lexicon)
        self._readers = Readers(lexicon)
        self._lines = LineScanner(view, lexicon, self._readers)
        self._item_words = lexicon.words("item-word")
        self._limit = len(view)

    def scan(self, start: int, end: int) -> Found:
        """Read the text of one unit, children not included."""
        stretches: list[Stretch] = []
        troubles: list[Trouble] = []
        self._limit = end
        for begun, ended in find_paragraphs(self._view, start, end):
            brackets, unclosed = find_brackets(self._view, begun, ended)
            for opened, closed in brackets:
                self._take_bracket(opened, closed, closed - 1, stretches, troubles)
            for opened, closed in unclosed:
                self._take_unclosed(opened, closed, stretches, troubles)
            lines = self._lines.read(begun, ended, end, troubles)
            # A（牵头）, （牵头）A: the bracket was read with its name.
            said = {place for stretch in lines for name in stretch.reading.names() if name.role for place in (name.start, name.end)}
            troubles = [trouble for trouble in troubles if not said & {trouble.start, trouble.end}]
            stretches.extend(lines)
        return Found(tuple(_apart(stretches)), tuple(_outside(troubles)))

    def scan_sentences(self, start: int, end: int) -> list[Stretch]:
        """Read 由A牵头，B配合 at the beginning of a clause, and sentences at the end that say nothing else.

        The caller knows whether the item is one where this counts.
        """
        found: list[Stretch] = []
        for notation, reader in self._readers.of_shape("sentence"):
            if notation.detect:
                found.extend(self._read_from(sorted(self._cued_places(notation, start, end)), end, notation, reader))
        for notation, reader in self._readers.of_shape("ending"):
            for begun, ended in find_paragraphs(self._view, start, end):
                if any(begun <= stretch.start < ended for stretch in found):
                    continue
                said = find_endings(self._view, begun, ended, reader, self._lexicon)
                found.extend(Stretch(first, last, notation, reading) for first, last, reading in said)
        for notation, reader in self._readers.of_shape("sentence"):
            if not notation.detect:
                places = [place for place in self._sentence_starts(start, end) if all(not each.start <= place < each.end for each in found)]
                read = self._read_from([(place, place) for place in places], end, notation, reader)
                found.extend(stretch for stretch in read if names_one(self._view, stretch.reading, reader, self._lexicon))
        return _apart(found)

    def find_duties(self, start: int, end: int) -> Iterator[Trouble]:
        """Yield the sentences that tell what an agency does (市住建局负责清淤, 由市水利局会同市应急局编制预案), which are not read."""
        for place in self._sentence_starts(start, end):
            stop = find_stop(self._view, _SENTENCE_STOPS, place, end)
            clause = find_stop(self._view, "，", place, stop)
            reading = self._plain.read(self._view, place, clause)
            names = [self._view[name.start : name.end] for name in reading.names()]
            if reading.tells and any(self._plain.splitter.is_strong(name) for name in names):
                yield Trouble("unread-responsibility", place, stop)
        for notation, _ in self._readers.of_shape("sentence"):
            for place, first in self._cued_places(notation, start, end):
                clause = find_stop(self._view, "，" + _SENTENCE_STOPS, first, end)
                joint = self._lexicon.joint_re.search(self._view, first, clause)
                if joint is not None and self._plain.splitter.is_list(self._view[first : joint.start()]):
                    yield Trouble("unread-responsibility", place, clause)

    def _read_from(self, places: Iterable[tuple[int, int]], end: int, notation: Notation, reader: Reader) -> Iterator[Stretch]:
        """Read clauses from each place on; a place is where the words begin, and where the names in them do."""
        position = 0
        for place, first in places:
            if place >= position:
                stop = find_stop(self._view, _SENTENCE_STOPS, place, end)
                reading, read_to = reader.read_clauses(self._view, first, stop, led=bool(notation.detect))
                if reading.groups:
                    yield Stretch(place, read_to, notation, reading)
                position = read_to if reading.groups else stop

    def _sentence_starts(self, start: int, end: int) -> Iterator[int]:
        """Yield where sentences begin that no word leads in."""
        cues = tuple(cue for notation, _ in self._readers.of_shape("sentence") for cue in notation.detect)
        for place in range(start, end):
            if (place == start or self._view[place - 1] in _SENTENCE_STOPS) and not self._view.startswith(cues, place):
                yield place

    def _cued_places(self, notation: Notation, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where clauses begin that a notation's cue leads in, and where its names may begin."""
        for cue in notation.detect:
            place = self._view.find(cue, start, end)
            while place >= 0:
                if self._begins_clause(place, start):
                    yield place, place + len(cue)
                place = self._view.find(cue, place + 1, end)

    def names_somebody(self, opened: int, closed: int) -> bool:
        """Say whether a bracket, wherever it stands, says by a label or a verb who is responsible, and names an agency."""
        stretches: list[Stretch] = []
        self._take_bracket(opened, closed, closed - 1, stretches, [])
        groups = [group for stretch in stretches for group in stretch.reading.groups]
        return any(name.shaped for group in groups if group.basis is not RoleBasis.BARE for name in group.names)

    def _begins_clause(self, place: int, start: int) -> bool:
        before = place - next((len(word) for word in self._item_words if self._view.endswith(word, start, place)), 0)
        return before == start or self._view[before - 1] in _SENTENCE_END + "，：）〕 "

    def _take_bracket(self, opened: int, closed: int, inner_end: int, stretches: list[Stretch], troubles: list[Trouble]) -> None:
        words = self._view[opened + 1 : inner_end]
        if words.strip("。；（） ") in self._lexicon.words("same-as") and self._ends_sentence(opened, closed):
            notation = next(notation for notation, _ in self._readers.of_shape("bracket"))
            stretches.append(Stretch(opened, closed, notation, Reading(labelled=True, same=[Same(None, opened + 1, inner_end)])))
            return
        if REFERENCE_RE.match(words) is not None:
            troubles.append(Trouble("unread-responsibility", opened, closed))
            return
        if not len(words) >= 2 or not any("\u4e00" <= character <= "\u9fff" for character in words):
            return
        stretch = choose(
            Stretch(opened, closed, notation, reading)
            for notation, reader in self._readers.of_shape("bracket")
            if not notation.detect or any(cue in words for cue in notation.detect)
            for reading in [reader.read(self._view, opened + 1, inner_end)]
            if self._is_read(notation, reader, reading, opened, closed)
        )
        if stretch is not None:
            stretches.append(stretch)
            troubles.extend(troubles_of(stretch))
            return
        troubles.extend(self._unread(opened, closed, words))

    def _take_unclosed(self, opened: int, closed: int, stretches: list[Stretch], troubles: list[Trouble]) -> None:
        """Read a bracket that nothing closes as far as it surely goes: to the end of its paragraph, or to its last role word.

        Whatever is left is reported: the last name of a text that was cut off is no name.
        """
        marks = [place for place in range(opened + 2, min(closed, opened + _LONGEST_LINE)) if self._may_end(opened, place)]
        for end in [closed, *marks[: -_MOST_ENDS - 1 : -1]]:
            read: list[Stretch] = []
            self._take_bracket(opened, end, end, read, [])
            groups = [group for stretch in read for group in stretch.reading.groups]
            several = len({name.start for group in groups for name in group.names}) > 1 and not self._view.startswith("由", opened + 1)
            labelled = any(stretch.reading.labelled for stretch in read)
            whole = end == closed and (several or labelled)
            complete = end == closed or self._view[end - 1] in "）〕" or (labelled and self._view[end] in "；。")
            surely = whole or any(group.basis is RoleBasis.VERB for group in groups) or (labelled and complete)
            if groups and surely and all(name.shaped for group in groups for name in group.names):
                stretches.extend(read)
                if complete:
                    troubles.append(Trouble("unclosed-bracket", opened, end))
                if not complete or self._speaks(self._view[end:closed]):
                    troubles.append(Trouble("unread-responsibility", end, closed))
                return
        words = self._view[opened + 1 : closed]
        if self._speaks(words) or self._plain.splitter.is_list(words.rpartition("、")[0]):
            troubles.append(Trouble("unread-responsibility", opened, closed))

    def _may_end(self, opened: int, place: int) -> bool:
        """Say whether what an unclosed bracket says may end at `place`: behind a role word or a name with its mark, or an inner bracket."""
        if self._view[place - 1] in "）〕":
            return True
        if self._view[place] not in "，；。":
            return False
        before = self._view[max(opened, place - 20) : place]
        return self._lexicon.ends_agency(before) or before.endswith(tuple(self._lexicon.rules.verbs))

    def _unread(self, opened: int, closed: int, words: str) -> Iterable[Trouble]:
        reader = self._plain
        unknown = self._lexicon.unknown_label_re.match(words)
        if unknown is not None and not self._lexicon.label_re.match(words):
            label = unknown.group("label")
            value = words[unknown.end() :]
            if label.endswith(self._lexicon.words("label-noun")) or self._has_agency(reader, value):
                yield Trouble("unknown-label", opened + 1, opened + 1 + len(label))
                yield Trouble("unread-responsibility", opened, closed)
                return
        names = reader.splitter.split(words, 0, len(words)) if self._ends_sentence(opened, closed) else ()
        strong = sum(reader.splitter.is_strong(words[name.start : name.end]) for name in names)
        if self._speaks(words) or 0 < len(names) == strong or (strong > 1 and strong * 2 >= len(names)) or (names and self._acts(words)):
            yield Trouble("unread-responsibility", opened, closed)

    def _speaks(self, words: str) -> bool:
        bare = mask_inner(words, 0, len(words))
        return any(word in words for word in self._lexicon.words("speaks")) and not self._is_look_alike(bare)

    def _acts(self, words: str) -> bool:
        """Say whether `words` begin with an agency and a verb by which it acts with others or has them act (市发改委统筹安排资金)."""
        lexicon = self._lexicon
        verbs = (
            *lexicon.words("verb-passing"),
            *lexicon.words("verb-object"),
            *(joint for joint in lexicon.rules.joints if len(joint) > 1),
        )
        if not words.startswith(lexicon.name_leads) or self._is_look_alike(words):
            return False
        places = (place for place in range(3, min(len(words), _LONGEST_NAME)) if words.startswith(verbs, place))
        return any(self._plain.splitter.is_strong(words[:place].rpartition("、")[2]) for place in places)

    def _is_look_alike(self, bare: str) -> bool:
        return any(word in bare for word in self._lexicon.words("look-alike"))

    def _has_agency(self, reader: Reader, words: str) -> bool:
        return any(reader.splitter.is_strong(words[name.start : name.end]) for name in reader.splitter.split(words, 0, len(words)))

    def _is_read(self, notation: Notation, reader: Reader, reading: Reading, opened: int, closed: int) -> bool:
        if notation.reads == "labels":
            return reading.labelled
        self._drop_trailing_words(reader, reading)
        names = reading.names()
        shaped = [name for name in names if name.shaped]
        if not names and reading.rule is not None:
            return True
        if self._is_look_alike(mask_inner(self._view, opened + 1, closed - 1)):
            return False
        verbs = any(group.basis is RoleBasis.VERB for group in (*reading.groups, *reading.standing))
        if notation.reads == "verbs":
            return verbs and len(shaped) * 2 > len(names)
        return (
            bool(names)
            and not verbs
            and all(trouble.code == "clause-left-out" for trouble in reading.troubles)
            and reader.splitter.are_agencies([self._view[name.start : name.end] for name in names])
            and any(reader.is_body(self._view, name) for name in names)
            and self._ends_sentence(opened, closed)
        )

    def _drop_trailing_words(self, reader: Reader, reading: Reading) -> None:
        """Drop words behind the last verb none of which is a name (A负责，列入绩效考核); a name with a verb of no list is reported."""
        if len(reading.groups) < 2:
            return
        before, last = reading.groups[-2:]
        if before.basis is RoleBasis.VERB and last.basis is RoleBasis.BARE and not any(name.shaped for name in last.names):
            reading.groups.pop()
            reading.troubles.extend(
                Trouble("unread-responsibility", name.start, name.end)
                for name in last.names
                if self._view.startswith(self._lexicon.name_leads, name.start)
                and any(reader.splitter.is_body(self._view[name.start : end]) for end in range(name.start + 2, name.end))
            )

    def _ends_sentence(self, opened: int, closed: int) -> bool:
        """Say whether a bracket stands behind a full stop, or ends its paragraph or the unit it stands in."""
        before = self._view[opened - 1] if opened else "\n"
        after = self._view[closed : min(closed + 2, max(closed, self._limit))]
        return before in _SENTENCE_END + "）〕" or not after or after[0] == "\n" or after in ("；\n", "。\n", "；", "。")


def _apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sort stretches and drop one that lies inside another."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda item: (item.start, -item.end)):
        if not kept or stretch.start >= kept[-1].end:
            kept.append(stretch)
    return kept


def _outside(troubles: Iterable[Trouble]) -> list[Trouble]:
    return sorted(set(troubles), key=lambda trouble: (trouble.start, trouble.end, trouble.code))
