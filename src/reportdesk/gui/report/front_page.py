"""The page before the sections: unit, year, printed title, opening paragraph and closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from reportdesk.gui.common.announcements import listen
from reportdesk.gui.common.bound_line import BoundLine
from reportdesk.gui.look.controls import PlainLabel, ground, ink
from reportdesk.gui.look.theme import Role, Size, Theme
from reportdesk.gui.prose.page import GAP, PartBox, ProsePage
from reportdesk.gui.report.title_override import OwnTitle
from reportdesk.report.document import FACTS, Fact
from reportdesk.report.edits import Edit, change_fact
from reportdesk.session.session import Announcement, Session
from reportdesk.store.user_data.typed_texts import Kind, Typed

_SHORT = 96
_YEARS = "(19|2[0-9])[0-9]{2}"
_YEARS_SAID = "1900 到 2999 之间的四位数字"


class FrontPage(ProsePage):
    """标题和开头: the facts as fields, what the title will read, and the opening as prose."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, (), theme, parent)
        self._session = session
        self._lines: dict[Fact, BoundLine] = {}
        self._fact: Fact | None = None
        width = self._add_names(theme)
        box = PartBox(session, session.form.opening, theme, printed=False)
        self.add_part(box)
        box.editor.entered.connect(lambda: self._write_fact(None))
        self._add_closing(theme)
        for form in self._forms:
            form.setMaximumWidth(box.maximumWidth() or width)
        self._own_title.setMaximumWidth(box.maximumWidth())
        self._title.setMaximumWidth(box.maximumWidth())
        self._show_title()
        listen(session, self, self._on_change)

    def _on_change(self, told: Announcement) -> None:
        """The title follows each letter of the names."""
        if not told.edit:  # only findings: half a year that is being typed stays
            return
        for line in self._lines.values():
            if told.source is not line:
                line.follow()
        self._own_title.follow(told.source)
        self._show_title()

    def go_to_fact(self, fact: Fact) -> None:
        """Put the cursor into the field of that fact."""
        if fact is Fact.TITLE:
            self._own_title.begin()
        line = self._lines.get(fact)
        if line is not None:
            line.setFocus()
            self.ensureWidgetVisible(line)

    def typed(self) -> Iterator[Typed]:
        """What stands in a field that does not take it, such as the first digits of a year."""
        for fact, line in self._lines.items():
            if line.text() and not line.hasAcceptableInput():
                yield Typed(Kind.FACT, fact.value, line.text())

    def put_back(self, fact: Fact, text: str) -> bool:
        """Go on in the field in which that stood."""
        line = self._lines.get(fact)
        if line is None:
            return False
        self.go_to_fact(fact)
        line.setText(text)
        return True

    def fact_here(self) -> Fact | None:
        """The fact whose field is typed into, or was last; None if that is the opening or nothing yet."""
        return self._fact

    def _write_fact(self, fact: Fact | None) -> None:
        self._fact = fact

    def begin(self) -> None:
        """Put the cursor into the first field that must be given and is empty, else into the first."""
        needed = [self._lines[fact] for fact in (Fact.FULL_NAME, Fact.YEAR)]
        empty = [line for line in needed if not line.text()]
        (empty or needed)[0].setFocus()

    def _add_names(self, theme: Theme) -> int:
        self._forms: list[QWidget] = []
        self._add_form((Fact.FULL_NAME, Fact.TITLE_NAME, Fact.YEAR), theme)
        self._bind_year(self._lines[Fact.YEAR], theme)
        self._title = PlainLabel()
        self._title.setFont(theme.font(Size.PAGE, strong=True))
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        self._title.setFrameShape(QFrame.Shape.NoFrame)
        self._title.setMargin(2 * GAP)
        self._title.setAccessibleName("打印的标题")
        self._title.setToolTip("打印出来的标题")
        ground(self._title, theme, Role.PAGE)
        self._own_title = OwnTitle(self._session, theme)
        self._own_title.told.connect(self.told)
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._title)
        column.addWidget(self._own_title)
        self.add_widget(group)
        return 0

    def _bind_year(self, year: BoundLine, theme: Theme) -> None:
        """Take years only, and say beside the field which, instead of swallowing a digit without a word."""
        year.setValidator(QRegularExpressionValidator(QRegularExpression(_YEARS), year))
        year.setMaximumWidth(_SHORT)
        ink(self._year_says, theme, Role.WARNING)
        say = self._year_says.setText
        year.inputRejected.connect(lambda: say(f"请填 {_YEARS_SAID}。"))
        year.left_unfit.connect(lambda: say(f"没有改动：请填 {_YEARS_SAID}。"))
        year.textChanged.connect(lambda: say("") if year.hasAcceptableInput() else None)

    def _add_closing(self, theme: Theme) -> None:
        heading = PlainLabel("落款")
        heading.setFont(theme.font(Size.SECTION, strong=True))
        self._add_form((Fact.CLOSING_UNIT, Fact.CLOSING_DATE), theme, heading)

    def _add_form(self, facts: tuple[Fact, ...], theme: Theme, heading: QWidget | None = None) -> None:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        if heading is not None:
            column.addWidget(heading)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        column.addLayout(form)
        for fact in facts:
            line = BoundLine(self._session, self._reader(fact), self._editor(fact))
            line.setFont(theme.font())
            line.setPlaceholderText(FACTS[fact].hint)
            line.setAccessibleName(fact.says)
            line.entered.connect(partial(self._write_fact, fact))
            line.message.connect(self.told)
            form.addRow(fact.says, self._with_note(line, theme) if fact is Fact.YEAR else line)
            self._lines[fact] = line
        self._forms.append(group)
        self.add_widget(group)

    def _with_note(self, line: BoundLine, theme: Theme) -> QHBoxLayout:
        """The field and, beside it, what it does not take."""
        self._year_says = PlainLabel()
        self._year_says.setFont(theme.font())
        self._year_says.setAccessibleName("报告年度的提示")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(line)
        row.addWidget(self._year_says, 1)
        return row

    def _show_date_hint(self) -> None:
        """An example that suits the report: it is published in the year after its own."""
        year = self._session.report.year
        example = f"，例如：{year + 1}年1月9日" if year else ""
        self._lines[Fact.CLOSING_DATE].setPlaceholderText(FACTS[Fact.CLOSING_DATE].hint + example)

    def _reader(self, fact: Fact) -> Callable[[], str]:
        return lambda: self._session.report.facts.get(fact, "")

    def _editor(self, fact: Fact) -> Callable[[str], Edit]:
        return lambda text: change_fact(self._session.report, self._session.form, fact, text)

    def _show_title(self) -> None:
        report = self._session.report
        self._show_date_hint()
        self._title.setText("\n".join(report.title_lines(self._session.form)))
