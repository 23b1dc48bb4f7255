"""Cells that are 待核实 are counted everywhere alike, and no 说明 makes their numbers right."""

import datetime as dt
import os
from pathlib import Path

import pytest

from reportdesk.checks.engine import UNVERIFIED, Severity, takes_explanation
from reportdesk.checks.outcome import Checked
from reportdesk.form.load import load_form
from reportdesk.gui.start.report_row import finding_words
from reportdesk.report.document import Explanation, Report
from reportdesk.report.edits import Slot, set_entry
from reportdesk.session.gate import blockers
from reportdesk.session.open_marks import not_yet_settled
from reportdesk.session.session import Session
from reportdesk.session.verdict import counted, verdict
from reportdesk.store.file import read_report, write_report
from reportdesk.store.user_data.library import read_library, refresh, remember, summarize

FORM = load_form("2021")
TODAY = dt.date(2025, 1, 9)
NOW = dt.datetime(2025, 1, 9, 10, 0, tzinfo=dt.UTC)
EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
CELLS = FORM.typed_of(FORM.tables["requests"])[:2]


@pytest.fixture
def report() -> Report:
    """A whole report in which two cells are 待核实."""
    report = read_report(EXAMPLE).report
    report.unverified.update(dict.fromkeys(CELLS, True))
    return report


def test_the_start_page_counts_what_the_other_pages_count(report: Report, tmp_path: Path) -> None:
    session = Session(FORM, report, TODAY)
    session.check_prose()
    warnings = sum(found.severity is Severity.WARNING for found in session.all_findings)
    summary = summarize(FORM, report, Checked(session.all_findings))
    assert f"{warnings} 处提醒" in finding_words(summary.findings, summary.unverified)
    assert "2 格待核实" in finding_words(summary.findings, summary.unverified)
    assert not_yet_settled(session.all_findings, report) == f"{warnings} 处提醒（含 2 格待核实）"
    assert f"提醒 {warnings} 处" in counted(session.all_findings)
    assert blockers(session).says == "2 格待核实"
    # From the list's own file, and of a file that changed since.
    listed, path = tmp_path / "library.json", tmp_path / "report.gknb"
    write_report(path, report)
    remember(listed, path, summary, NOW)
    assert read_library(listed, NOW)[0][0].summary.unverified == 2
    os.utime(path, (0, 1))
    (entry,) = refresh(read_library(listed, NOW)[0])
    assert finding_words(entry.summary.findings, entry.summary.unverified) == "还没有审核、2 格待核实"


def test_no_words_settle_a_number_that_is_still_to_be_verified(report: Report) -> None:
    session = Session(FORM, report, TODAY)
    (found,) = [one for one in session.all_findings if one.code == UNVERIFIED]
    assert not takes_explanation(found)
    settled = Explanation("已经核对过了", found.fingerprint)
    session.apply(set_entry(report, Slot.EXPLANATIONS, found.key, settled, "写说明"))
    assert [one.code for one in session.all_findings if one.code == UNVERIFIED] == [UNVERIFIED]
    assert blockers(session)


def test_of_a_report_being_written_it_is_said_how_much_waits(report: Report) -> None:
    for ref in CELLS:
        del report.cells[ref]
    session = Session(FORM, report, TODAY)
    for wanted in list(session.findings):
        settled = Explanation("有原因", wanted.fingerprint)
        session.apply(set_entry(report, Slot.EXPLANATIONS, wanted.key, settled, "写说明"))
    session.take_checked([])
    assert session.findings == []
    assert session.all_findings
    assert counted(session.all_findings) in verdict(session)
    assert "没有发现问题" not in verdict(session)
