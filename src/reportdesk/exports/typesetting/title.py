"""Breaks a title that is too long for one line by its meaning, into lines of a pleasing shape.

GB/T 9704-2012, 7.3.1: 回行时词意完整，排列对称，长短适宜，呈梯形或菱形. Short titles and lines
that the clerk parted are left as they are. Pure: knows widths, no faces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from reportdesk.exports.typesetting.linebreak import NO_END, NO_START, balance_lines

_BREAKS = (
    (re.compile(r"(?<=[^0-9])(?=[0-9]{4}年)"), 0.0),
    (re.compile(r"(?<=[省市区县旗州盟镇乡])(?![场域村级镇长内属直委])"), 0.1),
    (re.compile(r"(?<=政府)(?!信息)|(?<=街道|中心|集团|公司|委会|员会)|(?<=[局厅院])(?![长级])"), 0.1),
    (re.compile(r"(?<=[0-9]年)|(?<=政府信息公开)(?=工作)|(?<=工作)(?=年度)|(?<=办事处)"), 0.3),
    (re.compile(r"(?<=[的和与及、])|(?<=关于)"), 0.3),
    (re.compile(r"(?<=\s)"), 0.1),
)
"""Where a title may be broken, and how much the eye minds."""
_IN_WORD = 2.0
"""Breaking anywhere else."""
_HOURGLASS = 1.0
"""A middle line shorter than both its neighbours: neither trapezoid nor rhombus."""
_MOST_LINES = 3
_LONGEST = 90


def title_lines(line: str, widths: Sequence[float], measure: float, *, cell: float) -> Iterator[str]:
    """The lines of one title line: itself where it fits, else as few as the measure allows.

    Put together they are the line: a space at which it is broken stands at the end of one.
    """
    if sum(widths) <= measure or len(line) > _LONGEST:
        yield from _balanced(line, widths, measure, cell)
        return
    costs = _costs(line)
    for count in range(2, _MOST_LINES + 1):
        shapes = [
            (_displeasure(edges, widths, costs), edges)
            for inner in combinations(costs, count - 1)
            for edges in [(0, *inner, len(line))]
            if all(sum(widths[a:b]) <= measure for a, b in pairwise(edges))
        ]
        if shapes:
            _, edges = min(shapes)
            for start, end in pairwise(edges):
                yield line[start:end]
            return
    yield from _balanced(line, widths, measure, cell)


def _balanced(line: str, widths: Sequence[float], measure: float, cell: float) -> Iterator[str]:
    for broken in balance_lines(line, widths, measure, cell=cell):
        yield line[broken.start : broken.end]


def _costs(line: str) -> dict[int, float]:
    """What it costs to break before each character where a line may be broken at all."""
    costs = {
        place: _IN_WORD
        for place in range(1, len(line))
        if line[place] not in NO_START
        and not line[place].isspace()
        and line[place - 1] not in NO_END
        and not (line[place - 1].isascii() and line[place].isascii())
    }
    for pattern, cost in _BREAKS:
        for match in pattern.finditer(line):
            if match.start() in costs:
                costs[match.start()] = min(cost, costs[match.start()])
    return costs


def _displeasure(edges: Sequence[int], widths: Sequence[float], costs: dict[int, float]) -> float:
    lengths = [sum(widths[start:end]) for start, end in pairwise(edges)]
    uneven = (max(lengths) - min(lengths)) / max(lengths)
    hourglass = any(b < min(a, c) for a, b, c in zip(lengths, lengths[1:], lengths[2:], strict=False))
    return uneven + sum(costs[edge] for edge in edges[1:-1]) + _HOURGLASS * hourglass
