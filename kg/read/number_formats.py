"""How a spreadsheet shows a number or a date: the part of the format language that plans and ledgers use.

``0``, ``#``, thousands, per cent, fixed decimals, quoted and escaped text, ``y m d h s`` (24 hours). Fractions and scientific notation
are not followed: the plain number is shown then, and the caller is told.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

_TOKEN_RE = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(y+|m+|d+|h+|s+)|(AM/PM|A/P|上午/下午)|(.)', re.IGNORECASE | re.DOTALL)
_NUMBER_RE = re.compile(r"[#0?,]*[#0?](?:\.[0#?]+)?")
_LITERAL_RE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')


def show_number(value: float, number_format: str) -> tuple[str, bool]:
    """Return a number as shown, and whether its format was understood.

    Examples
    --------
    >>> show_number(0.9, "0%"), show_number(1234.5, "#,##0.00"), show_number(40, '0"个"'), show_number(0.1 + 0.2, "General")
    (('90%', True), ('1,234.50', True), ('40个', True), ('0.3', True))
    >>> show_number(12345, "0.0E+00")
    ('12345', False)
    """
    plain = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else format(value, ".15g")
    section = _choose_section(number_format, value)
    if section.lower() in ("general", "@", ""):
        return plain, True
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match.group(1) or match.group(2) or match.group(3) or "")
        return "\x00"

    mask = _LITERAL_RE.sub(keep, section)
    numbers = list(_NUMBER_RE.finditer(mask))
    if not numbers and "\x00" in mask and not mask.strip("\x00 "):
        return "".join(literals), True  # a section of words only: 0 shown as 无
    if len(numbers) != 1 or re.search(r"[eE][+-]|/", mask):
        return plain, False
    shown = _fill_mask(value, numbers[0].group(), mask.count("%"))
    before, after = mask[: numbers[0].start()], mask[numbers[0].end() :]
    negative = value < 0 and number_format.count(";") == 0
    text = ("-" if negative else "") + before + shown + after
    for literal in literals:
        text = text.replace("\x00", literal, 1)
    return text.strip(), True


def _choose_section(number_format: str, value: float) -> str:
    sections = number_format.split(";")
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _fill_mask(value: float, mask: str, percents: int) -> str:
    whole, _, decimals = mask.partition(".")
    number = abs(Decimal(repr(float(value)))) * (100**percents)
    fixed = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = format(fixed, f"{',' if ',' in whole.rstrip(',') else ''}.{len(decimals)}f")
    optional = len(decimals) - len(decimals.rstrip("#?"))
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    integer, dot, fraction = text.partition(".")
    return integer.rjust(whole.count("0"), "0") + (dot + fraction if fraction else "")


def show_date(value: date | datetime | time, number_format: str) -> str:
    """Return a date or time as shown.

    Examples
    --------
    >>> show_date(datetime(2025, 6, 30), 'yyyy"年"m"月"d"日"'), show_date(datetime(2025, 6, 3), "mm-dd-yy")
    ('2025年6月30日', '2025/6/3')
    >>> show_date(datetime(2025, 6, 30, 9, 5), "yyyy-mm-dd hh:mm")
    '2025-06-30 09:05'
    """
    # The built-in short date (14) follows the user's locale; Chinese programs show it so.
    fmt = "yyyy/m/d" if number_format.lower() in ("mm-dd-yy", "general", "@") else number_format.split(";", maxsplit=1)[0]
    shown: list[str] = []
    minutes = False
    for match in _TOKEN_RE.finditer(fmt):
        quoted, escaped, _, _, _, letters, half, other = match.groups()
        if letters:
            shown.append(_show_part(value, letters.lower(), minutes=minutes or fmt[match.end() :].lstrip('":分').lower().startswith("s")))
            minutes = letters[0] in "hH"
        elif not half:
            shown.append(quoted or escaped or (other if other and other != "@" else "") or "")
    return "".join(shown).strip()


def _show_part(value: date | datetime | time, letters: str, *, minutes: bool) -> str:
    kind, width = letters[0], len(letters)
    if kind == "m" and minutes:
        kind = "n"
    names = {"y": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second"}
    number = getattr(value, names[kind], 0)
    if kind == "y":
        return f"{number % 100:02d}" if width <= 2 else f"{number:04d}"
    if kind == "d" and width >= 3:
        return "星期" * (width >= 4) + "一二三四五六日"[value.weekday()] if isinstance(value, date) else ""
    return f"{number:02d}" if width == 2 else str(number)
