"""报送 and internal papers as frames and back, for both ends of the pipe, and the tasks that make them.

Apart from ``messages`` and ``tasks``, so that a window that only previews loads none of it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.exports.formats import Choices
from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.form.load import load_form
from reportdesk.outgoing.internal_papers import Desk, Paper, make_draft, make_slip
from reportdesk.outgoing.scan_file import MAX_SCAN
from reportdesk.outgoing.submission import Order, Submission, make_submission
from reportdesk.readers.pdf.scan_look import ScanLook, look_at_scan
from reportdesk.report.file.codec import decode
from reportdesk.session.whole_check import Scope
from reportdesk.store import disk
from reportdesk.store.others import MOST_OTHERS
from reportdesk.worker.messages import Answer, Kind, Progress, Reading, progress_answer
from reportdesk.worker.plain import from_plain, to_plain
from reportdesk.worker.protocol import Frame

if TYPE_CHECKING:
    from reportdesk.worker.context import Send, WorkerContext


class InternalPaper(StrEnum):
    """A paper that stays in the office."""

    SLIP = "slip"
    DRAFT = "draft"


def ask_to_submit(report: bytes, order: Order, beside: Path, *, attach_copy: bool) -> Frame:
    """The report (bytes of a .gknb file) handed in as ordered, in a folder of ``beside``."""
    header = {
        "kind": Kind.SUBMIT,
        "beside": str(beside),
        "order": to_plain(dataclasses.replace(order, scope=_few_others(order.scope))),
        "attach_copy": attach_copy,
    }
    return Frame(header, report)


def submit(context: WorkerContext, asked: Frame, send: Send) -> Frame:
    """Do that."""
    header = asked.header
    order = from_plain(Order, header["order"])
    report = decode(asked.payload).report
    choices = Choices(bundled_fonts=context.bundled_fonts, pdf=PdfA.chosen(attach_copy=header["attach_copy"]))

    def tell(done: int, of: int, doing: str) -> None:
        send(Answer.PROGRESS, progress_answer(Progress(done, of, doing)))

    made = make_submission(load_form(report.edition), report, order, Path(header["beside"]), choices, tell)
    return submission_answer(made)


def submission_answer(made: Submission) -> Frame:
    """The frame for a folder that was made."""
    return Frame({"submission": to_plain(made)})


def read_submission(frame: Frame) -> Submission:
    """The folder in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        return from_plain(Submission, frame.header["submission"])


def ask_for_paper(report: bytes, paper: InternalPaper, desk: Desk, folder: Path, now: dt.datetime) -> Frame:
    """That internal paper of the report (bytes of a .gknb file) that lies on the desk.

    ``folder`` is the desk's for that report: the asker clears up there if the paper is broken off.
    """
    header = {
        "kind": Kind.PAPER,
        "paper": paper,
        "desk": to_plain(dataclasses.replace(desk, scope=_few_others(desk.scope))),
        "now": now.isoformat(),
        "folder": str(folder),
    }
    return Frame(header, report)


def make_paper(context: WorkerContext, asked: Frame, _send: Send) -> Frame:
    """Do that."""
    header = asked.header
    makers: dict[InternalPaper, Callable[..., tuple[Paper, ...]]] = {
        InternalPaper.SLIP: make_slip,
        InternalPaper.DRAFT: make_draft,
    }
    report = decode(asked.payload).report
    desk = from_plain(Desk, header["desk"])
    now = dt.datetime.fromisoformat(header["now"])
    make = makers[InternalPaper(header["paper"])]
    made = make(load_form(report.edition), report, desk, now, Choices(bundled_fonts=context.bundled_fonts))
    return Frame({"papers": to_plain(made)})


def read_paper(frame: Frame) -> tuple[Paper, ...]:
    """The files in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        return tuple(from_plain(Paper, one) for one in frame.header["papers"])


def ask_about_scan(report: bytes, scan: Path) -> Frame:
    """What is seen of that PDF, which is to go with the report (bytes of a .gknb file)."""
    return Frame({"kind": Kind.SCAN, "scan": str(scan)}, report)


def scan_look(_context: WorkerContext, asked: Frame, _send: Send) -> Frame:
    """Look at it."""
    report = decode(asked.payload).report
    content = disk.read(Path(asked.header["scan"]), MAX_SCAN)
    seen = look_at_scan(content, load_form(report.edition), report)
    return Frame({"seen": to_plain(seen)})


def read_scan_look(frame: Frame) -> ScanLook:
    """What was seen, in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        return from_plain(ScanLook, frame.header["seen"])


def _few_others(scope: Scope) -> Scope:
    """With no more other reports than are looked at."""
    return dataclasses.replace(scope, others=tuple(scope.others[:MOST_OTHERS]))
