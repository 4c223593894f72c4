"""Lines that say who does an item: labels at their beginning or behind a full stop, and lines that are nothing but names and verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.parse.responsibility.endings import is_whole
from kg.parse.responsibility.own_roles import has_role
from kg.parse.responsibility.reading import Reader
from kg.parse.responsibility.readings import Reading, Trouble
from kg.parse.responsibility.stretches import Readers, Stretch, choose, troubles_of
from kg.parse.words.cuts import find_stop
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import MASK, mask_inner
from kg.rules.notation_rules import Notation

_LONGEST_LINE = 300
_LONGEST_NAME_LINE = 60
_LONGEST_TITLE = 40
_LABEL_BEFORE = "。；！？）〕 ，—\n"


class LineScanner:
    """Reads the lines of a text, each of which is a paragraph of the flow."""

    def __init__(self, view: str, lexicon: Lexicon, readers: Readers) -> None:
        self._view = view
        self._lexicon = lexicon
        self._readers = readers
        self._plain = Reader(lexicon)

    def read(self, start: int, end: int, limit: int, troubles: list[Trouble]) -> list[Stretch]:
        """Read labels at the beginning of a paragraph or behind a full stop, and paragraphs that are nothing but who does it."""
        mark = self._lexicon.marks.find(self._view, start, end)
        if mark is not None and self._lexicon.starts_label(self._view[mark.end : end]):
            # （1）牵头单位：A: the number belongs to the line.
            read = self.read(mark.end, end, limit, troubles)
            return [replace(stretch, start=start) if stretch.start == mark.end else stretch for stretch in read]
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
            found.extend([*self._verb_line(start, end), *self._behind_label(start, end)])
        if not found:
            self._report_label(start, end, troubles)
        return found

    def _report_label(self, start: int, end: int, troubles: list[Trouble]) -> None:
        """Report a line that is a label of no list (施工单位：, a damaged one) or with an odd mark (责任单位|A), and names of agencies."""
        marked = self._lexicon.marked_label_re.match(self._view, start, end)
        names = self._plain.splitter.split(self._view, marked.end(), end) if marked is not None else ()
        if any(self._plain.splitter.is_strong(self._view[name.start : name.end]) for name in names):
            troubles.append(Trouble("unread-responsibility", start, end))
        label = self._lexicon.unknown_label_re.match(self._view, start, end)
        if label is None or self._lexicon.line_label_re.match(self._view, start, end) is not None:
            return
        if mask_inner(self._view, start, end)[label.end() - start - 1] == MASK:
            return  # 推进改革（牵头单位：A）: the colon is that of the bracket
        noun = label.group("label").endswith(self._lexicon.words("label-noun"))
        if noun and self._plain.splitter.is_list(self._view[label.end() : end].rstrip("。；")):
            troubles.append(Trouble("unknown-label", start, end))

    def _behind_label(self, start: int, end: int) -> Iterator[Stretch]:
        """Read 由A牵头 right behind a label that names no role (工作要求：由A牵头，并报进度)."""
        label = self._lexicon.line_label_re.match(self._view, start, end)
        for notation, reader in self._readers.of_shape("sentence") if label is not None and label.group("other") else ():
            for cue in notation.detect:
                if label is not None and self._view.startswith(cue, label.end(), end):
                    stop = find_stop(self._view, "。；", label.end(), end)
                    reading, read_to = reader.read_clauses(self._view, label.end() + len(cue), stop)
                    if reading.groups:
                        yield Stretch(label.end(), read_to, notation, reading)

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
        return self._bare_label(words, masked, position)

    def _bare_label(self, words: str, masked: str, position: int) -> int | None:
        """Return where a sentence begins that is a label without its colon, and names (责任单位为市文化局)."""
        for sentence in re.finditer(r"[^。；]+", masked[position:]):
            begun, ended = position + sentence.start(), position + sentence.end()
            label = self._lexicon.bare_label_re.match(words, begun, ended)
            if label is not None and label.end() > label.end("label") and self._plain.splitter.is_list(words[label.end() : ended]):
                return begun
        return None

    def _is_glued(self, words: str, position: int, behind: int, match: re.Match[str]) -> bool:
        """Say whether a label follows persons or a short title at once (责任领导：张某牵头单位：A), where line breaks were lost."""
        before = words[max(behind, position) : match.start()]
        reader = self._plain
        if behind >= 0:
            return all(reader.splitter.is_person(name) for name in re.split("[、，]", before))
        following = self._lexicon.label_re.search(words, match.end())
        names = reader.splitter.split(words, match.end(), following.start() if following is not None else len(words))
        title = (
            len(before) <= _LONGEST_TITLE
            and not re.search("[。；：，、]", before)
            and not before.endswith(self._lexicon.words("not-title-ending"))
        )
        return position == 0 and title and bool(names) and reader.splitter.is_strong(words[names[0].start : names[0].end])

    def _label_stop(self, words: str, masked: str, place: int) -> int:
        """Return where the run of labelled statements that begins at `place` ends."""
        position = place
        while True:
            stop = find_stop(masked, "。；", position, len(masked))
            if stop == len(masked):
                return stop
            following = stop + 1
            if self._lexicon.label_re.match(words, following) is None and (masked[stop] == "。" or not self._goes_on(masked, following)):
                return following
            position = following

    def _goes_on(self, masked: str, place: int) -> bool:
        stop = find_stop(masked, "。；", place, len(masked))
        label = self._lexicon.label_re.search(masked, place, stop)
        return self._plain.splitter.is_list(masked[place : label.start() if label is not None else stop].replace(MASK, "单"))

    def _read_line(self, start: int, end: int, limit: int, troubles: list[Trouble]) -> Stretch | None:
        words = self._view[start:end]
        stretch = choose(
            self._read_labels(notation, reader, start, end, limit)
            for notation, reader in self._readers.of_shape("line")
            if notation.reads == "labels" and (not notation.detect or any(cue in words for cue in notation.detect))
        )
        names = stretch.reading.names() if stretch is not None else []
        if stretch is not None and stretch.reading.deadlines and not names:
            return stretch
        if stretch is None or not stretch.reading.labelled or (names and not any(name.shaped for name in names)):
            troubles.append(Trouble("unread-responsibility", start, end))
            return None
        troubles.extend(troubles_of(stretch))
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
        if not reading.names() and not reading.same and end < limit:
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
            if not line or len(line) > _LONGEST_NAME_LINE or self._lexicon.starts_label(line) or not reader.splitter.is_list(line):
                break
            stop = following
        return (reader.read(self._view, start, stop), stop) if stop > end else (reading, end)

    def _verb_line(self, start: int, end: int) -> list[Stretch]:
        words = self._view[start:end]
        ends = words.rstrip("。；， ").endswith(tuple(self._lexicon.rules.verbs))
        if len(words) > _LONGEST_LINE or not (ends or has_role(self._view, start, end, self._lexicon)):
            return []
        for notation, reader in self._readers.of_shape("line"):
            if notation.reads != "verbs" or (notation.detect and not any(cue in words for cue in notation.detect)):
                continue
            reading = reader.read(self._view, start, end)
            if is_whole(self._view, reading, end, self._lexicon):
                return [Stretch(start, end, notation, reading)]
        return []
