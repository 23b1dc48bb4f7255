"""A second start hands its file to the first window and ends."""

from __future__ import annotations

import json
import socket as sockets
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.window import single_instance
from reportdesk.gui.window.single_instance import InstanceServer, address_in, claim, hand_over
from reportdesk.report.document import new_report
from reportdesk.store.file import write_report
from tests.gui.open_window import FORM, OpenWindow

CONNECTED = QLocalSocket.LocalSocketState.ConnectedState
CONNECTING = QLocalSocket.LocalSocketState.ConnectingState

SECOND = """if True:
    import sys
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication
    from reportdesk.gui.window.single_instance import claim, hand_over
    app = QCoreApplication([])
    folder, path = Path(sys.argv[1]), Path(sys.argv[2])
    sys.exit(7 if claim(folder) else 0 if hand_over(folder, path) else 1)
"""

FIRST = """if True:
    import json, sys, time
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtNetwork import QLocalSocket
    from PySide6.QtWidgets import QApplication
    from reportdesk.gui.window.main_window import MainWindow
    from reportdesk.gui.window.single_instance import InstanceServer, address_in
    from reportdesk.gui.look.theme import Scheme, theme_for
    from reportdesk.store import file

    folder, *paths = map(Path, sys.argv[1:])
    app = QApplication([])
    window = MainWindow(theme_for(Scheme.LIGHT), report_follows=True)
    window.show()
    window.open_path(paths[0])
    door = InstanceServer(window, folder)
    at_once = file.read_file

    def slowly(path):
        time.sleep(0.2)
        return at_once(path)

    def until(holds):
        end = time.monotonic() + 10
        while not holds():
            assert time.monotonic() < end
            app.processEvents()

    file.read_file = slowly
    for path in paths[1:] * 5:
        peer = QLocalSocket()
        peer.readyRead.connect(peer.disconnectFromServer)  # it has its answer and ends
        peer.connectToServer(address_in(folder))
        peer.write(json.dumps({"open": str(path)}).encode() + b"\\n")
        until(lambda: path.name in window.windowTitle())
    print("alive", flush=True)
    window.close()
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
    assert InstanceServer(desk.window, folder).listens
    second = subprocess.Popen([sys.executable, "-c", SECOND, str(folder), str(other)])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: "宣和镇" in desk.window.windowTitle(), timeout=30_000)
    first.close()


def test_a_second_start_that_ends_while_its_file_is_read_leaves_the_window_alive(tmp_path: Path) -> None:
    """As with a long report: the window reads it with a live event loop, in which the peer's end is heard."""
    paths = [tmp_path / f"{name}2024.gknb" for name in ("常乐镇", "宣和镇", "永安镇")]
    for path in paths:
        write_report(path, new_report(FORM, 2024, f"{path.stem}人民政府"))
    asked = [sys.executable, "-c", FIRST, str(tmp_path / "data"), *map(str, paths)]
    ended = subprocess.run(asked, capture_output=True, text=True, timeout=100, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "alive"), ended.stderr


def test_a_file_that_is_handed_over_while_the_disk_is_waited_for_is_opened_after(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Whoever waits goes on with the page that was there; it must not be deleted meanwhile."""
    other = tmp_path / "宣和镇2024.gknb"
    write_report(other, new_report(FORM, 2024, "宣和镇人民政府"))
    folder = tmp_path / "data"
    door = InstanceServer(desk.window, folder)
    assert door.listens
    before = desk.view
    (peer,) = met(folder, qtbot, 1)
    peer.write(json.dumps({"open": str(other)}).encode() + b"\n")
    waited(lambda: time.sleep(0.25), "正在等。")
    assert desk.view is before
    qtbot.waitUntil(lambda: "宣和镇" in desk.window.windowTitle(), timeout=30_000)
    peer.abort()


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
    door = InstanceServer(desk.window, tmp_path / "data")
    socket = QLocalSocket()
    socket.connectToServer(address_in(tmp_path / "data"))
    qtbot.waitUntil(lambda: socket.state() is CONNECTED)
    socket.write(said)
    qtbot.wait(100)
    assert door.listens
    assert desk.window.context.current is not None
    socket.abort()


def test_a_file_that_is_handed_over_waits_for_no_dialog_of_the_open_report(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """What an open dialog decides, such as 导入, is meant for the report that was open when it was asked."""
    other = tmp_path / "宣和镇2024.gknb"
    write_report(other, new_report(FORM, 2024, "宣和镇人民政府"))
    folder = tmp_path / "data"
    door = InstanceServer(desk.window, folder)
    assert door.listens
    desk.window.keeper.versions.show_versions()
    session = desk.session
    socket = QLocalSocket()
    socket.connectToServer(address_in(folder))
    qtbot.waitUntil(lambda: socket.state() is CONNECTED)
    socket.write(json.dumps({"open": str(other)}).encode() + b"\n")
    qtbot.waitUntil(lambda: desk.says("“宣和镇2024.gknb”没有打开，因为还有对话框开着。"))
    assert desk.session is session
    socket.abort()


def met(folder: Path, qtbot: QtBot, count: int) -> list[QLocalSocket]:
    """So many of this user's programs at the door."""
    peers = [QLocalSocket() for _ in range(count)]
    for peer in peers:
        peer.connectToServer(address_in(folder))
        qtbot.waitUntil(lambda peer=peer: peer.state() is not CONNECTING)  # type: ignore[misc]
    return peers


def test_peers_that_say_nothing_are_sent_away_and_keep_no_second_start_waiting(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_PEER_MS", 60_000)
    folder = tmp_path / "data"
    first = claim(folder)
    assert first is not None
    with first:
        door = InstanceServer(desk.window, folder)
        idle = met(folder, qtbot, 60)
        qtbot.waitUntil(lambda: connected(idle) <= single_instance._MOST_PEERS, timeout=20_000)
        second = subprocess.Popen([sys.executable, "-c", SECOND, str(folder), str(tmp_path / "none.gknb")])
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    assert door.listens


def connected(peers: list[QLocalSocket]) -> int:
    return sum(peer.state() is CONNECTED for peer in peers)


def test_a_peer_that_never_comes_to_an_end_is_sent_away(
    desk: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_PEER_MS", 400)
    door = InstanceServer(desk.window, tmp_path / "data")
    (slow,) = met(tmp_path / "data", qtbot, 1)
    for _ in range(20):
        slow.write(b"{")
        qtbot.wait(50)
    assert slow.state() is not CONNECTED
    assert door.listens


def test_while_the_window_is_busy_many_may_wait_at_the_door(desk: OpenWindow, tmp_path: Path) -> None:
    """The system takes them in, as while the window starts; the event loop does not run meanwhile."""
    folder = tmp_path / "data"
    door = InstanceServer(desk.window, folder)
    assert door.listens
    peers = [QLocalSocket() for _ in range(60)]
    for peer in peers:
        peer.connectToServer(address_in(folder))
    assert all(peer.state() is CONNECTED for peer in peers)


def test_a_first_that_takes_in_and_says_nothing_is_waited_for_no_longer_than_that(
    qtbot: QtBot, tmp_path: Path
) -> None:
    del qtbot
    address = address_in(tmp_path)
    with sockets.socket(sockets.AF_UNIX) as silent:
        silent.bind(address)
        silent.listen()
        begun = time.monotonic()
        assert not hand_over(tmp_path, None, seconds=0.5)
    assert time.monotonic() - begun < 1.5
