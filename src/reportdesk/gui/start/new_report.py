"""Asks what a new report needs to begin: the unit, the year, last year's report, where its file is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reportdesk.form.load import edition_for, load_form
from reportdesk.form.spec import Form
from reportdesk.gui.common.background_jobs import waited
from reportdesk.gui.common.bound_line import LONGEST_LINE
from reportdesk.gui.common.files import FreeNames, ask_where_to_save, free_path
from reportdesk.gui.intake.import_files import ask_for_last_year, is_foreign
from reportdesk.gui.look.controls import PlainLabel, ink, push_button
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.gui.start.report_row import name_of
from reportdesk.outgoing.file_names import report_stem
from reportdesk.report.document import Fact
from reportdesk.report.text.characters import shown_plainly
from reportdesk.report.text.plain_text import clean_text
from reportdesk.session.new_year import (
    Begun,
    LastYear,
    begin_from_last_year,
    begin_report,
    default_year,
    doubtful_clock,
    proposed_title,
)
from reportdesk.store.file import StoreError, decode_file, read_file, write_report
from reportdesk.store.folders import ensure_folder
from reportdesk.store.user_data.library import newest_year
from reportdesk.store.user_data.library_entry import Entry
from reportdesk.store.user_data.typed_texts import Kind, Typed
from reportdesk.store.user_data.unit_profile import UnitProfile

_WIDTH = 600
_PLACE_LINES = 2
_LINE_TOP = 7
"""Pixels above the words in a field, and so above those of its name, with which they stand in line."""
_YEARS_AHEAD = 15
"""How many years to offer where the PC's clock is before the form's first."""
_WAITS = "正在读写文件，磁盘有点慢。"


ReadForeign = Callable[[Path, QWidget, Callable[[LastYear], object]], object]
"""Shows what a file holds that is no report of ours; the clerk may then take it as last year's."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before the clerk is asked: folder, unit of this PC, list of reports.

    ``notice`` is a sentence about the folder, empty if there is none.
    """

    folder: Path
    own: UnitProfile | None = None
    entries: tuple[Entry, ...] = ()
    notice: str = ""
    read_foreign: ReadForeign | None = None


class NewReportDialog(QDialog):
    """Makes the report and its file; ``path`` is where it lies once the dialog is accepted.

    ``notices`` are then the sentences of what was taken over.
    """

    def __init__(
        self,
        form: Form,
        theme: Theme,
        today: dt.date,
        known: Known,
        parent: QWidget | None = None,
        *,
        from_last_year: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("从上年生成" if from_last_year else "新建年报")
        self.setMinimumWidth(_WIDTH)
        self._form = form
        self._theme = theme
        self._today = today
        self._known = known
        self._chosen: Path | None = None
        self._names = FreeNames()
        self._last: LastYear | None = None
        self._needs_last_year = from_last_year
        self.path: Path | None = None
        self.notices: tuple[str, ...] = ()
        self.full_name = _line("例如：××县××镇人民政府", "机关全称")
        self.title_name = _line("不填就用机关全称", "标题用名")
        self.year = QComboBox()
        self.year.setAccessibleName("报告年度")
        self.last_year = QComboBox()
        self.last_year.setAccessibleName("上年年报")
        self._place = _lines(_PLACE_LINES)
        self._notice = _lines(1)
        self._trouble = _lines(1)
        ink(self._notice, theme, Role.WARNING)
        ink(self._trouble, theme, Role.ERROR)
        self._trouble.hide()
        self._fill()
        self._lay_out()
        self.full_name.textChanged.connect(self._propose_title)
        self.full_name.textChanged.connect(self._show)
        self.title_name.textChanged.connect(self._show)
        self.year.currentIndexChanged.connect(self._show)
        self.last_year.activated.connect(self._choose_listed)
        if from_last_year:
            self._propose_last_year()
        self._show()

    # -- the fields

    def _fill(self) -> None:
        newest = newest_year(self._known.entries)
        first = self._form.first_year
        last = max(self._today.year, (newest or 0) + 1, first)
        if self._today.year < first:
            last = max(last, first + _YEARS_AHEAD)
        for year in range(last, first - 1, -1):
            self.year.addItem(f"{year} 年", year)
        self.year.setCurrentIndex(max(0, self.year.findData(default_year(self._today))))
        self.last_year.addItem("不用" if not self._needs_last_year else "请选择", None)
        newest_first = sorted(self._known.entries, key=lambda entry: entry.summary.year or 0, reverse=True)
        for entry in newest_first:
            if not entry.is_missing:
                self.last_year.addItem(shown_plainly(name_of(entry)), entry.path)
        if self._known.own is not None:
            self.full_name.setText(self._known.own.full_name)
            self.title_name.setText(self._known.own.facts.get(Fact.TITLE_NAME, ""))

    def _lay_out(self) -> None:
        self._begin = push_button("建立年报", self._make, main=True)
        place = QVBoxLayout()
        place.setContentsMargins(0, _LINE_TOP, 0, 0)
        place.addWidget(self._place)
        place.addWidget(push_button("换个位置…", self._ask_place), alignment=Qt.AlignmentFlag.AlignLeft)
        before = QHBoxLayout()
        before.setSpacing(8)
        before.addWidget(self.last_year, 1)
        before.addWidget(push_button("选择文件…", self._ask_last_year))
        form = QFormLayout()
        form.setSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        rows = [("机关全称", self.full_name), ("标题用名", self.title_name), ("报告年度", self.year)]
        if self._needs_last_year:
            form.addRow("上年年报", before)
        for label, field in rows:
            form.addRow(label, field)
        if not self._needs_last_year:
            form.addRow("上年年报", before)
        form.addRow("保存位置", place)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        buttons.addButton(self._begin, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        title = PlainLabel(self.windowTitle())
        title.setFont(self._theme.font(Size.PAGE, strong=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(title)
        column.addLayout(form)
        column.addWidget(self._notice)
        column.addWidget(self._trouble)
        column.addStretch()
        column.addWidget(buttons)
        self._begin.setDefault(True)  # a dialog heeds it of its own buttons only: Enter cancelled

    def typed(self) -> Iterator[Typed]:
        """The names that are typed here; what is only proposed is none."""
        for line in (self.full_name, self.title_name):
            if line.isModified() and line.text():
                yield Typed(Kind.NEW_REPORT, line.accessibleName(), line.text())

    def put_back(self, typed: Iterable[Typed]) -> None:
        """Go on with the names that were typed before the program ended."""
        for one in typed:
            for line in (self.full_name, self.title_name):
                if line.accessibleName() == one.key and line.isEnabled():
                    line.setText(one.text)
                    line.setModified(True)

    # -- last year's report

    def _propose_last_year(self) -> None:
        """The newest report of the list that can be read."""
        for row in range(1, self.last_year.count()):
            taken = self._take_last_year(self.last_year.itemData(row))
            if taken and self._last is not None and self._last.form.family == self._form.family:
                self.last_year.setCurrentIndex(row)
                break
        else:
            self._drop_last_year()
        self._complain("")

    def _choose_listed(self, row: int) -> None:
        kept = self.last_year.itemData(row)
        if kept is None:
            self._drop_last_year()
        elif isinstance(kept, LastYear):
            self._use(kept)
        else:
            self._take_last_year(kept)
        self._show()

    def _ask_last_year(self) -> None:
        path = ask_for_last_year(self, self._known.folder)
        if path is None:
            return
        if is_foreign(path) and self._known.read_foreign is not None:
            self._known.read_foreign(path, self, self.take_last_year)
        elif self._take_last_year(path):
            self._list_last_year(path.name, path)

    def take_last_year(self, last: LastYear) -> None:
        """Make the report from this one, whatever file it was read from."""
        self._complain("")
        if not self._suits(last):
            self._drop_last_year()
            return
        self._use(last)
        self._list_last_year(last.source, last)

    def _list_last_year(self, name: str, kept: Path | LastYear) -> None:
        """Show in the list of choices what was chosen from elsewhere."""
        row = self.last_year.findData(kept)
        if row < 0:
            self.last_year.addItem(shown_plainly(name), kept)
            row = self.last_year.count() - 1
        self.last_year.setCurrentIndex(row)
        self._show()

    def _take_last_year(self, path: Path) -> bool:
        self._complain("")
        try:
            content = waited(lambda: read_file(path), _WAITS)
            report = decode_file(path, content).report
        except StoreError as error:
            self._complain(str(error))
        else:
            last = LastYear(report, load_form(report.edition), path.name, content)
            if self._suits(last):
                self._use(last)
                return True
        self._drop_last_year()
        return False

    def _suits(self, last: LastYear) -> bool:
        """Whether it may be made from that report: another kind only where last year's is what one begins with."""
        if last.form.family == self._form.family or self._needs_last_year:
            return True
        self._complain(
            f"“{last.source}”是“{last.form.name}”，不是年报。要做下一年度的这种报表，请用“从上年生成”。"
        )
        return False

    def _use(self, last: LastYear) -> None:
        facts = last.report.facts
        self._last = last
        self.full_name.setText(facts.get(Fact.FULL_NAME, ""))
        self.title_name.setText(facts.get(Fact.TITLE_NAME, ""))
        if last.report.year is not None:
            self._offer_year(last.report.year + 1)
        self._let_names_be_typed(typed=not facts.get(Fact.FULL_NAME))

    def _drop_last_year(self) -> None:
        self._last = None
        self.last_year.setCurrentIndex(0)
        self._let_names_be_typed(typed=True)

    def _let_names_be_typed(self, *, typed: bool) -> None:
        """Names of last year are taken over; they can be changed in the report."""
        for line in (self.full_name, self.title_name):
            line.setEnabled(typed)

    def _offer_year(self, year: int) -> None:
        if self.year.findData(year) < 0 and year > self.year.itemData(0):
            self.year.insertItem(0, f"{year} 年", year)
        self.year.setCurrentIndex(max(0, self.year.findData(year)))

    def _propose_title(self, full_name: str) -> None:
        """Another unit has another title: the one that stands there was the last one's, unless it was typed."""
        if not self.title_name.isModified():
            self.title_name.setText(proposed_title(clean_text(full_name), self._known.own))

    # -- the report

    def _begun(self) -> Begun:
        year = self.year.currentData()
        names = self._typed_names()
        if self._last is not None:
            last = self._last
            if not last.report.facts.get(Fact.FULL_NAME):  # its title alone does not tell
                last = replace(last, report=replace(last.report, facts={**last.report.facts, **names}))
            return begin_from_last_year(self._form_after(last, year), year, last, self._known.own)
        own = self._known.own
        if own is not None and own.full_name == names[Fact.FULL_NAME]:
            rest = {fact: text for fact, text in own.facts.items() if fact is not Fact.TITLE_NAME}
            return Begun(begin_report(self._form, year, replace(own, facts=rest | names)))
        return Begun(begin_report(self._form, year, UnitProfile(names)))

    def _form_after(self, last: LastYear, year: int) -> Form:
        """The form of the year's report: of the kind that last year's is."""
        family = last.form.family
        return self._form if family == self._form.family else load_form(edition_for(year, family))

    def _typed_names(self) -> dict[Fact, str]:
        names = {Fact.FULL_NAME: clean_text(self.full_name.text()).strip()}
        title = clean_text(self.title_name.text()).strip()
        if title:
            names[Fact.TITLE_NAME] = title
        return names

    def _proposed(self, begun: Begun) -> Path:
        """Where it will lie; a name that is taken is passed over when the disk says so at once, or else when it is made."""
        stem = self._stem(begun)
        return self._chosen or self._names.free(self._known.folder, stem)

    def _stem(self, begun: Begun) -> str:
        report = begun.report
        return report_stem(report.name_in_title(), str(report.year)) or "年报"

    def _show(self) -> None:
        begun = self._begun()
        self._place.setText(str(self._proposed(begun)))
        clock = doubtful_clock(self._today, newest_year(self._known.entries))
        told = [text for text in (self._known.notice, clock, *begun.announced) if text]
        self._notice.setText("\n".join(told))
        self._notice.setVisible(bool(told))
        lacks_last_year = self._needs_last_year and self._last is None
        self._begin.setEnabled(bool(self.full_name.text().strip()) and not lacks_last_year)

    def _ask_place(self) -> None:
        self._chosen = ask_where_to_save(self, self._proposed(self._begun())) or self._chosen
        self._show()

    def _make(self) -> None:
        begun = self._begun()

        def write() -> Path:
            path = self._chosen or free_path(self._known.folder, self._stem(begun))
            ensure_folder(path.parent)
            write_report(path, begun.report)
            return path

        try:
            path = waited(write, _WAITS)
        except StoreError as error:
            self._complain(str(error))
        else:
            self.path, self.notices = path, begun.notices
            self.accept()

    def _complain(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))


def _line(hint: str, name: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(hint)
    line.setAccessibleName(name)
    line.setMaxLength(LONGEST_LINE)
    return line


def _lines(count: int) -> QLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    label.setMinimumHeight(count * label.fontMetrics().lineSpacing())
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
