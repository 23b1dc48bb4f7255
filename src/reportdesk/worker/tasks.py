"""What each kind of request does; heavy libraries are loaded by the first that needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from reportdesk.exports.pdf.pdfa import PdfA
from reportdesk.form.load import load_form
from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.report.file.codec import decode
from reportdesk.worker.context import Send, WorkerContext
from reportdesk.worker.messages import (
    Answer,
    FaceNames,
    Kind,
    Progress,
    Spot,
    Typeset,
    Written,
    picture_answer,
    progress_answer,
    typeset_answer,
    written_answer,
)
from reportdesk.worker.protocol import Frame

Task = Callable[[WorkerContext, Frame, Send], Frame]
"""Does a request and returns its last answer; whatever it raises ends the request, not the worker."""


def _ping(_context: WorkerContext, _asked: Frame, _send: Send) -> Frame:
    return Frame({})


def _warm_up(context: WorkerContext, _asked: Frame, _send: Send) -> Frame:
    import reportdesk.exports.pdf.writer
    import reportdesk.report.file.model  # noqa: F401 - loaded, not used

    _ = context.faces, context.drawer
    return Frame({})


def _pdf(context: WorkerContext, asked: Frame, _send: Send) -> Frame:
    from reportdesk.exports import style
    from reportdesk.exports.pdf.writer import render_pdf
    from reportdesk.exports.typesetting.typeset import OnMissing

    form, report = _read(asked)
    on_missing = OnMissing.MARK if asked.header["mark_missing"] else OnMissing.STOP
    made = render_pdf(form, report, faces=context.faces, on_missing=on_missing, kind=PdfA.BARE)
    typeset = Typeset(
        content=made.content,
        sizes=((style.PAGE_WIDTH, style.PAGE_HEIGHT),) * made.page_count,
        spots=tuple(
            Spot(place.page, place.top, place.bottom, place.source.section, place.source.holder)
            for place in made.places
        ),
        faces=tuple(FaceNames(face.official, face.actual, face.bundled) for face in made.faces),
        missing=made.missing,
    )
    return typeset_answer(typeset)


def _pages(context: WorkerContext, asked: Frame, send: Send) -> Frame:
    for page in asked.header["pages"]:
        picture = context.drawer.draw(asked.payload, page, asked.header["scale"])
        send(Answer.PART, picture_answer(picture))
    return Frame({})


def _publish(context: WorkerContext, asked: Frame, send: Send) -> Frame:
    from reportdesk.exports.formats import Choices, Format
    from reportdesk.outgoing.export_files import publish

    form, report = _read(asked)
    formats = [Format(name) for name in asked.header["formats"]]
    choices = Choices(
        bundled_fonts=context.bundled_fonts, pdf=PdfA.chosen(attach_copy=asked.header["attach_copy"])
    )
    written = []
    for number, wanted in enumerate(formats):
        send(Answer.PROGRESS, progress_answer(Progress(number, len(formats), wanted)))
        files = publish(form, report, Path(asked.header["folder"]), [wanted], choices)
        written += [Written(file.format, file.path, file.faces, file.kept) for file in files]
    return written_answer(written)


def _submit(context: WorkerContext, asked: Frame, send: Send) -> Frame:
    from reportdesk.worker.submission import submit

    return submit(context, asked, send)


def _paper(context: WorkerContext, asked: Frame, send: Send) -> Frame:
    from reportdesk.worker.submission import make_paper

    return make_paper(context, asked, send)


def _scan(context: WorkerContext, asked: Frame, send: Send) -> Frame:
    from reportdesk.worker.submission import scan_look

    return scan_look(context, asked, send)


def _read_file(context: WorkerContext, asked: Frame, send: Send) -> Frame:
    from reportdesk.worker.reading import read

    return read(context, asked, send)


def _check(context: WorkerContext, asked: Frame, send: Send) -> Frame:
    from reportdesk.worker.checking import check

    return check(context, asked, send)


def _read(asked: Frame) -> tuple[Form, Report]:
    report = decode(asked.payload).report
    return load_form(report.edition), report


TASKS: Mapping[Kind, Task] = {
    Kind.PING: _ping,
    Kind.WARM_UP: _warm_up,
    Kind.PDF: _pdf,
    Kind.PAGES: _pages,
    Kind.PUBLISH: _publish,
    Kind.SUBMIT: _submit,
    Kind.PAPER: _paper,
    Kind.SCAN: _scan,
    Kind.READ: _read_file,
    Kind.CHECK: _check,
}
