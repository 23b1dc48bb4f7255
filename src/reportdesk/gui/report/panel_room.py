"""How the report's page, the preview and the findings share the window's room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reportdesk.gui.report.section_list import WIDTH as LIST_WIDTH

NARROW = 1200
"""Below this width the findings stand under the page, and the preview takes the page's place."""

_WIDE = 1600
"""From this width on there is room for page, preview and findings; below, the preview folds those."""

_LOW = 560
"""Below this height there is no room for a page and the findings under it: they take its place."""

_UNDER_SHARE = 3
_LEAST = 96
_FINDINGS_WIDTH = 300
_FINDINGS_WIDTH_WHERE_WIDE = 400


def is_narrow(view: QWidget) -> bool:
    """Whether the findings do not stand beside the page."""
    return view.width() < NARROW


def is_wide(view: QWidget) -> bool:
    """Whether page, preview and findings stand side by side."""
    return view.width() >= _WIDE


def is_low(view: QWidget) -> bool:
    """Whether the findings do not stand under the page either."""
    return view.height() < _LOW


def shares(view: QWidget, count: int, *, previews: bool) -> list[int]:
    """How much of the view's width, or of its height where it is narrow, each gets.

    ``count`` widgets are there; where there are several the findings are the last.
    """
    narrow = is_narrow(view)
    beside = _FINDINGS_WIDTH_WHERE_WIDE if is_wide(view) else _FINDINGS_WIDTH
    last = max(_LEAST, view.height() // _UNDER_SHARE if narrow else beside) if count > 1 else 0
    rest = (view.height() if narrow else view.width() - LIST_WIDTH) - last
    each = rest // 2 if previews and not narrow else rest
    return [each] * (count - 1) + [last]
