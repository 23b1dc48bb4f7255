"""The fields of a unit's profile, to be filled in anywhere; keeping the profile is the caller's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reportdesk.gui.common.bound_line import LONGEST_LINE
from reportdesk.gui.look.controls import PlainLabel, ink
from reportdesk.gui.look.theme import Role, Theme
from reportdesk.report.document import FACTS, UNIT_FACTS, Fact, UnitKind
from reportdesk.report.text.plain_text import clean_text
from reportdesk.store.user_data.profile_model import ProfileError, UnitEntry, faults_of, parse_profiles
from reportdesk.store.user_data.typed_texts import Kind, Typed
from reportdesk.store.user_data.unit_profile import FORMAT, VERSION, HandIn, UnitProfile

_DEADLINE, _REPORT_TO = "deadline", "report_to"
_LINES = (*(fact.value for fact in UNIT_FACTS if FACTS[fact].choices is None), _DEADLINE, _REPORT_TO)
_HINTS: Mapping[str, str] = {
    **{fact.value: FACTS[fact].hint for fact in UNIT_FACTS},
    _DEADLINE: "月-日，例如 01-31",
    _REPORT_TO: "例如县政务公开办的邮箱",
}
_COLUMNS = 3
_HAND_IN = "hand_in"
_DAY = re.compile(r"(\d{1,2})\s*[-－—./．月]\s*(\d{1,2})\s*[日号]?")
"""The ways to write a day of the year that leave no doubt."""


class ProfileForm(QWidget):
    """Shows a profile and reads it back."""

    mended: ClassVar[Signal] = Signal()
    """The last field that was wrong is being changed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faults: dict[str, QLabel] = {}
        self._extras: Mapping[str, Any] = {}
        self.lines = {name: _line(name) for name in _LINES}
        self.kind = QComboBox()
        self.kind.setAccessibleName(_label(Fact.UNIT_KIND.value))
        self.kind.addItem("未选", "")
        for kind in UnitKind:
            self.kind.addItem(kind.says, kind.value)
        self.hand_in = {wanted: QCheckBox(wanted.says) for wanted in HandIn}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, line in self.lines.items():
            form.addRow(_label(name), self._row(name, line, theme))
            if name == Fact.TITLE_NAME.value:
                form.addRow(_label(Fact.UNIT_KIND.value), self.kind)
        boxes = QGridLayout()
        for place, box in enumerate(self.hand_in.values()):
            boxes.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        form.addRow(_label("hand_in"), boxes)

    def show_profile(self, unit: UnitProfile) -> None:
        """Put in what the profile says."""
        self._extras = unit.extras
        for name, line in self.lines.items():
            line.setText(unit.facts.get(Fact(name), "") if name in set(Fact) else "")
        self.lines[_DEADLINE].setText(str(unit.deadline) if unit.deadline else "")
        self.lines[_REPORT_TO].setText(unit.report_to)
        self.kind.setCurrentIndex(max(0, self.kind.findData(unit.facts.get(Fact.UNIT_KIND, ""))))
        for wanted, box in self.hand_in.items():
            box.setChecked(wanted in unit.hand_in)

    def filled(self) -> Mapping[str, Any]:
        """What the fields hold, right or wrong, as the profile keeps it."""
        entry: dict[str, Any] = {**self._extras}
        entry.update({name: clean_text(line.text()).strip() for name, line in self.lines.items()})
        entry[_DEADLINE] = _month_and_day(entry[_DEADLINE])
        entry[Fact.UNIT_KIND.value] = self.kind.currentData()
        entry["hand_in"] = [wanted.value for wanted, box in self.hand_in.items() if box.isChecked()]
        return entry

    def typed(self, kind: Kind) -> Iterator[Typed]:
        """What stands in the fields, as it was typed."""
        for name, line in self.lines.items():
            if line.text():
                yield Typed(kind, name, line.text())
        if self.kind.currentData():
            yield Typed(kind, Fact.UNIT_KIND.value, self.kind.currentData())
        chosen = [wanted.value for wanted, box in self.hand_in.items() if box.isChecked()]
        if chosen:
            yield Typed(kind, _HAND_IN, " ".join(chosen))

    def put_back(self, typed: Iterable[Typed]) -> None:
        """Put in what ``typed`` told, and nothing else."""
        known = {one.key: one.text for one in typed}
        for name, line in self.lines.items():
            line.setText(known.get(name, ""))
        self.kind.setCurrentIndex(max(0, self.kind.findData(known.get(Fact.UNIT_KIND.value, ""))))
        for wanted, box in self.hand_in.items():
            box.setChecked(wanted.value in known.get(_HAND_IN, "").split())

    def profile(self) -> UnitProfile:
        """The profile as it is filled in.

        Raises:
            ProfileError: fields are wrong; beside each stands what it should be, and the first has the focus.
        """
        entry = self.filled()
        faults = faults_of(entry)
        self._show_faults(faults)
        if faults:
            names = "、".join(f"“{_label(name)}”" for name in self.lines if name in faults)
            raise ProfileError(f"还没有保存：请先改正{names}。")
        return parse_profiles({"format": FORMAT, "version": VERSION, "units": [entry]})[0]

    def _show_faults(self, faults: Mapping[str, str]) -> None:
        for name, label in self._faults.items():
            label.setText(f"▲ {faults[name]}" if name in faults else "")
            label.setVisible(name in faults)
            self.lines[name].setAccessibleDescription(faults.get(name, ""))
        wrong = next((line for name, line in self.lines.items() if name in faults), None)
        if wrong is not None:
            wrong.setFocus()
            self._scroll_to(wrong)

    def _take_back(self, fault: QLabel) -> None:
        """The field is being mended: what was wrong with it holds no longer."""
        if not fault.isHidden():
            fault.hide()
            if all(one.isHidden() for one in self._faults.values()):
                self.mended.emit()

    def _scroll_to(self, line: QLineEdit) -> None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(line)

    def _row(self, name: str, line: QLineEdit, theme: Theme) -> QWidget:
        """The field, and under it what is wrong with it."""
        fault = PlainLabel()
        fault.setWordWrap(True)
        fault.hide()
        ink(fault, theme, Role.ERROR)
        self._faults[name] = fault
        line.textEdited.connect(lambda _text, fault=fault: self._take_back(fault))
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(line)
        column.addWidget(fault)
        return row


def _month_and_day(typed: str) -> str:
    """As the profile keeps it, such as 01-31 for 1月31日; what is no such day comes back as typed."""
    match = _DAY.fullmatch(typed)
    return f"{int(match[1]):02}-{int(match[2]):02}" if match else typed


def _label(name: str) -> str:
    return (UnitEntry.model_fields[name].description or "").partition("；")[0]


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(LONGEST_LINE)
    line.setAccessibleName(_label(name))
    line.setPlaceholderText(_HINTS.get(name, ""))
    return line
