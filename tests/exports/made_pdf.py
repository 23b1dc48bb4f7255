"""Reports made up for the PDF's tests, and their PDFs."""

from __future__ import annotations

from reportdesk.exports.pdf.writer import PdfResult, render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.exports.typesetting.typeset import OnMissing
from reportdesk.form.load import load_form
from reportdesk.form.spec import Form
from reportdesk.report.document import Fact, Report, new_report
from tests.test_example import example

FORM = load_form("2021")
_FACES = bundled_faces()
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
"""The type area's edges in millimetres."""
CLOSE = 0.3
"""Millimetres that may differ."""


def render(report: Report, form: Form = FORM, on_missing: OnMissing = OnMissing.STOP) -> PdfResult:
    """The report's PDF in the bundled faces."""
    return render_pdf(form, report, faces=_FACES, on_missing=on_missing)


def filled(form: Form, prose: str = "", figure: int = 7) -> Report:
    """A report with that number in every cell and that prose in every part."""
    report = new_report(form, 2024, "示例市示例区示例镇人民政府", "示例镇")
    for ref in form.kind_of:
        if ref not in form.totals:
            report.cells[ref] = figure
    if prose:
        report.prose |= dict.fromkeys(form.parts, prose)
    return report


def kinds_of_report() -> dict[str, Report]:
    """The example, large numbers, a long name, long prose, and one that is hardly begun."""
    long_name, long_prose = example(), example()
    name = "示例省示例市示例区示例镇人民政府综合便民服务中心（退役军人服务站、党群服务中心）"
    long_name.facts |= {Fact.TITLE_NAME: name, Fact.FULL_NAME: name, Fact.CLOSING_UNIT: name}
    for part, prose in example().prose.items():
        long_prose.prose[part] = "\n".join([prose] * 6)
    return {
        "example": example(),
        "large numbers": filled(FORM, "这里是文字。", 123_456_789),
        "long name": long_name,
        "long prose": long_prose,
        "nearly empty": Report(FORM.edition),
    }
