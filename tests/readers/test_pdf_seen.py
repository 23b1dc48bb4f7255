"""Of a PDF a number is read as it is seen, or its cell or page is named; nothing is read that nobody sees."""

from __future__ import annotations

import functools
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.form.spec import CellRef
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.recognise.proposal import Proposal, propose_best
from reportdesk.report.document import Fact, Value
from reportdesk.store.file import read_report
from tests.editions import FORMS
from tests.readers.numbered import REQUESTS, doubts, in_table, numbered
from tests.readers.pdf_made import HEIGHT, ROW, SIZE, WIDTH, Box, changed, made, proposed, write
from tests.readers.shown import outline
from tests.test_example import example

PERSON, ENTERPRISE, RESEARCH = (
    CellRef("requests", "new", column) for column in ("person", "enterprise", "research")
)
RIGHT = numbered()
TOLD_HIDDEN = "有看不见的文字"


def of(proposal: Proposal, ref: CellRef) -> str:
    """All that is said of a cell."""
    return "".join(outcome.says for outcome in proposal.outcomes if ref in outcome.cells)


def test_the_plain_page_is_read_whole_and_nothing_is_said() -> None:
    proposal = proposed(made())
    assert proposal.cells == RIGHT
    assert doubts(proposal) == ""


# ------------------------------------------------------------ boxes and turns


def turned(degrees: int) -> Callable[[pypdf.PdfWriter], None]:
    def change(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            page[NameObject("/Rotate")] = FloatObject(degrees)

    return change


@pytest.mark.parametrize("degrees", [90, 180, 270, -90, 450])
def test_a_turned_page_is_read_as_the_plain_one(degrees: int) -> None:
    assert proposed(changed(made(), turned(degrees))).cells == RIGHT


@functools.cache
def our_own() -> bytes:
    return render_pdf(FORMS[0], example(), faces=bundled_faces()).content


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_our_own_turned_by_a_viewer_is_read_as_it_was(degrees: int) -> None:
    seen = read_pdf(changed(our_own(), turned(degrees)))
    plain = read_pdf(our_own())
    assert outline(seen) == outline(plain)
    assert seen.passed_over == plain.passed_over


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_content_that_lies_on_its_side_is_read_as_the_plain_one(quarters: int) -> None:
    def lay(canvas: Canvas) -> None:
        place = {1: (HEIGHT, 0), 2: (WIDTH, HEIGHT), 3: (0, WIDTH)}[quarters]
        canvas.translate(*place)
        canvas.rotate(90 * quarters)

    size = (HEIGHT, WIDTH) if quarters % 2 else (WIDTH, HEIGHT)
    assert proposed(made(below=lay, size=size)).cells == RIGHT


@pytest.mark.parametrize("origin", [(100, 50), (-300, -200), (0.5, 7000)])
def test_a_page_that_begins_elsewhere_is_read_as_the_plain_one(origin: tuple[float, float]) -> None:
    x, y = origin

    def change(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            page.add_transformation((1, 0, 0, 1, x, y))
            page.mediabox = RectangleObject((x, y, x + WIDTH, y + HEIGHT))
            page.cropbox = RectangleObject((x, y, x + WIDTH, y + HEIGHT))

    assert proposed(changed(made(), change)).cells == RIGHT


def test_boxes_whose_corners_are_exchanged_are_boxes() -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            corners = ArrayObject(map(FloatObject, (WIDTH, HEIGHT, 0, 0)))
            page[NameObject("/MediaBox")] = page[NameObject("/CropBox")] = corners

    assert proposed(changed(made(), change)).cells == RIGHT


@pytest.mark.parametrize("degrees", [0, 90])
def test_what_lies_beyond_the_crop_is_not_read(degrees: int) -> None:
    def beside(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for row in range(40):
            canvas.drawString(650, 20 * row, "999 secret 888 777 666 555")

    def change(writer: pypdf.PdfWriter) -> None:
        turned(degrees)(writer)
        for page in writer.pages:
            page.cropbox = RectangleObject((20, 10, WIDTH, HEIGHT))

    content = changed(made(above=beside, size=(1000, HEIGHT)), change)
    assert proposed(content).cells == RIGHT
    assert "secret" not in str(outline(read_pdf(content)))


@pytest.mark.parametrize("unit", [0.2, 10.0])
def test_a_page_in_other_units_is_read_as_the_plain_one(unit: float) -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            page.scale_by(1 / unit)
            page[NameObject("/UserUnit")] = FloatObject(unit)

    assert proposed(changed(made(), change)).cells == RIGHT


def scaled(by: float) -> Callable[[pypdf.PdfWriter], None]:
    def change(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            page.scale_by(by)

    return change


@pytest.mark.parametrize("scale", [0.05, 0.3, 8.0])
def test_a_tiny_or_huge_page_is_read_as_the_plain_one(scale: float) -> None:
    proposal = proposed(changed(made(), scaled(scale)))
    assert proposal.cells == RIGHT


# ------------------------------------------------------------ numbers and their cells


def test_a_number_wider_than_its_cell_is_one_number_and_named() -> None:
    proposal = proposed(made({ENTERPRISE: "12345678901", PERSON: "104", RESEARCH: "105"}))
    assert proposal.cells[ENTERPRISE] == 12345678901
    assert (proposal.cells[PERSON], proposal.cells[RESEARCH]) == (104, 105)
    assert "数字比格子宽" in of(proposal, ENTERPRISE)


def test_a_number_that_runs_into_the_next_cell_from_its_own_is_not_cut() -> None:
    def from_the_left(canvas: Canvas, box: Box) -> None:
        canvas.setFont("Helvetica", SIZE)
        canvas.drawString(box[0] + 3, box[1] + 8, "1234567890")

    proposal = proposed(made({ENTERPRISE: from_the_left, RESEARCH: ""}))
    assert proposal.cells[ENTERPRISE] == 1234567890
    assert RESEARCH not in proposal.cells
    assert "数字比格子宽" in of(proposal, ENTERPRISE)


def in_pieces(*pieces: str) -> Callable[[Canvas, Box], None]:
    def draw(canvas: Canvas, box: Box) -> None:
        canvas.setFont("Helvetica", SIZE)
        x = box[0] + 5
        for piece in pieces:
            canvas.drawString(x, box[1] + 8, piece)
            x += canvas.stringWidth(piece, "Helvetica", SIZE)

    return draw


def test_a_number_drawn_in_pieces_is_one_number() -> None:
    proposal = proposed(made({ENTERPRISE: in_pieces("1", "2", "86"), PERSON: in_pieces("1", "286")}))
    assert (proposal.cells[ENTERPRISE], proposal.cells[PERSON]) == (1286, 1286)


@pytest.mark.parametrize("shift", [(0.3, 0.0), (0.0, 0.4), (1.2, -1.2), (2.0, -2.0)])
def test_a_number_drawn_twice_to_look_bold_or_to_throw_a_shadow_is_one(shift: tuple[float, float]) -> None:
    def twice(canvas: Canvas, box: Box) -> None:
        write(canvas, box, "1122")
        canvas.translate(*shift)
        write(canvas, box, "1122")

    assert proposed(made({ENTERPRISE: twice})).cells[ENTERPRISE] == 1122


def test_two_numbers_on_each_other_are_not_read_and_named() -> None:
    def both(canvas: Canvas, box: Box) -> None:
        write(canvas, box, "104")
        write(canvas, box, "928")

    proposal = proposed(made({ENTERPRISE: both}))
    assert ENTERPRISE not in proposal.cells
    assert "叠在一起" in of(proposal, ENTERPRISE)


def lines(*texts: str) -> Callable[[Canvas, Box], None]:
    def draw(canvas: Canvas, box: Box) -> None:
        canvas.setFont("Helvetica", 8)
        for number, text in enumerate(texts):
            canvas.drawCentredString((box[0] + box[2]) / 2, box[3] - 9 - 9 * number, text)

    return draw


def test_a_number_broken_where_its_cell_ends_is_one_and_two_numbers_below_each_other_are_none() -> None:
    proposal = proposed(made({ENTERPRISE: lines("12345678", "9"), PERSON: lines("12", "3")}))
    assert proposal.cells[ENTERPRISE] == 123456789
    assert PERSON not in proposal.cells
    assert of(proposal, PERSON)


def test_a_raised_mark_is_no_part_of_the_number() -> None:
    def marked(canvas: Canvas, box: Box) -> None:
        text = canvas.beginText(box[0] + 8, box[1] + 8)
        text.setFont("Helvetica", SIZE)
        text.textOut("34")
        text.setFont("Helvetica", 5)
        text.setRise(4)
        text.textOut("1")
        canvas.drawText(text)

    proposal = proposed(made({ENTERPRISE: marked}))
    assert proposal.cells[ENTERPRISE] == 34
    assert "标记" in of(proposal, ENTERPRISE)


# ------------------------------------------------------------ what nobody sees


Mode = Literal[0, 3, 7]


def invisible(mode: Mode) -> Callable[[Canvas, Box], None]:
    def draw(canvas: Canvas, box: Box) -> None:
        write(canvas, box, "104")
        text = canvas.beginText((box[0] + box[2]) / 2 + 8, (box[1] + box[3]) / 2 - 3)
        text.setFont("Helvetica", SIZE)
        text.setTextRenderMode(mode)
        text.textOut("9")
        canvas.drawText(text)

    return draw


def coloured(canvas: Canvas, box: Box) -> None:
    write(canvas, box, "104")
    canvas.setFillGray(1)
    canvas.drawString(box[2] - 12, box[1] + 8, "9")


def nearly_white(canvas: Canvas, box: Box) -> None:
    write(canvas, box, "104")
    canvas.setFillColorRGB(0.98, 0.97, 0.99)
    canvas.drawString(box[2] - 12, box[1] + 8, "9")


def on_its_own_ground(canvas: Canvas, box: Box) -> None:
    canvas.setFillColorRGB(0.3, 0.5, 0.8)
    canvas.rect(box[0] + 1, box[1] + 1, box[2] - box[0] - 2, box[3] - box[1] - 2, stroke=0, fill=1)
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(box[2] - 12, box[1] + 8, "9")
    canvas.setFillGray(0)
    write(canvas, box, "104")


def transparent(canvas: Canvas, box: Box) -> None:
    write(canvas, box, "104")
    canvas.setFillAlpha(0)
    canvas.drawString(box[2] - 12, box[1] + 8, "9")


def tiny(canvas: Canvas, box: Box) -> None:
    write(canvas, box, "104")
    canvas.setFont("Helvetica", 0.6)
    canvas.drawString(box[2] - 8, box[1] + 8, "9")


def clipped(canvas: Canvas, box: Box) -> None:
    write(canvas, box, "104")
    path = canvas.beginPath()
    path.rect(box[0], box[1], 5, 5)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(box[2] - 12, box[1] + 8, "9")


def under_a_box(canvas: Canvas, box: Box) -> None:
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(box[2] - 12, box[1] + 8, "9")
    canvas.setFillGray(1)
    canvas.rect(box[2] - 13, box[1] + 4, 10, 12, stroke=0, fill=1)
    canvas.setFillGray(0)
    write(canvas, box, "104")


def under_a_picture(canvas: Canvas, box: Box) -> None:
    from PIL import Image

    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(box[2] - 12, box[1] + 8, "9")
    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "white")), box[2] - 13, box[1] + 4, 10, 12)
    write(canvas, box, "104")


HIDDEN = (
    invisible(3), invisible(7), coloured, nearly_white, on_its_own_ground, transparent, tiny, clipped, under_a_box,
    under_a_picture,
)  # fmt: skip


@pytest.mark.parametrize("draw", HIDDEN)
def test_a_figure_that_nobody_sees_is_not_read_and_its_page_is_named(
    draw: Callable[[Canvas, Box], None],
) -> None:
    proposal = proposed(made({ENTERPRISE: draw}))
    assert proposal.cells == {**RIGHT, ENTERPRISE: 104}
    assert f"第 1 页{TOLD_HIDDEN}" in doubts(proposal)


def test_a_number_of_which_a_part_is_covered_is_named() -> None:
    def draw(canvas: Canvas, box: Box) -> None:
        write(canvas, box, "1043")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(box[0], box[1], (box[2] - box[0]) / 2, ROW, stroke=0, fill=1)

    proposal = proposed(made({ENTERPRISE: draw}))
    assert "有一部分看不见" in of(proposal, ENTERPRISE)


def test_a_figure_of_a_layer_that_is_off_is_not_read() -> None:
    content = made({ENTERPRISE: lambda canvas, box: write(canvas, box, "104")})

    def change(writer: pypdf.PdfWriter) -> None:
        off = writer._add_object(
            pypdf.generic.DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/OCG"),
                    NameObject("/Name"): pypdf.generic.TextStringObject("old"),
                }
            )
        )
        groups = ArrayObject([off])
        writer.root_object[NameObject("/OCProperties")] = pypdf.generic.DictionaryObject(
            {
                NameObject("/OCGs"): groups,
                NameObject("/D"): pypdf.generic.DictionaryObject({NameObject("/OFF"): groups}),
            }
        )
        page = writer.pages[0]
        resources = page["/Resources"].get_object()
        assert isinstance(resources, pypdf.generic.DictionaryObject)
        resources[NameObject("/Properties")] = pypdf.generic.DictionaryObject({NameObject("/MC0"): off})
        stream = page.get_contents()
        assert stream is not None
        text = stream.get_data().replace(b"(104) Tj", b"(104) Tj /OC /MC0 BDC (9) Tj EMC")
        assert text != stream.get_data()
        stream.set_data(text)
        page[NameObject("/Contents")] = writer._add_object(stream)

    proposal = proposed(changed(content, change))
    assert proposal.cells[ENTERPRISE] == 104
    assert f"第 1 页{TOLD_HIDDEN}" in doubts(proposal)


def test_a_cell_whose_number_is_covered_is_named_and_not_taken_for_blank() -> None:
    def covered(canvas: Canvas, box: Box) -> None:
        write(canvas, box, "104")
        canvas.setFillGray(1)
        canvas.rect(box[0] + 1, box[1] + 1, box[2] - box[0] - 2, box[3] - box[1] - 2, stroke=0, fill=1)

    proposal = proposed(made({ENTERPRISE: covered}))
    assert ENTERPRISE not in proposal.cells
    assert "看不见的，没有读入" in of(proposal, ENTERPRISE)


def test_white_figures_on_a_dark_ground_are_seen() -> None:
    def reversed_out(canvas: Canvas, box: Box) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(box[0] + 1, box[1] + 1, box[2] - box[0] - 2, box[3] - box[1] - 2, stroke=0, fill=1)
        canvas.setFillGray(1)
        write(canvas, box, "104")

    assert proposed(made({ENTERPRISE: reversed_out})).cells[ENTERPRISE] == 104


def test_a_number_that_is_a_picture_or_made_of_lines_is_named() -> None:
    from PIL import Image, ImageDraw

    def picture(canvas: Canvas, box: Box) -> None:
        image = Image.new("RGB", (60, 24), "white")
        ImageDraw.Draw(image).text((10, 4), "104", fill="black")
        canvas.drawImage(ImageReader(image), box[0] + 2, box[1] + 2, 36, 18)

    def outlines(canvas: Canvas, box: Box) -> None:
        path = canvas.beginPath()
        path.moveTo(box[0] + 18, box[1] + 5)
        path.curveTo(box[0] + 30, box[1] + 5, box[0] + 30, box[1] + 17, box[0] + 18, box[1] + 17)
        canvas.drawPath(path, stroke=0, fill=1)

    proposal = proposed(made({ENTERPRISE: picture, PERSON: outlines}))
    for ref in (ENTERPRISE, PERSON):
        assert ref not in proposal.cells
        assert "图片、图形" in of(proposal, ref)


def scan(mode: Mode, *, first: bool) -> bytes:
    """A page's picture over text, or under text of a render mode."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (600, 840), 255)
    ImageDraw.Draw(image).text((100, 100), "31 47 85" * 4, fill=0)

    def text(canvas: Canvas) -> None:
        for row in range(30):
            drawn = canvas.beginText(60, 780 - 20 * row)
            drawn.setFont("Helvetica", 12)
            drawn.setTextRenderMode(mode)
            drawn.textOut("the number of requests is 31 47 85 62")
            canvas.drawText(drawn)

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    if first:
        text(canvas)
    canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)
    if not first:
        text(canvas)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(("mode", "first"), [(3, False), (0, True)])
def test_a_picture_with_a_layer_of_text_is_a_scan(mode: Mode, first: bool) -> None:  # noqa: FBT001 - parameters
    with pytest.raises(UnreadableError, match=r"扫描件.*照着它录入"):
        read_pdf(scan(mode, first=first))


# ------------------------------------------------------------ struck out, across, askew


def struck(canvas: Canvas, box: Box) -> None:
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(box[0] + 5, box[1] + 8, "45")
    width = canvas.stringWidth("45", "Helvetica", SIZE)
    canvas.line(box[0] + 5, box[1] + 11, box[0] + 5 + width, box[1] + 11)
    canvas.drawString(box[0] + 22, box[1] + 8, "51")


def struck_by_a_bar(canvas: Canvas, box: Box) -> None:
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(box[0] + 5, box[1] + 8, "45")
    canvas.rect(box[0] + 4.5, box[1] + 10.8, 11, 0.6, stroke=0, fill=1)
    canvas.drawString(box[0] + 22, box[1] + 8, "51")


@pytest.mark.parametrize("draw", [struck, struck_by_a_bar])
def test_a_number_with_a_line_through_it_is_not_read(draw: Callable[[Canvas, Box], None]) -> None:
    proposal = proposed(made({ENTERPRISE: draw}))
    assert proposal.cells == {**RIGHT, ENTERPRISE: 51}
    assert "第 1 页有划掉的文字" in doubts(proposal)
    assert "划掉的数字" in of(proposal, ENTERPRISE)


def test_a_whole_number_struck_out_is_named_and_not_taken_for_blank() -> None:
    def whole(canvas: Canvas, box: Box) -> None:
        write(canvas, box, "104")
        canvas.line(box[0] + 10, box[1] + 11, box[2] - 10, box[1] + 11)

    proposal = proposed(made({ENTERPRISE: whole}))
    assert ENTERPRISE not in proposal.cells
    assert "原来的“104”是划掉的，没有读入" in of(proposal, ENTERPRISE)


def test_an_underlined_number_is_read() -> None:
    def underlined(canvas: Canvas, box: Box) -> None:
        write(canvas, box, "104")
        canvas.line(box[0] + 12, box[1] + 6.5, box[2] - 12, box[1] + 6.5)

    assert proposed(made({ENTERPRISE: underlined})).cells[ENTERPRISE] == 104


@pytest.mark.parametrize("angle", [0, 45])
def test_a_watermark_over_the_table_changes_no_number(angle: int) -> None:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(0.85)
        canvas.setFont("STSong-Light", 90)
        canvas.translate(120, 420 if not angle else 250)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    assert proposed(made(below=mark)).cells == RIGHT
    assert proposed(made(above=mark)).cells == RIGHT


@pytest.mark.parametrize("angle", [30, 90])
def test_a_number_askew_is_not_read_and_named(angle: int) -> None:
    def askew(canvas: Canvas, box: Box) -> None:
        canvas.translate((box[0] + box[2]) / 2, box[1] + 4)
        canvas.rotate(angle)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(0, 0, "71")

    proposal = proposed(made({ENTERPRISE: askew}))
    assert ENTERPRISE not in proposal.cells
    assert "转了方向" in of(proposal, ENTERPRISE)


def test_forms_within_a_page_are_read_where_they_are_drawn() -> None:
    def drawn(canvas: Canvas, box: Box) -> None:
        name = f"form{box[0]:.0f}"
        canvas.beginForm(name, 0, 0, 40, 22)
        canvas.scale(0.5, 0.5)
        canvas.setFont("Helvetica", 2 * SIZE)
        canvas.drawString(10, 14, "77")
        canvas.endForm()
        canvas.translate(box[0], box[1])
        canvas.doForm(name)

    proposal = proposed(made({ENTERPRISE: drawn, RESEARCH: drawn}))
    assert proposal.cells == {**RIGHT, ENTERPRISE: 77, RESEARCH: 77}


def test_text_in_any_matrix_that_stands_upright_is_read() -> None:
    def twisted(canvas: Canvas, box: Box) -> None:
        canvas.translate(box[0] + 8, box[1] + 8)
        canvas.rotate(180)
        canvas.scale(-3, 3)
        canvas.transform(-1 / 3, 0, 0, -1 / 3, 0, 0)
        canvas.scale(-1, 1)
        canvas.setFont("Helvetica", SIZE)
        canvas.transform(math.cos(0), 0, 0, 1, 0, 0)
        canvas.drawString(0, 0, "104")

    def mirrored(canvas: Canvas, box: Box) -> None:
        canvas.translate(box[2] - 8, box[1] + 8)
        canvas.scale(-1, 1)
        canvas.setFont("Helvetica", SIZE)
        canvas.drawString(0, 0, "104")

    proposal = proposed(made({ENTERPRISE: twisted, PERSON: mirrored}))
    assert PERSON not in proposal.cells
    assert proposal.cells.get(ENTERPRISE) in {104, None}
    assert "转了方向" in of(proposal, PERSON)


def test_a_file_with_an_empty_password_is_read() -> None:
    for algorithm in ("RC4-128", "AES-128", "AES-256"):
        writer = pypdf.PdfWriter(io.BytesIO(made()))
        writer.encrypt("", "owner", algorithm=algorithm)
        out = io.BytesIO()
        writer.write(out)
        assert proposed(out.getvalue()).cells == RIGHT


# ------------------------------------------------------------ files as offices have them

OFFICE = Path(__file__).parents[1] / "data" / "office"


def given(name: str) -> Proposal:
    return propose_best(read_pdf((OFFICE / f"{name}.pdf").read_bytes()))


def base(name: str = "base") -> dict[CellRef, Value]:
    return read_report(OFFICE / f"{name}.gknb").report.cells


@pytest.mark.parametrize("name", ["plain", "turned", "box-elsewhere"])
def test_an_offices_page_is_read_whole_however_it_lies(name: str) -> None:
    proposal = given(name)
    assert proposal.cells == base()
    assert doubts(proposal) == ""


def test_an_offices_invisible_figure_is_not_read() -> None:
    proposal = given("invisible-digit")
    assert proposal.cells == base()
    assert f"第 1 页{TOLD_HIDDEN}" in doubts(proposal)


def test_an_offices_wide_number_is_read_whole_and_named() -> None:
    proposal = given("wide-number")
    assert proposal.cells == {**base(), ENTERPRISE: 123456}
    assert all("数字比格子宽" in of(proposal, ref) for ref in (PERSON, ENTERPRISE, RESEARCH))


def test_an_offices_scan_with_a_layer_of_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"扫描件.*照着它录入"):
        given("picture-over-text")


# ------------------------------------------------------------ more that misleads


def test_a_watermark_behind_prose_changes_no_sentence() -> None:
    def pages_with(*, mark: bool) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
        if mark:
            canvas.setFillGray(0.8)
            canvas.setFont("Helvetica-Bold", 90)
            canvas.drawString(60, 640, "SAMPLE")
            canvas.setFillGray(0)
        canvas.setFont("Helvetica", 12)
        for row in range(20):
            canvas.drawString(
                60, 760 - 18 * row, f"line {row} of a report that goes on and on to the margin's end"
            )
        canvas.save()
        return out.getvalue()

    assert outline(read_pdf(pages_with(mark=True))) == outline(read_pdf(pages_with(mark=False)))


def helvetica(content: bytes, **entries: object) -> bytes:
    """The file whose Helvetica has other entries."""

    def change(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            fonts = page["/Resources"].get_object()["/Font"]  # type: ignore[index]
            for entry in fonts.values():
                font = entry.get_object()
                if font["/BaseFont"] != "/Helvetica":
                    continue
                for key, made_entry in entries.items():
                    font[NameObject(f"/{key}")] = made_entry(writer)  # type: ignore[operator]

    return changed(content, change)


def to_unicode(**said: str) -> Callable[[pypdf.PdfWriter], pypdf.generic.IndirectObject]:
    """A table that says of each code that it is its own character, but for some."""

    def made_table(writer: pypdf.PdfWriter) -> pypdf.generic.IndirectObject:
        table = StreamObject()
        codes = "".join(
            f"<{code:02x}> <{ord(said.get('c' + chr(code), chr(code))):04x}>\n" for code in range(0x20, 0x7F)
        )
        table.set_data(
            f"1 begincodespacerange <00> <ff> endcodespacerange 95 beginbfchar\n{codes}endbfchar".encode()
        )
        return writer._add_object(table)

    return made_table


def test_a_figure_that_a_font_calls_otherwise_than_it_says_is_not_read() -> None:
    names = DictionaryObject(
        {
            NameObject("/Differences"): ArrayObject(
                [
                    NumberObject(ord("0")),
                    *(
                        NameObject(f"/{name}")
                        for name in ("zero", "one", "two", "three", "four", "five", "six")
                    ),
                ]
            )
        }
    )
    content = made({ENTERPRISE: "1041"})
    truth = helvetica(content, Encoding=lambda _: names, ToUnicode=to_unicode())
    assert proposed(truth).cells == {**RIGHT, ENTERPRISE: 1041}
    proposal = proposed(helvetica(content, Encoding=lambda _: names, ToUnicode=to_unicode(c4="9")))
    assert all(RIGHT[ref] == value for ref, value in proposal.cells.items())
    assert ENTERPRISE not in proposal.cells
    assert "认不出来" in doubts(proposal)
    assert of(proposal, ENTERPRISE)


def test_a_figure_with_two_shapes_in_one_font_is_not_read() -> None:
    proposal = proposed(helvetica(made({ENTERPRISE: "1041"}), ToUnicode=to_unicode(c4="9")))
    assert all(RIGHT[ref] == value for ref, value in proposal.cells.items())
    assert ENTERPRISE not in proposal.cells
    assert of(proposal, ENTERPRISE)


def test_the_newer_of_two_reports_in_one_file_is_read() -> None:
    older, newer = example(), example()
    older.facts[Fact.YEAR] = "2023"
    older.cells = dict.fromkeys(older.cells, 7)
    writer = pypdf.PdfWriter()
    for report in (older, newer):
        own = render_pdf(FORMS[0], report, faces=bundled_faces()).content
        for page in pypdf.PdfReader(io.BytesIO(own)).pages:
            writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    assert proposed(out.getvalue()).cells == newer.cells


def test_text_that_runs_down_is_read_as_a_label() -> None:
    def down(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 9)
        for number, char in enumerate("内部件"):
            canvas.drawString(12, 700 - 12 * number, char)

    assert proposed(made(above=down)).cells == RIGHT


def test_a_row_that_a_line_strikes_out_is_not_read_in_silence() -> None:
    def line(canvas: Canvas) -> None:
        y = HEIGHT - 60 - 3 * ROW - ROW / 2
        canvas.line(50, y, 550, y)

    proposal = proposed(made(above=line, pages=((REQUESTS,),)))
    row = {ref for ref in in_table("requests") if ref.row == "new"}
    named = {
        ref for outcome in proposal.outcomes if outcome.standing is Standing.DOUBTFUL for ref in outcome.cells
    }
    assert all(RIGHT[ref] == value for ref, value in proposal.cells.items())
    assert row & proposal.cells.keys() <= named
    assert row <= named or "111、112、113" in doubts(proposal)


def test_a_number_that_is_crossed_out_aslant_is_named() -> None:
    def aslant(canvas: Canvas, box: Box) -> None:
        write(canvas, box, "104")
        canvas.line(box[0] + 8, box[1] + 4, box[2] - 8, box[3] - 4)

    proposal = proposed(made({ENTERPRISE: aslant}))
    assert "线条" in of(proposal, ENTERPRISE)


def test_a_soft_hyphen_that_is_seen_is_a_hyphen() -> None:
    proposal = proposed(made({ENTERPRISE: "12\u00ad86"}))
    assert ENTERPRISE not in proposal.cells
    assert of(proposal, ENTERPRISE)
