"""Tables of a PDF that no lines rule are read by their columns' alignment where that is certain, else named."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from reportdesk.form.spec import CellRef
from reportdesk.readers.pdf.reader import read_pdf
from tests.readers.numbered import DISPUTES, FORM, REQUESTS, doubts, in_table, numbered
from tests.readers.pdf_made import HEIGHT, LEFT, ROW, SIZE, Box, changed, made, proposed
from tests.readers.shown import paragraphs
from tests.readers.test_pdf_seen import turned
from tests.test_example import example

RIGHT = numbered()
NAMED = "第 1 页有没有框线的表，读不出来，里面的数字没有读入"
Draw = Callable[[Canvas, Box], None]


def set_at(side: str, text: str, canvas: Canvas, box: Box) -> None:
    canvas.setFont("Helvetica", SIZE)
    y = (box[1] + box[3]) / 2 - 3
    if side == "right":
        canvas.drawRightString(box[2] - 8, y, text)
    else:
        canvas.drawString(box[0] + 8, y, text)


def aligned(side: str, *, blank: frozenset[CellRef] = frozenset()) -> dict[CellRef, str | Draw]:
    texts = {ref: "" if ref in blank else str(value) for ref, value in RIGHT.items()}
    return {ref: partial(set_at, side, text) for ref, text in texts.items()}


@pytest.mark.parametrize("degrees", [0, 90])
def test_tables_without_a_line_are_read_whole(degrees: int) -> None:
    proposal = proposed(changed(made(rules=False), turned(degrees)))
    assert proposal.cells == RIGHT
    assert not proposal.disagreements
    assert "框线" not in doubts(proposal)


@pytest.mark.parametrize("side", ["left", "right"])
def test_numbers_that_begin_or_end_at_one_place_are_columns_too(side: str) -> None:
    cells = {ref: draw for ref, draw in aligned(side).items() if ref.table == "requests"}
    proposal = proposed(made(cells, rules=False, pages=((REQUESTS,),)))
    read = {ref: value for ref, value in proposal.cells.items() if ref.table == "requests"}
    assert read in (in_table("requests"), {})
    assert read or NAMED in doubts(proposal)


def test_a_blank_among_the_columns_shifts_nothing() -> None:
    blank = frozenset(
        ref for ref in in_table("requests") if ref.row == "granted" and ref.column != "research"
    )
    cells: dict[CellRef, str | Draw] = dict.fromkeys(blank, "")
    proposal = proposed(made(cells, rules=False))
    assert proposal.cells == {ref: value for ref, value in RIGHT.items() if ref not in blank}
    assert blank <= proposal.blank | proposal.missing


def test_a_table_of_three_lines_is_read() -> None:
    def three(canvas: Canvas) -> None:
        for row in (0, 3, 28):
            canvas.line(LEFT, HEIGHT - 60 - row * ROW, LEFT + 515, HEIGHT - 60 - row * ROW)

    assert proposed(made(rules=False, above=three, pages=((REQUESTS,),))).cells == in_table("requests")


def test_a_table_with_a_frame_and_lines_between_its_columns_only_is_read() -> None:
    def uprights(canvas: Canvas) -> None:
        canvas.rect(LEFT, HEIGHT - 60 - 28 * ROW, 515, 28 * ROW)
        for x in (235, *(235 + 40 * number for number in range(1, 7))):
            canvas.line(LEFT + x, HEIGHT - 60, LEFT + x, HEIGHT - 60 - 28 * ROW)

    assert proposed(made(rules=False, above=uprights, pages=((REQUESTS,),))).cells == in_table("requests")


def test_a_number_out_of_line_makes_its_table_uncertain_and_named() -> None:
    ref = CellRef("requests", "granted", "enterprise")

    def shifted(canvas: Canvas, box: Box) -> None:
        canvas.setFont("Helvetica", SIZE)
        canvas.drawString(box[2] - 4, box[1] + 8, "124")

    proposal = proposed(made({ref: shifted}, rules=False, pages=((REQUESTS,),)))
    assert proposal.cells == {}
    assert NAMED in doubts(proposal)


@pytest.mark.parametrize("label", ["自然人", "社会公益组织", "其他"])
def test_numbers_without_a_label_above_go_nowhere_else(label: str) -> None:
    proposal = proposed(made(rules=False, without=frozenset({label}), pages=((REQUESTS,),)))
    right = in_table("requests")
    assert all(right[ref] == value for ref, value in proposal.cells.items())
    assert NAMED in doubts(proposal) or "有数字没有读入" in doubts(proposal)


@pytest.mark.parametrize(
    "label", ["（一）予以公开", "2.重复申请", "四、结转下年度继续办理", "1.属于国家秘密"]
)
def test_numbers_without_a_label_beside_are_named(label: str) -> None:
    proposal = proposed(made(rules=False, without=frozenset({label}), pages=((REQUESTS,),)))
    assert proposal.cells == {}
    assert NAMED in doubts(proposal)


def test_one_row_under_its_labels_is_a_table() -> None:
    assert proposed(made(rules=False, pages=((DISPUTES,),))).cells == in_table("disputes")


def test_lines_of_text_with_numbers_are_no_table() -> None:
    def text(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for number, line in enumerate((
            "In 2024 the office received 31 requests and answered 30", "of them in 15 days, of which 12",
            "were granted, 14 denied and 4 closed otherwise, which is 3", "more than in 2023, 2022 and 2021: 27",
        )):  # fmt: skip
            canvas.drawString(90, 700 - 20 * number, line)

    content = made(rules=False, above=text, pages=((),))
    assert "answered 30" in "".join(paragraphs(read_pdf(content)))
    assert "框线" not in doubts(proposed(content))


def test_no_number_goes_into_another_cell_whatever_is_left_out() -> None:
    """Whole rows of numbers, or of labels, are wiped out; what is read is right all the same."""
    right = in_table("requests")
    for row in range(3, 28, 4):
        for left, width in ((LEFT, 235), (LEFT + 235, 280), (LEFT + 235, 40)):

            def white(canvas: Canvas, at: int = row, x: float = left, wide: float = width) -> None:
                canvas.setFillGray(1)
                canvas.rect(x, HEIGHT - 60 - (at + 1) * ROW, wide, ROW, stroke=0, fill=1)

            proposal = proposed(made(rules=False, above=white, pages=((REQUESTS,),)))
            assert all(right[ref] == value for ref, value in proposal.cells.items()), (row, left, width)
            assert FORM is proposal.form


def test_a_report_that_a_real_program_wrote_without_a_border_is_read_whole() -> None:
    content = (Path(__file__).parents[1] / "data" / "office" / "no-borders.pdf").read_bytes()
    proposal = proposed(content)
    assert proposal.cells == RIGHT
    assert "框线" not in doubts(proposal)
    assert len(proposal.prose) == len(example().prose)
