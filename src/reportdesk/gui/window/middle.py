"""What stands between the menus and the status line: a page, bars above it, and what covers the report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Middle(QWidget):
    """Shows one page at a time over ``status_line``; a page that covers the report goes with it."""

    def __init__(self, status_line: QWidget) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._page = QWidget()
        self._cover: QWidget | None = None
        self._lost: Callable[[], object] | None = None
        self._column.addWidget(self._page, 1)
        self._column.addWidget(status_line)

    def show_page(self, page: QWidget) -> bool:
        """Show this in place of what is there; whether something covered that."""
        was_covered = self._cover is not None
        self._column.replaceWidget(self._page, page)
        self._page.hide()
        self._page.deleteLater()
        self._page = page
        lost = self._lost
        self._drop_cover()
        if lost is not None:
            lost()
        if was_covered:
            page.show()  # else it comes up only when the event loop runs
        return was_covered

    def shows(self, page: QWidget) -> bool:
        """Whether that is the page, covered or not."""
        return self._page is page

    def show_above(self, bar: QWidget) -> None:
        """Show a bar over the whole width."""
        self._column.insertWidget(0, bar)

    def cover(self, page: QWidget, lost: Callable[[], object]) -> None:
        """Show this over the page, or in place of what covers it; ``lost`` is called if the page goes away."""
        if self._cover is None:
            self._page.hide()
            self._column.insertWidget(self._column.indexOf(self._page), page, 1)
        else:
            self._column.replaceWidget(self._cover, page)
            self._drop_cover()
        self._cover, self._lost = page, lost

    def uncover(self) -> None:
        """Take away what covers the page, which is shown again."""
        self._drop_cover()
        self._page.show()

    def _drop_cover(self) -> None:
        if self._cover is not None:
            self._cover.hide()
            self._cover.deleteLater()
        self._cover = self._lost = None
