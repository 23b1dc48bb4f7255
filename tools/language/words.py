"""resources/language/words.txt: the words of the language with how common each is.

A line a first character; behind it the rest of each word and a capital letter, A for the rarest. The
word that is the character alone has an empty rest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

_HAN = re.compile("[一-鿿]+")
_LEAST = 5
_LONGEST = 8
_LONGEST_RARE = 4
_NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt"})
_LEAST_OF_NAMES = 20
HEAD = """\
# 词和常见程度：每行第一个字，接后面的字和一个字母，A 最少见。由 tools/build_language.py 生成，请勿手工修改。
# Source: jieba 0.42.1 (dict.txt), MIT, https://github.com/fxsjy/jieba; words met at least 5 times.
"""

RARE_HEAD = """\
# 少见的词：每行第一个字，接后面的字，以空格分开。由 tools/build_language.py 生成，请勿手工修改。
# Source: jieba 0.42.1 (dict.txt), MIT, https://github.com/fxsjy/jieba; words met less often, and names.
"""


def listed(words: Iterable[tuple[str, int, str]]) -> dict[str, int]:
    """The words that are kept, with how often they were met."""
    return {
        word: times
        for word, times, kind in words
        if _HAN.fullmatch(word)
        and len(word) <= _LONGEST
        and times >= (_LEAST_OF_NAMES if kind in _NAMES and len(word) > 1 else _LEAST)
    }


def word_lines(words: dict[str, int]) -> list[str]:
    """The file's lines."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words):
        groups.setdefault(word[0], []).append(word[1:] + letter(words[word]))
    return [first + "".join(rests) for first, rests in groups.items()]


def rare_lines(words: Iterable[tuple[str, int, str]], kept: dict[str, int]) -> list[str]:
    """The lines of the rarer words: a first character, then the rest of each and a blank."""
    groups: dict[str, list[str]] = {}
    for word in sorted({word for word, _times, _kind in words} - kept.keys()):
        if 1 < len(word) <= _LONGEST_RARE and _HAN.fullmatch(word):
            groups.setdefault(word[0], []).append(word[1:])
    return [first + " ".join(rests) for first, rests in groups.items()]


def letter(times: int) -> str:
    """How common: a letter for each doubling."""
    return chr(ord("A") + min(25, int(math.log2(times))))
