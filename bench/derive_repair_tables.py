"""Derive ``kg/rules/repair/words.txt`` and ``pinyin.txt`` from the data of two well-kept packages (both MIT).

Run by hand when a table is to be renewed, with the unpacked sources of the packages at hand::

    python -m bench.derive_repair_tables JIEBA_DICT_TXT PYPINYIN_FOLDER kg/rules/repair

Words are kept with a rounded logarithm of their frequency only; rare words, names of persons and words outside GBK are dropped.
"""

from __future__ import annotations

import math
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

LEAST = {1: 1, 2: 10, 3: 12, 4: 12, 5: 12}
"""Least frequency a word of so many characters must have; longer words as 5."""

MIT = """# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files
# (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
# merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
# furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included
# in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
# IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
# NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
# CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

WORDS_HEAD = f"""# source: dict.txt of jieba 0.42.1, MIT, Copyright (c) 2013 Sun Junyi
{MIT}# Each line: ten times the natural logarithm of the frequency, then the words, sorted.
"""

PINYIN_HEAD = f"""# source: pinyin_dict of pypinyin 0.55.0, MIT, Copyright (c) 2016 mozillazg, 闲耘
{MIT}# Each line: a reading, then the characters of GBK that have it, in code point order.
"""


def is_word(word: str) -> bool:
    """Say whether every character is a Han character of GBK."""
    try:
        word.encode("gbk")
    except UnicodeEncodeError:
        return False
    return all("\u4e00" <= char <= "\u9fff" for char in word)


def write_words(source: Path, target: Path) -> None:
    """Write the word list."""
    levels: dict[int, list[str]] = defaultdict(list)
    for line in source.read_text(encoding="utf-8").splitlines():
        word, count, *kind = line.split(" ")
        frequency = int(count)
        if not is_word(word) or frequency < LEAST[min(len(word), 5)] or len(word) > 8:
            continue
        if len(word) > 1 and kind == ["nr"] and frequency < 100:
            continue
        levels[round(10 * math.log(frequency) / 2) * 2].append(word)
    lines = [f"{level} {' '.join(sorted(words))}" for level, words in sorted(levels.items(), reverse=True)]
    target.write_text(WORDS_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def write_pinyin(folder: Path, target: Path) -> None:
    """Write the readings of every Han character of GBK."""
    sys.path.insert(0, str(folder))
    from pypinyin.pinyin_dict import pinyin_dict

    readings: dict[str, list[str]] = defaultdict(list)
    for code, value in sorted(pinyin_dict.items()):
        if is_word(chr(code)):
            for reading in value.split(","):
                readings[unicodedata.normalize("NFC", reading)].append(chr(code))
    lines = [f"{reading} {''.join(chars)}" for reading, chars in sorted(readings.items())]
    target.write_text(PINYIN_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_words(Path(sys.argv[1]), Path(sys.argv[3]) / "words.txt")
    write_pinyin(Path(sys.argv[2]), Path(sys.argv[3]) / "pinyin.txt")
