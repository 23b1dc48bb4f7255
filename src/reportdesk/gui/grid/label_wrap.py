"""Breaks a label into lines where its meaning allows: 法律服务 / 机构, not 法律服 / 务机构.

Chinese has no spaces and a dictionary would be another thing to keep; but most words have two
characters, and punctuation parts what belongs apart. Of all ways to break, the cheapest is taken.
Knows widths only as numbers; the exports break their lines by the rules of print.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_OPENING = "（“‘《〈「(["
_CLOSING = "）”’》〉」)]、，。；：,.;:%％"
_HAN = re.compile(r"[㐀-鿿]+")
_ATOM = re.compile(r"[0-9A-Za-z.+-]+")

_LINE, _WORD, _TORN, _SLACK = 6.0, 1.0, 10.0, 2.0
"""What a further line costs, a break between words, one within a word, and a line's empty end."""
_LAST = 0.75
"""The share of that which the last line's empty end costs."""


def wrap(text: str, width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """The lines of the text, none wider than ``width`` unless a single character is."""
    widths = [measure(character) for character in text]
    if sum(widths) <= width:
        return (text,)
    penalties = _penalties(text)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        choices = []
        taken = 0.0
        for start in range(end - 1, -1, -1):
            taken += widths[start]
            if taken > width and start < end - 1:
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


def _penalties(text: str) -> list[float]:
    """What a break before each character costs."""
    costs = [0.0] * len(text)
    for run in _HAN.finditer(text):
        length = len(run.group())
        for offset in range(1, length):
            whole = offset % 2 == 0 if length % 2 == 0 else offset > 1 and (length - offset) % 2 == 0
            costs[run.start() + offset] = _WORD if whole else _TORN
    for atom in _ATOM.finditer(text):
        for index in range(atom.start() + 1, atom.end()):
            costs[index] = _TORN
        if atom.end() < len(text):  # 1.属于: the number stays with what it counts
            costs[atom.end()] += _TORN
    for index in range(1, len(text)):
        if text[index] in _CLOSING or text[index - 1] in _OPENING:
            costs[index] = 2 * _TORN
    return costs
