"""报送 and internal papers as frames and back, for both ends of the pipe, and the tasks that make them.

Apart from ``messages`` and ``tasks``, so that a window that only previews loads none of it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportdesk.exports.formats import Choices
from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.form.load import load_form
from reportdesk.outgoing.hand_in import Numbered
from reportdesk.outgoing.internal_papers import Desk, Paper, make_draft, make_slip
from reportdesk.outgoing.submission import Goes, Made, Order, Submission, make_submission
from reportdesk.report.file.codec import decode
from reportdesk.report.file.record_codec import hand_in_of, hand_in_to_entry
from reportdesk.session.whole_check import Scope
from reportdesk.store.others import MOST_OTHERS
from reportdesk.store.user_data.profile import HandIn
from reportdesk.worker.messages import Answer, Kind, Progress, Reading, progress_answer
from reportdesk.worker.protocol import Frame

if TYPE_CHECKING:
    from reportdesk.worker.tasks import Send, Workshop


class InternalPaper(StrEnum):
    """A paper that stays in the office."""

    SLIP = "slip"
    DRAFT = "draft"


def ask_to_submit(report: bytes, order: Order, beside: Path, *, attach_copy: bool) -> Frame:
    """The report (bytes of a .gknb file) handed in as ordered, in a folder of ``beside``."""
    header = {
        "kind": Kind.SUBMIT,
        "beside": str(beside),
        "now": order.now.isoformat(),
        "hand_in": list(order.hand_in),
        "scan": str(order.scan) if order.scan else "",
        "report_to": order.report_to,
        "file": str(order.file) if order.file else "",
        "errors": order.errors,
        "warnings": order.warnings,
        "unverified": order.unverified,
        "scope": _scope_to_entry(order.scope),
        "attach_copy": attach_copy,
    }
    return Frame(header, report)


def submit(shop: Workshop, asked: Frame, send: Send) -> Frame:
    """Do that."""
    header = asked.header
    order = Order(
        now=dt.datetime.fromisoformat(header["now"]),
        hand_in=tuple(map(HandIn, header["hand_in"])),
        scan=Path(header["scan"]) if header["scan"] else None,
        report_to=header["report_to"],
        file=Path(header["file"]) if header["file"] else None,
        errors=header["errors"],
        warnings=header["warnings"],
        unverified=header["unverified"],
        scope=_scope_of(header["scope"]),
    )
    report = decode(asked.payload).report
    choices = Choices(bundled_fonts=shop.bundled_fonts, pdf=PdfA.chosen(attach_copy=header["attach_copy"]))

    def tell(done: int, of: int, doing: str) -> None:
        send(Answer.PROGRESS, progress_answer(Progress(done, of, doing)))

    made = make_submission(load_form(report.edition), report, order, Path(header["beside"]), choices, tell)
    return submission_answer(made)


def submission_answer(made: Submission) -> Frame:
    """The frame for a folder that was made."""
    return Frame(
        {
            "folder": str(made.folder),
            "this": hand_in_to_entry(made.this.number, made.this.made),
            "mail": [made.mail.to, made.mail.subject, made.mail.text],
            "notices": list(made.notices),
            "files": [{**dataclasses.asdict(one), "goes": one.goes.name} for one in made.files],
        }
    )


def read_submission(frame: Frame) -> Submission:
    """The folder in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    from reportdesk.exports.package import Mail

    with Reading():
        header = frame.header
        return Submission(
            folder=Path(header["folder"]),
            files=tuple(Made(**{**one, "goes": Goes[one["goes"]]}) for one in header["files"]),
            this=Numbered(int(header["this"]["number"]), hand_in_of(header["this"])),
            mail=Mail(*map(str, header["mail"])),
            notices=tuple(map(str, header["notices"])),
        )


def ask_for_paper(report: bytes, paper: InternalPaper, desk: Desk, folder: Path, now: dt.datetime) -> Frame:
    """That internal paper of the report (bytes of a .gknb file) that lies on the desk.

    ``folder`` is the desk's for that report: the asker clears up there if the paper is broken off.
    """
    header = {
        "kind": Kind.PAPER,
        "paper": paper,
        "report_path": str(desk.report_path),
        "sent": str(desk.sent),
        "scope": _scope_to_entry(desk.scope),
        "now": now.isoformat(),
        "folder": str(folder),
    }
    return Frame(header, report)


def make_paper(shop: Workshop, asked: Frame, _send: Send) -> Frame:
    """Do that."""
    header = asked.header
    makers: dict[InternalPaper, Callable[..., tuple[Paper, ...]]] = {
        InternalPaper.SLIP: make_slip,
        InternalPaper.DRAFT: make_draft,
    }
    report = decode(asked.payload).report
    desk = Desk(Path(header["report_path"]), Path(header["sent"]), _scope_of(header["scope"]))
    now = dt.datetime.fromisoformat(header["now"])
    make = makers[InternalPaper(header["paper"])]
    made = make(load_form(report.edition), report, desk, now, Choices(bundled_fonts=shop.bundled_fonts))
    return Frame({"papers": [[str(one.path), str(one.kept or "")] for one in made]})


def read_paper(frame: Frame) -> tuple[Paper, ...]:
    """The files in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        return tuple(Paper(Path(path), Path(kept) if kept else None) for path, kept in frame.header["papers"])


def _scope_to_entry(scope: Scope) -> Mapping[str, object]:
    return {
        "titles": {title: sorted(units) for title, units in scope.titles.items()},
        "others": list(map(str, scope.others[:MOST_OTHERS])),
        "words": scope.words,
        "knows_others": scope.knows_others,
    }


def _scope_of(entry: Mapping[str, Any]) -> Scope:
    titles = {title: frozenset(units) for title, units in entry["titles"].items()}
    others = tuple(map(Path, entry["others"]))
    return Scope(titles, others, bool(entry["words"]), bool(entry["knows_others"]))
