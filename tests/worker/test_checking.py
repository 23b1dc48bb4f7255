"""What the rules find in the second process is what they find here."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.checks.engine import Finding, Passage, Severity, Trigger, check_context_of, run_checks
from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Fact, Snapshot, new_report
from reportdesk.report.file.codec import encode
from reportdesk.worker.checking import ask_to_check, findings_answer, read_findings
from reportdesk.worker.context import WorkerContext
from reportdesk.worker.messages import Kind
from reportdesk.worker.protocol import Frame, FrameError
from reportdesk.worker.tasks import TASKS

FORM = load_form("2021")
TODAY = dt.date(2025, 1, 9)
PART = "overview.disclosure"
OLD = "本镇认真贯彻上级部署，及时公开各类政府信息，方便群众查阅。"

places = st.tuples(st.integers(0, 9), st.integers(10, 99))
findings = st.builds(
    Finding,
    code=st.text(),
    severity=st.sampled_from(Severity),
    message=st.text(),
    section=st.text(),
    cells=st.lists(st.sampled_from(sorted(FORM.kind_of))).map(tuple),
    part=st.text(),
    span=st.none() | places,
    about=st.text(),
    passages=st.lists(st.builds(Passage, places, places)).map(tuple),
    settled=st.text(),
)


def nothing(_answer: object, _frame: Frame) -> None: ...


@given(st.lists(findings))
def test_findings_come_out_as_they_went_in(found: list[Finding]) -> None:
    assert read_findings(findings_answer(found)) == found


def test_the_second_process_finds_what_would_be_found_here() -> None:
    report = new_report(FORM, 2024, "常乐镇人民政府")
    report.prose[PART] = OLD
    report.prose["overview.requests"] = "按照××要求，全年新收申请3件。"
    report.cells[CellRef("requests", "new", "person")] = 5
    report.previous[2023] = Snapshot("2021", {Fact.YEAR: "2023"}, {PART: OLD}, {})
    here = run_checks(check_context_of(FORM, report, TODAY), (Trigger.ON_IDLE,))
    asked = ask_to_check(encode(report), TODAY)
    there = read_findings(TASKS[Kind.CHECK](WorkerContext(bundled_fonts=True), asked, nothing))
    assert there == here
    assert {"TXT-3", "YR-6"} <= {one.code for one in there}
    assert any(one.passages for one in there)
    assert any(one.is_omission for one in there)


@pytest.mark.parametrize("content", ["", "{}x", '[{"code": 1}]', "[1]", '[{"severity": "none"}]'])
def test_what_are_no_findings_is_refused(content: str) -> None:
    with pytest.raises(FrameError):
        read_findings(Frame({}, content.encode()))


def test_findings_travel_as_plain_values() -> None:
    found = Finding("X-1", Severity.HINT, "看看", "overview", (CellRef("a", "b", "c"),), span=(1, 2))
    (told,) = json.loads(findings_answer([found]).payload)
    assert (told["severity"], told["cells"], told["span"]) == ("hint", ["a.b.c"], [1, 2])
