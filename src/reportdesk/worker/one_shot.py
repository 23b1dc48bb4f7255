"""A worker for one question, without Qt: how the command line reads a file under the worker's limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.recognise.proposal import Proposal
from reportdesk.worker.command import worker_command
from reportdesk.worker.messages import READING_BROKE_OFF, READING_TOO_LONG, Answer
from reportdesk.worker.protocol import Frame, FrameError, FrameReader, pack
from reportdesk.worker.reading import ask_to_read, read_proposal

_SECONDS = 60.0
"""How long a process may take that neither answers nor ends, its start included."""

if sys.platform == "win32":
    _HIDDEN = subprocess.CREATE_NO_WINDOW
else:
    _HIDDEN = 0


def read_apart(*paths: Path) -> Proposal:
    """What the file proposes, or what several files of offices add up to, read in a process of its own.

    Raises:
        UnreadableError: it cannot be read, takes too long, or brings the process down.
    """
    answer = _ask(ask_to_read(*(path.absolute() for path in paths)))
    if answer.header.get("answer") != Answer.DONE:
        raise UnreadableError(str(answer.header.get("sentence", READING_BROKE_OFF)))
    try:
        return read_proposal(answer)
    except FrameError as error:
        raise UnreadableError(READING_BROKE_OFF) from error


def _ask(asked: Frame) -> Frame:
    """The last answer of a worker that is asked nothing else."""
    try:
        ended = subprocess.run(  # noqa: S603 - our own program
            worker_command(), input=pack(asked), capture_output=True, timeout=_SECONDS, check=False,
            creationflags=_HIDDEN,
        )  # fmt: skip
        frames = FrameReader().feed(ended.stdout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(READING_TOO_LONG) from error
    except (OSError, FrameError) as error:
        raise UnreadableError(READING_BROKE_OFF) from error
    ends = [frame for frame in frames if frame.header.get("answer") in (Answer.DONE, Answer.ERROR)]
    return ends[-1] if ends else Frame({"answer": Answer.ERROR})
