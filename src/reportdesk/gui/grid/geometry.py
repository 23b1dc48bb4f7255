"""How wide and high a grid's columns and rows are on the screen, and how its labels break.

From the form come the columns' shares and the rows' height; from the screen the room and the
type. Knows no widget: whoever draws says how wide a character is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from reportdesk.form.label_wrap import widest_word, wrap
from reportdesk.form.layout import FIGURES, LaidCell, TableLayout

PADDING = 6
"""Pixels at 100 % between a label and its cell's edges."""

_NATURAL, _NARROWEST, _WIDEST = 62.0, 34.0, 88.0
"""Widths of a whole table in characters: comfortable, the least without tearing, the most."""
_NUMBER = 3.0
"""The least width in characters of a column: four digits; longer numbers are drawn smaller."""
_LINE = 1.4
"""Height of a line in characters."""


@dataclass(frozen=True, slots=True)
class GridGeometry:
    """Pixels of a grid. ``lines`` has each label broken into lines, by its place."""

    widths: tuple[int, ...]
    heights: tuple[int, ...]
    lefts: tuple[int, ...]
    """Where each column begins, and where the last one ends."""
    tops: tuple[int, ...]
    lines: Mapping[tuple[int, int], str]

    @property
    def width(self) -> int:
        """Of the whole grid."""
        return self.lefts[-1]

    @property
    def height(self) -> int:
        """Of the whole grid."""
        return self.tops[-1]

    def edges(self, cell: LaidCell) -> tuple[int, int, int, int]:
        """Left, top, width and height of a cell on the sheet."""
        left, top = self.lefts[cell.column], self.tops[cell.row]
        right = self.lefts[cell.column + cell.column_span]
        return left, top, right - left, self.tops[cell.row + cell.row_span] - top


def fit(layout: TableLayout, room: int, em: float, measure: Callable[[str], float]) -> GridGeometry:
    """The grid in ``room`` pixels of width, wider only where its columns could not be read.

    Args:
        layout: the table on its sheet.
        room: pixels of width there are.
        em: height of type, which is the width of a Chinese character.
        measure: the width of a text in that type.
    """
    padding = PADDING * em / 13
    words = [0.0] * layout.column_count
    for cell in layout.cells:
        if cell.column_span == 1:
            words[cell.column] = max(words[cell.column], widest_word(cell.text, measure))
    widths = _widths(layout, room, em, [word + 2 * padding + 1 for word in words])
    lefts = _edges(widths)
    lines: dict[tuple[int, int], str] = {}
    needed: dict[tuple[int, int], float] = {}
    for cell in layout.cells:
        if cell.text:
            space = lefts[cell.column + cell.column_span] - lefts[cell.column] - 2 * padding
            broken = wrap(cell.text, space, measure)
            lines[cell.row, cell.column] = "\n".join(broken)
            needed[cell.row, cell.column] = len(broken) * _LINE * em + padding
    heights = _heights(layout, em, needed)
    return GridGeometry(widths, heights, lefts, _edges(heights), lines)


def _widths(layout: TableLayout, room: int, em: float, words: list[float]) -> tuple[int, ...]:
    """The columns' shares of the room; too narrow ones keep their least and the others give."""
    shares = layout.widths
    least = [
        max(word, _NUMBER * em, share * _NARROWEST * em) for word, share in zip(words, shares, strict=True)
    ]
    natural = [max(own, share * _NATURAL * em) for own, share in zip(least, shares, strict=True)]
    if room >= sum(natural):
        whole = min(float(room), max(_WIDEST * em, sum(natural)))
        exact = [own * whole / sum(natural) for own in natural]
    else:
        give = max(0.0, room - sum(least)) / max(1.0, sum(natural) - sum(least))
        exact = [low + (high - low) * give for low, high in zip(least, natural, strict=True)]
    ends = [round(end) for end in accumulate(exact)]
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))


def _heights(layout: TableLayout, em: float, needed: Mapping[tuple[int, int], float]) -> tuple[int, ...]:
    """The form's row height, and more where a label's lines ask for it."""
    usual = layout.table.row_height / layout.table.text_size * em
    heights = [max(usual, _LINE * em + PADDING)] * layout.row_count
    for cell in sorted(layout.cells, key=lambda cell: cell.row_span):
        rows = range(cell.row, cell.row + cell.row_span)
        lacking = needed.get((cell.row, cell.column), 0.0) - sum(heights[row] for row in rows)
        if lacking > 0:
            for row in rows:
                heights[row] += lacking / cell.row_span
    return tuple(round(height) for height in heights)


def stub_columns(layout: TableLayout) -> int:
    """How many columns of labels stand at the left."""
    return min(cell.column for cell in layout.cells if cell.anatomy in FIGURES)


def _edges(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return (0, *accumulate(sizes))
