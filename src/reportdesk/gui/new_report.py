"""Asks what a new report needs to begin: the unit, the year, and where its file is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.spec import Form
from reportdesk.gui.fields import LONGEST_LINE
from reportdesk.gui.files import ask_where_to_save, default_year, free_path, reports_folder
from reportdesk.gui.theme import Role, Size, Theme
from reportdesk.report.document import Report, new_report
from reportdesk.report.plain_text import clean_text
from reportdesk.session.publish import safe_name
from reportdesk.store.file import StoreError, explain, write_report

_WIDTH = 560
_PLACE_LINES = 2


class NewReportDialog(QDialog):
    """Makes the report and its file; ``path`` is where it lies once the dialog is accepted."""

    def __init__(self, form: Form, theme: Theme, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建年报")
        self.setMinimumWidth(_WIDTH)
        self._form = form
        self._theme = theme
        self._chosen: Path | None = None
        self.path: Path | None = None
        self.full_name = _line("例如：××县××镇人民政府", "机关全称")
        self.title_name = _line("不填就用机关全称", "标题用名")
        self.year = QComboBox()
        for year in range(max(today.year, form.first_year), form.first_year - 1, -1):
            self.year.addItem(f"{year} 年", year)
        self.year.setCurrentIndex(max(0, self.year.findData(default_year(today))))
        self.year.setAccessibleName("报告年度")
        self._place = QLabel()
        self._place.setWordWrap(True)
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self._place.setMinimumHeight(_PLACE_LINES * self._place.fontMetrics().lineSpacing())
        self._place.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._trouble = QLabel()
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        palette = self._trouble.palette()
        palette.setColor(self._trouble.foregroundRole(), theme.color(Role.ERROR))
        self._trouble.setPalette(palette)
        self._lay_out()
        self.full_name.textChanged.connect(self._show_place)
        self.title_name.textChanged.connect(self._show_place)
        self.year.currentIndexChanged.connect(self._show_place)
        self._show_place()

    def _lay_out(self) -> None:
        self._begin = QPushButton("建立年报")
        self._begin.setDefault(True)
        self._begin.setProperty("role", "main")
        self._begin.clicked.connect(self._make)
        elsewhere = QPushButton("换个位置…")
        elsewhere.setAutoDefault(False)
        elsewhere.clicked.connect(self._ask_place)
        place = QVBoxLayout()
        place.addWidget(self._place)
        place.addWidget(elsewhere, alignment=Qt.AlignmentFlag.AlignLeft)
        form = QFormLayout()
        form.setSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow("机关全称", self.full_name)
        form.addRow("标题用名", self.title_name)
        form.addRow("报告年度", self.year)
        form.addRow("保存位置", place)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        buttons.addButton(self._begin, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        title = QLabel("新建年报")
        title.setFont(self._theme.font(Size.PAGE, strong=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(title)
        column.addLayout(form)
        column.addWidget(self._trouble)
        column.addStretch()
        column.addWidget(buttons)

    def _report(self) -> Report:
        full_name = clean_text(self.full_name.text()).strip()
        title_name = clean_text(self.title_name.text()).strip()
        return new_report(self._form, self.year.currentData(), full_name, title_name)

    def _proposed(self) -> Path:
        report = self._report()
        stem = safe_name(f"{report.name_in_title()}{report.year}年年报")
        return self._chosen or free_path(reports_folder(), stem)

    def _show_place(self) -> None:
        self._place.setText(str(self._proposed()))
        self._begin.setEnabled(bool(self.full_name.text().strip()))

    def _ask_place(self) -> None:
        self._chosen = ask_where_to_save(self, self._proposed()) or self._chosen
        self._show_place()

    def _make(self) -> None:
        path = self._proposed()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_report(path, self._report())
        except StoreError as error:
            self._complain(str(error))
        except OSError as error:
            self._complain(f"建不了文件夹“{path.parent}”：{explain(error)}")
        else:
            self.path = path
            self.accept()

    def _complain(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.show()


def _line(hint: str, name: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(hint)
    line.setAccessibleName(name)
    line.setMaxLength(LONGEST_LINE)
    return line
