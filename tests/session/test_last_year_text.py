"""沿用: one paragraph of last year's comes into this year's text, once and to be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.report.document import Report, Snapshot, new_report
from reportdesk.report.edits import apply_edit
from reportdesk.session.last_year_text import OldParagraph, old_paragraphs, take_over

FORM = load_form("2021")
PART = "overview.management"


def report_with(now: str, last: str) -> Report:
    report = new_report(FORM, 2024, "某镇")
    report.previous[2023] = Snapshot("2021", {}, {PART: last}, {})
    if now:
        report.prose[PART] = now
    return report


def test_paragraphs_of_last_year_say_whether_they_stand_here() -> None:
    report = report_with("甲。\n丙。", "甲。\n\n2023年乙。")
    assert old_paragraphs(report, PART) == (
        OldParagraph("甲。", taken=True),
        OldParagraph("2023年乙。", taken=False),
    )
    assert old_paragraphs(report, "overview.disclosure") == ()
    assert old_paragraphs(new_report(FORM, 2024, "某镇"), PART) == ()


@pytest.mark.parametrize(
    ("now", "after", "then"),
    [
        ("", None, "2023年乙。"),
        ("甲。", None, "甲。\n2023年乙。"),
        ("甲。\n丙。", 1, "甲。\n2023年乙。\n丙。"),
        ("甲。\n丙。", 2, "甲。\n2023年乙。\n丙。"),
        ("甲。\n丙。", 4, "甲。\n丙。\n2023年乙。"),
        ("甲。\n", None, "甲。\n2023年乙。"),
        ("\n甲。", 0, "2023年乙。\n甲。"),
    ],
)
def test_a_paragraph_comes_in_as_its_own(now: str, after: int | None, then: str) -> None:
    report = report_with(now, "2023年乙。")
    apply_edit(report, take_over(report, FORM, PART, "2023年乙。", after))
    assert report.prose[PART] == then


@given(
    st.text("甲乙\n。", max_size=12), st.text("丙丁", min_size=1, max_size=4), st.none() | st.integers(0, 12)
)
def test_what_was_there_stays_and_undo_brings_it_back(now: str, old: str, after: int | None) -> None:
    report = report_with(now, old)
    edit = take_over(report, FORM, PART, old, after)
    apply_edit(report, edit)
    written = report.prose[PART].split("\n")
    assert old in written
    assert [line for line in written if line and line != old] == [line for line in now.split("\n") if line]
    assert old_paragraphs(report, PART) == (OldParagraph(old, taken=True),)
    apply_edit(report, edit.inverse())
    assert report.prose.get(PART, "") == now
