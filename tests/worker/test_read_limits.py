"""A file that takes too long or too much memory costs a sentence; the window and the next file lose nothing."""

import functools
import io
import os
import sys
import threading
import zlib
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from reportdesk.form.load import load_form
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.read_file import read_file
from reportdesk.readers.recognise.proposal import Proposal, propose_report
from reportdesk.report.document import Report
from reportdesk.worker import one_shot, reading
from reportdesk.worker.context import WorkerContext
from reportdesk.worker.messages import READING_BROKE_OFF, READING_TOO_LONG, Answer, Kind
from reportdesk.worker.one_shot import read_apart
from reportdesk.worker.protocol import Frame
from reportdesk.worker.reading import ask_to_read, read_proposal
from tests.worker import spoken_to
from tests.worker.spoken_to import SpokenTo

DATA = Path(__file__).parents[1] / "data"
PING = Frame({"kind": Kind.PING})


def zlib_of_spaces(mebibytes: int) -> bytes:
    """So many MiB of spaces, of which only the first two are packed: each that follows is packed as the second is."""
    piece = bytes([32]) * (1 << 20)
    packer = zlib.compressobj(9)
    first, other = (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    checksum = functools.reduce(lambda sum_, _: zlib.adler32(piece, sum_), range(mebibytes), 1)
    end_of_blocks = b"\x03\x00"
    return first + other * (mebibytes - 1) + end_of_blocks + checksum.to_bytes(4)


def test_spaces_packed_by_hand_are_unpacked() -> None:
    assert zlib.decompress(zlib_of_spaces(3)) == bytes([32]) * (3 << 20)


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    """A PDF whose one page unpacks to a gigabyte of spaces."""
    made = io.BytesIO()
    canvas = Canvas(made, pageCompression=0)
    canvas.drawString(100, 400, "A" * 100)
    canvas.save()
    plain = made.getvalue()
    start = plain.index(b"stream", plain.index(b"/Length")) + len(b"stream")
    stream = plain[start : plain.index(b"endstream")]
    packed = zlib_of_spaces(1000)
    head = plain[plain.rindex(b"<<", 0, start) : start]
    changed = f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\r\n".encode()
    file = tmp_path / "bomb.pdf"
    file.write_bytes(plain.replace(head + stream, changed + packed + b"\n"))
    return file


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of address space is Linux's")
def test_more_memory_than_it_may_take_is_a_sentence_and_not_the_end(bomb: Path) -> None:
    with SpokenTo() as worker:
        refused = worker.ask(ask_to_read(bomb))[-1].header
        assert refused["sentence"] == "文件里的内容太多，内存放不下，没有读取。请确认选对了文件。"
        assert worker.ask(PING)[-1].header["answer"] == "done"
        proposal = read_proposal(worker.ask(ask_to_read(DATA / "huaian-2024.pdf"))[-1])
        assert len(proposal.cells) + len(proposal.reported) == 200


def test_more_time_than_it_may_take_ends_the_process_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    hurried = (
        "import sys, reportdesk.worker.reading as reading, reportdesk.worker.loop as serve;"
        "reading.SECONDS = 0.001; sys.exit(serve.main(sys.argv[1:]))"
    )
    monkeypatch.setattr(spoken_to, "COMMAND", [sys.executable, "-c", hurried])
    with SpokenTo() as worker:
        refused = worker.ask(ask_to_read(DATA / "huaian-2024.pdf"))[-1].header
        assert refused["sentence"] == READING_TOO_LONG
        assert worker.process.wait(10) == 1


def test_a_file_read_while_it_is_given_up_writes_no_answer_into_the_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refusing, ended = threading.Event(), threading.Event()

    def read_at_the_last_moment(_path: Path) -> Proposal:
        refusing.wait(10)
        return propose_report(Report("2021"), load_form("2021"))

    def send(answer: Answer, _frame: Frame) -> None:
        if answer is Answer.ERROR:
            refusing.set()

    monkeypatch.setattr(reading, "SECONDS", 0.01)
    monkeypatch.setattr("reportdesk.readers.read_file.read_file", read_at_the_last_moment)
    monkeypatch.setattr(os, "_exit", lambda _code: ended.set())
    asked = (WorkerContext(bundled_fonts=True), ask_to_read(DATA), send)
    reader = threading.Thread(target=reading.read, args=asked, daemon=True)
    reader.start()
    assert ended.wait(10)
    reader.join(0.2)
    assert reader.is_alive(), "it went on to its answer"


def test_a_file_read_apart_proposes_what_it_does_here() -> None:
    assert read_apart(DATA / "huaian-2024.pdf") == read_file(DATA / "huaian-2024.pdf")


def test_a_file_that_is_refused_apart_is_refused_in_the_same_words(tmp_path: Path) -> None:
    empty = tmp_path / "empty.docx"
    empty.touch()
    with pytest.raises(UnreadableError, match="空的"):
        read_apart(empty)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import os; os._exit(3)", READING_BROKE_OFF),
        ("print('Traceback')", READING_BROKE_OFF),
        ("import time; time.sleep(60)", READING_TOO_LONG),
    ],
)
def test_a_process_that_breaks_off_or_hangs_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, program: str, sentence: str
) -> None:
    monkeypatch.setattr(one_shot, "worker_command", lambda: [sys.executable, "-c", program])
    monkeypatch.setattr(one_shot, "_SECONDS", 1.0)
    with pytest.raises(UnreadableError) as refused:
        read_apart(DATA / "huaian-2024.pdf")
    assert str(refused.value) == sentence
