"""The worker's loop: reads requests from its standard input, answers on its standard output.

It ends with its input, that is with the window that started it. An error is answered with a
plain sentence; for the log go the error's kind and places in the source, never its own words,
which may quote a report.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from reportdesk.exports.typesetting.typeset import MissingCharacterError
from reportdesk.outgoing.export_files import PublishError
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.report.file.codec import CodecError
from reportdesk.store.log import describe_exception
from reportdesk.worker.context import WorkerContext
from reportdesk.worker.limits import limit_memory
from reportdesk.worker.messages import Answer, Kind
from reportdesk.worker.pictures import PictureTooLargeError
from reportdesk.worker.protocol import Frame, FrameError, FrameReader, pack
from reportdesk.worker.tasks import TASKS

MEMORY_MIB = 768
"""Address space, of which a report's PDF, its pages at 300 dpi and all libraries take a third."""

SENTENCE = "这一步没有做成，填写的内容不受影响。请再试一次；如果还是不行，请保存后重新打开年报台。"
"""What the clerk is told of an error that nobody foresaw."""

_TOLD = (CodecError, MissingCharacterError, PictureTooLargeError, PublishError, UnreadableError)
"""Errors whose message is for the clerk."""

_NO_MEMORY = "这一步要用的内存太多，没有做成，填写的内容不受影响。请关闭一些别的程序后再试。"
_PIECE = 1 << 20
_MALFORMED = 2

Emit = Callable[[bytes], None]


def main(arguments: Sequence[str]) -> int:
    """Serve until the input ends; 0, or 2 if what came in was no request at all."""
    parser = argparse.ArgumentParser(prog="python -m reportdesk.worker", description=__doc__)
    parser.add_argument("--bundled-fonts", action="store_true", help="use no font of this PC")
    parser.add_argument("--memory", type=int, default=MEMORY_MIB, metavar="MIB", help="the most it may take")
    options = parser.parse_args(arguments)
    limit_memory(options.memory)
    read_from, write_to = _claim_pipes()
    try:
        return serve(
            _pieces(read_from), _writer(write_to), WorkerContext(bundled_fonts=options.bundled_fonts)
        )
    except OSError:
        return 0  # the pipe is broken: the window is gone


def serve(pieces: Iterator[bytes], emit: Emit, context: WorkerContext) -> int:
    """Answer every request in the pieces of a stream, in order; the exit code."""
    reader = FrameReader()
    try:
        for piece in pieces:
            for asked in reader.feed(piece):
                _answer(asked, emit, context)
    except FrameError:
        return _MALFORMED
    return 0 if reader.is_between_frames else _MALFORMED


def _answer(asked: Frame, emit: Emit, context: WorkerContext) -> None:
    number = asked.header.get("number")

    def send(answer: Answer, frame: Frame) -> None:
        emit(pack(Frame({**frame.header, "number": number, "answer": answer}, frame.payload)))

    try:
        last = TASKS[Kind(asked.header["kind"])](context, asked, send)
        send(Answer.DONE, last)
    except Exception as error:  # noqa: BLE001 - whatever it is, the next request is answered
        send(Answer.ERROR, Frame(_told(error)))


def _told(error: Exception) -> dict[str, str]:
    """What the clerk is told of the error, and what goes into the log."""
    if isinstance(error, _TOLD):
        return {"sentence": str(error), "log": ""}
    sentence = _NO_MEMORY if isinstance(error, MemoryError) else SENTENCE
    return {"sentence": sentence, "log": describe_exception(type(error), error.__traceback__)}


def _pieces(descriptor: int) -> Iterator[bytes]:
    return iter(lambda: os.read(descriptor, _PIECE), b"")


def _writer(descriptor: int) -> Emit:
    def emit(content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    return emit


def _claim_pipes() -> tuple[int, int]:
    """Keep both pipes for frames: what a library prints by itself must not come between them."""
    read_from, write_to = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (read_from, write_to):
            msvcrt.setmode(descriptor, os.O_BINARY)
    return read_from, write_to
