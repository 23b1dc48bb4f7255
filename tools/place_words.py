"""Makes resources/rules/words.txt and towns.txt, by which a township's name is told from ordinary words.

Run by hand when a source changes: ``python -m tools.place_words JIEBA_DICT CHINA_LOCATION``, the first
jieba's dict.txt (the sdist of jieba), the second china_location.txt (in jionlp's china_location.zip).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_RULES = Path(__file__).resolve().parent.parent / "resources" / "rules"
_HAN = re.compile("[一-鿿]+")
_TOWN = re.compile("(.+?)(?:镇|乡|街道)")
_NAMES = ("ns", "nr", "nrt", "nrfg", "nz", "nt", "eng")
"""Tags of jieba for names of places, persons and others."""
_DOES = ("v", "d", "p", "c", "r", "u", "vn", "vd", "ad", "an", "m", "t", "f", "b")
"""Tags of words that say what is done or how: what stands before 镇 in 按照镇党委要求."""
_RARE = 5
_RARE_DEED = 3
_COMMON_NAME = {"nr": 300, "nrt": 300, "nrfg": 300, "nz": 2000}
"""From here on what jieba tags as a name of this kind is nearly always an ordinary word, as 齐全 and 智慧."""
_COMMON_THING = 400
"""A thing that is rarer and also a township's name, as 石桥, counts as the name."""
_LONG = 3


def main(arguments: list[str]) -> int:
    """Write both files from the two sources."""
    jieba, places = (Path(argument).read_text(encoding="utf-8") for argument in arguments)
    towns = set(_towns(places))
    words = sorted(_ordinary(jieba, towns))
    _write("words.txt", _WORDS_HEAD, _grouped(words))
    _write("towns.txt", _TOWNS_HEAD, sorted(town for town in towns if len(town) == _LONG))
    print(f"{len(words)} words, {len(towns)} names of townships")
    return 0


def _towns(places: str) -> Iterator[str]:
    """Names of townships without what says that they are some; they stand three tabs deep."""
    for line in places.splitlines():
        depth = len(line) - len(line.lstrip("\t"))
        match = _TOWN.fullmatch(line.strip()) if depth == _LONG else None
        if match and _HAN.fullmatch(match[1]):
            yield match[1]


def _ordinary(jieba: str, towns: set[str]) -> Iterator[str]:
    """Words of two signs that are no name of a place, or are one more rarely."""
    for line in jieba.splitlines():
        word, times, tag = line.split(" ")
        if len(word) != 2 or not _HAN.fullmatch(word):
            continue
        count, does = int(times), tag in _DOES
        if tag in _NAMES:
            if count >= _COMMON_NAME.get(tag, sys.maxsize):
                yield word
        elif count >= (_RARE_DEED if does else _RARE) and (
            does or word not in towns or count >= _COMMON_THING
        ):
            yield word


def _grouped(words: Iterable[str]) -> list[str]:
    """A line for each first sign, with what may follow it."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1])
    return [first + "".join(rest) for first, rest in groups.items()]


def _write(name: str, head: str, lines: Iterable[str]) -> None:
    (_RULES / name).write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")


_WORDS_HEAD = """\
# 两个字的常用词，按首字排列：每行第一个字接后面任何一个字。由 tools/place_words.py 生成，请勿手工修改。
# Source: jieba 0.42.1 (dict.txt), MIT, https://github.com/fxsjy/jieba; less names of places.
"""
_TOWNS_HEAD = """\
# 三个字的乡镇、街道名称，不含“镇”“乡”“街道”。由 tools/place_words.py 生成，请勿手工修改。
# Source: jionlp 1.5.31 (china_location), Apache-2.0, https://github.com/dongrixinyu/JioNLP; names only.
"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
