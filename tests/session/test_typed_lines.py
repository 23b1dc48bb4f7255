"""A heading or a name typed letter by letter is one step of undo."""

import datetime as dt

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import Fact, new_report
from reportdesk.report.edits import set_fact, set_heading
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
