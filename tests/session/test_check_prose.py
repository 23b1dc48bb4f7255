"""Findings about prose: run when asked, going along with the words, settled by a 说明."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from reportdesk.checks.engine import Finding, Severity
from reportdesk.form.load import load_form
from reportdesk.report.document import Explanation, new_report
from reportdesk.report.edits import Edit, Slot, TextChange, replace_text, set_entry
from reportdesk.session.finding_positions import follow
from reportdesk.session.session import Announcement, Session

FORM = load_form("2021")
PART = "overview.disclosure"
TEXT = "2024年，常乐镇主动公开信息10条。"


def session_with(text: str) -> Session:
    report = new_report(FORM, 2024, "常乐镇人民政府")
    report.prose[PART] = text
    return Session(FORM, report, dt.date(2025, 1, 9))


def finding_of(session: Session, code: str) -> Finding:
    return next(found for found in session.findings if found.code == code)


def test_rules_on_prose_run_when_asked_and_change_no_report() -> None:
    session = session_with("本镇(具体网址)公开了信息。")
    heard: list[Announcement] = []
    session.subscribe(heard.append)
    assert not [found for found in session.findings if found.code == "TXT-3"]
    session.check_prose()
    assert finding_of(session, "TXT-3").part == PART
    assert session.revision == 0
    assert [told.findings_changed for told in heard] == [True]
    session.check_prose()
    assert len(heard) == 1


def test_a_finding_goes_along_with_its_words() -> None:
    session = session_with("本镇(具体网址)公开了信息。")
    session.check_prose()
    start, end = finding_of(session, "TXT-3").span or (0, 0)
    words = session.report.prose[PART][start:end]
    session.apply(Edit("", (TextChange(PART, 0, "", "二〇二四年，"),)))
    start, end = finding_of(session, "TXT-3").span or (0, 0)
    assert session.report.prose[PART][start:end] == words


def test_replaced_words_take_their_finding_along_at_once() -> None:
    session = session_with("本镇(具体网址)公开了信息。")
    session.check_prose()
    session.apply(replace_text(session.report, FORM, PART, "本镇公开了信息。", ""))
    assert not [found for found in session.findings if found.code == "TXT-3"]


def test_a_written_reason_settles_and_its_undo_opens_again() -> None:
    session = session_with("本镇(具体网址)公开了信息。")
    session.check_prose()
    found = finding_of(session, "TXT-3")
    reason = Explanation("原文如此", found.fingerprint)
    session.apply(set_entry(session.report, Slot.EXPLANATIONS, found.key, reason, "说明"))
    assert found.key not in [other.key for other in session.findings]
    assert [other.settled for other in session.settled] == ["原文如此"]
    session.check_prose()
    assert [other.settled for other in session.settled] == ["原文如此"]
    session.undo()
    assert found.key in [other.key for other in session.findings]
    assert session.settled == []


@given(
    st.text("甲乙丙", min_size=4, max_size=12),
    st.integers(0, 12),
    st.integers(0, 5),
    st.text("丁", max_size=4),
    st.integers(0, 11),
    st.integers(1, 6),
)
def test_places_stay_in_the_text_and_untouched_words_keep_theirs(
    text: str, offset: int, removed: int, inserted: str, start: int, length: int
) -> None:
    offset, start = min(offset, len(text)), min(start, len(text) - 1)
    last, end = min(offset + removed, len(text)), min(start + length, len(text))
    change = TextChange(PART, offset, text[offset:last], inserted)
    after = text[:offset] + inserted + text[last:]
    found = Finding("X", Severity.HINT, "", "overview", part=PART, span=(start, end))
    moved = follow([found], Edit("", (change,)))
    untouched = end <= offset or last <= start
    assert moved or not untouched
    for one in moved:
        assert one.span is not None
        begins, ends = one.span
        assert 0 <= begins < ends <= len(after)
        if untouched:
            assert after[begins:ends] == text[start:end]
