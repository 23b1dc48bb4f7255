"""What the rules find wrong in the report that a 报送 folder or zip brings; whether it is whole is not asked here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from reportdesk.checks.engine import Finding, open_findings
from reportdesk.form.load import load_form
from reportdesk.outgoing.file_verdicts import Verification
from reportdesk.report.file import codec
from reportdesk.session.verdict import counted, errors_in, verdict_of
from reportdesk.session.whole_check import check_whole


@dataclass(frozen=True, slots=True)
class SentErrors:
    """The data file and its errors; ``says`` tells what all the open findings come to."""

    path: str
    errors: tuple[Finding, ...]
    says: str


def errors_sent(found: Verification, today: dt.date) -> SentErrors | None:
    """What is wrong in the data file, the district's copy if both are there; None if there is none to be read.

    The district's copy has the 说明 that the public one lacks.
    """
    data = sorted((one for one in found.files if one.content), key=lambda one: "内部" not in one.path)
    for one in data:
        try:
            report = codec.decode(one.content).report
        except codec.CodecError:
            continue
        form = load_form(report.edition)
        checked = check_whole(form, report, today)
        listed = open_findings(checked.findings)
        says = " ".join(filter(None, (verdict_of(replace(checked, findings=listed), form), counted(listed))))
        return SentErrors(one.path, tuple(errors_in(listed)), says)
    return None
