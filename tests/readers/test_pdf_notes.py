"""Form fields of a PDF are read as what they show; notes, stamps and marks are read or named by page."""

from __future__ import annotations

import pypdf
import pytest
from pypdf.annotations import FreeText, Highlight, Text
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from reportdesk.form.spec import CellRef
from reportdesk.readers.pdf.reader import read_pdf
from tests.readers.numbered import doubts, numbered
from tests.readers.pdf_made import Box, changed, made, proposed, write
from tests.readers.shown import paragraphs
from tests.readers.test_pdf_seen import ENTERPRISE, PERSON, of, turned

RIGHT = numbered()


def place_of(ref: CellRef, text: str = "") -> tuple[bytes, Box]:
    """A report whose cell holds that text and nothing else, and where the cell is."""
    found: list[Box] = []

    def note(canvas: Canvas, box: Box) -> None:
        found.append(box)
        if text:
            write(canvas, box, text)

    return made({ref: note}), found[0]


def with_field(content: bytes, box: Box, value: str, *, looks: str | None, flags: int = 0) -> bytes:
    """The file with a form field; ``looks`` is what its own picture writes, if it has one."""

    def change(writer: pypdf.PdfWriter) -> None:
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject("number"),
                NameObject("/V"): TextStringObject(value),
                NameObject("/F"): NumberObject(flags),
                NameObject("/Rect"): RectangleObject(box),
            }
        )
        if looks is not None:
            field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): picture(writer, box, looks)})
        added = writer._add_object(field)
        page = writer.pages[0]
        page[NameObject("/Annots")] = ArrayObject([added])
        form = DictionaryObject({NameObject("/Fields"): ArrayObject([added])})
        if looks is None:
            form[NameObject("/NeedAppearances")] = BooleanObject(value=True)
        writer.root_object[NameObject("/AcroForm")] = form

    return changed(content, change)


def picture(writer: pypdf.PdfWriter, box: Box, text: str) -> pypdf.generic.IndirectObject:
    """An appearance that writes the text."""
    stream = StreamObject()
    stream.set_data(f"q BT /Helv 9 Tf 8 8 Td ({text}) Tj ET Q".encode())
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, box[2] - box[0], box[3] - box[1]))),
            NameObject("/Resources"): DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/Helv"): font})}
            ),
        }
    )
    return writer._add_object(stream)


@pytest.mark.parametrize("looks", ["104", None])
@pytest.mark.parametrize("degrees", [0, 90, 270])
def test_a_form_field_is_read_as_what_it_shows(looks: str | None, degrees: int) -> None:
    content, box = place_of(ENTERPRISE)
    proposal = proposed(changed(with_field(content, box, "104", looks=looks), turned(degrees)))
    assert proposal.cells == {**RIGHT, ENTERPRISE: 104}
    assert doubts(proposal) == ""


def test_a_field_shows_its_picture_and_not_its_value() -> None:
    content, box = place_of(ENTERPRISE)
    assert proposed(with_field(content, box, "999", looks="104")).cells[ENTERPRISE] == 104


@pytest.mark.parametrize("flags", [2, 32])
def test_a_hidden_field_is_not_read(flags: int) -> None:
    content, box = place_of(ENTERPRISE)
    assert ENTERPRISE not in proposed(with_field(content, box, "104", looks="104", flags=flags)).cells


def with_note(content: bytes, annotation: DictionaryObject) -> bytes:
    return changed(content, lambda writer: writer.add_annotation(0, annotation))


def test_a_number_that_a_note_writes_into_an_empty_cell_is_read_and_named() -> None:
    content, box = place_of(ENTERPRISE)
    proposal = proposed(with_note(content, FreeText(text="104", rect=box)))
    assert proposal.cells.get(ENTERPRISE) in {104, None}
    assert "批注或者图章" in of(proposal, ENTERPRISE)
    assert "第 1 页有批注或者图章，没有当作正文读入：“104”。" in doubts(proposal)


def test_a_note_over_a_number_changes_none_and_is_named() -> None:
    content, box = place_of(ENTERPRISE, "104")
    beside = (box[2] - 10, box[1], box[2], box[3])
    proposal = proposed(with_note(content, FreeText(text="7", rect=beside)))
    assert proposal.cells == {**RIGHT, ENTERPRISE: 104}
    assert "批注或者图章" in of(proposal, ENTERPRISE)


def test_a_note_beside_the_tables_is_named_by_its_page_and_is_no_prose() -> None:
    content, _ = place_of(ENTERPRISE, "104")
    noted = with_note(content, FreeText(text="please check 88", rect=(60, 60, 260, 90)))
    assert "“please check 88”" in doubts(proposed(noted))
    assert "88" not in "".join(paragraphs(read_pdf(noted)))


def test_the_words_behind_an_icon_or_a_mark_are_named() -> None:
    content, box = place_of(ENTERPRISE, "104")
    quad = ArrayObject(map(FloatObject, (box[0], box[3], box[2], box[3], box[0], box[1], box[2], box[1])))
    mark = Highlight(rect=box, quad_points=quad)
    mark[NameObject("/Contents")] = TextStringObject("should be 105")
    proposal = proposed(with_note(content, mark))
    assert proposal.cells[ENTERPRISE] == 104
    assert "“should be 105”" in doubts(proposal)
    assert "“look here”" in doubts(
        proposed(with_note(content, Text(text="look here", rect=(60, 60, 80, 80))))
    )


def test_a_number_marked_as_struck_out_is_not_read() -> None:
    content, box = place_of(ENTERPRISE, "104")
    quad = ArrayObject(map(FloatObject, (box[0], box[3], box[2], box[3], box[0], box[1], box[2], box[1])))
    mark = Highlight(rect=box, quad_points=quad)
    mark[NameObject("/Subtype")] = NameObject("/StrikeOut")
    proposal = proposed(with_note(content, mark))
    assert ENTERPRISE not in proposal.cells
    assert "原来的“104”是划掉的，没有读入" in of(proposal, ENTERPRISE)


def test_a_shape_that_a_person_drew_over_a_cell_is_named() -> None:
    content, box = place_of(ENTERPRISE)

    def drawn(writer: pypdf.PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(b"2 w 5 5 m 30 15 l 10 15 l 30 5 l S")
        stream.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 40, 22))),
            }
        )
        ink = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Ink"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): RectangleObject(box),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(stream)}),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(ink)])

    proposal = proposed(changed(content, drawn))
    assert ENTERPRISE not in proposal.cells
    assert "图片、图形" in of(proposal, ENTERPRISE)
    assert of(proposal, PERSON) == ""


def test_an_opaque_note_covers_what_is_below_it() -> None:
    content, box = place_of(ENTERPRISE, "104")

    def cover(writer: pypdf.PdfWriter) -> None:
        stream = StreamObject()
        stream.set_data(b"1 g 1 1 38 20 re f")
        stream.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 40, 22))),
            }
        )
        note = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Square"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): RectangleObject(box),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(stream)}),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    proposal = proposed(changed(content, cover))
    assert ENTERPRISE not in proposal.cells
    assert "看不见的，没有读入" in of(proposal, ENTERPRISE)
