"""以前的版本: what is kept of the open report from before, what differs now, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.files import ask_where_to_save
from reportdesk.gui.look.controls import PlainLabel, push_button
from reportdesk.gui.look.theme import Theme
from reportdesk.report.edits import EditError
from reportdesk.report.text.characters import shown_plainly
from reportdesk.report.text.days import spell_recent
from reportdesk.session.keeping.persistence import Keeping
from reportdesk.session.keeping.versions import Older, difference_lines, look_at
from reportdesk.session.session import Session
from reportdesk.session.workflow import ReadOnlyError
from reportdesk.store.file import StoreError, explain, write_whole
from reportdesk.store.versions import Reason, Version, read_version

_READS = "正在读以前的版本，磁盘有点慢。"
_SIZE = (860, 520)
_LIST = 280
_GAP = 8
_EMPTY = (
    "还没有以前的版本。打开和关闭年报时、每填写十分钟、导入或改正之前、送审、定稿和报送时，程序会自动留一份。"
)
_MOST_LINES = 400


class VersionsDialog(QDialog):
    """Looks at a version when it is chosen; taking one back is a step that undo takes back."""

    taken_back: ClassVar[Signal] = Signal(str)
    """A version was taken back, as a sentence."""

    def __init__(
        self, session: Session, keeping: Keeping, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("以前的版本")
        self._session = session
        self._keeping = keeping
        self._versions = waited(keeping.versions, _READS)
        self._older: Older | None = None
        self.listed = QListWidget()
        self.listed.setAccessibleName("以前的版本")
        self.listed.setFixedWidth(_LIST)
        for version in self._versions:
            self.listed.addItem(shown_plainly(version.says))
        self.listed.currentRowChanged.connect(self._look)
        self.says = PlainLabel("" if self._versions else _EMPTY)
        self.says.setWordWrap(True)
        self.differs = QPlainTextEdit()
        self.differs.setReadOnly(True)
        self.differs.setTabChangesFocus(True)
        self.differs.setAccessibleName("与现在的不同")
        self.differs.setFont(theme.font())
        self.take_back = push_button("取回这一份", self._take_back, main=True)
        self.save_copy = push_button("另存一份…", self._save_copy)
        for button in (self.take_back, self.save_copy):
            button.setEnabled(False)
        self._lay_out()
        self.listed.setCurrentRow(0)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        buttons.rejected.connect(self.reject)
        buttons.addButton(self.take_back, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save_copy, QDialogButtonBox.ButtonRole.ActionRole)
        right = QVBoxLayout()
        right.setSpacing(_GAP)
        right.addWidget(self.says)
        right.addWidget(self.differs, 1)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(self.listed)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * _GAP, 2 * _GAP, 2 * _GAP, 2 * _GAP)
        column.setSpacing(_GAP)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - 48))

    def _chosen(self) -> Version | None:
        row = self.listed.currentRow()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _look(self) -> None:
        version = self._chosen()
        self._older = None
        self.differs.clear()
        self.take_back.setEnabled(False)
        self.save_copy.setEnabled(version is not None)
        if version is None:
            return
        session = self._session
        try:
            self._older = older = look_at(
                session.form, session.report, waited(lambda: read_version(version), _READS)
            )
        except StoreError as error:
            self.says.setText(str(error))
            return
        self.says.setText(f"{older.says}。")
        lines = list(difference_lines(session.form, older.changes))
        more = [f"另有 {len(lines) - _MOST_LINES} 处。"] if len(lines) > _MOST_LINES else []
        self.differs.setPlainText("\n".join((*lines[:_MOST_LINES], *more)))
        self.take_back.setEnabled(bool(older.edit))

    def _take_back(self) -> None:
        version, older = self._chosen(), self._older
        if version is None or older is None:
            return
        try:
            if not self._session.is_read_only:
                waited(lambda: self._keeping.keep_before(Reason.TAKEN_BACK), _READS)
            self._session.apply(older.edit, self)
        except (StoreError, ReadOnlyError) as error:
            self.says.setText(str(error))
        except EditError:
            self._look()  # the report was changed meanwhile
        else:
            at = spell_recent(version.at.astimezone())
            self.taken_back.emit(f"已取回 {at} 的版本，按 Ctrl+Z 可以撤销。")
            self.accept()

    def _save_copy(self) -> None:
        version = self._chosen()
        if version is None:
            return
        path = self._keeping.path
        proposed = path.with_name(f"{path.stem}（{version.at.astimezone():%m-%d %H-%M} 的版本）{path.suffix}")
        chosen = ask_where_to_save(self, proposed)
        if chosen is not None:
            self.says.setText(self._write(version, chosen))

    def _write(self, version: Version, path: Path) -> str:
        if path == self._keeping.path:
            return "不能存到正打开着的文件上，请换一个名字。"
        try:
            waited(lambda: write_whole(path, read_version(version)), f"正在保存“{path.name}”。")
        except OSError as error:
            return f"没有保存“{path.name}”：{explain(error)}"
        except StoreError as error:
            return str(error)
        return f"已另存到 {path}。"
