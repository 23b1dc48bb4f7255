"""UNIT-3: two units on one PC with one title."""

from __future__ import annotations

import datetime as dt

import pytest

from reportdesk.form.load import load_form
from reportdesk.report.document import Fact, new_report
from reportdesk.report.edits import Slot, set_entry
from reportdesk.session.session import Session

FORM = load_form("2021")
TITLE = "沙坡头区常乐镇"
TOWNSHIP = "沙坡头区常乐镇人民政府"
CENTRE = "沙坡头区常乐镇便民服务中心"


def session_of(full_name: str, title: str, others: dict[str, set[str]]) -> Session:
    session = Session(FORM, new_report(FORM, 2024, full_name, title), dt.date(2025, 1, 9))
    session.know_titles({known: frozenset(units) for known, units in others.items()})
    return session


def said(session: Session) -> list[str]:
    return [found.message for found in session.findings if found.code == "UNIT-3"]


def test_the_title_of_another_unit_on_this_pc_is_a_finding() -> None:
    session = session_of(CENTRE, TITLE, {TITLE: {TOWNSHIP}})
    (message,) = said(session)
    assert f"标题用名“{TITLE}”" in message
    assert f"“{TOWNSHIP}”" in message


def test_it_goes_when_the_title_is_changed() -> None:
    session = session_of(CENTRE, TITLE, {TITLE: {TOWNSHIP}})
    heard: list[bool] = []
    session.subscribe(lambda told: heard.append(told.findings_changed))
    session.apply(set_entry(session.report, Slot.FACTS, Fact.TITLE_NAME, CENTRE, "改"))
    assert said(session) == []
    assert any(heard)


@pytest.mark.parametrize(
    ("full_name", "title", "others"),
    [
        (TOWNSHIP, TITLE, {TITLE: {TOWNSHIP}}),
        (TOWNSHIP, TITLE, {TITLE: {"常乐镇人民政府"}}),
        ("常乐镇人民政府", TITLE, {TITLE: {TOWNSHIP}}),
        (CENTRE, CENTRE, {TITLE: {TOWNSHIP}}),
        (CENTRE, TITLE, {}),
        ("", TITLE, {TITLE: {TOWNSHIP}}),
    ],
)
def test_one_unit_and_units_with_titles_of_their_own_are_none(
    full_name: str, title: str, others: dict[str, set[str]]
) -> None:
    assert said(session_of(full_name, title, others)) == []
