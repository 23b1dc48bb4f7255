"""What a Word document's body shows, in order: paragraphs, text boxes, tables with their spans.

Seen as if all tracked changes were taken in: deleted text is not there, inserted text is. Hidden
text and fields' codes are not seen; numbers of automatic lists are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportdesk.readers.gathering import Holding, as_visible, clamped
from reportdesk.readers.limits import MAX_CELLS, MAX_NESTED_TABLES
from reportdesk.readers.raised import raised
from reportdesk.readers.refusals import too_large
from reportdesk.readers.visible import Visible, VisibleParagraph
from reportdesk.readers.word_numbering import Numbering
from reportdesk.readers.word_styles import Styles
from reportdesk.readers.word_xml import COMPATIBILITY, MATH, WORD, attribute, child, is_on, number_of, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_GONE = frozenset(map(w, ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "rt", "rubyPr", "sdtPr")))
_WRAPS = frozenset(
    map(
        w,
        (
            "ins",
            "moveTo",
            "smartTag",
            "customXml",
            "hyperlink",
            "fldSimple",
            "sdt",
            "sdtContent",
            "dir",
            "bdo",
        ),
    )
)
_SIGNS: Mapping[str, str] = {w("tab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_CHARTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)
_PARTED = re.compile(r"(?<=[!-~])\n(?=[!-~])")


@dataclass(slots=True)
class PassedOver:
    """What was met on the way and is not read."""

    pictures: int = 0
    charts: int = 0
    deep_tables: int = 0
    foreign_parts: int = 0
    revised: bool = False


@dataclass(slots=True)
class _Field:
    """A field that has begun; its code is not seen, its result is."""

    in_code: bool = True


@dataclass(slots=True)
class _Line:
    """A paragraph as it is put together; a paragraph whose mark is deleted goes on in the next."""

    text: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)


class Body:
    """Walks through the body once, counting lists as it goes."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._fields: list[_Field] = []
        self._line = _Line()
        self._depth = 0
        self._cells = 0
        self.passed_over = PassedOver()

    def read(self, holder: _Element) -> Iterator[Visible]:
        """Everything in the body, a cell or a text box."""
        walks: Mapping[str, Callable[[_Element], Iterator[Visible]]] = {
            w("p"): self._paragraph,
            w("tbl"): self._table,
        }
        for element in holder.iterchildren():
            walk = walks.get(element.tag)
            if walk:
                yield from walk(element)
            elif element.tag in _WRAPS:
                self._note_revision(element)
                yield from self.read(element)
            elif element.tag == f"{{{COMPATIBILITY}}}AlternateContent":
                yield from self.read(_chosen(element))
            elif element.tag == w("altChunk"):
                self.passed_over.foreign_parts += 1
        yield from self._rest()

    def _rest(self) -> Iterator[Visible]:
        """What a paragraph whose mark is deleted had no other to go on in."""
        text, self._line.text = "".join(self._line.text), []
        if text.strip():
            yield VisibleParagraph(text)

    # -- paragraphs

    def _paragraph(self, element: _Element) -> Iterator[Visible]:
        properties = child(element, "pPr")
        style_id = attribute(child(properties, "pStyle"), "val") or self._styles.default
        self._runs(element, hidden=self._styles.hides(style_id))
        if child(child(properties, "rPr"), "del") is not None:
            self.passed_over.revised = True
            return
        line, self._line = self._line, _Line()
        number = self._number(properties, style_id)
        text = "".join(line.text)
        if text.strip():
            outline = child(properties, "outlineLvl")
            level = self._styles.level(style_id, None if outline is None else number_of(outline, "val"))
            if self._styles.is_our_title(style_id):
                text = _PARTED.sub(" ", text).replace("\n", "")
            for piece in (number + text).split("\n"):
                if piece.strip():
                    yield VisibleParagraph(piece, level)
        for box in line.boxes:
            yield from self.read(box)

    def _number(self, properties: _Element | None, style_id: str) -> str:
        numbered = child(properties, "numPr")
        list_id = attribute(child(numbered, "numId"), "val")
        written_level = child(numbered, "ilvl")
        level = None if written_level is None else number_of(written_level, "val")
        by_style, style_level, saying = self._styles.list_of(style_id)
        if not list_id:
            list_id = by_style
            if level is None:
                level = style_level
            if level is None:
                level = self._numbering.level_of_style.get((list_id, saying))
        return self._numbering.number(list_id, level or 0)

    # -- what stands in a paragraph

    def _runs(self, holder: _Element, *, hidden: bool) -> None:
        for element in holder.iterchildren():
            tag = element.tag
            if tag == w("r"):
                self._run(element, hidden=hidden)
            elif tag in _WRAPS:
                self._note_revision(element)
                self._runs(element, hidden=hidden)
            elif tag in (w("del"), w("moveFrom")):
                self.passed_over.revised = True
            elif isinstance(tag, str) and tag.startswith(f"{{{MATH}}}"):
                self._line.text += [text for text in element.itertext() if text.strip()]

    def _run(self, run: _Element, *, hidden: bool) -> None:
        properties = child(run, "rPr")
        style_id = attribute(child(properties, "rStyle"), "val")
        vanishes = is_on(properties, "vanish")
        if vanishes is None:
            vanishes = hidden or self._styles.hides(style_id)
        before = len(self._line.text)
        self._pieces(run, seen=not vanishes)
        place = attribute(child(properties, "vertAlign"), "val")
        if place == "superscript" or (not place and self._styles.raises(style_id)):
            self._line.text[before:] = map(raised, self._line.text[before:])

    def _pieces(self, run: _Element, *, seen: bool) -> None:
        for piece in run.iterchildren():
            tag = piece.tag
            if tag in _GONE:
                continue
            if tag == w("fldChar"):
                self._note_field(attribute(piece, "fldCharType"))
            elif not seen or any(begun.in_code for begun in self._fields):
                continue
            elif tag == w("t"):
                self._line.text.append(_text(piece))
            elif tag == w("br"):
                if attribute(piece, "type") in ("", "textWrapping"):
                    self._line.text.append("\n")
            elif tag in _SIGNS:
                self._line.text.append(_SIGNS[tag])
            elif tag == w("ruby"):
                self._ruby(piece)
            else:
                self._drawing(piece)

    def _ruby(self, ruby: _Element) -> None:
        """The words without the reading above them."""
        for run in ruby.iterfind(f"{w('rubyBase')}/{w('r')}"):
            self._run(run, hidden=False)

    def _drawing(self, holder: _Element) -> None:
        """Text boxes are read behind their paragraph; pictures and charts are counted."""
        if holder.tag == f"{{{COMPATIBILITY}}}AlternateContent":
            holder = _chosen(holder)
        elements = [holder]
        while elements:
            element = elements.pop()
            if element.tag == w("txbxContent"):
                self._line.boxes.append(element)
                continue
            self.passed_over.pictures += element.tag in _PICTURES
            self.passed_over.charts += element.tag in _CHARTS
            if element.tag == f"{{{COMPATIBILITY}}}AlternateContent":
                element = _chosen(element)
            elements += reversed(element)

    def _note_field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note_revision(self, wrap: _Element) -> None:
        self.passed_over.revised |= wrap.tag in (w("ins"), w("moveTo"))

    # -- tables

    def _table(self, table: _Element) -> Iterator[Visible]:
        if self._depth >= MAX_NESTED_TABLES:
            self.passed_over.deep_tables += 1
            return
        yield from self._rest()
        self._depth += 1
        cells: list[Holding] = []
        above: dict[int, int] = {}
        row = 0
        for element in _rows(table):
            properties = child(element, "trPr")
            if child(properties, "del") is not None:
                self.passed_over.revised = True
                continue
            column = number_of(child(properties, "gridBefore"), "val")
            covered: dict[int, int] = {}
            for cell in _cells(element):
                column = self._cell(cell, row, max(0, column), cells, above, covered)
            above = covered
            row += 1
        self._depth -= 1
        yield from as_visible(cells)

    def _cell(
        self,
        cell: _Element,
        row: int,
        column: int,
        cells: list[Holding],
        above: dict[int, int],
        covered: dict[int, int],
    ) -> int:
        """Take in one cell; ``above`` and ``covered`` tell which cell each merged column belongs to."""
        properties = child(cell, "tcPr")
        columns = clamped(number_of(child(properties, "gridSpan"), "val", 1))
        merge = child(properties, "vMerge")
        goes_on = merge is not None and attribute(merge, "val") != "restart"
        if goes_on and column in above:
            first = cells[above[column]]
            rows = row - first.row + 1
            cells[above[column]] = Holding(first.row, first.column, rows, first.columns, first.contents)
            covered[column] = above[column]
            return column + first.columns
        if merge is not None:
            covered[column] = len(cells)
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise too_large("文件里的表格")
        contents = tuple(self.read(cell))
        cells.append(Holding(row, column, 1, columns, contents))
        return column + columns


def _rows(table: _Element) -> Iterator[_Element]:
    for element in table.iterchildren():
        if element.tag == w("tr"):
            yield element
        elif element.tag in _WRAPS:
            yield from _rows(element)


def _cells(row: _Element) -> Iterator[_Element]:
    for element in row.iterchildren():
        if element.tag == w("tc"):
            yield element
        elif element.tag in _WRAPS:
            yield from _cells(element)


def _chosen(alternatives: _Element) -> _Element:
    """Of the same content in two ways the one that has text, else the first."""
    choices = list(alternatives)
    with_text = (
        choice for choice in choices if next(choice.iter(f"{{{WORD}}}txbxContent"), None) is not None
    )
    return next(with_text, choices[0] if choices else alternatives)


def _text(element: _Element) -> str:
    text = str(element.text or "")
    kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if kept else text.strip(" \t\r\n")
