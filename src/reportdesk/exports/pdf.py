"""Writes the report as PDF in the official formatting: pages by ``pdf_pages``, written by reportlab.

The same report and faces give the same bytes. Writing the file to a disk is the caller's.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from reportdesk import __version__
from reportdesk.exports import style
from reportdesk.exports.blocks import clean, report_blocks, title_in_a_line
from reportdesk.exports.fonts import ChosenFace, FaceBook, FaceUsed, find_faces
from reportdesk.exports.linebreak import break_lines
from reportdesk.exports.pdf_archive import Description, make_archivable, pdf_version
from reportdesk.exports.pdf_fonts import EmbeddedFont, document_of, first_font
from reportdesk.exports.pdf_objects import stream
from reportdesk.exports.pdf_pages import Page, Pages, Place, lay_pages
from reportdesk.exports.pdf_tables import Fill, Rule
from reportdesk.exports.sfnt import FontFile
from reportdesk.exports.typeset import ASCENT, GlyphRun, Ink, MissingMark, OnMissing, Typesetter
from reportdesk.exports.xml_text import legal_text
from reportdesk.form.spec import Form
from reportdesk.report.codec import encode
from reportdesk.report.document import Fact, Report
from reportdesk.report.identity import identity_of
from reportdesk.report.public_copy import public_copy

_LANGUAGE = "zh-CN"
rl_config.useA85 = 0  # pages as bytes: a fifth smaller than as letters, and sooner written
_MARK_COLOUR = (0.75, 0.1, 0.1)


@dataclass(frozen=True, slots=True)
class PdfResult:
    """The file's bytes, the faces it was set in, and what stands where on its pages.

    ``missing`` are the characters in whose place a marked box stands.
    """

    content: bytes
    page_count: int
    faces: tuple[FaceUsed, ...]
    places: tuple[Place, ...]
    missing: tuple[str, ...]


def render_pdf(
    form: Form,
    report: Report,
    *,
    faces: FaceBook | None = None,
    on_missing: OnMissing = OnMissing.STOP,
    attach_copy: bool = True,
) -> PdfResult:
    """The report as PDF, set in ``faces``, by default the PC's own before the bundled ones.

    Built to PDF/A-3b with the public part of the data attached as a .gknb file; else to PDF/A-1b.

    Raises:
        MissingCharacterError: no face has some characters, and ``on_missing`` is to stop.
    """
    typesetter = typesetter_for(faces or find_faces(), on_missing)
    laid = lay_pages(report_blocks(form, report), typesetter)
    numbers = [tuple(_page_number(number, typesetter)) for number in range(1, len(laid.pages) + 1)]
    typesetter.stop_for_missing()
    copy = encode(public_copy(report)) if attach_copy else None
    content, painter = write_pages(laid, numbers, _description(form, report), copy)
    return PdfResult(content, len(laid.pages), painter.faces_used(), laid.places, painter.missing())


@functools.lru_cache(maxsize=4)
def typesetter_for(faces: FaceBook, on_missing: OnMissing) -> Typesetter:
    """Kept from one export to the next for the faces it has chosen."""
    return Typesetter(faces, on_missing)


def _page_number(number: int, typesetter: Typesetter) -> Iterator[Ink]:
    """The page number on its baseline at 0: odd ones right, even ones left, one character in."""
    text = typesetter.set_text((style.PAGE_NUMBER.format(number), style.FOLIO), where="页码里，")
    left = style.FOLIO.pitch
    if number % 2:
        left = style.TYPE_WIDTH - style.FOLIO.pitch - text.width
    for line in break_lines(text.text, text.widths, style.TYPE_WIDTH, cell=style.FOLIO.pitch):
        yield from text.ink(line, left)


def _description(form: Form, report: Report) -> Description:
    """What the file says of itself: of the report, nothing of the PC, its user or the time."""
    author = clean(report.facts.get(Fact.FULL_NAME, ""))
    keywords = identity_of(form, report).words
    texts = (title_in_a_line(form, report), author, form.name, f"年报台 {__version__}", keywords)
    return Description(*map(legal_text, texts))


def write_pages(
    laid: Pages, numbers: Sequence[tuple[Ink, ...]], description: Description, copy: bytes | None
) -> tuple[bytes, _Painter]:
    """Pages as a file's bytes, and who painted them: the faces used, the characters marked.

    ``numbers`` is each page's number, from the type area's left edge, its baseline at 0.
    """
    canvas = Canvas(
        io.BytesIO(),
        pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
        pdfVersion=pdf_version(attached=copy is not None),
        invariant=1,
        initialFontName=first_font(),  # type: ignore[arg-type] # the stubs say a number
        lang=_LANGUAGE,
    )
    make_archivable(document_of(canvas), description, copy)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    painter = _Painter(canvas)
    bookmarks = list(laid.bookmarks)
    for number, page in enumerate(laid.pages):
        for bookmark in [bookmark for bookmark in bookmarks if bookmark.page == number]:
            key = f"b{bookmarks.index(bookmark)}"
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=style.PAGE_HEIGHT - bookmark.top, zoom=0)
            canvas.addOutlineEntry(bookmark.text, key, bookmark.level)
        painter.paint(page, numbers[number])
        canvas.showPage()
    for written in document_of(canvas).Pages.pages:
        written.Contents = stream(written.stream.encode("ascii"))
    content: bytes = canvas.getpdfdata()  # type: ignore[no-untyped-call]
    return content, painter


class _Painter:
    """Draws pages' ink on a canvas; keeps the embedded font of each face."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._fonts: dict[ChosenFace, EmbeddedFont] = {}
        self._embedded: dict[FontFile, EmbeddedFont] = {}
        self._missing: dict[str, None] = {}

    def faces_used(self) -> tuple[FaceUsed, ...]:
        """What was set in which face, in the order of its first use."""
        return tuple(dict.fromkeys(face.used for face in self._fonts))

    def missing(self) -> tuple[str, ...]:
        """The characters that were marked because no face has them, in order."""
        return tuple(self._missing)

    def paint(self, page: Page, number: tuple[Ink, ...]) -> None:
        """Draw a page: fills below text below rules."""
        left, upper = style.MARGIN_LEFT, style.PAGE_HEIGHT - style.MARGIN_TOP
        runs: list[tuple[float, float, GlyphRun]] = []
        rules: list[str] = []
        for top, inks in page.ink:
            for ink in inks:
                match ink:
                    case GlyphRun():
                        runs.append((left + ink.x, upper - top - ink.y, ink))
                    case Rule():
                        rules.append(
                            f"{left + ink.x0:.3f} {upper - top - ink.y0:.3f} m "
                            f"{left + ink.x1:.3f} {upper - top - ink.y1:.3f} l"
                        )
                    case Fill():
                        self._fill(left + ink.x, upper - top - ink.y - ink.height, ink)
                    case MissingMark():
                        self._mark(left + ink.x, upper - top - ink.y, ink.size)
                        self._missing[ink.char] = None
        foot = upper - style.TYPE_HEIGHT - style.PAGE_NUMBER_DROP
        foot -= (ASCENT - 0.5) * style.FOLIO.size  # the dash stands at half the height
        runs += [(left + ink.x, foot, ink) for ink in number if isinstance(ink, GlyphRun)]
        self._canvas.addLiteral(self._text(runs))
        if rules:
            self._canvas.addLiteral("\n".join([f"{style.HAIRLINE} w", *rules, "S"]))

    def _fill(self, x: float, y: float, fill: Fill) -> None:
        self._canvas.setFillColorRGB(*(part / 255 for part in bytes.fromhex(style.BANNER_COLOUR)))
        self._canvas.rect(x, y, fill.width, fill.height, stroke=0, fill=1)
        self._canvas.setFillColorRGB(0, 0, 0)

    def _mark(self, x: float, y: float, size: float) -> None:
        self._canvas.setStrokeColorRGB(*_MARK_COLOUR)
        self._canvas.rect(x + 1, y - size + 1, size - 2, size - 2)
        self._canvas.line(x + 1, y - 1, x + size - 1, y - size + 1)
        self._canvas.setStrokeColorRGB(0, 0, 0)

    def _text(self, runs: list[tuple[float, float, GlyphRun]]) -> str:
        """The operators that show the runs, with face and spacing named where they change."""
        operators = ["BT"]
        face, spacing = "", "0"
        for x, y, run in runs:
            font = self._fonts.get(run.face) or self._embed(run.face)
            named = f"/{font.fontName} {run.size:.5g} Tf"
            if named != face:
                operators.append(named)
                face = named
            spaced = f"{run.spacing:.4f}".rstrip("0").rstrip(".")
            if spaced != spacing and len(run.text) > 1:
                operators.append(f"{spaced} Tc")
                spacing = spaced
            operators.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm <{font.encode(run.text)}> Tj")
        operators.append("ET")
        return "\n".join(operators)

    def _embed(self, face: ChosenFace) -> EmbeddedFont:
        """The face's font within the file; one that stands in for several is embedded once."""
        if face.font not in self._embedded:
            number = len(self._embedded) + 1
            self._embedded[face.font] = EmbeddedFont(face.font, document_of(self._canvas), number)
        self._fonts[face] = self._embedded[face.font]
        return self._fonts[face]
