"""Reading a file as frames and back, for both ends of the pipe, and the task that reads it.

A file from anywhere is opened here and nowhere else in the window's program: if a library
stumbles over it, the open report does not notice. Apart from ``messages`` and ``tasks``, so that
a window that reads nothing loads none of it.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.readers.recognise.proposal import Disagreement, Outcome, Proposal, Standing
from reportdesk.report.document import Fact, Value
from reportdesk.report.file.codec import decode, encode
from reportdesk.report.records import Contribution
from reportdesk.report.text.figures import show_figure
from reportdesk.worker.limits import at_most_more
from reportdesk.worker.messages import READING_TOO_LONG, Answer, Kind, Progress, Reading, progress_answer
from reportdesk.worker.protocol import Frame

if TYPE_CHECKING:
    from reportdesk.worker.context import Send, WorkerContext

SECONDS = 5.0
"""How long reading a file may take."""

MEMORY_MIB = 300
"""How much memory it may take beyond what the process has."""


def ask_to_read(*paths: Path) -> Frame:
    """The proposal that the file at that absolute path makes, or that several files of offices add up to."""
    return Frame({"kind": Kind.READ, "paths": [str(path) for path in paths]})


def read(_context: WorkerContext, asked: Frame, send: Send) -> Frame:
    """Do that; an UnreadableError tells the clerk why it cannot be read."""
    from reportdesk.readers.read_file import read_files

    send(Answer.PROGRESS, progress_answer(Progress(0, 1, "")))  # loaded: the time is the file's from here
    end = threading.Lock()  # taken by whoever ends the request, and kept: the other may write no frame
    paths = [Path(path) for path in asked.header["paths"]]
    watch = threading.Timer(SECONDS * len(paths), _give_up, (send, end))
    watch.daemon = True
    watch.start()
    try:
        with at_most_more(MEMORY_MIB):
            return proposal_answer(read_files(paths))
    finally:
        end.acquire()
        watch.cancel()


def _give_up(send: Send, end: threading.Lock) -> None:
    """Say that the file takes too long and end the process, which is the one way to stop a library."""
    if not end.acquire(blocking=False):
        return  # it was read at the last moment
    try:
        send(Answer.ERROR, Frame({"sentence": READING_TOO_LONG, "log": ""}))
    finally:
        os._exit(1)


def proposal_answer(proposal: Proposal) -> Frame:
    """The frame for a file that was read."""
    content = {
        "edition": proposal.form.edition,
        "facts": {fact.value: text for fact, text in proposal.facts.items()},
        "headings": dict(proposal.headings),
        "prose": dict(proposal.prose),
        "cells": _values(proposal.cells),
        "reported": _values(proposal.reported),
        "blank": sorted(map(str, proposal.blank)),
        "missing": sorted(map(str, proposal.missing)),
        "outcomes": [
            [one.standing, one.says, one.section, list(map(str, one.cells)), one.part, one.passage]
            for one in proposal.outcomes
        ],
        "disagreements": [
            [str(one.ref), _value(one.stated), _value(one.computed), one.says]
            for one in proposal.disagreements
        ],
        "sources": {
            str(ref): [[one.office, _value(one.value), one.file] for one in given]
            for ref, given in proposal.sources.items()
        },
        "attached": None if proposal.attached is None else encode(proposal.attached).decode(),
    }
    return Frame({}, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def read_proposal(frame: Frame) -> Proposal:
    """The proposal in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        told: dict[str, Any] = json.loads(frame.payload.decode("utf-8", "surrogatepass"))
        attached = told["attached"]
        return Proposal(
            form=load_form(told["edition"]),
            facts={Fact(fact): str(text) for fact, text in told["facts"].items()},
            headings=dict(told["headings"]),
            prose=dict(told["prose"]),
            cells=_read_values(told["cells"]),
            reported=_read_values(told["reported"]),
            blank=frozenset(_refs(told["blank"])),
            missing=frozenset(_refs(told["missing"])),
            outcomes=tuple(
                Outcome(Standing(standing), says, section, _refs(cells), part, passage)
                for standing, says, section, cells, part, passage in told["outcomes"]
            ),
            disagreements=tuple(
                Disagreement(CellRef.parse(ref), _read_value(stated), _known(computed), says)
                for ref, stated, computed, says in told["disagreements"]
            ),
            attached=None if attached is None else decode(attached.encode()).report,
            sources={
                CellRef.parse(key): tuple(
                    Contribution(office, _known(value), file) for office, value, file in given
                )
                for key, given in told["sources"].items()
            },
        )


def _values(values: Mapping[CellRef, Value]) -> dict[str, int | str | None]:
    return {str(ref): _value(value) for ref, value in values.items()}


def _value(value: Value | None) -> int | str | None:
    """Whole numbers as they are, amounts as text with their decimals."""
    return show_figure(value) if isinstance(value, Decimal) else value


def _read_values(values: Mapping[str, int | str]) -> dict[CellRef, Value]:
    return {CellRef.parse(key): _read_value(value) for key, value in values.items()}


def _read_value(value: int | str) -> Value:
    return Decimal(value) if isinstance(value, str) else value


def _known(value: int | str | None) -> Value | None:
    return None if value is None else _read_value(value)


def _refs(keys: Iterable[str]) -> tuple[CellRef, ...]:
    return tuple(map(CellRef.parse, keys))
