"""Each finding about prose marks the words that it is about, so that the window can show them.

Without a place are those about what is not written, and those about a whole part or its heading.
"""

from collections.abc import Iterator

import pytest

from bench.whole_reports import read_whole_cases
from reportdesk.checks.engine import Finding, check_report
from reportdesk.form.load import load_form
from reportdesk.report.document import Report
from tests.checks.rule_cases import read_rule_cases

ABOUT_A_WHOLE_PART = {
    "MET-8": "the heading",
    "MET-9": "the heading",
    "TXT-9": "the length of the section, and headings that it lacks",
    "TXT-18": "all of the section, which says nothing of its own",
    "TXT-11": "the beginning of the part, where a heading or a mark stands once more",
    "YR-5": "all of the part, whose like passages are marked instead",
    "UNIT-4": "all of the part, whose like passages are marked instead",
}


def reports() -> Iterator[tuple[str, Report, list[Finding]]]:
    """Every rule's own cases and a batch of whole reports, with what is found."""
    for name, case in read_rule_cases():
        yield name, case.report, case.findings()
    for whole in read_whole_cases("third"):
        form = load_form(whole.report.edition)
        yield whole.id, whole.report, check_report(form, whole.report, whole.today, whole.report.last_year)


@pytest.fixture(scope="module")
def found() -> list[tuple[str, Report, Finding]]:
    """Every finding about a part of the prose."""
    return [
        (name, report, one)
        for name, report, findings in reports()
        for one in findings
        if one.part and not one.cells
    ]


def test_a_finding_about_words_marks_them(found: list[tuple[str, Report, Finding]]) -> None:
    bare = [
        (name, one.code, one.message)
        for name, _, one in found
        if one.span is None
        and not one.is_omission
        and not one.passages
        and one.code not in ABOUT_A_WHOLE_PART
    ]
    assert not bare


def test_what_is_marked_is_words_of_the_part(found: list[tuple[str, Report, Finding]]) -> None:
    outside = [
        (name, one.code, one.span)
        for name, report, one in found
        if one.span is not None and not report.prose.get(one.part, "")[slice(*one.span)].strip()
    ]
    assert not outside


def test_most_rules_on_prose_are_tried_here(found: list[tuple[str, Report, Finding]]) -> None:
    assert len({one.code for _, _, one in found if one.span is not None}) >= 20
