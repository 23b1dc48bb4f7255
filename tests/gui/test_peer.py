"""Who may speak to the first program: the same user, and nobody in a place that others may enter."""

from __future__ import annotations

import os
import socket as sockets
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from reportdesk.gui.window import peer
from reportdesk.gui.window.single_instance import address_in, hand_over

unix = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has pipes instead, tried by their calls below"
)


@unix
def test_the_socket_lies_where_only_the_user_may_enter() -> None:
    with tempfile.TemporaryDirectory() as short:  # a test's own folder may be too deep for a socket
        folder = Path(short) / "data"
        folder.mkdir(mode=0o755)
        place = Path(address_in(folder)).parent
        assert place.stat().st_mode & 0o077 == 0
        assert place == folder


@unix
def test_a_long_path_gets_a_folder_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    place = Path(address_in(tmp_path / ("深" * 60))).parent
    assert place == tmp_path / f"reportdesk-{os.getuid()}"
    assert place.stat().st_mode & 0o077 == 0


@unix
def test_a_folder_that_is_a_link_set_by_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    (tmp_path / "theirs").mkdir(mode=0o700)
    (tmp_path / f"reportdesk-{os.getuid()}").symlink_to(tmp_path / "theirs")
    assert address_in(tmp_path / ("深" * 60)) == ""
    assert not hand_over(tmp_path / ("深" * 60), None, seconds=0.2)


@unix
def test_the_user_at_the_other_end_is_told_by_the_system(qtbot: QtBot, tmp_path: Path) -> None:
    server, client = QLocalServer(), QLocalSocket()
    assert server.listen(str(tmp_path / "socket"))
    client.connectToServer(str(tmp_path / "socket"))
    qtbot.waitUntil(server.hasPendingConnections)
    met = server.nextPendingConnection()
    assert peer.is_same_user(met, is_server=True)
    assert peer.is_same_user(client, is_server=False)
    server.close()


@unix
def test_another_user_is_a_stranger(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path) -> None:
    server, client = QLocalServer(), QLocalSocket()
    server.listen(str(tmp_path / "socket"))
    client.connectToServer(str(tmp_path / "socket"))
    qtbot.waitUntil(server.hasPendingConnections)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert not peer.is_same_user(client, is_server=False)
    monkeypatch.undo()
    monkeypatch.delattr(sockets, "SO_PEERCRED")
    assert not peer.is_same_user(client, is_server=False)  # where it cannot be told, nobody is believed
    server.close()


class Calls:
    """Windows' libraries as far as they are asked, and with what."""

    def __init__(self, *, same: bool = True, fails: str = "") -> None:
        self.made: list[tuple[str, tuple[Any, ...]]] = []
        self.same, self.fails = same, fails

    def __getattr__(self, name: str) -> Any:
        def call(*given: Any) -> int:
            self.made.append((name, given))
            return int(name != self.fails and (name != "EqualSid" or self.same))

        self.__dict__[name] = call
        return call


class FakeCtypes:
    """As much of ctypes as is used; the libraries are ``calls``."""

    def __init__(self, calls: Calls) -> None:
        import ctypes

        self.WinDLL = lambda _name, use_last_error: calls  # noqa: ARG005
        for name in ("c_ulong", "c_void_p", "byref", "create_string_buffer", "cast", "POINTER"):
            setattr(self, name, getattr(ctypes, name))
        self.create_string_buffer = lambda _size: ctypes.create_string_buffer(64)


@pytest.mark.parametrize(
    ("is_server", "asks"), [(True, "GetNamedPipeClientProcessId"), (False, "GetNamedPipeServerProcessId")]
)
def test_windows_is_asked_by_its_documented_calls(is_server: bool, asks: str) -> None:  # noqa: FBT001
    calls = Calls()
    assert peer._same_user_on_windows(FakeCtypes(calls), 77, is_server=is_server)
    names = [name for name, _ in calls.made]
    assert names[0] == asks
    assert calls.made[0][1][0].value == 77
    (opened,) = [given for name, given in calls.made if name == "OpenProcess"]
    assert opened[:2] == (0x1000, 0)
    assert [given[1] for name, given in calls.made if name == "OpenProcessToken"] == [0x0008] * 2
    assert {given[1] for name, given in calls.made if name == "GetTokenInformation"} == {1}
    assert names.count("CloseHandle") == 3
    assert names[-1] == "EqualSid"


def test_another_user_or_a_call_that_fails_on_windows_is_a_stranger() -> None:
    assert not peer._same_user_on_windows(FakeCtypes(Calls(same=False)), 77, is_server=True)
    for call in ("GetNamedPipeClientProcessId", "OpenProcess", "OpenProcessToken"):
        with pytest.raises(OSError, match="Windows"):
            peer._same_user_on_windows(FakeCtypes(Calls(fails=call)), 77, is_server=True)
