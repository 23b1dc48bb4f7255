"""Which cell of a ruled table each character of a page belongs to, and which cells are in doubt.

A number is never cut by a rule that it runs over, nor put together with its neighbour; where
that cannot be told apart, and where a cell shows what is no text, the cell says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from reportdesk.readers.files.assemble import without_slivers
from reportdesk.readers.files.unseen import Reason, doubt_of
from reportdesk.readers.files.visible import VisibleCell, VisibleTable
from reportdesk.readers.files.written_figures import looks_like_figure
from reportdesk.readers.pdf.ink import Painted
from reportdesk.readers.pdf.lines import cell_text, lines_of, once
from reportdesk.readers.pdf.page import Box, Char, boxes
from reportdesk.readers.pdf.ruled_grid import Ruled

_WIDE = "数字比格子宽，伸到了旁边的格子里，请对照原文件核对"
_HEAPED = "有数字叠在一起，认不准，没有读入，请照原文件填写"
_STRUCK = "划掉的数字没有读入，请对照原文件核对"
_CROSSED = "有一条线穿过数字，可能是划掉的，请对照原文件核对"
_DRAWN = "这一格里有图片、图形或者线条，认不出是什么，请对照原文件核对"
_PARTLY = "这个数字有一部分看不见，认不准，请对照原文件核对"
_TURNED = "这一格里有斜着或者转了方向的数字，没有读入，请对照原文件核对"
_NOTED = "数字写在批注或者图章里，请对照原文件核对"
_NEAR = 0.25
"""Figures of one number are no further apart than this, in sizes."""
_OVERLAP = 0.3
"""Figures that share more than this of their width lie on each other."""
_INSET = 3.0
"""Points at a cell's sides where its own rules are."""
_HIGH = 1.4
"""A character higher than its row by this factor belongs to no cell of it: a watermark."""

_STACK = 3
"""Lines of numbers in one cell that no number is broken into."""

Place = tuple[int, int]
"""A table's number on its page, and a cell's in the table."""


@dataclass(slots=True)
class Cells:
    """The characters of a page's tables by place, and what is doubtful there; ``outside`` is all else."""

    tables: Sequence[Ruled]
    inside: dict[Place, list[Char]] = field(default_factory=lambda: defaultdict(list))
    outside: list[Char] = field(default_factory=list)
    doubts: dict[Place, str] = field(default_factory=dict)

    def place_of(self, char: Char) -> Place | None:
        """The cell that the character's middle is in."""
        x, y = (char.left + char.right) / 2, char.baseline - char.size / 3
        number = next((number for number, table in enumerate(self.tables) if table.holds(x, y)), None)
        cell = None if number is None else self.tables[number].cell_at(x, y)
        return None if number is None or cell is None else (number, cell)

    def take(self, chars: Sequence[Char]) -> None:
        """Put each character into its cell; a number that runs over a rule goes into one cell whole."""
        places = [self.place_of(char) for char in chars]
        for first, last in _words(chars):
            if len(set(places[first:last])) > 1:
                self._keep_whole(chars, places, first, last)
        for char, place in zip(chars, places, strict=True):
            if place is None:
                self.outside.append(char)
            elif not self._is_over(char, place):
                self.inside[place].append(char)

    def _keep_whole(self, chars: Sequence[Char], places: list[Place | None], first: int, last: int) -> None:
        self.doubt(_WIDE, places[first:last])
        for _, group in groupby(range(first, last), key=lambda at: chars[at].run):
            those = list(group)
            whole = _most_covered([(chars[at], places[at]) for at in those])
            for at in those:
                places[at] = whole

    def _is_over(self, char: Char, place: Place) -> bool:
        """Whether the character is too high for the row, such as one of a watermark."""
        _, top, _, bottom = self.tables[place[0]].box_of(place[1])
        if char.size <= _HIGH * (bottom - top):
            return False
        if char.text.isdecimal():
            self.doubt(_DRAWN, [place])
        return True

    def doubt(self, why: str, places: Sequence[Place | None]) -> None:
        """Say why cells are in doubt; what was said first stands."""
        for place in places:
            if place is not None:
                self.doubts.setdefault(place, why)

    def left_out(self, unseen: Sequence[Char], struck: Sequence[Char], turned: Sequence[Char]) -> None:
        """Say of which cells something was not taken that is hidden, struck out or turned."""
        for place, text in self._figures_of(struck):
            self.doubt(_STRUCK if self._text(place) else doubt_of(Reason.STRUCK, text), [place])
        for place, _ in self._figures_of(turned):
            self.doubt(_TURNED, [place])
        for place, text in self._figures_of(unseen):
            if not self._text(place):
                self.doubt(doubt_of(Reason.UNPAINTED, text), [place])
        self.doubt(_PARTLY, [self.place_of(char) for char in unseen if self._is_piece(char)])

    def _is_piece(self, char: Char) -> bool:
        """Whether it is a figure of a string of which its cell shows others."""
        place = self.place_of(char) if char.text.isdecimal() else None
        held = () if place is None else self.inside.get(place, ())
        return any(one.run == char.run and one.text.isdecimal() for one in held)

    def crossed(self, chars: Sequence[Char]) -> None:
        """Say of the cells whose numbers a line runs through that they may be struck out."""
        for place, _ in self._figures_of(chars):
            self.doubt(_CROSSED, [place])

    def _figures_of(self, chars: Sequence[Char]) -> Iterator[tuple[Place, str]]:
        """The cells in which the characters have figures, and the characters there."""
        by_place: dict[Place, list[str]] = defaultdict(list)
        for char in chars:
            if (place := self.place_of(char)) is not None:
                by_place[place].append(char.text)
        for place, texts in by_place.items():
            if any(map(str.isdecimal, texts)):
                yield place, "".join(texts)

    def take_note(self, chars: Sequence[Char]) -> bool:
        """Take a note that shows a number in an empty cell; whether it is of the tables at all."""
        by_place: dict[Place, list[Char]] = defaultdict(list)
        for char in chars:
            if (place := self.place_of(char)) is not None:
                by_place[place].append(char)
        for place, held in by_place.items():
            if any(char.text.isdecimal() for char in held):
                self.doubt(_NOTED, [place])
                if not self._text(place) and looks_like_figure(cell_text(held)):
                    self.inside[place] = held
        return bool(by_place)

    def _text(self, place: Place) -> str:
        return "".join(char.text for char in self.inside.get(place, ())).strip()

    def look(self, painted: Painted) -> None:
        """Ask of the cells whether they show more than their text."""
        for number, table in enumerate(self.tables):
            for cell in range(len(table.cells)):
                place = number, cell
                if place not in self.doubts and self._shows_more(place, painted):
                    self.doubts[place] = _DRAWN

    def _shows_more(self, place: Place, painted: Painted) -> bool:
        left, top, right, bottom = self.tables[place[0]].box_of(place[1])
        inner: Box = left + _INSET, top + _INSET, right - _INSET, bottom - _INSET
        chars = [char for char in self.inside.get(place, ()) if not char.text.isspace()]
        if not chars:
            return painted.has_marks(inner)
        if not all(char.text.isdecimal() for char in chars):
            return False
        box, size = boxes(chars), chars[0].size
        return painted.has_marks((
            max(box[0] - size, inner[0]), max(box[1], inner[1]), min(box[2] + size, inner[2]), min(box[3], inner[3])
        ))  # fmt: skip

    def stacked(self) -> set[int]:
        """The numbers of the tables in which a cell holds several rows' numbers."""
        return {
            table
            for (table, _), chars in self.inside.items()
            if sum(char.text.isdecimal() for char in chars) >= _STACK
            and sum(looks_like_figure(line.text) for line in lines_of(chars, 0)) >= _STACK
        }

    def made(self) -> Iterator[tuple[Box, VisibleTable]]:
        """The tables, and the box around each."""
        for number, table in enumerate(self.tables):
            yield table.box, without_slivers([self._cell(number, cell) for cell in range(len(table.cells))])

    def _cell(self, number: int, cell: int) -> VisibleCell:
        place = number, cell
        chars = self.inside.get(place, ())
        left, _, right, _ = self.tables[number].box_of(cell)
        if chars and _is_heaped(chars):
            return VisibleCell("", *self.tables[number].cells[cell], doubt=_HEAPED)
        text = cell_text(chars, right - left) if chars else ""
        return VisibleCell(text, *self.tables[number].cells[cell], doubt=self.doubts.get(place, ""))


def _words(chars: Sequence[Char]) -> Iterator[tuple[int, int]]:
    """From where to where figures follow each other without room between them."""
    first = 0
    for at in range(1, len(chars) + 1):
        if at < len(chars) and _goes_on(chars[at - 1], chars[at]):
            continue
        if at - first > 1:
            yield first, at
        first = at


def _goes_on(before: Char, char: Char) -> bool:
    figures = before.text in _FIGURES and char.text in _FIGURES
    return (
        figures
        and abs(char.baseline - before.baseline) < _NEAR * char.size
        and (abs(char.left - before.right) < _NEAR * char.size)
    )


_FIGURES = frozenset("0123456789.,，０１２３４５６７８９")


def _most_covered(held: Sequence[tuple[Char, Place | None]]) -> Place | None:
    """The cell in which most of a number's width lies."""
    widths: dict[Place | None, float] = defaultdict(float)
    for char, place in held:
        widths[place] += char.right - char.left
    inside = {place: width for place, width in widths.items() if place is not None}
    return max(inside, key=inside.__getitem__, default=None)


def _is_heaped(chars: Sequence[Char]) -> bool:
    """Whether different figures lie on each other."""
    figures = once([char for char in chars if char.text.isdecimal()])
    for before, char in pairwise(figures):
        width = min(char.right - char.left, before.right - before.left)
        same_line = abs(before.baseline - char.baseline) < char.size / 2
        if same_line and before.right - char.left > _OVERLAP * width:
            return True
    return False
