"""This PC's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


def now() -> dt.datetime:
    """The time, in the PC's own zone."""
    import datetime as dt

    return dt.datetime.now().astimezone()
