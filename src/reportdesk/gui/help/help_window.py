"""使用说明: the pages of resources/help with a table of contents and a search over all of them.

The pages are Markdown and read from disk; this module answers for finding and showing them. Which
page is about a section is said by its name: ``requests.md`` is about the section ``requests``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QMargins, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.help.help_pages import HelpPage, Passage, matching, read_pages
from reportdesk.gui.look.controls import PlainLabel
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.resources import resource

_SIZE = QSize(980, 640)
_FRAME = 48
"""Pixels that the system's title bar and frame may take."""

_CONTENTS_WIDTH = 240
"""Pixels at text size 中."""
_COLUMN_WIDTH = 720
"""Pixels at 100 %: longer lines tire, and the pictures are as wide."""

_GAP = 8
_LINE_HEIGHT = 1.65
_SHARES: Mapping[int, tuple[int, ...]] = {2: (30, 70), 3: (32, 44, 24)}
"""Percent of the width that each column of a table takes, by how many there are."""

_PASSAGE = Qt.ItemDataRole.UserRole.value
_MARKDOWN = QTextDocument.ResourceType.MarkdownResource
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_HEADINGS = {1: Size.PAGE, 2: Size.SECTION}


class HelpWindow(QWidget):
    """Stands beside the main window, so that one can read and fill in at once."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用说明")
        room = self.screen().availableGeometry().size()
        self.resize(_SIZE.boundedTo(room.shrunkBy(QMargins(0, 0, 0, _FRAME))))
        self._pages = read_pages()
        self.words = QLineEdit()
        self.words.setPlaceholderText("查找（Ctrl+F）")
        self.words.setAccessibleName("查找")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._search)
        self.words.returnPressed.connect(self._open_first)
        self._found = PlainLabel()
        self._found.setWordWrap(True)
        self._found.hide()
        self.contents = QTreeWidget()
        self.contents.setHeaderHidden(True)
        self.contents.setAccessibleName("目录")
        self.contents.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.contents.setWordWrap(True)
        self.contents.currentItemChanged.connect(self._open_entry)
        self.text = _HelpText(self._page_of, self)
        self.text.sourceChanged.connect(self._show_where)
        self._lay_out()
        self.apply_theme(theme)
        self._fill_contents()

    def show_page_for(self, section: str | None) -> None:
        """Show the window at the page about that section, at the way to begin where none is open."""
        self.words.clear()
        if section is None:
            self.open_page(self._pages[0].name)
        elif any(page.name == section for page in self._pages):
            self.open_page(section)
        else:
            self.open_page("sections")
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def open_page(self, name: str) -> None:
        """Show that page from its beginning."""
        self.text.setSource(QUrl(f"{name}.md"))

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours and the face of a theme."""
        self.text.apply_theme(theme)
        self._found.setFont(theme.font(Size.SMALL))
        contents = round(_CONTENTS_WIDTH * theme.pixels(Size.BODY) / Size.BODY.value)
        self._split.setSizes([contents, self.width() - contents])

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        column.setSpacing(_GAP)
        column.addWidget(self.words)
        column.addWidget(self._found)
        column.addWidget(self.contents, 1)
        self._split = split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    # -- the table of contents

    def _fill_contents(self) -> None:
        """List the pages, of which only those passages that hold the words looked for."""
        words = self.words.text()
        self.contents.blockSignals(True)
        self.contents.clear()
        for page in self._pages:
            passages = matching(page, words)
            if not passages:
                continue
            top = QTreeWidgetItem(self.contents, [page.title])
            top.setData(0, _PASSAGE, passages[0])
            for passage in passages:
                if passage.heading != page.title:
                    entry = QTreeWidgetItem(top, [passage.heading])
                    entry.setToolTip(0, passage.heading)
                    entry.setData(0, _PASSAGE, passage)
            top.setExpanded(bool(words.strip()) or f"{page.name}.md" == self.text.source().toString())
        self.contents.blockSignals(False)

    def _search(self) -> None:
        self._fill_contents()
        words = self.words.text().strip()
        found = self.contents.topLevelItemCount()
        self._found.setVisible(bool(words))
        self._found.setText(f"{found} 页里有" if found else "没有找到。换一个词试试，例如“结转”。")
        self.text.mark(words)

    def _open_first(self) -> None:
        first = self.contents.topLevelItem(0)
        if first is not None:
            self.contents.setCurrentItem(first.child(0) or first)
            self._open_entry(self.contents.currentItem())
            self.text.setFocus()

    def _open_entry(self, entry: QTreeWidgetItem | None, _before: object = None) -> None:
        passage: Passage | None = entry.data(0, _PASSAGE) if entry is not None else None
        if passage is None:
            return
        if self.text.source() != QUrl(f"{passage.page}.md"):
            self.open_page(passage.page)
        self.text.go_to_heading(passage.heading)
        self.text.mark(self.words.text().strip())

    def _show_where(self, source: QUrl) -> None:
        """Unfold the page that is shown, whichever way one came to it."""
        shown = source.path().removesuffix(".md")
        self.contents.blockSignals(True)
        for row in range(self.contents.topLevelItemCount()):
            entry = self.contents.topLevelItem(row)
            passage: Passage | None = entry.data(0, _PASSAGE) if entry is not None else None
            if entry is None or passage is None or self.words.text():
                continue
            entry.setExpanded(passage.page == shown)
            if passage.page == shown:
                self.contents.setCurrentItem(entry)
        self.contents.blockSignals(False)

    def _page_of(self, name: str) -> HelpPage | None:
        return next((page for page in self._pages if page.name == name), None)

    # -- Qt's own methods

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Ctrl+F goes where one looks for a word."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.words.setFocus()
            self.words.selectAll()
        else:
            super().keyPressEvent(event)


class _HelpText(QTextBrowser):
    """One page, set as this program sets text; a link leads to another page and nowhere else."""

    def __init__(self, page_of: Callable[[str], HelpPage | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._page_of = page_of
        self._theme: Theme | None = None
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setAccessibleName("使用说明的正文")
        self.setOpenExternalLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours and the face of a theme."""
        self._theme = theme
        self.document().setDefaultFont(theme.font(Size.SECTION))
        self._set_anew()

    def doSetSource(self, name: QUrl | str, kind: QTextDocument.ResourceType = _MARKDOWN) -> None:
        """Show a page; what is no page of ours is not followed."""
        if self._page_of(QUrl(name).path().removesuffix(".md")) is not None:
            super().doSetSource(name, kind)
            if self._theme is not None:
                self._set(self._theme)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A page's text or picture; a picture is no wider than the column."""
        path = QUrl(name).path()
        if kind == QTextDocument.ResourceType.ImageResource.value:
            image = QImage(str(resource("help", path)))
            room = self._column()
            return image.scaledToWidth(room, _SMOOTH) if image.width() > room else image
        page = self._page_of(path.removesuffix(".md"))
        return page.text if page is not None else None

    def go_to_heading(self, heading: str) -> None:
        """Have that heading at the top; the page's own title is its beginning."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == heading:
                self.setTextCursor(QTextCursor(block))
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top) if block.blockFormat().headingLevel() > 1 else 0)
                return
            block = block.next()

    def mark(self, words: str) -> None:
        """Lay a ground under each of the words on this page."""
        marks = []
        for word in words.split():
            cursor = self.document().find(word)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(self._color(Role.BANNER))
                marks.append(mark)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column no wider than one reads with ease."""
        room = event.size().width() + self.viewportMargins().left() + self.viewportMargins().right()
        spare = max(0, room - _COLUMN_WIDTH - 6 * _GAP)
        self.setViewportMargins(2 * _GAP, 0, spare, 0)
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and "](pictures/" in self._shown_text():
            self._set_anew()

    def _set_anew(self) -> None:
        """Set the page again, its pictures as wide as the column is now."""
        if not self.source().isEmpty():
            place = self.verticalScrollBar().value()
            self.reload()
            self.verticalScrollBar().setValue(place)

    def _shown_text(self) -> str:
        page = self._page_of(self.source().path().removesuffix(".md"))
        return page.text if page is not None else ""

    def _column(self) -> int:
        return max(200, self.viewport().width() - 2 * int(self.document().documentMargin()) - 2 * _GAP)

    def _color(self, role: Role) -> QColor:
        return self._theme.color(role) if self._theme else QColor()

    # -- how a page is set

    def _set(self, theme: Theme) -> None:
        document = self.document()
        document.setDocumentMargin(3 * _GAP)
        block = document.begin()
        while block.isValid():
            self._set_block(block, theme)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._set_table(frame, theme)

    def _set_block(self, block: QTextBlock, theme: Theme) -> None:
        cursor = QTextCursor(block)
        shape = QTextBlockFormat()
        metrics = QFontMetricsF(self.document().defaultFont())
        share = 100 * _LINE_HEIGHT * metrics.horizontalAdvance("国") / metrics.lineSpacing()
        in_table = cursor.currentTable() is not None
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        shape.setLineHeight(100 if in_table else max(share, 100), proportional)
        if not in_table:
            shape.setTopMargin(0)
            shape.setBottomMargin(_GAP // 2 if block.textList() is not None else 1.25 * _GAP)
        level = block.blockFormat().headingLevel()
        if level:
            shape.setTopMargin(0 if level == 1 else 2 * _GAP)
            shape.setBottomMargin(_GAP)
            signs = QTextCharFormat()
            signs.setFont(theme.font(_HEADINGS.get(level, Size.SECTION), strong=True))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(signs)  # not merged: Markdown's own adjustment of size would stay
        cursor.mergeBlockFormat(shape)

    def _set_table(self, table: QTextTable, theme: Theme) -> None:
        shape = table.format()
        shape.setBorder(1)
        shape.setBorderCollapse(True)
        shape.setBorderBrush(theme.color(Role.LINE))
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setCellPadding(5)
        percent = QTextLength.Type.PercentageLength
        shape.setWidth(QTextLength(percent, 100))
        shape.setColumnWidthConstraints(
            [QTextLength(percent, share) for share in _SHARES.get(table.columns(), ())]
        )
        shape.setBottomMargin(2 * _GAP)
        table.setFormat(shape)
        small = QTextCharFormat()
        small.setFontFamilies([theme.family])
        small.setProperty(QTextFormat.Property.FontPixelSize, theme.pixels(Size.BODY))
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                cursor = cell.firstCursorPosition()
                cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(small)
                if row == 0:
                    head = cell.format()
                    head.setBackground(theme.color(Role.LABEL))
                    head.setFontWeight(QFont.Weight.DemiBold)
                    cell.setFormat(head)
