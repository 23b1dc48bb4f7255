"""Breaks a label into lines where its meaning allows: 法律服务 / 机构, not 法律服 / 务机构.

Chinese has no spaces and a dictionary would be another thing to keep; but most words have two
characters, and punctuation parts what belongs apart. Of all ways to break, the cheapest is taken.
Knows widths only as numbers: the window's grid and the PDF's tables are both broken so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

_OPENING = "（“‘《〈「(["
_CLOSING = "）”’》〉」)]、，。；：,.;:%％"
_HALF_EMPTY = "）”’》〉」、，。；："
"""Full-width marks whose right half is empty, which may stand over a line's end."""
_ALONE = re.compile(
    r"或(?!者)|和|与|(?<![涉危以])及(?!时)|并(?!且)|已(?!经)|未(?!来)|按(?![照期时])|其(?![他它中余])"
    r"|不(?![予再得服能可当同法])"
)
"""Words of one character: whatever stands before one is broken into words of its own."""
_HAN = re.compile(r"[㐀-鿿]+")
_ATOM = re.compile(r"[0-9A-Za-z.+-]+")

_LINE, _WORD, _TORN, _SLACK = 6.0, 1.0, 10.0, 2.0
"""What a further line costs, a break between words, one within a word, and a line's empty end."""
_LAST = 0.75
"""The share of that which the last line's empty end costs."""


def wrap(text: str, width: float, measure: Callable[[str], float], hang: float = 0.0) -> tuple[str, ...]:
    """The lines of the text, none wider than ``width`` unless a single character is.

    ``hang`` is how far a closing mark at a line's end may stand over it.
    """
    widths = [measure(character) for character in text]
    if sum(widths) <= width:
        return (text,)
    penalties = _penalties(text)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        choices = []
        taken = 0.0
        most = width + (hang if text[end - 1] in _HALF_EMPTY else 0.0)
        for start in range(end - 1, -1, -1):
            taken += widths[start]
            if taken > most and start < end - 1:
                break
            torn = penalties[start] if start else 0.0
            slack = max(0.0, 1 - taken / width) ** 2 * (_LAST if end == len(text) else 1)
            choices.append((best[start][0] + _LINE + torn + _SLACK * slack, start))
        best.append(min(choices))
    lines: list[str] = []
    end = len(text)
    while end:
        start = best[end][1]
        lines.append(text[start:end])
        end = start
    return tuple(reversed(lines))


def widest_word(text: str, measure: Callable[[str], float]) -> float:
    """The width below which a word of the text would be torn."""
    penalties = _penalties(text)
    widest = word = 0.0
    for character, penalty in zip(text, penalties, strict=True):
        word = measure(character) + (word if penalty >= _TORN else 0.0)
        widest = max(widest, word)
    return widest


def _parts_words(offset: int, length: int) -> bool:
    """Whether so many characters are words of two, the first of three where their number is odd."""
    return offset % 2 == length % 2 and offset > 1


def _within_run(text: str, first: int, last: int) -> Iterator[tuple[int, float]]:
    """The places within a run of Chinese characters, and what a break before each costs."""
    alone = [match.start() for match in _ALONE.finditer(text, first, last)]
    edges = sorted({first, last, *alone, *(place + 1 for place in alone)})
    for start, end in pairwise(edges):
        for offset in range(1, end - start):
            yield start + offset, _WORD if _parts_words(offset, end - start) else _TORN
    for edge in edges[1:-1]:  # a word of one character belongs to what follows
        yield edge, _TORN if edge - 1 in alone and edge not in alone else _WORD


def _penalties(text: str) -> list[float]:
    """What a break before each character costs."""
    costs = [0.0] * len(text)
    for run in _HAN.finditer(text):
        for place, cost in _within_run(text, run.start(), run.end()):
            costs[place] = cost
    for atom in _ATOM.finditer(text):
        for index in range(atom.start() + 1, atom.end()):
            costs[index] = _TORN
        if atom.end() < len(text):  # 1.属于: the number stays with what it counts
            costs[atom.end()] += _TORN
    for index in range(1, len(text)):
        if text[index] in _CLOSING or text[index - 1] in _OPENING:
            costs[index] = 2 * _TORN
    return costs
