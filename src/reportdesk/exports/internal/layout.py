"""Lays the office's internal papers on pages: headings, lines and ruled grids, a head on each page.

Smaller and plainer than the published report, and never mistaken for it. Answers for where things
stand; what a paper says is ``review_sheet``'s and ``draft``'s. A character that no face has is marked, not
refused: nobody waits for a signature because of a rare name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from reportdesk.exports import style
from reportdesk.exports.blocks import clean
from reportdesk.exports.pdf.archive import Description
from reportdesk.exports.pdf.pages import Page, Pages
from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.exports.pdf.tables import Fill, Rule
from reportdesk.exports.pdf.writer import typesetter_for, write_pages
from reportdesk.exports.structure import Artifact, Element, Kind, Marked, Owner, Scope, mark_line
from reportdesk.exports.style import Face, TextStyle
from reportdesk.exports.typesetting.fonts import FontResolver, find_faces
from reportdesk.exports.typesetting.linebreak import Line, break_lines
from reportdesk.exports.typesetting.typeset import ASCENT, OnMissing, SetText, Typesetter
from reportdesk.exports.xml_text import legal_text
from reportdesk.report.own_files import MADE_BY
from reportdesk.report.text.word_changes import Mark
from reportdesk.report.text.word_changes import Words as MarkedWords

TITLE = TextStyle(Face.TITLE, Face.TITLE, 20, 20)
HEADING = TextStyle(Face.HEI, Face.HEI, 12, 12)
BODY = TextStyle(Face.SONG, Face.LATIN, 10.5, 10.5)
STRONG = TextStyle(Face.HEI, Face.HEI, 10.5, 10.5)
SMALL = TextStyle(Face.SONG, Face.LATIN, 9, 9)
TINY = TextStyle(Face.SONG, Face.LATIN, 8, 8)

_LEADING, _CLOSE = 1.5, 1.35
_PADDING = 3.0
_TOP = -24.0
"""Where the text begins, from the type area's upper edge: the head needs less room than a title."""
_BOTTOM = style.TYPE_HEIGHT
_HEAD = -48.0
_FOOT = style.TYPE_HEIGHT + 14.0
_SLIP = 0.01
_STRUCK, _UNDERLINED = -0.34, 0.17
"""Where the line through words that went out and under words that came in is, in sizes below the baseline."""
_LONG_ROW = 120.0
"""A row higher than this may begin on a page that does not hold all of it."""

_HEADINGS = {TITLE: Kind.HEADING_1, HEADING: Kind.HEADING_2}
"""What is a heading in the document, by its look; a paper begins with its title."""

AnyInk = Marked | Rule | Fill


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; ``above`` is the room over it, ``kept`` keeps it with what follows."""

    text: str
    look: TextStyle = BODY
    indent: float = 0.0
    above: float = 0.0
    centred: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid; ``marked`` stands for its text where words went out or came in."""

    text: str = ""
    centred: bool = False
    look: TextStyle = BODY
    marked: tuple[MarkedWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled grid; ``widths`` are shares of the measure, ``head`` is repeated on each page.

    ``row_height`` is the least height of a row below the head, in points; ``whole`` keeps all rows
    on a page with the paragraph above, if that is kept; ``named``: the first cell says what the row is
    of, and says so again where the row goes on on the next page. ``padding`` is the room over and under
    the text of a row, in points.
    """

    widths: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_height: float = 0.0
    whole: bool = False
    named: bool = False
    padding: float = _PADDING


Piece = Words | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """An internal paper: what it says of itself, what stands at each page's head, its pieces."""

    title: str
    head_left: str
    head_right: str
    pieces: tuple[Piece, ...]


def render_paper(paper: Paper, faces: FontResolver | None = None) -> bytes:
    """The paper as PDF."""
    return render_shortest([(paper, None)], faces)


def render_shortest(papers: Iterable[tuple[Paper, int | None]], faces: FontResolver | None = None) -> bytes:
    """The first of the papers that takes no more than its number of pages, as PDF; the last has no such number."""
    typesetter = internal_typesetter(faces)
    laid = (_laid(paper, most, typesetter) for paper, most in papers)
    layer = next(one for one in laid if one is not None)
    return write_paper(layer.pages, layer.document, layer.paper.title, typesetter)


def _laid(paper: Paper, most: int | None, typesetter: Typesetter) -> _Layer | None:
    """The paper on its pages; None as soon as it takes more than that number of them."""
    layer = _Layer(typesetter, paper)
    for number, piece in enumerate(paper.pieces, start=1):
        layer.lay(piece, paper.pieces[number:])
        if most is not None and len(layer.pages) > most:
            return None
    return layer


def internal_typesetter(faces: FontResolver | None) -> Typesetter:
    """The typesetter of internal papers, which marks what it cannot set."""
    return typesetter_for(faces or find_faces(), OnMissing.MARK)


def write_paper(pages: Sequence[Page], document: Element, title: str, typesetter: Typesetter) -> bytes:
    """The pages of a document as a file that bears no name of a unit or user but its title."""
    for number, page in enumerate(pages, 1):
        page.ink.append((_FOOT, (_centred(f"第 {number} 页，共 {len(pages)} 页", SMALL, typesetter),)))
    description = Description(legal_text(clean(title)), "", "内部资料", MADE_BY)
    numbers: list[tuple[Marked, ...]] = [()] * len(pages)
    content, _ = write_pages(Pages(tuple(pages), document, (), ()), numbers, description, PdfA.TAGGED)
    return content


def head_ink(left: str, right: str, typesetter: Typesetter) -> tuple[AnyInk, ...]:
    """A page's head with its line, the upper edge at 0."""
    first, last = _set(left, STRONG, typesetter), _set(right, SMALL, typesetter)
    at = _baseline(STRONG)
    x = max(style.TYPE_WIDTH - last.width, first.width + SMALL.size)
    ink = (_one_line(first, 0.0, STRONG, at), _one_line(last, x, SMALL, at))
    return (*ink, Rule(0.0, _height(STRONG), style.TYPE_WIDTH, _height(STRONG)))


@dataclass(frozen=True, slots=True)
class _CellLines:
    text: SetText
    lines: tuple[Line, ...]
    look: TextStyle
    centred: bool
    marked: tuple[tuple[int, int, Mark], ...] = ()
    """Where in the text words went out or came in."""
    padding: float = _PADDING
    owner: Owner = Artifact.PAGINATION

    @property
    def height(self) -> float:
        """The height of its lines and the room around them."""
        return (len(self.lines) or 1) * _height(self.look) + 2 * self.padding


class _Layer:
    """Pages as they fill, downwards, and the document that they show."""

    def __init__(self, typesetter: Typesetter, paper: Paper) -> None:
        self.pages: list[Page] = []
        self.document = Element(Kind.DOCUMENT)
        self._typesetter = typesetter
        self.paper = paper
        self._y = 0.0
        self._turn()

    def lay(self, piece: Piece, following: Sequence[Piece]) -> None:
        """Lay a piece; ``following`` are those of which it may have to be kept with the first."""
        if isinstance(piece, Grid):
            self._grid(piece)
        else:
            self._words(piece, following)

    def _turn(self) -> None:
        page = Page()
        page.ink.append((_HEAD, head_ink(self.paper.head_left, self.paper.head_right, self._typesetter)))
        self.pages.append(page)
        self._y = _TOP

    def _put(self, height: float, ink: Sequence[AnyInk]) -> None:
        self.pages[-1].ink.append((self._y, tuple(ink)))
        self._y += height

    def _words(self, words: Words, following: Sequence[Piece]) -> None:
        text, lines = self._lines(words)
        height = _height(words.look)
        needed = height * len(lines) + (self._least(following) if words.kept else 0.0)
        if self._y > _TOP:
            self._y += words.above
            if self._y + (needed if words.kept else height) > _BOTTOM:
                self._turn()
        element = self.document.add(_HEADINGS.get(words.look, Kind.PARAGRAPH))
        for line in lines:
            if self._y + height > _BOTTOM:
                self._turn()
            left = (style.TYPE_WIDTH - line.width) / 2 if words.centred else words.indent
            self._put(height, (mark_line(text, line, element, left, _baseline(words.look)),))

    def _lines(self, words: Words) -> tuple[SetText, list[Line]]:
        text = _set(words.text, words.look, self._typesetter)
        width = style.TYPE_WIDTH - words.indent
        return text, break_lines(text.text, text.widths, width, cell=words.look.pitch, justify=False)

    def _least(self, pieces: Sequence[Piece]) -> float:
        """The least room that the beginning of the first piece needs, and what it is kept with."""
        if not pieces:
            return 0.0
        piece = pieces[0]
        if isinstance(piece, Words):
            if not piece.kept:
                return piece.above + _height(piece.look)
            _, lines = self._lines(piece)
            return piece.above + len(lines) * _height(piece.look) + self._least(pieces[1:])
        rows = len(piece.rows) if piece.whole else 1
        return _LONG_ROW / 2 + rows * piece.row_height

    # -- grids

    def _grid(self, grid: Grid) -> None:
        edges = [0.0, *accumulate(share * style.TYPE_WIDTH / sum(grid.widths) for share in grid.widths)]
        table = self.document.add(Kind.TABLE)
        heads = tuple(Cell(text, centred=True, look=STRONG) for text in grid.head)
        head, *rows = (self._cells(row, edges, grid.padding) for row in (heads, *grid.rows))
        if self._y + _row_height(head) + _beginning(rows, grid.row_height) > _BOTTOM and self._y > _TOP:
            self._turn()
        body = table.add(Kind.TABLE_HEAD)
        self._row(_owned(head, body.add(Kind.ROW), is_head=True), edges, 0.0, is_head=True)
        body = table.add(Kind.TABLE_BODY)
        for set_row, cells in zip(rows, grid.rows, strict=True):
            row = _owned(set_row, body.add(Kind.ROW))
            again = self._again(cells[0], edges, grid.padding) if grid.named else None
            self._breakable_row(row, head, edges, grid.row_height, again)

    def _again(self, cell: Cell, edges: list[float], padding: float) -> _CellLines:
        """The cell that names a row, for the next page."""
        return self._cells((Cell(f"{cell.text}（续）", cell.centred, cell.look),), edges[:2], padding)[0]

    def _breakable_row(
        self,
        row: list[_CellLines],
        head: list[_CellLines],
        edges: list[float],
        least: float,
        again: _CellLines | None,
    ) -> None:
        """A row goes to the next page whole; a long one is parted between two lines."""
        while True:
            height = max(_row_height(row), least)
            if self._y + height <= _BOTTOM + _SLIP:
                self._row(row, edges, least)
                return
            if height > _LONG_ROW:
                pitch = max(_height(cell.look) for cell in row)
                fits = int((_BOTTOM - self._y - 2 * row[0].padding) / pitch)
                if fits > 1:
                    self._row([_part(cell, 0, fits) for cell in row], edges, 0.0)
                    row = [_part(cell, fits, None) for cell in row]
                    row[:1] = [again] if again is not None else row[:1]
            self._turn()
            self._row(head, edges, 0.0, is_head=True)

    def _row(self, row: list[_CellLines], edges: list[float], least: float, *, is_head: bool = False) -> None:
        height = max(_row_height(row), least)
        ink: list[AnyInk] = []
        if is_head:
            ink.append(Fill(0.0, 0.0, edges[-1], height))
        for cell, (left, right) in zip(row, pairwise(edges), strict=True):
            ink += _cell_ink(cell, left, right, height)
        ink += [Rule(0.0, y, edges[-1], y) for y in (0.0, height)]
        ink += [Rule(x, 0.0, x, height) for x in edges]
        self._put(height, ink)

    def _cells(self, cells: Sequence[Cell], edges: list[float], padding: float) -> list[_CellLines]:
        made = []
        for cell, (left, right) in zip(cells, pairwise(edges), strict=True):
            text = self._set_cell(cell)
            lines = tuple(_broken(text, right - left, cell.look))
            made.append(_CellLines(text, lines, cell.look, cell.centred, _marked(cell), padding))
        return made

    def _set_cell(self, cell: Cell) -> SetText:
        if not cell.marked:
            return _set(cell.text, cell.look, self._typesetter)
        spans = ((words.text, STRONG if words.mark is Mark.IN else cell.look) for words in cell.marked)
        return self._typesetter.set_text(*spans, where="")


def _owned(row: Sequence[_CellLines], element: Element, *, is_head: bool = False) -> list[_CellLines]:
    """The cells as pieces of a row of the document; the first names the row."""
    owners = [
        element.add(Kind.HEADER_CELL, Scope.COLUMN if is_head else Scope.ROW)
        if is_head or place == 0
        else element.add(Kind.DATA_CELL)
        for place in range(len(row))
    ]
    return [replace(cell, owner=owner) for cell, owner in zip(row, owners, strict=True)]


def _marked(cell: Cell) -> tuple[tuple[int, int, Mark], ...]:
    ends = [0, *accumulate(len(words.text) for words in cell.marked)]
    return tuple(
        (start, end, words.mark)
        for words, (start, end) in zip(cell.marked, pairwise(ends), strict=True)
        if words.mark is not Mark.SAME
    )


def _broken(text: SetText, width: float, look: TextStyle) -> list[Line]:
    return break_lines(text.text, text.widths, width - 2 * _PADDING, cell=look.pitch, justify=False)


def _beginning(rows: Sequence[Sequence[_CellLines]], least: float) -> float:
    """The room that the first row needs to begin: all of it, or a few lines of one that is long."""
    if not rows:
        return 0.0
    height = max(_row_height(rows[0]), least)
    return min(_LONG_ROW, height)


def _part(cell: _CellLines, start: int, end: int | None) -> _CellLines:
    return replace(cell, lines=cell.lines[start:end])


def _row_height(row: Sequence[_CellLines]) -> float:
    return max(cell.height for cell in row)


def _cell_ink(cell: _CellLines, left: float, right: float, height: float) -> Iterator[Marked | Rule]:
    """The cell's lines: names and sentences begin at its upper edge, figures stand in its middle."""
    pitch = _height(cell.look)
    top = (height - len(cell.lines) * pitch) / 2 if cell.centred else cell.padding
    for number, line in enumerate(cell.lines):
        x = (left + right - line.width) / 2 if cell.centred else left + _PADDING
        baseline = top + number * pitch + _baseline(cell.look)
        yield mark_line(cell.text, line, cell.owner, x, baseline)
        yield from _mark_rules(cell, line, x, baseline, right - _PADDING)


def _mark_rules(cell: _CellLines, line: Line, x: float, baseline: float, edge: float) -> Iterator[Rule]:
    """Lines through the words of the line that went out, and under those that came in.

    They end at the edge, over which a mark at a line's end may hang.
    """
    for start, end, mark in cell.marked:
        first, last = max(start, line.start), min(end, line.shown)
        if first < last:
            begin = x + line.offsets[first - line.start]
            stop = min(x + line.offsets[last - 1 - line.start] + cell.text.widths[last - 1], edge)
            y = baseline + (_STRUCK if mark is Mark.OUT else _UNDERLINED) * cell.look.size
            yield Rule(begin, y, stop, y)


def _set(text: str, look: TextStyle, typesetter: Typesetter) -> SetText:
    return typesetter.set_text((clean(text), look), where="")


def _height(look: TextStyle) -> float:
    return (_CLOSE if look is TINY else _LEADING) * look.size


def _baseline(look: TextStyle) -> float:
    return _height(look) / 2 + (ASCENT - 0.5) * look.size


def _one_line(text: SetText, x: float, look: TextStyle, baseline: float) -> Marked:
    """Text of the page, such as its head, in one line."""
    lines = break_lines(text.text, text.widths, float("inf"), cell=look.pitch, justify=False)
    ink = tuple(ink for line in lines for ink in text.ink(line, x, baseline))
    return Marked(Artifact.PAGINATION, ink)


def _centred(text: str, look: TextStyle, typesetter: Typesetter) -> Marked:
    words = _set(text, look, typesetter)
    return _one_line(words, (style.TYPE_WIDTH - words.width) / 2, look, _baseline(look))
