"""Tables for the repair of damaged text.

The small tables are read and checked at once; the word list and the readings are megabytes that a clean text never needs, so
:class:`RepairRules` keeps the folder and :mod:`kg.repair.tables` reads them on first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from kg.errors import RuleError
from kg.rules.files import read_rows


@dataclass(frozen=True, slots=True)
class RepairRules:
    """What the repair step knows.

    ``folder`` holds the large tables (``words.txt``, ``phrases.txt``, ``pinyin.txt``). ``zone_bytes`` maps a Private Use code point to the
    two bytes of the GBK zone it was decoded from. ``script`` are ``(traditional, simplified)`` phrases that go before OpenCC's own.
    """

    folder: Traversable
    zone_bytes: Mapping[str, bytes] = field(compare=False)
    script: tuple[tuple[str, str], ...] = field(compare=False)


def load_repair_rules(folder: Traversable) -> RepairRules:
    """Load the repair tables below `folder`.

    Raises
    ------
    RuleError
        A table is missing, a range is malformed, or a script exception changes the length of its phrase.
    """
    base = folder / "repair"
    for name in ("words.txt", "phrases.txt", "pinyin.txt"):
        if not (base / name).is_file():
            raise RuleError(f"rules: repair/{name} is missing")
    return RepairRules(folder=base, zone_bytes=_load_zones(base), script=_load_script(base))


def _load_zones(base: Traversable) -> Mapping[str, bytes]:
    zones: dict[str, bytes] = {}
    for row in read_rows(base, "reserved_zones.csv", ("first", "last", "bytes", "source"), required=("first", "last", "bytes")):
        try:
            first, last, code = int(row["first"][2:], 16), int(row["last"][2:], 16), int(row["bytes"], 16)
        except ValueError as error:
            raise RuleError(f"rules: repair/reserved_zones.csv: no range: {row['first']}") from error
        for offset in range(last - first + 1):
            zones[chr(first + offset)] = (code + offset).to_bytes(2, "big")
    return zones


def _load_script(base: Traversable) -> tuple[tuple[str, str], ...]:
    rows = read_rows(base, "script.csv", ("traditional", "simplified", "source"), required=("traditional", "simplified"))
    for row in rows:
        if len(row["traditional"]) != len(row["simplified"]):
            raise RuleError(f"rules: repair/script.csv: {row['traditional']} and {row['simplified']} differ in length")
    return tuple((row["traditional"], row["simplified"]) for row in rows)
