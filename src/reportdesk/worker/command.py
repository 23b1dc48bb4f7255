"""How a worker is started, for all who start one."""

from __future__ import annotations

from reportdesk.store.own_python import own_python


def worker_command(*options: str) -> list[str]:
    """The program that serves as worker and its arguments."""
    return [*own_python(), "-m", "reportdesk.worker", *options]
