"""How what shows a part of the report is told of changes: by the session itself, each for itself.

Nothing that is shown passes an announcement on to what it is made of. What outlives a report listens to
``Context.changed`` instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from reportdesk.session.session import Announcement, Session


def listen(session: Session, listener: QObject, on_change: Callable[[Announcement], None]) -> None:
    """Have ``on_change`` called with every announcement, as long as ``listener`` exists."""
    unsubscribe = session.subscribe(on_change)
    listener.destroyed.connect(unsubscribe)
