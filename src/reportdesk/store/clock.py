"""This PC's clock."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """The time, in the PC's own zone."""
    return dt.datetime.now().astimezone()
