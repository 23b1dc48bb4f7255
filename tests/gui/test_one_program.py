"""A second start hands its file to the first window and ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from reportdesk.gui.one_program import Doorkeeper, address_in, claim, hand_over
from reportdesk.report.document import new_report
from reportdesk.store.file import write_report
from tests.gui.open_window import FORM, OpenWindow

SECOND = """if True:
    import sys
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication
    from reportdesk.gui.one_program import claim, hand_over
    app = QCoreApplication([])
    folder, path = Path(sys.argv[1]), Path(sys.argv[2])
    sys.exit(7 if claim(folder) else 0 if hand_over(folder, path) else 1)
"""


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> OpenWindow:
    return OpenWindow(qtbot, tmp_path)


def test_a_second_start_hands_its_file_over_and_ends(desk: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    other = tmp_path / "宣和镇2024.gknb"
    write_report(other, new_report(FORM, 2024, "宣和镇人民政府"))
    folder = tmp_path / "data"
    first = claim(folder)
    assert first is not None
    assert Doorkeeper(desk.window, folder).listens
    second = subprocess.Popen([sys.executable, "-c", SECOND, str(folder), str(other)])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: "宣和镇" in desk.window.windowTitle(), timeout=5_000)
    first.close()


def test_once_the_first_has_ended_the_next_is_first(tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert first is not None
    assert claim(tmp_path) is None
    first.close()
    again = claim(tmp_path)
    assert again is not None
    again.close()


def test_a_first_that_does_not_answer_is_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    assert not hand_over(tmp_path, None, seconds=0.3)


@pytest.mark.parametrize(
    "said",
    [b"no json\n", b"[]\n", b'{"open": 5}\n', b'{"open": "/no/such/file"}\n', b'{"open": "a\\u0000b"}\n'],
)
def test_whatever_is_said_at_the_door_harms_nothing(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, said: bytes
) -> None:
    door = Doorkeeper(desk.window, tmp_path / "data")
    socket = QLocalSocket()
    socket.connectToServer(address_in(tmp_path / "data"))
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.ConnectedState)
    socket.write(said)
    qtbot.wait(100)
    assert door.listens
    assert desk.window.session is not None
    socket.abort()


def test_a_file_that_is_handed_over_waits_for_no_dialog_of_the_open_report(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """What an open dialog decides, such as 导入, is meant for the report that was open when it was asked."""
    other = tmp_path / "宣和镇2024.gknb"
    write_report(other, new_report(FORM, 2024, "宣和镇人民政府"))
    folder = tmp_path / "data"
    door = Doorkeeper(desk.window, folder)
    assert door.listens
    desk.window.keeper.versions.show_versions()
    session = desk.session
    socket = QLocalSocket()
    socket.connectToServer(address_in(folder))
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.ConnectedState)
    socket.write(json.dumps({"open": str(other)}).encode() + b"\n")
    qtbot.waitUntil(lambda: desk.says("“宣和镇2024.gknb”没有打开，因为还有对话框开着。"))
    assert desk.window.session is session
    socket.abort()
