"""Lays a report's blocks on pages: prose on the grid of 22 lines, tables whole where they fit.

Knows what stands where, nothing of PDF. Places count from the type area's upper left corner,
downwards, in points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportdesk.exports import style
from reportdesk.exports.blocks import (
    Block,
    Closing,
    Paragraph,
    PartHeading,
    SectionHeading,
    TableBlock,
    Title,
)
from reportdesk.exports.pdf.tables import Fill, Rule, SetTable
from reportdesk.exports.structure import HEADINGS, Element, Kind, Marked, mark_line
from reportdesk.exports.style import TextStyle
from reportdesk.exports.typesetting.linebreak import Line, break_lines, lines_of
from reportdesk.exports.typesetting.title import title_lines
from reportdesk.exports.typesetting.typeset import ASCENT, SetText, Typesetter

_SLIP = 0.01
"""Lengths that differ by less are the same."""
_MUCH = 0.4
"""The share of a page that is not left empty for a table that could begin there with a block of its own."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a place on a page shows: ``holder`` is the part's or table's id, if it is one's."""

    section: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Where on a page (counted from 0) something stands, in points from the page's upper edge."""

    page: int
    top: float
    bottom: float
    source: Source


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; level 0 is a section, 1 a part."""

    page: int
    top: float
    level: int
    text: str


@dataclass(slots=True)
class Page:
    """What is drawn on a page, text in reading order: where each piece's upper left corner is, and its ink."""

    ink: list[tuple[float, tuple[Marked | Rule | Fill, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pages:
    """The whole report on pages, and what it is made of."""

    pages: tuple[Page, ...]
    document: Element
    places: tuple[PageSpan, ...]
    bookmarks: tuple[Bookmark, ...]


@dataclass(frozen=True, slots=True)
class _LineBox:
    """One line of the grid. ``kept`` says that it must not be parted from what follows."""

    ink: tuple[Marked, ...]
    source: Source
    kept: bool = False
    bookmark: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class _TableBox:
    table: SetTable
    source: Source


_Box = _LineBox | _TableBox


def lay_pages(blocks: Sequence[Block], typesetter: Typesetter) -> Pages:
    """Set every block and lay them on pages."""
    layer = _Layer()
    document = Element(Kind.DOCUMENT)
    boxes = list(_Setting(typesetter, blocks, document).boxes())
    first = 0
    while first < len(boxes):
        last = first
        while last + 1 < len(boxes) and _kept(boxes[last]):
            last += 1
        layer.lay(boxes[first : last + 1])
        first = last + 1
    return Pages(tuple(layer.pages), document, tuple(_merged(layer.places)), tuple(layer.bookmarks))


def _kept(box: _Box) -> bool:
    return isinstance(box, _LineBox) and box.kept


class _Setting:
    """Turns blocks into lines of the grid and tables, and says what each is in the document."""

    def __init__(self, typesetter: Typesetter, blocks: Sequence[Block], document: Element) -> None:
        self._typesetter = typesetter
        self._blocks = blocks
        self._document = document
        titled = any(isinstance(block, Title) for block in blocks)
        self._headings = HEADINGS[titled:]  # a report without title begins with its first section
        self._section = ""
        self._part = ""

    def boxes(self) -> Iterator[_Box]:
        for number, block in enumerate(self._blocks):
            following = self._blocks[number + 1] if number + 1 < len(self._blocks) else None
            match block:
                case Title():
                    yield from self._title(block)
                case SectionHeading():
                    self._section, self._part = block.text, ""
                    source = Source(block.section)
                    kept = not isinstance(following, SectionHeading)
                    yield from self._heading(block.text, style.SECTION_HEADING, source, 0, kept=kept)
                case PartHeading():
                    self._part = block.text
                    source = Source(block.section, block.part)
                    kept = isinstance(following, Paragraph | TableBlock)
                    yield from self._heading(block.text, style.PART_HEADING, source, 1, kept=kept)
                case Paragraph():
                    yield from self._paragraph(block, before_closing=isinstance(following, Closing))
                case TableBlock():
                    table = SetTable(block, self._typesetter, style.TYPE_WIDTH)
                    self._document.kids.append(table.element)
                    yield _TableBox(table, Source(block.section, block.table.id))
                case Closing():
                    yield from self._closing(block)

    def _where(self) -> str:
        return f"“{self._section}”{f'的“{self._part}”' if self._part else ''}里，" if self._section else ""

    def _title(self, block: Title) -> Iterator[_Box]:
        source = Source("", "title")
        heading = self._document.add(Kind.HEADING_1)
        blank = _LineBox((), source, kept=True)
        yield from [blank] * style.LINES_ABOVE_TITLE
        for written in block.lines:
            whole = self._typesetter.set_text((written, style.TITLE), where="标题里，")
            for line in title_lines(written, whole.widths, style.TYPE_WIDTH, cell=style.TITLE.pitch):
                text, shown = (
                    self._typesetter.set_text((part, style.TITLE), where="标题里，")
                    for part in (line, line.rstrip())
                )
                left = (style.TYPE_WIDTH - shown.width) / 2
                yield _LineBox(_one_line(text, left, style.TITLE, heading), source, kept=True)
        yield from [blank] * style.LINES_BELOW_TITLE

    def _heading(
        self, text: str, look: TextStyle, source: Source, level: int, *, kept: bool
    ) -> Iterator[_Box]:
        """A heading's lines; ``kept`` unless nothing of its own follows, as in a report begun."""
        set_text = self._typesetter.set_text((text, look), where=self._where())
        bookmark: tuple[int, str] | None = (level, text.rstrip("。：:"))
        heading = self._document.add(self._headings[level])
        lines = _broken(set_text)
        for line in lines:
            keep = kept or line is not lines[-1]
            yield _LineBox((_line(set_text, line, heading),), source, kept=keep, bookmark=bookmark)
            bookmark = None

    def _paragraph(self, block: Paragraph, *, before_closing: bool) -> Iterator[_Box]:
        if block.run_in:
            self._part = block.run_in
        spans = ((block.run_in, style.PART_HEADING), (block.text, style.BODY))
        text = self._typesetter.set_text(*spans, where=self._where())
        source = Source(block.section, block.part)
        bookmark = (1, block.run_in.rstrip("。：:")) if block.run_in else None
        heading = self._document.add(self._headings[1]) if block.run_in else None
        paragraph = self._document.add(Kind.PARAGRAPH)
        lines = _broken(text)
        for number, line in enumerate(lines):
            kept = before_closing and number >= len(lines) - 2
            ink = tuple(
                _line(text, part, heading if heading and part.start < len(block.run_in) else paragraph)
                for part in line.parted(len(block.run_in))
            )
            yield _LineBox(ink, source, kept=kept, bookmark=bookmark)
            bookmark = None

    def _closing(self, block: Closing) -> Iterator[_Box]:
        source = Source("", "closing")
        yield from [_LineBox((), source, kept=True)] * style.LINES_ABOVE_CLOSING
        unit, date = (
            self._typesetter.set_text((text, style.BODY), where="落款里，")
            for text in (block.unit, block.date)
        )
        date_left = style.TYPE_WIDTH - style.CLOSING_DATE_INDENT - date.width
        unit_left = min(
            date_left + (date.width - unit.width) / 2,
            style.TYPE_WIDTH - style.CLOSING_UNIT_INDENT - unit.width,
        )
        if unit.text:
            paragraph = self._document.add(Kind.PARAGRAPH)
            right = style.TYPE_WIDTH - style.CLOSING_UNIT_INDENT
            pieces = list(title_lines(unit.text, unit.widths, right, cell=style.BODY.pitch))
            for line in lines_of(pieces, unit.widths, cell=style.BODY.pitch):
                left = max(0.0, unit_left) if len(pieces) == 1 else right - line.width
                yield _LineBox((_line(unit, line, paragraph, left),), source, kept=bool(date.text))
        if date.text:
            paragraph = self._document.add(Kind.PARAGRAPH)
            yield _LineBox(_one_line(date, date_left, style.BODY, paragraph), source)


def _broken(text: SetText) -> list[Line]:
    return break_lines(
        text.text,
        text.widths,
        style.TYPE_WIDTH,
        cell=style.CHARACTER_PITCH,
        indent=style.FIRST_LINE_INDENT,
    )


def _line(text: SetText, line: Line, element: Element, x: float = 0.0) -> Marked:
    return mark_line(text, line, element, x, _baseline(style.BODY))


def _one_line(text: SetText, x: float, look: TextStyle, element: Element) -> tuple[Marked, ...]:
    lines = break_lines(text.text, text.widths, math.inf, cell=look.pitch)
    return tuple(mark_line(text, line, element, x, _baseline(look)) for line in lines)


def _baseline(look: TextStyle) -> float:
    """From a grid line's upper edge: the characters stand in the middle of its height."""
    return style.LINE_PITCH / 2 + (ASCENT - 0.5) * look.size


class _Layer:
    """Pages as they fill: where the next piece goes, and a new page where it does not fit."""

    def __init__(self) -> None:
        self.pages = [Page()]
        self.places: list[PageSpan] = []
        self.bookmarks: list[Bookmark] = []
        self._y = 0.0

    def lay(self, boxes: Sequence[_Box]) -> None:
        """Lay boxes of which all but the last are kept with what follows."""
        if self._y > 0 and not self._fits(boxes):
            self._turn()
        for box in boxes:
            if isinstance(box, _LineBox):
                self._line(box)
            else:
                self._table(box)

    def _fits(self, boxes: Sequence[_Box]) -> bool:
        last = boxes[-1]
        lines = len(boxes) - isinstance(last, _TableBox)
        if _slot(self._y) + lines > style.LINES:
            return lines > style.LINES  # fits no page: it may as well begin here
        if isinstance(last, _LineBox):
            return True
        room = style.TYPE_HEIGHT - (_slot(self._y) + lines) * style.LINE_PITCH + _SLIP
        whole = last.table.height(0, last.table.row_count)
        if whole > style.TYPE_HEIGHT - lines * style.LINE_PITCH:
            return last.table.height(0, last.table.first_break(0)) <= room
        begun = room >= _MUCH * style.TYPE_HEIGHT and last.table.blocks_that_fit(0, room) > 0
        return whole <= room or begun

    def _turn(self) -> None:
        self.pages.append(Page())
        self._y = 0.0

    def _line(self, box: _LineBox) -> None:
        slot = _slot(self._y)
        if slot >= style.LINES:
            self._turn()
            slot = 0
        top = slot * style.LINE_PITCH
        if box.bookmark:
            level, text = box.bookmark
            self.bookmarks.append(Bookmark(len(self.pages) - 1, style.MARGIN_TOP + top, level, text))
        self._put(top, style.LINE_PITCH, box.ink, box.source)
        self._y = top + style.LINE_PITCH

    def _table(self, box: _TableBox) -> None:
        table, start = box.table, 0
        self._y = _slot(self._y) * style.LINE_PITCH
        while start < table.row_count:
            room = style.TYPE_HEIGHT - self._y + _SLIP
            end = table.rows_that_fit(start, room)
            if end < table.row_count and table.height(0, table.row_count) <= style.TYPE_HEIGHT:
                end = table.blocks_that_fit(start, room)
            if end == start and self._y > 0:
                self._turn()
                continue
            if end == start:
                end = table.first_break(start)  # higher than a page: nothing can be done
            part = table.part(start, end)
            self._put(self._y, part.height, part.ink, box.source)
            self._y += part.height
            start = end
            if start < table.row_count:
                self._turn()
        self._y += style.GAP_BELOW_TABLE

    def _put(self, top: float, height: float, ink: Sequence[Marked | Rule | Fill], source: Source) -> None:
        if ink:
            self.pages[-1].ink.append((top, tuple(ink)))
        upper = style.MARGIN_TOP + top
        self.places.append(PageSpan(len(self.pages) - 1, upper, upper + height, source))


def _slot(y: float) -> int:
    """The grid line whose upper edge is the first at or below ``y``."""
    return math.ceil((y - _SLIP) / style.LINE_PITCH)


def _merged(places: Sequence[PageSpan]) -> Iterator[PageSpan]:
    """Neighbours on a page that show the same, as one."""
    current: PageSpan | None = None
    for place in places:
        if current and (current.page, current.source) == (place.page, place.source):
            current = PageSpan(place.page, current.top, place.bottom, place.source)
            continue
        if current:
            yield current
        current = place
    if current:
        yield current
