"""One worker for all tests of the window that need one."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from reportdesk.gui.worker_client import WorkerClient
from reportdesk.worker.command import worker_command


@pytest.fixture(scope="session")
def client(qapp: QApplication) -> Iterator[WorkerClient]:
    """A client with the bundled fonts only; it stays open."""
    shared = WorkerClient(qapp, worker_command("--bundled-fonts"))
    yield shared
    shared.close()
