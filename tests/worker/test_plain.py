"""What goes over the pipe comes back as it was, and what is no such value is refused."""

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from reportdesk.checks.engine import Finding, Passage, Severity
from reportdesk.exports.package import Mail
from reportdesk.form.spec import CellRef
from reportdesk.outgoing.hand_in import Numbered
from reportdesk.outgoing.internal_papers import Desk, Paper
from reportdesk.outgoing.submission import Goes, Made, Order, Submission
from reportdesk.report.records import HandedIn
from reportdesk.session.whole_check import Scope
from reportdesk.store.user_data.unit_profile import HandIn
from reportdesk.worker.plain import from_plain, to_plain

AT = dt.datetime(2026, 1, 5, 10, 30, tzinfo=dt.UTC)
SCOPE = Scope(
    {"白河镇": frozenset({"甲县白河镇人民政府", "乙县白河镇人民政府"})}, (Path("/a/b.gknb"),), False, False
)
VALUES = [
    Finding(
        "TXT-1",
        Severity.WARNING,
        "写“\ud800”。",
        "overview",
        (CellRef.parse("requests.new.person"),),
        "overview.requests",
        (3, 7),
        "词",
        (Passage((1, 2), (3, 4)),),
        "说明",
        True,
        "句",
        "据",
        False,
        "",
        True,
        True,
    ),
    Finding("NUM-1", Severity.ERROR, "。", ""),
    Order(AT, (HandIn.DOCX, HandIn.SCAN), Path("/x/扫描.pdf"), "a@b.cn", None, 1, None, 0, SCOPE),
    Desk(Path("/x/年报.gknb"), Path("/y"), SCOPE),
    Paper(Path("/x/审核单.pdf"), None),
    Submission(
        Path("/x"),
        (Made("公开/a.pdf", Goes.PUBLIC, "PDF", False, True),),
        Numbered(2, HandedIn(AT, "ABCD", errors=3, extras={"later": [1, {"x": None}]})),
        Mail("a", "b", "c"),
        ("一句。",),
    ),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    written = json.loads(json.dumps(to_plain(value)))
    assert from_plain(type(value), written) == value


def test_every_field_of_a_finding_goes_over() -> None:
    whole, plainest = VALUES[:2]
    for field in dataclasses.fields(Finding):
        assert getattr(whole, field.name) != getattr(plainest, field.name), f"{field.name} is not tried"


@pytest.mark.parametrize(
    "change",
    [
        {"code": 1},
        {"severity": "odd"},
        {"cells": ["a"]},
        {"span": [1]},
        {"span": [1, 2, 3]},
        {"is_alone": None},
    ],
)
def test_what_is_no_such_value_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError, LookupError)):
        from_plain(Finding, {**to_plain(VALUES[0]), **change})


def test_a_field_that_is_missing_is_refused() -> None:
    plain = to_plain(VALUES[0])
    del plain["right"]
    with pytest.raises(LookupError):
        from_plain(Finding, plain)
