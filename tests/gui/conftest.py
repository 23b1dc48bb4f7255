"""What every test of the window needs: one worker for all, no window of another test, no dialog that waits for nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QWidget,
)

from reportdesk.gui.common.worker_client import WorkerClient
from reportdesk.gui.window.main_window import MainWindow
from reportdesk.worker.command import worker_command

_WAITING: tuple[type[QDialog], ...] = (QDialog, QPrintDialog)
"""What waits in ``exec`` until somebody answers."""

_ASKING: Mapping[type[QWidget], tuple[str, ...]] = {
    QMessageBox: ("about", "critical", "information", "question", "warning"),
    QFileDialog: ("getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"),
    QInputDialog: ("getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
}
_LONGEST_MS = 30_000
"""For a test that answers a dialog itself."""


@pytest.fixture(scope="session")
def client(qapp: QApplication) -> Iterator[WorkerClient]:
    """A client with the bundled fonts only; it stays open."""
    shared = WorkerClient(qapp, worker_command("--bundled-fonts"))
    yield shared
    shared.close()


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """Empty it at the end: offscreen it outlives Python, whose object it then ends with a crash."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _no_window_lives_on(qapp: QApplication) -> Iterator[None]:
    """Delete the windows of a test when it ends.

    ``deleteLater`` alone waits for an event loop, which a test need not have: each window that is
    left takes its part of every later change of theme, and of the memory.
    """
    yield
    for window in qapp.topLevelWidgets():
        if window.parent() is None:
            for asking in window.findChildren(WorkerClient):
                asking.close()  # else its process may outlive the test
            _end_journal(window)
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _end_journal(window: QWidget) -> None:
    """Close the journal of a window that did not close: Python would warn of the open file in a later test."""
    report = window.context.current if isinstance(window, MainWindow) else None
    writer = report.autosave.keeping._writer if report is not None else None
    if writer is not None:
        writer.close()


@pytest.fixture(autouse=True)
def _no_unexpected_dialog(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail at once where a dialog would wait for an answer that nobody gives.

    A test that answers what opens is marked with ``answers_dialogs``; its dialogs are left
    waiting for a while only.
    """
    is_answered = request.node.get_closest_marker("answers_dialogs") is not None
    for kind in _WAITING:
        monkeypatch.setattr(kind, "exec", _limited(kind.exec) if is_answered else _refuse)
    for asking, names in _ASKING.items():
        for name in names:
            monkeypatch.setattr(asking, name, _refuse_asking(f"{asking.__name__}.{name}"))


def _refuse(dialog: QWidget, *_told: Any) -> None:
    raise AssertionError(f"an unexpected dialog opened: {_says(dialog)}")


def _refuse_asking(name: str) -> Callable[..., None]:
    def refuse(*told: Any, **named: Any) -> None:
        words = [one for one in (*told, *named.values()) if isinstance(one, str)]
        raise AssertionError(f"an unexpected dialog opened: {name}: {' / '.join(words)}")

    return refuse


def _limited(wait: Callable[..., Any]) -> Callable[..., Any]:
    """``exec`` that is given up once nobody has answered for long."""

    def wait_a_while(dialog: QWidget, *told: Any) -> Any:
        given_up: list[str] = []

        def give_up() -> None:
            given_up.append(_says(dialog))
            dialog.close()

        limit = QTimer(dialog)
        limit.setSingleShot(True)
        limit.timeout.connect(give_up)
        limit.start(_LONGEST_MS)
        answer = wait(dialog, *told)
        if given_up:
            raise AssertionError(f"nobody answered a dialog: {given_up[0]}")
        return answer

    return wait_a_while


def _says(dialog: QWidget) -> str:
    """The words of the dialog, as far as they are to be read."""
    if isinstance(dialog, QMessageBox):
        words = [dialog.text(), dialog.informativeText()]
    else:
        words = [label.text() for label in dialog.findChildren(QLabel)]
    shown = [word for word in (dialog.windowTitle(), *words) if word]
    return f"{type(dialog).__name__}: {' / '.join(shown)}"
