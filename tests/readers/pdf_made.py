"""A report's tables as a PDF of a plain program, each cell to be drawn otherwise, and the file changed afterwards."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pypdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from reportdesk.form.layout import HEAD_LABELS, lay_out
from reportdesk.form.spec import CellRef, Table
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.recognise.proposal import Proposal, propose
from tests.readers.laid import figures
from tests.readers.numbered import DISCLOSURE, DISPUTES, FORM, REQUESTS, Cells, numbered

WIDTH, HEIGHT = 595.0, 842.0
LEFT, ROW = 40.0, 22.0
SIZE = 9.0
_LABEL = 6.0
Box = tuple[float, float, float, float]
"""Left, lower, right, upper."""
Draw = Callable[[Canvas, Box], None]

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def made(
    cells: Mapping[CellRef, str | Draw] | None = None,
    *,
    shown: Cells | None = None,
    rules: bool = True,
    pages: tuple[tuple[Table, ...], ...] = ((REQUESTS,), (DISCLOSURE, DISPUTES)),
    above: Callable[[Canvas], None] | None = None,
    below: Callable[[Canvas], None] | None = None,
    size: tuple[float, float] = (WIDTH, HEIGHT),
    without: frozenset[str] = frozenset(),
) -> bytes:
    """The tables, each number another one; ``cells`` are written or drawn otherwise.

    ``below`` draws on each page before the tables, ``above`` after them. The labels ``without`` are not written.
    """
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size)
    texts = figures(FORM, shown or numbered())
    for tables in pages:
        if below:
            below(canvas)
        top = HEIGHT - 60.0
        for table in tables:
            top = _draw(canvas, table, texts, cells or {}, top, without, rules=rules) - 40.0
        if above:
            above(canvas)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _draw(
    canvas: Canvas,
    table: Table,
    texts: Mapping[CellRef, str],
    cells: Mapping[CellRef, str | Draw],
    top: float,
    without: frozenset[str],
    *,
    rules: bool,
) -> float:
    layout = lay_out(table)
    edges = _edges(table, layout.column_count)
    for cell in layout.cells:
        upper = top - cell.row * ROW
        box = (edges[cell.column], upper - cell.row_span * ROW, edges[cell.column + cell.column_span], upper)
        if rules:
            canvas.rect(box[0], box[1], box[2] - box[0], box[3] - box[1])
        if cell.ref is None and cell.text in without:
            continue
        if cell.ref is None:
            write_label(canvas, box, cell.text, centred=cell.anatomy in HEAD_LABELS)
            continue
        drawn = cells.get(cell.ref, texts[cell.ref])
        if callable(drawn):
            canvas.saveState()
            drawn(canvas, box)
            canvas.restoreState()
        else:
            write(canvas, box, drawn)
    return top - layout.row_count * ROW


def _edges(table: Table, columns: int) -> list[float]:
    widths = [60.0, 70.0, 105.0, *[40.0] * 7] if table is REQUESTS else [515.0 / columns] * columns
    edges = [LEFT]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def write(canvas: Canvas, box: Box, text: str) -> None:
    """A number in the middle of its cell."""
    canvas.setFont("Helvetica", SIZE)
    canvas.drawCentredString((box[0] + box[2]) / 2, (box[1] + box[3]) / 2 - 3, text)


def write_label(canvas: Canvas, box: Box, text: str, *, centred: bool = False) -> None:
    """A label, broken where it is too long."""
    canvas.setFont("STSong-Light", _LABEL)
    most = int((box[2] - box[0] - 4) // _LABEL)
    lines = [text[at : at + most] for at in range(0, len(text), most)]
    middle = (box[1] + box[3]) / 2 + len(lines) * _LABEL / 2
    for number, line in enumerate(lines):
        y = middle - (number + 0.85) * _LABEL
        if centred:
            canvas.drawCentredString((box[0] + box[2]) / 2, y, line)
        else:
            canvas.drawString(box[0] + 2, y, line)


def changed(content: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    """The file with what pypdf changes in it."""
    writer = pypdf.PdfWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def proposed(content: bytes) -> Proposal:
    """What is read of it."""
    return propose(read_pdf(content), FORM)
