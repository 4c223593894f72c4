"""Where in an item's text it is said who is responsible, and by which notation it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import RoleBasis
from kg.parse.brackets import find_brackets
from kg.parse.endings import find_endings, is_whole
from kg.parse.lexicon import Lexicon
from kg.parse.names import MASK, mask_inner
from kg.parse.reading import Reader, Reading, Trouble
from kg.rules.notation_rules import Notation

_SENTENCE_END = "。；！？”》\n"
_LONGEST_LINE = 300
_LONGEST_NAME_LINE = 60
_LONGEST_TITLE = 40
#: What stands before a label in a sentence (各牵头单位：), not at the end of a title.
_NO_TITLE = ("各", "该", "其", "由", "为", "是", "确定", "明确", "个", "有关", "相关", "的")
#: At most so many marks are tried as the end of a bracket that nothing closes, from the last one on.
_MOST_ENDS = 12
_LABEL_BEFORE = "。；！？）〕 ，\n"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of words that was read: flow indices (marks included), its notation and what it says.

    ``bare`` stretches (names without any role word) count only if the document has several.
    """

    start: int
    end: int
    notation: Notation
    reading: Reading

    @property
    def bare(self) -> bool:
        """Whether it consists of names alone."""
        return self.notation.reads == "names"


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
        self._item_words = lexicon.words("item-word")
        self._readers = [
            (notation, Reader(lexicon, notation.separators, notation.labels, notation.verbs)) for notation in lexicon.rules.notations
        ]

    def scan(self, start: int, end: int) -> Found:
        """Read the text of one unit, children not included."""
        stretches: list[Stretch] = []
        troubles: list[Trouble] = []
        for begun, ended in _paragraphs(self._view, start, end):
            brackets, unclosed = find_brackets(self._view, begun, ended)
            for opened, closed in brackets:
                self._take_bracket(opened, closed, closed - 1, stretches, troubles)
            for opened, closed in unclosed:
                self._take_unclosed(opened, closed, stretches, troubles)
            stretches.extend(self._lines(begun, ended, end, troubles))
        return Found(tuple(_apart(stretches)), tuple(_outside(troubles)))

    def scan_sentences(self, start: int, end: int) -> list[Stretch]:
        """Read 由A牵头，B配合 at the beginning of a clause, and sentences at the end that say nothing else.

        The caller knows whether the item is one where this counts.
        """
        found: list[Stretch] = []
        for notation, reader in self._of_shape("sentence"):
            for cue in notation.detect:
                place = self._view.find(cue, start, end)
                while place >= 0:
                    stop = next((index for index in range(place, end) if self._view[index] in "。；\n"), end)
                    if self._begins_clause(place, start):
                        reading, read_to = reader.read_clauses(self._view, place + len(cue), stop)
                        if reading.groups:
                            found.append(Stretch(place, read_to, notation, reading))
                            stop = read_to
                    place = self._view.find(cue, max(stop, place + 1), end)
        for notation, reader in self._of_shape("ending"):
            for begun, ended in _paragraphs(self._view, start, end):
                if any(begun <= stretch.start < ended for stretch in found):
                    continue
                said = find_endings(self._view, begun, ended, reader, self._lexicon)
                found.extend(Stretch(first, last, notation, reading) for first, last, reading in said)
        return _apart(found)

    def _begins_clause(self, place: int, start: int) -> bool:
        before = place - next((len(word) for word in self._item_words if self._view.endswith(word, start, place)), 0)
        return before == start or self._view[before - 1] in _SENTENCE_END + "，：）〕 "

    def _take_bracket(self, opened: int, closed: int, inner_end: int, stretches: list[Stretch], troubles: list[Trouble]) -> None:
        words = self._view[opened + 1 : inner_end]
        if not len(words) >= 2 or not any("\u4e00" <= character <= "\u9fff" for character in words):
            return
        stretch = _choose(
            Stretch(opened, closed, notation, reading)
            for notation, reader in self._of_shape("bracket")
            if not notation.detect or any(cue in words for cue in notation.detect)
            for reading in [reader.read(self._view, opened + 1, inner_end)]
            if self._is_read(notation, reader, reading, opened, closed)
        )
        if stretch is not None:
            stretches.append(stretch)
            troubles.extend(_troubles_of(stretch))
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
        if self._speaks(words) or self._is_list(self._plain, words.rpartition("、")[0]):
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
        if self._speaks(words) or 0 < len(names) == strong or (strong > 1 and strong * 2 >= len(names)):
            yield Trouble("unread-responsibility", opened, closed)

    def _speaks(self, words: str) -> bool:
        bare = mask_inner(words, 0, len(words))
        return any(word in words for word in self._lexicon.words("speaks")) and not self._is_look_alike(bare)

    def _is_look_alike(self, bare: str) -> bool:
        return any(word in bare for word in self._lexicon.words("look-alike"))

    def _has_agency(self, reader: Reader, words: str) -> bool:
        return any(reader.splitter.is_strong(words[name.start : name.end]) for name in reader.splitter.split(words, 0, len(words)))

    def _is_list(self, reader: Reader, words: str) -> bool:
        names = reader.splitter.split(words, 0, len(words))
        return bool(names) and all(reader.splitter.is_strong(words[name.start : name.end]) for name in names)

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
            and not reading.troubles
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
                if self._view.startswith(self._lexicon.words("level"), name.start)
                and any(reader.splitter.is_strong(self._view[name.start : end]) for end in range(name.start + 3, name.end))
            )

    def _ends_sentence(self, opened: int, closed: int) -> bool:
        """Say whether a bracket stands behind a full stop, or ends its paragraph."""
        before = self._view[opened - 1] if opened else "\n"
        after = self._view[closed : closed + 2]
        return before in _SENTENCE_END + "）〕" or not after or after[0] == "\n" or after in ("；\n", "。\n", "；", "。")

    def _of_shape(self, shape: str) -> Iterator[tuple[Notation, Reader]]:
        return ((notation, reader) for notation, reader in self._readers if notation.shape == shape)

    def _lines(self, start: int, end: int, limit: int, troubles: list[Trouble]) -> list[Stretch]:
        """Read labels at the beginning of a paragraph or behind a full stop, and paragraphs that are nothing but who does it."""
        words, masked = self._view[start:end], mask_inner(self._view, start, end)
        found: list[Stretch] = []
        position = 0
        while (place := self._next_label(words, masked, position)) is not None:
            stop = self._label_stop(words, masked, place)
            stretch = self._read_line(start + place, start + stop, limit, troubles)
            position = stop
            if stretch is not None:
                found.append(stretch)
        if not found:
            found.extend(self._verb_line(start, end))
        return found

    def _next_label(self, words: str, masked: str, position: int) -> int | None:
        match = self._lexicon.line_label_re.match(words) if position == 0 else None
        terms = self._lexicon.words("deadline-label")
        if match is not None and (match.group("label") or match.group("other") in terms):
            return 0
        behind = -1
        for match in self._lexicon.label_re.finditer(words, position):
            inside = MASK in (masked[match.start()], masked[match.end() - 1])
            if match.group("label") and not inside and (match.start() == 0 or masked[match.start() - 1] in _LABEL_BEFORE + MASK):
                return match.start()
            if match.group("label") and not inside and self._is_glued(words, position, behind, match):
                return match.start()
            behind = match.end()
        return None

    def _is_glued(self, words: str, position: int, behind: int, match: re.Match[str]) -> bool:
        """Say whether a label follows persons or a short title at once (责任领导：张某牵头单位：A), where line breaks were lost."""
        before = words[max(behind, position) : match.start()]
        reader = self._readers[0][1]
        if behind >= 0:
            return all(reader.splitter.is_person(name) for name in re.split("[、，]", before))
        following = self._lexicon.label_re.search(words, match.end())
        names = reader.splitter.split(words, match.end(), following.start() if following is not None else len(words))
        title = len(before) <= _LONGEST_TITLE and not re.search("[。；：，、]", before) and not before.endswith(_NO_TITLE)
        return position == 0 and title and bool(names) and reader.splitter.is_strong(words[names[0].start : names[0].end])

    def _label_stop(self, words: str, masked: str, place: int) -> int:
        """Return where the run of labelled statements that begins at `place` ends."""
        position = place
        while True:
            stop = next((index for index in range(position, len(masked)) if masked[index] in "。；"), len(masked))
            if stop == len(masked):
                return stop
            following = stop + 1
            if self._lexicon.label_re.match(words, following) is None and (masked[stop] == "。" or not self._goes_on(masked, following)):
                return following
            position = following

    def _goes_on(self, masked: str, place: int) -> bool:
        stop = next((index for index in range(place, len(masked)) if masked[index] in "。；"), len(masked))
        return self._is_list(self._readers[0][1], masked[place:stop].replace(MASK, "单"))

    def _read_line(self, start: int, end: int, limit: int, troubles: list[Trouble]) -> Stretch | None:
        words = self._view[start:end]
        stretch = _choose(
            self._read_labels(notation, reader, start, end, limit)
            for notation, reader in self._of_shape("line")
            if notation.reads == "labels" and (not notation.detect or any(cue in words for cue in notation.detect))
        )
        names = stretch.reading.names() if stretch is not None else []
        if stretch is not None and stretch.reading.deadlines and not names:
            return stretch
        if stretch is None or not stretch.reading.labelled or (names and not any(name.shaped for name in names)):
            troubles.append(Trouble("unread-responsibility", start, end))
            return None
        troubles.extend(_troubles_of(stretch))
        return stretch

    def _read_labels(self, notation: Notation, reader: Reader, start: int, end: int, limit: int) -> Stretch:
        blank = self._lexicon.line_label_re.match(self._view, start, end)
        if blank is not None and blank.end() == end < limit and self._view[end] == "\n" and blank.end() == blank.end("label"):
            return self._read_below(notation, reader, start, end, limit)
        if blank is not None and blank.group().endswith(" "):
            reading = reader.read(self._view, blank.end(), end, self._lexicon.label_role(blank.group("label")))
            reading.labelled = True
            return Stretch(start, end, notation, reading)
        reading = reader.read(self._view, start, end)
        if not reading.names() and end < limit:
            following = self._view.find("\n", end + 1)
            following = limit if following < 0 else min(following, limit)
            longer = reader.read(self._view, start, following)
            if longer.names() and all(name.shaped for name in longer.names()):
                reading, end = longer, following
        reading, end = self._with_following(reader, reading, start, end, limit)
        return Stretch(start, end, notation, reading)

    def _read_below(self, notation: Notation, reader: Reader, start: int, end: int, limit: int) -> Stretch:
        """Read a line that is a label and nothing else, without its colon: the names stand on the next lines."""
        following = self._view.find("\n", end + 1)
        following = limit if following < 0 else min(following, limit)
        reading = reader.read(self._view, end + 1, following, self._lexicon.label_role(self._view[start:end]))
        names = reading.names()
        # 责任股室 above a table's first task: a line that only ends like an agency's name (建阅览室) is none.
        sure = all(name.shaped for name in names) and any(reader.is_body(self._view, name) for name in names)
        reading, stop = (reading, following) if sure else (Reading(), end)
        reading.labelled = bool(reading.names())
        return Stretch(start, stop, notation, reading)

    def _with_following(self, reader: Reader, reading: Reading, start: int, end: int, limit: int) -> tuple[Reading, int]:
        """Add the lines after a label's line that hold nothing but names."""
        stop = end
        while reading.names() and stop < limit and self._view[stop] == "\n":
            following = self._view.find("\n", stop + 1, limit)
            following = limit if following < 0 else following
            line = self._view[stop + 1 : following]
            if not line or len(line) > _LONGEST_NAME_LINE or self._lexicon.starts_label(line) or not self._is_list(reader, line):
                break
            stop = following
        return (reader.read(self._view, start, stop), stop) if stop > end else (reading, end)

    def _verb_line(self, start: int, end: int) -> list[Stretch]:
        words = self._view[start:end]
        if len(words) > _LONGEST_LINE or not words.rstrip("。；， ").endswith(tuple(self._lexicon.rules.verbs)):
            return []
        for notation, reader in self._of_shape("line"):
            if notation.reads != "verbs" or (notation.detect and not any(cue in words for cue in notation.detect)):
                continue
            reading = reader.read(self._view, start, end)
            if is_whole(self._view, reading, end, self._lexicon):
                return [Stretch(start, end, notation, reading)]
        return []


def _choose(readings: Iterable[Stretch]) -> Stretch | None:
    """Return the first reading that leaves no word unread, or the first of all if each leaves some."""
    first: Stretch | None = None
    for stretch in readings:
        if not stretch.reading.troubles:
            return stretch
        first = first or stretch
    return first


def _troubles_of(stretch: Stretch) -> list[Trouble]:
    odd = [Trouble("odd-name", name.start, name.end) for name in stretch.reading.names() if not name.shaped]
    persons = [Trouble("person-name", name.start, name.end) for name in stretch.reading.persons]
    return [*stretch.reading.troubles, *odd, *persons]


def _paragraphs(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    while position < end:
        stop = view.find("\n", position, end)
        stop = end if stop < 0 else stop
        if stop > position:
            yield position, stop
        position = stop + 1


def _apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sort stretches and drop one that lies inside another."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda item: (item.start, -item.end)):
        if not kept or stretch.start >= kept[-1].end:
            kept.append(stretch)
    return kept


def _outside(troubles: Iterable[Trouble]) -> list[Trouble]:
    return sorted(set(troubles), key=lambda trouble: (trouble.start, trouble.end, trouble.code))
