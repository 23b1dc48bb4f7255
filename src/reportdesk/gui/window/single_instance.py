"""One program a user: a second start hands its file to the first and ends.

Who is first is decided by a lock in the user's own folder, which costs no import before the first
paint; the two then speak over a local socket of Qt's, which no network reaches. A first one that
does not answer is left alone: the locks beside the reports keep two programs apart as well.
"""

from __future__ import annotations

import json
import os
import sys
import time
from functools import partial
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer

from reportdesk.gui.window.peer import is_same_user
from reportdesk.store import disk

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    from reportdesk.gui.window.main_window import MainWindow

_LOCK = "window.lock"
_WAIT_SECONDS = 4.0
"""For a first program that is still starting; then the second one opens a window of its own."""

_LONGEST = 64 * 1024
_MOST_PEERS = 8
"""At the door at once; the one that came first and says nothing goes for the next."""
_PEER_MS = 2_000
"""From meeting a peer: whoever started the program again has said all within a few milliseconds."""
_AGAIN_MS = 100
_BACKLOG = 200
"""Peers that wait while the window is busy, such as while it starts."""
_TAKEN = b"taken\n"
_LONGEST_ADDRESS = 100
"""Bytes of a socket's path; Linux takes 107."""


def claim(folder: Path) -> FileIO | None:
    """What makes this program the first while it is kept; None if another is.

    Raises:
        OSError: that cannot be told here, as where the folder takes no file.
    """
    disk.make_folder(folder)
    held = disk.open_lock(folder / _LOCK)
    if disk.lock(held):
        return held
    held.close()
    return None


def hand_over(folder: Path, path: Path | None, seconds: float = _WAIT_SECONDS) -> bool:
    """Ask the first program to open the file, or to show itself; whether it answered within that time."""
    from PySide6.QtNetwork import QLocalSocket

    wanted = json.dumps({"open": str(path.absolute()) if path else None}).encode() + b"\n"
    until = time.monotonic() + seconds

    def left_ms() -> int:
        return max(0, round((until - time.monotonic()) * 1000))

    while left_ms():
        socket = QLocalSocket()
        address = address_in(folder)
        if not address:
            return False
        socket.connectToServer(address)
        if socket.waitForConnected(left_ms()):
            if not is_same_user(socket, is_server=False):
                socket.abort()
                return False  # somebody else took the name: nothing is said to them
            socket.write(wanted)
            socket.waitForBytesWritten(left_ms())
            return socket.waitForReadyRead(left_ms()) and socket.readAll().data() == _TAKEN
        time.sleep(0.1)  # it is starting
    return False


class InstanceServer(QObject):
    """Opens in the window what later starts hand over."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        from PySide6.QtNetwork import QLocalServer

        super().__init__(window)
        self._window = window
        self._server: QLocalServer = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setListenBacklogSize(_BACKLOG)
        address = address_in(folder)
        if address:
            QLocalServer.removeServer(address)  # what a program left that was ended in the middle
            self._server.listen(address)
        self._server.newConnection.connect(self._meet)

    @property
    def listens(self) -> bool:
        """Whether later starts find this one."""
        return self._server.isListening()

    def _meet(self) -> None:
        """Let in all that wait, each for a while only: open sockets are few, and none may be left for the next."""
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            if not is_same_user(socket, is_server=True):
                socket.abort()
                continue
            socket.readyRead.connect(lambda peer=socket: self._on_change(peer))
            QTimer.singleShot(_PEER_MS, socket, socket.abort)
            self._make_room()

    def _make_room(self) -> None:
        """Send away those that came first, where there are too many."""
        from PySide6.QtNetwork import QLocalSocket

        peers = [one for one in self._server.findChildren(QLocalSocket) if one.isOpen()]
        for one in peers[:-_MOST_PEERS]:
            one.abort()

    def _on_change(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        try:
            wanted = json.loads(bytes(socket.readLine(_LONGEST).data()))["open"]
        except (ValueError, KeyError, TypeError, RecursionError):
            socket.abort()
            return
        if isinstance(wanted, str) and "\0" in wanted:  # no path, and no system takes it for one
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        # Not within the socket's own signal: opening runs the event loop, which would delete the socket meanwhile.
        path = Path(wanted) if isinstance(wanted, str) and wanted else None
        QTimer.singleShot(0, self, partial(self._show, path))

    def _show(self, path: Path | None) -> None:
        """Show the window with that file, once nothing waits for the disk that a new report would take the place of."""
        from PySide6.QtWidgets import QApplication

        from reportdesk.gui.common.background_jobs import is_waiting

        if is_waiting():
            QTimer.singleShot(_AGAIN_MS, self, partial(self._show, path))
            return
        window = self._window
        window.setWindowState(window.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        if path is None:
            return
        if QApplication.activeModalWidget() is not None:  # what it asks is of the report that is open now
            window.status_line.warn(
                f"“{path.name}”没有打开，因为还有对话框开着。请先关闭对话框，再打开一次。"
            )
            return
        window.open_path(path)


def address_in(folder: Path) -> str:
    """Where the first program listens, another place for each user and each folder of data.

    On Windows a pipe's name; elsewhere a socket in a folder that only this user may enter, so that
    nobody else can take its place: the folder of data itself, or where that is too long for a socket
    the user's own below the temporary one. Empty where there is no such folder.
    """
    whole = os.path.normcase(os.path.abspath(folder))  # noqa: PTH100 - as in store.journal
    from hashlib import sha256  # not before the first paint

    name = f"reportdesk-{sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    import tempfile

    place = Path(whole)
    if len(os.fsencode(place / name)) > _LONGEST_ADDRESS:
        place = Path(tempfile.gettempdir()) / f"reportdesk-{os.getuid()}"
    try:
        disk.make_private_folder(place)
    except OSError:
        return ""
    return str(place / name) if disk.is_private(place) else ""
