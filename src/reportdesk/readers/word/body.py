"""What a Word document's body shows, in order: paragraphs, text boxes, tables with their spans.

Seen as if all tracked changes were taken in: deleted text is not there, inserted text is; a row or
cell of numbers that is deleted keeps its place, so that nothing shifts. Fields' codes are not seen;
numbers of automatic lists are. Whether text is seen that is struck or hidden, ``unseen`` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportdesk.readers.files.assemble import Holding, as_visible, clamped, may_be_heading, text_of
from reportdesk.readers.files.limits import MAX_CELLS, MAX_NESTED_TABLES
from reportdesk.readers.files.reading_notes import NOTE, shorten
from reportdesk.readers.files.refusals import too_large
from reportdesk.readers.files.superscripts import raised
from reportdesk.readers.files.unseen import THINNEST, WHITE, Reason, Unseen
from reportdesk.readers.files.visible import Visible, VisibleParagraph
from reportdesk.readers.files.written_figures import looks_like_figure
from reportdesk.readers.word.looks import (
    PLAIN,
    UNKNOWN,
    TextLook,
    ground_of,
    is_clipped_line,
    is_flat,
    is_raised,
    text_look,
)
from reportdesk.readers.word.numbering import Numbering
from reportdesk.readers.word.styles import Styles
from reportdesk.readers.word.word_xml import COMPATIBILITY, MATH, WORD, attribute, child, number_of, w

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
_SIGNS: Mapping[str, str] = {w("tab"): "\t", w("cr"): "\n", w("ptab"): "\t", w("noBreakHyphen"): "-"}
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_CHARTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)
_LONGEST_NOTE = 60
_SYMBOL = "这一格里有符号字体的字，认不出是什么，请对照原文件核对"
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
    unseen_at: int = -1
    """How much of the text stood there before the last that is not seen."""


class Body:
    """Walks through the body once, counting lists as it goes."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        ground: str | None = WHITE,
        comments: Mapping[str, str] | None = None,
    ) -> None:
        """``ground`` is the page's colour, None where that is not known; ``comments`` are by their ids."""
        self._comments = comments or {}
        self._notes: list[str] = []
        self._symbols = 0
        """Characters of symbol fonts in the cell at hand: what they look like, the file does not tell."""
        self._styles = styles
        self._numbering = numbering
        self._fields: list[_Field] = []
        self._line = _Line()
        self._depth = 0
        self._cells = 0
        self._ground = ground
        self._row_gone = self._row_flat = False
        self.passed_over = PassedOver()
        self.unseen = Unseen()

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
        ground = self._ground
        if (shading := child(properties, "shd")) is not None:
            self._ground = _known(ground_of(shading), ground)
        self._runs(element, self._styles.look(style_id))
        self._ground = ground
        if child(child(properties, "rPr"), "del") is not None:
            self.passed_over.revised = True
            return
        line, self._line = self._line, _Line()
        if is_clipped_line(properties, THINNEST):
            self.unseen.note(Reason.CLIPPED, "".join(line.text))
            return
        number = self._number(properties, style_id)
        text = "".join(line.text)
        if text.strip():
            outline = child(properties, "outlineLvl") if may_be_heading(text) else None
            level = self._styles.level(style_id, None if outline is None else number_of(outline, "val"))
            if self._styles.is_our_title(style_id):
                text = _PARTED.sub(" ", text).replace("\n", "")
            note = ""
            if not self._depth and self._notes:
                note, self._notes = _noted(self._notes), []
            for piece in (number + text).split("\n"):
                if piece.strip():
                    yield VisibleParagraph(piece, level, note)
        for box in line.boxes:
            self._ground = None  # a shape has a colour of its own
            yield from self.read(box)
            self._ground = ground

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

    def _runs(self, holder: _Element, base: TextLook) -> None:
        for element in holder.iterchildren():
            tag = element.tag
            if tag == w("r"):
                self._run(element, base)
            elif tag in _WRAPS:
                self._note_revision(element)
                self._runs(element, base)
            elif tag == f"{{{COMPATIBILITY}}}AlternateContent":
                self._runs(_chosen(element), base)
            elif tag in (w("del"), w("moveFrom")):
                self.passed_over.revised = True
                if self._depth:
                    self.unseen.note(Reason.DELETED, _all_text(element))
            elif isinstance(tag, str) and tag.startswith(f"{{{MATH}}}"):
                self._line.text += [text for text in element.itertext() if text.strip()]

    def _run(self, run: _Element, base: TextLook) -> None:
        properties = child(run, "rPr")
        style_id = attribute(child(properties, "rStyle"), "val")
        look = self._styles.look(style_id).within(base) if style_id else base
        look = text_look(properties).over(look)
        reason = None if look is PLAIN else look.unseen(self._ground)
        if reason:
            self._unseen_run(run, reason)
            return
        before = len(self._line.text)
        self._pieces(run)
        place = attribute(child(properties, "vertAlign"), "val")
        if place == "superscript" or (not place and (self._styles.raises(style_id) or is_raised(properties))):
            self._line.text[before:] = map(raised, self._line.text[before:])

    def _unseen_run(self, run: _Element, reason: Reason) -> None:
        """Walk through a run for the fields in it, and take nothing of it into the line."""
        line, kept = self._line, (self.passed_over.pictures, self.passed_over.charts)
        before, boxes = len(line.text), len(line.boxes)
        self._pieces(run)
        text = "".join(line.text[before:])
        del line.text[before:], line.boxes[boxes:]
        self.passed_over.pictures, self.passed_over.charts = kept
        self.unseen.note(reason, text, goes_on=line.unseen_at == before)
        line.unseen_at = before

    def _pieces(self, run: _Element) -> None:
        for piece in run.iterchildren():
            tag = piece.tag
            if tag in _GONE:
                continue
            if tag == w("fldChar"):
                self._note_field(piece)
            elif any(begun.in_code for begun in self._fields):
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
            self._run(run, PLAIN)

    def _drawing(self, holder: _Element) -> None:
        """Text boxes are read behind their paragraph; pictures and charts are counted, comments noted."""
        self._symbols += holder.tag == w("sym")
        if holder.tag == w("commentReference"):
            self._notes += filter(None, [self._comments.get(attribute(holder, "id"), "")])
            return
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

    def _note_field(self, sign: _Element) -> None:
        kind = attribute(sign, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            chosen = child(child(sign, "ffData"), "ddList")
            if chosen is not None:  # a list to choose from shows its entry and has no result
                entries = [attribute(entry, "val") for entry in chosen.iterchildren(w("listEntry"))]
                self._line.text += entries[number_of(child(chosen, "result"), "val") :][:1]
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
        ground = self._ground
        look = child(table, "tblPr")
        if self._styles.paints(attribute(child(look, "tblStyle"), "val")):
            self._ground = None
        self._ground = _known(ground_of(child(look, "shd")), self._ground)
        for element in _rows(table):
            properties = child(element, "trPr")
            is_gone = child(properties, "del") is not None
            self.passed_over.revised |= is_gone
            if is_gone and not any(looks_like_figure(_all_text(cell)) for cell in _cells(element)):
                continue
            self._row_gone, self._row_flat = is_gone, is_flat(properties, THINNEST)
            column = number_of(child(properties, "gridBefore"), "val")
            covered: dict[int, int] = {}
            for cell in _cells(element):
                column = self._cell(cell, row, max(0, column), cells, above, covered)
            above = covered
            row += 1
        self._row_gone = self._row_flat = False
        self._ground = ground
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
            cells[above[column]] = replace(first, rows=rows)
            covered[column] = above[column]
            return column + first.columns
        if merge is not None:
            covered[column] = len(cells)
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise too_large("文件里的表格")
        contents, doubt, left_out = self._held(cell, properties)
        cells.append(Holding(row, column, 1, columns, contents, doubt, left_out))
        return column + columns

    def _held(self, cell: _Element, properties: _Element | None) -> tuple[tuple[Visible, ...], str, bool]:
        """What stands in a cell, why it may mislead, and whether it is gone.

        A cell of a deleted row, or deleted itself, keeps its place.
        """
        is_gone = self._row_gone or child(properties, "cellDel") is not None
        if is_gone:
            self.passed_over.revised = True
            text = _all_text(cell)
            if text and not looks_like_figure(text):
                return (VisibleParagraph(text),), "", False
            what = "这一行" if self._row_gone else "这一格"
            return (), f"{what}在文件的修订中删除了，原来是“{text}”，没有读入", True
        self._notes, self._symbols = [], 0
        mark, ground, states = len(self.unseen.pieces), self._ground, (self._row_gone, self._row_flat)
        if (shading := child(properties, "shd")) is not None:
            self._ground = _known(ground_of(shading), ground)
        contents = tuple(self.read(cell))
        self._ground, (self._row_gone, self._row_flat) = ground, states
        if self._row_flat:
            self.unseen.note(Reason.CLIPPED, text_of(contents))
            contents = ()
        is_empty = len(self.unseen.pieces) > mark and not text_of(contents).strip()
        noted, self._notes = _noted(self._notes), []
        text = text_of(contents).strip()
        if self._symbols and not noted and (not text or looks_like_figure(text)):
            noted = _SYMBOL
        return contents, self.unseen.since(mark) if is_empty else noted, False


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


def _noted(notes: Sequence[str]) -> str:
    """What comments say of a place."""
    return f"{NOTE}{'；'.join(f'“{shorten(note, _LONGEST_NOTE)}”' for note in notes)}" if notes else ""


def _all_text(element: _Element) -> str:
    """The text, what is deleted by tracked changes too."""
    return "".join(text.text or "" for text in element.iter(w("t"), w("delText"))).strip()


def _known(ground: str, base: str | None) -> str | None:
    """The colour of a ground before another; None where a pattern makes it unknown."""
    return None if ground == UNKNOWN else ground or base


def _text(element: _Element) -> str:
    text = str(element.text or "")
    kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if kept else text.strip(" \t\r\n")
