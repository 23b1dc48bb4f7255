"""What a PDF page's content draws, upright and in points from the upper left corner of what is shown.

The page's box, turn and unit are taken out here, and so is a content that lies on its side: all
that comes after sees a plain page. Whether a person can see what is drawn is ``ink``'s matter.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, mult_matrix

if TYPE_CHECKING:
    from pdfminer.pdfcolor import PDFColorSpace
    from pdfminer.pdffont import PDFFont
    from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdftypes import PDFStream
    from pdfminer.utils import Matrix, PathSegment

    from reportdesk.readers.pdf.fonts import Fonts

from reportdesk.readers.files.limits import MAX_PAGE_CHARACTERS
from reportdesk.readers.files.refusals import too_large

_UNPAINTED = (3, 7)
"""Render modes that put no paint on the page (ISO 32000-1, 9.3.6)."""
_ASKEW = 0.02
_STRAIGHT = 0.5
"""A line that leaves its direction by less than this, in points, runs level or upright."""
_USUAL, _SMALLEST, _LARGEST = 842.0, 500.0, 2500.0
"""A page whose longer side is beyond these is taken for an A4 page drawn small or large."""
_RADICALS = ("\u2e80", "\u2fdf")
_SOFT_HYPHEN = "\u00ad"
UNKNOWN = "(cid:"
"""How a character begins of which the file does not say what it is."""

Box = tuple[float, float, float, float]
"""Left, upper, right and lower side from the page's upper left corner, in points."""


class Char(NamedTuple):
    """A character and where it stands. ``run`` counts the strings that the page draws."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    run: int = 0
    turn: int = 0
    """Quarters that it is turned clockwise; -1 where it stands askew."""
    painted: bool = True
    """Whether it is drawn at all: render modes may leave that out."""
    certain: bool = True
    """Whether the file brings the shape along, so that what PDFium shows is what everybody sees."""
    white: bool = False
    font: int = 0


class Stroke(NamedTuple):
    """A straight line, level or upright."""

    left: float
    top: float
    right: float
    bottom: float


class Area(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float
    stroked: bool
    filled: bool


@dataclass(slots=True)
class Drawn:
    """Everything that a page draws, in the order in which it is drawn."""

    width: float = 0.0
    height: float = 0.0
    chars: list[Char] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    turn: int = 0
    """Quarters clockwise by which the content was turned beyond what the page says."""
    scale: float = 1.0
    """Points of ours that a unit of the page is."""
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    """Brings the page's own places to ours, but for the vertical axis, which runs up in both."""


class Shown(NamedTuple):
    """The part of a page that a viewer shows, in the page's own units, and its quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int


def drawn_on(page: PDFPage, shown: Shown, resources: Fonts) -> Drawn:
    """What the page draws; a content on its side is turned upright."""
    drawn = _drawn(page, shown, resources)
    turn = _most_turned(drawn.chars)
    if turn:
        again = shown._replace(turn=(shown.turn - turn) % 4)
        drawn = _drawn(page, again, resources)
        drawn.turn = -turn % 4
    return drawn


def _most_turned(chars: Sequence[Char]) -> int:
    """The quarters by which most of the text is turned."""
    if all(char.turn == 0 for char in chars):
        return 0
    turns = Counter(char.turn for char in chars if char.turn >= 0 and not char.text.isspace())
    return turns.most_common(1)[0][0] if turns else 0


def _drawn(page: PDFPage, shown: Shown, resources: Fonts) -> Drawn:
    drawn = _placed(shown, _unit(page.attrs.get("UserUnit")))
    draw(page.resources, page.contents, drawn, drawn.matrix, resources)
    return drawn


def draw(own: Any, streams: Sequence[object], onto: Drawn, matrix: Matrix, resources: Fonts) -> None:
    """Note what streams draw with the resources ``own``."""
    device = _Device(resources, onto)
    Interpreter(resources, device).render_contents(own, streams, ctm=matrix)


def _placed(shown: Shown, unit: float) -> Drawn:
    """An empty page of the size of what is shown, upright and from the origin on."""
    left, bottom, right, top, turn = shown
    width, height = right - left, top - bottom
    longer = max(width, height) * unit
    scale = unit if _SMALLEST <= longer <= _LARGEST or longer <= 0 else unit * _USUAL / longer
    matrix: Matrix = (
        (1, 0, 0, 1, -left, -bottom),
        (0, -1, 1, 0, -bottom, right),
        (-1, 0, 0, -1, right, top),
        (0, 1, -1, 0, top, -left),
    )[turn % 4]
    if turn % 2:
        width, height = height, width
    scaled = mult_matrix(matrix, (scale, 0, 0, scale, 0, 0))
    return Drawn(width * scale, height * scale, scale=scale, matrix=scaled)


def _unit(stated: object) -> float:
    return float(stated) if isinstance(stated, int | float) and 0 < stated < 1e4 else 1.0  # noqa: PLR2004


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, which forgets to take back the place where a form was drawn."""

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - the operator's name
        """Draw a form or a picture."""
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)


class _Device(PDFLayoutAnalyzer):
    """Notes what is drawn; of pdfminer's own analysis nothing is needed."""

    def __init__(self, resources: Fonts, drawn: Drawn) -> None:
        super().__init__(resources)
        self.drawn = drawn
        self._fonts = resources
        self._run = 0
        self._painted = True
        self._certain: dict[int, bool] = {}

    def begin_figure(self, name: str, bbox: Any, matrix: Matrix) -> None:
        """A form: what it draws is noted as it comes."""

    def end_figure(self, _: str) -> None:
        """A form's end."""

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002 - pdfminer's signature
        """Note where a picture is."""
        self.drawn.pictures.append(self._box(*apply_matrix_rect(self.ctm, (0, 0, 1, 1))))

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        height = self.drawn.height
        return left, height - top, right, height - bottom

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """A string: its characters are one run."""
        self._run += 1
        self._painted = textstate.render not in _UNPAINTED
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # noqa: PLR0913, PLR0917 - pdfminer's signature
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,  # noqa: ARG002 - pdfminer's signature
        graphicstate: PDFGraphicState,
    ) -> float:
        """Note a character, and how far it goes."""
        advance = font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = f"{UNKNOWN}{cid})"
        text = text.replace(_SOFT_HYPHEN, "-")  # where one is painted, a person sees a hyphen
        if _RADICALS[0] <= text[:1] <= _RADICALS[1]:
            text = unicodedata.normalize("NFKC", text)
        if text.isdecimal() and not self._fonts.is_believed(font, cid, text):
            text = f"{UNKNOWN}{cid})"
        box: Box = (0, rise, advance, rise + fontsize)
        if font.is_vertical():
            placed = font.char_disp(cid)
            across, down = placed if isinstance(placed, tuple) else (None, 880)
            left = -fontsize * 0.5 if across is None else -across * fontsize * 0.001
            upper = (1000 - down) * fontsize * 0.001 + rise
            box = (left, upper + advance + 0.12 * fontsize, left + fontsize, upper)
        certain, white = self._is_certain(font, text), _is_white(graphicstate.ncolor)
        self.drawn.chars.append(
            Char(
                text, *self._standing(matrix, box, fontsize), self._painted, certain, white, id(font)
            )
        )  # fmt: skip
        if len(self.drawn.chars) > MAX_PAGE_CHARACTERS:
            raise too_large("文件里的文字")
        return advance

    def _standing(
        self, matrix: Matrix, box: Box, fontsize: float
    ) -> tuple[float, float, float, float, int, int]:
        """Left, right, baseline, size, run and turn; ``box`` is from the baseline up, before the matrix."""
        a, b, c, d, e, f = matrix
        height = self.drawn.height
        if b == 0 and c == 0 and a > 0 and d * fontsize > 0 and box[2] >= box[0]:  # as nearly all text stands
            return e + a * box[0], e + a * box[2], height - f - d * box[1], d * fontsize, self._run, 0
        turn = _turn(a, b, c, d, fontsize, box[2] - box[0])
        if turn == 0:
            left, right = sorted((e + a * box[0] + c * box[1], e + a * box[2] + c * box[1]))
            return left, right, height - f - d * box[1], abs(d * fontsize), self._run, turn
        left, lower, right, upper = apply_matrix_rect(matrix, (box[0], box[1], box[2], box[3]))
        size = upper - lower if turn != 1 else right - left
        return min(left, right), max(left, right), height - lower, size, self._run, turn

    def _is_certain(self, font: PDFFont, text: str) -> bool:
        """Whether PDFium has the shape: from the file, or as one of the faces that it always has."""
        known = self._certain.get(id(font))
        if known is None:
            files = ("FontFile", "FontFile2", "FontFile3")
            known = any(name in font.descriptor for name in files) or not font.descriptor
            self._certain[id(font)] = known
        return known or text.isascii()

    def paint_path(
        self,
        gstate: PDFGraphicState,  # noqa: ARG002 - pdfminer's signature
        stroke: bool,  # noqa: FBT001 - pdfminer's signature
        fill: bool,  # noqa: FBT001 - pdfminer's signature
        evenodd: bool,  # noqa: ARG002, FBT001 - pdfminer's signature
        path: Sequence[PathSegment],
    ) -> None:
        """Note the straight lines and the rectangles of a path."""
        for points in self._subpaths(path):
            if (rect := _rectangle(points)) is not None:
                self.drawn.areas.append(Area(*rect, stroked=stroke, filled=fill))
            elif stroke:
                self.drawn.strokes += _straight(points)

    def _subpaths(self, path: Sequence[PathSegment]) -> Iterator[list[tuple[float, float] | None]]:
        """The points of each part of a path from the upper left corner; None where a curve leads on."""
        height = self.drawn.height
        points: list[tuple[float, float] | None] = []
        for operator, *numbers in path:
            if operator == "m" and points:
                yield points
                points = []
            if operator == "h":
                points += points[:1]
                continue
            x, y = apply_matrix_pt(self.ctm, (float(numbers[-2]), float(numbers[-1])))
            points += [(x, height - y)] if operator in ("m", "l") else [None, (x, height - y)]
        if points:
            yield points


def _turn(a: float, b: float, c: float, d: float, fontsize: float, advance: float) -> int:
    """The quarters that a character is turned clockwise; -1 where it stands askew or mirrored."""
    sign = 1 if fontsize >= 0 else -1
    along = 1 if advance >= 0 else -1
    if abs(b) <= _ASKEW * abs(a):
        across, up = a * along, d * sign
        return 0 if across > 0 and up > 0 else 2 if across < 0 and up < 0 else -1
    if abs(a) <= _ASKEW * abs(b):
        down, over = b * along, c * sign
        return 3 if down > 0 and over < 0 else 1 if down < 0 and over > 0 else -1
    return -1


def _is_white(colour: object) -> bool:
    """Whether a colour is white or next to it, as far as its numbers tell."""
    if colour == 0:
        return False  # black, as nearly all text is
    numbers = colour if isinstance(colour, tuple) else (colour,)
    if not all(isinstance(number, int | float) for number in numbers):
        return False
    if len(numbers) == 4:  # noqa: PLR2004 - cyan, magenta, yellow, black
        return bool(max(numbers) < 0.1)  # noqa: PLR2004
    return len(numbers) in (1, 3) and bool(min(numbers) > 0.9)  # noqa: PLR2004


def _rectangle(points: Sequence[tuple[float, float] | None]) -> Box | None:
    """The sides of an upright rectangle, if the points are one's corners."""
    corners = [point for point in points if point is not None]
    if len(corners) != len(points) or len(corners) not in (4, 5):
        return None
    if len(corners) == 5 and not _same(corners[0], corners[4]):  # noqa: PLR2004
        return None
    if len(corners) == 4 and _same(corners[0], corners[3]):  # noqa: PLR2004
        return None
    first, second, third, fourth = corners[:4]
    lying = _level(first, second) and _upright(second, third) and _level(third, fourth)
    standing = _upright(first, second) and _level(second, third) and _upright(third, fourth)
    if not ((lying and _upright(fourth, first)) or (standing and _level(fourth, first))):
        return None
    if len(corners) == 4 and not points[-1]:  # noqa: PLR2004
        return None
    xs, ys = (first[0], third[0]), (first[1], third[1])
    return min(xs), min(ys), max(xs), max(ys)


def _straight(points: Sequence[tuple[float, float] | None]) -> Iterator[Stroke]:
    for one, other in pairwise(points):
        if one is None or other is None or _same(one, other):
            continue
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        if _level(one, other) and right - left > bottom - top:
            middle = (top + bottom) / 2
            yield Stroke(left, middle, right, middle)
        elif _upright(one, other):
            middle = (left + right) / 2
            yield Stroke(middle, top, middle, bottom)


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return _level(one, other) and _upright(one, other)


def _level(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[1] - other[1]) < _STRAIGHT


def _upright(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < _STRAIGHT


def pages_of(content: bytes) -> Iterator[PDFPage]:
    """The pages of a file in their order."""
    import io

    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    yield from PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(content)), password=""))


def boxes(chars: Iterable[Char]) -> Box:
    """The box around characters."""
    held = list(chars)
    return (
        min(char.left for char in held),
        min(char.baseline - char.size for char in held),
        max(char.right for char in held),
        max(char.baseline for char in held),
    )
