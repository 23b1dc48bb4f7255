"""Whole reports by kind of mistake and of look-alike: what must be found, and what must be left alone."""

import datetime as dt
import json
from pathlib import Path

import pytest

from reportdesk.checks.engine import Finding, Severity, check_report, open_findings
from reportdesk.form.load import load_form
from reportdesk.store.file import read_report

FOLDER = Path(__file__).parents[1] / "data" / "checks"
CASES = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines()]


def accusations(file: str) -> list[Finding]:
    """The open errors and warnings of a report on the 20th of January after its year."""
    report = read_report(FOLDER / file).report
    assert report.year is not None
    found = check_report(load_form(report.edition), report, dt.date(report.year + 1, 1, 20))
    return [one for one in open_findings(found) if one.severity is not Severity.HINT]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['want']}")
def test_a_whole_report_is_judged_as_a_reviewer_judges_it(case: dict[str, str]) -> None:
    found = [one.message for one in accusations(case["file"])]
    assert bool(found) is (case["want"] == "find"), found or case["says"]
