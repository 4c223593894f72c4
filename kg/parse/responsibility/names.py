"""A list of names, as printed, into names.

Marks between names have different strength. A 、 may stand inside one name (各县、市、区政府), a 和 inside another (市发展和改革委员会),
and a bracket belongs to its name with all that it holds. Nothing is cut or joined without a rule of `words.csv` behind it, and a name
that has no shape of an agency is marked, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import Role
from kg.parse.responsibility.clauses import is_clause
from kg.parse.responsibility.levels import is_party_committee
from kg.parse.responsibility.own_roles import LEADING_RE, behind_role, own_role, tail_role
from kg.parse.responsibility.persons import is_person
from kg.parse.responsibility.seams import find_seam
from kg.parse.responsibility.shapes import LONGEST_NAME, LONGEST_PART, is_agency
from kg.parse.responsibility.trades import shares_trade
from kg.parse.words.counted import blank_counts
from kg.parse.words.lexicon import Lexicon
from kg.parse.words.masks import MASK, find_opening, mask_inner, mask_tail

_COUNTS = "①②③④⑤⑥⑦⑧⑨⑩"
#: A number before a name in a counted list: 1.供电公司 2.发改局.
_COUNT_RE = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十])[.、]|（(?:\d{1,2}|[一二三四五六七八九十])）")
_EDGE = " ，、；。：,.;/…·|→\n" + _COUNTS
_LONGEST_SHARED = 12
#: A short form of a name (某大), and a name of no known ending that stands among at least twice as many others.
_LONGEST_SHORT_FORM, _LONGEST_ODD_NAME = 6, 10
_PLAIN_RE = re.compile(r"[\u4e00-\u9fff]{2,}")
#: All units of a kind, and a body of the units below or beside them: 各市、县财政部门, 各市、州安委会, 各县、区委宣传部.
_ALL_UNITS_RE = re.compile(r"各(?:设区|地)?(?:市州|[市州盟地县区旗])(?:（[^）]*）|〔[^〕]*〕)?")
_BODY_BELOW_RE = re.compile(r"[县区旗市州盟](?:（[^）]*）|〔[^〕]*〕)?(?![直级属各内])[\u4e00-\u9fff]{2,10}")
_BELOW = {"市": "县区旗州盟", "州": "县区旗市", "盟": "县区旗市", "地": "县区旗市", "县": "区旗", "区": "县旗", "旗": "县区"}
#: What names are shortened to in the rest of the page: no name here.
_SHORT_RE = re.compile(r"(?:以下)?(?:简称|统称|合称)|下[简统]称")


@dataclass(frozen=True, slots=True)
class RawName:
    """A name on the page: flow indices, whether it has the shape of an agency, and a role its own bracket gives it."""

    start: int
    end: int
    shaped: bool
    role: Role | None = None


class NameSplitter:
    """Splits lists of names by the tables of a lexicon."""

    def __init__(self, lexicon: Lexicon, separators: Sequence[str] = ()) -> None:
        self._lexicon = lexicon
        self._marks = lexicon.words("name-mark")
        self._separators = "、，；。;\n " + _COUNTS + "".join(separators)

    def split(self, view: str, start: int, end: int) -> tuple[RawName, ...]:
        """Return the names in ``view[start:end]``, in the order of the page.

        Tails (等部门), words that lead in (由) and words that stand for nobody (无) are no names.
        """
        parts = self._merge(view, self._cut(view, start, end))
        names: list[RawName] = []
        for part in parts:
            found = self._divide(view, *part)
            role = tail_role(view[part[0] : part[1]], self._lexicon) if found and found[-1].role is None else None
            names.extend([*found[:-1], replace(found[-1], role=role)] if role is not None else found)
        said = ((name, view[name.start : name.end]) for name in names)
        return tuple(name for name, words in said if words not in self._lexicon.words("nobody") and not self.shortens(words))

    def is_agency(self, name: str) -> bool:
        """Say whether `name` (a stretch of the view) has the shape of an agency's or a group's name."""
        return is_agency(name, self._lexicon)

    def is_strong(self, name: str) -> bool:
        """Say whether `name` ends as only an agency's name does; a bracket after it does not count."""
        if not self.is_agency(name):
            return False
        words = name
        while words and words[-1] in "）〕" and (opened := find_opening(words)) > 0:
            words = words[:opened]
        return words.endswith(self._lexicon.strong)

    def are_agencies(self, names: Sequence[str]) -> bool:
        """Say whether a list is one of agencies; some short forms (市科技局、市人才办、某大) may stand in it."""
        odd = [name for name in names if not self.is_agency(name)]
        longest = _LONGEST_SHORT_FORM if len(odd) * 3 > len(names) else _LONGEST_ODD_NAME
        short = all(_PLAIN_RE.fullmatch(name) and len(name) <= longest for name in odd)
        return not odd or (short and len(odd) * 5 <= len(names) * 3 and len(names) - len(odd) > 1 and self.is_strong(names[0]))

    def is_list(self, words: str) -> bool:
        """Say whether `words` are nothing but names that only agencies or groups of them have."""
        names = [words[name.start : name.end] for name in self.split(words, 0, len(words))]
        return bool(names) and all(self.is_body(name) for name in names)

    def is_body(self, name: str) -> bool:
        """Say whether `name` surely is an agency's or a group's (各开发区)."""
        return self.is_strong(name) or (name.startswith(self._lexicon.words("group-lead")) and self.is_agency(name))

    def is_person(self, name: str) -> bool:
        """Say whether `name` is a person's (张某某, 分管副市长), which must never become an agency's."""
        return is_person(name.replace(" ", ""), self._lexicon, self.is_agency)

    def is_clause(self, words: str) -> bool:
        """Say whether `words` among names only tell what is done (委托第三方机构), or are a number."""
        return is_clause(words, self._lexicon, self.is_agency, self.is_strong)

    def shortens(self, words: str) -> bool:
        """Say whether `words` only tell what a name is shortened to in the rest of the page (以下统称两局)."""
        return _SHORT_RE.match(words) is not None

    def _cut(self, view: str, start: int, end: int) -> list[tuple[int, int]]:
        masked = blank_counts(view[start:end], mask_inner(view, start, end))
        parts: list[tuple[int, int]] = []
        begun = 0
        for index, character in enumerate([*masked, "、"]):
            if character in self._separators and not (character == " " and _is_latin(masked, index)):
                part = _trim(masked, begun, index)
                if part is not None:
                    parts.extend(self._cut_at_slashes(view, masked, start, part))
                begun = index + 1
        return parts

    def _cut_at_slashes(self, view: str, masked: str, start: int, part: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Cut a part at a / or · between two names (市财政局/市教育局); where one side is none (县/区政府, 阿·甲集团) it is one name."""
        begun = last = part[0]
        slashes = [part[0] + slash.start() for slash in re.finditer("[/·]", masked[part[0] : part[1]])]
        for place, following in pairwise([*slashes, part[1]]):
            left, right = view[start + last : start + place], view[start + place + 1 : start + following]
            one = self._lexicon.unit_re.fullmatch(left) and self._lexicon.unit_end_re.fullmatch(right)
            may_be_name = self._may_be_name if masked[place] == "/" else self.is_strong
            if not one and may_be_name(left) and may_be_name(right):
                yield start + begun, start + place
                begun = place + 1
            last = place + 1
        yield start + begun, start + part[1]

    def _merge(self, view: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Join parts that are one name with a 、 inside."""
        merged: list[tuple[int, int]] = []
        index = 0
        while index < len(parts):
            start, end = parts[index]
            while index + 1 < len(parts) and self._belongs(view, (start, end), parts[index], parts[index + 1]):
                index += 1
                end = parts[index][1]
            if merged and self._is_shared_ending(view, merged, (start, end)):
                while merged and self._lacks_ending(view[merged[-1][0] : merged[-1][1]]) and _one_comma(view, merged[-1][1], start):
                    start = merged.pop()[0]
            merged.append((start, end))
            index += 1
        return merged

    def _belongs(self, view: str, whole: tuple[int, int], last: tuple[int, int], following: tuple[int, int]) -> bool:
        if view[last[1] : following[0]] != "、":
            return False
        before, after = view[last[0] : last[1]], self._without_tail(view[following[0] : following[1]])
        so_far = view[max(whole[0], whole[1] - LONGEST_NAME) : whole[1]]
        lexicon = self._lexicon
        before, after = self._last_unit(before), self._first_unit(after)
        # 1. 各市、县（区）人民政府: a bare unit, then a unit with or without its ending.
        if lexicon.unit_re.fullmatch(before) and (lexicon.unit_end_re.fullmatch(after) or self._is_body_below(before, after)):
            # 各区、市有关部门 are two: the departments of the level above are no part of the units below.
            return not (before in ("各区", "各县", "各区县", "各县区") and after[0] in "省市" and after.endswith(("部门", "单位")))
        # 2. 中、省驻平有关单位: a level of government, then those in a place.
        if (
            before in lexicon.words("central-part")
            and len(after) > 1
            and after[0] in "省市区州县部"
            and after[1] in lexicon.words("central-next")
        ):
            return True
        # 3. 市直有关部门、单位: a noun that shares all that stands before it.
        if after in lexicon.words("short-noun"):
            shared = so_far.startswith("各") and so_far.endswith((*lexicon.words("weak-split"), "学校", "镇", "乡"))
            return shared or so_far.endswith((*lexicon.words("short-noun"), "级")) or len(after) == 1
        # 4. 各县党委、政府; 甲县委、政府: two bodies of one place.
        if after in lexicon.words("bare-body"):
            return before.endswith(("党委", "党工委")) or is_party_committee(before)
        # 5. 县、区有关部门: a single unit cannot stand alone.
        alone = len(before) == 1 and before in lexicon.words("unit") and after[0] in lexicon.words("unit")
        # 6. 供水、供电、供气企业: branches of trade that share their noun.
        return alone or (
            before in lexicon.words("trade") and shares_trade(view[following[0] : following[0] + _LONGEST_SHARED * 2], lexicon)
        )

    def _is_body_below(self, before: str, after: str) -> bool:
        """Say whether 各市 and what follows are one name, a body of all units (各市、县教育局); 各区、市教育局 are two."""
        if _ALL_UNITS_RE.fullmatch(before) is None or _BODY_BELOW_RE.fullmatch(after) is None:
            return False
        unit = mask_inner(before, 0, len(before)).rstrip(MASK)[-1]
        return after[0] in _BELOW[unit] and (self.is_strong(after) or after.endswith("部门"))

    def _without_tail(self, words: str) -> str:
        """Return a part without the 等部门 behind it, which says nothing of what the part belongs to."""
        tail = self._find_tail(words)
        return words[: tail.start()] if tail is not None and tail.start() > 0 else words

    def _find_tail(self, words: str) -> re.Match[str] | None:
        """Find 等部门 at the end of words; in 天等县教育局 it is none."""
        tail = self._lexicon.tail_re.search(mask_tail(words))
        in_place = tail is not None and words[max(tail.start() - 1, 0) : tail.start() + 1] in self._lexicon.places
        return None if in_place else tail

    def _last_unit(self, words: str) -> str:
        """Return what stands behind the last 和 or 及 of 各部门及各市, whose last part a following 、 may belong to."""
        for connector in self._lexicon.words("connector"):
            left, found, right = words.rpartition(connector)
            shared = right in self._lexicon.words("trade") or self._lexicon.unit_re.fullmatch(right)
            if found and shared and self.is_agency(left):
                return right
        return words

    def _first_unit(self, words: str) -> str:
        """Return what stands before the first 和 or 及 of 直辖市人民政府和兵团, which may belong to what stands before it."""
        for index in range(1, len(words) - 1):
            connector = next((word for word in self._lexicon.words("connector") if words.startswith(word, index)), None)
            if (
                connector is not None
                and self._lexicon.unit_end_re.fullmatch(words[:index])
                and self.is_agency(words[index + len(connector) :])
            ):
                return words[:index]
        return words

    def _is_shared_ending(self, view: str, merged: Sequence[tuple[int, int]], part: tuple[int, int]) -> bool:
        """南沙、天河区政府: places that share the ending of the last."""
        words = view[part[0] : part[1]]
        return (
            words.endswith(self._lexicon.words("shared-ending"))
            and len(words) <= _LONGEST_SHARED
            and not words.startswith(self._lexicon.words("group-lead"))
            and self._lacks_ending(view[merged[-1][0] : merged[-1][1]])
        )

    def _lacks_ending(self, words: str) -> bool:
        """Say whether `words` are a place's short name, known or of two or three characters that are no agency's."""
        known = 2 <= len(words) <= 4 and words in self._lexicon.rules.places
        return (known or (2 <= len(words) <= 3 and not self.is_agency(words) and words[0] >= "\u4e00")) and words[-1] not in "区县市旗镇"

    def _divide(self, view: str, start: int, end: int) -> list[RawName]:
        """Take away what is no name at both ends and cut at 和, 及 and their like where both sides are names."""
        if end - start > LONGEST_PART:
            return [RawName(start, end, shaped=False)]
        start, end = self._strip(view, start, end)
        if start >= end:
            return []
        masked = mask_inner(view, start, end)
        glued = find_seam(view[start:end], masked, self._lexicon, self.is_strong, self.is_body)
        glued = glued or behind_role(view, start, end, self._lexicon, self.is_strong)
        if glued:
            return [*self._divide(view, start, start + glued), *self._divide(view, start + glued, end)]
        for index in range(1, len(masked) - 1):
            word = next((word for word in self._lexicon.words("connector") if masked.startswith(word, index)), None)
            if word is None or masked.startswith("及其", index) or self._begins_place(masked, index, word):
                continue
            left, right = self._strip(view, start, start + index), self._strip(view, start + index + len(word), end)
            if self._stands_alone(view, left, right):
                return [*self._divide(view, start, start + index), *self._divide(view, start + index + len(word), end)]
        name = RawName(start, end, self.is_agency(view[start:end]))
        return [self._own_role(view, name)]

    def _may_be_name(self, words: str) -> bool:
        return self.is_agency(words) or _PLAIN_RE.fullmatch(words) is not None

    def _begins_place(self, words: str, index: int, word: str) -> bool:
        """Say whether a connector is the beginning of a place's name (人行和田市中心支行)."""
        level = self._lexicon.words("level")
        return any(
            words.startswith(place, index) and words.startswith(level, index + len(place)) for place in self._lexicon.lead_places[word]
        )

    def _stands_alone(self, view: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
        before, after = view[left[0] : left[1]], view[right[0] : right[1]]
        if (
            after in self._lexicon.words("short-noun")
            or after in self._lexicon.words("bare-body")
            or after in self._lexicon.words("tail-noun")
        ):
            return False
        if not self.is_agency(after) and not self._holds_agency(view, right):
            return False
        if self.is_strong(before):
            return True
        lead = self._lexicon.words("group-lead")
        group = before.startswith(lead) or before.endswith(self._lexicon.words("weak-split"))
        return self.is_agency(before) and group and (after.startswith(lead) or self.is_strong(after))

    def _holds_agency(self, view: str, part: tuple[int, int]) -> bool:
        """Say whether the rest is itself a list (…和A及B)."""
        masked = mask_inner(view, part[0], part[1])
        return any(
            self.is_agency(view[part[0] : part[0] + index])
            for index in range(2, len(masked))
            if masked.startswith(self._lexicon.words("connector"), index)
        )

    def _strip(self, view: str, start: int, end: int) -> tuple[int, int]:
        while start < end and (view[start] in _EDGE or view[start] in self._marks):
            start += 1
        while start < end and (
            view[end - 1] in _EDGE or view[end - 1] in self._marks or (view[end - 1] in "）〕" and find_opening(view[start:end]) < 0)
        ):
            end -= 1
        counted = _COUNT_RE.match(view, start, end)
        start = counted.end() if counted is not None else start
        words = view[start:end]
        for lead in (*self._lexicon.words("lead-in"), *self._lexicon.words("connector")):
            if words.startswith(lead) and self.is_agency(words[len(lead) :]) and not words.startswith(self._lexicon.lead_places[lead]):
                start += len(lead)
                words = view[start:end]
        tail = self._find_tail(words)
        if tail is not None:
            end = start + tail.start()
        if view[start:end] in self._lexicon.words("tail-noun") and tail is not None:
            end = start
        return start, end

    def _own_role(self, view: str, name: RawName) -> RawName:
        """市财政局（牵头）, 市财政局（主）, （牵头）市财政局: a role in the name's own bracket."""
        words = view[name.start : name.end]
        before = LEADING_RE.match(words)
        role = own_role(before.group("inner"), self._lexicon) if before is not None else None
        if before is not None and role is not None:
            start = name.start + before.end()
            return replace(name, start=start, role=role, shaped=self.is_agency(view[start : name.end]))
        if words[-1] not in "）〕" or (opened := find_opening(words)) <= 0:
            return name
        role = own_role(words[opened + 1 : -1], self._lexicon)
        if role is None:
            return name
        end = name.start + opened
        return replace(name, end=end, role=role, shaped=self.is_agency(view[name.start : end]))


def _trim(masked: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and masked[start] in _EDGE:
        start += 1
    while start < end and masked[end - 1] in _EDGE:
        end -= 1
    return (start, end) if start < end else None


def _is_latin(masked: str, blank: int) -> bool:
    """Say whether a blank stands between two Latin words, as inside one foreign name."""
    return masked[blank - 1 : blank].isascii() and blank > 0 and masked[blank + 1 : blank + 2].isascii() and blank + 1 < len(masked)


def _one_comma(view: str, end: int, start: int) -> bool:
    return view[end:start] == "、"
