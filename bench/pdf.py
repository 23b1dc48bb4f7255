"""The PDF export against a Typst process that typesets the same text and tables in the same faces."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figure import Figure, alternate, seconds
from bench.typst_source import typst_source
from reportdesk.exports.blocks import report_blocks
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.form.load import load_form
from reportdesk.report.document import Report
from reportdesk.resources import resource
from reportdesk.store.file import read_report

_EXAMPLE = Path(__file__).parent.parent / "examples" / "changle-2024.gknb"
_RUNS = 9
_LONGER = 10

_OURS = "import sys; from reportdesk.cli import main; sys.exit(main())"
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"


def figures() -> list[Figure]:
    """Cold as a whole process, again in the running program, and with ten times the prose."""
    report = read_report(_EXAMPLE).report
    form = load_form(report.edition)
    faces = bundled_faces()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.typ")
        source.write_text(typst_source(report_blocks(form, report)), encoding="utf-8")
        typst = [_TYPST, str(source), str(Path(folder, "typst.pdf")), str(resource("fonts"))]
        ours = [_OURS, "export", str(_EXAMPLE), "--to", folder, "--formats", "pdf", "--bundled-fonts"]
        cold = alternate(lambda: _process(ours), lambda: _process(typst), _RUNS)
        warm = alternate(
            lambda: seconds(lambda: render_pdf(form, report, faces=faces)), lambda: _process(typst), _RUNS
        )
    longer = _lengthened(report)
    growth = alternate(
        lambda: seconds(lambda: render_pdf(form, longer, faces=faces)),
        lambda: seconds(lambda: render_pdf(form, report, faces=faces)),
        _RUNS,
    )
    return [
        Figure("pdf: whole process / Typst process", cold[0] * 1e3, cold[1] * 1e3, 3.5, "ms"),
        Figure("pdf: in the running program / Typst process", warm[0] * 1e3, warm[1] * 1e3, 0.6, "ms"),
        Figure(f"pdf: {_LONGER} times the prose / once", growth[0] * 1e3, growth[1] * 1e3, _LONGER, "ms"),
    ]


def _process(program: list[str]) -> float:
    return seconds(
        lambda: subprocess.run([sys.executable, "-c", *program], check=True, stdout=subprocess.DEVNULL)
    )


def _lengthened(report: Report) -> Report:
    prose = {part: "\n".join([text] * _LONGER) for part, text in report.prose.items()}
    return Report(
        report.edition,
        facts=dict(report.facts),
        headings=dict(report.headings),
        prose=prose,
        cells=dict(report.cells),
    )
