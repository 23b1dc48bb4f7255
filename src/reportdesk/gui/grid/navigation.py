"""Which cell a key leads to: from number to number over a laid-out table, labels left out.

Knows places, not keys and not Qt.
"""

from __future__ import annotations

from enum import Enum

from reportdesk.form.layout import Anatomy, TableLayout

Place = tuple[int, int]
"""Row and column on the sheet."""


class Way(Enum):
    """A direction, as steps of rows and columns."""

    UP = (-1, 0)
    DOWN = (1, 0)
    LEFT = (0, -1)
    RIGHT = (0, 1)


class Walk:
    """The ways through one table. Each answers None where there is nowhere to go."""

    def __init__(self, layout: TableLayout) -> None:
        self._layout = layout
        self._typed = [
            (cell.row, cell.column) for cell in layout.place_of.values() if cell.anatomy is Anatomy.BODY
        ]
        self._typed.sort()

    @property
    def first(self) -> Place:
        """The first cell that can be typed."""
        return self._typed[0]

    @property
    def last(self) -> Place:
        """The last cell that can be typed."""
        return self._typed[-1]

    def step(self, start: Place, way: Way, *, typed: bool = False) -> Place | None:
        """The next number that way; with ``typed`` the next one that can be typed."""
        down, across = way.value
        here = self._layout.covering[start]
        row, column = start
        while True:
            row, column = row + down, column + across
            cell = self._layout.covering.get((row, column))
            if cell is None:
                return None
            if cell is here or cell.ref is None or (typed and cell.anatomy is not Anatomy.BODY):
                continue
            return cell.row, cell.column

    def far(self, start: Place, way: Way, steps: int | None = None) -> Place | None:
        """The last number that way, or the one after so many steps if there are that many."""
        reached: Place | None = None
        while steps is None or steps > 0:
            further = self.step(reached or start, way)
            if further is None:
                break
            reached = further
            steps = None if steps is None else steps - 1
        return reached

    def next_typed(self, start: Place) -> Place | None:
        """The next cell to type in, as one reads: over the row's end."""
        return next((place for place in self._typed if place > start), None)

    def previous_typed(self, start: Place) -> Place | None:
        """The cell to type in before this one."""
        return next((place for place in reversed(self._typed) if place < start), None)

    def labels_of(self, place: Place) -> frozenset[Place]:
        """Where the labels begin that stand beside the number and, in its own block, over it."""
        number = self._layout.covering[place]
        beside = (self._layout.covering[number.row, column] for column in range(number.column))
        labels = {(cell.row, cell.column) for cell in beside if cell.anatomy is Anatomy.STUB}
        for column in range(number.column, number.column + number.column_span):
            in_head = False
            for row in range(number.row - 1, -1, -1):
                cell = self._layout.covering[row, column]
                if cell.anatomy in (Anatomy.COLUMN_LABEL, Anatomy.SPANNER):
                    in_head = True
                    labels.add((cell.row, cell.column))
                elif in_head:
                    break
        return frozenset(labels)
