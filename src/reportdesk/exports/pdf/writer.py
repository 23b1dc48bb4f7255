"""Writes the report as PDF in the official formatting: pages by ``pdf_pages``, written by reportlab.

The same report and faces give the same bytes. Writing the file to a disk is the caller's.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from reportdesk.exports import style
from reportdesk.exports.blocks import clean, report_blocks, title_in_a_line
from reportdesk.exports.pdf.archive import Description, make_archivable
from reportdesk.exports.pdf.fonts import EmbeddedFont, document_of, first_font
from reportdesk.exports.pdf.objects import stream
from reportdesk.exports.pdf.pages import Page, Pages, PageSpan, lay_pages
from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.exports.pdf.tables import Fill, Rule
from reportdesk.exports.pdf.tags import END, Tags
from reportdesk.exports.structure import Artifact, Marked, mark_line
from reportdesk.exports.typesetting.fonts import FaceUsed, FontResolver, ResolvedFont, find_faces
from reportdesk.exports.typesetting.linebreak import break_lines
from reportdesk.exports.typesetting.truetype import FontFile
from reportdesk.exports.typesetting.typeset import ASCENT, GlyphRun, MissingMark, OnMissing, Typesetter
from reportdesk.exports.xml_text import legal_text
from reportdesk.form.spec import Form
from reportdesk.report.document import Fact, Report
from reportdesk.report.file.codec import encode
from reportdesk.report.identity import identity_of
from reportdesk.report.own_files import MADE_BY
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
    places: tuple[PageSpan, ...]
    missing: tuple[str, ...]


def render_pdf(
    form: Form,
    report: Report,
    *,
    faces: FontResolver | None = None,
    on_missing: OnMissing = OnMissing.STOP,
    kind: PdfA = PdfA.TAGGED,
) -> PdfResult:
    """The report as PDF, set in ``faces``, by default the PC's own before the bundled ones.

    The public part of the data is attached as a .gknb file where the kind of PDF/A allows it.

    Raises:
        MissingCharacterError: no face has some characters, and ``on_missing`` is to stop.
    """
    typesetter = typesetter_for(faces or find_faces(), on_missing)
    laid = lay_pages(report_blocks(form, report), typesetter)
    numbers = [tuple(_page_number(number, typesetter)) for number in range(1, len(laid.pages) + 1)]
    typesetter.stop_for_missing()
    copy = encode(public_copy(report)) if kind.may_attach else None
    content, painter = write_pages(laid, numbers, _description(form, report), kind, copy)
    return PdfResult(content, len(laid.pages), painter.faces_used(), laid.places, painter.missing())


@functools.lru_cache(maxsize=4)
def typesetter_for(faces: FontResolver, on_missing: OnMissing) -> Typesetter:
    """Kept from one export to the next for the faces it has chosen."""
    return Typesetter(faces, on_missing)


def _page_number(number: int, typesetter: Typesetter) -> Iterator[Marked]:
    """The page number on its baseline at 0: odd ones right, even ones left, one character in."""
    text = typesetter.set_text((style.PAGE_NUMBER.format(number), style.FOLIO), where="页码里，")
    left = style.FOLIO.pitch
    if number % 2:
        left = style.TYPE_WIDTH - style.FOLIO.pitch - text.width
    for line in break_lines(text.text, text.widths, style.TYPE_WIDTH, cell=style.FOLIO.pitch):
        yield mark_line(text, line, Artifact.PAGINATION, left)


def _description(form: Form, report: Report) -> Description:
    """What the file says of itself: of the report, nothing of the PC, its user or the time."""
    author = clean(report.facts.get(Fact.FULL_NAME, ""))
    keywords = identity_of(form, report).words
    texts = (title_in_a_line(form, report), author, form.name, MADE_BY, keywords)
    return Description(*map(legal_text, texts))


def write_pages(
    laid: Pages,
    numbers: Sequence[tuple[Marked, ...]],
    description: Description,
    kind: PdfA,
    copy: bytes | None = None,
) -> tuple[bytes, _Painter]:
    """Pages as a file's bytes, and who painted them: the faces used, the characters marked.

    ``numbers`` is each page's number, from the type area's left edge, its baseline at 0.
    """
    canvas = Canvas(
        io.BytesIO(),
        pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
        pdfVersion=kind.version,
        invariant=1,
        initialFontName=first_font(),  # type: ignore[arg-type] # the stubs say a number
        lang=_LANGUAGE,
    )
    document = document_of(canvas)
    make_archivable(document, description, kind, copy)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    tags = Tags() if kind.is_tagged else None
    painter = _Painter(canvas, tags)
    bookmarks = list(laid.bookmarks)
    for number, page in enumerate(laid.pages):
        for bookmark in [bookmark for bookmark in bookmarks if bookmark.page == number]:
            key = f"b{bookmarks.index(bookmark)}"
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=style.PAGE_HEIGHT - bookmark.top, zoom=0)
            canvas.addOutlineEntry(bookmark.text, key, bookmark.level)
        painter.paint(page, numbers[number])
        canvas.showPage()
    if tags:
        tags.write(document, laid.document)
    for written in document.Pages.pages:
        written.Contents = stream(written.stream.encode("ascii"))
    content: bytes = canvas.getpdfdata()  # type: ignore[no-untyped-call]
    return content, painter


class _Painter:
    """Draws pages' ink on a canvas, tagged if there are tags; keeps the embedded font of each face."""

    def __init__(self, canvas: Canvas, tags: Tags | None) -> None:
        self._canvas = canvas
        self._tags = tags
        self._fonts: dict[ResolvedFont, EmbeddedFont] = {}
        self._embedded: dict[FontFile, EmbeddedFont] = {}
        self._missing: dict[str, None] = {}

    def faces_used(self) -> tuple[FaceUsed, ...]:
        """What was set in which face, in the order of its first use."""
        return tuple(dict.fromkeys(face.used for face in self._fonts))

    def missing(self) -> tuple[str, ...]:
        """The characters that were marked because no face has them, in order."""
        return tuple(self._missing)

    def paint(self, page: Page, number: tuple[Marked, ...]) -> None:
        """Draw a page: fills and marks below text below rules."""
        left, upper = style.MARGIN_LEFT, style.PAGE_HEIGHT - style.MARGIN_TOP
        texts: list[tuple[float, Marked]] = []
        fills: list[str] = []
        rules: list[str] = []
        for top, inks in page.ink:
            for ink in inks:
                match ink:
                    case Marked():
                        texts.append((upper - top, ink))
                    case Rule():
                        rules.append(
                            f"{left + ink.x0:.3f} {upper - top - ink.y0:.3f} m "
                            f"{left + ink.x1:.3f} {upper - top - ink.y1:.3f} l"
                        )
                    case Fill():
                        fills.append(
                            f"{left + ink.x:.3f} {upper - top - ink.y - ink.height:.3f} "
                            f"{ink.width:.3f} {ink.height:.3f} re f"
                        )
        status_line = upper - style.TYPE_HEIGHT - style.PAGE_NUMBER_DROP
        status_line -= (ASCENT - 0.5) * style.FOLIO.size  # the dash stands at half the height
        texts += [(status_line, marked) for marked in number]
        if self._tags:
            self._tags.turn()
        banner = " ".join(f"{part / 255:.6g}" for part in bytes.fromhex(style.BANNER_COLOUR))
        self._decorate([f"{banner} rg", *fills, "0 0 0 rg"] if fills else [])
        self._decorate(list(self._boxes(texts)))
        self._canvas.addLiteral("\n".join(["BT", *self._text(texts), "ET"]))
        self._decorate([f"{style.HAIRLINE} w", *rules, "S"] if rules else [])

    def _decorate(self, operators: Sequence[str]) -> None:
        """Draw what is no text."""
        if not operators:
            return
        if self._tags:
            operators = [self._tags.begin(Artifact.LAYOUT), *operators, END]
        self._canvas.addLiteral("\n".join(operators))

    def _boxes(self, texts: Sequence[tuple[float, Marked]]) -> Iterator[str]:
        """A crossed box in the place of each character that no face has."""
        colour = " ".join(f"{part:.3g}" for part in _MARK_COLOUR)
        for upper, marked in texts:
            for ink in marked.ink:
                if not isinstance(ink, MissingMark):
                    continue
                self._missing[ink.char] = None
                left, right = style.MARGIN_LEFT + ink.x + 1, style.MARGIN_LEFT + ink.x + ink.size - 1
                top, bottom = upper - ink.y - 1, upper - ink.y - ink.size + 1
                yield f"{colour} RG 1 w {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re S"
                yield f"{left:.3f} {top:.3f} m {right:.3f} {bottom:.3f} l S 0 0 0 RG"

    def _text(self, texts: Sequence[tuple[float, Marked]]) -> Iterator[str]:
        """The operators that show text, what follows of one element as one piece of it."""
        brush = _Brush()
        for (owner, says), pieces in groupby(texts, key=lambda placed: (placed[1].owner, placed[1].text)):
            if self._tags:
                yield self._tags.begin(owner, says)
            for upper, marked in pieces:
                for run in marked.ink:
                    if isinstance(run, GlyphRun):
                        yield from self._run(run, upper, brush)
            if self._tags:
                yield END

    def _run(self, run: GlyphRun, upper: float, brush: _Brush) -> Iterator[str]:
        """The operators that show a run, with face and spacing named where they change."""
        font = self._fonts.get(run.face) or self._embed(run.face)
        named = f"/{font.fontName} {run.size:.5g} Tf"
        if named != brush.face:
            yield named
            brush.face = named
        spaced = f"{run.spacing:.4f}".rstrip("0").rstrip(".")
        if spaced != brush.spacing and len(run.text) > 1:
            yield f"{spaced} Tc"
            brush.spacing = spaced
        x, y = style.MARGIN_LEFT + run.x, upper - run.y
        yield f"1 0 0 1 {x:.3f} {y:.3f} Tm <{font.encode(run.text)}> Tj"

    def _embed(self, face: ResolvedFont) -> EmbeddedFont:
        """The face's font within the file; one that stands in for several is embedded once."""
        if face.font not in self._embedded:
            number = len(self._embedded) + 1
            self._embedded[face.font] = EmbeddedFont(face.font, document_of(self._canvas), number)
        self._fonts[face] = self._embedded[face.font]
        return self._fonts[face]


@dataclass(slots=True)
class _Brush:
    """The face and the spacing that were named last on a page."""

    face: str = ""
    spacing: str = "0"
