"""Reading PDFs against pdfplumber's own extract_text and extract_tables over every page."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber

from bench.figure import Figure, alternate, seconds
from reportdesk.exports.fonts import bundled_faces
from reportdesk.exports.pdf import render_pdf
from reportdesk.form.load import load_form
from reportdesk.readers.pdf import read_pdf
from reportdesk.store.file import read_report

_ROOT = Path(__file__).parent.parent
_RUNS = 9


def figures() -> list[Figure]:
    """Two reports of six pages: the example as we print it, and one that another office published."""
    report = read_report(_ROOT / "examples" / "changle-2024.gknb").report
    ours = render_pdf(load_form(report.edition), report, faces=bundled_faces()).content
    published = (_ROOT / "tests" / "data" / "huaian-2024.pdf").read_bytes()
    return [
        _figure("read: our PDF / pdfplumber's text and tables", ours),
        _figure("read: a published PDF / pdfplumber's text and tables", published),
    ]


def _figure(name: str, content: bytes) -> Figure:
    ours, plain = alternate(
        lambda: seconds(lambda: read_pdf(content)),
        lambda: seconds(lambda: _plain(content)),
        _RUNS,
    )
    return Figure(name, ours * 1e3, plain * 1e3, 1.3, "ms")


def _plain(content: bytes) -> None:
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
