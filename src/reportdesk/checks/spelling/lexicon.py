"""The words of the language with how common each is, and text parted into them.

The words are ``resources/language/words.txt``, made by tools/build_language.py. Of a first character's
words nothing is read before that character is met.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from reportdesk.checks.claims.words import rule_words
from reportdesk.resources import resource

HAN = "一-鿿〇"
_RUN = re.compile(f"[{HAN}]+")
_ENTRY = re.compile("([^A-Z]*)([A-Z])")
_AROUND = 40
"""Characters at either side of a place that tell which words stand there."""
_LONGEST = 8
_LONGEST_RARE = 4
_UNKNOWN = 24.0
"""The cost of a character that is no word: as of one met once in so many doublings of words."""
_NEWER = 12.0
_ALL = 26.0
"""Doublings from the rarest word to all words that were met."""
_KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Parting:
    """A run of characters parted into words: where each begins, the end at last, and what it costs."""

    ends: tuple[int, ...]
    cost: float

    def crosses(self, place: int) -> bool:
        """Whether the place lies within a word."""
        return place not in self.ends


@functools.cache
def _lines(name: str) -> Mapping[str, str]:
    lines = resource("language", name).read_text(encoding="utf-8").splitlines()
    found = {line[0]: line[1:] for line in lines if line and not line.startswith("#")}
    if not found:
        raise ValueError(f"language/{name} is empty")
    return found


@functools.cache
def _newer() -> Mapping[str, dict[str, float]]:
    """Words of reports that the list lacks, by their first character."""
    newer: list[str] = rule_words("spelling")["newer"]  # type: ignore[assignment]
    documents: list[str] = rule_words("spelling")["documents"]  # type: ignore[assignment]
    others: list[str] = rule_words("places")["newer"]["words"]  # type: ignore[index]
    found: dict[str, dict[str, float]] = {}
    for word in (*newer, *documents, *others):
        found.setdefault(word[0], {})[word[1:]] = _NEWER
    return found


@functools.cache
def words_after(first: str) -> Mapping[str, float]:
    """The rest of each word that begins with that character, with its cost: doublings that it is rarer by."""
    entries = _ENTRY.findall(_lines("words.txt").get(first, ""))
    return _newer().get(first, {}) | {rest: _ALL - (ord(letter) - ord("A")) for rest, letter in entries}


@functools.cache
def _longest(first: str) -> int:
    """How many characters the longest word has that begins with that one."""
    return min(_LONGEST, 1 + max(map(len, words_after(first)), default=0))


def is_word(word: str) -> bool:
    """Whether it is a word of the language, of two characters or more."""
    return len(word) > 1 and word[1:] in words_after(word[0])


def is_newer_word(word: str) -> bool:
    """Whether it is a word that the list was enlarged by."""
    return word[1:] in _newer().get(word[0], {})


def cost_of(word: str) -> float:
    """What the word costs, or one that is none."""
    return words_after(word[0]).get(word[1:], _UNKNOWN)


@functools.cache
def _rare_after(first: str) -> frozenset[str]:
    return frozenset(_lines("rare.txt").get(first, "").split(" "))


def holds_rare_word(run: str, start: int, end: int) -> bool:
    """Whether a rare word takes in the place, which text is not parted into: it is no mistake for that."""
    for first in range(max(0, start - _LONGEST_RARE + 1), start + 1):
        rare = _rare_after(run[first])
        for last in range(max(end, first + 2), min(len(run), first + _LONGEST_RARE) + 1):
            if run[first + 1 : last] in rare:
                return True
    return False


def is_rare_word(word: str) -> bool:
    """Whether it is a word that is rarely met, or a name that is known."""
    return len(word) > 1 and word[1:] in _rare_after(word[0])


@functools.lru_cache(maxsize=_KEPT)
def part(run: str) -> Parting:
    """The cheapest way to part these characters into words."""
    size = len(run)
    costs, nexts = [0.0] * (size + 1), [0] * size
    for start in range(size - 1, -1, -1):
        words = words_after(run[start])
        best, end_of_best = _cost_of_one(words) + costs[start + 1], start + 1
        if words:
            for end in range(start + 2, min(size, start + _longest(run[start])) + 1):
                cost = words.get(run[start + 1 : end])
                if cost is not None and cost + costs[end] < best:
                    best, end_of_best = cost + costs[end], end
        costs[start], nexts[start] = best, end_of_best
    ends, place = [0], 0
    while place < size:
        place = nexts[place]
        ends.append(place)
    return Parting(tuple(ends), costs[0] if size else 0.0)


def _cost_of_one(words: Mapping[str, float]) -> float:
    return words.get("", _UNKNOWN)


def run_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of Chinese characters that holds the place, of a long one what is near: parted into words at once."""
    low, high = start, end
    while low > max(0, start - _AROUND) and _RUN.match(text[low - 1]):
        low -= 1
    while high < min(len(text), end + _AROUND) and _RUN.match(text[high]):
        high += 1
    return low, high
