"""Reading files that come in, against the libraries' own plain reading of the same files.

Ours reads a file into a proposal: guarded, recognised, put into the form's cells and parts. The
peers only give out what stands in the file.
"""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pdfplumber

from bench.figure import Figure, alternate, seconds
from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.exports.word.document import render_word
from reportdesk.form.load import load_form
from reportdesk.readers.excel.reader import read_excel
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.recognise.proposal import propose_best
from reportdesk.readers.word.reader import read_word
from reportdesk.store.file import read_report

_ROOT = Path(__file__).parent.parent
_EXAMPLE = _ROOT / "examples" / "changle-2024.gknb"
_PDF = _ROOT / "tests" / "data" / "huaian-2024.pdf"
_RUNS = 15
_PDF_RUNS = 5


def figures() -> list[Figure]:
    """Our workbook against openpyxl's read_only, a published PDF of six pages against pdfplumber."""
    workbook = render_workbook(load_form("2021"), read_report(_EXAMPLE).report)
    ours, peer = alternate(
        lambda: seconds(lambda: propose_best(read_excel(workbook))),
        lambda: seconds(lambda: _with_openpyxl(workbook)),
        _RUNS,
    )
    document = render_word(load_form("2021"), read_report(_EXAMPLE).report)
    our_docx, peer_docx = alternate(
        lambda: seconds(lambda: propose_best(read_word(document))),
        lambda: seconds(lambda: _with_python_docx(document)),
        _RUNS,
    )
    pdf = _PDF.read_bytes()
    our_pdf, peer_pdf = alternate(
        lambda: seconds(lambda: propose_best(read_pdf(pdf))),
        lambda: seconds(lambda: _with_pdfplumber(pdf)),
        _PDF_RUNS,
    )
    return [
        Figure("read our .xlsx / openpyxl read_only", ours * 1000, peer * 1000, 0.5, "ms"),
        Figure("read our .docx / python-docx the same", our_docx * 1000, peer_docx * 1000, 0.7, "ms"),
        Figure(
            "read a PDF of six pages / pdfplumber text and tables", our_pdf * 1000, peer_pdf * 1000, 1.1, "ms"
        ),
    ]


def _with_openpyxl(content: bytes) -> list[object]:
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return [row for sheet in workbook.worksheets for row in sheet.iter_rows(values_only=True)]


def _with_python_docx(content: bytes) -> list[object]:
    document = docx.Document(io.BytesIO(content))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [cells, [paragraph.text for paragraph in document.paragraphs]]


def _with_pdfplumber(content: bytes) -> list[object]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [(page.extract_text(), page.extract_tables()) for page in pdf.pages]
