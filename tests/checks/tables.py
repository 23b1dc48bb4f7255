"""Reports written as small Markdown tables, so that a test reads like the rule it tests."""

import datetime as dt

from reportdesk.checks.engine import Finding, check_report
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report
from reportdesk.report.text.figures import parse_figure

FORM = load_form("2021")
TODAY = dt.date(2025, 1, 9)


def filled(markdown: str, *, rest: int | None = 0, form: Form = FORM) -> Report:
    """The report whose cells the table names.

    The first head cell names the form's table, the others its columns; each line begins with a
    row. A total's cell holds what an imported file states. Cells of the table that are not named
    hold ``rest``, None for blank; a cell with – is blank.
    """
    lines = [line.strip().strip("|").split("|") for line in markdown.strip().splitlines()]
    head, _, *body = [[cell.strip() for cell in line] for line in lines]
    report = Report(form.edition)
    table = form.tables[head[0]]
    if rest is not None:
        report.cells.update({ref: rest for ref in table.refs() if ref not in form.totals})
    for row, *texts in body:
        for column, text in zip(head[1:], texts, strict=True):
            ref = CellRef(table.id, row, column)
            value = parse_figure(text.replace("–", ""), form.kind_of[ref])
            if value is None:
                report.cells.pop(ref, None)
            elif ref in form.totals:
                report.reported[ref] = value
            else:
                report.cells[ref] = value
    return report


def found(report: Report, code: str, form: Form = FORM) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in check_report(form, report, TODAY) if finding.code == code]


def messages(report: Report, code: str, form: Form = FORM) -> list[str]:
    """What one rule says."""
    return [finding.message for finding in found(report, code, form)]
