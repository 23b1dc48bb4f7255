"""Which characters of a PDF page are struck out: by a line through their middle, or by a mark that says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportdesk.readers.pdf.page import Area, Box, Char, Drawn, Stroke

_FROM, _TO = 0.12, 0.55
"""How far above the baseline a line strikes a character out, in sizes."""
_LARGEST = 72.0
_THIN = 2.5
_CROSSED = 0.6
"""A line strikes out whose length lies on characters for more than this share."""


@dataclass(slots=True)
class Struck:
    """Which characters are struck out, by their places, and the lines that do it.

    ``crossed`` are those that a longer line runs through: it may strike out a whole row, or rule a table.
    """

    chars: set[int] = field(default_factory=set)
    lines: set[Stroke | Area] = field(default_factory=set)
    crossed: set[int] = field(default_factory=set)


def struck_out(chars: Sequence[Char], drawn: Drawn, marked: Sequence[Box]) -> Struck:
    """What is struck out of the characters; ``marked`` are the boxes of marks that do so."""
    by_line = sorted(range(len(chars)), key=lambda at: chars[at].baseline)
    baselines = [chars[at].baseline for at in by_line]
    struck = Struck()
    for line in _level(drawn):
        y = (line.top + line.bottom) / 2
        near = by_line[bisect_left(baselines, y) : bisect_left(baselines, y + _TO * _LARGEST)]
        crossed = [at for at in near if _crosses(line, y, chars[at])]
        covered = sum(_shared(line, chars[at]) for at in crossed)
        if crossed and covered >= _CROSSED * (line.right - line.left):
            struck.lines.add(line)
            struck.chars.update(crossed)
        else:
            struck.crossed.update(crossed)
    for box in marked:
        struck.chars.update(at for at, char in enumerate(chars) if _is_in(char, box))
    return struck


def _level(drawn: Drawn) -> Iterator[Stroke | Area]:
    yield from (stroke for stroke in drawn.strokes if stroke.right - stroke.left > stroke.bottom - stroke.top)
    for area in drawn.areas:
        if area.bottom - area.top <= _THIN and area.right - area.left > 2 * (area.bottom - area.top):
            yield area


def _crosses(line: Stroke | Area, y: float, char: Char) -> bool:
    if not _FROM * char.size < char.baseline - y < _TO * char.size:
        return False
    return _shared(line, char) >= (char.right - char.left) / 2 > 0


def _shared(line: Stroke | Area, char: Char) -> float:
    return min(line.right, char.right) - max(line.left, char.left)


def _is_in(char: Char, box: Box) -> bool:
    x, y = (char.left + char.right) / 2, char.baseline - char.size / 3
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
