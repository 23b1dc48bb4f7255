"""A heading or a name typed letter by letter is one step of undo."""

import datetime as dt

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import Fact, new_report
from reportdesk.report.edits import TextChange, change_fact, set_fact, set_heading
from reportdesk.session.session import Session

PART = "overview.disclosure"


@pytest.fixture
def session() -> Session:
    form = load_form("2021")
    return Session(form, new_report(form, 2024, "常乐镇人民政府"), dt.date(2025, 1, 9))


def type_heading(session: Session, text: str, now: float) -> None:
    session.type_entry(set_heading(session.report, session.form, PART, text), now)


def test_letters_typed_without_a_pause_are_one_step(session: Session) -> None:
    for second, text in enumerate(("（一）政", "（一）政府", "（一）政府信息")):
        type_heading(session, text, 0.3 * second)
    session.undo()
    assert PART not in session.report.headings
    session.redo()
    assert session.report.headings[PART] == "（一）政府信息"


def test_a_pause_begins_a_new_step(session: Session) -> None:
    type_heading(session, "（一）政府", 0.0)
    type_heading(session, "（一）政府信息", 5.0)
    session.undo()
    assert session.report.headings[PART] == "（一）政府"


def test_two_lines_are_two_steps(session: Session) -> None:
    session.type_entry(set_fact(session.report, Fact.TITLE_NAME, "常乐镇"), 0.0)
    session.type_entry(set_fact(session.report, Fact.CLOSING_UNIT, "常乐镇人民政府"), 0.1)
    session.undo()
    assert session.report.facts.get(Fact.TITLE_NAME) == "常乐镇"
    assert Fact.CLOSING_UNIT not in session.report.facts


def test_typing_nothing_new_is_no_step(session: Session) -> None:
    session.type_entry(set_fact(session.report, Fact.FULL_NAME, "常乐镇人民政府"), 0.0)
    assert session.undo() is None


def type_fact(session: Session, fact: Fact, text: str, now: float = 0.0) -> None:
    session.type_entry(change_fact(session.report, session.form, fact, text), now)


def test_the_draft_of_the_opening_follows_year_and_unit_until_it_is_touched(session: Session) -> None:
    opening = session.form.opening.id
    first = session.report.prose[opening]
    for second, text in enumerate(("常", "常乐", "常乐镇")):
        type_fact(session, Fact.TITLE_NAME, text, 0.2 * second)
    assert "《常乐镇2024年政府" in session.report.prose[opening]
    session.undo()
    assert (session.report.prose[opening], Fact.TITLE_NAME in session.report.facts) == (first, False)
    session.redo()
    assert "《常乐镇2024年政府" in session.report.prose[opening]
    session.type_text(TextChange(opening, 0, "", "现"), 9.0)
    type_fact(session, Fact.YEAR, "2025", 20.0)
    assert session.report.prose[opening].startswith("现根据")
    assert "常乐镇2024年" in session.report.prose[opening]
    assert session.report.year == 2025
