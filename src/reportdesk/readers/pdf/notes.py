"""What lies on a PDF page besides its content: form fields, notes, stamps, marks that strike text out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_rect, decode_text, mult_matrix

from reportdesk.readers.pdf.page import Box, Char, Drawn, draw

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage

    from reportdesk.readers.pdf.fonts import Fonts

_HIDDEN = 0b100010
"""The flags of what a viewer does not show (ISO 32000-1, table 165)."""
_MOST = 2_000
_WRITTEN = ("FreeText", "Stamp")
_NO_TEXT = ("Link", "Popup")
_SIZE = 12.0
_TALL = 0.7


@dataclass(slots=True)
class Notes:
    """``filled`` is what form fields show, ``written`` what each note or stamp writes on the page.

    ``struck`` are the boxes of what is marked as struck out, ``comments`` the words behind icons and marks.
    """

    filled: list[Char] = field(default_factory=list)
    written: list[list[Char]] = field(default_factory=list)
    struck: list[Box] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def notes_on(page: PDFPage, drawn: Drawn, resources: Fonts) -> Notes:
    """What lies on the page."""
    notes = Notes()
    found = resolve1(page.annots)
    if not isinstance(found, list) or not found:
        return notes
    reader = _Reader(drawn, resources, _switched_off(page), _is_to_be_made(page))
    for entry in found[:_MOST]:
        annotation = resolve1(entry)
        if isinstance(annotation, dict) and reader.is_shown(annotation):
            reader.read(annotation, notes)
    return notes


@dataclass(slots=True)
class _Reader:
    drawn: Drawn
    resources: Fonts
    off: set[int]
    is_to_be_made: bool
    """Whether the viewer makes what fields look like from their values."""

    def is_shown(self, annotation: dict[str, Any]) -> bool:
        flags = resolve1(annotation.get("F"))
        layer = annotation.get("OC")
        is_off = isinstance(layer, PDFObjRef) and layer.objid in self.off
        return not is_off and not (isinstance(flags, int) and flags & _HIDDEN)

    def read(self, annotation: dict[str, Any], notes: Notes) -> None:
        kind = _name(annotation.get("Subtype"))
        if kind == "Widget":
            notes.filled += self._field(annotation)
            return
        if kind in _WRITTEN:
            chars = self._appearance(annotation) or self._typed(annotation, _text(annotation.get("Contents")))
            if chars:
                notes.written.append(chars)
            return
        if kind == "StrikeOut":
            notes.struck += self._quads(annotation)
        if kind not in _NO_TEXT and (comment := _text(annotation.get("Contents")).strip()):
            notes.comments.append(comment)

    def _field(self, annotation: dict[str, Any]) -> list[Char]:
        kind, value = _name(_inherited(annotation, "FT")), _text(_inherited(annotation, "V"))
        if kind == "Btn":
            return []
        chars = self._appearance(annotation)
        stale = self.is_to_be_made and kind in ("Tx", "Ch")
        if not chars or (stale and "".join(char.text for char in chars).split() != value.split()):
            chars = self._typed(annotation, value)
        return chars

    def _appearance(self, annotation: dict[str, Any]) -> list[Char]:
        """What the annotation's own picture writes."""
        stream, rect = _picture(annotation), _numbers(annotation.get("Rect"))
        if stream is None or len(rect) != 4:  # noqa: PLR2004 - no place
            return []
        box, matrix = _numbers(stream.get("BBox")), _numbers(stream.get("Matrix")) or [1, 0, 0, 1, 0, 0]
        if len(box) != 4 or len(matrix) != 6:  # noqa: PLR2004
            return []
        own: Any = tuple(matrix)
        left, lower, right, upper = apply_matrix_rect(own, (box[0], box[1], box[2], box[3]))
        if right == left or upper == lower:
            return []
        x, y = sorted((rect[0], rect[2])), sorted((rect[1], rect[3]))
        across, up = (x[1] - x[0]) / (right - left), (y[1] - y[0]) / (upper - lower)
        put = (across, 0, 0, up, x[0] - left * across, y[0] - lower * up)
        onto = Drawn(self.drawn.width, self.drawn.height)
        whole = mult_matrix(mult_matrix(own, put), self.drawn.matrix)
        draw(resolve1(stream.get("Resources")) or {}, [stream], onto, whole, self.resources)
        return [char for char in onto.chars if char.painted and char.turn == 0]

    def _typed(self, annotation: dict[str, Any], text: str) -> list[Char]:
        """The text as a viewer would put it into the annotation's place, about."""
        rect = _numbers(annotation.get("Rect"))
        if not text.strip() or len(rect) != 4:  # noqa: PLR2004 - no place
            return []
        left, top, right, bottom = self._box(rect)
        lines = text.splitlines()
        size = min(_SIZE, _TALL * (bottom - top) / len(lines))
        chars = []
        for number, line in enumerate(lines):
            middle = top + (bottom - top) * (number + 0.5) / len(lines)
            x = left
            for char in line:
                width = size / 2 if char.isascii() else size
                chars.append(Char(char, x, x + width, middle + size / 3, size))
                x += width
        room = right - left
        return chars if not chars or chars[-1].right - left <= room else _squeezed(chars, left, room)

    def _box(self, rect: Sequence[float]) -> Box:
        left, lower, right, upper = apply_matrix_rect(self.drawn.matrix, (rect[0], rect[1], rect[2], rect[3]))
        return left, self.drawn.height - upper, right, self.drawn.height - lower

    def _quads(self, annotation: dict[str, Any]) -> Iterator[Box]:
        points = _numbers(annotation.get("QuadPoints"))
        for at in range(0, len(points) - 7, 8):
            xs, ys = points[at : at + 8 : 2], points[at + 1 : at + 8 : 2]
            yield self._box((min(xs), min(ys), max(xs), max(ys)))
        rect = _numbers(annotation.get("Rect"))
        if not points and len(rect) == 4:  # noqa: PLR2004
            yield self._box(rect)


def _squeezed(chars: Sequence[Char], left: float, room: float) -> list[Char]:
    share = room / (max(char.right for char in chars) - left)
    return [
        char._replace(left=left + (char.left - left) * share, right=left + (char.right - left) * share)
        for char in chars
    ]


def _picture(annotation: dict[str, Any]) -> PDFStream | None:
    looks = resolve1(annotation.get("AP"))
    normal = resolve1(looks.get("N")) if isinstance(looks, dict) else None
    if isinstance(normal, dict):
        normal = resolve1(normal.get(_name(annotation.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _inherited(annotation: dict[str, Any], key: str) -> object:
    """A field's entry, which may stand with one of those above it."""
    at: object = annotation
    for _ in range(8):
        if not isinstance(at, dict):
            break
        if (found := resolve1(at.get(key))) is not None:
            return found
        at = resolve1(at.get("Parent"))
    return None


def _name(found: object) -> str:
    found = resolve1(found)
    return found.name if isinstance(found, PSLiteral) and isinstance(found.name, str) else ""


def _text(found: object) -> str:
    found = resolve1(found)
    return decode_text(found) if isinstance(found, bytes) else ""


def _numbers(found: object) -> list[float]:
    entries = resolve1(found)
    numbers = [resolve1(entry) for entry in entries] if isinstance(entries, list) else []
    return [float(number) for number in numbers if isinstance(number, int | float)]


def _switched_off(page: PDFPage) -> set[int]:
    """The layers that are off when the file is opened."""
    layers = resolve1(page.doc.catalog.get("OCProperties"))
    usual = resolve1(layers.get("D")) if isinstance(layers, dict) else None
    if not isinstance(layers, dict) or not isinstance(usual, dict):
        return set()

    def listed(entries: object) -> set[int]:
        entries = resolve1(entries)
        return (
            {one.objid for one in entries if isinstance(one, PDFObjRef)}
            if isinstance(entries, list)
            else set()
        )

    off = listed(usual.get("OFF"))
    if _name(usual.get("BaseState")) == "OFF":
        off |= listed(layers.get("OCGs")) - listed(usual.get("ON"))
    return off


def _is_to_be_made(page: PDFPage) -> bool:
    form = resolve1(page.doc.catalog.get("AcroForm"))
    return isinstance(form, dict) and resolve1(form.get("NeedAppearances")) is True
