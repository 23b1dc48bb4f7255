"""What lasts in the second process from one request to the next, and how a task answers."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from reportdesk.worker.messages import Answer
from reportdesk.worker.protocol import Frame

if TYPE_CHECKING:
    from reportdesk.exports.typesetting.fonts import FontResolver
    from reportdesk.worker.pictures import PageDrawer

Send = Callable[[Answer, Frame], None]
"""Sends a part or progress of the request that is being worked on."""


class WorkerContext:
    """What lasts from one request to the next. ``bundled_fonts``: use no font of the PC."""

    def __init__(self, *, bundled_fonts: bool) -> None:
        self.bundled_fonts = bundled_fonts

    @functools.cached_property
    def faces(self) -> FontResolver:
        """The faces to set in."""
        from reportdesk.exports.typesetting.fonts import bundled_faces, find_faces

        return bundled_faces() if self.bundled_fonts else find_faces()

    @functools.cached_property
    def drawer(self) -> PageDrawer:
        """Who draws pages."""
        from reportdesk.worker.pictures import PageDrawer

        return PageDrawer()
