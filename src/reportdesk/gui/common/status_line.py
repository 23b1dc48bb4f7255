"""The line at the foot: whether all is saved, one message, unit and year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from reportdesk.gui.look.controls import Button, PlainLabel, ink
from reportdesk.gui.look.symbols import Sign, draw_sign
from reportdesk.gui.look.theme import Role, Size, Theme

if TYPE_CHECKING:
    import datetime as dt

_LEAST = 32
_LINES = 2
"""Lines of a message that the foot holds without growing."""
_MARGIN = 2
_MESSAGE_MS = 12_000
_WATCH_MS = 500
_ROLES: dict[Sign | None, Role] = {Sign.ERROR: Role.ERROR, Sign.WARNING: Role.WARNING}


_Remedy = tuple[str, Callable[[], object] | None]


class StatusLine(QWidget):
    """A message goes by itself; a trouble stays until it is over, with what to do beside it.

    A warning stays until the next message. One that comes while there is a trouble stands under it.
    What states a condition goes when that ends: ``holds`` says whether it does, and is asked with each
    edit and every half second; ``then`` follows, where something else is to be said instead.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fix_height()
        self._saved = self._label(Role.QUIET)
        self._saved.setAccessibleName("保存情况")
        self._sign = _SignBox(theme)
        self._role = Role.TEXT
        self._message = self._label(self._role)
        self._message.setWordWrap(True)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._message.setAccessibleName("消息")
        self._remedy = Button()
        self._remedy.setFont(theme.font(Size.SMALL))
        self._remedy.hide()
        self._remedy.clicked.connect(self._run_remedy)
        self._do: Callable[[], object] | None = None
        self._whose = self._label(Role.QUIET)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, _MARGIN, 12, _MARGIN)
        row.setSpacing(8)
        for widget in (self._saved, self._sign, self._message, self._remedy):
            row.addWidget(widget)
        row.setStretchFactor(self._message, 1)
        row.addWidget(self._whose)
        self._trouble = self._warning = ""
        self._trouble_remedy: _Remedy = ("", None)
        self._warning_remedy: _Remedy = ("", None)
        self._holds: Callable[[], bool] | None = None
        self._then: Callable[[], object] | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self.look_again)
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.timeout.connect(self._show_lasting)

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours and the face of another theme; what is shown stays."""
        self._theme = theme
        self._sign.apply_theme(theme)
        self._remedy.setFont(theme.font(Size.SMALL))
        self._fix_height()
        for label, role in (
            (self._saved, Role.QUIET),
            (self._whose, Role.QUIET),
            (self._message, self._role),
        ):
            label.setFont(theme.font(Size.SMALL))
            ink(label, self._theme, role)

    def say(
        self,
        sentence: str,
        remedy: str = "",
        do: Callable[[], object] | None = None,
        *,
        holds: Callable[[], bool] | None = None,
    ) -> None:
        """Show a message for a while; with a remedy it stays, and a button offers that."""
        self._warning = ""
        self._hold(holds)
        self._show(sentence, None, remedy, do)
        if remedy:
            self._clear.stop()
        else:
            self._clear.start(_MESSAGE_MS)

    def warn(
        self,
        sentence: str,
        remedy: str = "",
        do: Callable[[], object] | None = None,
        *,
        holds: Callable[[], bool] | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Show a message that something was not done or needs a look; it stays until the next."""
        self._warning, self._warning_remedy = sentence, (remedy, do)
        self._show_lasting()
        self._hold(holds, then)

    def say_while(self, sentence: str, holds: Callable[[], bool]) -> None:
        """Show a message for a while, and no longer than what it states."""
        self.say(sentence, holds=holds)

    def look_again(self) -> None:
        """What is said goes if it holds no longer."""
        if self._holds is not None and not self._still_holds(self._holds):
            then, self._warning = self._then, ""
            self._show_lasting()
            if then is not None:
                then()

    @staticmethod
    def _still_holds(holds: Callable[[], bool]) -> bool:
        try:
            return holds()
        except RuntimeError:  # the widget that it was about is gone
            return False

    def _hold(self, holds: Callable[[], bool] | None, then: Callable[[], object] | None = None) -> None:
        self._holds, self._then = holds, then
        if holds is None:
            self._watch.stop()
        else:
            self._watch.start()

    def trouble(self, sentence: str, remedy: str, do: Callable[[], object]) -> None:
        """Show what is wrong until ``trouble_over``; other messages only cover it for a while."""
        self._trouble = sentence
        self._trouble_remedy = (remedy, do)
        self._show_lasting()

    def trouble_over(self) -> None:
        """Take the trouble back."""
        if self._trouble:
            self._trouble = ""
            self._show_lasting()

    def move_on(self) -> None:
        """The clerk went to another section: what was said in passing of the last one says nothing here."""
        if self._clear.isActive():
            self._show_lasting()

    def begin_anew(self) -> None:
        """Forget all that was said: another report is open."""
        self._trouble = self._warning = ""
        self._show_lasting()

    def show_saved(self, at: dt.datetime | None) -> None:
        """Say when the file last held everything; None while something is not saved."""
        self._saved.setText(f"已保存 {at:%H:%M:%S}" if at else "有改动未保存")
        self._saved.setVisible(True)

    def show_noted(self, at: dt.datetime | None) -> None:
        """Say when the file was saved last, and that what was typed since is safe in the journal."""
        self._saved.setText(f"已保存 {at:%H:%M}，之后的输入已记下" if at else "输入已记下")
        self._saved.setVisible(True)

    def show_saving(self) -> None:
        """Say that the file is being written."""
        self._saved.setText("正在保存…")
        self._saved.setVisible(True)

    def show_nothing_open(self) -> None:
        """Say nothing of a file."""
        self._saved.setText("")
        self._whose.setText("")

    def show_whose(self, unit: str, year: str) -> None:
        """Say whose report this is."""
        self._whose.setText("　".join(text for text in (unit, f"{year} 年度" if year else "") if text))

    @property
    def message(self) -> str:
        """The sentence that is shown."""
        return self._message.text()

    def _show_lasting(self) -> None:
        """Show what stays: the trouble, the warning, or both, for neither says what the other does."""
        self._clear.stop()
        if not self._warning:
            self._hold(None)
        sentences = "\n".join(filter(None, (self._trouble, self._warning)))
        sign = Sign.ERROR if self._trouble else Sign.WARNING if self._warning else None
        remedies = [self._warning_remedy] * bool(self._warning) + [self._trouble_remedy] * bool(self._trouble)
        self._show(sentences, sign, *next((one for one in remedies if one[0]), ("", None)))

    def _show(self, sentence: str, sign: Sign | None, remedy: str, do: Callable[[], object] | None) -> None:
        self._role = _ROLES.get(sign, Role.TEXT)
        self._sign.show_sign(sign, self._role)
        self._message.setText(sentence)
        ink(self._message, self._theme, self._role)
        self._do = do
        self._remedy.setText(remedy)
        if remedy:  # a click leaves the cursor where it is
            self._remedy.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
        self._remedy.setVisible(bool(remedy))

    def _fix_height(self) -> None:
        """Room for two lines and for the button, so that the page above does not jump as they come and go."""
        lines = _LINES * QFontMetrics(self._theme.font(Size.SMALL)).lineSpacing()
        self.setMinimumHeight(max(_LEAST, lines + 2 * _MARGIN))

    def _run_remedy(self) -> None:
        if self._do is not None:
            self._do()

    def _label(self, role: Role) -> QLabel:
        label = PlainLabel()
        label.setFont(self._theme.font(Size.SMALL))
        ink(label, self._theme, role)
        return label

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line above the foot."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._theme.color(Role.LINE))
        painter.drawLine(0, 0, self.width(), 0)


class _SignBox(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sign: Sign | None = None
        self._role = Role.TEXT
        self.setFixedSize(12, 12)
        self.hide()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_sign(self, sign: Sign | None, role: Role) -> None:
        self._sign, self._role = sign, role
        self.setVisible(sign is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign."""
        super().paintEvent(event)
        if self._sign is not None:
            draw_sign(QPainter(self), self._sign, QRectF(self.rect()), self._theme.color(self._role))
