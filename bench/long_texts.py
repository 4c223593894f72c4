"""How the reading's time grows with the length of hostile texts: ``python -m bench.long_texts`` (some two minutes).

Each line is the processor time for a text divided by that for one half as long: about 2 where work grows with the length, about 4 where
it grows with its square and a long page would never end.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import process_time

from kg.api import read_plan
from kg.errors import ParseError

_UNITS = 4_000
_FINE = 2.6

#: Each gives a text of so many units.
LONG_TEXTS: tuple[Callable[[int], str], ...] = (
    lambda n: "1.甲。" + "（" * n + "市财政局牵头",
    lambda n: "1.甲。" + "（市财政局牵头" * n,
    lambda n: "1.甲。" + "（市财政局、" * n,
    lambda n: "1.甲。" + "）" * n,
    lambda n: "1.甲。" + "（" * n + "市财政局牵头" + "）" * n,
    lambda n: "1.甲。" + "（〔" * n + "市财政局牵头" + "）〕" * n,
    lambda n: "1." + "市" * (10 * n),
    lambda n: "a" * (50 * n),
    lambda n: "1.甲。" + " " * (10 * n) + "│（市财政局负责）",
    lambda n: "1.甲。（" + "市财政局按职责分工" * n + "）",
    lambda n: "1.甲。（市财政局" + "负责落实并" * n + "）",
    lambda n: "1.甲。（责任单位：" + "和".join(f"市财政{number}局" for number in range(n)) + "）",
    lambda n: "1.甲。（" + "市财政局会同" * n + "市教育局负责）",
    lambda n: "1.甲。（" + "市财政局，请市教育局，" * n + "牵头）",
    lambda n: "1.甲。（市财政局负责，以下均需市教育局落实）\n" * n,
    lambda n: "".join(f"1.甲。（市财政局负责，以下均需市教育{number}局落实）\n" for number in range(n // 2)),
    lambda n: "1.甲。" + "2022年、" * n + "分别完成。（市财政局负责）",
    lambda n: "1.甲。" + "【责任单位】市财政局" * n,
    lambda n: "1.甲。\n责任单位：\n" + "".join(f"{number % 99 + 1}.市财政局\n" for number in range(n)),
    lambda n: "1.甲。" + "市财政局负责。" * n,
    lambda n: "市财政局\n" * (4 * n),
    lambda n: "1.甲。\n" * (4 * n),
    lambda n: "推进改革，加强管理，" * (4 * n),
)


def _time(text: str) -> float:
    begun = process_time()
    # A text without tasks is read all the same.
    with suppress(ParseError):
        read_plan(text.encode(), name="long.txt")
    return process_time() - begun


def main() -> None:
    """Print the growth of every text."""
    _time(LONG_TEXTS[0](10))
    for make in LONG_TEXTS:
        short, long = _time(make(_UNITS)), _time(make(2 * _UNITS))
        growth = long / short
        print(f"{growth:5.2f}  {make(3)[:40]!r}" + ("" if growth < _FINE else "  <- more than its length"), flush=True)


if __name__ == "__main__":
    main()
