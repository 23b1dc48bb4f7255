"""The window asks the worker and hears of it, whatever becomes of the worker."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reportdesk.gui.common import worker_client
from reportdesk.gui.common.worker_client import (
    BROKE_OFF,
    STOPPED,
    TOO_LARGE,
    TOO_LONG,
    WILL_NOT_START,
    Pending,
    WorkerClient,
)
from reportdesk.worker.command import worker_command
from reportdesk.worker.messages import (
    READING_BROKE_OFF,
    Kind,
    ask_for_pages,
    ask_for_pdf,
    ask_to_publish,
    read_picture,
    read_typeset,
)
from reportdesk.worker.protocol import MAX_PAYLOAD, Frame
from reportdesk.worker.reading import ask_to_read

PING = Frame({"kind": Kind.PING})
REPORT = (Path(__file__).parents[2] / "examples" / "changle-2024.gknb").read_bytes()


@pytest.fixture
def lone(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkerClient]:
    """A client whose worker a test may break."""
    monkeypatch.setattr(worker_client, "_PAUSES_MS", (0, 10))
    client = WorkerClient(None, worker_command("--bundled-fonts"))
    yield client
    client.close()
    qtbot.wait(0)


def program(client: WorkerClient, text: str) -> WorkerClient:
    """Have a Python program of the test's own serve as worker."""
    client._command = [sys.executable, "-c", text]
    return client


def answer(qtbot: QtBot, pending: Pending) -> Frame:
    with qtbot.waitSignal(pending.done, timeout=20_000, raising=True) as heard:
        pass
    assert heard.args is not None
    frame = heard.args[0]
    assert isinstance(frame, Frame)
    return frame


def failure(qtbot: QtBot, pending: Pending) -> str:
    with qtbot.waitSignal(pending.failed, timeout=20_000, raising=True) as heard:
        pass
    assert heard.args is not None
    return str(heard.args[0])


def kill(client: WorkerClient) -> None:
    os.kill(client.process_id, getattr(signal, "SIGKILL", signal.SIGTERM))


def test_the_worker_may_be_ended_while_whoever_heard_its_answer_waits(
    qtbot: QtBot, lone: WorkerClient
) -> None:
    """Its process must outlive the signal that is being heard, though the event loop runs within it."""
    answer(qtbot, lone.ask(PING))
    process = lone._process
    assert process is not None
    seen: list[bool] = []

    def wait(_frame: Frame) -> None:
        QTimer.singleShot(0, lone, lone._end_process)
        qtbot.wait(100)
        seen.append(isValid(process))

    pending = lone.ask(PING)
    pending.done.connect(wait)
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert seen == [True]
    qtbot.waitUntil(lambda: not isValid(process))
    answer(qtbot, lone.ask(PING))


def test_nothing_runs_until_something_is_asked(qtbot: QtBot, lone: WorkerClient) -> None:
    assert lone.process_id == 0
    answer(qtbot, lone.ask(PING))
    assert lone.process_id > 0


def test_a_report_becomes_pages(qtbot: QtBot, client: WorkerClient) -> None:
    typeset = read_typeset(answer(qtbot, client.ask(ask_for_pdf(REPORT, mark_missing=True))))
    pages: list[Frame] = []
    asked = client.ask(ask_for_pages(typeset.content, [0, 1], 1.0))
    asked.part.connect(pages.append)
    answer(qtbot, asked)
    assert [read_picture(page).page for page in pages] == [0, 1]


def test_requests_are_answered_in_order(qtbot: QtBot, client: WorkerClient) -> None:
    heard: list[int] = []
    last = None
    for number in range(5):
        last = client.ask(PING)
        last.done.connect(lambda _frame, number=number: heard.append(number))
    assert last is not None
    answer(qtbot, last)
    assert heard == [0, 1, 2, 3, 4]


def test_in_a_lane_only_the_newest_that_waits_is_asked(qtbot: QtBot, client: WorkerClient) -> None:
    heard: list[int] = []
    client.ask(PING).done.connect(lambda _frame: heard.append(-1))
    last = None
    for number in range(5):
        last = client.ask(PING, lane="preview")
        last.done.connect(lambda _frame, number=number: heard.append(number))
    assert last is not None
    answer(qtbot, last)
    assert heard == [-1, 4]


def test_killed_between_requests_it_is_started_anew_unseen(qtbot: QtBot, lone: WorkerClient) -> None:
    answer(qtbot, lone.ask(PING))
    first = lone.process_id
    kill(lone)
    answer(qtbot, lone.ask(PING))
    assert lone.process_id not in (0, first)


def test_killed_while_it_sets_a_report_it_does_so_again(qtbot: QtBot, lone: WorkerClient) -> None:
    answer(qtbot, lone.ask(PING))
    asked = lone.ask(ask_for_pdf(REPORT, mark_missing=True))
    qtbot.waitUntil(lambda: asked.tries == 1)
    kill(lone)
    assert read_typeset(answer(qtbot, asked)).content.startswith(b"%PDF")
    assert asked.tries == 2


def test_a_worker_that_always_breaks_off_costs_a_sentence_and_no_more(
    qtbot: QtBot, lone: WorkerClient
) -> None:
    command = lone._command
    program(lone, "import os; os.read(0, 1); os._exit(3)")
    assert failure(qtbot, lone.ask(PING)) == BROKE_OFF
    lone._command = command
    answer(qtbot, lone.ask(PING))


def test_a_file_that_brings_the_worker_down_is_said_to_be_at_fault_and_not_tried_again(
    qtbot: QtBot, lone: WorkerClient
) -> None:
    program(lone, "import os; os.read(0, 1); os._exit(3)")
    asked = lone.ask(ask_to_read(Path("年报.pdf")))
    assert failure(qtbot, asked) == READING_BROKE_OFF
    assert asked.tries == 1


def test_a_publish_that_broke_off_is_not_repeated_and_leaves_no_temporary_file(
    qtbot: QtBot, lone: WorkerClient, tmp_path: Path
) -> None:
    answer(qtbot, lone.ask(Frame({"kind": Kind.WARM_UP})))
    (tmp_path / ".~gknb-half.tmp").write_bytes(b"half")
    asked = lone.ask(ask_to_publish(REPORT, tmp_path, ["pdf", "xlsx"]))
    asked.progress.connect(lambda _frame: kill(lone))
    assert failure(qtbot, asked) == BROKE_OFF
    assert not list(tmp_path.glob("*.tmp"))


@pytest.mark.parametrize("noise", ["print('Traceback (most recent call last)')", "print('RDF1' + 'z' * 99)"])
def test_what_is_no_answer_ends_the_worker(qtbot: QtBot, lone: WorkerClient, noise: str) -> None:
    mishaps: list[str] = []
    lone.mishap.connect(mishaps.append)
    program(
        lone, f"import os, sys; os.read(0, 1); {noise}; sys.stdout.flush(); os.read(0, 100000); os.read(0, 1)"
    )
    assert failure(qtbot, lone.ask(PING)) == BROKE_OFF
    assert any("FrameError" in mishap for mishap in mishaps)


def test_a_request_that_takes_too_long_is_ended(qtbot: QtBot, lone: WorkerClient) -> None:
    command = lone._command
    program(lone, "import time; time.sleep(60)")
    asked = lone.ask(PING, limit_ms=100)
    assert failure(qtbot, asked) == TOO_LONG
    lone._command = command
    answer(qtbot, lone.ask(PING))


def test_a_program_that_cannot_be_started_is_a_sentence(qtbot: QtBot, lone: WorkerClient) -> None:
    lone._command = ["/nowhere/python"]
    assert failure(qtbot, lone.ask(PING)) == WILL_NOT_START
    assert failure(qtbot, lone.ask(PING)) == WILL_NOT_START


def test_what_is_too_large_for_the_pipe_is_a_sentence(qtbot: QtBot, lone: WorkerClient) -> None:
    asked = Frame({"kind": Kind.PDF, "mark_missing": True}, bytes(MAX_PAYLOAD + 1))
    assert failure(qtbot, lone.ask(asked)) == TOO_LARGE
    answer(qtbot, lone.ask(PING))


def test_an_error_in_the_worker_is_its_sentence(qtbot: QtBot, client: WorkerClient) -> None:
    asked = client.ask(ask_for_pdf(b"no report", mark_missing=True))
    assert "请选择 .gknb 文件" in failure(qtbot, asked)


def test_a_request_is_stopped_with_the_worker_or_before(qtbot: QtBot, lone: WorkerClient) -> None:
    command = lone._command
    program(lone, "import time; time.sleep(60)")
    running, waiting = lone.ask(PING), lone.ask(PING)
    qtbot.waitUntil(lambda: running.tries == 1)
    heard: list[str] = []
    for pending in (running, waiting):
        pending.failed.connect(heard.append)
    lone.stop(waiting)
    lone._command = command
    lone.stop(running)
    assert heard == [STOPPED, STOPPED]
    answer(qtbot, lone.ask(PING))


def test_closing_ends_the_worker_and_what_it_was_at(qtbot: QtBot, lone: WorkerClient, tmp_path: Path) -> None:
    answer(qtbot, lone.ask(PING))
    process = lone.process_id
    heard: list[str] = []
    asked = lone.ask(ask_to_publish(REPORT, tmp_path, ["pdf"]))
    asked.failed.connect(heard.append)
    qtbot.waitUntil(lambda: asked.tries == 1)
    lone.close()
    assert heard == [STOPPED]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    lone.ask(PING)
    qtbot.wait(20)
    assert lone.process_id == 0
