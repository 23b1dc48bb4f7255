"""Each rule made to raise, before or after it said something, over whole and half reports, and while one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from unittest import mock

from reportdesk.checks import engine
from reportdesk.checks.engine import NOT_RUN, CheckContext, Finding, Found, registered
from reportdesk.checks.outcome import NOTHING_FOUND, Checked
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report
from reportdesk.report.edits import set_cells
from reportdesk.session.session import Announcement, CheckState, Session
from reportdesk.session.verdict import verdict, verdict_of
from reportdesk.store.file import read_report
from tests.faults.outcome import SURVIVED, Outcome, lost

_ROOT = Path(__file__).parents[2]
_TODAY = dt.date(2025, 1, 9)
_RAISED = (ValueError, KeyError, IndexError, TypeError, RecursionError, MemoryError, ZeroDivisionError)
_CELL = CellRef("requests", "new", "person")


def attempt(number: int, random: Random) -> Outcome:
    """One rule raises; it must be named, all others must say what they say, and no number may go unheard."""
    codes = [code for code in registered() if code != NOT_RUN]
    code = codes[number % len(codes)]
    form, report = load_form("2021"), _report(random)
    before = engine.check_report(form, report, _TODAY)
    rule = registered()[code]
    broken = replace(rule, rule=_raising(rule.rule, random.choice(_RAISED), random.randrange(3)))
    with mock.patch.dict(engine._REGISTER, {code: broken}):
        after = engine.check_report(form, report, _TODAY)
        return _look(code, before, after) or _type(Session(form, report, _TODAY), code) or SURVIVED


def _report(random: Random) -> Report:
    """The example with some of its cells and parts gone; sometimes all of them."""
    report = read_report(_ROOT / "examples" / "changle-2024.gknb").report
    share = random.choice((0.0, 0.1, 0.5, 1.0))
    report.cells = {ref: value for ref, value in report.cells.items() if random.random() >= share}
    report.prose = {part: text for part, text in report.prose.items() if random.random() >= share}
    return report


def _raising(rule: engine.Rule, kind: type[Exception], after: int) -> engine.Rule:
    def raises(subject: CheckContext) -> Iterator[Found]:
        for count, found in enumerate(rule(subject)):
            if count == after:
                break
            yield found
        raise kind

    return raises


def _look(code: str, before: list[Finding], after: list[Finding]) -> Outcome | None:
    faults = [one for one in after if one.code == NOT_RUN]
    if len(faults) != 1 or code not in faults[0].message:
        return lost(f"{code} raised and nobody says so")
    if [one for one in after if one.code not in (code, NOT_RUN)] != [
        one for one in before if one.code != code
    ]:
        return lost(f"{code} raised and others say something else")
    if verdict_of(Checked(after), load_form("2021")) in ("", NOTHING_FOUND):
        return lost(f"{code} raised and all is said to be well")
    return None


def _type(session: Session, code: str) -> Outcome | None:
    """Type a number while the rule raises."""
    told: list[Announcement] = []
    session.subscribe(told.append)
    number = 0 if session.report.cells.get(_CELL) else 7
    session.apply(set_cells(session.report, session.form, {_CELL: number}))
    session.check_prose(while_writing=True)
    if not told or _CELL not in told[0].cells or session.report.cells.get(_CELL) != number:
        return lost(f"{code} raised and a number that was typed is not told")
    if session.check_state is not CheckState.FAILED or NOTHING_FOUND in verdict(session):
        return lost(f"{code} raised and the window says that all is well")
    return None
