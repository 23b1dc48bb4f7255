"""The rules on prose as frames and back, for both ends of the pipe, and the task that runs them.

Long prose takes a core for a second, which the window's event loop does not have. What the
findings mean for the open report is ``session``'s.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.checks.engine import Finding, Trigger, check_context_of, run_checks
from reportdesk.form.load import load_form
from reportdesk.report.file.codec import decode
from reportdesk.store.others import MOST_OTHERS, read_others
from reportdesk.worker.messages import Kind, Reading
from reportdesk.worker.plain import from_plain, to_plain
from reportdesk.worker.protocol import Frame

if TYPE_CHECKING:
    from reportdesk.worker.context import Send, WorkerContext


def ask_to_check(
    report: bytes, today: dt.date, others: Sequence[Path] = (), trigger: Trigger = Trigger.ON_IDLE
) -> Frame:
    """What the rules of that pace find in the report (bytes of a .gknb file) on that day.

    ``others`` are the files of the reports that its prose is compared with.
    """
    paths = list(map(str, others[:MOST_OTHERS]))
    asked = {"kind": Kind.CHECK, "today": today.isoformat(), "others": paths, "pace": trigger.value}
    return Frame(asked, report)


def check(_context: WorkerContext, asked: Frame, _send: Send) -> Frame:
    """Run them."""
    report = decode(asked.payload).report
    today = dt.date.fromisoformat(asked.header["today"])
    others = read_others(list(map(Path, asked.header["others"])))
    subject = check_context_of(load_form(report.edition), report, today, others=others.reports)
    return findings_answer(run_checks(subject, (Trigger(asked.header["pace"]),)), others.unread)


def findings_answer(findings: list[Finding], unread: Sequence[Path] = ()) -> Frame:
    """The frame for what was found, and for which of the others could not be read."""
    content = to_plain(findings)
    return Frame(
        {"unread": list(map(str, unread))},
        json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"),
    )


def read_findings(frame: Frame) -> list[Finding]:
    """The findings in that answer, in their order.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        told = json.loads(frame.payload.decode("utf-8", "surrogatepass"))
        return [from_plain(Finding, one) for one in told]


def read_unread(frame: Frame) -> tuple[Path, ...]:
    """Which of the others could not be read, in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        return tuple(map(Path, frame.header["unread"]))
